"""Everything planning needs to know about one week, read in one transaction."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from patrol_desk.common.weeks import Week
from patrol_desk.models import (
    ActivityClass,
    Availability,
    Certificate,
    Checkpoint,
    CheckpointStatus,
    Demand,
    Holiday,
    Person,
    PersonStatus,
    Record,
    Rule,
    ShiftPattern,
    Skill,
    Squad,
)
from patrol_desk.models.enums import HolidayKind
from patrol_desk.storage.reads import planning
from patrol_desk.storage.reads.rows import (
    AvailabilityRow,
    CertificateRow,
    CheckpointRow,
    DemandRow,
    Duty,
    PatternRow,
    PersonRow,
    SkillRow,
    SquadRow,
)

R = TypeVar("R", SquadRow, PatternRow, SkillRow, CertificateRow, AvailabilityRow)

ROSTERED = (ActivityClass.WEEKLY, ActivityClass.MONTHLY)
DEFAULT_RULES: Mapping[str, int] = {
    "reach_m": 6000,
    "rest_minutes": 480,
    "cap_day": 1,
    "monthly_cap": 2,
    "monthly_window_weeks": 4,
    "load_weeks": 4,
}


@dataclass(frozen=True, slots=True)
class Member:
    """Squad and role of a person in the week."""

    squad_id: str
    role: str


@dataclass(frozen=True, slots=True, eq=False)
class WeekData:
    """One week's inputs as stored.

    Parameters
    ----------
    week
        The week.
    revision
        Number of the last audit entry when the data was read.
    rules
        Code → value; defaults where the township says nothing.
    people
        Rostered people and those asked for, by code.
    members
        Person id → squad and role on the week's first day of membership.
    squads, checkpoints, patterns, skills, demand
        What is in force, by code.
    certificates, availability
        Of everybody.
    leave
        (person id, first day, last day).
    holidays
        Day → kind.
    served
        Duties of the weeks before that count as load.
    around
        Duties of the days next to the week: rest is measured against them.
    """

    week: Week
    revision: int
    rules: Mapping[str, int]
    people: Sequence[PersonRow]
    members: Mapping[str, Member]
    squads: Sequence[SquadRow]
    checkpoints: Sequence[CheckpointRow]
    patterns: Sequence[PatternRow]
    skills: Sequence[SkillRow]
    demand: Sequence[DemandRow]
    certificates: Sequence[CertificateRow]
    availability: Sequence[AvailabilityRow]
    leave: Sequence[tuple[str, date, date]]
    holidays: Mapping[date, HolidayKind]
    served: Sequence[Duty]
    around: Sequence[Duty]


def read_week(session: Session, week: Week, include: Collection[str] = ()) -> WeekData:
    """Return the inputs of a week.

    Parameters
    ----------
    session
        One read transaction.
    week
        The week.
    include
        Ids of people to read even though they are not rostered, because they stand in the plan.
    """
    rules = {**DEFAULT_RULES, **_numbers(session)}
    days = week.days
    since = week.monday - timedelta(weeks=max(rules["load_weeks"], rules["monthly_window_weeks"] - 1))
    return WeekData(
        week=week,
        revision=planning.revision(session),
        rules=rules,
        people=_people(session, include),
        members=_members(session, days),
        squads=_in_force(session, Squad, SquadRow),
        checkpoints=_checkpoints(session),
        patterns=_in_force(session, ShiftPattern, PatternRow),
        skills=_in_force(session, Skill, SkillRow),
        demand=_demand(session),
        certificates=_in_force(session, Certificate, CertificateRow, "id"),
        availability=_in_force(session, Availability, AvailabilityRow, "id"),
        leave=planning.leave_on(session, days[0], days[-1]),
        holidays=dict(session.execute(select(Holiday.on_date, Holiday.kind)).all()),
        served=planning.served_between(session, since, week.monday - timedelta(days=1)),
        around=_around(session, days),
    )


def _numbers(session: Session) -> dict[str, int]:
    """Return the numbers that hold at every kind of checkpoint, by code."""
    rows = session.execute(
        select(Rule.code, Rule.number).where(Rule.ended_on.is_(None), Rule.checkpoint_kind.is_(None))
    )
    return {code: number for code, number in rows if number is not None}


def _in_force(session: Session, model: type[Record], kind: type[R], order: str = "code") -> list[R]:
    """Return the records of a table that are not retired, as rows of the kind: its fields are column names."""
    columns = model.__table__.c
    rows = session.execute(
        select(*(columns[name] for name in kind._fields)).where(columns["ended_on"].is_(None)).order_by(columns[order])
    )
    return [kind(*row) for row in rows]


def _people(session: Session, include: Collection[str]) -> list[PersonRow]:
    rostered = (Person.status == PersonStatus.ACTIVE) & Person.activity_class.in_(ROSTERED) & Person.ended_on.is_(None)
    wanted = or_(rostered, Person.id.in_(include)) if include else rostered
    columns = Person.__table__.c
    rows = session.execute(select(*(columns[name] for name in PersonRow._fields)).where(wanted).order_by(Person.code))
    return [PersonRow(*row) for row in rows]


def _checkpoints(session: Session) -> list[CheckpointRow]:
    rows = session.execute(
        select(Checkpoint.id, Checkpoint.code, Checkpoint.name, Checkpoint.tier, Checkpoint.lon, Checkpoint.lat)
        .where(Checkpoint.ended_on.is_(None), Checkpoint.status == CheckpointStatus.ACTIVE)
        .order_by(Checkpoint.code)
    )
    return [CheckpointRow(*row) for row in rows]


def _demand(session: Session) -> list[DemandRow]:
    rows = session.execute(
        select(
            Demand.checkpoint_id,
            Demand.pattern_id,
            Demand.weekday,
            Demand.skill_id,
            Demand.leader,
            Demand.minimum,
            Demand.desired,
        )
        .where(Demand.ended_on.is_(None), Demand.desired > 0)
        .order_by(Demand.weekday, Demand.pattern_id, Demand.checkpoint_id, Demand.leader.desc(), Demand.skill_id)
    )
    return [DemandRow(*row) for row in rows]


def _members(session: Session, days: Sequence[date]) -> dict[str, Member]:
    found: dict[str, Member] = {}
    for row in planning.memberships_on(session, days[0], days[-1]):
        found.setdefault(row.person_id, Member(row.squad_id, row.role.value))
    return found


def _around(session: Session, days: Sequence[date]) -> list[Duty]:
    before, after = days[0] - timedelta(days=2), days[-1] + timedelta(days=2)
    eve = days[0] - timedelta(days=1)
    morrow = days[-1] + timedelta(days=1)
    found: set[Duty] = set()
    for part in _both(session, before, eve, morrow, after):
        found.update(part)
    return sorted(found, key=lambda duty: (duty[0], duty[3], duty[2]))


def _both(session: Session, before: date, eve: date, morrow: date, after: date) -> Iterable[list[Duty]]:
    yield planning.published_between(session, before, eve)
    yield planning.published_between(session, morrow, after)
    yield planning.served_between(session, before, eve)
