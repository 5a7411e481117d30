"""Reads of a checkpoint's visits: what was drawn, who was planned, who came."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql import ColumnElement

from patrol_desk.models import (
    Assignment,
    Attendance,
    AttendanceState,
    PlanVersion,
    ShiftPattern,
    Squad,
    SquadMembership,
    VersionState,
    VisitDraw,
)


class PatternLine(NamedTuple):
    """A shift pattern, in force or not; minutes."""

    id: str
    name: str
    start_minute: int
    length_minutes: int


class CameLine(NamedTuple):
    """So many people of a squad, or of none, whose attendance of a shift has a state."""

    on_date: date
    pattern_id: str
    state: AttendanceState
    squad: str | None
    heads: int


class PlannedLine(NamedTuple):
    """So many people of a squad, or of none, whom a version plans for a shift."""

    on_date: date
    pattern_id: str
    state: VersionState
    squad: str | None
    heads: int


def shift_lines(session: Session) -> dict[str, PatternLine]:
    """Return every shift pattern by its id, those too that are no longer in force."""
    rows = session.execute(
        select(ShiftPattern.id, ShiftPattern.name, ShiftPattern.start_minute, ShiftPattern.length_minutes)
    )
    return {row[0]: PatternLine(*row) for row in rows}


def drawn_at(session: Session, checkpoint_id: str, first: date) -> set[tuple[date, str]]:
    """Return day and pattern of the visits drawn for a checkpoint from a day on."""
    rows = session.execute(
        select(VisitDraw.on_date, VisitDraw.pattern_id).where(
            VisitDraw.checkpoint_id == checkpoint_id, VisitDraw.on_date >= first, VisitDraw.ended_on.is_(None)
        )
    )
    return {(row[0], row[1]) for row in rows}


def came_to(session: Session, checkpoint_id: str, first: date) -> list[CameLine]:
    """Return the attendance at a checkpoint from a day on, by shift, state and the squad of that day."""
    rows = session.execute(
        select(Attendance.on_date, Attendance.pattern_id, Attendance.state, Squad.name, func.count(Attendance.id))
        .outerjoin(SquadMembership, _member(Attendance.person_id, Attendance.on_date))
        .outerjoin(Squad, Squad.id == SquadMembership.squad_id)
        .where(Attendance.checkpoint_id == checkpoint_id, Attendance.on_date >= first)
        .where(Attendance.ended_on.is_(None))
        .group_by(Attendance.on_date, Attendance.pattern_id, Attendance.state, Squad.name)
        .order_by(Attendance.on_date, func.count(Attendance.id).desc(), Squad.name)
    )
    return [CameLine(*row) for row in rows]


def planned_at(session: Session, checkpoint_id: str, first: date) -> list[PlannedLine]:
    """Return whom versions in force and drafts plan for a checkpoint from a day on, by shift and squad of that day."""
    rows = session.execute(
        select(Assignment.on_date, Assignment.pattern_id, PlanVersion.state, Squad.name, func.count(Assignment.id))
        .join(PlanVersion, PlanVersion.id == Assignment.version_id)
        .outerjoin(SquadMembership, _member(Assignment.person_id, Assignment.on_date))
        .outerjoin(Squad, Squad.id == SquadMembership.squad_id)
        .where(PlanVersion.state.in_((VersionState.PUBLISHED, VersionState.DRAFT)))
        .where(Assignment.checkpoint_id == checkpoint_id, Assignment.on_date >= first)
        .group_by(Assignment.on_date, Assignment.pattern_id, PlanVersion.state, Squad.name)
        .order_by(Assignment.on_date, func.count(Assignment.id).desc(), Squad.name)
    )
    return [PlannedLine(*row) for row in rows]


def noted_since(session: Session, first: date) -> date | None:
    """Return the earliest day, not before another, of which the station noted anybody's attendance."""
    return session.scalar(
        select(func.min(Attendance.on_date)).where(Attendance.on_date >= first, Attendance.ended_on.is_(None))
    )


def _member(person: InstrumentedAttribute[str], day: InstrumentedAttribute[date]) -> ColumnElement[bool]:
    """Return what joins somebody to the squad in which they are on a day."""
    return and_(
        SquadMembership.person_id == person,
        SquadMembership.from_on <= day,
        SquadMembership.until_on.is_(None) | (SquadMembership.until_on >= day),
        SquadMembership.ended_on.is_(None),
    )
