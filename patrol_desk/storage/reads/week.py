"""Everything planning needs to know about one week, read in one transaction."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from patrol_desk.common.weeks import Week
from patrol_desk.engine.settings import Settings
from patrol_desk.models import (
    ActivityClass,
    AreaCheckpoint,
    Availability,
    Certificate,
    Checkpoint,
    CheckpointStatus,
    DayDemand,
    Demand,
    Holiday,
    KnownGap,
    Person,
    PersonPair,
    PersonPause,
    PersonStatus,
    PriorityArea,
    Record,
    SecurityPeriod,
    ShiftPattern,
    Skill,
    Squad,
)
from patrol_desk.models.enums import HolidayKind
from patrol_desk.storage.reads import planning
from patrol_desk.storage.reads.decisions import spared
from patrol_desk.storage.reads.pauses import paused_throughout
from patrol_desk.storage.reads.rows import (
    AreaRow,
    AvailabilityRow,
    CertificateRow,
    CheckpointRow,
    DayDemandRow,
    DemandRow,
    Duty,
    KnownGapRow,
    PairRow,
    PatternRow,
    PeriodRow,
    PersonRow,
    SkillRow,
    SquadRow,
)
from patrol_desk.storage.reads.settings import read_settings
from patrol_desk.storage.reads.visits import with_visits

R = TypeVar(
    "R",
    SquadRow,
    PatternRow,
    SkillRow,
    CertificateRow,
    AvailabilityRow,
    PairRow,
    AreaRow,
    PeriodRow,
    KnownGapRow,
    DayDemandRow,
)

ROSTERED = (ActivityClass.WEEKLY, ActivityClass.MONTHLY)
LOOK_BACK_WEEKS = 12
"""Weeks of duties that are read: for load, caps, the duty queue and habits."""


class History(NamedTuple):
    """The duties that a week looks back on, and those next to it; see `WeekData.served` and `WeekData.around`."""

    served: Sequence[Duty]
    around: Sequence[Duty]


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
    settings
        Rules and weights; defaults where the township says nothing.
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
    spared
        (person id, pattern id, day) of the duties from which they were let off: leave of one shift.
    holidays
        Day → kind.
    served
        Duties of the `LOOK_BACK_WEEKS` before: served, or published where attendance does not say otherwise.
    around
        Duties of the days next to the week: rest is measured against them.
    pairs
        People who must, or must not, serve together.
    areas, area_places
        Priority areas of the week, and the checkpoint ids that each one's list names, by area id.
    periods
        Security periods of the week.
    known_gaps
        Heads of the week's shifts that are knowingly left open.
    day_demand
        Heads that shifts of the week ask for beyond the weekly demand.
    """

    week: Week
    revision: int
    settings: Settings
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
    pairs: Sequence[PairRow]
    areas: Sequence[AreaRow]
    area_places: Mapping[str, frozenset[str]]
    periods: Sequence[PeriodRow]
    known_gaps: Sequence[KnownGapRow]
    day_demand: Sequence[DayDemandRow] = ()
    spared: Sequence[tuple[str, str, date]] = ()


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
    days = week.days
    history = read_history(session, week)
    places, demand = with_visits(session, str(week), _checkpoints(session), _demand(session))
    return WeekData(
        week=week,
        revision=planning.revision(session),
        settings=read_settings(session, week.monday),
        people=_people(session, include, days),
        members=_members(session, days),
        squads=_in_force(session, Squad, SquadRow),
        checkpoints=places,
        patterns=_in_force(session, ShiftPattern, PatternRow),
        skills=_in_force(session, Skill, SkillRow),
        demand=demand,
        certificates=_in_force(session, Certificate, CertificateRow, "id"),
        availability=_in_force(session, Availability, AvailabilityRow, "id"),
        leave=planning.leave_on(session, days[0], days[-1]),
        holidays=dict(session.execute(select(Holiday.on_date, Holiday.kind).where(Holiday.ended_on.is_(None))).all()),
        served=history.served,
        around=history.around,
        pairs=_in_force(session, PersonPair, PairRow, "id"),
        areas=[row for row in _in_force(session, PriorityArea, AreaRow) if _touches(row, days)],
        area_places=_area_places(session),
        periods=[row for row in _in_force(session, SecurityPeriod, PeriodRow) if _touches(row, days)],
        known_gaps=_known_gaps(session, days),
        day_demand=_day_demand(session, days),
        spared=spared(session, days[0], days[-1]),
    )


