"""Reads of what duty officers decided."""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from patrol_desk.models import (
    Checkpoint,
    DutyRequest,
    OverrideReason,
    Person,
    RequestKind,
    RequestState,
    RuleOverride,
    ShiftPattern,
)


class OverrideRow(NamedTuple):
    """A rule that a duty breaks knowingly."""

    id: str
    person_id: str
    checkpoint_id: str
    pattern_id: str
    on_date: date
    rule: str
    reason: OverrideReason
    words: str
    decided_by: str
    decided_at: datetime

    @property
    def key(self) -> tuple[str, str, str, date]:
        """Who, where and when, as an assignment's key."""
        return (self.person_id, self.checkpoint_id, self.pattern_id, self.on_date)


def overrides_of(session: Session, version_id: str) -> list[OverrideRow]:
    """Return the overrides of a version, in the order in which they were decided."""
    columns = RuleOverride.__table__.c
    query = (
        select(*(columns[name] for name in OverrideRow._fields))
        .where(columns["version_id"] == version_id)
        .order_by(columns["decided_at"], columns["id"])
    )
    return [OverrideRow(*row) for row in session.execute(query)]


def spared(session: Session, first: date, last: date) -> list[tuple[str, str, date]]:
    """Return (person id, pattern id, day) of the duties from which people were let off on the days, in this order."""
    columns = DutyRequest.__table__.c
    who = (columns["person_id"], columns["pattern_id"], columns["on_date"])
    query = select(*who).where(
        columns["kind"] == RequestKind.DROP, columns["state"] == RequestState.APPROVED,
        columns["on_date"] >= first, columns["on_date"] <= last,
    )  # fmt: skip
    return sorted((row[0], row[1], row[2]) for row in session.execute(query.distinct()))


class SparedRow(NamedTuple):
    """A duty from which somebody was let off, with the place's name and the shift's mark."""

    id: str
    pattern_id: str
    checkpoint_id: str
    on_date: date
    place: str
    mark: str


def spared_of(session: Session, person_id: str, since: date) -> list[SparedRow]:
    """Return the duties from a day on from which one person was let off, the latest first."""
    columns = DutyRequest.__table__.c
    shown: list[Any] = [columns[name] for name in SparedRow._fields[:4]]
    shown += [Checkpoint.name, ShiftPattern.mark]
    query = (
        select(*shown)
        .join(Checkpoint, Checkpoint.id == columns["checkpoint_id"])
        .join(ShiftPattern, ShiftPattern.id == columns["pattern_id"])
        .where(
            columns["person_id"] == person_id, columns["kind"] == RequestKind.DROP,
            columns["state"] == RequestState.APPROVED, columns["on_date"] >= since,
        )
        .order_by(columns["on_date"].desc(), ShiftPattern.start_minute.desc())
    )  # fmt: skip
    return [SparedRow(*row) for row in session.execute(query)]


class RequestRow(NamedTuple):
    """A request to be spared a duty or to change places, with names and the marks of shifts."""

    id: str
    kind: RequestKind
    person_id: str
    checkpoint_id: str
    pattern_id: str
    on_date: date
    other_id: str | None
    other_checkpoint_id: str | None
    other_pattern_id: str | None
    other_on_date: date | None
    words: str
    asked_at: datetime
    taken_by: str
    name: str
    place: str
    shift: str
    other_name: str | None
    other_place: str | None
    other_shift: str | None


def open_requests(session: Session, since: date) -> list[RequestRow]:
    """Return the open requests about duties from a day on, by day and time of asking."""
    place, pattern, person = aliased(Checkpoint), aliased(ShiftPattern), aliased(Person)
    columns = DutyRequest.__table__.c
    shown: list[Any] = [columns[name] for name in RequestRow._fields[:13]]
    shown += [Person.name, Checkpoint.name, ShiftPattern.mark, person.name, place.name, pattern.mark]
    query = (
        select(*shown)
        .join(Person, Person.id == columns["person_id"])
        .join(Checkpoint, Checkpoint.id == columns["checkpoint_id"])
        .join(ShiftPattern, ShiftPattern.id == columns["pattern_id"])
        .outerjoin(person, person.id == columns["other_id"])
        .outerjoin(place, place.id == columns["other_checkpoint_id"])
        .outerjoin(pattern, pattern.id == columns["other_pattern_id"])
        .where(columns["state"] == RequestState.OPEN, columns["on_date"] >= since)
        .order_by(columns["on_date"], ShiftPattern.start_minute, columns["asked_at"])
    )
    return [RequestRow(*row) for row in session.execute(query)]
