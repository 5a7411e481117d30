"""Somebody drops out of a stored plan: what that opens, and who could come."""

from patrol_desk.common.actor import Actor
from patrol_desk.common.weeks import Week
from patrol_desk.engine.repair import Hole, LivePlan
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.reasons import duties_of
from patrol_desk.services.planning.stored import read_stored_plan
from patrol_desk.services.station import Station


@permitted(Permission.PLAN_READ)
def repair_person(
    station: Station, actor: Actor, week: Week, person: str, shift: str | None = None, most: int = 5
) -> tuple[Hole, ...]:
    """Return what a person's dropping out of a week's newest version opens, and how each seat can be filled.

    Parameters
    ----------
    station, actor, week
        Where, by whom, which week.
    person, shift
        The person's code; a shift's name (``pattern@date``) when they drop out of that one only.
    most
        Alternatives for each seat, at most.

    Raises
    ------
    PatrolError
        The week has no plan, nobody has the code, or they have no such duty.
    """
    stored = read_stored_plan(station, actor, week)
    pairs = duties_of(stored, person, shift)
    live = LivePlan.of(stored.week_problem.problem, stored.plan)
    return live.drop_out(pairs[0][0], [group for _, group in pairs], most)
