"""The newest version of a week's plan, as the engine sees it with today's data."""

from collections.abc import Sequence
from dataclasses import dataclass

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.engine.plan import Plan
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.problem import WeekProblem, build_problem
from patrol_desk.services.station import Station
from patrol_desk.storage.reads import planning
from patrol_desk.storage.reads.rows import SeatRow
from patrol_desk.storage.reads.week import read_week


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
def read_stored_plan(station: Station, actor: Actor, week: Week) -> StoredPlan:
    """Return the newest version of a week's plan, read in one transaction.

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
    week_problem, _ = build_problem(data, locked=[seat for seat in seats if seat.locked])
    pairs, lost = week_problem.pairs(seats)
    return StoredPlan(number, state, week_problem, Plan(pairs), lost, packed)
