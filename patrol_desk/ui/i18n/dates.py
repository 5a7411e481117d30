"""Days, spans and weeks as the desk writes them in both languages."""

from datetime import date, datetime
from typing import Final

from patrol_desk.common.weeks import MONTHS_EN, Week
from patrol_desk.ui.i18n.words import date_text, language, tr

__all__ = [
    "clock_text",
    "date_text",
    "day_text",
    "days_text",
    "full_day_text",
    "full_moment_text",
    "moment_text",
    "short_date",
    "span_text",
    "week_span_text",
    "week_text",
    "weekday_text",
]

_DAYS_ZH: Final = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_DAYS_EN: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def weekday_text(weekday: int) -> str:
    """Return the short name of a weekday, 0 Monday … 6 Sunday."""
    return (_DAYS_EN if language() == "en" else _DAYS_ZH)[weekday]


def short_date(day: date) -> str:
    """Return ``11-25`` or ``25 Nov``."""
    if language() == "en":
        return f"{day.day} {MONTHS_EN[day.month - 1]}"
    return f"{day.month:02d}-{day.day:02d}"


def day_text(day: date) -> str:
    """Return ``11-25 周三`` or ``Wed 25 Nov``."""
    if language() == "en":
        return f"{weekday_text(day.weekday())} {short_date(day)}"
    return f"{short_date(day)} {weekday_text(day.weekday())}"


def full_day_text(day: date) -> str:
    """Return ``2026-11-25 周三`` or ``Wed 25 Nov 2026``."""
    if language() == "en":
        return f"{day_text(day)} {day.year}"
    return f"{day.isoformat()} {weekday_text(day.weekday())}"


def clock_text(minute: int) -> str:
    """Return minutes after midnight as ``08:00``; minutes of the next day begin again at ``00:00``."""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def span_text(start_minute: int, length_minutes: int) -> str:
    """Return the span of a shift: ``18–22`` when both ends are full hours, else ``17:30–22:00``."""
    end = start_minute + length_minutes
    if start_minute % 60 or end % 60:
        return f"{clock_text(start_minute)}–{clock_text(end)}"
    return f"{start_minute // 60 % 24:02d}–{end // 60 % 24:02d}"


def week_text(week: Week) -> str:
    """Return ``第 48 周`` or ``Week 48``."""
    return tr("第 {number} 周", number=week.number)


def week_span_text(week: Week) -> str:
    """Return the first and the last day of a week."""
    first, last = week.days[0], week.days[-1]
    if language() == "en":
        return f"{short_date(first)} – {short_date(last)} {last.year}"
    return f"{first.isoformat()} – {short_date(last)}"


def days_text(first: date, last: date) -> str:
    """Return two days and what is between: ``2026-11-27 – 11-29`` or ``27 Nov – 29 Nov 2026``."""
    if language() == "en":
        begin = short_date(first) if first.year == last.year else f"{short_date(first)} {first.year}"
        end = f"{short_date(last)} {last.year}"
        return end if first == last else f"{begin} – {end}"
    if first.year != last.year:
        return f"{first.isoformat()} – {last.isoformat()}"
    return first.isoformat() if first == last else f"{first.isoformat()} – {short_date(last)}"


def moment_text(moment: datetime) -> str:
    """Return a station time as day and clock."""
    return f"{short_date(moment.date())} {moment.hour:02d}:{moment.minute:02d}"


def full_moment_text(moment: datetime) -> str:
    """Return a station time as day with its year, and clock."""
    return f"{date_text(moment.date())} {moment.hour:02d}:{moment.minute:02d}"
