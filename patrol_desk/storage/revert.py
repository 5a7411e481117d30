"""Taking a patch back: deletes what was inserted, puts back what was deleted, sets back what was changed."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import JSON, text

from patrol_desk.models import Base, Record
from patrol_desk.storage import bulk
from patrol_desk.storage.patch import Content, Patch, RowPatch, split
from patrol_desk.storage.unit_of_work import UnitOfWork

Stored = dict[str, tuple[int, Content]]
"""Id → version and content of a stored row."""


def moved_on(uow: UnitOfWork, patch: Patch) -> dict[str, int]:
    """Return per kind how many rows are no longer as the patch left them.

    A row of another version counts as moved on unless its content is what the patch left: steps that were taken
    back one after the other raise versions too.
    """
    moved: Counter[str] = Counter()
    for model, rows in _by_model(patch):
        stored = _stored(uow, model, rows)
        json_columns = _json_columns(model)
        moved[model.__tablename__] += sum(not _as_left(row, stored.get(row.id), json_columns) for row in rows)
    return dict(+moved)


def apply_inverse(uow: UnitOfWork, patch: Patch) -> int:
    """Take a patch back in an order that references allow, and return how many rows were written.

    Rows are written in the reverse of the order in which they were changed. What is written is recorded like any
    other change: the unit's own patch is the inverse.

    Raises
    ------
    ConcurrentChangeError
        A row was changed since it was read in this transaction.
    InvalidDataError
        Another row is in the way: it refers to one that would go, or holds the code of one that would come.
    StorageError
        A row belongs to a published version.
    """
    # A row that goes may still be referred to by one that is set back a moment later.
    uow.session.execute(text("PRAGMA defer_foreign_keys = ON"))
    models = list(_by_model(patch))
    for model, rows in reversed(models):
        gone = [row.id for row in rows if row.before is None]
        if gone:
            bulk.delete(uow, model, {"id": gone})
    for model, rows in models:
        changes = list(_set_back(_stored(uow, model, rows), rows))
        if changes:
            bulk.update(uow, model, changes)
    for model, rows in models:
        back = [
            {"id": row.id, **row.before, "row_version": row.version_after + 1}
            for row in rows
            if row.before is not None and row.after is None
        ]
        if back:
            bulk.insert(uow, model, back)
    return len(patch)


def _by_model(patch: Patch) -> Iterator[tuple[type[Record], list[RowPatch]]]:
    """Yield each model with its rows, newest change first; a table comes after those it refers to."""
    models = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    by_kind: dict[str, list[RowPatch]] = {}
    for row in reversed(patch.rows):
        by_kind.setdefault(row.kind, []).append(row)
    for table in Base.metadata.sorted_tables:
        if table.name in by_kind:
            yield models[table.name], by_kind[table.name]


def _stored(uow: UnitOfWork, model: type[Record], rows: list[RowPatch]) -> Stored:
    found = bulk.dicts(uow.session, model, where={"id": [row.id for row in rows]})
    return {record_id: (version, content) for record_id, version, content in map(split, found)}


def _as_left(row: RowPatch, stored: tuple[int, Content] | None, json_columns: frozenset[str]) -> bool:
    if row.after is None or stored is None:
        return row.after is None and stored is None
    version, content = stored
    return version == row.version_after or _plain(content, json_columns) == _plain(row.after, json_columns)


def _json_columns(model: type[Record]) -> frozenset[str]:
    return frozenset(column.name for column in bulk.table_of(model).c if isinstance(column.type, JSON))


def _plain(content: Content, json_columns: frozenset[str]) -> Mapping[str, Any]:
    """Return a content in which JSON is compared as it is stored: a tuple is a list, a number as a name is text."""
    if not json_columns:
        return content
    return {k: json.dumps(v, sort_keys=True, default=str) if k in json_columns else v for k, v in content.items()}


def _set_back(stored: Stored, rows: list[RowPatch]) -> Iterator[dict[str, Any]]:
    for row in rows:
        if row.before is not None and row.after is not None:
            after = row.after
            differing = {name: value for name, value in row.before.items() if value != after[name]}
            yield {"id": row.id, "row_version": stored[row.id][0], **differing}
