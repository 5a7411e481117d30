"""A plan for a problem that has changed keeps the rules and as much of the plan before as it can."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.engine.options import SolveOptions
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Int32, Problem
from patrol_desk.engine.repair import kept, replan
from patrol_desk.engine.solve import solve
from patrol_desk.engine.verify import check
from patrol_desk.samples.problems import family, greedy, tiny
from tests.engine.explain.plans import filled

SEEDS = st.integers(0, 10**6)


def without(problem: Problem, plan: Plan, gone: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Problem:
    """Return the problem in which some people have left the roster and the plan should change little."""
    people = replace(problem.people, on_roster=problem.people.on_roster & ~gone)
    return replace(problem, people=people, baseline=plan.assignments, locked=problem.locked[:0])


@given(SEEDS, st.booleans())
def test_a_new_plan_keeps_every_rule(seed: int, full: bool) -> None:
    """Also after people have left, with a baseline that can no longer be kept."""
    problem = replace(tiny(seed, people=8, shifts=6, groups=8, full=full), locked=np.zeros((0, 2), dtype=np.int32))
    plan = filled(problem, 9) if full else greedy(problem)
    rng = np.random.default_rng(seed)
    changed = without(problem, plan, rng.random(8) < 0.3)
    assert check(changed, replan(changed)).violations == ()


@given(SEEDS, st.booleans())
def test_a_new_plan_lacks_no_more_and_what_is_locked_stays(seed: int, full: bool) -> None:
    """Tier by tier it misses no more minimum heads than what is left of the plan before, whatever rules there are."""
    problem = replace(tiny(seed, people=8, shifts=6, groups=8, full=full), locked=np.zeros((0, 2), dtype=np.int32))
    plan = filled(problem, 9)
    rng = np.random.default_rng(seed)
    gone = rng.random(8) < 0.3
    rest = plan.assignments[~gone[plan.assignments[:, 0]]]
    locked = rest[: len(rest) // 3]
    changed = replace(without(problem, plan, gone), locked=locked)
    found = replan(changed)
    report = check(changed, found)
    assert report.own_violations == ()
    assert pairs(locked) <= pairs(found.assignments)
    if not check(changed, Plan(rest)).violations:
        assert by_tier(changed, found) <= by_tier(changed, Plan(rest))


def pairs(rows: Int32) -> set[tuple[int, int]]:
    """Return pairs of person and seat group as a set."""
    return {(person, group) for person, group in rows.tolist()}


@given(SEEDS, st.booleans())
def test_a_new_plan_misses_no_more_than_a_full_solve_where_that_is_proven(seed: int, leave: bool) -> None:
    """Where no plan misses fewer heads than the solver's, the new plan misses as many."""
    problem = replace(tiny(seed, people=8, shifts=6, groups=8), locked=np.zeros((0, 2), dtype=np.int32))
    plan = greedy(problem)
    changed = without(problem, plan, np.random.default_rng(seed).random(8) < (0.3 if leave else 0.0))
    solved = solve(changed, SolveOptions(seed=1, moves=500))
    if solved.figures.exact:
        assert check(changed, replan(changed)).shortage == check(changed, solved.plan).shortage


def test_chains_keep_people_in_their_shifts_where_they_can() -> None:
    """In a saturated township all seats are filled that can be, and most who are moved only change the post."""
    problem = family("saturated", 3, scale=0.05)
    plan = solve(problem, SolveOptions(seed=1, moves=20_000)).plan
    gone = np.random.default_rng(3).random(len(problem.people.ids)) < 0.02
    changed = without(problem, plan, gone)
    solved = solve(changed, SolveOptions(seed=1, moves=20_000))
    after = replan(changed)
    ours, theirs = kept(changed, plan, after), kept(changed, plan, solved.plan)
    assert check(changed, after).shortage == solved.figures.shortage_bound
    assert check(changed, after).violations == ()
    assert ours.shifts >= max(theirs.shifts, 0.99)
    assert ours.posts >= max(theirs.posts, 0.97)


@given(SEEDS)
def test_nothing_moves_when_nothing_has_changed_and_nothing_is_missing(seed: int) -> None:
    """A plan without an empty seat is its own best new plan."""
    problem = replace(tiny(seed, people=8, shifts=6, groups=8), locked=np.zeros((0, 2), dtype=np.int32))
    plan = greedy(problem)
    full = replace(problem.demand, minimum=np.minimum(problem.demand.minimum, heads(problem, plan)))
    full = replace(full, desired=heads(problem, plan))
    asked = replace(problem, demand=full, baseline=plan.assignments)
    assert replan(asked).assignments.tolist() == plan.assignments.tolist()


def heads(problem: Problem, plan: Plan) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """Return the heads of each seat group."""
    return np.bincount(plan.assignments[:, 1], minlength=len(problem.demand.group_task)).astype(np.int32)


