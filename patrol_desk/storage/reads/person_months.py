"""Reads of what one person served and was planned for, with what tells the class of each duty."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from patrol_desk.models import (
    Assignment,
    Attendance,
    AttendanceState,
    Holiday,
    HolidayKind,
    PlanVersion,
    ResponseTeam,
    ShiftPattern,
    TeamMembership,
    VersionState,
)
from patrol_desk.storage.reads.people import MembershipRow


class MonthDuty(NamedTuple):
    """One duty: by attendance with its state, or as published without one."""

    on_date: date
    pattern_id: str
    night: bool
    state: AttendanceState | None
    minutes: int


def served_since(session: Session, person_id: str, first: date) -> list[MonthDuty]:
    """Return one person's attendance from a day on."""
    rows = session.execute(
        select(Attendance.on_date, Attendance.pattern_id, ShiftPattern.night, Attendance.state, Attendance.minutes)
        .join(ShiftPattern, ShiftPattern.id == Attendance.pattern_id)
        .where(Attendance.person_id == person_id, Attendance.on_date >= first, Attendance.ended_on.is_(None))
    )
    return [MonthDuty(*row) for row in rows]


def published_since(session: Session, person_id: str, first: date) -> list[MonthDuty]:
    """Return one person's duties in the versions in force from a day on."""
    rows = session.execute(
        select(Assignment.on_date, Assignment.pattern_id, ShiftPattern.night, ShiftPattern.length_minutes)
        .join(ShiftPattern, ShiftPattern.id == Assignment.pattern_id)
        .join(PlanVersion, PlanVersion.id == Assignment.version_id)
        .where(PlanVersion.state == VersionState.PUBLISHED)
        .where(Assignment.person_id == person_id, Assignment.on_date >= first)
    )
    return [MonthDuty(row[0], row[1], bool(row[2]), None, row[3]) for row in rows]


def teams_of(session: Session, person_id: str) -> list[MembershipRow]:
    """Return one person's time in response teams, the latest first."""
    rows = session.execute(
        select(
            ResponseTeam.code, ResponseTeam.name, TeamMembership.role, TeamMembership.from_on, TeamMembership.until_on
        )
        .join(ResponseTeam, ResponseTeam.id == TeamMembership.team_id)
        .where(TeamMembership.person_id == person_id, TeamMembership.ended_on.is_(None))
        .order_by(TeamMembership.from_on.desc())
    )
    return [MembershipRow(*row) for row in rows]


def holidays(session: Session) -> dict[date, HolidayKind]:
    """Return every holiday and make-up workday."""
    rows = session.execute(select(Holiday.on_date, Holiday.kind).where(Holiday.ended_on.is_(None)))
    return {row[0]: row[1] for row in rows}
