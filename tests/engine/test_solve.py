"""What a caller relies on: rules kept, figures true, bounds that hold, the same plan again, a stop that is heard."""

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from patrol_desk.engine.figures import cost_parts
from patrol_desk.engine.options import Progress, SolveOptions
from patrol_desk.engine.plan import Plan, SolveResult
from patrol_desk.engine.problem import NO_PLACE, Problem
from patrol_desk.engine.rules import blocking
from patrol_desk.engine.solve import solve
from patrol_desk.engine.verify import check
from patrol_desk.engine.verify.free import gaps
from patrol_desk.samples.problems import FAMILIES, family, tiny
from tests.engine import uncompiled
from tests.engine.verify import naive
from tests.engine.verify.test_naive_agreement import relabelled

SEEDS = st.integers(0, 10**6)
SHORT = SolveOptions(moves=2000)


def assert_sound(problem: Problem, result: SolveResult) -> None:
    """Assert that the independent checker finds no rule broken and the very figures and bounds reported."""
    report, figures = check(problem, result.plan, result.certificate), result.figures
    assert_sound_but_for_bounds(problem, result)
    assert (report.shortage_bound, report.cost_bound) == (figures.shortage_bound, figures.cost_bound)


def assert_sound_but_for_bounds(problem: Problem, result: SolveResult) -> None:
    """Assert that the independent checker finds no rule broken and the very figures reported."""
    report, figures = check(problem, result.plan), result.figures
    assert report.own_violations == ()
    assert (report.seats, report.filled, report.shortage) == (figures.seats, figures.filled, figures.shortage)
    assert (report.cost, report.parts) == (figures.cost, figures.parts)
    assert report.desired_shortage == figures.desired_shortage
    assert report.single_squad_share == pytest.approx(figures.single_squad_share)
    assert figures.shortage_bound <= figures.shortage
    assert figures.cost_bound <= figures.cost
    assert figures.exact == (figures.shortage == figures.shortage_bound)


@given(SEEDS)
def test_the_checker_confirms_every_plan(seed: int) -> None:
    """Small problems with every rule, locked, baseline and busy rows among them."""
    problem = tiny(seed, people=8, shifts=6, checkpoints=3, groups=8)
    assert_sound(problem, solve(problem, SHORT))


@given(SEEDS)
def test_with_every_rule_plans_are_sound_and_leave_nobody_free(seed: int) -> None:
    """Hard and weighted rules of all kinds: nothing is broken, and for each gap a rule stands against everybody."""
    problem = tiny(seed, people=8, shifts=6, checkpoints=3, groups=8, full=True)
    result = solve(problem, SHORT)
    assert_sound_but_for_bounds(problem, result)
    assert {tuple(row) for row in problem.locked.tolist()} <= {tuple(row) for row in result.plan.assignments.tolist()}
    assert all(len(gap.free) == 0 for gap in gaps(problem, result.plan))
    tasks = problem.demand.group_task
    for gap in gaps(problem, result.plan):
        there = set(result.plan.assignments[tasks[result.plan.assignments[:, 1]] == tasks[gap.group], 0].tolist())
        for person in set(range(len(problem.people.ids))) - there:
            assert blocking(problem, result.plan, person, gap.group)


@given(SEEDS)
def test_with_every_rule_no_plan_beats_the_bounds(seed: int) -> None:
    """Where every plan can be tried, the bounds do not pass the best one."""
    problem = tiny(seed, people=3, shifts=3, full=True)
    result = solve(problem, SHORT)
    every = list(naive.plans(problem))
    assert result.figures.shortage_bound <= min(naive.shortage(problem, rows) for rows in every)
    assert result.figures.cost_bound <= min(naive.cost(problem, rows) for rows in every)


@given(SEEDS)
def test_one_more_person_never_worsens_the_coverage(seed: int) -> None:
    """Somebody of no squad and in no pair joins: what is reached with all rules is as good, where both are proven."""
    problem = tiny(seed, people=3, shifts=3, full=True)
    before, after = solve(problem, SHORT).figures, solve(with_one_more(problem), SHORT).figures
    assert after.shortage_bound <= before.shortage
    assert not (before.exact and after.exact) or after.shortage <= before.shortage


def with_one_more(problem: Problem) -> Problem:
    """Return the problem with one more person, who can do all and come always."""
    people, days, shifts = problem.people, problem.days, len(problem.shifts.ids)
    most = np.uint32((1 << len(problem.capabilities)) - 1)
    new: dict[str, NDArray[np.generic]] = {
        "squad": np.array([-1]),
        "role": np.array([0]),
        "on_roster": np.array([True]),
        "capability": np.full((1, days), most, dtype=np.uint32),
        "home": np.full((1, 2), NO_PLACE, dtype=np.int32),
        "cap_week": np.array([3]),
        "load": np.zeros((1, 4), dtype=np.int32),
        "availability": np.full((1, shifts), 2, dtype=np.int8),
        "leave": np.zeros((1, shifts), dtype=np.bool_),
        "insured": np.ones((1, days), dtype=np.bool_),
        "novice": np.array([False]),
        "spares_eve": np.array([False]),
        "waited": np.full((1, 4), 8, dtype=np.int8),
    }
    arrays = {
        name: np.concatenate([getattr(people, name), value]).astype(getattr(people, name).dtype)
        for name, value in new.items()
    }
    return replace(problem, people=replace(people, ids=(*people.ids, "more"), **arrays))


