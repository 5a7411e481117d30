"""Reads for find-anything: the names of everything, in parts, so that no other thread waits long."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from patrol_desk.models import (
    Assignment,
    Certificate,
    Checkpoint,
    CheckpointKind,
    CheckpointStatus,
    Community,
    EquipmentItem,
    Leave,
    MusterPoint,
    Person,
    PersonStatus,
    ResponseTeam,
    ShiftPattern,
    Skill,
    Squad,
    SquadMembership,
    SquadRole,
    TeamMembership,
)

PART = 400
"""Rows taken at a time."""


class NamedPerson(NamedTuple):
    """A person as found."""

    id: str
    code: str
    name: str
    phone: str | None
    status: PersonStatus


class NamedPlace(NamedTuple):
    """A checkpoint with its community."""

    id: str
    code: str
    name: str
    address: str
    kind: CheckpointKind
    status: CheckpointStatus
    first_on: date | None
    last_on: date | None
    community: str | None


class NamedGroup(NamedTuple):
    """A squad, response team or muster point; `place` is the muster point's or community's name, `place_id` its id."""

    id: str
    code: str
    name: str
    place: str | None
    place_id: str | None


class Membership(NamedTuple):
    """Who is in which squad or team."""

    person_id: str
    group_id: str
    role: SquadRole


def people(session: Session, ids: Collection[str] | None = None) -> Iterator[list[NamedPerson]]:
    """Yield the people who are not retired, or those of the ids, in parts."""
    columns = Person.__table__.c
    query = select(*(columns[name] for name in NamedPerson._fields)).where(columns["ended_on"].is_(None))
    if ids is not None:
        query = query.where(columns["id"].in_(ids))
    result = session.connection().execute(query)
    while rows := result.fetchmany(PART):
        yield [NamedPerson(*row) for row in rows]


def checkpoints(session: Session) -> list[NamedPlace]:
    """Return the checkpoints that are not retired, by code."""
    rows = session.connection().execute(
        select(
            Checkpoint.id,
            Checkpoint.code,
            Checkpoint.name,
            Checkpoint.address,
            Checkpoint.kind,
            Checkpoint.status,
            Checkpoint.first_on,
            Checkpoint.last_on,
            Community.name,
        )
        .outerjoin(Community, Community.id == Checkpoint.community_id)
        .where(Checkpoint.ended_on.is_(None))
        .order_by(Checkpoint.code)
    )
    return [NamedPlace(*row) for row in rows]


def squads(session: Session) -> list[NamedGroup]:
    """Return the squads in force, by code: colours follow this order."""
    rows = session.connection().execute(
        select(Squad.id, Squad.code, Squad.name, Community.name, Squad.community_id)
        .outerjoin(Community, Community.id == Squad.community_id)
        .where(Squad.ended_on.is_(None))
        .order_by(Squad.code)
    )
    return [NamedGroup(*row) for row in rows]


def teams(session: Session) -> list[NamedGroup]:
    """Return the response teams in force, by code."""
    rows = session.connection().execute(
        select(ResponseTeam.id, ResponseTeam.code, ResponseTeam.name, MusterPoint.name, MusterPoint.id)
        .outerjoin(MusterPoint, MusterPoint.id == ResponseTeam.muster_point_id)
        .where(ResponseTeam.ended_on.is_(None))
        .order_by(ResponseTeam.code)
    )
    return [NamedGroup(*row) for row in rows]


def muster_points(session: Session) -> list[NamedGroup]:
    """Return the muster points in force, by code."""
    rows = session.connection().execute(
        select(MusterPoint.id, MusterPoint.code, MusterPoint.name, Community.name, Community.id)
        .outerjoin(Community, Community.id == MusterPoint.community_id)
        .where(MusterPoint.ended_on.is_(None))
        .order_by(MusterPoint.code)
    )
    return [NamedGroup(*row) for row in rows]


def squad_members(session: Session, on: date) -> Iterator[list[Membership]]:
    """Yield who is in a squad on the day, in parts."""
    yield from _members(session, SquadMembership, "squad_id", on)


def team_members(session: Session, on: date) -> Iterator[list[Membership]]:
    """Yield who is in a response team on the day, in parts."""
    yield from _members(session, TeamMembership, "team_id", on)


def _members(
    session: Session, model: type[SquadMembership] | type[TeamMembership], group: str, on: date
) -> Iterator[list[Membership]]:
    columns = model.__table__.c
    result = session.connection().execute(
        select(columns["person_id"], columns[group], columns["role"])
        .where(columns["ended_on"].is_(None), columns["from_on"] <= on)
        .where(or_(columns["until_on"].is_(None), columns["until_on"] >= on))
    )
    while rows := result.fetchmany(PART):
        yield [Membership(*row) for row in rows]


class DutyAt(NamedTuple):
    """A duty of a person, with the names of place and shift."""

    on_date: date
    mark: str
    start_minute: int
    length_minutes: int
    place: str
    checkpoint_id: str
    pattern_id: str


def duties_of(session: Session, person_id: str, version_ids: Collection[str]) -> list[DutyAt]:
    """Return a person's duties in the versions, by time."""
    rows = session.connection().execute(
        select(
            Assignment.on_date,
            ShiftPattern.mark,
            ShiftPattern.start_minute,
            ShiftPattern.length_minutes,
            Checkpoint.name,
            Assignment.checkpoint_id,
            Assignment.pattern_id,
        )
        .join(ShiftPattern, ShiftPattern.id == Assignment.pattern_id)
        .join(Checkpoint, Checkpoint.id == Assignment.checkpoint_id)
        .where(Assignment.person_id == person_id, Assignment.version_id.in_(version_ids))
        .order_by(Assignment.on_date, ShiftPattern.start_minute)
    )
    return [DutyAt(*row) for row in rows]


