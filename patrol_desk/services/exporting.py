"""A station's whole data as CSV files, which an empty database takes in and gives out again byte for byte."""

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from patrol_desk.common.actor import Actor
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Cancelled, Progress, never_cancelled, no_progress, raise_if_cancelled
from patrol_desk.messages import Language
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.services.stored_tables import know, know_parents, parents_of, read_stored
from patrol_desk.sync.kinds import References, WriteContext
from patrol_desk.sync.rows import StoredTable, Values
from patrol_desk.sync.tables import TABLES, table_named
from patrol_desk.sync.writing.files import Written
from patrol_desk.sync.writing.tables import write_table

OF_PEOPLE = ("people", "squad_memberships", "team_memberships", "availability", "leave", "certificates")
"""Tables that are written of some people."""


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


def _of(stored: StoredTable, people: Collection[str]) -> Iterator[Values]:
    """Yield the rows that are of some people."""
    names = [column.name for column in stored.table.columns]
    at = names.index("person_id") if "person_id" in names else -1
    for record_id, values in stored.by_id.items():
        if (record_id if at < 0 else str(values[at])) in people:
            yield values
