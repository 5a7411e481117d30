"""Reads for planning: the week's duties, history and versions."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from patrol_desk.models import (
    Assignment,
    Attendance,
    AttendanceState,
    AuditEntry,
    Leave,
    Plan,
    PlanVersion,
    SquadMembership,
    Township,
    VersionState,
)
from patrol_desk.storage import bulk
from patrol_desk.storage.reads.pauses import pauses_on
from patrol_desk.storage.reads.rows import Duty, MemberDays, SeatRow
from patrol_desk.storage.unit_of_work import UnitOfWork

SERVED = (AttendanceState.PRESENT, AttendanceState.LATE)


def revision(session: Session) -> int:
    """Return the number of the last audit entry: it grows with every commit."""
    return session.scalar(select(func.max(AuditEntry.number))) or 0


def audit_head(session: Session) -> str:
    """Return the hash of the last audit entry, nothing in an empty file."""
    return session.scalar(select(AuditEntry.hash).order_by(AuditEntry.number.desc()).limit(1)) or ""


def township(session: Session) -> Township | None:
    """Return the township of the database."""
    return session.scalars(select(Township).order_by(Township.id)).first()


def memberships_on(session: Session, first: date, last: date) -> list[MemberDays]:
    """Return the squad memberships that touch the days, oldest first."""
    rows = session.execute(
        select(SquadMembership.person_id, SquadMembership.squad_id, SquadMembership.role)
        .where(SquadMembership.ended_on.is_(None), SquadMembership.from_on <= last)
        .where(SquadMembership.until_on.is_(None) | (SquadMembership.until_on >= first))
        .order_by(SquadMembership.from_on, SquadMembership.id)
    )
    return [MemberDays(*row) for row in rows]


def leave_on(session: Session, first: date, last: date) -> list[tuple[str, date, date]]:
    """Return (person id, first day, last day) of the leave and the pauses that touch the days."""
    rows = session.execute(
        select(Leave.person_id, Leave.first_on, Leave.last_on)
        .where(Leave.ended_on.is_(None), Leave.first_on <= last, Leave.last_on >= first)
        .order_by(Leave.person_id, Leave.first_on)
    )
    paused = ((person, begun, until or last) for person, begun, until in pauses_on(session, first, last))
    return sorted([*((row[0], row[1], row[2]) for row in rows), *paused])


def served_between(session: Session, first: date, last: date) -> list[Duty]:
    """Return the duties people served on the days, by attendance."""
    rows = session.execute(
        select(Attendance.person_id, Attendance.checkpoint_id, Attendance.pattern_id, Attendance.on_date)
        .where(Attendance.on_date >= first, Attendance.on_date <= last)
        .where(Attendance.state.in_(SERVED), Attendance.ended_on.is_(None))
        .order_by(Attendance.person_id, Attendance.on_date)
    )
    return [Duty(*row) for row in rows]


def attendance_days(session: Session, ids: Collection[str]) -> list[date]:
    """Return the days of these records of attendance; those that are gone have none."""
    return list(session.scalars(select(Attendance.on_date).where(Attendance.id.in_(ids))))


def published_between(session: Session, first: date, last: date) -> list[Duty]:
    """Return the duties of published versions in force on the days."""
    rows = session.execute(
        select(Assignment.person_id, Assignment.checkpoint_id, Assignment.pattern_id, Assignment.on_date)
        .join(PlanVersion, PlanVersion.id == Assignment.version_id)
        .where(PlanVersion.state == VersionState.PUBLISHED)
        .where(Assignment.on_date >= first, Assignment.on_date <= last)
        .order_by(Assignment.person_id, Assignment.on_date)
    )
    return [Duty(*row) for row in rows]


def duties_between(session: Session, first: date, last: date) -> list[Duty]:
    """Return the duties of the days, by person and day: served, or published where attendance says nothing of them."""
    told = (
        select(Attendance.id)
        .where(Attendance.person_id == Assignment.person_id, Attendance.on_date == Assignment.on_date)
        .where(Attendance.pattern_id == Assignment.pattern_id, Attendance.ended_on.is_(None))
        .exists()
    )
    untold = session.execute(
        select(Assignment.person_id, Assignment.checkpoint_id, Assignment.pattern_id, Assignment.on_date)
        .join(PlanVersion, PlanVersion.id == Assignment.version_id)
        .where(PlanVersion.state == VersionState.PUBLISHED)
        .where(Assignment.on_date >= first, Assignment.on_date <= last, ~told)
    )
    return sorted([*served_between(session, first, last), *(Duty(*row) for row in untold)], key=_by_person_and_day)


def _by_person_and_day(duty: Duty) -> tuple[str, date, str]:
    return (duty.person_id, duty.on_date, duty.pattern_id)


def plan_of(session: Session, week: str) -> Plan | None:
    """Return the plan of a week."""
    return session.scalars(select(Plan).where(Plan.week == week)).first()


def versions_of(session: Session, week: str) -> Sequence[PlanVersion]:
    """Return the versions of a week's plan, newest first."""
    return session.scalars(
        select(PlanVersion)
        .join(Plan, Plan.id == PlanVersion.plan_id)
        .where(Plan.week == week)
        .order_by(PlanVersion.number.desc())
    ).all()


def assignments_of(session: Session, version_id: str) -> list[SeatRow]:
    """Return the assignments of a version, in a fixed order."""
    rows = session.execute(
        select(
            Assignment.person_id,
            Assignment.checkpoint_id,
            Assignment.pattern_id,
            Assignment.on_date,
            Assignment.skill_id,
            Assignment.leader,
            Assignment.locked,
            Assignment.source,
        )
        .where(Assignment.version_id == version_id)
        .order_by(Assignment.on_date, Assignment.pattern_id, Assignment.checkpoint_id, Assignment.person_id)
    )
    return [SeatRow(*row) for row in rows]


def delete_assignments(unit: UnitOfWork, version_ids: Iterable[str]) -> int:
    """Empty drafts and return how many rows went; a published version keeps its rows whoever asks."""
    drafts = select(PlanVersion.id).where(
        PlanVersion.state == VersionState.DRAFT, PlanVersion.id.in_(list(version_ids))
    )
    return bulk.delete(unit, Assignment, {"version_id": unit.session.scalars(drafts).all()})
