"""A station's open file: the unit-of-work factory that every other service is handed."""

from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import Clock, SystemClock
from patrol_desk.common.errors import StorageError
from patrol_desk.common.message import Message
from patrol_desk.models import Account, Role
from patrol_desk.security.audit import HashChain
from patrol_desk.security.keys import KeySource
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.storage import queries
from patrol_desk.storage.database import Database
from patrol_desk.storage.errors import failure
from patrol_desk.storage.inspection import check_place
from patrol_desk.storage.marker import Marker
from patrol_desk.storage.recognise import FileKind, recognise
from patrol_desk.storage.session import Session
from patrol_desk.storage.unit_of_work import UnitOfWork

PROGRAM = Actor(None, "patrol-desk", Role.CHIEF)
"""The program itself, while a file has no account yet."""


class Station:
    """An open database with the clock and the audit chain that belong to it.

    Parameters
    ----------
    database
        The open file.
    clock
        Tells the time.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock
        self.chain = HashChain()

    @classmethod
    def create(
        cls,
        path: Path,
        key: KeySource | None,
        *,
        marker: Marker | None = None,
        chief: str | None = "所长",
        clock: Clock | None = None,
    ) -> Self:
        """Make a new file, with the chief's account in it.

        Parameters
        ----------
        path
            Where.
        key
            Where to write the key file and what to wrap it with; None makes a plain file.
        marker
            `Marker.SAMPLE` for a generated township; a station's by default.
        chief
            Name of the chief's account; None makes no account.
        clock
            Tells the time.

        Raises
        ------
        StorageError, KeyFileError
            The file or the key file cannot be made; neither is left behind.
        """
        check_place(path, new=True)
        secret = None if key is None else key.make()
        try:
            database = Database.create(path, key=secret, marker=marker)
        except BaseException:
            if key is not None:
                key.key_file.unlink(missing_ok=True)
            raise
        station = cls(database, clock or SystemClock())
        if chief is not None:
            with station.write(PROGRAM, "station.create") as uow:
                uow.session.add(Account(code="chief", display_name=chief, role=Role.CHIEF))
                uow.commit()
        return station

    @classmethod
    def open(cls, path: Path, key: KeySource | None = None, *, clock: Clock | None = None) -> Self:
        """Open a file; the passphrase is asked only when the file is encrypted.

        A plain file beside a key file is refused: somebody may have put it in the encrypted one's place.

        Raises
        ------
        StorageError, KeyFileError
            See `Database.open` and `read_key_file`.
        """
        check_place(path, new=False)
        kind = recognise(path)
        if kind is FileKind.PLAIN and key is not None and key.key_file.exists():
            raise failure("storage.plain_not_encrypted", path)
        secret = key.read() if kind is FileKind.ENCRYPTED and key is not None else None
        ticking = clock or SystemClock()
        return cls(Database.open(path, key=secret, clock=ticking), ticking)

    @property
    def path(self) -> Path:
        """The file."""
        return self.database.path

    @property
    def marker(self) -> Marker:
        """Kind of the file."""
        return self.database.marker

    @property
    def is_sample(self) -> bool:
        """Whether the file is a generated township, which takes no real people's data."""
        return self.marker is Marker.SAMPLE

    def read(self) -> AbstractContextManager[Session]:
        """Give a session that sees one state of the file and writes nothing."""
        return self.database.read()

    def write(self, actor: Actor, action: str, *, record_patch: bool = True) -> UnitOfWork:
        """Return a unit of work for one action of an actor; without a patch it cannot be taken back step by step."""
        return self.database.write(actor, action, clock=self.clock, chain=self.chain, record_patch=record_patch)

    def system_actor(self) -> Actor:
        """Return the actor of the command line: the first chief's account, or the program itself."""
        with self.read() as session:
            account = queries.first(session, Account, "changed_at", "id", role=Role.CHIEF, ended_on=None)
        return PROGRAM if account is None else Actor(account.id, account.display_name, account.role)

    def refuse_real_people(self) -> None:
        """Raise `StorageError` when the file is a sample, which takes no real people's data."""
        if self.is_sample:
            raise StorageError(Message("storage.sample_takes_no_data", {"path": str(self.path)}))

    @permitted(Permission.BACKUP)
    def backup(self, actor: Actor, reason: str = "manual") -> Path:
        """Back the file up, note it in the audit log, and return the verified backup."""
        with self.write(actor, "backup") as uow:
            uow.note("", None, {"reason": reason})
            uow.commit()
        return self.database.backup(reason, self.clock)

    def close(self) -> None:
        """Give the file back."""
        self.database.close()

    def __enter__(self) -> Self:
        """Return the station itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> Literal[False]:
        """Close."""
        del kind, error, trace
        self.close()
        return False
