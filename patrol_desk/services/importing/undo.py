"""The imports so far, and taking one back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from patrol_desk.common.actor import Actor
from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.clock import wall_time
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError, PatrolError
from patrol_desk.common.message import Message
from patrol_desk.models import ImportRun, ImportState
from patrol_desk.security.permissions import Permission
from patrol_desk.services.importing.run import KEPT_RUNS
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done
from patrol_desk.storage import bulk, kept, queries
from patrol_desk.storage.patch import Patch
from patrol_desk.storage.session import Session
from patrol_desk.storage.takeback import Left, TakenBack, codes, take_back
from patrol_desk.storage.unit_of_work import UnitOfWork
from patrol_desk.sync.tables import TABLES, table_named

MOST_LEFT = 200
"""Rows left behind that are named."""


@dataclass(frozen=True, slots=True)
class ImportTotals:
    """What an import did to one table."""

    table: Message
    added: int
    changed: int
    same: int
    rejected: int


@dataclass(frozen=True, slots=True)
class ImportEntry:
    """One import that was written.

    Parameters
    ----------
    run_id
        By which `undo_import` takes it back.
    at, made_by
        When and by whom; the name is empty in imports of the first release.
    tables
        What it did.
    undone_at, undone_by
        When and by whom it was taken back; None while it stands.
    can_undo
        Whether it can be taken back.
    """

    run_id: str
    at: datetime
    made_by: str
    tables: tuple[ImportTotals, ...]
    undone_at: datetime | None
    undone_by: str
    can_undo: bool


@dataclass(frozen=True, slots=True)
class LeftRow:
    """A row that stays as the import made it: its table, its code, and why."""

    table: Message
    code: str
    reason: Message


@dataclass(frozen=True, slots=True)
class UndoneTable:
    """What taking back did to one table."""

    table: Message
    removed: int
    restored: int
    left: int


@dataclass(frozen=True, slots=True)
class ImportUndo:
    """What taking an import back came to.

    Parameters
    ----------
    run_id
        The import.
    tables
        Per table how many new rows went, how many changed rows are as before, how many stay.
    left
        The rows that stay, the first two hundred.
    """

    run_id: str
    tables: tuple[UndoneTable, ...]
    left: tuple[LeftRow, ...]

    @property
    def removed(self) -> int:
        """How many rows were removed."""
        return sum(table.removed for table in self.tables)

    @property
    def restored(self) -> int:
        """How many rows are as before."""
        return sum(table.restored for table in self.tables)

    @property
    def left_count(self) -> int:
        """How many rows stay."""
        return sum(table.left for table in self.tables)


@permitted(Permission.DATA_IMPORT)
def list_imports(station: Station, actor: Actor) -> tuple[ImportEntry, ...]:
    """Return the imports that were written, newest first."""
    del actor  # the permission is all that depends on who asks
    columns = ("id", "at", "made_by", "state", "counts", "undone_at", "undone_by")
    with station.read() as session:
        rows = bulk.dicts(session, ImportRun, columns, order_by=("at", "id"))
        # The patches themselves may be megabytes each; only whether there is one is read.
        undoable = set(queries.ids_with(session, ImportRun, "patch"))
    return tuple(_entry(row, can_undo=row["id"] in undoable) for row in reversed(rows))


@permitted(Permission.DATA_IMPORT)
def undo_import(station: Station, actor: Actor, run_id: str) -> Done[ImportUndo]:
    """Take an import back: its new rows go, the rows it changed are as before, in one transaction.

    Rows that were changed since, and new rows that others refer to since, stay and are named. A verified backup is
    made first. It cannot be taken back in turn; import the files again.

    Raises
    ------
    InvalidDataError
        There is no such import, or it cannot be taken back any more; nothing was written.
    ConcurrentChangeError
        Later rows are in the way of all of it; nothing was written.
    """
    _require_undoable(station, run_id)
    station.database.backup("undo", station.clock)
    try:
        with station.write(actor, "undo.import", record_patch=False) as unit:
            run = _run(unit.session, run_id)
            taken = take_back(unit, kept.unpack(run.patch or b""))
            if not taken.removed and not taken.restored:
                raise PatrolError(Message("import.undo_nothing", {"count": sum(map(len, taken.left.values()))}))
            _tell_earlier(unit, run_id, taken)
            result = ImportUndo(run_id, tuple(_tables(taken)), tuple(_left(unit.session, taken)))
            changes = _close(unit, run, result)
    except InvalidDataError as error:
        if error.message.code == "storage.constraint":
            raise ConcurrentChangeError(Message("import.undo_in_the_way")) from error
        raise
    return Done(result, changes, Patch())


def _require_undoable(station: Station, run_id: str) -> None:
    with station.read() as session:
        _run(session, run_id)


def _run(session: Session, run_id: str) -> ImportRun:
    run = queries.first(session, ImportRun, id=run_id)
    if run is None:
        raise InvalidDataError(Message("import.undo_unknown", {"run": run_id}))
    if run.state is not ImportState.DONE:
        at = "" if run.undone_at is None else f"{wall_time(run.undone_at):%Y-%m-%d %H:%M}"
        raise InvalidDataError(Message("import.undo_again", {"at": at, "by": run.undone_by or ""}))
    if run.patch is None:
        raise InvalidDataError(Message("import.undo_too_old", {"kept": KEPT_RUNS}))
    return run


def _close(unit: UnitOfWork, run: ImportRun, result: ImportUndo) -> ChangeSet:
    run.state = ImportState.UNDONE
    run.undone_at = unit.now
    run.undone_by = unit.actor.name
    run.patch = None
    figures = {"removed": result.removed, "restored": result.restored, "left": result.left_count}
    unit.note("import_run", run.id, figures)
    return unit.commit()


def _tell_earlier(unit: UnitOfWork, run_id: str, taken: TakenBack) -> None:
    """Let earlier imports know which rows are as they left them again, so that they can be taken back next."""
    for row_id in queries.ids_with(unit.session, ImportRun, "patch"):
        earlier = queries.first(unit.session, ImportRun, id=row_id)
        if row_id == run_id or earlier is None or earlier.patch is None:
            continue
        tables = kept.unpack(earlier.patch)
        followed = [table.follow(taken.moved.get(table.model.__tablename__, {})) for table in tables]
        if any(followed):
            earlier.patch = kept.pack(tables)


def _tables(taken: TakenBack) -> Iterator[UndoneTable]:
    for table in TABLES:
        kind = table.kind
        numbers = (taken.removed[kind], taken.restored[kind], len(taken.left.get(kind, {})))
        if any(numbers):
            yield UndoneTable(table.word, *numbers)


def _left(session: Session, taken: TakenBack) -> Iterator[LeftRow]:
    room = MOST_LEFT
    for table in TABLES:
        rows = taken.left.get(table.kind, {})
        names = codes(session, table.kind, sorted(rows)[:room])
        room -= len(names)
        for row_id in sorted(names, key=lambda one: names[one]):
            yield LeftRow(table.word, names[row_id], _reason(rows[row_id]))


def _reason(why: Left) -> Message:
    return Message(
        {
            Left.CHANGED: "import.left_changed",
            Left.NEEDED: "import.left_needed",
            Left.PARENT_GONE: "import.left_parent_gone",
        }[why]
    )


def _entry(row: dict[str, Any], *, can_undo: bool) -> ImportEntry:
    totals = tuple(
        ImportTotals(table_named(name).word, figures["added"], figures["changed"], figures["same"], figures["rejected"])
        for name, figures in row["counts"].items()
    )
    return ImportEntry(
        row["id"], row["at"], row["made_by"] or "", totals, row["undone_at"], row["undone_by"] or "",
        can_undo and row["state"] is ImportState.DONE,
    )  # fmt: skip
