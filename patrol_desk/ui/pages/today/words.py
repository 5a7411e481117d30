"""The page's recurring words: spans of time, shifts, days."""

from datetime import date, datetime, timedelta

from patrol_desk.services.today import DayShift, Phase
from patrol_desk.ui.i18n import shift_mark, tr
from patrol_desk.ui.i18n.dates import day_text, span_text, weekday_text


def duration_text(length: timedelta) -> str:
    """Return a length of time in hours and minutes, rounded up to a whole minute."""
    minutes = -(-int(length.total_seconds()) // 60)
    if minutes < 60:
        return tr("{minutes} 分", minutes=minutes)
    if minutes % 60 == 0:
        return tr("{hours} 时", hours=minutes // 60)
    return tr("{hours} 时 {minutes} 分", hours=minutes // 60, minutes=minutes % 60)


def shift_text(shift: DayShift) -> str:
    """Return a shift's mark and hours."""
    return f"{shift_mark(shift.mark)} {span_text(shift.start_minute, shift.length_minutes)}"


def phase_text(shift: DayShift, phase: Phase, now: datetime) -> str:
    """Return where a shift stands in time, for its card."""
    if phase is Phase.ENDED:
        return tr("已结束")
    if phase is Phase.RUNNING:
        return tr("进行中")
    return tr("{time}后", time=duration_text(shift.starts_at - now))


def countdown_text(shift: DayShift, phase: Phase, now: datetime) -> str:
    """Return how long a shift still runs, or until it begins."""
    mark = shift_mark(shift.mark)
    if phase is Phase.RUNNING:
        return tr("{mark}班进行中 · 剩 {time}", mark=mark, time=duration_text(shift.ends_at - now))
    return tr("距{mark}班开始 {time}", mark=mark, time=duration_text(shift.starts_at - now))


def near_day_text(day: date, today: date) -> str:
    """Return a day of the next three: today, a weekday, or with its date when it is another week's."""
    if day == today:
        return tr("今日")
    if (day - today).days in range(1, 7):
        return weekday_text(day.weekday())
    return day_text(day)


def standing_text(below: int, wanting: int, *, staffed: bool) -> tuple[str, str, str]:
    """Return how a shift is manned: sentence, colour role, icon.

    Parameters
    ----------
    below, wanting
        Checkpoints below the minimum, and those that only lack desired heads.
    staffed
        Whether anybody is asked for at all.
    """
    if below:
        return tr("{count} 处低于最低", count=below), "red", "triangle-alert"
    if wanting:
        return tr("{count} 处低于期望", count=wanting), "amber", "minus"
    if staffed:
        return tr("全部满足"), "green", "check"
    return tr("不设岗"), "text3", ""