@given(SEEDS)
def test_other_names_cost_the_same(seed: int) -> None:
    """People and checkpoints in another order: the same plan costs the same, part by part, with all rules."""
    problem = tiny(seed, people=5, shifts=5, checkpoints=3, groups=6, full=True)
    people, places = np.random.default_rng(seed).permutation(5), np.random.default_rng(seed + 1).permutation(3)
    plan = solve(problem, SHORT).plan
    moved = plan.assignments.copy()
    moved[:, 0] = np.argsort(people)[moved[:, 0]]
    twin = relabelled(problem, people, places)
    assert cost_parts(twin, Plan(moved)) == cost_parts(problem, plan)
    assert check(twin, Plan(moved)).own_violations == ()


@given(SEEDS)
def test_small_problems_are_solved_to_the_optimum(seed: int) -> None:
    """Where every plan can be tried, no plan misses fewer heads, and the bounds do not pass the best plan."""
    problem = tiny(seed, people=3, shifts=3)
    result = solve(problem, SHORT)
    every = list(naive.plans(problem))
    fewest = min(naive.shortage(problem, rows) for rows in every)
    least = min(naive.cost(problem, rows) for rows in every)
    assert result.figures.shortage_bound <= fewest <= result.figures.shortage
    assert result.figures.cost_bound <= least <= result.figures.cost
    # Whom the problem locks into one patrol twice, the solver counts as serving twice and the checker once: the solver
    # keeps to the narrower reading, and may then miss a head more.
    tasks = [(person, int(problem.demand.group_task[group])) for person, group in problem.locked.tolist()]
    if len(set(tasks)) == len(tasks):
        assert result.figures.shortage == fewest


@pytest.mark.parametrize("name", FAMILIES)
def test_each_family_in_small(name: str) -> None:
    """Whatever makes a family hard, the plan keeps the rules and misses as few heads as can be proven, or nearly."""
    problem = family(name, 1, scale=0.05)
    result = solve(problem, SolveOptions(moves=20_000))
    assert_sound(problem, result)
    assert result.figures.shortage <= 1.02 * result.figures.shortage_bound + 2


def test_two_duties_a_day() -> None:
    """A cap of two a day is kept and used."""
    problem = family("small", 2, scale=0.3)
    twice = replace(problem, rules=replace(problem.rules, cap_day=2, rest_min=60))
    result = solve(twice, SolveOptions(moves=5000))
    assert_sound(twice, result)
    assert result.figures.shortage <= solve(problem, SolveOptions(moves=5000)).figures.shortage


def test_locked_pairs_stay() -> None:
    """Whatever a locked pair breaks, it is in the plan."""
    problem = family("locked", 3, scale=0.04)
    pairs = {tuple(row) for row in solve(problem, SHORT).plan.assignments.tolist()}
    assert {tuple(row) for row in problem.locked.tolist()} <= pairs


