"""Reads for squads and response teams: the groups, who is in them, and what their communities need."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from patrol_desk.models import (
    Assignment,
    Attendance,
    Certificate,
    Checkpoint,
    CheckpointStatus,
    Community,
    Demand,
    MusterPoint,
    Organisation,
    Person,
    ResponseTeam,
    ShiftPattern,
    Skill,
    Squad,
    SquadMembership,
    SquadRole,
    TeamMembership,
)
from patrol_desk.storage.reads.people import newest_version
from patrol_desk.storage.reads.planning import SERVED


class GroupRow(NamedTuple):
    """A squad or response team in force; its place is a community or a muster point."""

    id: str
    row_version: int
    code: str
    name: str
    strength: int | None
    place_id: str | None
    place: str | None
    organisation_id: str | None
    organisation: str | None
    lon: float | None
    lat: float | None


class MemberRow(NamedTuple):
    """Somebody who is in a group on a day."""

    person_id: str
    group_id: str
    role: SquadRole
    from_on: date


class AbleRow(NamedTuple):
    """What of a person counts for a group."""

    id: str
    name: str
    weekly_cap: int
    joined_on: date | None
    home_lon: float | None
    home_lat: float | None


class SeatsRow(NamedTuple):
    """Seats a week of one kind in a community: of a skill, a leader, anybody; by night or by day."""

    community_id: str
    skill_id: str | None
    leader: bool
    night: bool
    seats: int


class HeldRow(NamedTuple):
    """Seats of one kind that a person holds in a week's plan."""

    person_id: str
    skill_id: str | None
    leader: bool
    night: bool
    seats: int


class ChangeRow(NamedTuple):
    """A stay in a group, by the person's name."""

    person_id: str
    name: str
    role: SquadRole
    from_on: date
    until_on: date | None


def squads(session: Session) -> list[GroupRow]:
    """Return the squads in force by code."""
    rows = session.execute(
        select(
            Squad.id, Squad.row_version, Squad.code, Squad.name, Squad.strength, Squad.community_id, Community.name,
            Squad.organisation_id, Organisation.name, Squad.base_lon, Squad.base_lat,
        )
        .outerjoin(Community, Community.id == Squad.community_id)
        .outerjoin(Organisation, Organisation.id == Squad.organisation_id)
        .where(Squad.ended_on.is_(None))
        .order_by(Squad.code)
    )  # fmt: skip
    return [GroupRow(*row) for row in rows]


def teams(session: Session) -> list[GroupRow]:
    """Return the response teams in force by code."""
    rows = session.execute(
        select(
            ResponseTeam.id, ResponseTeam.row_version, ResponseTeam.code, ResponseTeam.name, ResponseTeam.strength,
            ResponseTeam.muster_point_id, MusterPoint.name, MusterPoint.lon, MusterPoint.lat,
        )
        .outerjoin(MusterPoint, MusterPoint.id == ResponseTeam.muster_point_id)
        .where(ResponseTeam.ended_on.is_(None))
        .order_by(ResponseTeam.code)
    )  # fmt: skip
    return [GroupRow(*row[:7], None, None, *row[7:]) for row in rows]


def squad_members(session: Session, day: date) -> list[MemberRow]:
    """Return who is in a squad on the day."""
    row = SquadMembership
    query = select(row.person_id, row.squad_id, row.role, row.from_on).where(_holds(row, day))
    return [MemberRow(*found) for found in session.execute(query)]


def team_members(session: Session, day: date) -> list[MemberRow]:
    """Return who is in a response team on the day."""
    row = TeamMembership
    query = select(row.person_id, row.team_id, row.role, row.from_on).where(_holds(row, day))
    return [MemberRow(*found) for found in session.execute(query)]


def able(session: Session) -> list[AbleRow]:
    """Return what counts of everybody who is not retired."""
    columns = Person.__table__.c
    query = select(*(columns[name] for name in AbleRow._fields)).where(Person.ended_on.is_(None))
    return [AbleRow(*row) for row in session.execute(query)]


