"""What must be right about a place and a file before the file is opened."""

import os
from contextlib import closing
from pathlib import Path

from patrol_desk.storage.connect import connect
from patrol_desk.storage.errors import failure, telling
from patrol_desk.storage.marker import APPLICATION_ID, Marker, marker_of
from patrol_desk.storage.recognise import FileKind, begins_with_salt, recognise
from patrol_desk.storage.shares import on_share


def check_place(path: Path, *, new: bool) -> None:
    """Raise `StorageError` unless a database may live at the path.

    Parameters
    ----------
    path
        Where the file is, or is to be.
    new
        The file is to be made: nothing may stand there.
    """
    if new and path.exists():
        raise failure("storage.already_exists", path)
    if not path.parent.is_dir():
        raise failure("storage.no_folder", path)
    if not new and not path.exists():
        raise failure("storage.missing", path)
    if on_share(path):
        raise failure("storage.on_share", path)
    # SQLite keeps its write-ahead log beside the file, so the folder must be writable even to read.
    if not _may(path.parent, os.W_OK | os.X_OK):
        raise failure("storage.read_only_folder", path)
    if not new and path.is_file() and not _may(path, os.R_OK | os.W_OK):
        raise failure("storage.read_only_file", path)


def check_kind(path: Path, key: bytes | None) -> None:
    """Raise `StorageError` unless the file is of the kind the key (or its absence) asks for."""
    with telling(path):
        kind = recognise(path)
        known = key is not None and kind is not FileKind.FOLDER and begins_with_salt(path, key)
    if known or (kind is FileKind.PLAIN and key is None):
        return
    code = {
        FileKind.MISSING: "storage.missing",
        FileKind.FOLDER: "storage.is_folder",
        FileKind.EMPTY: "storage.empty",
        FileKind.PLAIN: "storage.plain_not_encrypted",
        FileKind.ENCRYPTED: "storage.key_needed" if key is None else "storage.wrong_key",
        FileKind.FOREIGN: "storage.foreign",
    }[kind]
    raise failure(code, path)


def look_inside(path: Path, key: bytes | None, busy_seconds: float) -> tuple[Marker, str]:
    """Return the marker and the schema revision of a file; raise `StorageError` when it is not ours.

    A file in another journal mode (a backup put back by hand) is put into WAL mode.
    """
    with telling(path), closing(connect(path, key, busy_seconds=busy_seconds)) as connection:
        (application_id,) = connection.execute("PRAGMA application_id").fetchone()
        (user_version,) = connection.execute("PRAGMA user_version").fetchone()
        marker = marker_of(user_version)
        if application_id != APPLICATION_ID or marker is None:
            raise failure("storage.foreign", path)
        connection.execute("PRAGMA journal_mode = WAL").close()
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone() is None:
            raise failure("storage.damaged", path)
        rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    return marker, "".join(str(row[0]) for row in rows)


def _may(path: Path, how: int) -> bool:
    """Say whether this process, with the rights it acts with, may do something to a path."""
    return os.access(path, how, effective_ids=os.access in os.supports_effective_ids)
