"""Excel workbooks: every sheet is a source of its own; cells become the text a CSV file would hold."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

from patrol_desk.common.message import Message
from patrol_desk.sync.errors import FileRefusedError
from patrol_desk.sync.limits import LIMITS, Limits
from patrol_desk.sync.reading.encoding import check_size, digest_of
from patrol_desk.sync.reading.source import Row, Source

_LARGE_PART = 8 * 1024 * 1024
_EXACT_BELOW = 10**15
"""A spreadsheet keeps 15 digits of a number; whatever is longer has lost some."""


class Workbook:
    """One opened workbook.

    Parameters
    ----------
    path
        The file.
    limits
        How much it may hold.

    Raises
    ------
    FileRefusedError
        It is too large, a zip bomb, or no workbook.
    """

    def __init__(self, path: Path, limits: Limits = LIMITS) -> None:
        check_size(path, limits)
        _check_archive(path, limits)
        self.path = path
        self.limits = limits
        self.digest = digest_of(path)
        # Handed over open, because openpyxl judges a path by its suffix.
        self._file = path.open("rb")
        try:
            self._book = self._open()
        except FileRefusedError:
            self._file.close()
            raise

    def _open(self) -> Any:  # noqa: ANN401 - openpyxl is imported lazily and its read-only book has no stub of its own.
        from openpyxl import load_workbook

        try:
            # openpyxl warns of what it leaves out of a workbook (styles, validation), none of which is data.
            with catch_warnings():
                simplefilter("ignore")
                return load_workbook(self._file, read_only=True, data_only=True, keep_links=False)
        except Exception as error:
            raise FileRefusedError(Message("import.bad_workbook", {"file": self.path.name})) from error

    def sources(self) -> list["SheetSource"]:
        """Return its sheets."""
        return [SheetSource(self, sheet.title) for sheet in self._book.worksheets]

    def rows_of(self, name: str) -> Iterator[tuple[Any, ...]]:
        """Yield the cells of a sheet's rows as values."""
        sheet = self._book[name]
        sheet.reset_dimensions()
        with catch_warnings():
            simplefilter("ignore")
            try:
                yield from sheet.iter_rows(values_only=True)
            except (KeyError, ValueError, TypeError, SyntaxError, zipfile.BadZipFile, EOFError) as error:
                raise FileRefusedError(Message("import.bad_workbook", {"file": self.path.name})) from error

    def close(self) -> None:
        """Let go of the file."""
        self._book.close()
        self._file.close()


class SheetSource(Source):
    """One sheet of a workbook."""

    def __init__(self, book: Workbook, name: str) -> None:
        super().__init__(book.path, book.digest, name)
        self._book = book

    def rows(self) -> Iterator[Row]:
        """Yield its rows with their numbers."""
        limits = self._book.limits
        for number, values in enumerate(self._book.rows_of(self.sheet), 1):
            if number > limits.rows or len(values) > limits.columns:
                cells = _trimmed(values)
                if number > limits.rows or len(cells) > limits.columns:
                    params = {"file": self.label, "line": number, "rows": limits.rows, "columns": limits.columns}
                    raise FileRefusedError(Message("import.too_many", params))
                yield number, cells
            else:
                yield number, [value if value.__class__ is str else cell_text(value) for value in values]


def _trimmed(values: tuple[Any, ...]) -> list[str]:
    cells = [cell_text(value) for value in values]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def cell_text(value: object) -> str:
    """Return what a cell says, as a CSV file would hold it.

    A number of more than 15 digits comes out in scientific form, because its tail is lost whatever is shown.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _number_text(value)
    if isinstance(value, (date, time, timedelta)):
        return _moment_text(value)
    return str(value)


def _moment_text(value: date | time | timedelta) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
    if isinstance(value, time):
        return value.isoformat("seconds" if value.second else "minutes")
    return value.isoformat()


def _number_text(value: float) -> str:
    if abs(value) >= _EXACT_BELOW:
        return f"{value:.14E}"
    return str(int(value)) if value == int(value) else repr(value)


def _check_archive(path: Path, limits: Limits) -> None:
    """Raise `FileRefusedError` for what is no zip archive, or one that unpacks to too much."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, EOFError, ValueError) as error:
        raise FileRefusedError(Message("import.bad_workbook", {"file": path.name})) from error
    total = sum(part.file_size for part in parts)
    bombs = (
        part
        for part in parts
        if part.file_size > _LARGE_PART and part.file_size > limits.ratio * max(part.compress_size, 1)
    )
    if len(parts) > limits.parts or total > limits.unpacked_bytes or any(bombs):
        raise FileRefusedError(
            Message("import.workbook_bomb", {"file": path.name, "limit": limits.unpacked_bytes // (1024 * 1024)})
        )
