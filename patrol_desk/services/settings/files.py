"""One table of the settings as a file: written, and taken in after its numbers were seen."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.messages import Language
from patrol_desk.security.permissions import Permission
from patrol_desk.services.importing import Confirmation, ImportChoices, preview_import, run_import
from patrol_desk.services.importing.report import ImportReport
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.services.stored_tables import know, read_stored
from patrol_desk.services.undo import Done
from patrol_desk.sync.kinds import References, WriteContext
from patrol_desk.sync.tables import table_named
from patrol_desk.sync.writing.tables import write_table

TableName = Literal["rules", "holidays"]
_SEEN = (Confirmation.MANY_CHANGED, Confirmation.MANY_ENDED)
"""Whoever takes in a table of settings has its numbers before them."""


@dataclass(frozen=True, slots=True)
class Taking:
    """What taking in a file would do, in rows, and the first sentence about one that is kept out."""

    added: int
    changed: int
    ended: int
    same: int
    rejected: int
    fault: Message | None


@permitted(Permission.DATA_EXPORT)
def write_settings_table(
    station: Station, actor: Actor, folder: Path, name: TableName, language: Language = "zh"
) -> Path:
    """Write a table to a folder under its own name, note it in the audit log, and return the file.

    Raises
    ------
    FileNotWrittenError
        The file could not be written.
    """
    table, references = table_named(name), References()
    with station.read() as session:
        stored = read_stored(session, table)
    know(references, stored)
    written = write_table(folder, table, list(stored.by_id.values()), WriteContext(language, references))
    with station.write(actor, "export") as unit:
        unit.note("", None, {"files": 1, "rows": written.rows})
        unit.commit()
    return written.path


@permitted(Permission.DATA_IMPORT)
def preview_settings_table(station: Station, actor: Actor, path: Path, name: TableName) -> Taking:
    """Return what taking in a file would do now; nothing is written.

    Raises
    ------
    InvalidDataError
        The file cannot be read, or holds another table.
    StorageError
        The station is a sample.
    """
    report = preview_import(station, actor, ImportChoices((path,)), _SEEN).report
    _refuse_other(report, path, name)
    table = report.tables[0]
    fault = report.faults[0] if report.faults else None
    return Taking(table.added, table.changed, table.ended, table.same, table.rejected, fault)


@permitted(Permission.DATA_IMPORT)
def take_settings_table(station: Station, actor: Actor, path: Path, name: TableName) -> Done[ImportReport]:
    """Take in a file as it was previewed; the page of imports takes it back.

    Raises
    ------
    InvalidDataError, StorageError
        As for `preview_settings_table`; nothing was written.
    """
    preview_settings_table(station, actor, path, name)
    return run_import(station, actor, ImportChoices((path,)), _SEEN)


def _refuse_other(report: ImportReport, path: Path, name: TableName) -> None:
    if [table.table.name for table in report.tables] != [name]:
        raise InvalidDataError(Message("settings.other_table", {"file": path.name, "table": table_named(name).word}))
