"""The solver's bound and the checker's are the same number, and climbing never loses."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.engine.bound.ascent import climb, most_worth
from patrol_desk.engine.bound.prices import Pricing
from patrol_desk.engine.core.instance import build
from patrol_desk.engine.core.state import empty_state
from patrol_desk.engine.plan import Certificate
from patrol_desk.engine.verify import bounds
from patrol_desk.samples.problems import family, tiny


@given(st.integers(0, 10**6))
def test_any_prices_give_the_checkers_bound(seed: int) -> None:
    """Two computations that share no code agree to the point, locked and baseline rows included."""
    problem = tiny(seed, people=6, shifts=6, checkpoints=3, groups=6)
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
