"""Whole metres between homes and checkpoints."""

import numpy as np
from numpy.typing import NDArray

from patrol_desk.engine.problem import NO_PLACE, Int32

Int64 = NDArray[np.int64]

_FAR = 2**30
"""Differences are cut here, so that the sum of two squares fits 64 bits."""


def squared(homes: Int32, places: Int32) -> Int64:
    """Return dx² + dy² between broadcast points, 0 where either is `NO_PLACE`.

    Parameters
    ----------
    homes, places
        (…, 2) metres; the leading shapes broadcast.
    """
    result = np.zeros(np.broadcast_shapes(homes.shape[:-1], places.shape[:-1]), dtype=np.int64)
    for axis in (0, 1):
        apart = homes[..., axis].astype(np.int64) - places[..., axis]
        np.clip(apart, -_FAR, _FAR, out=apart)
        apart *= apart
        result += apart
    result *= ~unknown(homes)
    result *= ~unknown(places)
    return result


def unknown(points: Int32) -> NDArray[np.bool_]:
    """Return where (…, 2) points have no place."""
    return np.asarray((points == NO_PLACE).any(axis=-1))


def metres(square: Int64) -> Int64:
    """Return the whole root of squared metres, exact also where floating point is one off."""
    root = np.sqrt(square.astype(np.float64)).astype(np.int64)
    root -= root * root > square
    root += (root + 1) * (root + 1) <= square
    return root
