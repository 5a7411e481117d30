"""Plain CP-SAT plans by the same rules and the same objective, as far as it says that it does."""

from dataclasses import replace

import numpy as np
import pytest

from patrol_desk.engine.options import SolveOptions
from patrol_desk.engine.peers.arcs import arcs_of
from patrol_desk.engine.peers.cpsat import solve_plainly
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.solve import solve
from patrol_desk.engine.verify import check
from patrol_desk.samples.problems import family, greedy, tiny

SECONDS = 20.0


def as_modelled(problem: Problem) -> Problem:
    """Return the problem without what the model leaves out, and without locked pairs, which may break rules."""
    rules = problem.rules
    off = {
        name: 0 for name in ("insured", "workday_eve", "rest", "consecutive", "nights", "apart", "together")
        if getattr(rules, name) > 0
    }  # fmt: skip
    kinds = tuple(
        replace(kind, reach=min(kind.reach, 0), novice=min(kind.novice, 0), lead=0, official=0) for kind in rules.kinds
    )
    return replace(
        problem,
        rules=replace(rules, kinds=kinds, **off),
        weights=replace(problem.weights, no_lead=0, blind=0),
        locked=problem.locked[:0],
    )


@pytest.mark.parametrize("seed", range(25))
def test_its_best_plan_keeps_every_rule(seed: int) -> None:
    """Where every rule occurs and all that counts is in the model, its optimum breaks none and beats the greedy."""
    problem = as_modelled(tiny(seed, people=7, shifts=6, groups=8, full=True))
    answer = solve_plainly(problem, SECONDS)
    report = check(problem, answer.plan)
    assert answer.status == "optimal"
    assert report.violations == ()
    assert report.cost <= check(problem, greedy(problem)).cost


@pytest.mark.parametrize("seed", range(10))
def test_its_best_plan_is_the_best(seed: int) -> None:
    """No plan of the engine is cheaper than its optimum, and no bound dearer."""
    problem = as_modelled(tiny(seed, people=7, shifts=6, groups=8))
    ours = solve(problem, SolveOptions(seed=seed, moves=2_000)).figures
    found = check(problem, solve_plainly(problem, SECONDS).plan)
    assert ours.cost_bound <= found.cost <= ours.cost
    assert found.shortage >= ours.shortage_bound


def test_locked_pairs_stay_and_more_of_a_seat_group_fits_none() -> None:
    """In a family with 60 % locked, every rule is kept and every locked pair is in the plan."""
    problem = family("locked", 1, 0.02)
    answer = solve_plainly(problem, SECONDS)
    report = check(problem, answer.plan)
    assert answer.status in {"optimal", "feasible"}
    assert report.own_violations == ()
    kept = set(map(tuple, answer.plan.assignments.tolist()))
    assert set(map(tuple, problem.locked.tolist())) <= kept


def test_rules_that_locked_pairs_break_leave_no_plan_but_theirs() -> None:
    """Two overlapping duties of one person, both locked: the model has no solution, the plan is what was locked."""
    problem = family("small", 1, 0.1)
    demand = problem.demand
    shift = demand.task_shift[demand.group_task]
    groups = np.flatnonzero(shift == shift[0])
    task = demand.group_task[groups]
    both = [int(groups[0]), int(groups[task != task[0]][0])]
    locked = replace(problem, locked=np.array([[3, group] for group in both], dtype=np.int32))
    answer = solve_plainly(locked, SECONDS)
    assert answer.status == "infeasible"
    assert answer.plan.assignments.tolist() == locked.locked.tolist()


def test_too_many_pairs_leave_each_group_its_nearest() -> None:
    """Beyond the bound, groups keep so many of their nearest people that it holds; locked pairs come on top."""
    problem = family("locked", 2, 0.03)
    everybody = arcs_of(problem, 10**9)
    most = len(everybody.person) // 3
    few = arcs_of(problem, most)
    assert everybody.each == 0
    assert few.each > 0
    assert most / 2 < len(few.person) <= most + len(problem.locked)
    pairs = set(zip(few.person.tolist(), few.group.tolist(), strict=True))
    assert set(map(tuple, problem.locked.tolist())) <= pairs
    group = int(np.bincount(everybody.group).argmax())
    kept, all_ways = few.way[few.group == group], np.sort(everybody.way[everybody.group == group])
    assert np.sort(kept)[: few.each].tolist() == all_ways[: few.each].tolist()


def test_nobody_and_nothing_is_planned_as_nothing() -> None:
    """A problem in which nobody can serve has an empty plan."""
    problem = tiny(3)
    nobody = replace(problem.people, availability=np.zeros_like(problem.people.availability))
    answer = solve_plainly(replace(problem, people=nobody, locked=problem.locked[:0]), SECONDS)
    assert len(answer.plan.assignments) == 0
    assert (answer.status, answer.booleans) == ("optimal", 0)
