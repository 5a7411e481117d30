"""Reads for find-anything: the names of everything, in parts, so that no other thread waits long."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from patrol_desk.models import (
    Checkpoint,
    CheckpointKind,
    CheckpointStatus,
    Community,
    MusterPoint,
    Person,
    PersonStatus,
    ResponseTeam,
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
