"""A database file: created, opened, read in snapshots and written one action at a time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from sqlalchemy import text
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import Clock, SystemClock
from patrol_desk.storage import inspection, migrate
from patrol_desk.storage.audit import AuditChain
from patrol_desk.storage.backup import backup
from patrol_desk.storage.connect import BUSY_SECONDS, connect, engine
from patrol_desk.storage.errors import failure, translate
from patrol_desk.storage.marker import APPLICATION_ID, USER_VERSIONS, Marker
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
            part.unlink(missing_ok=True)
            _make(part, key, kind)
            part.rename(path)
        except Exception as error:
            part.unlink(missing_ok=True)
            told = translate(error, path)
            if told is not None:
                raise told from error
            raise
        return cls(path, key, kind, BUSY_SECONDS)

    @classmethod
    def open(
        cls, path: Path, *, key: bytes | None, busy_seconds: float = BUSY_SECONDS, clock: Clock | None = None
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

        Raises
        ------
        StorageError
            With a sentence of its own for: missing, a folder, a share, not a Patrol Desk file, plain where a key
            was given, encrypted where none was, wrong key, damaged, read-only, newer schema, busy.
        """
        inspection.check_place(path, new=False)
        inspection.check_kind(path, key)
        try:
            marker, revision = inspection.look_inside(path, key, busy_seconds)
        except dbapi2.Error as error:
            raise translate(error, path) or failure("storage.damaged", path) from error
        migrate.check_known(path, revision)
        if revision != migrate.HEAD:
            migrate.upgrade_file(path, key, clock or SystemClock())
        return cls(path, key, marker, busy_seconds)

    @property
    def encrypted(self) -> bool:
        """Whether the file is encrypted."""
        return self.key is not None

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session that sees the file as it is now until the block ends, and can write nothing."""
        with Session(self._reading, expire_on_commit=False, autoflush=False) as session:
            try:
                # BEGIN alone takes no snapshot: the first read does.
                session.execute(text("SELECT 1 FROM alembic_version"))
                yield session
            except Exception as error:
                told = translate(error, self.path)
                if told is not None:
                    raise told from error
                raise

    def write(self, actor: Actor, action: str, *, clock: Clock, chain: AuditChain) -> UnitOfWork:
        """Return a unit of work: one transaction that commits whole, with its audit entries."""
        return UnitOfWork(self._writing, self.path, actor=actor, action=action, now=clock.now(), chain=chain)

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
    connection = connect(path, key, create=True)
    try:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}").close()
        connection.execute(f"PRAGMA user_version = {USER_VERSIONS[marker]}").close()
        migrate.upgrade(path, connection)
        connection.execute("PRAGMA journal_mode = WAL").close()
    finally:
        connection.close()
    with path.open("rb+") as file:
        os.fsync(file.fileno())
