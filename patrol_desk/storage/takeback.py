"""Taking an import back: as much of it as nobody has built on since."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Table, text
from sqlalchemy.orm import Session

from patrol_desk.models import Base, PersonStatusChange, Record
from patrol_desk.storage import bulk
from patrol_desk.storage.kept import KeptChange, KeptTable
from patrol_desk.storage.unit_of_work import UnitOfWork

_FOLLOWING = {PersonStatusChange.__tablename__: "person_id"}
"""Tables that only tell what became of a record, and the column that names it: their rows go with it."""


class Left(StrEnum):
    """Why a row stays as the import made it."""

    CHANGED = "changed"
    """It was changed since."""
    NEEDED = "needed"
    """It is new, and another row that stays refers to it."""
    PARENT_GONE = "parent_gone"
    """What it referred to before is not there any more."""


@dataclass(slots=True)
class TakenBack:
    """What came of it.

    Parameters
    ----------
    removed, restored
        Table → how many new rows went, and how many changed rows are as they were.
    left
        Table → id of each row that stays, and why.
    moved
        Table → id of each row that is as before → its version before the import and now.
    """

    removed: Counter[str] = field(default_factory=Counter)
    restored: Counter[str] = field(default_factory=Counter)
    left: dict[str, dict[str, Left]] = field(default_factory=dict)
    moved: dict[str, dict[str, tuple[int, int]]] = field(default_factory=dict)

    def leave(self, kind: str, row_id: str, why: Left) -> None:
        """Note a row that stays."""
        self.left.setdefault(kind, {})[row_id] = why


class _Work:
    """Decides row by row, then writes."""

    def __init__(self, uow: UnitOfWork, tables: Sequence[KeptTable]) -> None:
        self._uow = uow
        self._session = uow.session
        self._models = {table.model.__tablename__: table.model for table in tables}
        self._gone: dict[str, set[str]] = {}
        self._back: dict[str, dict[str, KeptChange]] = {}
        self.result = TakenBack()
        for table in tables:
            self._weigh(table)

    def _weigh(self, table: KeptTable) -> None:
        """Sort out what was changed since; a row that is not there any more needs nothing."""
        kind = table.model.__tablename__
        wanted = table.expected()
        found = bulk.rows(self._session, table.model, ("id", "row_version"), where={"id": list(wanted)})
        untouched = {row_id for row_id, version in found if version == wanted[row_id]}
        for row_id, _ in found:
            if row_id not in untouched:
                self.result.leave(kind, row_id, Left.CHANGED)
        self._gone[kind] = untouched.intersection(table.added)
        self._back[kind] = {row.id: row for row in table.changed if row.id in untouched}

    def keep_what_others_need(self) -> None:
        """Leave new rows that a row which stays refers to; children first, so that it is known which of them stay."""
        for table in reversed(Base.metadata.sorted_tables):
            candidates = self._gone.get(table.name)
            if candidates:
                for row_id in sorted(self._needed(table, candidates)):
                    candidates.discard(row_id)
                    self.result.leave(table.name, row_id, Left.NEEDED)

    def _needed(self, table: Table, candidates: set[str]) -> set[str]:
        needed: set[str] = set()
        for child, column in _referring(table):
            if child.name in _FOLLOWING:
                continue
            rows = bulk.rows(self._session, _model_of(child), ("id", column), where={column: list(candidates)})
            gone, back = self._gone.get(child.name, set()), self._back.get(child.name, {})
            needed.update(
                target for row_id, target in rows if row_id not in gone and not _leaves(back.get(row_id), column)
            )
        return needed

    def keep_without_parents(self) -> None:
        """Leave changed rows whose former parent is not there any more, or is about to go."""
        for kind, rows in self._back.items():
            for column, parent in _references(bulk.table_of(self._models[kind])):
                targets = {row.before[column] for row in rows.values() if row.before.get(column) is not None}
                there = {found[0] for found in bulk.rows(self._session, parent, ("id",), where={"id": list(targets)})}
                there -= self._gone.get(parent.__tablename__, set())
                for row_id in [row.id for row in rows.values() if row.before.get(column) in targets - there]:
                    del rows[row_id]
                    self.result.leave(kind, row_id, Left.PARENT_GONE)

    def write(self) -> None:
        """Delete, children first, then set back."""
        # A row that goes may still be referred to by one that is set back a moment later.
        self._session.execute(text("PRAGMA defer_foreign_keys = ON"))
        for table in reversed(Base.metadata.sorted_tables):
            gone = self._gone.get(table.name)
            if gone:
                self._drop_followers(table, gone)
                self.result.removed[table.name] = bulk.delete(self._uow, self._models[table.name], {"id": list(gone)})
        for kind, rows in self._back.items():
            changes = [{"id": row.id, "row_version": row.version, **row.before} for row in rows.values()]
            if changes:
                self.result.restored[kind] = bulk.update(self._uow, self._models[kind], changes)
            self.result.moved[kind] = {row.id: (row.version - 1, row.version + 1) for row in rows.values()}

    def _drop_followers(self, table: Table, gone: set[str]) -> None:
        for child, column in _referring(table):
            if _FOLLOWING.get(child.name) == column:
                bulk.delete(self._uow, _model_of(child), {column: list(gone)})


def take_back(uow: UnitOfWork, tables: Sequence[KeptTable]) -> TakenBack:
    """Delete the rows that were added and set back those that were changed, but for what came after.

    Raises
    ------
    InvalidDataError
        Another row holds what one that is set back had before; the transaction can only be left.
    """
    work = _Work(uow, tables)
    work.keep_without_parents()
    work.keep_what_others_need()
    work.write()
    return work.result


def codes(session: Session, kind: str, ids: Sequence[str]) -> dict[str, str]:
    """Return how a user knows rows: by their own code, else by that of the first record they refer to, else by day."""
    model = _model_of(Base.metadata.tables[kind])
    columns = bulk.table_of(model).c
    if "code" in columns:
        return dict(_pairs(session, model, "code", ids))
    references = list(_references(bulk.table_of(model)))
    if not references:
        return {row_id: str(value) for row_id, value in _pairs(session, model, "on_date", ids)}
    column, parent = references[0]
    owners = dict(_pairs(session, model, column, ids))
    names = codes(session, parent.__tablename__, sorted(set(owners.values())))
    return {row_id: names[owner] for row_id, owner in owners.items() if owner in names}


def _pairs(session: Session, model: type[Record], column: str, ids: Sequence[str]) -> list[tuple[str, Any]]:
    return [(row[0], row[1]) for row in bulk.rows(session, model, ("id", column), where={"id": list(ids)})]


def _leaves(back: KeptChange | None, column: str) -> bool:
    return back is not None and column in back.before


def _model_of(table: Table) -> type[Record]:
    models: dict[str, type[Record]] = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    return models[table.name]


def _referring(table: Table) -> Iterator[tuple[Table, str]]:
    for other in Base.metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table is table:
                yield other, key.parent.name


def _references(table: Table) -> Iterator[tuple[str, type[Record]]]:
    for column in table.c:
        for key in column.foreign_keys:
            yield column.name, _model_of(key.column.table)
