"""Whoever could fill a gap is found, and nobody else: against loops, and at the size of a township."""

from dataclasses import replace
from time import process_time

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.engine.plan import Plan
from patrol_desk.engine.verify import check
from patrol_desk.engine.verify.free import gaps, who_could_join
from patrol_desk.samples.problems import family, greedy, tiny
from tests.engine.verify import naive
from tests.engine.verify.test_naive_agreement import plan_of

SEEDS = st.integers(0, 10**6)


@given(SEEDS)
def test_exactly_those_are_free_whom_loops_find_free(seed: int) -> None:
    """In every gap of plans that break no rule, everybody is tried, and breaks one or is free."""
    problem = tiny(seed, people=4, shifts=4, groups=5, full=True)
    problem = replace(problem, demand=replace(problem.demand, desired=problem.demand.desired + 1))
    every = list(naive.plans(problem))
    for rows in every[:: max(1, len(every) // 5)]:
        found = list(gaps(problem, plan_of(rows)))
        assert sum(gap.missing for gap in found) == naive.shortage(problem, rows)
        for gap in found:
            people = range(len(problem.people.ids))
            free = [p for p in people if not naive.broken(problem, [*rows, (p, gap.group)])[1]]
            assert [person for person in gap.free.tolist() if (person, gap.group) not in rows] == free


@given(SEEDS)
def test_who_could_join_a_seat_is_whom_loops_find_whether_it_is_wanted_or_not(seed: int) -> None:
    """In every group of seats, also a full one: everybody is tried, and breaks a rule of people or is named."""
    problem = tiny(seed, people=4, shifts=4, groups=5, full=True)
    every = list(naive.plans(problem))
    roomy = replace(problem, demand=replace(problem.demand, desired=problem.demand.desired + 9))
    for rows in every[:: max(1, len(every) // 3)]:
        for group in range(len(problem.demand.group_task)):
            people = [p for p in range(len(problem.people.ids)) if (p, group) not in rows]
            free = [p for p in people if not naive.broken(roomy, [*rows, (p, group)])[1]]
            assert [p for p in who_could_join(problem, plan_of(rows), group).tolist() if p in people] == free


def test_the_samples_hold_gaps_that_somebody_can_fill_and_gaps_that_nobody_can() -> None:
    """What the loops agree with is not empty."""
    free = [len(gap.free) for seed in range(40) for gap in gaps(tiny(seed, full=True), Plan.empty())]
    assert min(free) == 0
    assert max(free) > 1


def test_a_sample_of_the_gaps_is_some_of_them_and_the_same_for_the_same_seed() -> None:
    """A sample is drawn from the gaps, of the size asked for, and none is looked at twice."""
    problem = family("saturated", 1, scale=0.05)
    every = {gap.group: gap.free.tolist() for gap in gaps(problem, Plan.empty())}
    some = [(gap.group, gap.free.tolist()) for gap in gaps(problem, Plan.empty(), sample=7, seed=3)]
    again = [(gap.group, gap.free.tolist()) for gap in gaps(problem, Plan.empty(), sample=7, seed=3)]
    other = [(gap.group, gap.free.tolist()) for gap in gaps(problem, Plan.empty(), sample=7, seed=4)]
    assert len(dict(some)) == len(some) == 7
    assert some == again != other
    assert all(every[group] == free for group, free in some + other)
    assert len(list(gaps(problem, Plan.empty(), sample=10**6))) == len(every)


def test_a_township_is_looked_through_in_seconds() -> None:
    """Check and every gap of 8,500 people and 15,000 seats take a few seconds of the processor at most."""
    problem = family("saturated", 1)
    plan = greedy(problem)
    began = process_time()
    report = check(problem, plan)
    found = list(gaps(problem, plan))
    spent = process_time() - began
    assert sum(gap.missing for gap in found) == report.shortage > 0
    assert not any(np.isin(gap.free, plan.assignments[plan.assignments[:, 1] == gap.group, 0]).any() for gap in found)
    assert spent < 3
