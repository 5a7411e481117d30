"""Importing a folder: everything that can be right goes in, in one transaction; the rest comes back with reasons."""

import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from patrol_desk.common.actor import Actor
from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Cancelled, Progress, never_cancelled, no_progress, raise_if_cancelled
from patrol_desk.models import ImportRun, ImportState
from patrol_desk.security.permissions import Permission
from patrol_desk.services.importing.prepare import Prepared, TableChanges, prepare, revision_of
from patrol_desk.services.importing.report import ImportOptions, ImportReport
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.storage import bulk
from patrol_desk.storage.unit_of_work import UnitOfWork
from patrol_desk.sync.reading.folder import read_folder
from patrol_desk.sync.rows import Values
from patrol_desk.sync.tables import TableSpec
from patrol_desk.sync.writing.rejects import remove_rejects

_ROWS_AT_ONCE = 2_000


@permitted(Permission.DATA_IMPORT)
def import_folder(
    station: Station,
    actor: Actor,
    folder: Path,
    options: ImportOptions | None = None,
    *,
    progress: Progress = no_progress,
    cancelled: Cancelled = never_cancelled,
) -> ImportReport:
    """Take in the files of a folder (or one file).

    Everything is read and checked first. If anything is new or different, a verified backup is made and one
    transaction writes all of it; if not, the database is left untouched.

    Parameters
    ----------
    station
        The open station; a generated sample takes no import.
    actor
        Who imports.
    folder
        Files as they came.
    options
        See `ImportOptions`.
    progress, cancelled
        Told of each table; asked before each chunk of rows.

    Raises
    ------
    InvalidDataError
        A file that is meant for us cannot be read as a whole; nothing was written.
    StorageError
        The station is a sample, or its file cannot be written.
    ConcurrentChangeError
        Somebody else changed the data meanwhile; nothing was written.
    CancelledByUserError
        The user asked to stop; nothing was written.
    """
    begun = time.perf_counter()
    station.refuse_real_people()
    chosen = options or ImportOptions()
    _clear_rejects(folder, chosen)
    prepared = _read(station, folder, chosen, progress, cancelled)
    changes, run_id = ChangeSet(), None
    if prepared.writes and not chosen.dry_run:
        raise_if_cancelled(cancelled)
        progress(Message("import.backing_up"), 0, 0)
        station.database.backup("import", station.clock)
        changes, run_id = _write(station, actor, prepared, progress, cancelled)
    return prepared.report(changes, run_id, time.perf_counter() - begun)


def _read(station: Station, folder: Path, options: ImportOptions, progress: Progress, cancelled: Cancelled) -> Prepared:
    """Read the folder's files against what is stored; refuse all when one that is meant for us cannot be read."""
    files = read_folder(folder)
    try:
        if files.problems:
            raise InvalidDataError(Message("import.files_refused", {"sentences": files.problems}))
        prepared = prepare(station, files.found, options, progress, cancelled)
    finally:
        files.close()
    if files.ignored:
        prepared.notes.append(Message("import.files_ignored", {"files": list(files.ignored)}))
    return prepared


def _clear_rejects(folder: Path, options: ImportOptions) -> None:
    """Remove what an earlier import left in the folder of rejected rows, which must not be the one read from."""
    if options.rejects is None:
        return
    source = folder.parent if folder.is_file() else folder
    if options.rejects.resolve() == source.resolve():
        raise InvalidDataError(Message("import.rejects_among_files", {"folder": str(options.rejects)}))
    remove_rejects(options.rejects)


def _write(
    station: Station, actor: Actor, prepared: Prepared, progress: Progress, cancelled: Cancelled
) -> tuple[ChangeSet, str]:
    """Write everything in one transaction, unless the data moved on since it was read."""
    total = sum(len(changes.added) + len(changes.changed) for changes in prepared.pending)
    done = 0
    with station.write(actor, "import") as uow:
        if revision_of(uow.session) != prepared.revision:
            raise ConcurrentChangeError(Message("import.data_moved_on"))
        for changes in prepared.pending:
            for count in _write_table(uow, changes):
                raise_if_cancelled(cancelled)
                done += count
                progress(Message("import.writing", {"table": changes.table.word}), done, total)
        run = ImportRun(
            id=new_id(),
            at=uow.now,
            state=ImportState.DONE,
            files=prepared.files,
            counts={report.table.name: report.figures() for report in prepared.tables},
        )
        uow.session.add(run)
        uow.note("import_run", run.id, {"reasons": dict(prepared.reasons)})
        committed = uow.commit()
        return committed, run.id


def _write_table(uow: UnitOfWork, changes: TableChanges) -> Iterator[int]:
    """Write one table in portions and yield how many rows each had."""
    table = changes.table
    added = (_row(table, values) for values in changes.added)
    while portion := list(islice(added, _ROWS_AT_ONCE)):
        yield bulk.insert(uow, table.model, portion)
    changed = (_difference(table, version, old, new) for version, old, new in changes.changed)
    while portion := list(islice(changed, _ROWS_AT_ONCE)):
        yield bulk.update(uow, table.model, portion)


def _row(table: TableSpec, values: Values) -> dict[str, object]:
    """Return a row's values by attribute."""
    if len(table.fields) == len(table.columns):
        return dict(zip(table.fields, values, strict=True))
    row: dict[str, object] = {}
    for column, value in zip(table.columns, values, strict=True):
        row.update(zip(column.fields, _parts(value, len(column.fields)), strict=True))
    return row


def _difference(table: TableSpec, version: int, old: Values, new: Values) -> dict[str, object]:
    """Return the id, the version as read and the attributes that differ."""
    row: dict[str, object] = {"id": new[0], "row_version": version}
    for column, before, after in zip(table.columns, old, new, strict=True):
        if before != after:
            row.update(zip(column.fields, _parts(after, len(column.fields)), strict=True))
    return row


def _parts(value: object, width: int) -> Sequence[object]:
    return value if width > 1 and isinstance(value, tuple) else (value,)
