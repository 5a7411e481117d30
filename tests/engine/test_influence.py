"""Priority areas raise tiers, security periods add heads, and what they did can be told from what was asked for."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.engine.influence import PriorityArea, SecurityPeriod, apply
from patrol_desk.engine.problem import Problem
from patrol_desk.samples.problems import tiny

SEEDS = st.integers(0, 10**6)
TIERS = 3
MINUTES = st.integers(-600, 5_000)


def sample(seed: int) -> Problem:
    """Return a problem with several tasks and groups at three checkpoints, of two kinds."""
    problem = tiny(seed, people=2, shifts=6, checkpoints=3, groups=9)
    kind = np.array([0, 1, 0], dtype=np.int8)
    return replace(
        problem,
        demand=replace(problem.demand, kind=kind),
        rules=replace(
            problem.rules, kinds=(replace(problem.rules.kinds[0]), replace(problem.rules.kinds[0], name="k"))
        ),
    )


def heads(problem: Problem, task: int) -> tuple[int, int]:
    """Return minimum and desired heads of a task."""
    groups = problem.demand.group_task == task
    return int(problem.demand.minimum[groups].sum()), int(problem.demand.desired[groups].sum())


def lies_in(problem: Problem, task: int, start: int, end: int) -> bool:
    """Say whether a task's shift and some minutes have a minute in common."""
    shift = problem.demand.task_shift[task]
    return any(start <= minute < end for minute in range(problem.shifts.start[shift], problem.shifts.end[shift]))


@given(SEEDS, st.sampled_from(["areas", "periods", "neither"]))
def test_what_concerns_nothing_changes_nothing(seed: int, which: str) -> None:
    """Nothing to apply, an area of no checkpoints, a period that is over: the demand is the same object."""
    problem = sample(seed)
    areas = [PriorityArea("a", 0, 5_000, (), 2)] if which == "areas" else []
    periods = [SecurityPeriod("p", -9_000, -8_000, minimum=4)] if which == "periods" else []
    assert apply(problem.demand, problem.shifts, areas, periods, TIERS) is problem.demand


@given(SEEDS, MINUTES, st.integers(1, 4_000), st.lists(st.integers(1, 120), min_size=1, max_size=3))
def test_tiers_rise_by_the_largest_area_and_never_above_the_top(
    seed: int, start: int, minutes: int, rises: list[int]
) -> None:
    """A task rises where its shift lies in the area, by no more than there are tiers, and its own tier is known."""
    problem = sample(seed)
    areas = [PriorityArea(f"a{rise}", start, start + minutes, (0, 2), rise) for rise in rises]
    found = replace(problem, demand=apply(problem.demand, problem.shifts, areas, [], TIERS))
    for task, own in enumerate(problem.demand.task_tier.tolist()):
        inside = problem.demand.task_checkpoint[task] != 1 and lies_in(problem, task, start, start + minutes)
        tier = max(0, own - max(rises)) if inside else own
        assert (found.demand.task_tier[task], found.demand.raised[task]) == (tier, own - tier)
    again = apply(found.demand, found.shifts, areas, [], TIERS)
    assert ((again.raised >= found.demand.raised) & (again.raised + again.task_tier == problem.demand.task_tier)).all()


@given(SEEDS, MINUTES, st.integers(1, 4_000), st.integers(0, 3), st.integers(0, 3), st.sampled_from([0, 10, 50, 150]))
def test_periods_add_up_and_are_told_apart_from_what_was_asked_for(
    seed: int, start: int, minutes: int, least: int, wished: int, percent: int
) -> None:
    """Each task within gets the heads of every period; without the surge it is what it was."""
    problem = sample(seed)
    periods = [
        SecurityPeriod("fair", start, start + minutes, (1,), minimum=least, desired_percent=percent),
        SecurityPeriod("visit", start, start + minutes, None, None, desired=wished, minimum_percent=percent),
    ]
    found = replace(problem, demand=apply(problem.demand, problem.shifts, [], periods, TIERS))
    old, new = problem.demand, found.demand
    for task in range(len(old.task_shift)):
        own, own_wished = heads(problem, task)
        more = more_wished = 0
        if lies_in(problem, task, start, start + minutes):
            share, share_wished = -(-own * percent // 100), -(-own_wished * percent // 100)
            more, more_wished = share, max(share, wished)
            if old.task_checkpoint[task] == 1:
                more, more_wished = more + least, more_wished + max(least, share_wished)
        assert heads(found, task) == (own + more, own_wished + more_wished)
    kept = len(old.group_task)
    assert np.array_equal(new.group_task[:kept], old.group_task)
    assert np.array_equal((new.minimum - new.surge_minimum)[:kept], old.minimum)
    assert np.array_equal((new.desired - new.surge_desired)[:kept], old.desired)
    assert np.array_equal((new.minimum - new.surge_minimum)[kept:], np.zeros(len(new.group_task) - kept))
    assert (new.surge_minimum[new.group_capability >= 0] == 0).all()


def test_a_task_of_typed_seats_alone_gets_seats_for_anybody() -> None:
    """The heads that a period adds do not ask for the skill of the others."""
    problem = sample(3)
    typed = replace(
        problem.demand,
        group_task=np.array([0], dtype=np.int32),
        group_capability=np.array([1], dtype=np.int8),
        minimum=np.array([1], dtype=np.int32),
        desired=np.array([1], dtype=np.int32),
        held=np.array([2], dtype=np.int32),
        surge_minimum=np.zeros(1, dtype=np.int32),
        surge_desired=np.zeros(1, dtype=np.int32),
    )
    period = SecurityPeriod("visit", -600, 90_000, kinds=(0, 1), minimum=2)
    found = apply(typed, problem.shifts, [], [period], TIERS)
    tasks = len(typed.task_shift)
    assert found.group_task.tolist() == [0, *range(tasks)]
    assert found.group_capability.tolist() == [1] + [-1] * tasks
    assert found.minimum.tolist() == found.desired.tolist() == [1] + [2] * tasks
    assert found.surge_minimum.tolist() == [0] + [2] * tasks
    assert found.held.tolist() == [2] + [0] * tasks


def test_heads_beyond_all_bounds_are_refused_where_the_problem_is_made() -> None:
    """A percentage that leads nowhere does not wrap around; the problem refuses what comes out."""
    problem = sample(3)
    periods = [SecurityPeriod("p", -600, 90_000, minimum=10_000, minimum_percent=10**7) for _ in range(40)]
    with pytest.raises(InvalidDataError) as refused:
        replace(problem, demand=apply(problem.demand, problem.shifts, [], periods, TIERS))
    assert refused.value.message.params["field"] == "demand.minimum"
