"""A file is written whole or not at all."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_MB = 1_000_000


class PrintFileError(PatrolError):
    """The printed file cannot be written; what stood there before is unchanged."""


def make_folder(folder: Path) -> None:
    """Make a folder and those above it; one that stands is left alone.

    Raises
    ------
    PrintFileError
        It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        params = {"file": folder.name, "folder": str(folder.parent)}
        raise PrintFileError(Message("print.folder_missing", params)) from error


def write_whole(out: Path, content: bytes) -> None:
    """Write the file beside its place, force it to the disk, and move it there in one step.

    Raises
    ------
    PrintFileError
        The folder is missing, the place is not writable, the disk is full.
    """
    part = out.with_name(out.name + ".part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(out)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise PrintFileError(_reason(error, out, len(content))) from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _reason(error: OSError, out: Path, size: int) -> Message:
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return Message("print.folder_missing", {"file": out.name, "folder": str(out.parent)})
    if error.errno in _FULL:
        return Message("print.disk_full", {"file": out.name, "needed": -(-size // _MB)})
    if isinstance(error, (PermissionError, IsADirectoryError)):
        return Message("print.file_in_use", {"file": out.name})
    return Message("print.write_failed", {"file": out.name, "reason": error.strerror or type(error).__name__})
