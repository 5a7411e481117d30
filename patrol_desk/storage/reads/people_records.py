"""People's records for a write: what an edit changes, and the planned duties it touches."""

from collections.abc import Collection, Sequence
from datetime import date
from types import MappingProxyType

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from patrol_desk.models import (
    Assignment,
    Attendance,
    Availability,
    Certificate,
    Leave,
    Person,
    PersonPause,
    Plan,
    PlanVersion,
    SquadMembership,
    TeamMembership,
    TrainingRecord,
    VersionState,
)

OWNED = MappingProxyType(
    {
        model.__tablename__: model
        for model in (
            Assignment,
            Attendance,
            Availability,
            Certificate,
            Leave,
            PersonPause,
            SquadMembership,
            TeamMembership,
            TrainingRecord,
        )
    }
)
"""Table name → records that belong to a person."""


def owners_of(session: Session, kind: str, ids: Collection[str]) -> list[str]:
    """Return whose these records are, by table name and record ids; records that are gone are nobody's."""
    model = OWNED[kind]
    return list(session.scalars(select(model.person_id).where(model.id.in_(ids))))


def people_by_id(session: Session, people: Collection[str]) -> list[Person]:
    """Return these people's records, by code."""
    return list(session.scalars(select(Person).where(Person.id.in_(people)).order_by(Person.code)))


def availability_rows(session: Session, people: Collection[str]) -> list[Availability]:
    """Return these people's records of availability, retired ones too."""
    return list(session.scalars(select(Availability).where(Availability.person_id.in_(people))))


def leave_rows(session: Session, people: Collection[str]) -> list[Leave]:
    """Return these people's records of leave, retired ones too."""
    return list(session.scalars(select(Leave).where(Leave.person_id.in_(people)).order_by(Leave.first_on)))


def certificate_rows(session: Session, people: Collection[str]) -> list[Certificate]:
    """Return these people's certificates, retired ones too."""
    return list(session.scalars(select(Certificate).where(Certificate.person_id.in_(people))))


def squad_rows(session: Session, people: Collection[str]) -> list[SquadMembership]:
    """Return these people's memberships in squads, retired rows too, the oldest first."""
    return list(
        session.scalars(
            select(SquadMembership).where(SquadMembership.person_id.in_(people)).order_by(SquadMembership.from_on)
        )
    )


def team_rows(session: Session, people: Collection[str]) -> list[TeamMembership]:
    """Return these people's memberships in response teams, the oldest first."""
    return list(
        session.scalars(
            select(TeamMembership)
            .where(TeamMembership.person_id.in_(people), TeamMembership.ended_on.is_(None))
            .order_by(TeamMembership.from_on)
        )
    )


def all_team_rows(session: Session, people: Collection[str]) -> list[TeamMembership]:
    """Return these people's memberships in response teams, retired rows too, the oldest first."""
    return list(
        session.scalars(
            select(TeamMembership).where(TeamMembership.person_id.in_(people)).order_by(TeamMembership.from_on)
        )
    )


def squad_members(session: Session, squad_id: str) -> list[SquadMembership]:
    """Return every stay in a squad that was not taken back."""
    row = SquadMembership
    return list(session.scalars(select(row).where(row.squad_id == squad_id, row.ended_on.is_(None))))


def team_members(session: Session, team_id: str) -> list[TeamMembership]:
    """Return every stay in a response team that was not taken back."""
    row = TeamMembership
    return list(session.scalars(select(row).where(row.team_id == team_id, row.ended_on.is_(None))))


def owners(session: Session, column: str, value: str) -> list[tuple[str, str]]:
    """Return (id, code) of the people who have this value in a column, by code."""
    rows = session.execute(
        select(Person.id, Person.code).where(Person.__table__.c[column] == value).order_by(Person.code)
    )
    return [(row[0], row[1]) for row in rows]


def newest_duties(
    session: Session, people: Collection[str], first: date, last: date | None
) -> Sequence[tuple[str, str, str, VersionState, date, str]]:
    """Return the duties of these people from a day on, in the newest version of each week.

    Each is (assignment id, person id, week, state of the version, day, version id).
    """
    latest = (
        select(PlanVersion.plan_id, func.max(PlanVersion.number).label("number"))
        .group_by(PlanVersion.plan_id)
        .subquery()
    )
    query = (
        select(
            Assignment.id, Assignment.person_id, Plan.week, PlanVersion.state, Assignment.on_date, Assignment.version_id
        )
        .join(PlanVersion, PlanVersion.id == Assignment.version_id)
        .join(latest, (latest.c.plan_id == PlanVersion.plan_id) & (latest.c.number == PlanVersion.number))
        .join(Plan, Plan.id == PlanVersion.plan_id)
        .where(Assignment.person_id.in_(people), Assignment.on_date >= first)
    )
    if last is not None:
        query = query.where(Assignment.on_date <= last)
    rows = session.execute(query.order_by(Assignment.on_date, Assignment.id))
    return [(row[0], row[1], row[2], row[3], row[4], row[5]) for row in rows]
