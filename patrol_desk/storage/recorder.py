"""What an ORM session changed: stamps the records and remembers before and after."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session, UOWTransaction

from patrol_desk.common.actor import Actor
from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.ids import new_id
from patrol_desk.models import Record
from patrol_desk.storage.audit import Note
from patrol_desk.storage.patch import BOOKKEEPING, Patch, PatchBuilder, RowPatch, split

_IN_LIST = 10_000

Stored = dict[str, dict[str, Any]]
"""Id → stored row."""


class Recorder:
    """Stamps every record a session writes and collects kinds, ids, notes and the patch.

    Parameters
    ----------
    session
        The session to watch.
    actor
        Who changes.
    now
        Moment of the change.
    record_patch
        Remember every row before and after, so that the action can be taken back.
    """

    def __init__(self, session: Session, actor: Actor, now: datetime, *, record_patch: bool = True) -> None:
        self._actor = actor
        self._now = now
        self._touched: dict[str, set[str] | None] = {}
        self._patch = PatchBuilder()
        self._before: dict[type[Record], Stored] = {}
        self.record_patch = record_patch
        self.notes: list[Note] = []
        self.counts: dict[str, int] = {}
        event.listen(session, "before_flush", self._before_flush)
        event.listen(session, "after_flush", self._after_flush)

    def touch(self, kind: str, ids: Iterable[str]) -> None:
        """Remember that records of a kind changed; no ids means many."""
        found = set(ids)
        held = self._touched.get(kind, set())
        self._touched[kind] = None if not found or held is None else held | found

    def count(self, kind: str, number: int) -> None:
        """Add to the number of records written, for the audit entry of the commit."""
        self.counts[kind] = self.counts.get(kind, 0) + number

    def record(self, rows: Iterable[RowPatch]) -> None:
        """Add what a bulk write did to the patch."""
        for row in rows:
            self._patch.add(row)

    def changes(self) -> ChangeSet:
        """Return what was touched so far."""
        return ChangeSet({kind: frozenset(ids or ()) for kind, ids in self._touched.items()})

    def patch(self) -> Patch:
        """Return what was written so far; empty when it is not recorded."""
        return self._patch.build()

    def reset(self) -> None:
        """Forget everything, after a commit."""
        self._touched.clear()
        self._patch.clear()
        self.notes.clear()
        self.counts = {}

    def _before_flush(self, session: Session, context: UOWTransaction, instances: object) -> None:
        del context, instances
        for record in session.new:
            record.id = record.id or new_id()
            self._stamp(record)
            self._remember(record, {"added": _values(record)})
        changed = [record for record in session.dirty if session.is_modified(record)]
        for record in changed:
            details = _before_and_after(record)
            self._stamp(record)
            self._remember(record, details)
        for record in session.deleted:
            self._remember(record, {"deleted": True})
        if self.record_patch:
            self._before = {type(record): {} for record in session.new}
            self._before |= _stored(session, [*changed, *session.deleted])

    def _after_flush(self, session: Session, context: UOWTransaction) -> None:
        del context
        if not self.record_patch:
            return
        after = _stored(session, [*session.new, *session.dirty])
        for model, before in self._before.items():
            now = after.get(model, {})
            new = [record.id for record in session.new if type(record) is model]
            for record_id in [*before, *new]:
                self._patch.add(_row_patch(model.__tablename__, record_id, before, now))
        self._before = {}

    def _stamp(self, record: Record) -> None:
        record.changed_at = self._now
        record.changed_by = self._actor.account_id

    def _remember(self, record: Record, details: Mapping[str, object]) -> None:
        kind = record.__tablename__
        self.touch(kind, (record.id,))
        self.count(kind, 1)
        self.notes.append(Note(kind, record.id, details))


def _stored(session: Session, records: Iterable[Record]) -> dict[type[Record], Stored]:
    """Return the records' rows as they stand in the file, whatever the session thinks they hold."""
    ids: dict[type[Record], list[str]] = {}
    for record in records:
        ids.setdefault(type(record), []).append(record.id)
    found: dict[type[Record], Stored] = {}
    for model, wanted in ids.items():
        table = model.__table__
        found[model] = {}
        for start in range(0, len(wanted), _IN_LIST):
            query = select(*table.c).where(table.c["id"].in_(wanted[start : start + _IN_LIST]))
            found[model].update((row["id"], dict(row)) for row in session.connection().execute(query).mappings())
    return found


def _row_patch(kind: str, record_id: str, before: Stored, after: Stored) -> RowPatch:
    was, now = before.get(record_id), after.get(record_id)
    old = None if was is None else split(was)
    new = None if now is None else split(now)
    version_before = 0 if old is None else old[1]
    version_after = version_before + 1 if new is None else new[1]
    return RowPatch(
        kind, record_id, None if old is None else old[2], None if new is None else new[2],
        version_before, version_after,
    )  # fmt: skip


def _values(record: Record) -> dict[str, Any]:
    state = inspect(record)
    return {
        attribute.key: attribute.value
        for attribute in state.attrs
        if attribute.key not in BOOKKEEPING and attribute.value is not None
    }


def _before_and_after(record: Record) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for attribute in inspect(record).attrs:
        history = attribute.history
        if attribute.key not in BOOKKEEPING and history.has_changes():
            before = history.deleted[0] if history.deleted else None
            changed[attribute.key] = [before, attribute.value]
    return changed
