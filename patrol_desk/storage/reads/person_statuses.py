"""Reads of the statuses somebody came into."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from patrol_desk.models import Account, PersonStatus, PersonStatusChange


class StatusLine(NamedTuple):
    """A status somebody came into: its first day, why, what was done, and who noted it when."""

    status: PersonStatus
    on_date: date
    reason: str
    origin: str
    at: datetime
    by: str | None


def statuses_of(session: Session, person_id: str) -> list[StatusLine]:
    """Return somebody's changes of status, the latest first."""
    row = PersonStatusChange
    query = (
        select(row.status, row.on_date, row.reason, row.origin, row.changed_at, Account.display_name)
        .outerjoin(Account, Account.id == row.changed_by)
        .where(row.person_id == person_id, row.ended_on.is_(None))
        .order_by(row.id.desc())
    )
    return [StatusLine._make(found) for found in session.execute(query)]
