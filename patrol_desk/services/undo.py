"""What a write gives back to the desk, and taking it back again."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from patrol_desk.common.actor import Actor
from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError, StorageError
from patrol_desk.common.message import Message
from patrol_desk.models import PlanVersion, VersionState
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import require
from patrol_desk.services.station import Station
from patrol_desk.storage import queries
from patrol_desk.storage.patch import Patch
from patrol_desk.storage.revert import apply_inverse, moved_on
from patrol_desk.storage.unit_of_work import UnitOfWork

__all__ = ["Done", "Patch", "finish", "revert"]

__all__ = ["PLANNING", "Done", "Patch", "finish", "revert"]

T = TypeVar("T")

PLANNING = frozenset(
    {
        "plan",
        "plan_version",
        "assignment",
        "visit_draw",
        "rule_override",
        "duty_request",
        "squad_notice",
        "saved_candidate",
    }
)
"""Tables that `Permission.PLAN_WRITE` is for; all others need `Permission.DATA_EDIT`."""
_MOST_NOTED = 200


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What a write service returns.

    Parameters
    ----------
    value
        Its result.
    changes
        What it touched, for the views that show it.
    patch
        What `revert` takes back; empty when nothing was written.
    """

    value: T
    changes: ChangeSet
    patch: Patch


def finish(unit: UnitOfWork, value: T) -> Done[T]:
    """Commit a unit of work and return its result with what changed.

    Raises
    ------
    ConcurrentChangeError, StorageError
        See `UnitOfWork.commit`; nothing was written.
    """
    changes = unit.commit()
    return Done(value, changes, unit.patch)


def revert(station: Station, actor: Actor, patch: Patch) -> Done[int]:
    """Take back what a patch did, in one transaction, and return how many rows that touched.

    The patch that comes with it takes the taking back back again: redo is `revert` too. Steps may be taken back
    and done again in any number, newest first, without telling the patches that lie beneath.

    Raises
    ------
    ForbiddenError
        The actor may not edit what the patch touches.
    ConcurrentChangeError
        Rows moved on since, new ones are in the way, or the plan was published and is final: the step can never be
        taken back any more, and the sentence says why and of what. Nothing was written.
    StorageError
        The file could not be written; nothing was.
    """
    require(actor, Permission.PLAN_WRITE if patch.kinds <= PLANNING else Permission.DATA_EDIT)
    if patch.kinds & PLANNING:
        require(actor, Permission.PLAN_WRITE)
    if not patch:
        return Done(0, ChangeSet(), patch)
    try:
        with station.write(actor, "undo") as unit:
            _refuse_moved(unit, patch)
            count = apply_inverse(unit, patch)
            _note(unit, patch)
            return finish(unit, count)
    except InvalidDataError as error:
        raise ConcurrentChangeError(Message("undo.in_the_way", {"kinds": _words(patch.kinds)})) from error
    except StorageError as error:
        if error.message.code != "storage.immutable":
            raise
        raise ConcurrentChangeError(Message("undo.published")) from error


def _refuse_moved(unit: UnitOfWork, patch: Patch) -> None:
    moved = moved_on(unit, patch)
    if "plan_version" in moved and _published(unit, patch):
        raise ConcurrentChangeError(Message("undo.published"))
    if moved:
        rows = [Message("undo.rows", {"kind": _word(kind), "count": moved[kind]}) for kind in sorted(moved)]
        raise ConcurrentChangeError(Message("undo.moved_on", {"rows": rows}))


def _published(unit: UnitOfWork, patch: Patch) -> bool:
    """Say whether a version that was made or changed by the step is a draft no more."""
    ids = {row.id for row in patch.rows if row.kind == "plan_version" and row.after is not None}
    versions = (queries.first(unit.session, PlanVersion, id=each) for each in sorted(ids))
    return any(version is not None and version.state is not VersionState.DRAFT for version in versions)


def _note(unit: UnitOfWork, patch: Patch) -> None:
    """Put into the audit log which rows went back; of many only their number, which every commit notes."""
    for row in patch.rows[:_MOST_NOTED]:
        was, now = row.after, row.before
        if was is None or now is None:
            unit.note(row.kind, row.id, {"deleted": True} if now is None else {"restored": True})
        else:
            unit.note(row.kind, row.id, {name: [was[name], now[name]] for name in now if was[name] != now[name]})


def _words(kinds: frozenset[str]) -> list[Message]:
    return [_word(kind) for kind in sorted(kinds)]


def _word(kind: str) -> Message:
    return Message(f"undo.kind_{kind}")
