"""What making, changing and retiring the plainer kinds of places have in common; all of it can be undone."""

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar, cast

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.models import Record
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import require
from patrol_desk.services.places.fields import Table, read_fields, refuse_pair
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.storage.session import Session
from patrol_desk.storage.unit_of_work import UnitOfWork
from patrol_desk.sync.tables import table_named

R = TypeVar("R", bound=Record)


class _Named(Protocol):
    code: str
    name: str


def save(
    station: Station, actor: Actor, table: Table, values: Mapping[str, object], record_id: str | None, row_version: int
) -> Done[str]:
    """Make a record of a table, or change one as it was read, and return its id.

    Raises
    ------
    InvalidDataError
        A field cannot be right, or the record is gone; nothing was written.
    ConcurrentChangeError
        Somebody else changed it since it was read; nothing was written.
    """
    require(actor, Permission.DATA_EDIT)
    spec = table_named(table)
    verb = "create" if record_id is None else "update"
    with station.write(actor, f"{spec.model.__tablename__}.{verb}") as unit:
        fields = read_fields(unit.session, table, values, record_id)
        if record_id is None:
            refuse_pair(spec, fields)
            record = spec.model(id=new_id(), **fields)
            unit.session.add(record)
        else:
            record = stored(unit, spec.model, record_id, row_version)
            refuse_pair(spec, {name: getattr(record, name) for name in spec.fields} | fields)
            for name, value in fields.items():
                setattr(record, name, value)
        unit.session.flush()
        return finish(unit, record.id)


def retire(
    station: Station,
    actor: Actor,
    model: type[Record],
    record_id: str,
    row_version: int,
    check: Callable[[Session], None] | None = None,
) -> Done[None]:
    """Retire a record: it stays for what refers to it. `check` may refuse it.

    Raises
    ------
    InvalidDataError
        It is gone; nothing was written.
    ConcurrentChangeError
        Somebody else changed it since it was read; nothing was written.
    """
    require(actor, Permission.DATA_EDIT)
    with station.write(actor, f"{model.__tablename__}.retire") as unit:
        record = stored(unit, model, record_id, row_version)
        if check is not None:
            check(unit.session)
        record.ended_on = station_today(station.clock)
        return finish(unit, None)


def stored(unit: UnitOfWork, model: type[R], record_id: str, row_version: int) -> R:
    """Return a record in a writing transaction, as it was read; the errors are those of `retire`."""
    record = queries.first(unit.session, model, id=record_id)
    if record is None:
        raise InvalidDataError(Message("places.gone"))
    if record.row_version != row_version:
        named = cast("_Named", record)
        raise ConcurrentChangeError(Message("places.changed_meanwhile", {"code": named.code, "name": named.name}))
    return record
