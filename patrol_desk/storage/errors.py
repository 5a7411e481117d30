"""From the driver's errors to sentences a user can act on."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from sqlcipher3 import dbapi2

from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError, PatrolError, StorageError
from patrol_desk.common.message import Message

_SQLITE_CONSTRAINT = 19
_IMMUTABLE = "immutable: "
"""What the schema's own triggers say when a row may not change."""
_BY_SQLITE_CODE = MappingProxyType(
    {
        5: "storage.busy",
        6: "storage.busy",
        8: "storage.read_only_file",
        10: "storage.io_error",
        11: "storage.damaged",
        13: "storage.disk_full",
        14: "storage.cannot_open",
        26: "storage.damaged",
    }
)
_BY_WORDS = MappingProxyType(
    {
        "database is locked": 5,
        "attempt to write a readonly database": 8,
        "disk I/O error": 10,
        "database disk image is malformed": 11,
        "database or disk is full": 13,
        "unable to open database file": 14,
        "file is not a database": 26,
    }
)
"""SQLite's words for its codes: the driver's backup gives no code."""
_BY_ERRNO = MappingProxyType(
    {
        errno.ENOSPC: "storage.disk_full",
        errno.EDQUOT: "storage.disk_full",
        errno.EFBIG: "storage.disk_full",
        errno.EACCES: "storage.read_only_folder",
        errno.EPERM: "storage.read_only_folder",
        errno.EROFS: "storage.read_only_folder",
    }
)


def failure(code: str, path: Path, **params: object) -> StorageError:
    """Return a `StorageError` about a file."""
    return StorageError(Message(code, {"path": str(path), "folder": str(path.parent), **params}))


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turn the driver's and the system's errors of a block into sentences about a file; others go on as they are."""
    try:
        yield
    except Exception as error:
        told = translate(error, path)
        if told is not None:
            raise told from error
        raise


def translate(error: BaseException, path: Path) -> PatrolError | None:
    """Return the error a user is shown in place of the driver's.

    Parameters
    ----------
    error
        What SQLAlchemy, the driver or the operating system raised.
    path
        The database file.

    Returns
    -------
    None for an error that is none of storage's: it must go on as it is.
    """
    if isinstance(error, StaleDataError):
        return ConcurrentChangeError(Message("storage.changed_meanwhile"))
    if isinstance(error, OSError):
        return failure(_BY_ERRNO.get(error.errno or 0, "storage.io_error"), path)
    original = error.orig if isinstance(error, DBAPIError) else error
    code = _sqlite_code(original)
    if code is None:
        return None
    if code & 0xFF == _SQLITE_CONSTRAINT and str(original).startswith(_IMMUTABLE):
        return failure("storage.immutable", path, table=str(original).removeprefix(_IMMUTABLE))
    if code & 0xFF == _SQLITE_CONSTRAINT:
        return InvalidDataError(Message("storage.constraint", {"rule": str(original)}))
    known = _BY_SQLITE_CODE.get(code & 0xFF)
    return None if known is None else failure(known, path)


def _sqlite_code(error: BaseException | None) -> int | None:
    if not isinstance(error, dbapi2.Error):
        return None
    code = getattr(error, "sqlite_errorcode", None)
    return code if isinstance(code, int) else _BY_WORDS.get(str(error))
