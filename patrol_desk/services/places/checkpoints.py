"""Checkpoints: made and changed. Everything here can be undone."""

from collections.abc import Mapping

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.models import Checkpoint
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.places.fields import read_fields, refuse_pair
from patrol_desk.services.rules.official import ensure_official
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.storage.unit_of_work import UnitOfWork
from patrol_desk.sync.tables import table_named


@permitted(Permission.DATA_EDIT)
def create_checkpoint(station: Station, actor: Actor, values: Mapping[str, object]) -> Done[str]:
    """Make a checkpoint and return its id.

    Parameters
    ----------
    station, actor
        Where and by whom.
    values
        Field → text as typed or stored value; what is left out takes its default.

    Raises
    ------
    InvalidDataError
        A field cannot be right; nothing was written.
    """
    with station.write(actor, "checkpoint.create") as unit:
        fields = read_fields(unit.session, "checkpoints", values, None)
        refuse_pair(table_named("checkpoints"), fields)
        record = Checkpoint(id=new_id(), **fields)
        unit.session.add(record)
        unit.session.flush()
        ensure_official(unit)
        return finish(unit, record.id)


@permitted(Permission.DATA_EDIT)
def update_checkpoint(
    station: Station, actor: Actor, checkpoint_id: str, row_version: int, values: Mapping[str, object]
) -> Done[None]:
    """Change fields of a checkpoint; its status is changed by `move_checkpoint`.

    Raises
    ------
    InvalidDataError
        A field cannot be right; nothing was written.
    ConcurrentChangeError
        Somebody else changed the checkpoint since it was read; nothing was written.
    """
    with station.write(actor, "checkpoint.update") as unit:
        record = checkpoint_for(unit, checkpoint_id, row_version)
        wanted = {name: value for name, value in values.items() if name != "status"}
        fields = read_fields(unit.session, "checkpoints", wanted, checkpoint_id)
        spec = table_named("checkpoints")
        refuse_pair(spec, {name: getattr(record, name) for name in spec.fields} | fields)
        for name, value in fields.items():
            setattr(record, name, value)
        unit.session.flush()
        ensure_official(unit)
        return finish(unit, None)


def checkpoint_for(unit: UnitOfWork, checkpoint_id: str, row_version: int | None) -> Checkpoint:
    """Return the record in a writing transaction, as it was read.

    Raises
    ------
    InvalidDataError
        It is gone.
    ConcurrentChangeError
        It was changed since.
    """
    record = queries.first(unit.session, Checkpoint, id=checkpoint_id)
    if record is None:
        raise InvalidDataError(Message("places.gone"))
    if row_version is not None and record.row_version != row_version:
        raise ConcurrentChangeError(Message("places.changed_meanwhile", {"code": record.code, "name": record.name}))
    return record
