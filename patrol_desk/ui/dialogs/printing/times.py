"""Weeks, days and months of sheets: how they are told, and the one before or after."""

from datetime import date, timedelta

from patrol_desk.common.weeks import Week
from patrol_desk.services.printed.kinds import PLACE_LIST, Need, SheetKind
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import full_day_text, week_span_text, week_text


def when_text(kind: SheetKind, day: date) -> tuple[str, str, bool]:
    """Return the words for the time of a kind's sheets, the span if any, and whether another can be chosen."""
    if Need.MONTH in kind.needs:
        return tr("{year} 年 {month} 月", year=day.year, month=day.month), "", True
    if Need.DAY in kind.needs:
        return full_day_text(day), "", True
    if Need.WEEK in kind.needs:
        week = Week.of(day)
        return week_text(week), week_span_text(week), True
    return tr("今天的点位") if kind.id == PLACE_LIST else tr("今天的名册"), "", False


def turned(kind: SheetKind, day: date, step: int) -> date:
    """Return a day of the month, day or week that is some steps on."""
    if Need.MONTH in kind.needs:
        return (day.replace(day=15) + timedelta(days=30 * step)).replace(day=1)
    if Need.DAY in kind.needs:
        return day + timedelta(days=step)
    return Week.of(day).plus(step).monday
