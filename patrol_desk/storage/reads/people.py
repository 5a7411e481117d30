"""Reads for the page of people: everybody in one pass per table, and one person in full."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from patrol_desk.models import (
    ActivityClass,
    Assignment,
    Attendance,
    AttendanceState,
    Availability,
    Certificate,
    Checkpoint,
    Community,
    Force,
    GridCell,
    Leave,
    LeaveReason,
    MusterPoint,
    Organisation,
    Person,
    PersonStatus,
    Plan,
    PlanVersion,
    ResponseTeam,
    ShiftPattern,
    Skill,
    Squad,
    SquadMembership,
    SquadRole,
    TeamMembership,
    VersionState,
)
from patrol_desk.storage.reads.planning import SERVED
from patrol_desk.storage.reads.rows import AvailabilityRow, PatternRow, SkillRow

Only = Collection[str] | None
"""Ids of the people asked about; None for everybody."""


class NamedRow(NamedTuple):
    """A record one can choose: a community, grid cell or organisation."""

    id: str
    code: str
    name: str
    ended_on: date | None


class SquadRow(NamedTuple):
    """A squad and its community."""

    id: str
    code: str
    name: str
    ended_on: date | None
    community_id: str | None


class PersonRow(NamedTuple):
    """A person as the list of people needs one."""

    id: str
    code: str
    name: str
    force: Force
    status: PersonStatus
    status_on: date | None
    activity_class: ActivityClass
    phone: str | None
    weekly_cap: int
    ended_on: date | None


class MembershipRow(NamedTuple):
    """A person's time in a squad or response team, by the group's name."""

    code: str
    name: str
    role: SquadRole
    from_on: date
    until_on: date | None


class CertificateRow(NamedTuple):
    """A person's proof of a skill."""

    id: str
    row_version: int
    skill_id: str
    skill: str
    mark: str
    skill_code: str
    number: str
    issued_on: date | None
    expires_on: date | None


class LeaveRow(NamedTuple):
    """A person's leave; both days included."""

    id: str
    row_version: int
    first_on: date
    last_on: date
    reason: LeaveReason


class DutyRow(NamedTuple):
    """A planned duty in words."""

    on_date: date
    pattern_id: str
    checkpoint: str
    state: VersionState


class ServedRow(NamedTuple):
    """A past duty and what became of it."""

    on_date: date
    pattern_id: str
    checkpoint: str
    state: AttendanceState
    minutes: int


def everybody(session: Session, only: Only = None) -> list[PersonRow]:
    """Return all people, or some, retired ones too, by code."""
    columns = Person.__table__.c
    query = select(*(columns[name] for name in PersonRow._fields)).where(_among(Person.id, only)).order_by(Person.code)
    return [PersonRow(*row) for row in session.execute(query)]


def squads(session: Session) -> list[SquadRow]:
    """Return all squads, ended ones too, by code."""
    rows = session.execute(
        select(Squad.id, Squad.code, Squad.name, Squad.ended_on, Squad.community_id).order_by(Squad.code)
    )
    return [SquadRow(*row) for row in rows]


def communities(session: Session) -> list[NamedRow]:
    """Return all communities by code."""
    return _named(session, Community)


def grid_cells(session: Session) -> list[NamedRow]:
    """Return all grid cells by code."""
    return _named(session, GridCell)


def organisations(session: Session) -> list[NamedRow]:
    """Return all organisations by code."""
    return _named(session, Organisation)


def muster_points(session: Session) -> list[NamedRow]:
    """Return all muster points by code."""
    return _named(session, MusterPoint)


def teams(session: Session) -> list[NamedRow]:
    """Return all response teams by code."""
    return _named(session, ResponseTeam)


def patterns(session: Session) -> list[PatternRow]:
    """Return the shift patterns in force in the order of the day."""
    columns = ShiftPattern.__table__.c
    rows = session.execute(
        select(*(columns[name] for name in PatternRow._fields))
        .where(ShiftPattern.ended_on.is_(None))
        .order_by(ShiftPattern.start_minute, ShiftPattern.code)
    )
    return [PatternRow(*row) for row in rows]


