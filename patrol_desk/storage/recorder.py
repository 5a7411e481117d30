"""What an ORM session changed: stamps the records and remembers before and after."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session, UOWTransaction

from patrol_desk.common.actor import Actor
from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.ids import new_id
from patrol_desk.models import Record
from patrol_desk.storage.audit import Note

_BOOKKEEPING = frozenset({"id", "row_version", "changed_at", "changed_by"})


class Recorder:
    """Stamps every record a session writes and collects kinds, ids and notes.

    Parameters
    ----------
    session
        The session to watch.
    actor
        Who changes.
    now
        Moment of the change.
    """

    def __init__(self, session: Session, actor: Actor, now: datetime) -> None:
        self._actor = actor
        self._now = now
        self._touched: dict[str, set[str] | None] = {}
        self.notes: list[Note] = []
        self.counts: dict[str, int] = {}
        event.listen(session, "before_flush", self._before_flush)

    def touch(self, kind: str, ids: Iterable[str]) -> None:
        """Remember that records of a kind changed; no ids means many."""
        found = set(ids)
        held = self._touched.get(kind, set())
        self._touched[kind] = None if not found or held is None else held | found

    def count(self, kind: str, number: int) -> None:
        """Add to the number of records written, for the audit entry of the commit."""
        self.counts[kind] = self.counts.get(kind, 0) + number

    def changes(self) -> ChangeSet:
        """Return what was touched so far."""
        return ChangeSet({kind: frozenset(ids or ()) for kind, ids in self._touched.items()})

    def reset(self) -> None:
        """Forget everything, after a commit."""
        self._touched.clear()
        self.notes.clear()
        self.counts = {}

    def _before_flush(self, session: Session, context: UOWTransaction, instances: object) -> None:
        del context, instances
        for record in session.new:
            record.id = record.id or new_id()
            self._stamp(record)
            self._remember(record, {"added": _values(record)})
        for record in session.dirty:
            if session.is_modified(record):
                changed = _before_and_after(record)
                self._stamp(record)
                self._remember(record, changed)
        for record in session.deleted:
            self._remember(record, {"deleted": True})

    def _stamp(self, record: Record) -> None:
        record.changed_at = self._now
        record.changed_by = self._actor.account_id

    def _remember(self, record: Record, details: Mapping[str, object]) -> None:
        kind = record.__tablename__
        self.touch(kind, (record.id,))
        self.count(kind, 1)
        self.notes.append(Note(kind, record.id, details))


def _values(record: Record) -> dict[str, Any]:
    state = inspect(record)
    return {
        attribute.key: attribute.value
        for attribute in state.attrs
        if attribute.key not in _BOOKKEEPING and attribute.value is not None
    }


def _before_and_after(record: Record) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for attribute in inspect(record).attrs:
        history = attribute.history
        if attribute.key not in _BOOKKEEPING and history.has_changes():
            before = history.deleted[0] if history.deleted else None
            changed[attribute.key] = [before, attribute.value]
    return changed
