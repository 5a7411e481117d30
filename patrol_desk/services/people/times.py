"""When people can serve: the weekly availability and dated leave."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.models import Availability, Leave, LeaveReason, Person, Preference
from patrol_desk.security.permissions import Permission
from patrol_desk.services.people.duties import Affected, count_duties
from patrol_desk.services.people.records import load, load_serving
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.storage.reads import people_records as records
from patrol_desk.storage.unit_of_work import UnitOfWork

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LONGEST_LEAVE = 366
"""Days of the longest leave that is not a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One painted cell: shift pattern, weekday (0 Monday), the preference it had and the one it gets."""

    pattern_id: str
    weekday: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class LeaveTaken:
    """Leave that was written.

    Parameters
    ----------
    added
        How many people got it.
    kept
        How many had leave on some of the days already; theirs stays as it was.
    affected
        Duties that fall into the new leave and stay in the plan until somebody else takes them.
    """

    added: int
    kept: int
    affected: Affected


@permitted(Permission.DATA_EDIT)
def set_availability(station: Station, actor: Actor, person_id: str, cells: Sequence[Cell]) -> Done[int]:
    """Paint cells of a person's week and return how many changed.

    Raises
    ------
    InvalidDataError
        The person is retired, or a cell is none.
    ConcurrentChangeError
        A cell is not what it was when it was read; nothing was written.
    """
    with station.write(actor, "person.availability") as unit:
        person = load_serving(unit, [person_id])[0]
        return finish(unit, paint(unit, person, cells))


@permitted(Permission.DATA_EDIT)
def copy_availability(station: Station, actor: Actor, source_id: str, people: Collection[str]) -> Done[int]:
    """Give people the whole week of another person and return how many changed."""
    with station.write(actor, "person.availability") as unit:
        load(unit, source_id)
        load_serving(unit, people)
        model = {row.pattern_id: row for row in _rows(unit, [source_id]) if row.ended_on is None}
        held: dict[str, dict[str, Availability]] = {}
        for row in _rows(unit, people):
            held.setdefault(row.person_id, {})[row.pattern_id] = row
        changed = sum(_copy(unit, one, held.get(one, {}), model) for one in people if one != source_id)
        return finish(unit, changed)


@permitted(Permission.DATA_EDIT)
def add_leave(
    station: Station, actor: Actor, people: Collection[str], first_on: date, last_on: date, reason: LeaveReason
) -> Done[LeaveTaken]:
    """Give people leave, both days included.

    Of several people those who have leave on some of the days already keep theirs; one person alone is refused.

    Raises
    ------
    InvalidDataError
        The days are in the wrong order or too many, a person is retired, or the only one has leave already.
    """
    _check_days(first_on, last_on)
    with station.write(actor, "person.leave") as unit:
        found = load_serving(unit, people)
        held: dict[str, list[Leave]] = {}
        for row in records.leave_rows(unit.session, [person.id for person in found]):
            held.setdefault(row.person_id, []).append(row)
        added = []
        for person in found:
            clash = _clash(held.get(person.id, []), first_on, last_on)
            if clash is not None and len(found) == 1:
                raise _overlap(person, clash)
            if clash is None:
                _give(unit, person, held.get(person.id, []), (first_on, last_on), reason)
                added.append(person.id)
        affected = count_duties(unit, added, first_on, last_on)
        return finish(unit, LeaveTaken(len(added), len(found) - len(added), affected))


@permitted(Permission.DATA_EDIT)
def change_leave(
    station: Station,
    actor: Actor,
    leave_id: str,
    first_on: date,
    last_on: date,
    reason: LeaveReason,
    *,
    seen: int,
) -> Done[LeaveTaken]:
    """Change a leave's days and reason.

    Raises
    ------
    ConcurrentChangeError
        Somebody else changed it since row version `seen`; nothing was written.
    InvalidDataError
        As `add_leave`.
    """
    _check_days(first_on, last_on)
    with station.write(actor, "person.leave") as unit:
        leave = _load_leave(unit, leave_id, seen)
        person = load_serving(unit, [leave.person_id])[0]
        others = [row for row in records.leave_rows(unit.session, [person.id]) if row.id != leave_id]
        clash = _clash(others, first_on, last_on)
        if clash is not None:
            raise _overlap(person, clash)
        leave.first_on, leave.last_on, leave.reason = first_on, last_on, reason
        return finish(unit, LeaveTaken(1, 0, count_duties(unit, [person.id], first_on, last_on)))


@permitted(Permission.DATA_EDIT)
def end_leave(station: Station, actor: Actor, leave_id: str, *, seen: int) -> Done[None]:
    """Take a leave back: one that has begun ends yesterday, one that has not is none.

    Raises
    ------
    ConcurrentChangeError
        Somebody else changed it since row version `seen`; nothing was written.
    """
    today = station_today(station.clock)
    with station.write(actor, "person.leave") as unit:
        leave = _load_leave(unit, leave_id, seen)
        if leave.first_on < today <= leave.last_on:
            leave.last_on = date.fromordinal(today.toordinal() - 1)
        else:
            leave.ended_on = today
        return finish(unit, None)


def paint(unit: UnitOfWork, person: Person, cells: Iterable[Cell]) -> int:
    """Write painted cells and return how many changed; the caller commits."""
    rows = {row.pattern_id: row for row in _rows(unit, [person.id])}
    changed = 0
    for cell in cells:
        if cell.after not in set(Preference) or not 0 <= cell.weekday < len(WEEKDAYS):
            raise InvalidDataError(Message("people.bad_cell", {"value": cell.after}))
        row = rows.get(cell.pattern_id)
        if row is None or row.ended_on is not None:
            row = rows[cell.pattern_id] = _fresh(unit, person.id, cell.pattern_id, row)
        day = WEEKDAYS[cell.weekday]
        if getattr(row, day) != cell.before:
            raise ConcurrentChangeError(Message("people.changed_meanwhile", {"code": person.code}))
        changed += cell.before != cell.after
        setattr(row, day, cell.after)
    return changed


def _fresh(unit: UnitOfWork, person_id: str, pattern_id: str, ended: Availability | None) -> Availability:
    """Return a row of "unavailable": a new one, or the retired one, since a person has one per pattern."""
    if ended is None:
        ended = Availability(id=new_id(), person_id=person_id, pattern_id=pattern_id)
        unit.session.add(ended)
    ended.ended_on = None
    for day in WEEKDAYS:
        setattr(ended, day, int(Preference.UNAVAILABLE))
    return ended


def _copy(
    unit: UnitOfWork, person_id: str, held: Mapping[str, Availability], model: Mapping[str, Availability]
) -> bool:
    changed = False
    for pattern_id in sorted({*held, *model}):
        wanted = [getattr(model[pattern_id], day) if pattern_id in model else 0 for day in WEEKDAYS]
        row = held.get(pattern_id)
        live = row is not None and row.ended_on is None
        if (not live and not any(wanted)) or (live and [getattr(row, day) for day in WEEKDAYS] == wanted):
            continue
        if row is None or not live:
            row = _fresh(unit, person_id, pattern_id, row)
        for day, value in zip(WEEKDAYS, wanted, strict=True):
            setattr(row, day, value)
        changed = True
    return changed


def _rows(unit: UnitOfWork, people: Collection[str]) -> list[Availability]:
    return records.availability_rows(unit.session, people)


def _check_days(first_on: date, last_on: date) -> None:
    days = {"first": first_on.isoformat(), "last": last_on.isoformat()}
    if last_on < first_on:
        raise InvalidDataError(Message("people.leave_order", days))
    if (last_on - first_on).days >= LONGEST_LEAVE:
        raise InvalidDataError(Message("people.leave_long", {**days, "most": LONGEST_LEAVE}))


def _clash(rows: Iterable[Leave], first_on: date, last_on: date) -> Leave | None:
    return next((r for r in rows if r.ended_on is None and r.first_on <= last_on and r.last_on >= first_on), None)


def _overlap(person: Person, leave: Leave) -> InvalidDataError:
    days = {"first": leave.first_on.isoformat(), "last": leave.last_on.isoformat()}
    return InvalidDataError(Message("people.leave_overlap", {"code": person.code, **days}))


def _give(
    unit: UnitOfWork, person: Person, rows: Iterable[Leave], days: tuple[date, date], reason: LeaveReason
) -> None:
    """Add leave, or bring one back that was taken back: a person has one that begins on a day."""
    leave = next((row for row in rows if row.first_on == days[0]), None)
    if leave is None:
        leave = Leave(id=new_id(), person_id=person.id, first_on=days[0])
        unit.session.add(leave)
    leave.last_on, leave.reason, leave.ended_on = days[1], reason, None


def _load_leave(unit: UnitOfWork, leave_id: str, seen: int) -> Leave:
    leave = queries.first(unit.session, Leave, id=leave_id)
    if leave is None or leave.ended_on is not None or leave.row_version != seen:
        raise ConcurrentChangeError(Message("people.leave_changed"))
    return leave
