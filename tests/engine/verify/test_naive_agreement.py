"""The checker against plain loops over every plan of problems small enough to try them all."""

from dataclasses import fields, replace
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from patrol_desk.engine.plan import Certificate, Plan
from patrol_desk.engine.problem import Int32, Problem
from patrol_desk.engine.verify import RULES, WISHES, bound_people, bounds, check
from patrol_desk.engine.verify.bound_people import TRIED
from patrol_desk.messages.render import render
from patrol_desk.samples.problems import tiny
from tests.engine.verify import naive, naive_rules

SEEDS = st.integers(0, 10**6)

Order = NDArray[np.int64]


def plan_of(rows: list[naive.Pair]) -> Plan:
    """Return pairs as a plan."""
    return Plan(np.array(sorted(rows), dtype=np.int32).reshape(-1, 2))


def random_prices(problem: Problem, seed: int) -> Certificate:
    """Return prices of any sign."""
    rng, groups = np.random.default_rng(seed), len(problem.demand.group_task)
    top = int(rng.choice([200, 4_000]))
    prices = rng.integers(-top // 10, top, groups).astype(np.int32)
    return Certificate(rng.integers(-1, 3, groups).astype(np.int32), prices)


@given(SEEDS)
def test_no_plan_beats_the_bound_of_any_prices(seed: int) -> None:
    """No plan beats the bound of any prices."""
    problem = tiny(seed, people=3, shifts=3)
    every = list(naive.plans(problem))
    least = min(naive.cost(problem, rows) for rows in every)
    fewest = min(naive.shortage(problem, rows) for rows in every)
    for draw in range(5):
        proven = bounds(problem, random_prices(problem, draw))
        assert 0 <= proven.cost <= least
        assert 0 <= proven.shortage <= fewest


@given(SEEDS, st.booleans())
def test_plans_that_keep_the_rules_are_found_to_keep_them_at_their_cost(seed: int, full: bool) -> None:
    """Plans that keep the rules are found to keep them at their cost."""
    problem = tiny(seed, people=3, shifts=3, full=full)
    every = list(naive.plans(problem))
    for rows in every[:: max(1, len(every) // 8)]:
        report = check(problem, plan_of(rows))
        assert report.own_violations == ()
        assert report.cost == report.parts.total
        if not report.violations:
            assert report.cost == naive.cost(problem, rows)
        assert report.shortage == naive.shortage(problem, rows)
        assert report.filled + report.shortage == report.seats


def some_plan(problem: Problem, rng: np.random.Generator, size: int) -> list[naive.Pair]:
    """Return a plan of any pairs and most of the locked ones."""
    people, groups = len(problem.people.ids), len(problem.demand.group_task)
    rows = [(int(rng.integers(0, people)), int(rng.integers(0, groups))) for _ in range(size)]
    return rows + [(int(p), int(g)) for p, g in problem.locked if rng.random() < 0.7]


@pytest.mark.parametrize("full", [False, True])
@given(seed=SEEDS, size=st.integers(0, 24))
def test_any_plan_breaks_exactly_the_rules_that_loops_find(seed: int, size: int, *, full: bool) -> None:
    """Any plan breaks exactly the rules that loops find."""
    problem = tiny(seed, people=4, shifts=6, groups=8, full=full)
    rows = some_plan(problem, np.random.default_rng(seed), size)
    report = check(problem, plan_of(rows))
    every, own = naive.broken(problem, rows)
    assert {violation.rule for violation in report.violations} == every
    assert {violation.rule for violation in report.own_violations} == own
    for violation in (*report.violations, *report.soft, *report.hints):
        assert all("{" not in render(violation.message, language) for language in ("zh", "en"))


@given(SEEDS, st.integers(0, 24))
def test_any_plan_costs_what_loops_count(seed: int, size: int) -> None:
    """Also a plan that breaks rules has its price: spread, queue, habit and the weighted rules, part by part."""
    problem = tiny(seed, people=4, shifts=6, checkpoints=3, groups=8, full=True)
    rows = sorted(set(some_plan(problem, np.random.default_rng(seed), size)))
    report = check(problem, plan_of(rows))
    wanted = naive_rules.new_parts(problem, rows)
    assert {name: getattr(report.parts, name) for name in wanted} == wanted
    assert report.cost == naive.cost(problem, rows)
    assert sum(violation.points for violation in report.soft) == report.parts.rules
    assert all(violation.hard for violation in report.violations)
    assert not any(violation.hard for violation in (*report.soft, *report.hints))
    assert not any(violation.points for violation in report.hints)


@given(SEEDS)
def test_other_names_and_another_order_change_no_figure(seed: int) -> None:
    """Other names and another order change no figure."""
    problem = tiny(seed, people=5, shifts=5, checkpoints=3, groups=6, full=True)
    rng = np.random.default_rng(seed)
    rows = np.unique(rng.integers(0, (5, len(problem.demand.group_task)), (6, 2)), axis=0).astype(np.int32)
    people, places = rng.permutation(5), rng.permutation(3)
    twin = relabelled(problem, people, places)
    moved = rows.copy()
    moved[:, 0] = np.argsort(people)[rows[:, 0]]
    certificate = random_prices(problem, seed)
    first, second = check(problem, Plan(rows), certificate), check(twin, Plan(moved), certificate)
    assert sorted(v.rule for v in first.violations) == sorted(v.rule for v in second.violations)
    assert sorted((v.rule, v.points) for v in first.soft) == sorted((v.rule, v.points) for v in second.soft)
    assert (first.parts, first.cost_bound, first.shortage_bound) == (
        second.parts,
        second.cost_bound,
        second.shortage_bound,
    )
    assert first.single_squad_share == second.single_squad_share


def relabelled(problem: Problem, people: Order, places: Order) -> Problem:
    """Put the people and the checkpoints into another order, everything else staying."""
    old, demand = problem.people, problem.demand
    back, back_place = np.argsort(people), np.argsort(places)

    def moved(rows: Int32) -> Int32:
        new = rows.copy()
        new[:, 0] = back[rows[:, 0]]
        return new

    def coupled(rows: Int32) -> Int32:
        return np.sort(back[rows], axis=1).astype(np.int32)

    names = [field.name for field in fields(old) if field.name != "ids"]
    arrays = {name: getattr(old, name)[people].copy() for name in names}
    of_places = {name: getattr(demand, name)[places].copy() for name in ("place", "kind", "visits", "blind_hours")}
    return replace(
        problem,
        people=replace(old, ids=tuple(f"x{number}" for number in people), **arrays),
        demand=replace(
            demand,
            checkpoints=tuple(f"y{number}" for number in places),
            task_checkpoint=back_place[demand.task_checkpoint].astype(np.int32),
            **of_places,
        ),
        locked=moved(problem.locked),
        baseline=moved(problem.baseline),
        busy=moved(problem.busy),
        apart=coupled(problem.apart),
        together=coupled(problem.together),
    )


def test_every_rule_is_broken_by_some_of_the_plans_tried() -> None:
    """The samples have teeth: each rule is broken hard, and each that can be weighted also so, in some plan."""
    hard, soft = set[str](), set[str]()
    for seed in range(150):
        problem = tiny(seed, people=4, shifts=6, groups=8, full=True)
        report = check(problem, plan_of(some_plan(problem, np.random.default_rng(seed), 10)))
        hard |= {violation.rule for violation in report.violations}
        soft |= {violation.rule for violation in report.soft if violation.points}
    assert hard == set(RULES) - {"reference"}
    streaks = {"consecutive_days", "nights_in_row"}
    assert soft == {"insured", "workday_eve", "reach", "rest", "novice", "apart", "together", *streaks, *WISHES}


@pytest.mark.parametrize("tried", [TRIED, 0])
@given(seed=SEEDS)
@example(seed=395)
def test_the_bound_is_the_sum_of_every_seat_and_person_tried_out(seed: int, tried: int) -> None:
    """The bound is the sum of every seat and person tried out, also of who has too many schedules to make them all."""
    problem = tiny(seed, people=3, shifts=5, groups=6)
    certificate = random_prices(problem, seed)
    with patch.object(bound_people, "TRIED", tried):
        proven = bounds(problem, certificate)
    cost = tried_out(problem, certificate.cost_prices.tolist(), points=True, curved=tried > 0)
    assert proven.cost == max(0, cost)
    assert proven.shortage == max(0, tried_out(problem, certificate.shortage_prices.tolist(), points=False))


def tried_out(problem: Problem, prices: list[int], *, points: bool, curved: bool = True) -> int:
    """Return L(u) by trying every number of heads and every schedule of each person.

    A class's load grows by its square, or where that is too much to try (not `curved`) by its first step.
    """
    fixed = [(int(p), int(g)) for p, g in problem.locked]
    total = problem.weights.change * len(problem.baseline) if points else 0
    for group, price in enumerate(prices):
        least = sum(pair[1] == group for pair in fixed)
        most = max(int(problem.demand.desired[group]), least)
        asked = int(problem.demand.minimum[group])
        total += min(
            (naive.seat_cost(problem, group, there) if points else max(0, asked - there)) + price * there
            for there in range(least, most + 1)
        )
    for person in range(len(problem.people.ids)):
        mine = [pair for pair in fixed if pair[0] == person]
        weeks = schedules(problem, person, mine)
        total += min(week_price(problem, rows, mine, prices, points=points, curved=curved) for rows in weeks)
    return total


def schedules(problem: Problem, person: int, mine: list[naive.Pair]) -> list[list[naive.Pair]]:
    """Return every schedule of one person, as if the others and their seats were not there."""
    loose = np.maximum(problem.demand.desired, 20)
    alone = replace(
        problem,
        demand=replace(problem.demand, desired=loose.astype(np.int32)),
        locked=np.array(mine, dtype=np.int32).reshape(-1, 2),
    )
    found = [mine]
    for group in range(len(problem.demand.group_task)):
        pair = (person, group)
        more = [[*rows, pair] for rows in found if pair not in rows]
        found += [rows for rows in more if not naive.broken(alone, rows)[1]]
    return found


def week_price(
    problem: Problem, rows: list[naive.Pair], mine: list[naive.Pair], prices: list[int], *, points: bool, curved: bool
) -> int:
    """Return the price of one person's week: way, wish, load and baseline less the prices of the seats."""
    total = -sum(prices[group] for _, group in rows)
    if not points or not rows:
        return total
    person, served = rows[0][0], {naive.task(problem, pair) for pair in rows}
    total += sum(naive.way_and_wish(problem, pair) for pair in rows)
    for who, group in problem.baseline.tolist():
        total -= problem.weights.change * (who == person and naive.task(problem, (who, group)) in served)
    before = problem.people.load[person].tolist()
    total += problem.weights.load * ((sum(before) + len(served)) ** 2 - sum(before) ** 2)
    kinds = [int(problem.shifts.load_class[problem.demand.task_shift[at]]) for at in served]
    forced = [
        int(problem.shifts.load_class[problem.demand.task_shift[at]])
        for at in {naive.task(problem, pair) for pair in mine}
    ]
    for kind, weight in enumerate(problem.weights.load_class):
        locked, extra = forced.count(kind), kinds.count(kind) - forced.count(kind)
        start = before[kind] + locked
        grown = (start + extra) ** 2 - start**2 if curved else extra * (2 * start + 1)
        total += weight * (start**2 - before[kind] ** 2 + grown)
    return int(total)
