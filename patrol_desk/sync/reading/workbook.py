"""Excel workbooks: every sheet is a source of its own; cells become the text a CSV file would hold."""

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.parsers import expat

from patrol_desk.common.message import Message
from patrol_desk.sync.errors import FileRefusedError
from patrol_desk.sync.limits import LIMITS, Limits
from patrol_desk.sync.reading.encoding import check_size, digest_of
from patrol_desk.sync.reading.sheet_xml import DoctypeError, shared_strings, sheet_rows, unescape
from patrol_desk.sync.reading.source import Row, Source

_LARGE_PART = 8 * 1024 * 1024
_EXACT_BELOW = 10**15
"""A spreadsheet keeps 15 digits of a number; whatever is longer has lost some."""
_BROKEN = (
    KeyError, ValueError, IndexError, TypeError, OverflowError, EOFError, RuntimeError,
    StopIteration, zipfile.BadZipFile, ET.ParseError, expat.ExpatError,
)  # fmt: skip
"""What reading a damaged, encrypted or foreign archive raises."""


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
        self.path = path
        self.limits = limits
        self.digest = digest_of(path)
        try:
            self._archive = zipfile.ZipFile(path)
        except _BROKEN as error:
            raise self._damaged() from error
        try:
            _check_archive(path, self._archive, limits)
            self._named: dict[str, str] = {}
            self._parts = self._sheets()
            self._strings = self._shared_strings()
            self._moments = self._moment_styles()
        except _BROKEN as error:
            self.close()
            raise (error if isinstance(error, FileRefusedError) else self._damaged()) from error

    def sources(self) -> list["SheetSource"]:
        """Return its sheets."""
        return [SheetSource(self, name) for name in self._parts]

    def rows_of(self, name: str) -> Iterator[Row]:
        """Yield number and cells of a sheet's rows that say anything; raise `FileRefusedError` where it is damaged."""
        try:
            with self._archive.open(self._parts[name]) as stream:
                yield from sheet_rows(stream, self._say)
        except _BROKEN as error:
            raise (error if isinstance(error, FileRefusedError) else self._damaged()) from error

    def close(self) -> None:
        """Let go of the file."""
        self._archive.close()

    def _damaged(self) -> FileRefusedError:
        return FileRefusedError(Message("import.bad_workbook", {"file": self.path.name}))

    def _say(self, kind: str, style: str, text: str) -> str:
        """Return what a cell says, from its type, style and text."""
        if kind == "s":
            return self._strings[int(text)]
        if kind == "n":
            if style in self._moments:
                return self._moment(text, length=self._moments[style])
            # Most numbers are short and whole, and stand there as they are to be read.
            return text if text.isdigit() and len(text) < 16 else _number_text(float(text))
        if kind == "b":
            return "FALSE" if text == "0" else "TRUE"
        if kind == "d":
            return _moment_text(datetime.fromisoformat(text))
        return unescape(text)

    def _moment(self, text: str, *, length: bool) -> str:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

        epoch = CALENDAR_MAC_1904 if self._from_1904 else CALENDAR_WINDOWS_1900
        try:
            value = from_excel(float(text), epoch, timedelta=length)
        except (OverflowError, ValueError):
            return "#VALUE!"
        return _moment_text(value)

    def _sheets(self) -> dict[str, str]:
        """Return sheet name → part, in the workbook's order."""
        root = self._tree("_rels/.rels")
        main = next(r.attrib["Target"] for r in root if r.attrib["Type"].endswith("/officeDocument")).lstrip("/")
        folder, file = posixpath.split(main)
        self._folder = folder
        book = self._tree(main)
        properties = next((element for element in book if _local(element) == "workbookPr"), None)
        self._from_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
        targets: dict[str, str] = {}
        for relation in self._tree(posixpath.join(folder, "_rels", f"{file}.rels")):
            kind = relation.attrib["Type"].rpartition("/")[2]
            if kind == "worksheet":
                targets[relation.attrib["Id"]] = self._path(relation.attrib["Target"])
            elif kind in {"sharedStrings", "styles"}:
                self._named[kind] = self._path(relation.attrib["Target"])
        sheets: dict[str, str] = {}
        for sheet in (element for group in book if _local(group) == "sheets" for element in group):
            link = next(value for key, value in sheet.attrib.items() if key.endswith("}id"))
            if link in targets:
                sheets[sheet.attrib["name"]] = targets[link]
        return sheets

    def _path(self, target: str) -> str:
        joined = target.lstrip("/") if target.startswith("/") else posixpath.join(self._folder, target)
        return posixpath.normpath(joined)

    def _shared_strings(self) -> list[str]:
        part = self._named.get("sharedStrings")
        if part is None:
            return []
        with self._archive.open(part) as stream:
            return shared_strings(stream)

    def _moment_styles(self) -> Mapping[str, bool]:
        """Return the styles that show a number as a date or time; True for a length of time."""
        from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

        part = self._named.get("styles")
        if part is None:
            return {}
        formats: dict[int, str] = dict(BUILTIN_FORMATS)
        styles: dict[str, bool] = {}
        for group in self._tree(part):
            if _local(group) == "numFmts":
                formats.update({int(item.attrib["numFmtId"]): item.attrib["formatCode"] for item in group})
            elif _local(group) == "cellXfs":
                for number, item in enumerate(group):
                    shown = formats.get(int(item.get("numFmtId", "0")))
                    if is_date_format(shown):
                        styles[str(number)] = is_timedelta_format(shown)
        return styles

    def _tree(self, part: str) -> ET.Element:
        content = self._archive.read(part)
        if b"<!DOCTYPE" in content:
            raise DoctypeError
        return ET.fromstring(content)


def _local(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]


class SheetSource(Source):
    """One sheet of a workbook."""

    def __init__(self, book: Workbook, name: str) -> None:
        super().__init__(book.path, book.digest, name)
        self._book = book

    def rows(self) -> Iterator[Row]:
        """Yield its rows that say anything, with their numbers."""
        limits = self._book.limits
        for number, cells in self._book.rows_of(self.sheet):
            if number > limits.rows or len(cells) > limits.columns:
                params = {"file": self.label, "line": number, "rows": limits.rows, "columns": limits.columns}
                raise FileRefusedError(Message("import.too_many", params))
            yield number, cells


def _moment_text(value: date | time | timedelta) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
    return (
        value.isoformat() if not isinstance(value, time) else value.isoformat("seconds" if value.second else "minutes")
    )


def _number_text(value: float) -> str:
    """Return a number as text; of one with more than 15 digits the scientific form, because its tail is lost."""
    if abs(value) >= _EXACT_BELOW:
        return f"{value:.14E}"
    return str(int(value)) if value == int(value) else repr(value)


def _check_archive(path: Path, archive: zipfile.ZipFile, limits: Limits) -> None:
    """Raise `FileRefusedError` for an archive that unpacks to too much."""
    parts = archive.infolist()
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
