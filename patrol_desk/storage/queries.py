"""The reads that most use cases share, over any model."""

from datetime import date
from typing import Any, TypeVar

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from patrol_desk.models import Record
from patrol_desk.storage.bulk import Where, table_of

R = TypeVar("R", bound=Record)


def by_id(session: Session, model: type[R], record_id: str) -> R | None:
    """Return the record with the id."""
    return session.get(model, record_id)


def one(session: Session, model: type[R], **equal: object) -> R | None:
    """Return the one record whose columns equal the values; None when there is none."""
    return session.scalars(select(model).filter_by(**equal)).one_or_none()


def first(session: Session, model: type[R], *order_by: str, **equal: object) -> R | None:
    """Return the first record in the order given whose columns equal the values."""
    query = select(model).filter_by(**equal).order_by(*(table_of(model).c[name] for name in order_by or ("id",)))
    return session.scalars(query.limit(1)).first()


def many(session: Session, model: type[R], *order_by: str, **equal: object) -> list[R]:
    """Return the records whose columns equal the values, sorted; for thousands of rows use `bulk.rows`."""
    query = select(model).filter_by(**equal).order_by(*(table_of(model).c[name] for name in order_by or ("id",)))
    return list(session.scalars(query))


def count(session: Session, model: type[Record], where: Where | None = None) -> int:
    """Return how many records there are, optionally with columns equal to values (None: is null)."""
    table = table_of(model)
    query = select(func.count()).select_from(table)
    for name, value in (where or {}).items():
        query = query.where(table.c[name].is_(None) if value is None else table.c[name] == value)
    return session.scalar(query) or 0


def highest(session: Session, model: type[Record], column: str, **equal: object) -> object:
    """Return the greatest value of a column among the records that match; None when there are none."""
    table = table_of(model)
    query = select(func.max(table.c[column]))
    for name, value in equal.items():
        query = query.where(table.c[name] == value)
    return session.scalar(query)


def rows_between(
    session: Session,
    model: type[Record],
    columns: tuple[str, ...],
    *,
    from_column: str,
    until_column: str,
    first_day: date,
    last_day: date,
) -> list[tuple[Any, ...]]:
    """Return, as tuples sorted by id, the rows whose dates overlap a period.

    Parameters
    ----------
    session
        A reading or writing session.
    model
        The table.
    columns
        Columns wanted.
    from_column, until_column
        First and last day of a row, both included; an empty last day is open. The same name twice for one date.
    first_day, last_day
        The period, both days included.
    """
    table = table_of(model)
    until = table.c[until_column]
    query = (
        select(*(table.c[name] for name in columns))
        .where(table.c[from_column] <= last_day, or_(until.is_(None), until >= first_day))
        .order_by(table.c.id)
    )
    return [tuple(row) for row in session.execute(query)]
