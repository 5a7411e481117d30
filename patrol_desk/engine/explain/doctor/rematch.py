"""How many heads a plan misses once everything that chains and forks can fill is filled."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from patrol_desk.engine.core.forks import fill_by_forks
from patrol_desk.engine.core.instance import build
from patrol_desk.engine.core.rounds import fill_in_rounds
from patrol_desk.engine.core.state import empty_state, positions, to_plan
from patrol_desk.engine.network.flow import enter
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.repair.guard import Guard


@dataclass(frozen=True, slots=True, eq=False)
class Rematched:
    """A plan filled up as far as chains reach.

    Parameters
    ----------
    plan
        It keeps all hard rules that the plan before kept.
    missing
        Minimum heads it lacks.
    """

    plan: Plan
    missing: int


def rematch(problem: Problem, plan: Plan, stop: Callable[[], bool] = lambda: False) -> Rematched:
    """Return the plan with its gaps filled as far as chains and forks can; no desired head is added."""
    held = problem.locked.tolist()
    demand = problem.demand
    heads = np.bincount(plan.assignments[:, 1], minlength=len(demand.minimum))
    desired = np.minimum(demand.desired, np.maximum(demand.minimum, heads)).astype(np.int32)
    demand = replace(demand, desired=desired, surge_desired=np.minimum(demand.surge_desired, desired))
    whole = replace(problem, demand=demand, baseline=problem.baseline[:0])
    instance = build(whole)
    state = empty_state(whole, instance)
    position = positions(whole, instance)
    locked = {(person, group) for person, group in held}
    rows = [(position[p], g) for p, g in plan.assignments.tolist() if (p, g) not in locked and position[p] >= 0]
    enter(instance, state, np.array(rows, dtype=np.int64).reshape(-1, 2))
    guard = Guard(whole, instance)
    guard.clear(state)
    fill_in_rounds(instance, state, stop)
    fill_by_forks(instance, state, stop)
    guard.clear(state)
    found = to_plan(instance, state)
    heads = np.bincount(found.assignments[:, 1], minlength=len(problem.demand.minimum))
    return Rematched(found, int(np.maximum(problem.demand.minimum - heads, 0).sum()))
