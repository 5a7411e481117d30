"""The reads that most use cases share, over any model."""

from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from patrol_desk.models import Record
from patrol_desk.storage.bulk import table_of

R = TypeVar("R", bound=Record)


def first(session: Session, model: type[R], *order_by: str, **equal: object) -> R | None:
    """Return the first record in the order given whose columns equal the values."""
    query = select(model).filter_by(**equal).order_by(*(table_of(model).c[name] for name in order_by or ("id",)))
    return session.scalars(query.limit(1)).first()


def many(session: Session, model: type[R], *order_by: str, **equal: object) -> list[R]:
    """Return the records whose columns equal the values, sorted; for thousands of rows use `bulk.rows`."""
    query = select(model).filter_by(**equal).order_by(*(table_of(model).c[name] for name in order_by or ("id",)))
    return list(session.scalars(query))


def highest(session: Session, model: type[Record], column: str, **equal: object) -> object:
    """Return the greatest value of a column among the records that match; None when there are none."""
    table = table_of(model)
    query = select(func.max(table.c[column]))
    for name, value in equal.items():
        query = query.where(table.c[name] == value)
    return session.scalar(query)


def ids_with(session: Session, model: type[Record], column: str) -> list[str]:
    """Return the ids of the records that have something in a column, without reading what."""
    table = table_of(model)
    return list(session.scalars(select(table.c["id"]).where(table.c[column].is_not(None)).order_by(table.c["id"])))