@pytest.mark.parametrize("name", ["slack", "saturated"])
def test_two_in_a_hundred_leave_and_nearly_everything_stays(name: str) -> None:
    """The shares of kept assignments reach what the scheduler promises, and few seats are lost."""
    problem = family(name, 1, scale=0.1)
    plan = replan(replace(problem, baseline=greedy(problem).assignments))
    gone = np.random.default_rng(1).random(len(problem.people.ids)) < 0.02
    changed = without(problem, plan, gone)
    after = replan(changed)
    share = kept(changed, plan, after)
    assert share.shifts >= 0.97
    assert share.posts >= 0.95
    rest = Plan(plan.assignments[~gone[plan.assignments[:, 0]]])
    assert check(changed, after).shortage < check(changed, rest).shortage
    assert kept(changed, plan, rest) == type(share)(share.pairs, 1.0, 1.0)
    assert kept(changed, Plan.empty(), after).shifts == 1.0


def test_a_stop_leaves_what_could_be_kept() -> None:
    """Nobody is moved and nobody breaks a rule when the user stops at once."""
    problem = family("saturated", 1, scale=0.05)
    plan = greedy(problem)
    changed = without(problem, plan, np.arange(len(problem.people.ids)) % 40 == 0)
    after = replan(changed, stop=lambda: True)
    assert kept(changed, plan, after).posts == 1.0
    assert check(changed, after).violations == ()


EVENTS = ("person", "squad", "closed", "added", "period")


def happened(problem: Problem, event: str, rng: np.random.Generator) -> tuple[Problem, Problem]:
    """Return the problem before and after something happened; of an added checkpoint the demand is 0 before."""
    demand, people = problem.demand, problem.people
    if event in ("person", "squad"):
        gone = people.squad == people.squad[0] if event == "squad" else np.arange(len(people.ids)) == 0
        return problem, replace(problem, people=replace(people, on_roster=people.on_roster & ~gone))
    there = demand.task_checkpoint[demand.group_task] == int(rng.integers(len(demand.checkpoints)))
    if event == "period":
        more = replace(demand, minimum=demand.minimum + there, desired=demand.desired + there)
        return problem, replace(problem, demand=more)
    none = np.where(there, 0, demand.minimum).astype(np.int32), np.where(there, 0, demand.desired).astype(np.int32)
    without_it = replace(problem, demand=replace(demand, minimum=none[0], desired=none[1]))
    return (problem, without_it) if event == "closed" else (without_it, problem)


def by_tier(problem: Problem, plan: Plan) -> list[int]:
    """Return the minimum heads that are missing, the top tier first."""
    missing = np.maximum(problem.demand.minimum - heads(problem, plan), 0)
    tier = problem.demand.task_tier[problem.demand.group_task]
    return [int(missing[tier == level].sum()) for level in range(int(tier.max(initial=0)) + 1)]


@pytest.mark.parametrize("event", EVENTS)
@given(SEEDS)
def test_after_any_event_rules_and_locks_hold_and_no_top_tier_gap_opens(event: str, seed: int) -> None:
    """The new plan misses no more, tier by tier, than what is left of the old one; who may stay mostly does."""
    rng = np.random.default_rng(seed)
    problem = tiny(seed, people=8, shifts=6, groups=8)
    before, after = happened(replace(problem, locked=problem.locked[:0]), event, rng)
    plan = greedy(before)
    fitting = plan.assignments[_fits(after, plan)]
    locked = fitting[: len(fitting) // 3]
    changed = replace(after, baseline=plan.assignments, locked=locked)
    found = replan(changed)
    report = check(changed, found)
    assert report.violations == ()
    assert {tuple(pair) for pair in locked.tolist()} <= {tuple(pair) for pair in found.assignments.tolist()}
    assert by_tier(changed, found) <= by_tier(changed, Plan(fitting))
    share = kept(changed, plan, found)
    moved = sum(tuple(pair) not in {tuple(row) for row in found.assignments.tolist()} for pair in fitting.tolist())
    filled = len(found.assignments) - (len(fitting) - moved)
    assert moved <= filled + sum(by_tier(changed, Plan(fitting)))
    assert share.posts <= share.shifts <= 1.0


def _fits(problem: Problem, plan: Plan) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which rows of a plan are still possible: the person is there, and the seat is asked for."""
    rows = plan.assignments
    return np.asarray(problem.people.on_roster[rows[:, 0]] & (problem.demand.desired[rows[:, 1]] > 0))


@pytest.mark.parametrize("event", EVENTS)
def test_after_an_event_a_small_township_keeps_nearly_everything(event: str) -> None:
    """At least 99 of 100 keep person and shift, 97 also the post, where there is some slack."""
    problem = family("slack", 1, scale=0.1)
    before, after = happened(problem, event, np.random.default_rng(1))
    plan = replan(replace(before, baseline=greedy(before).assignments))
    changed = replace(after, baseline=plan.assignments)
    found = replan(changed)
    share = kept(changed, plan, found)
    assert check(changed, found).violations == ()
    gone = int((~_fits(changed, plan)).sum()) if event == "closed" else 0
    assert share.shifts >= 0.99 - gone / share.pairs
    assert share.posts >= 0.97 - gone / share.pairs
