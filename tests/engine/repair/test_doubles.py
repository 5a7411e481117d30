"""Where somebody's duty keeps two others from them, a double gives it up for both."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.engine.core.greedy import fill_greedily
from patrol_desk.engine.core.instance import build
from patrol_desk.engine.core.state import empty_state, to_plan
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.repair import replan
from patrol_desk.engine.repair.doubles import fill_by_doubles
from patrol_desk.engine.repair.lacking import fewest, lacking
from patrol_desk.engine.verify import check
from patrol_desk.samples.problems import tiny
from tests.engine.core.test_forks import always, never, problem_of


def at_night(folder: Path) -> Problem:
    """Return a problem with one driver, who held the night and could hold the evening and the morning instead."""
    problem = problem_of(folder, [{"id": "driver", "skills": ["driver"], "cap_week": 2}])
    night = np.flatnonzero(problem.demand.group_capability >= 0)
    return replace(problem, baseline=np.array([(0, night[0])], dtype=np.int32))


def test_two_seats_are_filled_for_one(tmp_path: Path) -> None:
    """The night stays empty, the evening and the morning do not."""
    problem = at_night(tmp_path)
    report = check(problem, found := replan(problem))
    assert report.violations == ()
    assert report.shortage == 1
    assert (problem.demand.group_capability[found.assignments[:, 1]] < 0).all()


def test_a_locked_duty_is_kept_and_so_is_all_after_a_stop(tmp_path: Path) -> None:
    """The driver stays at night when that is locked, or when the user stops."""
    problem = at_night(tmp_path)
    locked = replace(problem, locked=problem.baseline)
    for found in (replan(locked), replan(problem, stop=lambda: True)):
        assert found.assignments.tolist() == problem.baseline.tolist()


def test_a_dearer_seat_is_not_given_up_for_two_lesser_ones(tmp_path: Path) -> None:
    """With the night in the top tier and the others below it, the driver stays."""
    problem = at_night(tmp_path)
    shift = problem.demand.task_shift[problem.demand.group_task[problem.baseline[0, 1]]]
    tier = np.where(problem.demand.task_shift == shift, 0, 2).astype(np.int8)
    problem = replace(problem, demand=replace(problem.demand, task_tier=tier))
    assert replan(problem).assignments.tolist() == problem.baseline.tolist()


@given(st.integers(0, 10**6), st.booleans())
def test_doubles_never_break_a_rule_or_lose_a_head(seed: int, full: bool) -> None:
    """On random problems the state lacks as much or less, and keeps every rule."""
    problem = tiny(seed, people=8, shifts=6, checkpoints=3, groups=8, full=full)
    instance = build(problem)
    state = empty_state(problem, instance)
    fill_greedily(instance, state, never)
    before = lacking(instance, state)
    assert fill_by_doubles(instance, state, always) == 0
    fill_by_doubles(instance, state, never)
    assert lacking(instance, state) <= before
    assert check(problem, to_plan(instance, state)).own_violations == ()


def test_that_no_plan_misses_less_is_said_only_when_it_is_proven(tmp_path: Path) -> None:
    """Nobody is a driver, so the night must stay empty; a plan in which the evening is empty too is not the best."""
    problem = problem_of(tmp_path, [{"id": "anybody", "cap_week": 2}])
    morning = np.array([(0, len(problem.demand.group_task) - 1)], dtype=np.int32)
    standing = replace(problem, locked=morning)
    instance, nobody = build(problem), empty_state(problem, build(problem))
    state = empty_state(standing, build(standing))
    assert not fewest(instance, state, nobody)
    fill_greedily(instance, state, never)
    assert lacking(instance, state)[0] == 1
    assert fewest(instance, state, nobody)
