"""Find seat prices whose bound is high: from the plan's deficient sets and the flow's duals, then uphill."""

from collections.abc import Callable
from typing import Final

import numpy as np

from patrol_desk.engine.bound.prices import Pricing
from patrol_desk.engine.core.instance import Instance, Int64
from patrol_desk.engine.core.repair import closure, new_trace
from patrol_desk.engine.core.state import State

SMOOTHING: Final = 0.7
"""Share of the former direction in the next one (deflected supergradient, Camerini, Fratta, Maffioli 1975)."""

PATIENCE: Final = 6
"""Steps without a better bound before the step is shortened."""

SHORTENING: Final = 0.6

FAR_OFF: Final = 5000
"""Points by which a dual of the pruned network may differ from the plan's own level before it is not believed."""

TYPICAL_DISCOUNT: Final = 60
"""Points by which a seat of a deficient set is usually cheaper than a missing head."""


def deficient_set(instance: Instance, state: State, wanted: Int64) -> Int64:
    """Return (G,) 1 for every group whose heads could, by chains, stand where one of the wanted heads is missing.

    When the plan misses as few heads as possible these are the prices which prove it (the cut of the flow).
    """
    trace = new_trace(instance)
    found = closure(instance, state, trace, np.flatnonzero(state.heads < wanted).astype(np.int64))
    prices = np.zeros(len(state.heads), dtype=np.int64)
    prices[trace.queue[:found]] = 1
    return prices


def levels(instance: Instance, state: State) -> Int64:
    """Return (G,) the points of the dearest missing head to which a head of the group could be moved by chains."""
    level = np.zeros(len(state.heads), dtype=np.int64)
    missing = np.where(
        state.heads < instance.minimum,
        instance.fill,
        np.where(state.heads < instance.desired, instance.points.desired, 0),
    )
    for worth in sorted({int(value) for value in missing} - {0}):
        trace = new_trace(instance)
        found = closure(instance, state, trace, np.flatnonzero(missing >= worth).astype(np.int64))
        level[trace.queue[:found]] = worth
    return level


def most_worth(instance: Instance) -> Int64:
    """Return (G,) what a head is worth to the group at most; higher prices never make a better bound."""
    wished = np.where(instance.desired > 0, instance.points.desired, 0)
    return np.where(instance.minimum > 0, np.maximum(instance.fill, wished), wished).astype(np.int64)


def starting_prices(instance: Instance, state: State, duals: Int64, duty: int) -> list[Int64]:
    """Return candidates for the first prices: the duals of the flow, and the plan's levels corrected by them.

    A plan may miss desired heads for rules that prices do not see, so that far too many seats count as short. The last
    candidate takes the plan's word for minimum heads alone; all other seats have the price of a usual duty.

    Parameters
    ----------
    duty
        Points that a duty costs on an average.
    """
    level = levels(instance, state)
    most = most_worth(instance)
    offset = duals - level
    corrected = level + np.where(np.abs(offset) > FAR_OFF, -TYPICAL_DISCOUNT, offset)
    plain = np.where(level > instance.points.desired, level - TYPICAL_DISCOUNT, duty)
    return [np.clip(prices, 0, most) for prices in (corrected, duals, plain)]


def climb(
    pricing: Pricing, candidates: list[Int64], most: Int64, target: int, steps: int, stop: Callable[[], bool]
) -> tuple[Int64, int]:
    """Improve the best of some prices by supergradient steps (M. Held, P. Wolfe, H. P. Crowder, 1974).

    Parameters
    ----------
    pricing
        The bound as a function of the prices.
    candidates
        Prices to begin with; zero is always tried too.
    most
        (G,) highest sensible prices.
    target
        Cost of a known plan: the length of a step is the share of the distance to it (B. T. Polyak, 1969).
    steps
        Most steps.
    stop
        Says when to return with the best so far; the candidates are tried all the same.

    Returns
    -------
    tuple[Int64, int]
        The best prices and their bound.
    """
    best, bound, slope = _best_of(pricing, candidates, len(most))
    at = best.astype(np.float64)
    direction = slope.astype(np.float64)
    share = 1.0
    stalled = 0
    for _ in range(steps):
        length = float((direction * direction).sum())
        if length < 1 or bound >= target or stop():
            break
        at = np.clip(at + share * (target - bound) / length * direction, 0, most)
        prices = np.rint(at).astype(np.int64)
        found = pricing(prices)
        direction = SMOOTHING * direction + (1 - SMOOTHING) * found.slope
        stalled += 1
        if found.bound > bound:
            best, bound, stalled = prices, found.bound, 0
        elif stalled >= PATIENCE:
            share, stalled = share * SHORTENING, 0
            at, direction = best.astype(np.float64), found.slope.astype(np.float64)
    return best, bound


def _best_of(pricing: Pricing, candidates: list[Int64], groups: int) -> tuple[Int64, int, Int64]:
    """Return the best of the candidates with its bound and slope; prices of zero where none proves anything."""
    best, bound, slope = np.zeros(groups, dtype=np.int64), 0, np.zeros(groups, dtype=np.int64)
    for prices in candidates:
        found = pricing(prices)
        if found.bound > bound:
            best, bound, slope = prices, found.bound, found.slope
    return best, bound, slope
