"""Checkpoints: made, changed, put into and out of service. Everything here can be undone."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.models import Checkpoint, CheckpointStatus, PlanVersion, VersionState
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted, require
from patrol_desk.services.places.effects import LifeEffect, Moved
from patrol_desk.services.places.fields import read_fields, refuse_pair
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.storage.reads import places
from patrol_desk.storage.unit_of_work import UnitOfWork
from patrol_desk.sync.tables import table_named

_LIFE: Final[Mapping[CheckpointStatus, frozenset[CheckpointStatus]]] = MappingProxyType(
    {
        CheckpointStatus.PLANNED: frozenset({CheckpointStatus.ACTIVE, CheckpointStatus.CLOSED}),
        CheckpointStatus.ACTIVE: frozenset({CheckpointStatus.SUSPENDED, CheckpointStatus.CLOSED}),
        CheckpointStatus.SUSPENDED: frozenset({CheckpointStatus.ACTIVE, CheckpointStatus.CLOSED}),
        CheckpointStatus.CLOSED: frozenset(),
    }
)
"""Status → what it can become: planned → active ⇄ suspended → closed."""


def next_statuses(status: CheckpointStatus) -> frozenset[CheckpointStatus]:
    """Return what a checkpoint in the status can become."""
    return _LIFE[status]


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
        return finish(unit, record.id)


@permitted(Permission.DATA_EDIT)
def update_checkpoint(
    station: Station, actor: Actor, checkpoint_id: str, row_version: int, values: Mapping[str, object]
) -> Done[None]:
    """Change fields of a checkpoint; its status has services of its own.

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
        return finish(unit, None)


@permitted(Permission.DATA_READ)
def life_effect(station: Station, actor: Actor, checkpoint_id: str) -> LifeEffect:
    """Return what suspending or closing a checkpoint does to duties from today on."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        found = places.future_duties(session, checkpoint_id, station_today(station.clock))
        people = places.draft_people(session, checkpoint_id, station_today(station.clock))
    drafts = [row for row in found if row.state is VersionState.DRAFT]
    published = [row for row in found if row.state is VersionState.PUBLISHED]
    return LifeEffect(
        draft_duties=sum(row.duties for row in drafts),
        draft_people=people,
        published_duties=sum(row.duties for row in published),
        weeks=tuple(dict.fromkeys(row.week for row in found)),
    )


@permitted(Permission.DATA_EDIT)
def activate_checkpoint(station: Station, actor: Actor, checkpoint_id: str, row_version: int) -> Done[Moved]:
    """Put a planned checkpoint into service; the errors are those of `suspend_checkpoint`."""
    return _move(station, actor, checkpoint_id, row_version, CheckpointStatus.ACTIVE)


@permitted(Permission.DATA_EDIT)
def resume_checkpoint(station: Station, actor: Actor, checkpoint_id: str, row_version: int) -> Done[Moved]:
    """Put a suspended checkpoint back into service; the errors are those of `suspend_checkpoint`."""
    return _move(station, actor, checkpoint_id, row_version, CheckpointStatus.ACTIVE)


@permitted(Permission.DATA_EDIT)
def suspend_checkpoint(station: Station, actor: Actor, checkpoint_id: str, row_version: int) -> Done[Moved]:
    """Take a checkpoint out of service for a time: its duties of drafts from today on go with it.

    Published versions stay as they were published.

    Raises
    ------
    InvalidDataError
        Its status cannot become this; nothing was written.
    ConcurrentChangeError
        Somebody else changed the checkpoint since it was read; nothing was written.
    """
    return _move(station, actor, checkpoint_id, row_version, CheckpointStatus.SUSPENDED)


@permitted(Permission.DATA_EDIT)
def close_checkpoint(station: Station, actor: Actor, checkpoint_id: str, row_version: int) -> Done[Moved]:
    """Close a checkpoint for good, records kept: its duties of drafts from today on go with it.

    The errors are those of `suspend_checkpoint`.
    """
    return _move(station, actor, checkpoint_id, row_version, CheckpointStatus.CLOSED)


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


def status_word(status: CheckpointStatus) -> Message:
    """Return a status in words."""
    return Message(f"places.status_{status.value}")


def _move(station: Station, actor: Actor, checkpoint_id: str, row_version: int, to: CheckpointStatus) -> Done[Moved]:
    with station.write(actor, f"checkpoint.{to.value}") as unit:
        record = checkpoint_for(unit, checkpoint_id, row_version)
        if to not in _LIFE[record.status]:
            words = {"name": record.name, "now": status_word(record.status), "wanted": status_word(to)}
            raise InvalidDataError(Message("places.life_refused", words))
        record.status = to
        removed = 0
        if to is not CheckpointStatus.ACTIVE:
            lost = places.draft_assignments(unit.session, checkpoint_id, station_today(station.clock))
            if lost:
                require(actor, Permission.PLAN_WRITE)
            for assignment in lost:
                unit.session.delete(assignment)
            _put_figures_aside(unit, {assignment.version_id for assignment in lost})
            removed = len(lost)
        return finish(unit, Moved(to, removed))


def _put_figures_aside(unit: UnitOfWork, version_ids: Collection[str]) -> None:
    """Mark the figures of a solver's run as stale, as every edit by hand does: its draft is no longer what it made."""
    for version_id in sorted(version_ids):
        version = unit.session.get_one(PlanVersion, version_id)
        if version.figures and not version.figures.get("stale"):
            kept = {name: version.figures[name] for name in ("mode",) if name in version.figures}
            version.figures = {"stale": True, **kept}
