"""A CSV file is written whole or not at all: ``.part`` → fsync → read back and compare the hash → rename."""

import csv
import hashlib
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from patrol_desk.common.message import Message
from patrol_desk.sync.errors import FileNotWrittenError
from patrol_desk.sync.reading.encoding import digest_of

_ROWS_AT_ONCE = 4_000
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written.

    Parameters
    ----------
    path
        Where.
    rows
        Rows under the headings.
    digest
        SHA-256 of its bytes, in hexadecimal.
    """

    path: Path
    rows: int
    digest: str


def write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Written:
    """Write a CSV file: UTF-8 with byte-order mark, CRLF, comma.

    Parameters
    ----------
    path
        Where; a file that stands there is replaced when the new one is whole.
    headings
        First row.
    rows
        Cells as they are to stand; marking dangerous ones is the caller's.

    Raises
    ------
    FileNotWrittenError
        The disk did not take it or gave back something else; what stood there before still does.
    """
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        count, digest = _write_part(part, headings, rows)
        if digest_of(part) != digest:
            raise FileNotWrittenError(Message("export.read_back_differs", {"path": str(path)}))
        part.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise FileNotWrittenError(
            Message("export.not_written", {"path": str(path), "why": error.strerror or type(error).__name__})
        ) from error
    finally:
        remove_part(part)
    return Written(path, count, digest)


def remove_part(part: Path) -> None:
    """Remove what is left of a part; where even that fails, the first error is the one to tell."""
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return


def _write_part(part: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[int, str]:
    digest = hashlib.sha256()
    count = -1
    with part.open("wb") as file:
        for chunk, number in _encoded(headings, rows):
            count += number
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return count, digest.hexdigest()


def _encoded(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[tuple[bytes, int]]:
    """Yield bytes and how many rows they hold, the headings' row included."""
    waiting = iter(rows)
    taken: list[Sequence[str]] = [headings]
    start = _BOM
    while taken:
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\r\n").writerows(taken)
        yield start + text.getvalue().encode("utf-8"), len(taken)
        start = b""
        taken = list(islice(waiting, _ROWS_AT_ONCE))


def _sync_folder(folder: Path) -> None:
    """Make the rename last; Windows has no such call and needs none."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
