"""Importing: everything that can be right goes in, in one transaction; the rest comes back with reasons."""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from patrol_desk.common.actor import Actor
from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Cancelled, Progress, never_cancelled, no_progress, raise_if_cancelled
from patrol_desk.models import ImportRun, ImportState, Skill
from patrol_desk.security.permissions import Permission
from patrol_desk.services.importing.choices import FileChoice, ImportChoices, options_of
from patrol_desk.services.importing.prepare import Prepared, TableChanges, prepare, revision_of
from patrol_desk.services.importing.questions import refuse_unconfirmed
from patrol_desk.services.importing.report import ImportOptions, ImportReport
from patrol_desk.services.permits import permitted
from patrol_desk.services.rules.official import ensure_official
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done
from patrol_desk.storage import bulk, kept, queries
from patrol_desk.storage.patch import Patch
from patrol_desk.storage.unit_of_work import UnitOfWork
from patrol_desk.sync.reading.folder import read_files
from patrol_desk.sync.rows import Values
from patrol_desk.sync.tables import TableSpec
from patrol_desk.sync.writing.rejects import remove_rejects

KEPT_RUNS = 20
"""Newest imports that can be taken back; of older ones the former values, which may be personal, are forgotten."""
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
    """Take in the files of a folder (or one file) as they are recognised, without asking.

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
    chosen = options or ImportOptions()
    prepared = read_chosen(station, ImportChoices((folder,)), chosen, progress, cancelled)
    changes, run_id = ChangeSet(), None
    if not chosen.dry_run:
        changes, run_id = _save(station, actor, prepared, progress, cancelled)
    return prepared.report(changes, run_id, time.perf_counter() - begun)


@permitted(Permission.DATA_IMPORT)
def run_import(
    station: Station,
    actor: Actor,
    choices: ImportChoices,
    confirmations: Collection[str] = (),
    *,
    seen: Mapping[str, str] | None = None,
    progress: Progress = no_progress,
    cancelled: Cancelled = never_cancelled,
) -> Done[ImportReport]:
    """Take in files as a user chose, saw and confirmed; see `import_folder` for how.

    Its patch is empty, for an import is not one step of the desk's undo: `undo_import` takes it back. The rows kept
    out are written to files by `save_rejects`, before or after.

    Parameters
    ----------
    station, actor, progress, cancelled
        As for `import_folder`.
    choices
        Files and how they are to be read.
    confirmations
        `Confirmation` values: what the user looked at and meant.
    seen
        `ImportPreview.seen`: what the preview was made of; with it a file that changed since is refused.

    Raises
    ------
    InvalidDataError
        A file cannot be read as a whole, or a question that must be confirmed was not; nothing was written.
    StorageError, ConcurrentChangeError, CancelledByUserError
        As for `import_folder`; also when a file is not the one that was seen.
    """
    begun = time.perf_counter()
    prepared = read_chosen(station, choices, options_of(confirmations), progress, cancelled)
    if seen is not None and dict(seen) != prepared.digests:
        raise ConcurrentChangeError(Message("import.files_changed"))
    refuse_unconfirmed(prepared, confirmations)
    changes, run_id = _save(station, actor, prepared, progress, cancelled)
    return Done(prepared.report(changes, run_id, time.perf_counter() - begun), changes, Patch())


def read_chosen(
    station: Station, choices: ImportChoices, options: ImportOptions, progress: Progress, cancelled: Cancelled
) -> Prepared:
    """Read files against what is stored; refuse all when one that is meant for us cannot be read."""
    station.refuse_real_people()
    _clear_rejects(choices.paths, options)
    wishes: Mapping[str, FileChoice] = choices.files
    files = read_files(choices.paths, wishes)
    try:
        if files.problems:
            raise InvalidDataError(Message("import.files_refused", {"sentences": files.problems}))
        prepared = prepare(station, files.found, options, progress, cancelled)
    finally:
        files.close()
    if files.ignored:
        prepared.notes.append(Message("import.files_ignored", {"files": list(files.ignored)}))
    return prepared


def _clear_rejects(paths: Sequence[Path], options: ImportOptions) -> None:
    """Remove what an earlier import left in the folder of rejected rows, which must not be one that is read from."""
    if options.rejects is None:
        return
    sources = {(path.parent if path.is_file() else path).resolve() for path in paths}
    if options.rejects.resolve() in sources:
        raise InvalidDataError(Message("import.rejects_among_files", {"folder": str(options.rejects)}))
    remove_rejects(options.rejects)


def _save(
    station: Station, actor: Actor, prepared: Prepared, progress: Progress, cancelled: Cancelled
) -> tuple[ChangeSet, str | None]:
    """Back the file up and write, if there is anything to write."""
    if not prepared.writes:
        return ChangeSet(), None
    raise_if_cancelled(cancelled)
    progress(Message("import.backing_up"), 0, 0)
    station.database.backup("import", station.clock)
    return _write(station, actor, prepared, progress, cancelled)


def _write(
    station: Station, actor: Actor, prepared: Prepared, progress: Progress, cancelled: Cancelled
) -> tuple[ChangeSet, str]:
    """Write everything in one transaction, unless the data moved on since it was read."""
    total = sum(len(changes.added) + len(changes.changed) for changes in prepared.pending)
    done = 0
    # The run keeps its own, smaller account of what it wrote, which outlives the program.
    with station.write(actor, "import", record_patch=False) as uow:
        if revision_of(uow.session) != prepared.revision:
            raise ConcurrentChangeError(Message("import.data_moved_on"))
        for changes in prepared.pending:
            for count in _write_table(uow, changes):
                raise_if_cancelled(cancelled)
                done += count
                progress(Message("import.writing", {"table": changes.table.word}), done, total)
        official = ensure_official(uow)
        written = [*map(_kept, prepared.pending)]
        if official is not None:
            written.append(kept.KeptTable(Skill, [official]))
        run = ImportRun(
            id=new_id(),
            at=uow.now,
            state=ImportState.DONE,
            files=prepared.files,
            counts={report.table.name: report.figures() for report in prepared.tables},
            made_by=actor.name,
            patch=kept.pack(kept.merged(written)),
        )
        uow.session.add(run)
        uow.session.flush()
        _forget_old(uow)
        uow.note("import_run", run.id, {"reasons": dict(prepared.reasons)})
        committed = uow.commit()
        return committed, run.id


def _forget_old(uow: UnitOfWork) -> None:
    """Drop what all but the newest imports kept for being taken back."""
    for run_id in queries.ids_with(uow.session, ImportRun, "patch")[:-KEPT_RUNS]:
        old = queries.first(uow.session, ImportRun, id=run_id)
        assert old is not None
        old.patch = None


def _write_table(uow: UnitOfWork, changes: TableChanges) -> Iterator[int]:
    """Write one table in portions and yield how many rows each had."""
    table = changes.table
    added = (_row(table, values) for values in changes.added)
    while portion := list(islice(added, _ROWS_AT_ONCE)):
        yield bulk.insert(uow, table.model, portion)
    changed = (_difference(table, version, old, new) for version, old, new in changes.changed)
    while portion := list(islice(changed, _ROWS_AT_ONCE)):
        yield bulk.update(uow, table.model, portion)


def _kept(changes: TableChanges) -> kept.KeptTable:
    """Return what taking the import back needs to know of one table."""
    held = kept.KeptTable(changes.table.model, [str(values[0]) for values in changes.added])
    for version, old, new in changes.changed:
        before = _difference(changes.table, version, new, old)
        row_id = str(before.pop("id"))
        del before["row_version"]
        held.changed.append(kept.KeptChange(row_id, version + 1, before))
    return held


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
