"""Sheets about people: a slip of one's own, what changed, whom to ring, hours served, when one can serve."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from patrol_desk.common.message import Message
from patrol_desk.services.printed.about import OfCode, OfDay, OfWeek
from patrol_desk.services.printed.frame import UNSAID, SheetFrame
from patrol_desk.services.printed.marks import MemberRole, ShiftMark


@dataclass(frozen=True, slots=True)
class SlipDuty:
    """One duty as its holder needs it."""

    day: date
    shift: ShiftMark
    place: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class PersonSlip(OfWeek, OfCode):
    """A person's own duties of the week.

    Parameters
    ----------
    frame
        Head and foot.
    week, first_date
        ISO week as ``2026-W48`` and its Monday.
    code, name
        The person.
    squad
        Name of the squad, or empty.
    leader, leader_phone
        The squad's leader; the number is shown by the profile.
    duties
        By start.
    """

    KIND: ClassVar[str] = "PS"

    frame: SheetFrame = field(metadata=UNSAID)
    week: str
    first_date: date
    code: str
    name: str
    squad: str
    leader: str
    leader_phone: str = field(metadata=UNSAID)
    duties: tuple[SlipDuty, ...]


class ChangeKind(StrEnum):
    """What became of a duty."""

    KEPT = "kept"
    NEW = "new"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class ChangedDuty:
    """A duty in the newer version, or one that the newer version no longer has."""

    kind: ChangeKind
    day: date
    shift: ShiftMark
    place: str


@dataclass(frozen=True, slots=True)
class ChangedPerson:
    """Somebody whose week differs between two versions, with all duties of both by start."""

    name: str
    role: MemberRole
    duties: tuple[ChangedDuty, ...]


@dataclass(frozen=True, slots=True)
class ChangeSlip(OfWeek, OfCode):
    """What changed for the people of a squad between two published versions.

    Parameters
    ----------
    frame
        Head and foot; its version is the newer one.
    week, first_date
        ISO week as ``2026-W48`` and its Monday.
    code, squad
        The squad.
    before
        Number of the older version.
    people
        Those concerned, and nobody else.
    """

    KIND: ClassVar[str] = "CS"

    frame: SheetFrame = field(metadata=UNSAID)
    week: str
    first_date: date
    code: str
    squad: str
    before: int
    people: tuple[ChangedPerson, ...]


@dataclass(frozen=True, slots=True)
class CallLine:
    """Somebody to ring.

    Parameters
    ----------
    name, squad, phone
        The person; the number is shown by the profile.
    role
        In the squad.
    note
        Why at this place in the order, or what speaks against: a few words.
    """

    name: str
    role: MemberRole
    squad: str
    phone: str = field(metadata=UNSAID)
    note: Message | str = field(default="", metadata=UNSAID)


@dataclass(frozen=True, slots=True)
class CallSheet(OfDay, OfCode):
    """Whom to ring, in order.

    Parameters
    ----------
    frame
        Head and foot.
    day
        The day it is about.
    code
        Code of the squad or checkpoint.
    squad, place
        Name of the squad that is rung, or of the place that is short of people.
    shift
        The shift to fill; None when a squad is rung for another reason.
    needed
        Heads that are missing; 0 when unknown.
    lines
        In the order to ring.
    """

    KIND: ClassVar[str] = "CL"

    frame: SheetFrame = field(metadata=UNSAID)
    day: date
    code: str
    squad: str
    place: str
    shift: ShiftMark | None
    needed: int
    lines: tuple[CallLine, ...]


@dataclass(frozen=True, slots=True)
class HoursLine:
    """What a person served in a month: duties by what became of them, and minutes."""

    name: str
    role: MemberRole
    present: int
    late: int
    absent: int
    replaced: int
    minutes: int

    @property
    def is_known(self) -> bool:
        """Whether anything was noted of the person's attendance."""
        return any((self.present, self.late, self.absent, self.replaced, self.minutes))


@dataclass(frozen=True, slots=True)
class HoursSheet(OfCode):
    """A squad's service hours of a month.

    Parameters
    ----------
    frame
        Head and foot; without a version.
    month
        First day of the month.
    code, squad
        The squad.
    lines
        Everyone in the squad in that month.
    """

    KIND: ClassVar[str] = "MH"

    frame: SheetFrame = field(metadata=UNSAID)
    month: date
    code: str
    squad: str
    lines: tuple[HoursLine, ...]

    @property
    def period(self) -> str:
        """The month as ``2026-11``."""
        return self.month.strftime("%Y-%m")


@dataclass(frozen=True, slots=True)
class AvailabilityLine:
    """What a person said last time: for each shift seven values, 0 不可 to 3 优先; None where nothing is known."""

    name: str
    role: MemberRole
    days: tuple[tuple[int, ...] | None, ...]


@dataclass(frozen=True, slots=True)
class AvailabilityForm(OfDay, OfCode):
    """A squad's form to say when one can serve.

    Parameters
    ----------
    frame
        Head and foot; without a version.
    day
        Day of printing.
    code, squad
        The squad.
    shifts
        Shift patterns in force, by their start.
    lines
        Everyone in the squad; for each one entry a shift.
    """

    KIND: ClassVar[str] = "AF"

    frame: SheetFrame = field(metadata=UNSAID)
    day: date
    code: str
    squad: str
    shifts: tuple[ShiftMark, ...]
    lines: tuple[AvailabilityLine, ...]

    def __post_init__(self) -> None:
        """Refuse a line that says nothing of a shift: a fault of the program that fills the sheet."""
        if any(len(line.days) != len(self.shifts) for line in self.lines):
            raise ValueError(len(self.shifts))
