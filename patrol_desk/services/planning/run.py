"""One call from a week to its draft: read, solve in the engine's own process, check, write."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from patrol_desk.common.actor import Actor
from patrol_desk.common.progress import Cancelled, never_cancelled
from patrol_desk.common.weeks import Week
from patrol_desk.engine.plan import Figures
from patrol_desk.engine.solve import Progress as EngineProgress
from patrol_desk.engine.solve import SolveOptions
from patrol_desk.jobs.engine_client import run_blocking
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.draft import Accepted, Mode, accept, prepare
from patrol_desk.services.planning.visits import ensure_drawn
from patrol_desk.services.station import Station


@dataclass(frozen=True, slots=True)
class PlanOutcome:
    """A week that was planned.

    Parameters
    ----------
    accepted
        The draft.
    figures
        What the solver reports.
    lost
        Assignments of the earlier version that no longer fit the data and were given up.
    """

    accepted: Accepted
    figures: Figures
    lost: int


@permitted(Permission.PLAN_WRITE)
def plan_week(
    station: Station,
    actor: Actor,
    week: Week,
    options: SolveOptions,
    mode: Mode = Mode.FRESH,
    *,
    begin: datetime | None = None,
    progress: Callable[[EngineProgress], None] | None = None,
    cancelled: Cancelled = never_cancelled,
) -> PlanOutcome:
    """Plan a week, or what of it starts at a wall time or later, and write the draft; stopping keeps the best so far.

    The visits of the week's checkpoints of low demand are drawn first, unless they have been.

    Raises
    ------
    PatrolError
        Nothing to plan, the solver failed, or the data moved on meanwhile.
    """
    ensure_drawn(station, actor, week)
    prepared = prepare(station, actor, week, mode, begin)
    result = run_blocking(prepared.week_problem.problem, options, progress, cancelled)
    accepted = accept(station, actor, prepared, result)
    return PlanOutcome(accepted, result.figures, len(prepared.lost))
