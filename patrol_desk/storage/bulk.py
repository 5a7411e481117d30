"""Many rows at once: SQLAlchemy Core in chunks, portable between SQLite and PostgreSQL."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Table, bindparam, select
from sqlalchemy.orm import Session

from patrol_desk.common.errors import ConcurrentChangeError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.models import Record
from patrol_desk.storage.patch import BOOKKEEPING, RowPatch, deletions, split
from patrol_desk.storage.unit_of_work import UnitOfWork

CHUNK = 2000
FEW = 1000
"""Up to so many rows of a write are named in the change set; more are "many"."""
_IN_LIST = 10_000
"""Most values in one IN list, well under both databases' limits on parameters."""

Where = Mapping[str, object]
"""Column name → value: None is "is null", a collection is "one of", anything else "equals"."""


def table_of(model: type[Record]) -> Table:
    """Return a model's table."""
    table = model.__table__
    assert isinstance(table, Table)
    return table


def insert(uow: UnitOfWork, model: type[Record], rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert rows and return how many.

    Parameters
    ----------
    uow
        The transaction; its change set then holds "many" of the kind.
    model
        The table.
    rows
        Column name → value, all with the same columns. `id`, `row_version`, `changed_at` and `changed_by` are
        filled in where a row has none; a row that is put back has a version above 1.

    Raises
    ------
    InvalidDataError
        A row breaks a constraint of the table; the transaction can only be left.
    """
    stamp = {"row_version": 1, "changed_at": uow.now, "changed_by": uow.actor.account_id}
    fill = _fill(model, rows) if uow.recorder.record_patch else {}
    written: list[str] = []
    for chunk in _chunks(rows):
        whole = [
            {
                **stamp,
                **{name: make() for name, make in fill.items()},
                "id": row["id"] if "id" in row else new_id(),
                **row,
            }
            for row in chunk
        ]
        uow.session.execute(sa.insert(table_of(model)), whole)
        _record_inserts(uow, model.__tablename__, whole)
        written.extend(row["id"] for row in whole[: FEW + 1])
    _note(uow, model, len(rows), written)
    return len(rows)


def update(uow: UnitOfWork, model: type[Record], rows: Sequence[Mapping[str, Any]]) -> int:
    """Update rows by id, each only if it still has the version it was read with, and return how many.

    Parameters
    ----------
    uow
        The transaction.
    model
        The table.
    rows
        Each with `id`, `row_version` (as read) and the columns to set; rows may set different columns.

    Raises
    ------
    ConcurrentChangeError
        A row is gone or was changed since it was read.
    """
    if uow.recorder.record_patch:
        _record_updates(uow, model, rows)
    by_columns: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        by_columns.setdefault(tuple(sorted(row)), []).append(row)
    for columns, alike in by_columns.items():
        _update_alike(uow, table_of(model), [c for c in columns if c not in {"id", "row_version"}], alike)
    _note(uow, model, len(rows), [row["id"] for row in rows[: FEW + 1]])
    return len(rows)


def delete(uow: UnitOfWork, model: type[Record], where: Where) -> int:
    """Delete the rows that meet all conditions and return how many.

    Most records are retired (`ended_on`), not deleted: others refer to them.

    Raises
    ------
    InvalidDataError
        Another row refers to one of them; the transaction can only be left.
    StorageError
        They belong to a published version.
    """
    table = table_of(model)
    recorded = uow.recorder.record_patch
    found = dicts(uow.session, model, None if recorded else ("id",), where=where)
    if recorded:
        uow.recorder.record(deletions(model.__tablename__, found))
    for clauses in _clauses(table, where):
        uow.session.connection().execute(sa.delete(table).where(*clauses))
    _note(uow, model, len(found), [row["id"] for row in found])
    return len(found)


def rows(
    session: Session,
    model: type[Record],
    columns: Sequence[str] | None = None,
    *,
    where: Where | None = None,
    order_by: Sequence[str] = ("id",),
) -> list[tuple[Any, ...]]:
    """Return rows as tuples.

    Parameters
    ----------
    session
        A reading or writing session.
    model
        The table.
    columns
        Columns in the order wanted; all in the table's order by default.
    where
        Conditions, all of which must hold.
    order_by
        Columns to sort by. With a list of more than 10,000 values in `where` only each part is sorted.
    """
    table = table_of(model)
    wanted = [table.c[name] for name in columns] if columns is not None else list(table.c)
    found: list[tuple[Any, ...]] = []
    for clauses in _clauses(table, where or {}):
        query = select(*wanted).where(*clauses).order_by(*(table.c[name] for name in order_by))
        found.extend(tuple(row) for row in session.connection().execute(query))
    return found


def dicts(
    session: Session,
    model: type[Record],
    columns: Sequence[str] | None = None,
    *,
    where: Where | None = None,
    order_by: Sequence[str] = ("id",),
) -> list[dict[str, Any]]:
    """Return rows as column name → value; the parameters are those of `rows`."""
    names = list(columns) if columns is not None else [column.name for column in table_of(model).c]
    return [dict(zip(names, row, strict=True)) for row in rows(session, model, names, where=where, order_by=order_by)]


def _update_alike(uow: UnitOfWork, table: Table, columns: list[str], alike: Sequence[Mapping[str, Any]]) -> None:
    stamp = {"changed_at": uow.now, "changed_by": uow.actor.account_id}
    statement = (
        sa.update(table)
        .where(table.c.id == bindparam("b_id"), table.c.row_version == bindparam("b_version"))
        .values({name: bindparam(f"v_{name}") for name in {*columns, *stamp}})
        .values(row_version=table.c.row_version + 1)
    )
    for chunk in _chunks(alike):
        values = [
            {f"v_{name}": value for name, value in {**stamp, **row}.items() if name not in {"id", "row_version"}}
            | {"b_id": row["id"], "b_version": row["row_version"]}
            for row in chunk
        ]
        written = uow.session.connection().execute(statement, values).rowcount
        if written != len(chunk):
            raise ConcurrentChangeError(Message("storage.changed_meanwhile"))


def _note(uow: UnitOfWork, model: type[Record], count: int, ids: Collection[str]) -> None:
    if count:
        uow.touch(model.__tablename__, ids if count <= FEW else ())
        uow.recorder.count(model.__tablename__, count)


def _fill(model: type[Record], rows: Sequence[Mapping[str, Any]]) -> dict[str, Callable[[], Any]]:
    """Return what makes the values that the rows leave to the table's defaults, so that the patch holds them too."""
    given = {*BOOKKEEPING, *(rows[0] if rows else ())}
    return {column.name: _maker(column) for column in table_of(model).c if column.name not in given}


def _maker(column: sa.Column[Any]) -> Callable[[], Any]:
    default = column.default
    value = default.arg if isinstance(default, sa.ColumnDefault) else None
    # SQLAlchemy wraps a callable default so that it takes the context of the statement, which ours do not ask for.
    return (lambda: value(None)) if callable(value) else (lambda: value)


def _record_inserts(uow: UnitOfWork, kind: str, rows: Iterable[Mapping[str, Any]]) -> None:
    if uow.recorder.record_patch:
        split_rows = (split(row) for row in rows)
        uow.recorder.record(
            RowPatch(kind, record_id, None, content, version - 1, version) for record_id, version, content in split_rows
        )


def _record_updates(uow: UnitOfWork, model: type[Record], rows: Sequence[Mapping[str, Any]]) -> None:
    """Record rows before and after; a row that is gone is left to the update, which stops at it."""
    kind = model.__tablename__
    held = {row["id"]: row for row in dicts(uow.session, model, where={"id": [row["id"] for row in rows]})}
    for row in rows:
        if row["id"] in held:
            record_id, version, before = split(held[row["id"]])
            after = {**before, **{name: value for name, value in row.items() if name not in BOOKKEEPING}}
            uow.recorder.record([RowPatch(kind, record_id, before, after, version, version + 1)])


def _chunks(rows: Sequence[Mapping[str, Any]]) -> Iterator[Sequence[Mapping[str, Any]]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]


def _clauses(table: Table, where: Where) -> Iterator[list[ColumnElement[bool]]]:
    """Yield the conditions once, or once per part of a list that is too long for one statement."""
    fixed: list[ColumnElement[bool]] = []
    parted: list[tuple[str, list[object]]] = []
    for name, value in where.items():
        if value is None:
            fixed.append(table.c[name].is_(None))
        elif isinstance(value, Collection) and not isinstance(value, (str, bytes, Mapping)):
            parted.append((name, list(value)))
        else:
            fixed.append(table.c[name] == value)
    parted.sort(key=lambda item: len(item[1]))
    if not parted:
        yield fixed
        return
    *short, (name, values) = parted
    fixed.extend(table.c[other].in_(few) for other, few in short)
    for part in _parts(values):
        yield [*fixed, table.c[name].in_(part)]


def _parts(values: list[object]) -> Iterable[list[object]]:
    return (values[start : start + _IN_LIST] for start in range(0, len(values), _IN_LIST))
