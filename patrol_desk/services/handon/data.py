"""What is handed on without paper, as plain frozen data: `printing.handon` writes the files."""

from dataclasses import dataclass
from datetime import date, datetime

from patrol_desk.services.printed.marks import MemberRole, PlanState, ShiftMark


@dataclass(frozen=True, slots=True)
class Event:
    """One duty in a calendar.

    Parameters
    ----------
    uid
        The same for the same duty in every version of the plan; holds codes, no name.
    start, end
        Station's wall time (naive).
    shift
        Name of the shift pattern.
    place, address
        The checkpoint.
    people
        Who serves; empty in a calendar of one person.
    """

    uid: str
    start: datetime
    end: datetime
    shift: str
    place: str
    address: str
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """The week of a person or squad as a calendar; it holds no telephone number but the duty room's.

    Parameters
    ----------
    code, name
        Whose it is.
    week
        ISO week as ``2026-W48``.
    station, duty_phone
        Whom absentees ring.
    state, number
        How far the plan is, and its version.
    made_at
        Moment (UTC, aware) of writing.
    events
        By start.
    """

    code: str
    name: str
    week: str
    station: str
    duty_phone: str
    state: PlanState
    number: int
    made_at: datetime
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class FormLine:
    """One person and one shift of an availability form.

    Parameters
    ----------
    person, name, role
        The person's code and name, and their place in the squad.
    pattern
        Code of the shift pattern.
    shift
        The pattern as sheets mark it.
    days
        Seven values, 0 不可 to 3 优先; None where nothing is known.
    """

    person: str
    name: str
    role: MemberRole
    pattern: str
    shift: ShiftMark
    days: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class AvailabilityBook:
    """A squad's availability form as the import reads it back.

    Parameters
    ----------
    code, squad
        The squad.
    township
        The township's name.
    day
        Day of writing.
    lines
        Everyone in the squad, each with every shift.
    """

    code: str
    squad: str
    township: str
    day: date
    lines: tuple[FormLine, ...]