def cap_of(session: Session, person_id: str) -> int:
    """Return the most duties a person takes in a week."""
    return session.scalar(select(Person.weekly_cap).where(Person.id == person_id)) or 0


def skills_of(session: Session, person_id: str, on: date) -> list[str]:
    """Return the names of the skills a person holds on a day."""
    return list(
        session.scalars(
            select(Skill.name)
            .join(Certificate, Certificate.skill_id == Skill.id)
            .where(Certificate.person_id == person_id, Certificate.ended_on.is_(None))
            .where(or_(Certificate.issued_on.is_(None), Certificate.issued_on <= on))
            .where(or_(Certificate.expires_on.is_(None), Certificate.expires_on >= on))
            .order_by(Skill.code)
        )
    )


def leave_of(session: Session, person_id: str, on: date) -> tuple[date, date] | None:
    """Return the first leave of a person that is not over on a day."""
    row = session.execute(
        select(Leave.first_on, Leave.last_on)
        .where(Leave.person_id == person_id, Leave.ended_on.is_(None), Leave.last_on >= on)
        .order_by(Leave.first_on)
        .limit(1)
    ).first()
    return None if row is None else (row[0], row[1])


def squad_duties(session: Session, squad_id: str, version_ids: Collection[str]) -> int:
    """Return how many duties of the versions people of a squad have."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Assignment)
            .join(SquadMembership, SquadMembership.person_id == Assignment.person_id)
            .where(SquadMembership.squad_id == squad_id, SquadMembership.ended_on.is_(None))
            .where(SquadMembership.from_on <= Assignment.on_date)
            .where(or_(SquadMembership.until_on.is_(None), SquadMembership.until_on >= Assignment.on_date))
            .where(Assignment.version_id.in_(version_ids))
        )
        or 0
    )


def equipment_at(session: Session, muster_point_id: str) -> list[tuple[str, int]]:
    """Return (name, quantity) of what a muster point holds, by code."""
    rows = session.execute(
        select(EquipmentItem.name, EquipmentItem.quantity)
        .where(EquipmentItem.muster_point_id == muster_point_id, EquipmentItem.ended_on.is_(None))
        .order_by(EquipmentItem.code)
    )
    return [(name, quantity) for name, quantity in rows]


def team_names(session: Session, muster_point_id: str) -> list[str]:
    """Return the response teams that meet at a muster point, by code."""
    return list(
        session.scalars(
            select(ResponseTeam.name)
            .where(ResponseTeam.muster_point_id == muster_point_id, ResponseTeam.ended_on.is_(None))
            .order_by(ResponseTeam.code)
        )
    )


def muster_positions(session: Session) -> list[tuple[str, str, float | None, float | None]]:
    """Return (code, name, longitude, latitude) of the muster points in force."""
    rows = session.execute(
        select(MusterPoint.code, MusterPoint.name, MusterPoint.lon, MusterPoint.lat)
        .where(MusterPoint.ended_on.is_(None))
        .order_by(MusterPoint.code)
    )
    return [(code, name, lon, lat) for code, name, lon, lat in rows]


def position(session: Session, checkpoint_id: str) -> tuple[float | None, float | None]:
    """Return longitude and latitude of a checkpoint."""
    row = session.execute(select(Checkpoint.lon, Checkpoint.lat).where(Checkpoint.id == checkpoint_id)).first()
    return (None, None) if row is None else (row[0], row[1])
