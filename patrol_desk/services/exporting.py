"""A station's whole data as CSV files, which an empty database takes in and gives out again byte for byte."""

import time
from dataclasses import dataclass
from pathlib import Path

from patrol_desk.common.actor import Actor
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Cancelled, Progress, never_cancelled, no_progress, raise_if_cancelled
from patrol_desk.messages import Language
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.services.stored_tables import know, read_stored
from patrol_desk.sync.kinds import References, WriteContext
from patrol_desk.sync.tables import TABLES
from patrol_desk.sync.writing.files import Written
from patrol_desk.sync.writing.tables import write_table


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
