"""Reads for the day's page: few, narrow, and quick enough to be the first thing painted at a start."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from patrol_desk.common.weeks import Week
from patrol_desk.models import (
    Assignment,
    Attendance,
    AttendanceState,
    Certificate,
    Checkpoint,
    CheckpointStatus,
    Community,
    HandoverNote,
    Leave,
    Person,
    PersonPause,
    PersonStatus,
    Plan,
    PlanVersion,
    ShiftPattern,
    Skill,
    Squad,
    SquadMembership,
    SquadRole,
    VersionState,
)
from patrol_desk.storage.reads.pauses import paused_throughout
from patrol_desk.storage.reads.rows import PatternRow


class PlaceRow(NamedTuple):
    """A checkpoint, with the code and name of its community."""

    id: str
    code: str
    name: str
    community_code: str | None
    community: str | None


class VersionRow(NamedTuple):
    """A version of a week's plan."""

    id: str
    week: str
    number: int
    state: VersionState


class CountRow(NamedTuple):
    """How many hold one kind of seat of one shift at a checkpoint."""

    checkpoint_id: str
    pattern_id: str
    on_date: date
    skill_id: str | None
    leader: bool
    heads: int


class DutyRow(NamedTuple):
    """Who stands where in one shift, with squad and role on that day."""

    checkpoint_id: str
    pattern_id: str
    on_date: date
    leader: bool
    person_id: str
    name: str
    squad_id: str | None
    role: SquadRole | None


class NamedRow(NamedTuple):
    """A person by id and name."""

    id: str
    name: str


class ExpiryRow(NamedTuple):
    """A certificate that runs out."""

    person_id: str
    name: str
    skill: str
    expires_on: date | None


class AwayRow(NamedTuple):
    """A duty of somebody who is on leave that day."""

    person_id: str
    name: str
    checkpoint_id: str
    pattern_id: str
    on_date: date


def patterns(session: Session) -> list[PatternRow]:
    """Return the shift patterns in force, by start."""
    columns = ShiftPattern.__table__.c
    rows = session.connection().execute(
        select(*(columns[name] for name in PatternRow._fields))
        .where(columns["ended_on"].is_(None))
        .order_by(columns["start_minute"], columns["code"])
    )
    return [PatternRow(*row) for row in rows]


def versions(session: Session, weeks: Collection[Week]) -> list[VersionRow]:
    """Return the versions of the weeks, newest first."""
    rows = session.connection().execute(
        select(PlanVersion.id, Plan.week, PlanVersion.number, PlanVersion.state)
        .join(Plan, Plan.id == PlanVersion.plan_id)
        .where(Plan.week.in_([str(week) for week in weeks]))
        .order_by(PlanVersion.number.desc())
    )
    return [VersionRow(*row) for row in rows]


def places(session: Session, include: Collection[str] = ()) -> list[PlaceRow]:
    """Return the checkpoints in force, and those asked for; by community, those without one last, then by code."""
    active = and_(Checkpoint.ended_on.is_(None), Checkpoint.status == CheckpointStatus.ACTIVE)
    rows = session.connection().execute(
        select(Checkpoint.id, Checkpoint.code, Checkpoint.name, Community.code, Community.name)
        .outerjoin(Community, Community.id == Checkpoint.community_id)
        .where(or_(active, Checkpoint.id.in_(include)) if include else active)
    )
    found = [PlaceRow(*row) for row in rows]
    return sorted(found, key=lambda row: (row.community_code is None, row.community_code or "", row.code))


def skill_names(session: Session) -> dict[str, str]:
    """Return id → name of every skill."""
    return dict(session.connection().execute(select(Skill.id, Skill.name)).all())


def counts(session: Session, version_ids: Collection[str], first: date, last: date) -> list[CountRow]:
    """Return the heads of the versions on the days, per kind of seat."""
    keys = (
        Assignment.checkpoint_id,
        Assignment.pattern_id,
        Assignment.on_date,
        Assignment.skill_id,
        Assignment.leader,
    )
    rows = session.connection().execute(
        select(*keys, func.count())
        .where(Assignment.version_id.in_(version_ids), Assignment.on_date >= first, Assignment.on_date <= last)
        .group_by(*keys)
    )
    return [CountRow(*row) for row in rows]


