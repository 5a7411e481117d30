"""The solver's bound by wages is the checker's, and never below that of the prices which pay them."""

from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.engine.bound import patrols
from patrol_desk.engine.bound.ascent import most_worth
from patrol_desk.engine.bound.prices import HIGHEST, Payroll, Pricing
from patrol_desk.engine.bound.rising import Rising
from patrol_desk.engine.core.instance import build
from patrol_desk.engine.core.state import empty_state
from patrol_desk.engine.plan import Certificate
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.verify import bounds
from patrol_desk.samples.problems import family, tiny


def agree(problem: Problem, seed: int) -> None:
    """Hold solver and checker against each other at wages of any sign; seats without prices prove something too."""
    instance = build(problem)
    payroll = Payroll(problem, instance, empty_state(problem, instance))
    entries = len(payroll.of_prices(np.zeros(len(instance.minimum), dtype=np.int64)))
    rng = np.random.default_rng(seed)
    top = int(rng.choice([100, 1_000, 20_000, 300_000]))
    wages = rng.integers(-top // 5, top, entries)
    nothing = np.zeros(len(instance.minimum), dtype=np.int32)
    table = payroll.table(wages, len(problem.people.ids))
    free = Pricing.of_cost(problem, instance, empty_state(problem, instance))(nothing.astype(np.int64)).bound
    proven = bounds(problem, Certificate(nothing, nothing, table)).cost
    assert proven == max(0, free, payroll(wages).bound)


@given(st.integers(0, 10**6), st.booleans())
def test_any_wages_give_the_checkers_bound(seed: int, full: bool) -> None:
    """Two computations that share no code agree to the point: locks, baseline, habits and team rules included."""
    agree(tiny(seed, people=8, shifts=6, checkpoints=3, groups=10, full=full), seed)


@given(st.integers(0, 10**6), st.booleans())
def test_tasks_of_very_many_seats_have_the_checkers_bound_too(seed: int, full: bool) -> None:
    """Where patrols are too many to be told apart each head costs what the cheapest does, for both."""
    problem = tiny(seed, people=8, shifts=4, checkpoints=2, groups=5, full=full)
    desired = problem.demand.desired.copy()
    desired[::2] += 80
    agree(replace(problem, demand=replace(problem.demand, desired=desired)), seed)


@pytest.mark.parametrize("name", ["saturated", "full_rules", "disrupted", "scarce_skills"])
def test_a_township_has_the_checkers_bound_too(name: str) -> None:
    """They agree where squads are left out unseen, since nobody of them can be in a cheapest patrol."""
    agree(family(name, 2, scale=0.03), 7)


def test_the_bound_starts_where_prices_end_and_rises() -> None:
    """Wages that prices pay prove as much, and steps uphill far more; each step's slope is of its own wages."""
    problem = family("slack", 1, scale=0.02)
    instance = build(problem)
    locked = empty_state(problem, instance)
    pricing, payroll = Pricing.of_cost(problem, instance, locked), Payroll(problem, instance, locked)
    rising = Rising(pricing, [], most_worth(instance), 200.0)
    rising.rise(20, 0.0, lambda: False)
    wages = payroll.of_prices(rising.prices)
    paid = Rising(payroll, [wages], np.full(len(wages), HIGHEST), 20.0, least=-HIGHEST)
    assert paid.bound >= rising.bound > 0
    paid.rise(30, 0.5, lambda: False)
    assert paid.bound > 1.01 * rising.bound


def test_steps_that_are_not_remembered_leave_the_bound() -> None:
    """With room for four steps the bound is the same; only its slope knows less."""
    problem = family("slack", 1, scale=0.02)
    instance = build(problem)
    payroll = Payroll(problem, instance, empty_state(problem, instance))
    wages = payroll.of_prices(most_worth(instance) // 100)
    bound = payroll(wages).bound
    with patch.object(patrols, "NODES", 4):
        again = Payroll(problem, instance, empty_state(problem, instance))
        assert again(wages).bound == bound
