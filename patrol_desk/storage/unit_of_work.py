"""One action, one transaction: written whole with its audit entry, or not at all."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from patrol_desk.common.actor import Actor
from patrol_desk.common.changes import ChangeSet
from patrol_desk.storage.audit import AuditChain, Note, append
from patrol_desk.storage.errors import translate
from patrol_desk.storage.patch import Patch
from patrol_desk.storage.recorder import Recorder


class UnitOfWork:
    """A write transaction as a context manager; leaving it without `commit` writes nothing.

    Parameters
    ----------
    engine
        Engine whose transactions begin as writers.
    path
        The database file, for the sentence of an error.
    actor
        Who acts.
    action
        What the action is called in the audit log, e.g. ``"import"``.
    now
        Moment stamped on every change.
    chain
        Hash chain of the audit log.
    record_patch
        Remember every row before and after; an action of a hundred thousand rows that nobody takes back need not.
    before_commit
        Called with the unit when everything is written but not yet committed: what follows from it is added there.
    """

    def __init__(
        self,
        engine: Engine,
        path: Path,
        *,
        actor: Actor,
        action: str,
        now: datetime,
        chain: AuditChain,
        record_patch: bool = True,
        before_commit: "Callable[[UnitOfWork], None]",
    ) -> None:
        self.session = Session(engine, expire_on_commit=False)
        self.actor = actor
        self.action = action
        self.now = now
        self._path = path
        self._chain = chain
        self._before_commit = before_commit
        self._notes: list[Note] = []
        self.recorder = Recorder(self.session, actor, now, record_patch=record_patch)
        self.patch = Patch()
        """What the last commit wrote, for taking it back; empty before it."""

    def __enter__(self) -> Self:
        """Begin, waiting for another writer; raise `StorageError` when it does not end."""
        try:
            self.session.connection()
        except Exception as error:
            self.session.close()
            self._raise_translated(error)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> Literal[False]:
        """Roll back whatever was not committed; the driver's errors become sentences."""
        del kind, trace
        self.session.close()
        if error is not None:
            self._raise_translated(error)
        return False

    def note(self, kind: str, record_id: str | None, details: Mapping[str, object]) -> None:
        """Add an entry to the audit log of this commit.

        Parameters
        ----------
        kind
            Table it is about, or empty.
        record_id
            The record, if one.
        details
            What happened; personal values are masked once more before they are written.
        """
        self._notes.append(Note(kind, record_id, details))

    def touch(self, kind: str, ids: Iterable[str] = ()) -> None:
        """Put records into the change set; no ids means "many of this kind"."""
        self.recorder.touch(kind, ids)

    def commit(self) -> ChangeSet:
        """Write everything with its audit entries and return what changed.

        Raises
        ------
        ConcurrentChangeError
            Somebody else changed one of the records since it was read.
        StorageError
            The file could not be written; nothing was.
        """
        try:
            self.session.flush()
            self._before_commit(self)
            whole = Note("", None, {"records": self.recorder.counts})
            append(
                self.session, self._chain, self.actor, self.action, self.now,
                [whole, *self._notes, *self.recorder.notes],
            )  # fmt: skip
            self.session.commit()
        except Exception as error:
            self.session.rollback()
            self._raise_translated(error)
            raise
        changes, self.patch = self.recorder.changes(), self.recorder.patch()
        self._notes.clear()
        self.recorder.reset()
        return changes

    def _raise_translated(self, error: BaseException) -> None:
        told = translate(error, self._path)
        if told is not None:
            raise told from error
