"""What a week hands on: duties per class over a window, and how long ago the last one was."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.engine.carry import Carry, carry_over, duties_by_class
from patrol_desk.engine.options import SolveOptions
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import WAITED_MOST, Problem
from patrol_desk.engine.solve import solve
from patrol_desk.samples.problems import tiny


def pairs(problem: Problem, seed: int) -> Plan:
    """Return a plan of random pairs: what is counted need not keep the rules."""
    rng = np.random.default_rng(seed)
    shape = (len(problem.people.ids), len(problem.demand.group_task))
    return Plan(np.argwhere(rng.random(shape) < 0.4).astype(np.int32))


@given(st.integers(0, 10_000), st.integers(1, 5), st.integers(1, 12))
def test_load_and_queue_are_those_of_the_weeks_counted_by_hand(seed: int, window: int, weeks: int) -> None:
    """The load is the window's duties; who served waits 0 weeks, the others one week more, 8 at most."""
    problem = tiny(seed, people=5, groups=6)
    carry = Carry.nothing(5, window)
    history = []
    for week in range(weeks):
        plan = pairs(problem, seed + week)
        history.append(_by_hand(problem, plan))
        carry = carry_over(carry, problem, plan)
    assert (carry.load == sum(history[-window:])).all()
    for person in range(5):
        for one in range(4):
            ago = [number for number, duties in enumerate(reversed(history)) if duties[person, one]]
            assert carry.waited[person, one] == min([*ago, WAITED_MOST])


def _by_hand(problem: Problem, plan: Plan) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    counts = np.zeros((len(problem.people.ids), 4), dtype=np.int64)
    demand = problem.demand
    for person, task in {(int(p), int(demand.group_task[g])) for p, g in plan.assignments}:
        counts[person, problem.shifts.load_class[demand.task_shift[task]]] += 1
    return counts


def test_two_seats_of_one_task_are_one_duty() -> None:
    """Who holds a typed seat and another of the same patrol has served once."""
    problem = tiny(3, people=2, shifts=2, groups=6)
    task = int(np.argmax(np.bincount(problem.demand.group_task)))
    groups = np.flatnonzero(problem.demand.group_task == task)
    assert len(groups) > 1
    plan = Plan(np.array([(0, group) for group in groups], dtype=np.int32))
    assert duties_by_class(problem, plan).sum() == 1
    assert duties_by_class(problem, Plan.empty()).sum() == 0


def test_the_next_week_is_told_and_the_solver_shifts_the_duty() -> None:
    """Two alike, one seat a week: they take turns."""
    base = tiny(0, people=2, shifts=1, checkpoints=1, groups=1)
    people = replace(
        base.people,
        on_roster=np.ones(2, dtype=np.bool_),
        availability=np.full((2, 1), 3, dtype=np.int8),
        leave=np.zeros((2, 1), dtype=np.bool_),
        cap_week=np.full(2, 1, dtype=np.int8),
        home=np.zeros((2, 2), dtype=np.int32),
    )
    demand = replace(
        base.demand,
        place=np.zeros((1, 2), dtype=np.int32),
        minimum=np.ones(1, dtype=np.int32),
        desired=np.ones(1, dtype=np.int32),
    )
    none = np.zeros((0, 3), dtype=np.int32)
    problem = replace(base, people=people, demand=demand, locked=none[:, :2], baseline=none[:, :2], busy=none)
    carry, served = Carry.nothing(2, 8), []
    for week in range(6):
        asked = carry.into(problem)
        assert (asked.people.load == carry.load).all()
        assert (asked.people.waited == carry.waited).all()
        plan = solve(asked, SolveOptions(seed=week, moves=200)).plan
        served.append(int(plan.assignments[0, 0]))
        carry = carry_over(carry, asked, plan)
    assert all(one != other for one, other in pairwise(served))
