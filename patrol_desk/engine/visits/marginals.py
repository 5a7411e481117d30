"""How likely a visit should be in each cell: as little risk as possible is left where most of it would be left."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message

Float = NDArray[np.float64]

FLOOR: Final = 0.3
"""Share of the visits that is spread evenly over all cells, so that no cell is ever safe to bet on."""


def marginals(risk: Float, capacity: float, upper: Float, floor: float = FLOOR) -> Float:
    """Return the probability of a visit for each cell: the least worst risk that is left unwatched.

    Minimises max_i r_i (1 - p_i) subject to Σ p_i = capacity and floor · capacity / N ≤ p_i ≤ u_i: the strong
    Stackelberg equilibrium of a security game in which the observer knows p, picks the cell that is worst for us, and
    wins what we lose (Pita et al. 2008, ARMOR at Los Angeles airport; Kiekintveld et al. 2009). Its optimum is a water
    level λ: p_i = min(u_i, max(l_i, 1 - λ / r_i)).

    Parameters
    ----------
    risk
        (N,) r > 0: what an unwatched cell is worth to an observer, on any scale.
    capacity
        Visits that can be made in all the cells together.
    upper
        (N,) largest probability of each cell, in 0 … 1.
    floor
        Share of the capacity that is spread evenly; a cell whose upper bound is lower gets that bound.

    Raises
    ------
    InvalidDataError
        A risk is not positive, a bound or the floor lies outside 0 … 1, or the cells cannot hold the capacity.
    """
    _check(risk, capacity, upper, floor)
    if not len(risk):
        return np.zeros(0)
    lower = np.minimum(floor * capacity / len(risk), upper)
    return _level(risk.astype(np.float64), capacity, lower, upper.astype(np.float64))


def _check(risk: Float, capacity: float, upper: Float, floor: float) -> None:
    most = float(upper.sum())
    if not 0 <= capacity <= most + 1e-9:
        raise InvalidDataError(Message("visits.too_many", {"value": f"{capacity:g}", "most": f"{most:g}"}))
    if not (0 <= floor <= 1 and bool((risk > 0).all()) and bool(((upper >= 0) & (upper <= 1)).all())):
        raise InvalidDataError(Message("visits.bad_marginals", {"floor": f"{floor:g}"}))


def _level(risk: Float, capacity: float, lower: Float, upper: Float) -> Float:
    """Find the water level: the sum falls with it, piecewise in straight lines between the levels where cells join."""
    edges = np.unique(np.concatenate([risk * (1 - lower), risk * (1 - upper)]))

    def at(level: float) -> Float:
        return np.clip(1 - level / risk, lower, upper)

    low, high = 0, len(edges) - 1  # at(edges[0]) is upper throughout, at(edges[-1]) lower throughout
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if at(float(edges[middle])).sum() >= capacity else (low, middle)
    most, least = at(float(edges[low])), at(float(edges[high]))
    over, width = float(most.sum()) - capacity, float(most.sum() - least.sum())
    share = min(1.0, max(0.0, over / width)) if width > 0 else 0.0
    return most + (least - most) * share


def scaled(weights: Float, total: float) -> Float:
    """Return probabilities in proportion to weights, at most 1 each, with the given sum.

    Parameters
    ----------
    weights
        (N,) ≥ 0; at least ⌈total⌉ of them positive, or all positive ones become 1.
    total
        Sum aimed at.
    """
    result = np.zeros(len(weights))
    free = weights > 0
    left = min(float(total), float(free.sum()))
    while left > 0 and free.any():
        share = weights * (left / weights[free].sum())
        full = free & (share >= 1)
        if not full.any():
            result[free] = share[free]
            break
        result[full] = 1.0
        free &= ~full
        left -= float(full.sum())
    return result
