"""Backups: copied in one step, checked, hashed, renamed, rotated."""

import hashlib
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlcipher3 import dbapi2

from patrol_desk.common.clock import Clock
from patrol_desk.common.files import sync_file, sync_folder
from patrol_desk.storage.connect import connect
from patrol_desk.storage.errors import failure, telling

KEEP = 20
"""Newest backups that stay beside the newest; older ones are removed."""
_STALE = timedelta(hours=1)
_STAMP = "%Y%m%dT%H%M%S%fZ"


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A backup that stands in the folder.

    Parameters
    ----------
    path
        The file; its SHA-256 is in the file of the same name plus ``.sha256``.
    made_at
        When, from its name.
    reason
        Why, from its name.
    """

    path: Path
    made_at: datetime
    reason: str


def folder_of(path: Path) -> Path:
    """Return the folder of a database's backups: beside it, named after it."""
    return path.with_name(f"{path.stem}-backups")


def backup(path: Path, key: bytes | None, *, reason: str, clock: Clock) -> Path:
    """Copy a database in one step, verify the copy and return it.

    An encrypted file's copy is encrypted with the same key.

    Parameters
    ----------
    path
        The database; other programs may read and write it meanwhile.
    key
        Its key; None for a plain file.
    reason
        One word for the name: ``migration``, ``import``, ``manual``.
    clock
        Gives the time in the name.

    Raises
    ------
    StorageError
        The copy could not be written or is not whole; what was copied so far is removed.
    """
    folder = folder_of(path)
    name = f"{path.stem}-{clock.now().astimezone(UTC).strftime(_STAMP)}-{reason}{path.suffix}"
    done, part = folder / name, folder / (name + ".part")
    try:
        with telling(done):
            folder.mkdir(exist_ok=True)
            _tidy(folder, clock)
            _copy(path, part, key)
            _verify(path, part, key)
            _put_in_place(part, done)
            _rotate(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return done


def backups(path: Path) -> list[BackupFile]:
    """Return the backups of a database, oldest first."""
    found: list[BackupFile] = []
    for file in folder_of(path).glob(f"*{path.suffix}"):
        stamp, _, reason = file.stem.removeprefix(path.stem + "-").partition("-")
        try:
            made_at = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
        except ValueError:
            continue
        found.append(BackupFile(file, made_at, reason))
    return sorted(found, key=lambda item: item.made_at)


def is_unchanged(copy: Path) -> bool:
    """Say whether a backup still has the SHA-256 that was noted when it was made."""
    noted = copy.with_name(copy.name + ".sha256")
    return noted.is_file() and noted.read_text(encoding="utf-8").split(" ")[0] == _digest(copy)


def faults(path: Path, key: bytes | None) -> list[str]:
    """Return what SQLite (and SQLCipher, for an encrypted file) finds wrong with a file's pages; empty: nothing.

    SQLCipher looks at the file without its journal, so what a broken-off write left there is brought into it first: a
    disk that was full in the middle of that may have left half a page, whose whole is still in the journal.
    """
    try:
        with closing(connect(path, key)) as connection:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").close()
            found = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")] if key else []
            return found + [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    except dbapi2.DatabaseError as error:
        return [str(error)]


def _tidy(folder: Path, clock: Clock) -> None:
    """Remove what a crash left of an earlier backup; another program's may still be at work on a young one."""
    oldest = (clock.now() - _STALE).timestamp()
    for left in folder.glob("*.part*"):
        if left.stat().st_mtime < oldest:
            left.unlink()


def _copy(path: Path, part: Path, key: bytes | None) -> None:
    with closing(connect(path, key)) as source, closing(connect(part, key, create=True)) as target:
        # All pages in one step: copying in steps starts over whenever somebody writes.
        source.backup(target, pages=-1)
        target.execute("PRAGMA journal_mode = DELETE").close()


def _verify(path: Path, part: Path, key: bytes | None) -> None:
    if faults(part, key):
        raise failure("storage.backup_not_whole", path)


def _put_in_place(part: Path, done: Path) -> None:
    """Make a checked copy a backup: its hash first, then its name, both safe on the disk."""
    hash_file = done.with_name(done.name + ".sha256")
    hash_file.write_text(f"{_digest(part)}  {done.name}\n", encoding="utf-8", newline="\n")
    sync_file(hash_file)
    sync_file(part)
    part.rename(done)
    sync_folder(done.parent)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _rotate(path: Path) -> None:
    for old in backups(path)[:-KEEP]:
        old.path.unlink()
        old.path.with_name(old.path.name + ".sha256").unlink(missing_ok=True)
