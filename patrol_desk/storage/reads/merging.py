"""What refers to a person, for merging two records of one: every table, found by its foreign keys."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Session

from patrol_desk.models import Assignment, Base, Person, PersonStatusChange, PlanVersion, Record, VersionState
from patrol_desk.storage import bulk


class Reference(NamedTuple):
    """A column that refers to a person, and the columns of which a row is the only one."""

    model: type[Record]
    column: str
    unique: tuple[str, ...]


def references() -> Sequence[Reference]:
    """Return every column that refers to a person, by table; the history of a status stays with whose it is."""
    found = []
    for mapper in sorted(Base.registry.mappers, key=lambda each: each.class_.__tablename__):
        if mapper.class_ is PersonStatusChange:
            continue
        table = bulk.table_of(mapper.class_)
        columns = [
            column.name
            for column in table.columns
            if any(key.column.table.name == Person.__tablename__ for key in column.foreign_keys)
        ]
        for column in columns:
            unique = next(
                (
                    tuple(each.name for each in constraint.columns)
                    for constraint in table.constraints
                    if isinstance(constraint, UniqueConstraint) and column in constraint.columns
                ),
                (),
            )
            found.append(Reference(mapper.class_, column, unique))
    return found


def rows_of(session: Session, reference: Reference, person_id: str) -> list[Mapping[str, Any]]:
    """Return the rows that refer to somebody; of assignments only those in drafts, since the others are final."""
    table = bulk.table_of(reference.model)
    query = select(table).where(table.c[reference.column] == person_id).order_by(table.c["id"])
    if reference.model is Assignment:
        drafts = select(PlanVersion.id).where(PlanVersion.state == VersionState.DRAFT)
        query = query.where(table.c["version_id"].in_(drafts))
    return [MappingProxyType(dict(row)) for row in session.execute(query).mappings()]


class SameRow(NamedTuple):
    """What tells that two records may be one person."""

    id: str
    code: str
    name: str
    birth_date: Any
    resident_id: str | None
    phone: str | None


def who_is_who(session: Session) -> list[SameRow]:
    """Return everybody who is not retired, by code."""
    columns = Person.__table__.c
    query = select(*(columns[name] for name in SameRow._fields)).where(Person.ended_on.is_(None)).order_by(Person.code)
    return [SameRow(*row) for row in session.execute(query)]
