"""Time as a dependency that is passed in."""

from datetime import UTC, date, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time; tests pass their own."""

    def now(self) -> datetime:
        """Return the present moment, timezone-aware in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still, for tests and for reproducible samples.

    Parameters
    ----------
    moment
        Timezone-aware moment that `now` returns.
    """

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        """Return the fixed moment."""
        return self._moment

    def advance(self, by: timedelta) -> None:
        """Move the clock on."""
        self._moment += by


STATION_UTC_OFFSET = timedelta(hours=8)
"""China keeps one time all year: wall time of a station is UTC + 8 h."""


def wall_time(moment: datetime) -> datetime:
    """Return the station's wall time at a moment, as a naive datetime."""
    return (moment + STATION_UTC_OFFSET).replace(tzinfo=None)


def station_now(clock: Clock) -> datetime:
    """Return the station's wall time as a naive datetime."""
    return wall_time(clock.now())


def station_today(clock: Clock) -> date:
    """Return the station's calendar day."""
    return station_now(clock).date()
