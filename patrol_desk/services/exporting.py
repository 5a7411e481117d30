"""A station's whole data as CSV files, which an empty database takes in and gives out again byte for byte."""

import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from patrol_desk.common.actor import Actor
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Cancelled, Progress, never_cancelled, no_progress, raise_if_cancelled
from patrol_desk.messages import Language
from patrol_desk.security.permissions import Permission
from patrol_desk.security.redaction import PERSONAL_FIELDS
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.services.stored_tables import know, know_parents, parents_of, read_stored
from patrol_desk.sync.kinds import References, WriteContext
from patrol_desk.sync.rows import StoredTable, Values
from patrol_desk.sync.tables import TABLES, TableSpec, table_named
from patrol_desk.sync.tables.people import PEOPLE
from patrol_desk.sync.tables.places import CHECKPOINTS
from patrol_desk.sync.writing.files import Written, write_csv
from patrol_desk.sync.writing.tables import table_cells, write_table
from patrol_desk.sync.writing.workbook import write_workbook

OF_PEOPLE = (
    "people",
    "squad_memberships",
    "team_memberships",
    "availability",
    "leave",
    "certificates",
    "training_records",
)
"""Tables that are written of some people."""
FIXED = frozenset({"code", "name"})
"""Columns of every list of people: by these the import knows them."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote.

    Parameters
    ----------
    written
        Table name → its file.
    seconds
        How long it took.
    """

    written: dict[str, Written]
    seconds: float

    @property
    def files(self) -> int:
        """Number of files."""
        return len(self.written)

    @property
    def rows(self) -> int:
        """Number of rows under all headings."""
        return sum(file.rows for file in self.written.values())

    def figures(self) -> dict[str, object]:
        """Return rows and hash of each file, ready for JSON."""
        tables = {
            name: {"file": file.path.name, "rows": file.rows, "sha256": file.digest}
            for name, file in self.written.items()
        }
        return {"tables": tables, "rows": self.rows, "files": self.files, "seconds": round(self.seconds, 2)}


@permitted(Permission.DATA_EXPORT)
def export_folder(
    station: Station,
    actor: Actor,
    folder: Path,
    *,
    language: Language = "zh",
    progress: Progress = no_progress,
    cancelled: Cancelled = never_cancelled,
) -> ExportReport:
    """Write every table of a station to a folder, and note it in the audit log.

    The files hold resident IDs and phones whole: they are the station's own full export, for the clerk who asked.

    Raises
    ------
    FileNotWrittenError
        A file could not be written; the files before it stand.
    CancelledByUserError
        The user asked to stop; the files before it stand.
    """
    begun = time.perf_counter()
    references = References()
    context = WriteContext(language, references)
    written: dict[str, Written] = {}
    with station.read() as session:
        for number, table in enumerate(TABLES):
            raise_if_cancelled(cancelled)
            progress(Message("export.table", {"table": table.word}), number, len(TABLES))
            stored = read_stored(session, table)
            know(references, stored)
            written[table.name] = write_table(folder, table, list(stored.by_id.values()), context)
    progress(Message("export.done"), len(TABLES), len(TABLES))
    with station.write(actor, "export") as uow:
        uow.note("", None, {"files": len(written), "rows": sum(file.rows for file in written.values())})
        uow.commit()
    return ExportReport(written, time.perf_counter() - begun)


