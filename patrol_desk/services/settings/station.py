"""The station and its shift patterns: read with what uses them, changed, ended. Everything here can be undone."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.models import Demand, ShiftPattern, Township
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.places.fields import read_fields
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import bulk, queries
from patrol_desk.storage.reads import planning
from patrol_desk.storage.session import Session
from patrol_desk.storage.unit_of_work import UnitOfWork

STATION_FIELDS = ("station_name", "name", "duty_phone", "parent_office")
"""What of the station can be changed here; its code belongs to the state."""


@dataclass(frozen=True, slots=True)
class StationCard:
    """The station's own data."""

    row_version: int
    code: str
    name: str
    station_name: str
    duty_phone: str
    parent_office: str


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """A shift pattern in force.

    Parameters
    ----------
    start_minute, length_minutes
        As stored: minutes after midnight, and how long.
    places, demands
        Checkpoints that ask for somebody in it, and their demands.
    """

    id: str
    row_version: int
    code: str
    name: str
    mark: str
    start_minute: int
    length_minutes: int
    night: bool
    places: int
    demands: int


@dataclass(frozen=True, slots=True)
class StationSheet:
    """The station, None before its township is known, and its shifts by start."""

    card: StationCard | None
    shifts: tuple[ShiftRow, ...]


@permitted(Permission.DATA_READ)
def read_station(station: Station, actor: Actor) -> StationSheet:
    """Return the station and its shifts, read in one transaction."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        township = planning.township(session)
        card = None if township is None else _card(township)
        return StationSheet(card, _shifts(session))


@permitted(Permission.DATA_EDIT)
def update_station(station: Station, actor: Actor, row_version: int, values: Mapping[str, object]) -> Done[None]:
    """Change fields of the station.

    Raises
    ------
    InvalidDataError
        A field cannot be right, or there is no township yet; nothing was written.
    ConcurrentChangeError
        Somebody else changed the station since it was read; nothing was written.
    """
    with station.write(actor, "station.update") as unit:
        record = planning.township(unit.session)
        if record is None:
            raise InvalidDataError(Message("settings.no_township"))
        if record.row_version != row_version:
            raise ConcurrentChangeError(Message("settings.changed_meanwhile", {"name": record.station_name}))
        wanted = {name: value for name, value in values.items() if name in STATION_FIELDS}
        for name, value in read_fields(unit.session, "township", wanted, record.id).items():
            setattr(record, name, value)
        return finish(unit, None)


@permitted(Permission.DATA_EDIT)
def create_shift(station: Station, actor: Actor, values: Mapping[str, object]) -> Done[str]:
    """Make a shift pattern and return its id.

    Raises
    ------
    InvalidDataError
        A field cannot be right, or another shift has the mark; nothing was written.
    """
    with station.write(actor, "shift.create") as unit:
        fields = read_fields(unit.session, "shift_patterns", values, None)
        record = ShiftPattern(id=new_id(), **fields)
        _refuse_mark(unit, record.id, str(fields["mark"]))
        unit.session.add(record)
        unit.session.flush()
        return finish(unit, record.id)


@permitted(Permission.DATA_EDIT)
def update_shift(
    station: Station, actor: Actor, shift_id: str, row_version: int, values: Mapping[str, object]
) -> Done[None]:
    """Change fields of a shift pattern; plans not published yet follow it.

    Raises
    ------
    InvalidDataError
        A field cannot be right, or another shift has the mark; nothing was written.
    ConcurrentChangeError
        Somebody else changed the shift since it was read; nothing was written.
    """
    with station.write(actor, "shift.update") as unit:
        record = _shift(unit, shift_id, row_version)
        fields = read_fields(unit.session, "shift_patterns", values, shift_id)
        if "mark" in fields:
            _refuse_mark(unit, shift_id, str(fields["mark"]))
        for name, value in fields.items():
            setattr(record, name, value)
        return finish(unit, None)


@permitted(Permission.DATA_EDIT)
def end_shift(station: Station, actor: Actor, shift_id: str, row_version: int) -> Done[int]:
    """End a shift pattern with the demands that ask for it, and return how many those were; records are kept.

    Raises
    ------
    ConcurrentChangeError
        Somebody else changed the shift since it was read; nothing was written.
    """
    today = station_today(station.clock)
    with station.write(actor, "shift.end") as unit:
        _shift(unit, shift_id, row_version).ended_on = today
        where = {"pattern_id": shift_id, "ended_on": None}
        asked = bulk.dicts(unit.session, Demand, ("id", "row_version"), where=where)
        unit.session.flush()
        bulk.update(unit, Demand, [{**row, "ended_on": today} for row in asked])
        return finish(unit, len(asked))


def _card(record: Township) -> StationCard:
    return StationCard(
        record.row_version, record.code, record.name, record.station_name, record.duty_phone, record.parent_office
    )


def _shifts(session: Session) -> tuple[ShiftRow, ...]:
    demands: Counter[str] = Counter()
    places: dict[str, set[str]] = {}
    columns = ("pattern_id", "checkpoint_id", "desired")
    for pattern, place, desired in bulk.rows(session, Demand, columns, where={"ended_on": None}):
        if desired:
            demands[pattern] += 1
            places.setdefault(pattern, set()).add(place)
    return tuple(
        ShiftRow(
            id=row.id,
            row_version=row.row_version,
            code=row.code,
            name=row.name,
            mark=row.mark,
            start_minute=row.start_minute,
            length_minutes=row.length_minutes,
            night=row.night,
            places=len(places.get(row.id, ())),
            demands=demands[row.id],
        )
        for row in queries.many(session, ShiftPattern, "start_minute", "code", ended_on=None)
    )


def _shift(unit: UnitOfWork, shift_id: str, row_version: int) -> ShiftPattern:
    record = queries.first(unit.session, ShiftPattern, id=shift_id)
    if record is None or record.row_version != row_version:
        name = "" if record is None else record.name
        raise ConcurrentChangeError(Message("settings.changed_meanwhile", {"name": name}))
    return record


def _refuse_mark(unit: UnitOfWork, shift_id: str, mark: str) -> None:
    """Raise when another shift in force has the mark: on a sheet nobody could tell them apart."""
    for other in queries.many(unit.session, ShiftPattern, mark=mark, ended_on=None):
        if other.id != shift_id:
            raise InvalidDataError(Message("settings.mark_taken", {"mark": mark, "name": other.name}))
