"""A folder of files: which of them are tables of ours, and how each is to be read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from patrol_desk.common.message import Message
from patrol_desk.sync.errors import FileRefusedError
from patrol_desk.sync.limits import LIMITS, Limits
from patrol_desk.sync.reading.delimited import CsvSource
from patrol_desk.sync.reading.headings import Layout, recognise, table_by_title
from patrol_desk.sync.reading.source import Source, key_of
from patrol_desk.sync.reading.wish import AS_FOUND, Wish
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
    wishes
        Key of a source → how a user said it is to be read.
    """

    found: list[tuple[Source, Layout]] = field(default_factory=list)
    problems: list[Message] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    wishes: Mapping[str, Wish] = field(default_factory=dict)
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
        """Take the path's sources; say whether one of them is a table of ours or was left out on purpose."""
        if self.wish(key_of(path)).skip:
            return True
        known = False
        for source in self.sources(path, limits):
            wish = self.wish(source.key)
            layout = None if wish.skip else recognise(source, wish)
            known = known or wish.skip or layout is not None
            if layout is not None:
                self.found.append((source, layout))
        return known

    def wish(self, key: str) -> Wish:
        """Return how a source is to be read."""
        return self.wishes.get(key, AS_FOUND)

    def sources(self, path: Path, limits: Limits = LIMITS) -> Iterator[Source]:
        """Yield the tables' parts of one file: itself, or its sheets; raise `FileRefusedError` when it is neither."""
        kind = _kind_of(path)
        if kind == "other":
            raise FileRefusedError(Message("import.other_spreadsheet", {"file": path.name}))
        if kind == "text":
            yield CsvSource(path, limits, self.wish(key_of(path)))
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
    return read_files([folder], {}, limits)


def read_files(paths: Sequence[Path], wishes: Mapping[str, Wish], limits: Limits = LIMITS) -> Folder:
    """Return what files and folders hold, read as a user wishes; nothing is read beyond the headings.

    Raises
    ------
    FileRefusedError
        One of them is not there, or nothing in them is a table of ours.
    """
    result = Folder(wishes=wishes)
    for path in files_in(paths):
        result.add(path, limits)
    if not result.found and not result.problems:
        result.close()
        raise FileRefusedError(Message("import.nothing_found", {"folder": "、".join(map(str, paths))}))
    return result


def files_in(paths: Sequence[Path]) -> list[Path]:
    """Return the files that may be tables, a folder's by name; raise `FileRefusedError` where there is nothing."""
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise FileRefusedError(Message("import.no_folder", {"folder": str(path)}))
        inside = [path] if path.is_file() else sorted(path.iterdir(), key=lambda one: one.name)
        found.extend(one for one in inside if one.is_file() and _concerns_us(one))
    return list(dict.fromkeys(found))


def is_text(path: Path) -> bool:
    """Say whether a file is read as text."""
    return _kind_of(path) == "text"


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
