"""The local pivotal method: exact totals, probabilities kept, and neighbours that seldom come together."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from patrol_desk.engine.problem import Bool
from patrol_desk.engine.visits.lots import Lots
from patrol_desk.engine.visits.marginals import Float

Int = NDArray[np.int64]

_EPS: Final = 1e-9
"""Nearer than this to 0 or 1 a probability is decided: sums of some thousand numbers are not exact."""


def pivotal(probability: Float, where: Float, lots: Lots, nearby: float, group: Int | None = None) -> Bool:
    """Draw cells with the given probabilities; the number drawn is their sum, rounded up or down.

    Two undecided cells meet, and one hands the other as much probability as it can (Deville, Tillé 1998); which of the
    two gives is drawn so that each keeps its own in expectation. When neighbours meet, they seldom are drawn both, and
    the draw is spread evenly (Grafström, Lundström, Schelin 2012). Always meeting the nearest spreads so evenly that an
    observer learns from it, therefore only a share of the meetings is with the nearest.

    Parameters
    ----------
    probability
        (N,) in 0 … 1.
    where
        (N, d) coordinates in which near cells are near.
    lots
        Random numbers.
    nearby
        Share of the meetings that are with the nearest undecided cell; the others are with any.
    group
        (N,) group of each cell: the nearest is looked for in other groups. Left out: each cell is its own group.
    """
    group = np.arange(len(probability)) if group is None else group
    p = probability.astype(np.float64).copy()
    open_cells = np.flatnonzero((p > _EPS) & (p < 1 - _EPS))
    while len(open_cells) > 1:
        first = lots.below(len(open_cells))
        second = _partner(where[open_cells], group[open_cells], first, lots, nearby)
        pair = open_cells[[first, second]]
        p[pair] = _meet(float(p[pair[0]]), float(p[pair[1]]), lots)
        gone = [at for at in (first, second) if not _EPS < p[open_cells[at]] < 1 - _EPS]
        open_cells = np.delete(open_cells, gone)
    for cell in open_cells:
        p[cell] = float(lots.uniform() < p[cell])
    drawn: Bool = p > 0.5
    return drawn


def _partner(where: Float, group: Int, first: int, lots: Lots, nearby: float) -> int:
    """Return who meets the cell `first`: one of the nearest, or anyone."""
    own = group == group[first]
    if lots.uniform() >= nearby or own.all():
        other = lots.below(len(where) - 1)
        return other + (other >= first)
    square = ((where - where[first]) ** 2).sum(axis=1)
    square[own] = np.inf
    nearest = np.flatnonzero(square <= square.min())
    return int(nearest[lots.below(len(nearest))])


def _meet(one: float, other: float, lots: Lots) -> tuple[float, float]:
    """Return the probabilities of two cells after they met: at least one of them is decided."""
    both = one + other
    if both < 1:
        return (both, 0.0) if lots.uniform() * both < one else (0.0, both)
    rest = both - 1
    return (1.0, rest) if lots.uniform() * (1 - rest) < 1 - other else (rest, 1.0)
