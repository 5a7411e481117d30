"""Solve a planning problem: the one function a caller needs."""

from collections.abc import Callable
from time import perf_counter

import numpy as np

from patrol_desk.engine.bound.prices import Evaluation, Pricing
from patrol_desk.engine.bound.proof import prove
from patrol_desk.engine.core.cost import state_cost
from patrol_desk.engine.core.instance import Int64, build
from patrol_desk.engine.core.state import clone, empty_state, to_plan
from patrol_desk.engine.figures import RunFacts, cost_parts, figures
from patrol_desk.engine.memory import peak_mb
from patrol_desk.engine.options import Progress, SolveOptions
from patrol_desk.engine.phases import (
    HEAD_STEPS,
    begin_cost_bound,
    closing_phase,
    flow_phase,
    greedy_phase,
    sharing_phase,
    shortage_prices,
)
from patrol_desk.engine.plan import Certificate, SolveResult
from patrol_desk.engine.problem import Int32, Problem
from patrol_desk.engine.run import Run
from patrol_desk.engine.search.anneal import search_phase
from patrol_desk.engine.size import check_size

__all__ = ["Progress", "SolveOptions", "solve"]


def solve(
    problem: Problem,
    options: SolveOptions | None = None,
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> SolveResult:
    """Return a plan that keeps every hard rule, its figures, and prices that prove the bounds.

    Parameters
    ----------
    problem
        What is to be planned.
    options
        Seed and length of the run; the defaults take some 30 s for an average township.
    progress
        Is told what goes on; each new best plan comes with it.
    stop
        Is asked some ten times a second, except while the flow is solved; once it says True the best plan is returned.

    Notes
    -----
    With `moves` given and no time limit the same problem and seed give the same plan, bit by bit. A locked pair that
    itself breaks a rule stays; it is the only thing that may.

    Raises
    ------
    InvalidDataError
        The problem does not fit the memory that is free.
    """
    run = _start(problem, options or SolveOptions(), progress or _silent, stop or _never)
    greedy_phase(run)
    if not run.stop():
        prove(run, 0)
        flow_phase(run)
    prove(run, HEAD_STEPS)
    begin_cost_bound(run)
    if not run.stop():
        search_phase(run)
        sharing_phase(run)
    closing_phase(run)
    return _finish(run)


def _start(
    problem: Problem, options: SolveOptions, progress: Callable[[Progress], None], stop: Callable[[], bool]
) -> Run:
    began = perf_counter()
    check_size(problem)
    instance = build(problem)
    locked = empty_state(problem, instance)
    nothing = np.zeros(len(instance.minimum), dtype=np.int64)
    constant = cost_parts(problem, to_plan(instance, locked)).total - int(state_cost(instance, locked))
    return Run(problem, instance, options, locked, progress, stop, began, clone(locked), nothing, nothing, constant)


def _silent(_line: Progress) -> None:
    """Tell nobody."""


def _never() -> bool:
    return False


def _finish(run: Run) -> SolveResult:
    """Compute the figures anew from the plan alone, and the bounds from the prices and wages alone."""
    plan = to_plan(run.instance, run.best)
    shortage = shortage_prices(run)
    prices = run.cost_prices if len(run.cost_prices) else np.zeros_like(shortage)
    heads_bound = _bound(Pricing.of_heads(run.instance, run.locked), shortage)
    paid, wages = _wages(run)
    cost_bound = max(paid, _bound(Pricing.of_cost(run.problem, run.instance, run.locked), prices))
    run.shortage_bound = max(run.shortage_bound, heads_bound)
    run.open_bound = max(run.open_bound, heads_bound)
    facts = RunFacts(run.seconds, run.first_plan_seconds, peak_mb(), run.options.seed, run.moves, run.stopped)
    run.say("done")
    return SolveResult(
        plan,
        figures(run.problem, plan, heads_bound, cost_bound, facts),
        Certificate(shortage.astype(np.int32), prices.astype(np.int32), wages),
    )


def _wages(run: Run) -> tuple[int, Int32]:
    """Return what the best wages prove, and them as a certificate holds them; what they were found with is let go."""
    if run.payroll is None or run.rising is None:
        return 0, np.zeros((0, 0), dtype=np.int32)
    wages = run.rising.prices
    found = _bound(run.payroll, wages), run.payroll.table(wages, len(run.problem.people.ids))
    run.price_bound, run.payroll, run.rising = max(run.price_bound, found[0]), None, None
    return found


def _bound(pricing: Callable[[Int64], Evaluation], prices: Int64) -> int:
    return max(0, pricing(prices).bound)