@permitted(Permission.DATA_EXPORT)
def export_people(
    station: Station, actor: Actor, people: Collection[str], folder: Path, *, language: Language = "zh"
) -> ExportReport:
    """Write some people with what belongs to them to a folder, as the import takes it, and note it in the audit log.

    The files hold resident IDs and phones whole, as the full export does.

    Raises
    ------
    FileNotWrittenError
        A file could not be written; the files before it stand.
    """
    begun = time.perf_counter()
    wanted = frozenset(people)
    references = References()
    context = WriteContext(language, references)
    written: dict[str, Written] = {}
    tables = [table_named(name) for name in OF_PEOPLE]
    with station.read() as session:
        know_parents(session, references, parents_of(tables) | {"people"})
        for table in tables:
            rows = list(_of(read_stored(session, table), wanted))
            if rows:
                written[table.name] = write_table(folder, table, rows, context)
    with station.write(actor, "export.people") as unit:
        unit.note("", None, {"people": len(wanted), "files": len(written)})
        unit.commit()
    return ExportReport(written, time.perf_counter() - begun)


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column that a list of people can have.

    Parameters
    ----------
    name
        In the program.
    zh, en
        The file's heading.
    fixed
        Every list has it: without it nothing could be imported back.
    personal
        It holds a person's data.
    """

    name: str
    zh: str
    en: str
    fixed: bool
    personal: bool


def list_columns() -> tuple[ListColumn, ...]:
    """Return the columns of people, in the order of the file."""
    personal = PERSONAL_FIELDS["person"]
    return tuple(
        ListColumn(one.name, one.zh, one.en, one.name in FIXED, one.name in personal) for one in PEOPLE.columns
    )


@permitted(Permission.DATA_EXPORT)
def export_list(
    station: Station,
    actor: Actor,
    people: Collection[str],
    columns: Collection[str],
    path: Path,
    *,
    language: Language = "zh",
) -> ExportReport:
    """Write chosen columns of some people to one file, as the import takes it, and note in the audit log which.

    Parameters
    ----------
    station, actor
        The open station and who exports.
    people
        Ids.
    columns
        Names of columns; code and name are always there.
    path
        Ends in ``.xlsx`` for a workbook, else it is a CSV file.
    language
        Of headings and words.

    Raises
    ------
    FileNotWrittenError
        The file could not be written; what stood there before still does.
    """
    columns = FIXED | frozenset(columns)
    places = [at for at, column in enumerate(PEOPLE.columns) if column.name in columns]
    return _export_list(station, actor, (PEOPLE, people, places), path, language)


@permitted(Permission.DATA_EXPORT)
def export_checkpoints(
    station: Station, actor: Actor, checkpoints: Collection[str], path: Path, *, language: Language = "zh"
) -> ExportReport:
    """Write checkpoints to one file, by code, as the import takes it, and note it in the audit log.

    Parameters
    ----------
    station, actor
        The open station and who exports.
    checkpoints
        Ids; one that is gone is left out.
    path
        Ends in ``.xlsx`` for a workbook, else it is a CSV file.
    language
        Of headings and words.

    Raises
    ------
    FileNotWrittenError
        The file could not be written; what stood there before still does.
    """
    return _export_list(station, actor, (CHECKPOINTS, checkpoints, range(len(CHECKPOINTS.columns))), path, language)


def _export_list(
    station: Station,
    actor: Actor,
    asked: tuple[TableSpec, Collection[str], Sequence[int]],
    path: Path,
    language: Language,
) -> ExportReport:
    """Write some records of a table, with the columns at some places, and note in the audit log how many and which."""
    begun = time.perf_counter()
    (table, ids, places), references = asked, References()
    with station.read() as session:
        know_parents(session, references, parents_of([table]) | {table.name})
        rows = list(_of(read_stored(session, table), frozenset(ids)))
    written = _write_list(path, table, rows, places, WriteContext(language, references))
    with station.write(actor, f"export.{table.name}") as unit:
        noted = [table.columns[at].name for at in places]
        unit.note("", None, {table.name: written.rows, "files": 1, "columns": noted})
        unit.commit()
    return ExportReport({table.name: written}, time.perf_counter() - begun)


def _write_list(
    path: Path, table: TableSpec, rows: Sequence[Values], places: Sequence[int], context: WriteContext
) -> Written:
    """Write the columns at some places of some rows to a workbook or a CSV file."""
    headings, cells = table_cells(table, rows, context)
    heads = [headings[at] for at in places]
    lines = (tuple(line[at] for at in places) for line in cells)
    if path.suffix.lower() == ".xlsx":
        return write_workbook(path, table.file_name(context.language), heads, lines)
    return write_csv(path, heads, lines)


def _of(stored: StoredTable, people: Collection[str]) -> Iterator[Values]:
    """Yield the rows that are of some people."""
    names = [column.name for column in stored.table.columns]
    at = names.index("person_id") if "person_id" in names else -1
    for record_id, values in stored.by_id.items():
        if (record_id if at < 0 else str(values[at])) in people:
            yield values
