"""What a sheet is about, as its reference says it: a week or a day, and the code of a squad, place or person."""

from datetime import date
from typing import Protocol


class _InWeek(Protocol):
    @property
    def week(self) -> str: ...


class _OnDay(Protocol):
    @property
    def day(self) -> date: ...


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


class OfWeek:
    """A sheet of a week, which its field `week` holds."""

    __slots__ = ()

    @property
    def period(self: _InWeek) -> str:
        """The ISO week as ``2026-W48``."""
        return self.week


class OfDay:
    """A sheet of a day, which its field `day` holds."""

    __slots__ = ()

    @property
    def period(self: _OnDay) -> str:
        """The day."""
        return self.day.isoformat()


class OfCode:
    """A sheet about what its field `code` names: no name and no number, a running number of the station's."""

    __slots__ = ()

    @property
    def subject(self: _Coded) -> str:
        """The code."""
        return self.code
