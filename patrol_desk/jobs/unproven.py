"""A plan that was taken before its bounds were proven."""

import numpy as np

from patrol_desk.engine.figures import cost_parts, coverage
from patrol_desk.engine.memory import peak_mb
from patrol_desk.engine.plan import Certificate, Figures, Plan, SolveResult
from patrol_desk.engine.problem import Problem


def unproven(
    problem: Problem,
    plan: Plan,
    *,
    seed: int,
    moves: int,
    seconds: float,
    first_plan_seconds: float,
    stopped: str,
) -> SolveResult:
    """Return the plan with its figures; the bounds are the trivial ones, 0, and the certificate prices nothing.

    Parameters
    ----------
    problem, plan
        The plan keeps the problem's rules.
    seed, moves, seconds, first_plan_seconds, stopped
        As in `Figures`.
    """
    parts, covered = cost_parts(problem, plan), coverage(problem, plan)
    shortage = covered.seats - covered.filled
    nothing = np.zeros(len(problem.demand.group_task), dtype=np.int32)
    figures = Figures(
        seats=covered.seats,
        filled=covered.filled,
        shortage=shortage,
        shortage_bound=0,
        exact=shortage == 0,
        desired_shortage=covered.desired_shortage,
        cost=parts.total,
        cost_bound=0,
        gap=float(parts.total),
        gap_rest=float(parts.total),
        single_squad_share=covered.single_squad_share,
        seconds=seconds,
        first_plan_seconds=first_plan_seconds,
        peak_mb=peak_mb(),
        seed=seed,
        moves=moves,
        stopped=stopped,
        parts=parts,
    )
    return SolveResult(plan, figures, Certificate(nothing, nothing.copy()))
