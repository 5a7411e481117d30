"""A plan for a problem that has changed, which keeps as much of the plan before as it can."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from patrol_desk.engine.core.forks import fill_by_forks
from patrol_desk.engine.core.instance import Instance, build
from patrol_desk.engine.core.repair import fill_order
from patrol_desk.engine.core.state import State, empty_state, positions, to_plan
from patrol_desk.engine.network.flow import enter
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Int32, Problem
from patrol_desk.engine.repair.guard import Guard
from patrol_desk.engine.repair.hunt import DEEPEST, Hunt, hunt_seat, new_hunt, walk

NODES: Final = 400
"""Seat groups looked at around one empty seat, at most."""

ROUNDS: Final = 4
"""Rounds over the empty seats; a later one mends what an earlier one gave up."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How much of a plan stands in the next one, among the assignments of those who may still serve there.

    Parameters
    ----------
    pairs
        Assignments of the plan before that could stay.
    shifts, posts
        Shares of them whose person still serves in that shift; whose person still serves in that task.
    """

    pairs: int
    shifts: float
    posts: float


def kept(problem: Problem, before: Plan, after: Plan) -> Kept:
    """Return how much of a plan another one keeps.

    Parameters
    ----------
    problem
        The problem of the plan after: an assignment could stay when its person may serve in its shift.
    before, after
        Plans whose rows refer to this problem's people and seat groups.
    """
    instance = build(problem)
    position = positions(problem, instance)
    rows = before.assignments
    task = problem.demand.group_task[rows[:, 1]].astype(np.int64)
    shift = problem.demand.task_shift[task].astype(np.int64)
    may = position[rows[:, 0]] >= 0
    may[may] = instance.allowed[position[rows[may, 0]], shift[may]] == 1
    later = problem.demand.group_task[after.assignments[:, 1]].astype(np.int64)
    same_shift = _member(problem.demand.task_shift[later], after.assignments[:, 0], shift[may], rows[may, 0])
    same_task = _member(later, after.assignments[:, 0], task[may], rows[may, 0])
    count = int(may.sum())
    return Kept(count, _share(same_shift, count), _share(same_task, count))


def _share(found: int, count: int) -> float:
    return found / count if count else 1.0


def _member(after: Int32, who_after: Int32, before: Int32, who_before: Int32) -> int:
    """Count the (place, person) pairs of the plan before that the plan after has too."""
    width = np.int64(1 << 31)
    return int(np.isin(before.astype(np.int64) * width + who_before, after.astype(np.int64) * width + who_after).sum())


def replan(problem: Problem, stop: Callable[[], bool] = lambda: False) -> Plan:
    """Return a plan that keeps the baseline wherever the rules allow it and fills what is empty around it.

    Parameters
    ----------
    problem
        The problem as it is now; its baseline is the plan to keep.
    stop
        Is asked before every seat; the plan so far is good.

    Notes
    -----
    Every seat is filled by the alternative that leaves least open, then moves fewest people, then costs least; who
    already stands somewhere is moved only for a seat that counts more than the one which is then empty.
    """
    instance = build(problem)
    state = empty_state(problem, instance)
    _enter_baseline(problem, instance, state)
    guard = Guard(problem, instance)
    guard.clear(state)
    hunt = new_hunt(len(instance.minimum))
    for deepest in (0, 1, *(DEEPEST for _ in range(ROUNDS))):
        filled = _fill(instance, state, (hunt, guard), deepest, stop)
        if filled == 0 and deepest == DEEPEST:
            break
    if not guard.active and not stop():
        fill_by_forks(instance, state, stop)
    return to_plan(instance, state)


def _enter_baseline(problem: Problem, instance: Instance, state: State) -> None:
    """Put the baseline into the state, what counts most first."""
    position = positions(problem, instance)
    rows = problem.baseline.astype(np.int64)
    there = position[rows[:, 0]] >= 0
    rows = rows[there]
    order = np.lexsort((rows[:, 0], -instance.fill[rows[:, 1]]))
    pairs = np.column_stack([position[rows[:, 0]], rows[:, 1]])[order]
    enter(instance, state, np.ascontiguousarray(pairs))


def _fill(instance: Instance, state: State, tools: tuple[Hunt, Guard], deepest: int, stop: Callable[[], bool]) -> int:
    """Fill the empty seats one by one, the weightiest first; return how many were filled."""
    hunt, guard = tools
    filled = 0
    for group in fill_order(instance, state).tolist():
        while state.heads[group] < instance.desired[group] and not stop():
            needed = bool(state.heads[group] < instance.minimum[group])
            count = int(hunt_seat(instance, state, hunt, group, deepest if needed else 0, NODES))
            rows = hunt.found[:count].copy()
            order = np.lexsort((rows[:, 0], rows[:, 2], rows[:, 1]))
            best = next((rows[at] for at in order if guard.allows(state, rows[at])), None)
            if best is None:
                break
            walk(instance, state, best, int(best[2]))
            filled += 1
    return filled
