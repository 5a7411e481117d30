"""Reads of what duty officers decided."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from patrol_desk.models import OverrideReason, RuleOverride


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