def test_filling_gaps_touches_nothing_else() -> None:
    """With the whole plan locked only free seats are filled."""
    problem = family("slack", 4, scale=0.03)
    before = solve(problem, SHORT).plan.assignments
    kept = before[: len(before) * 9 // 10]
    filled = solve(replace(problem, locked=kept), SHORT)
    after = {tuple(row) for row in filled.plan.assignments.tolist()}
    assert {tuple(row) for row in kept.tolist()} <= after
    untouched = solve(replace(problem, locked=kept), stop=lambda: True)
    assert filled.figures.filled > untouched.figures.filled


def test_least_change_begins_with_the_plan_it_keeps() -> None:
    """Stopped at once, a run with a plan to keep returns that very plan, not one made from nothing."""
    problem = family("saturated", 5, scale=0.06)
    before = solve(problem, SolveOptions(moves=50_000)).plan.assignments
    again = solve(replace(problem, baseline=before), stop=lambda: True).plan.assignments
    assert {*map(tuple, before.tolist())} <= {*map(tuple, again.tolist())}


def test_least_change_keeps_the_plan_when_a_few_withdraw() -> None:
    """Two in a hundred fall out; of what the others do at least 98 % stays as it was."""
    problem = family("saturated", 5, scale=0.06)
    before = solve(problem, SolveOptions(moves=50_000)).plan.assignments
    leave = problem.people.leave.copy()
    leave[::50] = True
    people = replace(problem.people, leave=leave)
    again = solve(replace(problem, people=people, baseline=before), SolveOptions(moves=50_000))
    shift_of = problem.demand.task_shift[problem.demand.group_task]
    held = {(person, int(shift_of[group])) for person, group in before.tolist() if person % 50}
    kept = {(person, int(shift_of[group])) for person, group in again.plan.assignments.tolist()}
    assert len(held & kept) >= 0.98 * len(held)


def test_the_same_seed_gives_the_same_plan() -> None:
    """With moves given, the plan depends on problem and seed alone."""
    problem = family("small", 6, scale=0.3)
    plans = [solve(problem, SolveOptions(seed=seed, moves=5000)).plan.assignments.tolist() for seed in (1, 1, 2)]
    assert plans[0] == plans[1] != plans[2]


def test_compiled_or_not_the_plan_is_the_same(tmp_path: Path) -> None:
    """The kernels give the same plans as plain Python, and that run also counts for coverage."""
    out = tmp_path / "plans.json"
    traced = "coverage" in sys.modules and sys.modules["coverage"].Coverage.current() is not None
    tracer = ["-m", "coverage", "run", "--parallel-mode"] if traced else []
    command = [sys.executable, *tracer, "-m", "tests.engine.uncompiled", str(out)]
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONUTF8": "1"}
    subprocess.run(command, check=True, env=environment, cwd=Path(__file__).parents[2])
    assert json.loads(out.read_text(encoding="utf-8")) == uncompiled.plans()


def test_an_empty_week_is_a_plan() -> None:
    """No demand, nobody who can come, nobody at all: the figures say so and nothing falls over."""
    problem = tiny(7)
    none = problem.demand.group_task[:0]
    demand = replace(problem.demand, group_task=none, group_capability=none.astype(np.int8), minimum=none, desired=none)
    nothing = replace(problem, demand=demand, locked=problem.locked[:0], baseline=problem.baseline[:0])
    result = solve(nothing, SHORT)
    assert (result.figures.seats, result.figures.gap, len(result.plan.assignments)) == (0, 0.0, 0)
    people = replace(problem.people, on_roster=np.zeros(len(problem.people.ids), dtype=np.bool_))
    nobody = replace(problem, people=people, locked=problem.locked[:0])
    result = solve(nobody, SHORT)
    assert_sound(nobody, result)
    assert result.figures.shortage == result.figures.seats == result.figures.shortage_bound


@pytest.mark.parametrize("looks", [0, 1, 2, 3, 5, 8, 20])
def test_a_stop_at_any_moment_leaves_a_sound_plan(looks: int) -> None:
    """However early the stop comes, what is returned keeps the rules and its bounds hold."""
    problem = family("small", 8, scale=0.3)
    result = solve(problem, SolveOptions(moves=10**9), stop=stop_after(looks))
    assert result.figures.stopped == "user"
    assert_sound(problem, result)


@pytest.mark.parametrize("looks", [0, 2, 5, 20])
def test_a_stop_with_every_rule_leaves_a_sound_plan(looks: int) -> None:
    """However early the stop comes, pairs, new members and runs are kept to."""
    for seed in range(6):
        problem = tiny(seed, people=12, shifts=8, checkpoints=4, groups=14, full=True)
        result = solve(problem, SolveOptions(moves=10**9), stop=stop_after(looks))
        assert_sound_but_for_bounds(problem, result)


def stop_after(looks: int) -> Callable[[], bool]:
    """Return a stop sign that says yes from some look on."""
    asked = itertools.count()
    return lambda: next(asked) >= looks


@pytest.mark.parametrize("seconds", [0.0, 0.5])
def test_a_time_limit_ends_the_search_and_keeps_the_bounds(seconds: float) -> None:
    """The rules hold and the bounds are proven, also when there is no time for anything."""
    problem = family("small", 9, scale=0.5)
    result = solve(problem, SolveOptions(time_limit=seconds))
    assert result.figures.stopped == "time"
    assert result.figures.filled > 0
    assert result.figures.cost_bound > 0
    assert_sound(problem, result)


def test_progress_tells_of_plans_that_keep_the_rules() -> None:
    """Each plan on the way may be taken as it is; the last line says that it is done."""
    problem = family("small", 10, scale=0.3)
    lines: list[Progress] = []
    result = solve(problem, SolveOptions(moves=20_000), lines.append)
    plans = [line.plan for line in lines if line.plan is not None]
    assert plans
    for plan in plans:
        assert check(problem, plan).own_violations == ()
    assert lines[-1].message.code == "engine.done"
    assert (lines[-1].shortage, lines[-1].cost) == (result.figures.shortage, result.figures.cost)
    assert 0 <= result.figures.first_plan_seconds <= result.figures.seconds
    assert result.figures.peak_mb > 1


def test_a_default_run_ends_by_itself() -> None:
    """Without options the number of moves fits the size."""
    result = solve(tiny(11))
    assert result.figures.stopped == "moves"
    assert result.figures.moves >= 10_000


@given(SEEDS, st.booleans())
def test_costs_of_hand_made_plans_are_the_checkers(seed: int, full: bool) -> None:
    """Any rows, also such as break rules, cost the same by both computations."""
    problem = tiny(seed, full=full)
    rng = np.random.default_rng(seed)
    groups, people = len(problem.demand.group_task), len(problem.people.ids)
    pairs = sorted({(int(rng.integers(people)), int(rng.integers(groups))) for _ in range(5)})
    plan = Plan(np.array(pairs, dtype=np.int32))
    assert cost_parts(problem, plan) == check(problem, plan).parts
