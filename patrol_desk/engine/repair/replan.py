"""A plan for a problem that has changed, which keeps as much of the plan before as it can."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from patrol_desk.engine.core.forks import fill_by_forks
from patrol_desk.engine.core.instance import Instance, build
from patrol_desk.engine.core.repair import fill_order
from patrol_desk.engine.core.rounds import fill_in_rounds
from patrol_desk.engine.core.state import State, clone, empty_state, positions, to_plan
from patrol_desk.engine.network.flow import enter
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Int32, Problem
from patrol_desk.engine.repair.doubles import fill_by_doubles
from patrol_desk.engine.repair.guard import Guard
from patrol_desk.engine.repair.hunt import hunt_seat, new_hunt, walk
from patrol_desk.engine.repair.lacking import fewest
from patrol_desk.engine.repair.least import fill_with_least_change
from patrol_desk.engine.repair.wander import wander


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
        Is asked before every seat that somebody just takes, and every round of chains; the plan so far is good.

    Notes
    -----
    First whoever costs least takes a seat for which somebody has room. Then chains fill the seats, dearest first, each
    by the one that changes least (`least`); a duty is given up only where the seat counts more than the one which is
    then empty. What no such chain reaches is left to the solver's own chains and forks, to doubles, and, while it is
    not proven that no plan misses fewer heads, to a walk over plans that lack as much.
    """
    instance = build(problem)
    locked = empty_state(problem, instance)
    state = keep_baseline(problem, instance, locked, stop)

    def proven(found: State) -> bool:
        return fewest(instance, found, locked)

    if not stop() and not proven(state):
        wander(instance, state, proven, stop)
    return to_plan(instance, state)


def keep_baseline(problem: Problem, instance: Instance, locked: State, stop: Callable[[], bool]) -> State:
    """Return the baseline as far as the rules allow it, with what is empty filled around it by chains."""
    state = clone(locked)
    _enter_baseline(problem, instance, state)
    guard = Guard(problem, instance)
    guard.clear(state)
    _fill_directly(instance, state, guard, stop)
    for fill in (fill_with_least_change, fill_in_rounds, fill_by_forks, fill_by_doubles):
        if not stop():
            fill(instance, state, stop)
    return state


def _enter_baseline(problem: Problem, instance: Instance, state: State) -> None:
    """Put the baseline into the state, what counts most first."""
    position = positions(problem, instance)
    rows = problem.baseline.astype(np.int64)
    there = position[rows[:, 0]] >= 0
    rows = rows[there]
    order = np.lexsort((rows[:, 0], -instance.fill[rows[:, 1]]))
    pairs = np.column_stack([position[rows[:, 0]], rows[:, 1]])[order]
    enter(instance, state, np.ascontiguousarray(pairs))


def _fill_directly(instance: Instance, state: State, guard: Guard, stop: Callable[[], bool]) -> None:
    """Fill seats by whoever has room and costs least, the weightiest seats first."""
    hunt = new_hunt(len(instance.minimum))
    for group in fill_order(instance, state).tolist():
        while state.heads[group] < instance.desired[group] and not stop():
            count = int(hunt_seat(instance, state, hunt, group, 0, 1))
            rows = hunt.found[:count].copy()
            best = next((row for row in rows[np.argsort(rows[:, 0], kind="stable")] if guard.allows(state, row)), None)
            if best is None:
                break
            walk(instance, state, best, int(best[2]))
