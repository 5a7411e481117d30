"""What can be wrong inside a file although SQLite calls it whole."""

from typing import Any

from sqlalchemy import Select, func, or_, select, text
from sqlalchemy.orm import Session, aliased

from patrol_desk.models import (
    Assignment,
    Demand,
    Person,
    PersonStatus,
    Plan,
    PlanVersion,
    Squad,
    SquadMembership,
    TeamMembership,
    VersionState,
)


def broken_references(session: Session) -> int:
    """Return how many rows refer to a row that is not there."""
    return len(session.execute(text("PRAGMA foreign_key_check")).all())


def guards(session: Session) -> int:
    """Return how many of the schema's triggers are in the file."""
    return _number(session, select(func.count()).select_from(text("sqlite_master")).where(text("type = 'trigger'")))


def overlapping_memberships(session: Session) -> int:
    """Return how many people are in two squads, or in two response teams, on one day."""
    return sum(_overlapping(session, kind) for kind in (SquadMembership, TeamMembership))


def members_of_ended_squads(session: Session) -> int:
    """Return how many memberships outlast their squad."""
    return _number(
        session,
        select(func.count())
        .select_from(SquadMembership)
        .join(Squad, Squad.id == SquadMembership.squad_id)
        .where(SquadMembership.ended_on.is_(None), Squad.ended_on.is_not(None))
        .where(or_(SquadMembership.until_on.is_(None), SquadMembership.until_on > Squad.ended_on)),
    )


def duties_of_inactive_people(session: Session) -> int:
    """Return how many assignments of drafts belong to people who are retired or not active."""
    return _number(
        session,
        select(func.count())
        .select_from(Assignment)
        .join(PlanVersion, PlanVersion.id == Assignment.version_id)
        .join(Person, Person.id == Assignment.person_id)
        .where(PlanVersion.state == VersionState.DRAFT)
        .where(or_(Person.ended_on.is_not(None), Person.status != PersonStatus.ACTIVE)),
    )


def demand_said_twice(session: Session) -> int:
    """Return how many seats have more than one row of demand.

    The table's unique constraint cannot see them: to SQL, two empty skills differ.
    """
    seat = (Demand.checkpoint_id, Demand.pattern_id, Demand.weekday, Demand.skill_id, Demand.leader)
    twice = select(func.count().label("rows")).where(Demand.ended_on.is_(None)).group_by(*seat)
    return _number(session, select(func.count()).select_from(twice.having(func.count() > 1).subquery()))


def published(session: Session) -> list[tuple[str, str, int, str]]:
    """Return id, week, number and content hash of every version that is or was in force."""
    rows = session.execute(
        select(PlanVersion.id, Plan.week, PlanVersion.number, PlanVersion.content_hash)
        .join(Plan, Plan.id == PlanVersion.plan_id)
        .where(PlanVersion.state != VersionState.DRAFT, PlanVersion.content_hash != "")
        .order_by(Plan.week, PlanVersion.number)
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def _overlapping(session: Session, kind: type[SquadMembership] | type[TeamMembership]) -> int:
    one, other = aliased(kind), aliased(kind)
    return _number(
        session,
        select(func.count(one.person_id.distinct()))
        .select_from(one)
        .join(other, (other.person_id == one.person_id) & (other.from_on > one.from_on))
        .where(one.ended_on.is_(None), other.ended_on.is_(None))
        .where(or_(one.until_on.is_(None), one.until_on >= other.from_on)),
    )


def _number(session: Session, query: Select[Any]) -> int:
    return session.scalar(query) or 0
