"""The life of a checkpoint: planned, active, suspended, closed, each from a day and for a reason; undoable."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.models import Checkpoint, CheckpointChange, CheckpointKind, CheckpointStatus, PlanVersion, VersionState
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted, require
from patrol_desk.services.places.checkpoints import checkpoint_for
from patrol_desk.services.places.effects import LifeEffect, Moved, PlannedDuty
from patrol_desk.services.places.standing import ONE_DAY, Standing, standing
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage.reads import lives, places
from patrol_desk.storage.reads.lives import ChangeLine
from patrol_desk.storage.unit_of_work import UnitOfWork

LONGEST: Final = 200
"""Characters of a reason."""
FAR: Final = timedelta(days=366)
"""So far ahead a change can be fixed."""
_LIFE: Final[Mapping[CheckpointStatus, frozenset[CheckpointStatus]]] = MappingProxyType(
    {
        CheckpointStatus.PLANNED: frozenset({CheckpointStatus.ACTIVE, CheckpointStatus.CLOSED}),
        CheckpointStatus.ACTIVE: frozenset({CheckpointStatus.SUSPENDED, CheckpointStatus.CLOSED}),
        CheckpointStatus.SUSPENDED: frozenset({CheckpointStatus.ACTIVE, CheckpointStatus.CLOSED}),
        CheckpointStatus.CLOSED: frozenset(),
    }
)
"""Status → what it can become: planned → active ⇄ suspended → closed."""


@dataclass(frozen=True, slots=True)
class LifeBounds:
    """What a change of status is judged by: what the checkpoint is now, since when, and what day it is."""

    name: str
    kind: CheckpointKind
    status: CheckpointStatus
    since: date | None
    today: date


def next_statuses(status: CheckpointStatus) -> frozenset[CheckpointStatus]:
    """Return what a checkpoint in the status can become."""
    return _LIFE[status]


def check_move(bounds: LifeBounds, to: CheckpointStatus, on: date) -> Message | None:
    """Return why a checkpoint cannot come into a status from a day on, None when it can."""
    words = {"name": bounds.name, "now": status_word(bounds.status), "wanted": status_word(to), "day": on}
    if to not in _LIFE[bounds.status]:
        return Message("places.life_refused", words)
    if bounds.since is not None and on < bounds.since:
        return Message("places.life_too_early", {**words, "since": bounds.since})
    return None if on <= bounds.today else _ahead(bounds, to, on, words)


def check_reason(to: CheckpointStatus, reason: str) -> Message | None:
    """Return what is wrong with a reason; one who takes a checkpoint out of service says why."""
    if not reason.strip() and to is not CheckpointStatus.ACTIVE:
        return Message("places.life_why")
    if len(reason.strip()) > LONGEST:
        return Message("places.life_long", {"count": len(reason.strip()), "most": LONGEST})
    return None


@permitted(Permission.DATA_READ)
def life_effect(station: Station, actor: Actor, checkpoint_id: str) -> LifeEffect:
    """Return the duties from today on that stand at a checkpoint: what suspending or closing it concerns."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        found = lives.duties_from(session, checkpoint_id, station_today(station.clock))
    return LifeEffect(
        tuple(
            PlannedDuty(line.week, line.state is VersionState.PUBLISHED, line.on_date, line.person_id) for line in found
        )
    )


@permitted(Permission.DATA_EDIT)
def move_checkpoint(
    station: Station,
    actor: Actor,
    checkpoint_id: str,
    row_version: int,
    to: CheckpointStatus,
    on: date | None = None,
    reason: str = "",
) -> Done[Moved]:
    """Give a checkpoint another status from a day on, and note why.

    Duties of drafts on a day on which it is out of service go with it; published versions stay as they were published.
    A later change that was fixed already is dropped.

    Parameters
    ----------
    station, actor
        Where and by whom.
    checkpoint_id, row_version
        The checkpoint as it was read.
    to
        Planned → active ⇄ suspended → closed.
    on
        First day of the status; today when None. A day to come changes what is planned from then on, nothing before.
    reason
        Needed to take it out of service.

    Raises
    ------
    InvalidDataError
        Its status cannot become this, not on this day, or the reason is missing; nothing was written.
    ConcurrentChangeError
        Somebody else changed the checkpoint since it was read; nothing was written.
    """
    today = station_today(station.clock)
    day = on or today
    with station.write(actor, f"checkpoint.{to.value}") as unit:
        record = checkpoint_for(unit, checkpoint_id, row_version)
        changes = lives.changes_of(unit.session, checkpoint_id)
        now = standing(record.status, record.first_on, record.last_on, changes, today)
        fault = check_move(_bounds(record, now, changes, today), to, day) or check_reason(to, reason)
        if fault is not None:
            raise InvalidDataError(fault)
        _drop_fixed(unit, record, changes, today)
        _set(record, to, day, today)
        unit.session.add(
            CheckpointChange(id=new_id(), checkpoint_id=checkpoint_id, status=to, on_date=day, reason=reason.strip())
        )
        removed = 0 if to is CheckpointStatus.ACTIVE else _take_out(unit, actor, checkpoint_id, max(day, today))
        return finish(unit, Moved(to, removed))


