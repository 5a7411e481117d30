"""Reads of the courses people took part in."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from patrol_desk.models import TrainingRecord, TrainingResult

REFRESH_AHEAD: Final = timedelta(days=60)
"""How long before its day a refresher is mentioned: a course takes its time to arrange."""


class TrainingRow(NamedTuple):
    """A course somebody took part in: the day, how long, with which result, and its last day before a refresher."""

    id: str
    row_version: int
    course: str
    taken_on: date
    minutes: int
    result: TrainingResult
    expires_on: date | None


def training_of(session: Session, person_id: str) -> list[TrainingRow]:
    """Return one person's courses, the latest first."""
    row = TrainingRecord
    rows = session.execute(
        select(row.id, row.row_version, row.course, row.taken_on, row.minutes, row.result, row.expires_on)
        .where(row.person_id == person_id, row.ended_on.is_(None))
        .order_by(row.taken_on.desc(), row.course)
    )
    return [TrainingRow._make(found) for found in rows]


def courses(session: Session) -> list[str]:
    """Return the names of all courses, each once."""
    query = select(TrainingRecord.course).where(TrainingRecord.ended_on.is_(None)).distinct()
    return sorted(session.scalars(query))


def refreshers(session: Session, only: Collection[str] | None) -> dict[str, date]:
    """Return person id → the earliest last day among the courses of which somebody's newest record has one.

    A course that was not passed counts as not taken.
    """
    row = TrainingRecord
    query = select(row.person_id, row.course, row.expires_on).where(
        row.ended_on.is_(None), row.result != TrainingResult.FAILED
    )
    if only is not None:
        query = query.where(row.person_id.in_(only))
    newest = {(person, course): last for person, course, last in session.execute(query.order_by(row.taken_on))}
    found: dict[str, date] = {}
    for (person, _), last in newest.items():
        if last is not None:
            found[person] = min(found.get(person, last), last)
    return found


def records_on(session: Session, people: Collection[str], course: str, day: date) -> list[TrainingRecord]:
    """Return these people's records of a course on a day, retired ones too."""
    row = TrainingRecord
    return list(
        session.scalars(select(row).where(row.person_id.in_(people), row.course == course, row.taken_on == day))
    )