def skills(session: Session) -> list[SkillRow]:
    """Return the skills in force, by code."""
    columns = Skill.__table__.c
    rows = session.execute(
        select(*(columns[name] for name in SkillRow._fields)).where(Skill.ended_on.is_(None)).order_by(Skill.code)
    )
    return [SkillRow(*row) for row in rows]


def members_on(session: Session, day: date, only: Only = None) -> list[tuple[str, str, SquadRole]]:
    """Return (person id, squad id, role) of everybody who is in a squad on the day."""
    return [
        (row[0], row[1], row[2])
        for row in session.execute(
            select(SquadMembership.person_id, SquadMembership.squad_id, SquadMembership.role)
            .where(
                SquadMembership.ended_on.is_(None),
                SquadMembership.from_on <= day,
                _among(SquadMembership.person_id, only),
            )
            .where(or_(SquadMembership.until_on.is_(None), SquadMembership.until_on >= day))
        )
    ]


def in_teams_on(session: Session, day: date, only: Only = None) -> list[tuple[str, str, str]]:
    """Return (person id, response team's id, its name) of everybody who is in a response team on the day."""
    return [
        (row[0], row[1], row[2])
        for row in session.execute(
            select(TeamMembership.person_id, ResponseTeam.id, ResponseTeam.name)
            .join(ResponseTeam, ResponseTeam.id == TeamMembership.team_id)
            .where(
                TeamMembership.ended_on.is_(None), TeamMembership.from_on <= day, _among(TeamMembership.person_id, only)
            )
            .where(or_(TeamMembership.until_on.is_(None), TeamMembership.until_on >= day))
        )
    ]


def certificates(session: Session, only: Only = None) -> list[tuple[str, str, date | None, date | None]]:
    """Return (person id, skill id, issued on, expires on) of all certificates, by skill code."""
    return [
        (row[0], row[1], row[2], row[3])
        for row in session.execute(
            select(Certificate.person_id, Certificate.skill_id, Certificate.issued_on, Certificate.expires_on)
            .join(Skill, Skill.id == Certificate.skill_id)
            .where(Certificate.ended_on.is_(None), _among(Certificate.person_id, only))
            .order_by(Skill.code)
        )
    ]


def availability(session: Session, only: Only = None) -> list[AvailabilityRow]:
    """Return people's availability."""
    columns = Availability.__table__.c
    rows = session.execute(
        select(*(columns[name] for name in AvailabilityRow._fields)).where(
            Availability.ended_on.is_(None), _among(Availability.person_id, only)
        )
    )
    return [AvailabilityRow(*row) for row in rows]


def minutes_between(session: Session, first: date, last: date, only: Only = None) -> dict[str, int]:
    """Return person id → minutes served on the days, by attendance."""
    return {
        row[0]: row[1]
        for row in session.execute(
            select(Attendance.person_id, func.sum(Attendance.minutes))
            .where(Attendance.on_date >= first, Attendance.on_date <= last)
            .where(Attendance.state.in_(SERVED), Attendance.ended_on.is_(None), _among(Attendance.person_id, only))
            .group_by(Attendance.person_id)
        )
    }


def minutes_by_day(session: Session, people: Collection[str], first: date, last: date) -> list[tuple[str, date, int]]:
    """Return (person id, day, minutes served) of these people on the days; at most a few hundred people."""
    return [
        (row[0], row[1], row[2])
        for row in session.execute(
            select(Attendance.person_id, Attendance.on_date, Attendance.minutes)
            .where(Attendance.person_id.in_(people), Attendance.on_date >= first, Attendance.on_date <= last)
            .where(Attendance.state.in_(SERVED), Attendance.ended_on.is_(None))
        )
    ]


def duty_counts(session: Session, week: str, only: Only = None) -> dict[str, int]:
    """Return person id → duties in the newest version of a week's plan."""
    version = newest_version(session, week)
    if version is None:
        return {}
    return {
        row[0]: row[1]
        for row in session.execute(
            select(Assignment.person_id, func.count())
            .where(Assignment.version_id == version[0], _among(Assignment.person_id, only))
            .group_by(Assignment.person_id)
        )
    }


