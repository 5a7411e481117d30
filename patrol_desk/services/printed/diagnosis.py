"""The doctor's findings as a sheet: what stays short, whom which rule keeps away, what could give way."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from patrol_desk.common.message import Message
from patrol_desk.services.printed.about import OfCode, OfWeek
from patrol_desk.services.printed.frame import UNSAID, SheetFrame
from patrol_desk.services.printed.marks import ShiftMark


@dataclass(frozen=True, slots=True)
class Left:
    """Whom one rule leaves.

    Parameters
    ----------
    what
        What those who are left have in common.
    count
        How many they are.
    gone
        Whom the rule is the first to keep away, in words; None for everybody, before the first rule.
    """

    what: Message
    count: int
    gone: Message | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """Somebody who comes near: who, how far from which place, what keeps them away, how they could serve."""

    name: str
    squad: str
    metres: int
    place: str
    why: Message
    serve: Message


@dataclass(frozen=True, slots=True)
class Gap:
    """The gaps of one shift and one kind of seat.

    Parameters
    ----------
    day, shift
        When.
    seat
        Name of the skill asked for; a message for the leader, or for anybody.
    needed, filled, missing, proven
        Minimum heads asked for, there and missing, and how many are missing in every plan.
    places
        Where how many are missing, in order.
    left
        Everybody, then whom each rule leaves.
    near
        Those who come nearest; named where the profile names people.
    """

    day: date
    shift: ShiftMark
    seat: str | Message
    needed: int
    filled: int
    missing: int
    proven: int
    places: tuple[tuple[str, int], ...]
    left: tuple[Left, ...]
    near: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """Where and when a duty is."""

    place: str
    day: date
    mark: str


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that could give way.

    Parameters
    ----------
    title
        What gives way, in a few words.
    gain
        What it fills.
    cost
        What it asks, and what becomes other than it was.
    people, seats
        Whom it concerns, named where the profile names people, and where.
    """

    title: Message
    gain: Message
    cost: tuple[Message, ...]
    people: tuple[str, ...] = ()
    seats: tuple[Seat, ...] = ()


@dataclass(frozen=True, slots=True)
class DiagnosisSheet(OfWeek, OfCode):
    """Why a week's newest version cannot be filled.

    Parameters
    ----------
    frame
        Head and foot; the version that was looked at.
    week, first_date
        ISO week as ``2026-W48`` and its Monday.
    code, name
        The township.
    begin
        Wall time before which nothing was looked at; None for the whole week.
    missing, proven
        Minimum heads missing, and how many of them are missing in every plan.
    gaps
        By start.
    ways
        Cheapest per head first.
    """

    KIND: ClassVar[str] = "DG"

    frame: SheetFrame = field(metadata=UNSAID)
    week: str
    first_date: date
    code: str
    name: str
    begin: datetime | None
    missing: int
    proven: int
    gaps: tuple[Gap, ...]
    ways: tuple[Way, ...]
