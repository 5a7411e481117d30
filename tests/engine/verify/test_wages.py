"""The bound by wages: no plan beats it, and it is what trying out every patrol and every week gives."""

from dataclasses import replace
from itertools import product
from math import isqrt
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.engine.plan import Certificate
from patrol_desk.engine.problem import Int32, Problem
from patrol_desk.engine.verify import bound_patrols, bounds
from patrol_desk.samples.problems import tiny
from tests.engine.verify import naive
from tests.engine.verify.test_naive_agreement import schedules

SEEDS = st.integers(0, 10**6)


def paying(problem: Problem, seed: int) -> Certificate:
    """Return a certificate of wages alone, of any sign."""
    rng = np.random.default_rng(seed)
    top = int(rng.choice([100, 1_000, 20_000]))
    table = (len(problem.people.ids), len(problem.shifts.ids))
    nothing = np.zeros(len(problem.demand.group_task), dtype=np.int32)
    return Certificate(nothing, nothing, rng.integers(-top // 5, top, table).astype(np.int32))


@pytest.mark.parametrize("told_apart", [bound_patrols.TOLD_APART, 2])
@given(seed=SEEDS, full=st.booleans())
def test_no_plan_beats_the_bound_of_any_wages(seed: int, *, full: bool, told_apart: int) -> None:
    """No plan beats the bound of any wages, locked pairs, baseline, habits and team rules included."""
    problem = tiny(seed, people=3, shifts=3, full=full)
    least = min(naive.cost(problem, rows) for rows in naive.plans(problem))
    with patch.object(bound_patrols, "TOLD_APART", told_apart):
        for draw in range(5):
            assert 0 <= bounds(problem, paying(problem, draw)).cost <= least


@given(SEEDS)
def test_the_bound_is_the_sum_of_every_patrol_and_week_tried_out(seed: int) -> None:
    """Of a problem without locked pairs the bound is what loops over all patrols and weeks give.

    The wage of a shift counts for whoever is free in it, seats or not.
    """
    problem = tiny(seed, people=4, shifts=4, groups=6)
    problem = replace(problem, locked=np.zeros((0, 2), dtype=np.int32))
    certificate = unearned(problem, paying(problem, seed))
    wages = certificate.wages
    total = problem.weights.change * len(problem.baseline)
    total += sum(cheapest_patrol(problem, task, wages) for task in range(len(problem.demand.task_shift)))
    for person in range(len(problem.people.ids)):
        total += min(week(problem, rows, wages) for rows in schedules(problem, person, []))
    unpaid = bounds(problem, replace(certificate, wages=np.zeros((0, 0), dtype=np.int32))).cost
    assert bounds(problem, certificate).cost == max(unpaid, total)


def unearned(problem: Problem, certificate: Certificate) -> Certificate:
    """Return the certificate with wages nobody would serve for in shifts in which the person fits no seat."""
    wages = np.full_like(certificate.wages, -(10**6))
    for person in range(len(problem.people.ids)):
        for group in range(len(problem.demand.group_task)):
            if alone_legal(problem, (person, group)):
                shift = naive.shift(problem, (person, group))
                wages[person, shift] = certificate.wages[person, shift]
    return replace(certificate, wages=wages)


def week(problem: Problem, rows: list[naive.Pair], wages: Int32) -> int:
    """Return what a person's duties cost beside their ways, less the wages."""
    served = {(who, naive.task(problem, (who, group))) for who, group in rows}
    cost = sum(naive.way_and_wish(problem, pair) - way(problem, pair) for pair in rows)
    cost -= sum(int(wages[pair[0], naive.shift(problem, pair)]) for pair in rows)
    return cost + (naive.load(problem, rows[0][0], [task for _, task in served]) if rows else 0)


def way(problem: Problem, pair: naive.Pair) -> int:
    """Return the points of a pair's way."""
    return problem.weights.near * (isqrt(naive.squared(problem, pair)) // 100)


def cheapest_patrol(problem: Problem, task: int, wages: Int32) -> int:
    """Return the least that a patrol of a task costs, whoever can stand there being paid."""
    groups = [group for group, of in enumerate(problem.demand.group_task.tolist()) if of == task]
    people = range(len(problem.people.ids))
    choices = [[-1, *(group for group in groups if alone_legal(problem, (who, group)))] for who in people]
    return min(
        patrol_cost(problem, groups, [(who, group) for who, group in enumerate(stands) if group >= 0], wages)
        for stands in product(*choices)
        if all(stands.count(group) <= problem.demand.desired[group] for group in groups)
    )


def alone_legal(problem: Problem, pair: naive.Pair) -> bool:
    """Say whether somebody may hold a seat if that is all they do."""
    loose = np.maximum(problem.demand.desired, 20).astype(np.int32)
    return not naive.broken(replace(problem, demand=replace(problem.demand, desired=loose)), [pair])[1]


def patrol_cost(problem: Problem, groups: list[int], rows: list[naive.Pair], wages: Int32) -> int:
    """Return what some people cost in a task: missing heads, ways, wages, squads, and nobody who leads."""
    cost = sum(naive.seat_cost(problem, group, sum(at == group for _, at in rows)) for group in groups)
    cost += sum(way(problem, pair) + int(wages[pair[0], naive.shift(problem, pair)]) for pair in rows)
    for who, group in problem.baseline.tolist():
        if (who, naive.task(problem, (who, group))) in {(at, naive.task(problem, (at, seat))) for at, seat in rows}:
            cost -= problem.weights.change
    people = problem.people
    squads = {int(people.squad[who]) if people.squad[who] >= 0 else -1 - who for who, _ in rows}
    cost += problem.weights.extra_squad * max(0, len(squads) - 1)
    return cost + problem.weights.no_lead * (len(rows) > 1 and not any(leads(problem, pair) for pair in rows))


def leads(problem: Problem, pair: naive.Pair) -> bool:
    """Say whether somebody leads a squad, by role or by capability."""
    day = problem.shifts.day[naive.shift(problem, pair)]
    held = bool(problem.people.capability[pair[0], day] & 1)
    return held or (problem.people.role[pair[0]] > 0 and problem.people.squad[pair[0]] >= 0)


def test_wages_of_another_size_are_refused() -> None:
    """Wages that are not one per person and shift prove nothing, and say what would be right."""
    problem = tiny(3)
    nothing = np.zeros(len(problem.demand.group_task), dtype=np.int32)
    with pytest.raises(InvalidDataError) as caught:
        bounds(problem, Certificate(nothing, nothing, np.zeros((1, 2), dtype=np.int32)))
    assert caught.value.message.code == "check.certificate_wages"