def leave_since(session: Session, first: date, last: date, only: Only = None) -> list[tuple[str, date, date]]:
    """Return (person id, first day, last day) of leave that touches the days, the latest first."""
    return [
        (row[0], row[1], row[2])
        for row in session.execute(
            select(Leave.person_id, Leave.first_on, Leave.last_on)
            .where(Leave.ended_on.is_(None), Leave.last_on >= first, Leave.first_on <= last)
            .where(_among(Leave.person_id, only))
            .order_by(Leave.first_on.desc())
        )
    ]


def certificates_of(session: Session, person_id: str) -> list[CertificateRow]:
    """Return one person's certificates, by skill code."""
    rows = session.execute(
        select(
            Certificate.id, Certificate.row_version, Skill.id, Skill.name, Skill.mark, Skill.code,
            Certificate.number, Certificate.issued_on, Certificate.expires_on,
        )
        .join(Skill, Skill.id == Certificate.skill_id)
        .where(Certificate.person_id == person_id, Certificate.ended_on.is_(None))
        .order_by(Skill.code)
    )  # fmt: skip
    return [CertificateRow(*row) for row in rows]


def leave_of(session: Session, person_id: str) -> list[LeaveRow]:
    """Return one person's leave, the latest first."""
    rows = session.execute(
        select(Leave.id, Leave.row_version, Leave.first_on, Leave.last_on, Leave.reason)
        .where(Leave.person_id == person_id, Leave.ended_on.is_(None))
        .order_by(Leave.first_on.desc())
    )
    return [LeaveRow(*row) for row in rows]


def memberships_of(session: Session, person_id: str) -> list[MembershipRow]:
    """Return one person's time in squads, the latest first."""
    rows = session.execute(
        select(Squad.code, Squad.name, SquadMembership.role, SquadMembership.from_on, SquadMembership.until_on)
        .join(Squad, Squad.id == SquadMembership.squad_id)
        .where(SquadMembership.person_id == person_id, SquadMembership.ended_on.is_(None))
        .order_by(SquadMembership.from_on.desc())
    )
    return [MembershipRow(*row) for row in rows]


def duties_of(session: Session, person_id: str, week: str) -> list[DutyRow]:
    """Return one person's duties in the newest version of a week's plan, in order."""
    version = newest_version(session, week)
    if version is None:
        return []
    rows = session.execute(
        select(Assignment.on_date, Assignment.pattern_id, Checkpoint.name)
        .join(Checkpoint, Checkpoint.id == Assignment.checkpoint_id)
        .join(ShiftPattern, ShiftPattern.id == Assignment.pattern_id)
        .where(Assignment.version_id == version[0], Assignment.person_id == person_id)
        .order_by(Assignment.on_date, ShiftPattern.start_minute)
    )
    return [DutyRow(row[0], row[1], row[2], version[1]) for row in rows]


def served_of(session: Session, person_id: str, most: int) -> list[ServedRow]:
    """Return one person's last duties by attendance, the latest first."""
    rows = session.execute(
        select(Attendance.on_date, Attendance.pattern_id, Checkpoint.name, Attendance.state, Attendance.minutes)
        .join(Checkpoint, Checkpoint.id == Attendance.checkpoint_id)
        .where(Attendance.person_id == person_id, Attendance.ended_on.is_(None))
        .order_by(Attendance.on_date.desc())
        .limit(most)
    )
    return [ServedRow(*row) for row in rows]


def _among(column: InstrumentedAttribute[str], only: Only) -> ColumnElement[bool]:
    return true() if only is None else column.in_(only)


def _named(
    session: Session, model: type[Community | GridCell | MusterPoint | Organisation | ResponseTeam]
) -> list[NamedRow]:
    rows = session.execute(select(model.id, model.code, model.name, model.ended_on).order_by(model.code))
    return [NamedRow(*row) for row in rows]


def newest_version(session: Session, week: str) -> tuple[str, VersionState] | None:
    """Return id and state of the newest version of a week's plan; None without a plan."""
    row = session.execute(
        select(PlanVersion.id, PlanVersion.state)
        .join(Plan, Plan.id == PlanVersion.plan_id)
        .where(Plan.week == week)
        .order_by(PlanVersion.number.desc())
        .limit(1)
    ).first()
    return None if row is None else (row[0], row[1])