def duties(session: Session, version_ids: Collection[str], shifts: Sequence[tuple[str, date]]) -> list[DutyRow]:
    """Return who stands where in the shifts, each a pattern and a day: leaders first, then by name."""
    if not shifts:
        return []
    wanted = or_(*(and_(Assignment.pattern_id == pattern, Assignment.on_date == day) for pattern, day in shifts))
    member = and_(
        SquadMembership.person_id == Assignment.person_id,
        SquadMembership.ended_on.is_(None),
        SquadMembership.from_on <= Assignment.on_date,
        or_(SquadMembership.until_on.is_(None), SquadMembership.until_on >= Assignment.on_date),
    )
    rows = session.connection().execute(
        select(
            Assignment.checkpoint_id,
            Assignment.pattern_id,
            Assignment.on_date,
            Assignment.leader,
            Assignment.person_id,
            Person.name,
            SquadMembership.squad_id,
            SquadMembership.role,
        )
        .join(Person, Person.id == Assignment.person_id)
        .outerjoin(SquadMembership, member)
        .where(Assignment.version_id.in_(version_ids), wanted)
        .order_by(Assignment.leader.desc(), Assignment.person_id, SquadMembership.from_on)
    )
    found: dict[tuple[str, str, date, str], DutyRow] = {}
    for row in rows:
        duty = DutyRow(*row)
        found[duty.checkpoint_id, duty.pattern_id, duty.on_date, duty.person_id] = duty
    return list(found.values())


def marks(session: Session, shifts: Sequence[tuple[str, date]]) -> dict[tuple[str, str, date], AttendanceState]:
    """Return (person, pattern, day) → what attendance says of the shifts."""
    if not shifts:
        return {}
    wanted = or_(*(and_(Attendance.pattern_id == pattern, Attendance.on_date == day) for pattern, day in shifts))
    rows = session.connection().execute(
        select(Attendance.person_id, Attendance.pattern_id, Attendance.on_date, Attendance.state).where(
            Attendance.ended_on.is_(None), wanted
        )
    )
    return {(person, pattern, day): state for person, pattern, day, state in rows}


def squads(session: Session) -> list[tuple[str, str, str | None]]:
    """Return (id, name, community id) of the squads in force, by code: colours follow this order."""
    rows = session.connection().execute(
        select(Squad.id, Squad.name, Squad.community_id).where(Squad.ended_on.is_(None)).order_by(Squad.code)
    )
    return [(squad, name, community) for squad, name, community in rows]


def expiring(session: Session, first: date, last: date) -> list[ExpiryRow]:
    """Return the certificates of active people whose last day lies between two days, the earliest first."""
    rows = session.connection().execute(
        select(Certificate.person_id, Person.name, Skill.name, Certificate.expires_on)
        .join(Person, Person.id == Certificate.person_id)
        .join(Skill, Skill.id == Certificate.skill_id)
        .where(Certificate.ended_on.is_(None), Certificate.expires_on >= first, Certificate.expires_on <= last)
        .where(Person.ended_on.is_(None), Person.status == PersonStatus.ACTIVE)
        .order_by(Certificate.expires_on, Person.code)
    )
    return [ExpiryRow(*row) for row in rows]


def on_books(session: Session, people: Collection[str]) -> list[NamedRow]:
    """Return id and name of those of these people who are not retired, by code."""
    rows = session.execute(
        select(Person.id, Person.name)
        .where(Person.ended_on.is_(None), Person.status != PersonStatus.INACTIVE)
        .order_by(Person.code)
    )
    wanted = set(people)
    return [NamedRow(*row) for row in rows if row[0] in wanted]


def away(session: Session, version_ids: Collection[str], first: date, last: date) -> list[AwayRow]:
    """Return the duties on the days of people who are on leave or paused then, by day."""
    leave = (
        select(Leave.id)
        .where(Leave.person_id == Assignment.person_id, Leave.ended_on.is_(None))
        .where(Leave.first_on <= Assignment.on_date, Leave.last_on >= Assignment.on_date)
    )
    pause = select(PersonPause.id).where(
        PersonPause.person_id == Assignment.person_id, paused_throughout(Assignment.on_date, Assignment.on_date)
    )
    rows = session.connection().execute(
        select(
            Assignment.person_id,
            Person.name,
            Assignment.checkpoint_id,
            Assignment.pattern_id,
            Assignment.on_date,
        )
        .join(Person, Person.id == Assignment.person_id)
        .where(Assignment.version_id.in_(version_ids), Assignment.on_date >= first, Assignment.on_date <= last)
        .where(or_(leave.exists(), pause.exists()))
        .order_by(Assignment.on_date, Assignment.id)
    )
    return [AwayRow(*row) for row in rows]


def differing(session: Session, one: str, other: str) -> int:
    """Return how many changes lead from one version to another; a person's lost and won duties pair up as moves."""
    keys = (Assignment.person_id, Assignment.checkpoint_id, Assignment.pattern_id, Assignment.on_date)
    connection = session.connection()
    before, after = (
        {tuple(row) for row in connection.execute(select(*keys).where(Assignment.version_id == version))}
        for version in (one, other)
    )
    lost, won = (Counter(person for person, *_ in part) for part in (before - after, after - before))
    return (lost | won).total()


def notes(session: Session, limit: int) -> list[HandoverNote]:
    """Return the handover notes: the open ones first, then those done, each newest first."""
    return list(
        session.scalars(
            select(HandoverNote)
            .where(HandoverNote.ended_on.is_(None))
            .order_by(HandoverNote.done_at.is_not(None), HandoverNote.at.desc(), HandoverNote.id.desc())
            .limit(limit)
        )
    )
