"""Under which class a duty counts for the fair share."""

from collections.abc import Mapping
from datetime import date

from patrol_desk.models import HolidayKind

WEEKDAY, NIGHT, WEEKEND, HOLIDAY = range(4)


def load_class(holidays: Mapping[date, HolidayKind], night: bool, day: date) -> int:
    """Return the index into `engine.problem.CLASSES`: holiday before night before weekend before weekday."""
    kind = holidays.get(day)
    if kind is HolidayKind.HOLIDAY:
        return HOLIDAY
    if night:
        return NIGHT
    if day.weekday() >= 5 and kind is not HolidayKind.MAKE_UP_WORKDAY:
        return WEEKEND
    return WEEKDAY