@permitted(Permission.DATA_EDIT)
def drop_fixed(station: Station, actor: Actor, checkpoint_id: str, row_version: int) -> Done[int]:
    """Drop what was fixed for a later day: the status of today goes on. Return how many changes that were.

    Raises
    ------
    InvalidDataError
        Nothing was fixed; nothing was written.
    ConcurrentChangeError
        Somebody else changed the checkpoint since it was read; nothing was written.
    """
    today = station_today(station.clock)
    with station.write(actor, "checkpoint.keep") as unit:
        record = checkpoint_for(unit, checkpoint_id, row_version)
        changes = lives.changes_of(unit.session, checkpoint_id)
        now = standing(record.status, record.first_on, record.last_on, changes, today).status
        count = _drop_fixed(unit, record, changes, today)
        if not count:
            raise InvalidDataError(Message("places.life_nothing_fixed", {"name": record.name}))
        record.status = now
        return finish(unit, count)


def status_word(status: CheckpointStatus) -> Message:
    """Return a status in words."""
    return Message(f"places.status_{status.value}")


def _bounds(record: Checkpoint, now: Standing, changes: Collection[ChangeLine], today: date) -> LifeBounds:
    """Return what a change is judged by; it cannot begin before the status of today did."""
    begun = [change.on_date for change in changes if change.on_date <= today]
    return LifeBounds(record.name, record.kind, now.status, max(begun, default=None), today)


def _ahead(bounds: LifeBounds, to: CheckpointStatus, on: date, words: Mapping[str, object]) -> Message | None:
    """Return why a change cannot be fixed for a day to come."""
    if on > bounds.today + FAR:
        return Message("places.life_too_far", {**words, "last": bounds.today + FAR})
    if bounds.kind is CheckpointKind.TEMPORARY_DUTY:
        return Message("places.life_temporary", words)
    if CheckpointStatus.ACTIVE not in {bounds.status, to}:
        return Message("places.life_not_ahead", {**words, "today": bounds.today})
    return None


def _set(record: Checkpoint, to: CheckpointStatus, day: date, today: date) -> None:
    """Store a status: one of a day to come as the first or last day of service, which planning keeps to."""
    if day > today and to is not CheckpointStatus.ACTIVE:
        record.last_on = day - ONE_DAY
        return
    record.status = to
    if to is CheckpointStatus.ACTIVE:
        record.first_on = day if day > today or (record.first_on or today) > today else record.first_on
        record.last_on = None if record.last_on is not None and record.last_on < day else record.last_on


def _drop_fixed(unit: UnitOfWork, record: Checkpoint, changes: Collection[ChangeLine], today: date) -> int:
    """Take away changes of days to come, with the first or last day that each of them set."""
    fixed = [change for change in changes if change.on_date > today]
    for change in fixed:
        if change.status is CheckpointStatus.ACTIVE:
            record.first_on = None if record.first_on == change.on_date else record.first_on
        elif record.last_on == change.on_date - ONE_DAY:
            record.last_on = None
        unit.session.delete(unit.session.get_one(CheckpointChange, change.id))
    return len(fixed)


def _take_out(unit: UnitOfWork, actor: Actor, checkpoint_id: str, first: date) -> int:
    """Take the duties of drafts from a day on out of the plan, and return how many they were."""
    lost = places.draft_assignments(unit.session, checkpoint_id, first)
    if lost:
        require(actor, Permission.PLAN_WRITE)
    for assignment in lost:
        unit.session.delete(assignment)
    _put_figures_aside(unit, {assignment.version_id for assignment in lost})
    return len(lost)


def _put_figures_aside(unit: UnitOfWork, version_ids: Collection[str]) -> None:
    """Mark the figures of a solver's run as stale, as every edit by hand does: its draft is no longer what it made."""
    for version_id in sorted(version_ids):
        version = unit.session.get_one(PlanVersion, version_id)
        if version.figures and not version.figures.get("stale"):
            kept = {name: version.figures[name] for name in ("mode",) if name in version.figures}
            version.figures = {"stale": True, **kept}
