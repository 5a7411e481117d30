"""The call-out card: an incident, the teams that were called, and when they came."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from patrol_desk.services.printed.frame import UNSAID, SheetFrame


@dataclass(frozen=True, slots=True)
class CalledTeam:
    """A team or squad that was called.

    Parameters
    ----------
    name
        Of the team.
    leader, phone
        Who answers for it; the number is shown by the profile.
    heads
        How many belong to it.
    called, answered, left, arrived
        Wall times, None while it has not happened.
    came
        How many came; None while nobody counted.
    """

    name: str
    leader: str
    phone: str = field(metadata=UNSAID)
    heads: int
    called: datetime | None = None
    answered: datetime | None = None
    left: datetime | None = None
    arrived: datetime | None = None
    came: int | None = None


@dataclass(frozen=True, slots=True)
class CallOutCard:
    """A call-out on one page: to be filled in by hand, or to be kept.

    Parameters
    ----------
    frame
        Head and foot; without a version.
    number
        Number of the call-out.
    kind, place, report
        What happened, where, and in a sentence.
    muster
        Where the teams meet.
    begun, ended
        Wall times; None while it goes on.
    target_minutes
        In how many minutes a team ought to stand there.
    drill
        Marked as practice.
    teams
        In the order in which they were called.
    """

    KIND: ClassVar[str] = "CO"

    frame: SheetFrame = field(metadata=UNSAID)
    number: str
    kind: str
    place: str
    report: str
    muster: str
    begun: datetime
    ended: datetime | None
    target_minutes: int
    drill: bool
    teams: tuple[CalledTeam, ...]

    @property
    def period(self) -> str:
        """The day it began."""
        return self.begun.date().isoformat()

    @property
    def subject(self) -> str:
        """The call-out's number."""
        return self.number

    def minutes(self, team: CalledTeam) -> int | None:
        """Return the minutes from the call to the arrival, None while it has not come."""
        if team.arrived is None:
            return None
        return int((team.arrived - (team.called or self.begun)).total_seconds() // 60)
