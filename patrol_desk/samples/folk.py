"""People and squads while a township is being generated, before they become rows."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from patrol_desk.models.enums import ActivityClass, Force, LeaveReason, PersonStatus, SquadRole
from patrol_desk.samples.geometry import Point

PATTERNS: Final = 4
EARLY, NOON, EVENING, NIGHT = range(PATTERNS)
SHIFTS: Final = 7 * PATTERNS


def shift_of(weekday: int, pattern: int) -> int:
    """Return the index of a shift of the week, 0 to 27, by its start."""
    return weekday * PATTERNS + pattern


FRIDAY_NIGHT: Final = shift_of(4, NIGHT)
SATURDAY_NOON: Final = shift_of(5, NOON)
SUNDAY_NIGHT: Final = shift_of(6, NIGHT)

FIRST_AID: Final = "first_aid"
DRIVING: Final = "driving"
RADIO: Final = "radio"
LANGUAGE: Final = "language"
LEADER: Final = "leader"
"""Kind of a seat that a leader or deputy takes; the other kinds are skills, and "" for anybody."""


@dataclass(slots=True)
class Folk:
    """One person.

    Parameters
    ----------
    number
        Running number from 1.
    squad, former
        Index of the present squad, and of one that was left; -1 for none.
    remote
        Lives in the valley and is the only reserve of its checkpoints.
    quota
        Duties of a monthly person in the four weeks before.
    skills
        First and last day of each certificate.
    leaves
        First day, last day and reason.
    availability
        Preference (0 to 3) per shift of the week.
    duties
        Shifts of a plan that is known to be possible; demand is made to fit it.
    """

    number: int
    name: str
    female: bool
    birth: date
    force: Force
    status: PersonStatus
    status_on: date
    status_reason: str
    activity: ActivityClass
    cap: int
    joined: date
    insured: tuple[date, date] | None
    home: Point | None
    community: int
    cell: int
    squad: int
    former: int = -1
    organisation: int = -1
    role: SquadRole = SquadRole.MEMBER
    remote: bool = False
    quota: int = 0
    skills: dict[str, tuple[date, date | None]] = field(default_factory=dict)
    leaves: list[tuple[date, date, LeaveReason]] = field(default_factory=list)
    availability: list[int] = field(default_factory=lambda: [0] * SHIFTS)
    duties: list[int] = field(default_factory=list)

    @property
    def rostered(self) -> bool:
        """Of a class that is put on the roster (whatever the status)."""
        return self.activity is not ActivityClass.CALL_OUT

    def on_leave(self, day: date) -> bool:
        """Say whether a leave covers the day."""
        return any(first <= day <= last for first, last, _ in self.leaves)

    def holds(self, kind: str, day: date) -> bool:
        """Say whether the person may take a seat of that kind on that day."""
        if kind == "":
            return True
        if kind == LEADER:
            return self.role is not SquadRole.MEMBER
        if kind not in self.skills:
            return False
        expires = self.skills[kind][1]
        return expires is None or expires >= day


@dataclass(slots=True)
class Band:
    """One squad.

    Parameters
    ----------
    members
        Present members, leader first.
    """

    name: str
    community: int
    base: Point
    organisation: int = -1
    ended_on: date | None = None
    remote: bool = False
    members: list[Folk] = field(default_factory=list)
