"""Why seats of a week stay empty, and what would help."""

from dataclasses import dataclass

from patrol_desk.common.actor import Actor
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.engine.explain import Gap, explain
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.stored import read_stored_plan
from patrol_desk.services.station import Station


@dataclass(frozen=True, slots=True)
class GapReason:
    """One gap in sentences.

    Parameters
    ----------
    checkpoint, shift
        Codes by which the station knows them.
    missing
        Minimum heads that are missing.
    gap
        Where and how many.
    kept_away
        Rule → how many people it is the first to keep away, and the same as sentences, the most first.
    proposal
        The cheapest single rule to relax, None when none would free anybody.
    """

    checkpoint: str
    shift: str
    missing: int
    gap: Message
    kept_away: dict[str, int]
    reasons: tuple[Message, ...]
    proposal: Message | None


@permitted(Permission.PLAN_READ)
def explain_week(station: Station, actor: Actor, week: Week) -> list[GapReason]:
    """Return every gap of the newest version of a week's plan with its reasons, by shift and checkpoint.

    Raises
    ------
    PatrolError
        The week has no plan.
    """
    stored = read_stored_plan(station, actor, week)
    demand, shifts = stored.week_problem.problem.demand, stored.week_problem.problem.shifts
    found = []
    for gap in explain(stored.week_problem.problem, stored.plan):
        task = demand.group_task[gap.group]
        found.append(
            _reason(gap, demand.checkpoints[demand.task_checkpoint[task]], shifts.ids[demand.task_shift[task]])
        )
    return found


def _reason(gap: Gap, checkpoint: str, shift: str) -> GapReason:
    proposal = None if gap.relaxation is None else gap.relaxation.message
    return GapReason(checkpoint, shift, gap.missing, gap.message, dict(gap.counts), gap.reasons, proposal)
