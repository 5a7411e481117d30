"""Probabilities of visits: least worst risk, exact total, a floor for all."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.engine.visits import marginals
from patrol_desk.engine.visits.marginals import Float, scaled
from patrol_desk.messages.render import render


@st.composite
def cells(draw: st.DrawFn) -> tuple[Float, Float, float]:
    """Return risks, upper bounds, and a capacity that the cells can hold."""
    count = draw(st.integers(1, 30))
    risk = draw(st.lists(st.floats(0.1, 10), min_size=count, max_size=count))
    upper = draw(st.lists(st.floats(0, 1), min_size=count, max_size=count))
    share = draw(st.floats(0, 1))
    return np.array(risk), np.array(upper), share * sum(upper)


@given(cells(), st.floats(0, 1))
def test_the_total_is_exact_and_every_bound_holds(case: tuple[Float, Float, float], floor: float) -> None:
    """Nobody is promised a visit that the township cannot make, and no cell is left out."""
    risk, upper, capacity = case
    p = marginals(risk, capacity, upper, floor)
    assert p.sum() == pytest.approx(capacity, abs=1e-9)
    assert (p <= upper + 1e-12).all()
    assert (p >= np.minimum(floor * capacity / len(risk), upper) - 1e-12).all()


@given(cells(), st.integers(0, 2**32 - 1))
def test_no_other_spread_leaves_less_worst_risk(case: tuple[Float, Float, float], seed: int) -> None:
    """Moving a little from any cell to any other never lowers the worst risk: the optimum of a convex problem."""
    risk, upper, capacity = case
    p = marginals(risk, capacity, upper, 0.3)
    lower = np.minimum(0.3 * capacity / len(risk), upper)
    worst = float((risk * (1 - p)).max())
    for giver, taker in np.random.default_rng(seed).integers(0, len(risk), (20, 2)):
        moved = min(1e-3, float(p[giver] - lower[giver]), float(upper[taker] - p[taker]))
        if giver != taker and moved > 0:
            other = p.copy()
            other[giver] -= moved
            other[taker] += moved
            assert (risk * (1 - other)).max() >= worst - 1e-9


def test_a_riskier_cell_is_visited_more_and_none_is_safe() -> None:
    """The water level shows: risks above it are levelled, the others keep the floor."""
    p = marginals(np.array([1.0, 1.0, 1.2, 1.5]), 0.5, np.full(4, 0.9))
    assert p == pytest.approx([0.0375, 0.0375, 0.125, 0.3])
    capped = marginals(np.array([1.0, 1.0, 1.2, 1.5]), 0.5, np.array([0.9, 0.9, 0.9, 0.25]))
    assert capped == pytest.approx([0.0375, 0.0375, 0.175, 0.25])


def test_nothing_to_visit_is_no_fault() -> None:
    """No cells, no visits."""
    assert marginals(np.zeros(0), 0.0, np.zeros(0)).tolist() == []


@pytest.mark.parametrize(
    ("risk", "capacity", "upper", "floor", "words"),
    [
        ([1.0, 1.0], 1.5, [0.5, 0.5], 0.3, "1.5 visits are to be made, but the possible times hold at most 1"),
        ([1.0], -1.0, [0.5], 0.3, "-1 visits"),
        ([0.0], 0.1, [0.5], 0.3, "above 0"),
        ([1.0], 0.1, [1.5], 0.3, "between 0 and 1"),
        ([1.0], 0.1, [0.5], 1.3, "even share (1.3)"),
    ],
)
def test_what_cannot_be_is_told(
    risk: list[float], capacity: float, upper: list[float], floor: float, words: str
) -> None:
    """The sentence says what is wrong and what would be right."""
    with pytest.raises(InvalidDataError) as caught:
        marginals(np.array(risk), capacity, np.array(upper), floor)
    assert words in render(caught.value.message, "en")


@given(st.lists(st.floats(0, 5), min_size=1, max_size=30), st.floats(0, 1))
def test_scaling_keeps_proportions_below_one(weights: list[float], share: float) -> None:
    """The sum is exact; cells below 1 stay in proportion; a weight of 0 stays 0."""
    given_weights = np.array(weights)
    total = share * np.count_nonzero(given_weights > 1e-6)
    given_weights[given_weights <= 1e-6] = 0
    p = scaled(given_weights, total)
    assert p.sum() == pytest.approx(total, abs=1e-6)
    assert ((p >= 0) & (p <= 1)).all()
    assert (p[given_weights == 0] == 0).all()
    below = (p < 1) & (given_weights > 0)
    if below.any() and total:
        ratio = p[below] / given_weights[below]
        assert ratio == pytest.approx(ratio[0])
