"""Reads of what a checkpoint's life is told from: its changes, and the duties still to come."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from patrol_desk.models import (
    Account,
    Assignment,
    CheckpointChange,
    CheckpointStatus,
    Plan,
    PlanVersion,
    VersionState,
)


class ChangeLine(NamedTuple):
    """A change of status: first day, reason, and who noted it when."""

    id: str
    checkpoint_id: str
    status: CheckpointStatus
    on_date: date
    reason: str
    at: datetime
    by: str | None


class DutyLine(NamedTuple):
    """A duty that a draft or a version in force plans."""

    week: str
    state: VersionState
    on_date: date
    person_id: str


def changes_of(session: Session, checkpoint_id: str | None = None) -> list[ChangeLine]:
    """Return the changes of one checkpoint, or of all, the earliest first."""
    query = (
        select(
            CheckpointChange.id,
            CheckpointChange.checkpoint_id,
            CheckpointChange.status,
            CheckpointChange.on_date,
            CheckpointChange.reason,
            CheckpointChange.changed_at,
            Account.display_name,
        )
        .outerjoin(Account, Account.id == CheckpointChange.changed_by)
        .where(CheckpointChange.ended_on.is_(None))
        .order_by(CheckpointChange.on_date, CheckpointChange.id)
    )
    if checkpoint_id is not None:
        query = query.where(CheckpointChange.checkpoint_id == checkpoint_id)
    return [ChangeLine._make(row) for row in session.execute(query)]


def changes_by_checkpoint(session: Session) -> Mapping[str, Sequence[ChangeLine]]:
    """Return the changes of all checkpoints by checkpoint id, the earliest first; one without a change is missing."""
    found: defaultdict[str, list[ChangeLine]] = defaultdict(list)
    for change in changes_of(session):
        found[change.checkpoint_id].append(change)
    return found


def duties_from(session: Session, checkpoint_id: str, first: date) -> list[DutyLine]:
    """Return what drafts and versions in force plan at a checkpoint from a day on, week by week."""
    rows = session.execute(
        select(Plan.week, PlanVersion.state, Assignment.on_date, Assignment.person_id)
        .select_from(Assignment)
        .join(PlanVersion, PlanVersion.id == Assignment.version_id)
        .join(Plan, Plan.id == PlanVersion.plan_id)
        .where(Assignment.checkpoint_id == checkpoint_id, Assignment.on_date >= first)
        .where(PlanVersion.state != VersionState.OUTDATED)
        .order_by(Plan.week, PlanVersion.number, Assignment.on_date, Assignment.id)
    )
    return [DutyLine._make(row) for row in rows]
