"""From the driver's errors to sentences a user can act on."""

import errno
from pathlib import Path
from types import MappingProxyType

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError, PatrolError, StorageError
from patrol_desk.common.message import Message

_SQLITE_CONSTRAINT = 19
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
    code = getattr(original, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return None
    if code & 0xFF == _SQLITE_CONSTRAINT:
        return InvalidDataError(Message("storage.constraint", {"rule": str(original)}))
    known = _BY_SQLITE_CODE.get(code & 0xFF)
    return None if known is None else failure(known, path)
