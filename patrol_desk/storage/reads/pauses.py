"""Reads of who is paused when."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from patrol_desk.models import PersonPause

Day = date | InstrumentedAttribute[date]


def pauses_on(
    session: Session, first: date, last: date, only: Collection[str] | None = None
) -> list[tuple[str, date, date | None]]:
    """Return (person id, first day, last day or None) of the pauses that touch the days, the latest first."""
    query = select(PersonPause.person_id, PersonPause.from_on, PersonPause.until_on).where(
        PersonPause.ended_on.is_(None), PersonPause.from_on <= last, _lasts_to(first)
    )
    if only is not None:
        query = query.where(PersonPause.person_id.in_(only))
    return [(row[0], row[1], row[2]) for row in session.execute(query.order_by(PersonPause.from_on.desc()))]


def paused_throughout(first: Day, last: Day) -> ColumnElement[bool]:
    """Return the condition that a pause lasts over all of the days."""
    return PersonPause.ended_on.is_(None) & (PersonPause.from_on <= first) & _lasts_to(last)


def pause_rows(session: Session, people: Collection[str]) -> list[PersonPause]:
    """Return these people's pauses that were not taken back, the latest first."""
    return list(
        session.scalars(
            select(PersonPause)
            .where(PersonPause.person_id.in_(people), PersonPause.ended_on.is_(None))
            .order_by(PersonPause.from_on.desc(), PersonPause.id)
        )
    )


def _lasts_to(day: Day) -> ColumnElement[bool]:
    return or_(PersonPause.until_on.is_(None), PersonPause.until_on >= day)