def read_history(session: Session, week: Week) -> History:
    """Return what was served before a week and next to it: all that attendance says of the week."""
    since = week.monday - timedelta(weeks=LOOK_BACK_WEEKS)
    served = planning.duties_between(session, since, week.monday - timedelta(days=1))
    return History(served, _around(session, week.days))


def read_asked(session: Session, week: Week) -> WeekData:
    """Return of a week's inputs what decides how many heads are asked for where and when; nobody is in it.

    A tenth of the time of `read_week`: neither people nor what they can, want and did are read.
    """
    places, demand = with_visits(session, str(week), _checkpoints(session), _demand(session))
    days = week.days
    return WeekData(
        week=week,
        revision=planning.revision(session),
        settings=read_settings(session, week.monday),
        people=(),
        members={},
        squads=(),
        checkpoints=places,
        patterns=_in_force(session, ShiftPattern, PatternRow),
        skills=_in_force(session, Skill, SkillRow),
        demand=demand,
        certificates=(),
        availability=(),
        leave=(),
        holidays=dict(session.execute(select(Holiday.on_date, Holiday.kind)).all()),
        served=(),
        around=(),
        pairs=(),
        areas=[row for row in _in_force(session, PriorityArea, AreaRow) if _touches(row, days)],
        area_places=_area_places(session),
        periods=[row for row in _in_force(session, SecurityPeriod, PeriodRow) if _touches(row, days)],
        known_gaps=_known_gaps(session, days),
        day_demand=_day_demand(session, days),
    )


def _touches(row: AreaRow | PeriodRow, days: Sequence[date]) -> bool:
    return (row.first_on is None or row.first_on <= days[-1]) and (row.last_on is None or row.last_on >= days[0])


def _day_demand(session: Session, days: Sequence[date]) -> list[DayDemandRow]:
    return [row for row in _in_force(session, DayDemand, DayDemandRow, "id") if row.on_date in days]


def _known_gaps(session: Session, days: Sequence[date]) -> list[KnownGapRow]:
    return [row for row in _in_force(session, KnownGap, KnownGapRow, "id") if row.on_date in days]


def _area_places(session: Session) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    rows = select(AreaCheckpoint.area_id, AreaCheckpoint.checkpoint_id).where(AreaCheckpoint.ended_on.is_(None))
    for area, checkpoint in session.execute(rows):
        found.setdefault(area, set()).add(checkpoint)
    return {area: frozenset(places) for area, places in found.items()}


def _in_force(session: Session, model: type[Record], kind: type[R], order: str = "code") -> list[R]:
    """Return the records of a table that are not retired, as rows of the kind: its fields are column names."""
    columns = model.__table__.c
    rows = session.execute(
        select(*(columns[name] for name in kind._fields)).where(columns["ended_on"].is_(None)).order_by(columns[order])
    )
    return [kind(*row) for row in rows]


def _people(session: Session, include: Collection[str], days: Sequence[date]) -> list[PersonRow]:
    """Return who is rostered, but for those who are paused all week, and who stands in the plan."""
    paused = select(PersonPause.person_id).where(paused_throughout(days[0], days[-1]))
    rostered = (Person.status == PersonStatus.ACTIVE) & Person.activity_class.in_(ROSTERED) & Person.ended_on.is_(None)
    rostered &= Person.id.not_in(paused)
    wanted = or_(rostered, Person.id.in_(include)) if include else rostered
    columns = Person.__table__.c
    rows = session.execute(select(*(columns[name] for name in PersonRow._fields)).where(wanted).order_by(Person.code))
    return [PersonRow(*row) for row in rows]


def _checkpoints(session: Session) -> list[CheckpointRow]:
    columns = Checkpoint.__table__.c
    rows = session.execute(
        select(*(columns[name] for name in CheckpointRow._fields))
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
            Demand.held,
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
