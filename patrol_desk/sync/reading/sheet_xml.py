"""The XML of a sheet and of the shared strings, streamed: some ten times as fast as building objects of every cell."""

import re
from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat

from patrol_desk.sync.reading.source import Row

_BLOCK = 1 << 16
_NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_TAGS = {f"{space}}}{tag}": tag for space in _NAMESPACES for tag in ("row", "c", "v", "t", "f", "si", "rPh")}
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DIGITS = "0123456789"

CellReader = Callable[[str, str, str], str]
"""From a cell's type, style and text to what it says."""


class DoctypeError(ValueError):
    """A workbook declares a document type, which none needs and an attack does."""


def _refuse_doctype(*_declaration: object) -> None:
    raise DoctypeError


def unescape(text: str) -> str:
    """Return a string with ``_x000D_`` and its kind as the characters they stand for."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


class _Strings:
    """Collects the shared strings; phonetic hints are left out."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self._parts: list[str] = []
        self._taking = False
        self._hint = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        tag = _TAGS.get(name)
        self._hint = self._hint or tag == "rPh"
        self._taking = tag == "t" and not self._hint
        if tag == "si":
            self._parts = []

    def end(self, name: str) -> None:
        tag = _TAGS.get(name)
        self._taking = False
        if tag == "rPh":
            self._hint = False
        elif tag == "si":
            self.done.append(unescape("".join(self._parts)))

    def text(self, text: str) -> None:
        if self._taking:
            self._parts.append(text)


def shared_strings(stream: IO[bytes]) -> list[str]:
    """Return the strings that cells refer to by number.

    Raises
    ------
    expat.ExpatError, DoctypeError
        The XML is broken or declares a document type.
    """
    strings, parser = _Strings(), _parser()
    parser.StartElementHandler = strings.start
    parser.EndElementHandler = strings.end
    parser.CharacterDataHandler = strings.text
    parser.ParseFile(stream)
    return strings.done


class _Cells:
    """Collects the rows of a sheet."""

    def __init__(self, read: CellReader) -> None:
        self.rows: list[Row] = []
        self._read = read
        self._columns: dict[str, int] = {}
        self._number = 0
        self._cells: list[str] = []
        self._column = -1
        self._kind = self._style = ""
        self._parts: list[str] = []
        self._taking = self._formula = self._hint = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _TAGS.get(name)
        if tag == "c":
            self._begin_cell(attributes)
        elif tag in {"v", "t"}:
            self._taking = not self._hint
        elif tag == "f":
            self._formula = True
        elif tag == "rPh":
            self._hint = True
        elif tag == "row":
            self._number = int(attributes.get("r", self._number + 1))
            self._cells, self._column = [], -1

    def end(self, name: str) -> None:
        tag = _TAGS.get(name)
        if tag == "c":
            self._end_cell()
        elif tag in {"v", "t"}:
            self._taking = False
        elif tag == "rPh":
            self._hint = False
        elif tag == "row" and self._cells:
            self.rows.append((self._number, self._cells))

    def text(self, text: str) -> None:
        if self._taking:
            self._parts.append(text)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        self._column = self._column + 1 if place is None else self._column_of(place.rstrip(_DIGITS))
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._parts = []
        self._formula = False

    def _end_cell(self) -> None:
        text = "".join(self._parts)
        # A formula without the value it showed was never calculated: what it would say is not known.
        said = self._read(self._kind, self._style, text) if text else "#VALUE!" if self._formula else ""
        if said:
            cells, column = self._cells, self._column
            if len(cells) < column:
                cells.extend([""] * (column - len(cells)))
            cells.append(said)

    def _column_of(self, letters: str) -> int:
        found = self._columns.get(letters)
        if found is None:
            found = 0
            for letter in letters:
                found = found * 26 + ord(letter) - ord("A") + 1
            found -= 1
            self._columns[letters] = found
        return found


def sheet_rows(stream: IO[bytes], read: CellReader) -> Iterator[Row]:
    """Yield number and cells of every row that says anything.

    Raises
    ------
    expat.ExpatError, DoctypeError, ValueError, IndexError
        The XML is broken, declares a document type, or refers to what is not there.
    """
    cells, parser = _Cells(read), _parser()
    parser.StartElementHandler = cells.start
    parser.EndElementHandler = cells.end
    parser.CharacterDataHandler = cells.text
    while block := stream.read(_BLOCK):
        parser.Parse(block, False)
        yield from cells.rows
        cells.rows = []
    parser.Parse(b"", True)
    yield from cells.rows
