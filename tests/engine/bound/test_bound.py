"""The solver's bound and the checker's are the same number, and climbing never loses."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.engine.bound import bench
from patrol_desk.engine.bound.ascent import climb, most_worth, starting_prices
from patrol_desk.engine.bound.prices import Pricing
from patrol_desk.engine.bound.rising import Rising
from patrol_desk.engine.core.instance import build
from patrol_desk.engine.core.state import empty_state
from patrol_desk.engine.plan import Certificate
from patrol_desk.engine.problem import FINE, Problem
from patrol_desk.engine.verify import bound_people, bounds
from patrol_desk.samples.problems import family, tiny


@given(st.integers(0, 10**6), st.sampled_from([0, 6, bench.FEW]), st.booleans())
def test_any_prices_give_the_checkers_bound(seed: int, few: int, full: bool) -> None:
    """Two computations that share no code agree to the point, locked and baseline rows included.

    They do as well where nobody's schedules, or only some people's, are few enough to be tried one by one.
    """
    problem = tiny(seed, people=6, shifts=6, checkpoints=3, groups=6, full=full)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bench, "FEW", few)
        patch.setattr(bound_people, "TRIED", few)
        _agree(problem, seed)


def _agree(problem: Problem, seed: int) -> None:
    instance = build(problem)
    locked = empty_state(problem, instance)
    rng = np.random.default_rng(seed)
    heads = rng.integers(0, 3, len(instance.minimum))
    points = rng.integers(0, int(rng.choice([100, 3000])), len(instance.minimum))
    proven = bounds(problem, Certificate(heads.astype(np.int32), points.astype(np.int32)))
    assert max(0, Pricing.of_heads(instance, locked)(heads).bound) == proven.shortage
    assert max(0, Pricing.of_cost(problem, instance, locked)(points).bound) == proven.cost


def test_climbing_ends_where_told() -> None:
    """More steps never give less, a stop ends at once, and a bound that reaches its target is left alone."""
    problem = family("small", 4, scale=0.1)
    instance = build(problem)
    pricing = Pricing.of_cost(problem, instance, empty_state(problem, instance))
    most = most_worth(instance)
    target = 10 * int(most.sum())
    found = [climb(pricing, [most // 2], most, target, steps, lambda: False)[1] for steps in (0, 5, 60)]
    assert found[0] <= found[1] <= found[2]
    assert climb(pricing, [most // 2], most, target, 60, lambda: True)[1] == found[0]
    assert climb(pricing, [most // 2], most, found[0], 60, lambda: False)[1] == found[0]


def test_the_bound_on_the_cost_rises_and_never_falls() -> None:
    """Steps raise it well above where it began, some at once or some now and some later; a stop ends at once."""
    problem = family("small", 4, scale=0.2)
    instance = build(problem)
    pricing = Pricing.of_cost(problem, instance, empty_state(problem, instance))
    rising = Rising(pricing, [], most_worth(instance), 200.0)
    told = [rising.bound]
    for done in (0.0, 0.5, 1.0):
        rising.rise(30, done, lambda: False)
        told.append(rising.bound)
    assert told[0] == 0 < told[1] < told[2] <= told[3]
    steps = rising.steps
    rising.rise(30, 1.0, lambda: True)
    assert rising.steps == steps


def test_somebody_with_very_many_weeks_has_a_bound_too() -> None:
    """Who can come whenever they like is priced along a path; solver and checker agree there as well."""
    problem = family("small", 1, scale=0.1)
    free = np.full_like(problem.people.availability, FINE)
    problem = replace(
        problem, people=replace(problem.people, availability=free, cap_week=np.full_like(problem.people.cap_week, 6))
    )
    _agree(problem, 5)


def test_desired_heads_that_prices_cannot_prove_do_not_spoil_the_start() -> None:
    """A plan that leaves desired heads out for no reason prices everything too high; the plain candidate does not."""
    problem = family("slack", 3, scale=0.05)
    instance = build(problem)
    locked = empty_state(problem, instance)
    pricing = Pricing.of_cost(problem, instance, locked)
    nothing = np.zeros(len(instance.minimum), dtype=np.int64)
    state = locked._replace(heads=np.maximum(instance.minimum, instance.desired - 1))
    corrected, _, plain = (pricing(prices).bound for prices in starting_prices(instance, state, nothing, 150))
    assert corrected < 0 < plain
