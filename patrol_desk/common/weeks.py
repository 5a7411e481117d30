"""ISO weeks as the desk writes them: ``2026-W48``, Monday first."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message

_FORM = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)

MONTHS_EN: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """One ISO week.

    Parameters
    ----------
    year
        ISO year (may differ from the calendar year at New Year).
    number
        ISO week number, 1 to 53.

    Raises
    ------
    InvalidDataError
        The year has no such week.
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        try:
            date.fromisocalendar(self.year, self.number, 1)
        except ValueError as error:
            raise InvalidDataError(Message("common.no_such_week", {"value": str(self)})) from error

    @classmethod
    def parse(cls, text: str) -> "Week":
        """Return the week that ``2026-W48`` names; raise `InvalidDataError` for anything else."""
        match = _FORM.fullmatch(text.strip())
        if match is None:
            raise InvalidDataError(Message("common.bad_week", {"value": text}))
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> "Week":
        """Return the ISO week a day falls in."""
        iso = day.isocalendar()
        return cls(iso.year, iso.week)

    @property
    def monday(self) -> date:
        """First day of the week."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def days(self) -> tuple[date, ...]:
        """The seven days, Monday first."""
        return tuple(self.monday + timedelta(days=n) for n in range(7))

    def plus(self, weeks: int) -> "Week":
        """Return the week that many weeks later (earlier when negative)."""
        return Week.of(self.monday + timedelta(weeks=weeks))

    def __str__(self) -> str:
        """Return the form ``2026-W48``."""
        return f"{self.year:04d}-W{self.number:02d}"