def seats_by_community(session: Session) -> list[SeatsRow]:
    """Return the least seats a week of active checkpoints, less what a neighbouring town holds."""
    query = (
        select(
            Checkpoint.community_id, Demand.skill_id, Demand.leader, ShiftPattern.night,
            func.sum(Demand.minimum - Demand.held),
        )
        .join(Demand, Demand.checkpoint_id == Checkpoint.id)
        .join(ShiftPattern, ShiftPattern.id == Demand.pattern_id)
        .where(Checkpoint.status == CheckpointStatus.ACTIVE, Checkpoint.ended_on.is_(None))
        .where(Demand.ended_on.is_(None), Checkpoint.community_id.is_not(None))
        .group_by(Checkpoint.community_id, Demand.skill_id, Demand.leader, ShiftPattern.night)
    )  # fmt: skip
    return [SeatsRow(str(row[0]), row[1], bool(row[2]), bool(row[3]), int(row[4])) for row in session.execute(query)]


def seats_held(session: Session, week: str) -> list[HeldRow]:
    """Return the seats that people hold in the newest version of a week's plan."""
    version = newest_version(session, week)
    if version is None:
        return []
    query = (
        select(Assignment.person_id, Assignment.skill_id, Assignment.leader, ShiftPattern.night, func.count())
        .join(ShiftPattern, ShiftPattern.id == Assignment.pattern_id)
        .where(Assignment.version_id == version[0])
        .group_by(Assignment.person_id, Assignment.skill_id, Assignment.leader, ShiftPattern.night)
    )
    return [HeldRow(row[0], row[1], bool(row[2]), bool(row[3]), int(row[4])) for row in session.execute(query)]


def usual_places(session: Session, people: Collection[str], first: date, last: date, most: int) -> list[str]:
    """Return the checkpoints at which these people served most on the days."""
    query = (
        select(Checkpoint.short_name, func.count())
        .join(Attendance, Attendance.checkpoint_id == Checkpoint.id)
        .where(Attendance.person_id.in_(people), Attendance.on_date >= first, Attendance.on_date <= last)
        .where(Attendance.state.in_(SERVED), Attendance.ended_on.is_(None))
        .group_by(Checkpoint.id, Checkpoint.short_name)
        .order_by(func.count().desc(), Checkpoint.short_name)
        .limit(most)
    )
    return [row[0] for row in session.execute(query)]


def squad_stays(session: Session, squad_id: str) -> list[ChangeRow]:
    """Return every stay in a squad, the latest first."""
    row = SquadMembership
    return _stays(session, row, row.squad_id == squad_id)


def team_stays(session: Session, team_id: str) -> list[ChangeRow]:
    """Return every stay in a response team, the latest first."""
    row = TeamMembership
    return _stays(session, row, row.team_id == team_id)


def certificates_of(session: Session, people: Collection[str]) -> list[tuple[str, str, str, date | None]]:
    """Return (person id, skill, skill code, last day) of these people's certificates, the soonest to run out first."""
    rows = session.execute(
        select(Certificate.person_id, Skill.name, Skill.code, Certificate.expires_on)
        .join(Skill, Skill.id == Certificate.skill_id)
        .where(Certificate.person_id.in_(people), Certificate.ended_on.is_(None))
        .order_by(Certificate.expires_on.is_(None), Certificate.expires_on, Skill.code)
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def _holds(row: type[SquadMembership] | type[TeamMembership], day: date) -> ColumnElement[bool]:
    return row.ended_on.is_(None) & (row.from_on <= day) & or_(row.until_on.is_(None), row.until_on >= day)


def _stays(
    session: Session, row: type[SquadMembership] | type[TeamMembership], of: ColumnElement[bool]
) -> list[ChangeRow]:
    found = session.execute(
        select(row.person_id, Person.name, row.role, row.from_on, row.until_on)
        .join(Person, Person.id == row.person_id)
        .where(of, row.ended_on.is_(None))
        .order_by(row.from_on.desc(), Person.code)
    )
    return [ChangeRow(*each) for each in found]
