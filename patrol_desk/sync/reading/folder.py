"""A folder of files: which of them are tables of ours, and how each is to be read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from patrol_desk.common.message import Message
from patrol_desk.sync.errors import FileRefusedError
from patrol_desk.sync.limits import LIMITS, Limits
from patrol_desk.sync.reading.delimited import CsvSource
from patrol_desk.sync.reading.headings import Layout, recognise, table_by_title
from patrol_desk.sync.reading.source import Source
from patrol_desk.sync.reading.workbook import Workbook
from patrol_desk.sync.template import LEGEND_NAMES

_TEXT = frozenset({".csv", ".txt", ".tsv"})
_BOOKS = frozenset({".xlsx", ".xlsm"})
_OTHER_SHEETS = frozenset({".xls", ".et", ".ods", ".numbers", ".xlsb"})
_MAYBE_OURS = frozenset({".txt", ".tsv"}) | _OTHER_SHEETS
"""Files that are ours only when they are named after a table."""
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(slots=True)
class Folder:
    """What was found in a folder.

    Parameters
    ----------
    found
        Sources with their layouts, in the order of their names.
    problems
        Sentences about files that are meant for us but cannot be read.
    ignored
        Names of files that hold no table of ours.
    """

    found: list[tuple[Source, Layout]] = field(default_factory=list)
    problems: list[Message] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    _books: list[Workbook] = field(default_factory=list)

    def close(self) -> None:
        """Let go of all files."""
        for book in self._books:
            book.close()

    def add(self, path: Path, limits: Limits) -> None:
        """Look at one file."""
        try:
            if not self._recognised(path, limits):
                self._pass_over(path)
        except FileRefusedError as error:
            if path.suffix.lower() in _MAYBE_OURS and table_by_title(path.stem) is None:
                self.ignored.append(path.name)
            else:
                self.problems.append(error.message)
        except OSError as error:
            why = error.strerror or type(error).__name__
            self.problems.append(Message("import.file_unreadable", {"file": path.name, "why": why}))

    def _recognised(self, path: Path, limits: Limits) -> bool:
        before = len(self.found)
        for source in self._sources(path, limits):
            layout = recognise(source)
            if layout is not None:
                self.found.append((source, layout))
        return len(self.found) > before

    def _sources(self, path: Path, limits: Limits) -> Iterator[Source]:
        kind = _kind_of(path)
        if kind == "other":
            raise FileRefusedError(Message("import.other_spreadsheet", {"file": path.name}))
        if kind == "text":
            yield CsvSource(path, limits)
            return
        book = Workbook(path, limits)
        self._books.append(book)
        yield from book.sources()

    def _pass_over(self, path: Path) -> None:
        if path.stem not in LEGEND_NAMES.values():
            self.ignored.append(path.name)


def read_folder(folder: Path, limits: Limits = LIMITS) -> Folder:
    """Return what a folder (or one file) holds; nothing of it is read beyond the headings.

    Raises
    ------
    FileRefusedError
        There is no such folder, or nothing in it is a table of ours.
    """
    if not folder.exists():
        raise FileRefusedError(Message("import.no_folder", {"folder": str(folder)}))
    paths = [folder] if folder.is_file() else sorted(folder.iterdir(), key=lambda path: path.name)
    result = Folder()
    for path in paths:
        if path.is_file() and _concerns_us(path):
            result.add(path, limits)
    if not result.found and not result.problems:
        result.close()
        raise FileRefusedError(Message("import.nothing_found", {"folder": str(folder)}))
    return result


def _concerns_us(path: Path) -> bool:
    temporary = path.name.startswith(("~$", ".")) or path.name.endswith("~")
    return not temporary and path.suffix.lower() in _TEXT | _BOOKS | _OTHER_SHEETS


def _kind_of(path: Path) -> str:
    """Return ``text``, ``book`` or ``other``, by what the file holds rather than by what it is called."""
    with path.open("rb") as file:
        start = file.read(4)
    if start == _OLE or path.suffix.lower() in _OTHER_SHEETS:
        return "other"
    return "book" if start == _ZIP or path.suffix.lower() in _BOOKS else "text"
