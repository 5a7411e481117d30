"""A database file: created, opened, read in snapshots and written one action at a time."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from sqlalchemy import text
from sqlalchemy.orm import Session

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import Clock, SystemClock
from patrol_desk.common.files import sync_file, sync_folder
from patrol_desk.storage import inspection
from patrol_desk.storage.audit import AuditChain
from patrol_desk.storage.backup import backup
from patrol_desk.storage.connect import BUSY_SECONDS, connect, engine
from patrol_desk.storage.errors import telling
from patrol_desk.storage.marker import APPLICATION_ID, USER_VERSIONS, Marker
from patrol_desk.storage.migrate import SCHEMA, Schema, upgrade, upgrade_file
from patrol_desk.storage.statuses import note_statuses
from patrol_desk.storage.unit_of_work import UnitOfWork


class Database:
    """One open database file; made by `create` or `open`, given back by `close`.

    Any thread may use it: each transaction has a connection of its own, readers see the state at their
    beginning, and writers wait for each other.
    """

    def __init__(self, path: Path, key: bytes | None, marker: Marker, busy_seconds: float) -> None:
        self.path = path
        self.key = key
        self.marker = marker
        reader = partial(connect, path, key, busy_seconds=busy_seconds, read_only=True)
        writer = partial(connect, path, key, busy_seconds=busy_seconds)
        self._reading = engine(reader, "BEGIN", 4)
        self._writing = engine(writer, "BEGIN IMMEDIATE", 1)

    @classmethod
    def create(cls, path: Path, *, key: bytes | None, marker: Marker | None = None) -> Self:
        """Make a new file with an empty schema and open it.

        Parameters
        ----------
        path
            Where; nothing may stand there yet.
        key
            32 bytes: the file is encrypted; None: it is plain.
        marker
            Kind of file; by default a station's, encrypted or plain as the key says.

        Raises
        ------
        StorageError
            Something stands there, the folder cannot be written, it is a network share, or the disk is full.
        """
        kind = marker or (Marker.PLAIN_STATION if key is None else Marker.STATION)
        assert (key is not None) == (kind is Marker.STATION), "a station's file has a key, the others have none"
        inspection.check_place(path, new=True)
        part = path.with_name(path.name + ".part")
        try:
            with telling(path):
                _remove(part)
                _make(part, key, kind)
                part.rename(path)
                sync_folder(path.parent)
        finally:
            with suppress(OSError):
                _remove(part)
        return cls(path, key, kind, BUSY_SECONDS)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        key: bytes | None,
        busy_seconds: float = BUSY_SECONDS,
        clock: Clock | None = None,
        schema: Schema = SCHEMA,
    ) -> Self:
        """Open a file; an older schema is backed up and migrated first.

        Parameters
        ----------
        path
            The file.
        key
            32 bytes for an encrypted file, None for a plain one.
        busy_seconds
            How long a transaction waits for another writer.
        clock
            Names the backup that comes before a migration.
        schema
            The schema to work with.

        Raises
        ------
        StorageError
            With a sentence of its own for: missing, a folder, a share, not a Patrol Desk file, plain where a key
            was given, encrypted where none was, wrong key, damaged, read-only, newer schema, busy.
        """
        inspection.check_place(path, new=False)
        inspection.check_kind(path, key)
        marker, revision = inspection.look_inside(path, key, busy_seconds)
        schema.check_known(path, revision)
        if revision != schema.head:
            upgrade_file(path, key, clock or SystemClock(), schema)
        return cls(path, key, marker, busy_seconds)

    @property
    def encrypted(self) -> bool:
        """Whether the file is encrypted."""
        return self.key is not None

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session that sees the file as it is now until the block ends, and can write nothing."""
        with telling(self.path), Session(self._reading, expire_on_commit=False, autoflush=False) as session:
            # BEGIN alone takes no snapshot: the first read does.
            session.execute(text("SELECT 1 FROM alembic_version"))
            yield session

    def write(
        self, actor: Actor, action: str, *, clock: Clock, chain: AuditChain, record_patch: bool = True
    ) -> UnitOfWork:
        """Return a unit of work: one transaction that commits whole, with its audit entries."""
        return UnitOfWork(
            self._writing, self.path, actor=actor, action=action, now=clock.now(), chain=chain,
            record_patch=record_patch, before_commit=note_statuses,
        )  # fmt: skip

    def backup(self, reason: str, clock: Clock) -> Path:
        """Back the file up, encrypted if it is, and return the verified backup; see `storage.backup`."""
        return backup(self.path, self.key, reason=reason, clock=clock)

    def close(self) -> None:
        """Give the file back; the write-ahead log is folded into it."""
        self._reading.dispose()
        self._writing.dispose()

    def __enter__(self) -> Self:
        """Return the database itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> Literal[False]:
        """Close."""
        del kind, error, trace
        self.close()
        return False


def _make(path: Path, key: bytes | None, marker: Marker) -> None:
    """Write a complete, empty database at the path, safe on the disk."""
    with closing(connect(path, key, create=True)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}").close()
        connection.execute(f"PRAGMA user_version = {USER_VERSIONS[marker]}").close()
        upgrade(path, connection)
        connection.execute("PRAGMA journal_mode = WAL").close()
    sync_file(path)


def _remove(part: Path) -> None:
    """Remove an unfinished file and its journals: a journal left by a crash would be played into the next file."""
    for ending in ("", "-journal", "-wal", "-shm"):
        part.with_name(part.name + ending).unlink(missing_ok=True)
