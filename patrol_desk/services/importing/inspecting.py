"""What files hold, before anything of them is taken in: recognised, shown and open to correction."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Cancelled, Progress, never_cancelled, no_progress, raise_if_cancelled
from patrol_desk.messages import Language
from patrol_desk.security.permissions import Permission
from patrol_desk.services.importing.choices import FileChoice, ImportChoices
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.sync.reading.delimited import SEPARATORS, CsvSource
from patrol_desk.sync.reading.encoding import possible_encodings
from patrol_desk.sync.reading.folder import Folder, files_in, is_text
from patrol_desk.sync.reading.look import Look, look, sample, suggestions
from patrol_desk.sync.reading.source import Source, key_of
from patrol_desk.sync.tables import TABLES, Column, TableSpec


@dataclass(frozen=True, slots=True)
class TableField:
    """One column that a table can have: its name, its heading in both languages, whether a file must have it."""

    name: str
    zh: str
    en: str
    required: bool

    def heading(self, language: Language) -> str:
        """Return the heading in a language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class ImportTable:
    """One table that can be imported: its name, its word, its columns."""

    name: str
    word: Message
    fields: tuple[TableField, ...]


@dataclass(frozen=True, slots=True)
class FoundHeading:
    """One heading of a file.

    Parameters
    ----------
    text
        As it stands.
    field
        Name of the column it is recognised as; None when it is passed over.
    known
        Whether it is understood: a heading about the reasons of rejected rows is, though it has no column.
    suggestions
        Names of columns it might mean, likeliest first.
    """

    text: str
    field: str | None
    known: bool
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file, or one sheet of a workbook.

    Parameters
    ----------
    key
        By which `ImportChoices.files` names it.
    path, label
        The file, and how sentences name it (with its sheet).
    table
        Name of the table it is taken for; None when it is none of ours.
    tables
        Names of tables it could be, likeliest first.
    encoding, encodings
        The encoding it is read in and all that could be chosen; empty for a workbook.
    separator
        Of a text file: one of comma, semicolon, tab.
    line
        Line of the headings.
    headings
        They, with what each is recognised as.
    missing
        Columns the table must have and the file lacks.
    rows
        Filled rows under the headings.
    sample
        The first twenty of them, as text.
    problem
        Why it cannot be read as it is, with what to do.
    skip
        The user left it out.
    """

    key: str
    path: Path
    label: str
    table: str | None = None
    tables: tuple[str, ...] = ()
    encoding: str = ""
    encodings: tuple[str, ...] = ()
    separator: str = ""
    line: int = 0
    headings: tuple[FoundHeading, ...] = ()
    missing: tuple[TableField, ...] = ()
    rows: int = 0
    sample: tuple[tuple[str, ...], ...] = ()
    problem: Message | None = None
    skip: bool = False

    @property
    def ready(self) -> bool:
        """Whether it goes into an import as it is."""
        return not self.skip and self.table is not None and self.problem is None


def import_tables() -> tuple[ImportTable, ...]:
    """Return every table that can be imported, parents before children."""
    return tuple(ImportTable(table.name, table.word, tuple(map(_field, table.columns))) for table in TABLES)


def separators() -> tuple[str, ...]:
    """Return the separators a text file may be read with."""
    return tuple(SEPARATORS)


@permitted(Permission.DATA_IMPORT)
def inspect_files(
    station: Station,
    actor: Actor,
    choices: ImportChoices,
    *,
    progress: Progress = no_progress,
    cancelled: Cancelled = never_cancelled,
) -> tuple[FoundFile, ...]:
    """Return what files hold, read as the user chose; nothing is compared with what is stored.

    Parameters
    ----------
    station
        The open station; a generated sample takes no import.
    actor
        Who looks.
    choices
        Files and folders; corrections made so far.
    progress, cancelled
        Told of each file; asked before each.

    Raises
    ------
    InvalidDataError
        One of the paths is not there.
    StorageError
        The station is a sample.
    CancelledByUserError
        The user asked to stop.
    """
    del actor  # the permission is all that depends on who asks
    station.refuse_real_people()
    paths = files_in(choices.paths)
    found: list[FoundFile] = []
    with closing(Folder(wishes=choices.files)) as folder:
        for number, path in enumerate(paths):
            raise_if_cancelled(cancelled)
            progress(Message("import.looking", {"file": path.name}), number, len(paths))
            found.extend(_inspect(folder, path))
    return tuple(found)


def _inspect(folder: Folder, path: Path) -> Iterator[FoundFile]:
    """Yield the sources of one file; a file that cannot be opened is one with a problem."""
    wish = folder.wish(key_of(path))
    try:
        for source in folder.sources(path):
            yield _found(source, folder.wish(source.key))
    except (PatrolError, OSError) as error:
        problem = error.message if isinstance(error, PatrolError) else _unreadable(path, error)
        found = FoundFile(key_of(path), path, path.name, problem=problem, skip=wish.skip)
        yield replace(found, encoding=wish.encoding or "", encodings=_encodings(path))


def _unreadable(path: Path, error: OSError) -> Message:
    return Message("import.file_unreadable", {"file": path.name, "why": error.strerror or type(error).__name__})


def _encodings(path: Path) -> tuple[str, ...]:
    """Return what a file that could not be read may be tried in."""
    try:
        return possible_encodings(path) if is_text(path) else ()
    except OSError:
        return ()


def _found(source: Source, wish: FileChoice) -> FoundFile:
    found = FoundFile(source.key, source.path, source.label, skip=wish.skip)
    if isinstance(source, CsvSource):
        choosable = tuple(dict.fromkeys((source.encoding, *possible_encodings(source.path))))
        found = replace(found, encoding=source.encoding, encodings=choosable, separator=source.separator)
    try:
        seen = look(source, wish)
        found = _with(found, seen)
        rows, shown = sample(source, seen.line)
    except PatrolError as error:
        return replace(found, problem=error.message)
    return replace(found, rows=rows, sample=shown)


def _with(found: FoundFile, seen: Look) -> FoundFile:
    return replace(
        found,
        table=None if seen.table is None else seen.table.name,
        tables=tuple(table.name for table in seen.tables),
        line=seen.line,
        headings=tuple(_headings(seen)),
        missing=tuple(map(_field, seen.missing)),
        problem=seen.problem,
    )


def _headings(seen: Look) -> Iterator[FoundHeading]:
    for text, column, known in zip(seen.headings, seen.columns, seen.known, strict=True):
        guesses = _guesses(seen.table, text, seen.columns) if not known else ()
        yield FoundHeading(text, None if column is None else column.name, known, guesses)


def _guesses(table: TableSpec | None, text: str, taken: Sequence[Column | None]) -> tuple[str, ...]:
    return () if table is None else tuple(column.name for column in suggestions(table, text, taken))


def _field(column: Column) -> TableField:
    return TableField(column.name, column.zh, column.en, column.required)
