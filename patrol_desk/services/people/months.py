"""A person's duties and hours by month and class: weekday, night, weekend, holiday."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from patrol_desk.models import AttendanceState, HolidayKind
from patrol_desk.services.planning.load_class import load_class
from patrol_desk.storage.reads import person_months as reads
from patrol_desk.storage.reads.person_months import MonthDuty
from patrol_desk.storage.session import Session

MONTHS = 6
"""Months that are looked back."""
CLASSES = 4
"""Weekday, night, weekend, holiday, by `planning.load_class`."""
_CAME = frozenset({AttendanceState.PRESENT, AttendanceState.LATE})


@dataclass(frozen=True, slots=True)
class MonthHours:
    """One month.

    Parameters
    ----------
    first
        Its first day.
    duties
        Duties that the person came to.
    minutes
        Minutes served, by class.
    missed
        Duties that the person was absent from, or gave to somebody else.
    planned
        Minutes of published duties without attendance: still to come, or not yet written down.
    """

    first: date
    duties: int
    minutes: tuple[int, ...]
    missed: int
    planned: int

    @property
    def total(self) -> int:
        """Minutes served."""
        return sum(self.minutes)


def months_of(session: Session, person_id: str, today: date) -> tuple[MonthHours, ...]:
    """Return the months of the last half year that have something to tell, the latest first, and those to come."""
    first = _back(today, MONTHS - 1)
    served = reads.served_since(session, person_id, first)
    written = {(duty.on_date, duty.pattern_id) for duty in served}
    published = reads.published_since(session, person_id, first)
    planned = [duty for duty in published if (duty.on_date, duty.pattern_id) not in written]
    kinds = reads.holidays(session)
    by_month: dict[date, list[MonthDuty]] = {}
    for duty in (*served, *planned):
        by_month.setdefault(duty.on_date.replace(day=1), []).append(duty)
    return tuple(_month(month, by_month[month], kinds) for month in sorted(by_month, reverse=True))


def _month(first: date, duties: Sequence[MonthDuty], kinds: Mapping[date, HolidayKind]) -> MonthHours:
    minutes = [0] * CLASSES
    came = missed = planned = 0
    for duty in duties:
        if duty.state is None:
            planned += duty.minutes
        elif duty.state in _CAME:
            came += 1
            minutes[load_class(kinds, duty.night, duty.on_date)] += duty.minutes
        else:
            missed += 1
    return MonthHours(first, came, tuple(minutes), missed, planned)


def _back(day: date, months: int) -> date:
    """Return the first day of the month so many months before."""
    at = day.year * 12 + day.month - 1 - months
    return date(at // 12, at % 12 + 1, 1)
