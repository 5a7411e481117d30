"""Sheets about places: a checkpoint's week, a muster point's day, who signs in where, the whole township."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

from patrol_desk.services.printed.about import OfCode, OfDay, OfWeek
from patrol_desk.services.printed.frame import UNSAID, SheetFrame
from patrol_desk.services.printed.marks import Footnote, MemberRole, ShiftMark

DAYS_OF_WEEK = 7


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody on duty.

    Parameters
    ----------
    name
        As stored, code point by code point.
    role
        In the squad.
    squad
        The squad's name, or empty for who has none.
    place
        Short name of the checkpoint, on sheets that list several.
    phone
        Whole or empty; the profile says what is shown.
    changed
        The duty is not in the version published before.
    mark
        Refers to a footnote of the sheet.
    """

    name: str
    role: MemberRole = MemberRole.MEMBER
    squad: str = ""
    place: str = ""
    phone: str = field(default="", metadata=UNSAID)
    changed: bool = field(default=False, metadata=UNSAID)
    mark: str = field(default="", metadata=UNSAID)


@dataclass(frozen=True, slots=True)
class Manning:
    """Who stands at one place in one shift, and how many ought to.

    Parameters
    ----------
    people
        Leaders first.
    minimum, desired
        Heads of the station's own; both 0 where nobody is asked for.
    held
        Heads that a neighbouring town sends to a joint gate; when they change, so do the minimum and the content hash.
    known
        Heads that are knowingly left open, and so not in the minimum; as with `held`, the hash follows the minimum.
    """

    people: tuple[OnDuty, ...] = ()
    minimum: int = 0
    desired: int = 0
    held: int = field(default=0, metadata=UNSAID)
    known: int = field(default=0, metadata=UNSAID)

    @property
    def missing(self) -> int:
        """Heads below the minimum."""
        return max(0, self.minimum - len(self.people))

    @property
    def left_open(self) -> int:
        """Heads that are missing and knowingly left open."""
        return max(0, self.minimum + self.known - len(self.people)) - self.missing


@dataclass(frozen=True, slots=True)
class ShiftWeek:
    """One shift over seven days, Monday first."""

    shift: ShiftMark
    days: tuple[Manning, ...]

    def __post_init__(self) -> None:
        """Refuse a shift without its seven days: a fault of the program that fills the sheet."""
        if len(self.days) != DAYS_OF_WEEK:
            detail = f"{self.shift.mark} has {len(self.days)} days, a week has {DAYS_OF_WEEK}"
            raise ValueError(detail)


@dataclass(frozen=True, slots=True)
class CheckpointWeekSheet(OfWeek, OfCode):
    """A checkpoint's week: shifts down, days across.

    Parameters
    ----------
    frame
        Head and foot.
    week, first_date
        ISO week as ``2026-W48`` and its Monday.
    code, name, address
        The checkpoint.
    shifts
        Those that are asked for or manned, by their start.
    footnotes
        Duties that break a rule knowingly.
    """

    KIND: ClassVar[str] = "CW"

    frame: SheetFrame = field(metadata=UNSAID)
    week: str
    first_date: date
    code: str
    name: str
    address: str
    shifts: tuple[ShiftWeek, ...]
    footnotes: tuple[Footnote, ...] = field(default=(), metadata=UNSAID)


@dataclass(frozen=True, slots=True)
class Equipment:
    """A thing and how many there are."""

    name: str
    quantity: int


@dataclass(frozen=True, slots=True)
class PostShift:
    """One checkpoint in one shift."""

    code: str
    name: str
    manning: Manning


@dataclass(frozen=True, slots=True)
class DayShift:
    """One shift of a day: all checkpoints that somebody stands at or ought to."""

    shift: ShiftMark
    posts: tuple[PostShift, ...]


@dataclass(frozen=True, slots=True)
class MusterDaySheet(OfDay, OfCode):
    """A muster point's day: who is where, shift by shift, and what is handed out.

    Parameters
    ----------
    frame
        Head and foot.
    day
        The day on which the shifts start.
    code, name
        The muster point.
    shifts
        The day's shifts by their start, with the checkpoints to which this muster point is the nearest.
    equipment
        What it holds, by code.
    """

    KIND: ClassVar[str] = "MD"

    frame: SheetFrame = field(metadata=UNSAID)
    day: date
    code: str
    name: str
    shifts: tuple[DayShift, ...]
    equipment: tuple[Equipment, ...]


@dataclass(frozen=True, slots=True)
class SignInShift:
    """Who is to sign in for one shift."""

    shift: ShiftMark
    manning: Manning


@dataclass(frozen=True, slots=True)
class SignInSheet(OfDay, OfCode):
    """A day's sign-in sheet of a checkpoint or of a squad.

    Parameters
    ----------
    frame
        Head and foot.
    day
        The day on which the shifts start.
    of
        Whose sheet it is: rows of a checkpoint name the squad, rows of a squad the place.
    code, name
        The checkpoint or squad.
    muster, muster_m
        Name of the nearest muster point, or empty, and its distance in metres.
    shifts
        The day's shifts, by their start.
    equipment
        What the muster point holds, to hand over.
    footnotes
        Duties that break a rule knowingly.
    """

    KIND: ClassVar[str] = "SI"

    frame: SheetFrame = field(metadata=UNSAID)
    day: date
    of: Literal["checkpoint", "squad"]
    code: str
    name: str
    muster: str
    muster_m: int
    shifts: tuple[SignInShift, ...]
    equipment: tuple[Equipment, ...] = ()
    footnotes: tuple[Footnote, ...] = field(default=(), metadata=UNSAID)


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """One checkpoint: for each day, the shifts with who stands there."""

    code: str
    name: str
    days: tuple[tuple[tuple[ShiftMark, Manning], ...], ...]


@dataclass(frozen=True, slots=True)
class OverviewGroup:
    """The checkpoints of one community."""

    name: str
    rows: tuple[OverviewRow, ...]


@dataclass(frozen=True, slots=True)
class OverviewSheet(OfWeek, OfCode):
    """All checkpoints of the township and the week.

    Parameters
    ----------
    frame
        Head and foot.
    week, first_date
        ISO week as ``2026-W48`` and its Monday.
    code
        The township's division code.
    shifts
        Legend of the marks.
    groups
        By community.
    """

    KIND: ClassVar[str] = "TO"

    frame: SheetFrame = field(metadata=UNSAID)
    week: str
    first_date: date
    code: str
    shifts: tuple[ShiftMark, ...]
    groups: tuple[OverviewGroup, ...]

    def day_totals(self) -> tuple[int, ...]:
        """Return the people on duty of each day, Monday first."""
        rows = [row for group in self.groups for row in group.rows]
        return tuple(
            sum(len(manning.people) for row in rows for _shift, manning in row.days[day]) for day in range(DAYS_OF_WEEK)
        )
