"""Reads of what was printed."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from patrol_desk.models import Availability, FormAnswer, SheetPrint


class PrintRow(NamedTuple):
    """A sheet that left the desk; see `SheetPrint`."""

    at: datetime
    kind: str
    medium: str
    period: str
    subject: str
    number: int
    draft: bool
    content_hash: str
    copies: int
    profile: str
    printed_by: str

    @property
    def key(self) -> tuple[str, str, str]:
        """Which sheet it is: kind, period, subject."""
        return self.kind, self.period, self.subject


def prints_of(session: Session, periods: Collection[str]) -> list[PrintRow]:
    """Return what was printed of some weeks, days or months, the oldest first."""
    columns = SheetPrint.__table__.c
    rows = session.execute(
        select(*(columns[name] for name in PrintRow._fields))
        .where(columns["period"].in_(list(periods)), columns["ended_on"].is_(None))
        .order_by(columns["at"], columns["id"])
    )
    return [PrintRow(*row) for row in rows]


def last_of_kind(session: Session, kind: str) -> list[PrintRow]:
    """Return the last print of each subject of a kind, by subject."""
    columns = SheetPrint.__table__.c
    rows = session.execute(
        select(*(columns[name] for name in PrintRow._fields))
        .where(columns["kind"] == kind, columns["ended_on"].is_(None))
        .order_by(columns["subject"], columns["at"], columns["id"])
    )
    return list({row.subject: row for row in (PrintRow(*each) for each in rows)}.values())


def availability_changed(session: Session) -> dict[str, datetime]:
    """Return person id → when what they said of their time was last changed (UTC)."""
    rows = session.execute(
        select(Availability.person_id, func.max(Availability.changed_at).label("changed"))
        .where(Availability.ended_on.is_(None))
        .group_by(Availability.person_id)
    )
    return {row.person_id: row.changed for row in rows}


def forms_answered(session: Session) -> dict[str, datetime]:
    """Return squad id → when it last gave its form back (UTC), as somebody wrote down."""
    rows = session.execute(
        select(FormAnswer.squad_id, func.max(FormAnswer.at).label("at"))
        .where(FormAnswer.ended_on.is_(None))
        .group_by(FormAnswer.squad_id)
    )
    return {row.squad_id: row.at for row in rows}
