"""The newest version of a week's plan, as the engine sees it with today's data."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.engine.plan import Plan
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.draft import minute_in
from patrol_desk.services.planning.problem import WeekProblem, build_problem, minute_of
from patrol_desk.services.station import Station
from patrol_desk.storage.reads import planning
from patrol_desk.storage.reads.rows import SeatRow
from patrol_desk.storage.reads.week import WeekData, read_week


@dataclass(frozen=True, slots=True, eq=False)
class StoredPlan:
    """One version and the problem it answers.

    Parameters
    ----------
    number, state
        Of the version.
    week_problem
        Today's problem, the version's locked assignments in it.
    plan
        The assignments that fit a seat of today's demand.
    lost
        Those that do not.
    packed
        The version's certificate as kept, None for a plan made by hand.
    """

    number: int
    state: str
    week_problem: WeekProblem
    plan: Plan
    lost: Sequence[SeatRow]
    packed: bytes | None


@permitted(Permission.PLAN_READ)
def read_stored_plan(station: Station, actor: Actor, week: Week, begin: datetime | None = None) -> StoredPlan:
    """Return the newest version of a week's plan, read in one transaction.

    Parameters
    ----------
    station, actor, week
        Where, by whom, which week.
    begin
        Wall time before which nothing changes: who stands in a shift that started earlier is locked, and heads missing
        there are not asked for any more; None for the whole week.

    Raises
    ------
    PatrolError
        The week has no plan.
    """
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        versions = planning.versions_of(session, str(week))
        if not versions:
            raise PatrolError(Message("plan.none", {"week": str(week)}))
        newest = versions[0]
        number, state, packed = newest.number, newest.state.value, newest.certificate
        seats = planning.assignments_of(session, newest.id)
        data = read_week(session, week, {seat.person_id for seat in seats})
    week_problem = from_moment(week, data, seats, begin)
    pairs, lost = week_problem.pairs(seats)
    return StoredPlan(number, state, week_problem, Plan(pairs), lost, packed)


def from_moment(week: Week, data: WeekData, seats: Sequence[SeatRow], begin: datetime | None) -> WeekProblem:
    """Return the problem of a week in which locked seats stay, and all that began before a moment."""
    if begin is None:
        return build_problem(data, locked=[seat for seat in seats if seat.locked])[0]
    minute = minute_in(week, begin)
    starts = {row.id: row.start_minute for row in data.patterns}
    locked = [
        seat for seat in seats if seat.locked or minute_of(week, seat.on_date, starts.get(seat.pattern_id, 0)) < minute
    ]
    made, _ = build_problem(data, locked=locked, begin=minute)
    problem, demand = made.problem, made.problem.demand
    over = problem.shifts.start[demand.task_shift[demand.group_task]] < minute
    lowered = np.where(over, 0, demand.minimum).astype(demand.minimum.dtype)
    return replace(made, problem=replace(problem, demand=replace(demand, minimum=lowered)))
