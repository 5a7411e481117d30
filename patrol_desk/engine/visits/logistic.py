"""A small logistic regression: Newton's method with a ridge."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]
Bool = NDArray[np.bool_]

_STEPS: Final = 12
_RIDGE: Final = 1.0


def fit(features: Float, happened: Bool) -> Float:
    """Return (K,) coefficients that make what happened most likely, less a small ridge (Hastie et al. 2009, 4.4.1).

    Parameters
    ----------
    features
        (N, K), the first column all ones.
    happened
        (N,) the outcomes.
    """
    beta = np.zeros(features.shape[1])
    ridge = np.full(len(beta), _RIDGE)
    ridge[0] = 0.0
    for _ in range(_STEPS):
        chance = chances(features, beta)
        slope = features.T @ (happened - chance) - ridge * beta
        curve = (features * (chance * (1 - chance))[:, None]).T @ features + np.diag(ridge + 1e-9)
        step = np.linalg.solve(curve, slope)
        beta = beta + step
        if np.abs(step).max() < 1e-6:
            break
    return beta


def chances(features: Float, beta: Float) -> Float:
    """Return (N,) the probability of each row."""
    result: Float = 1.0 / (1.0 + np.exp(-np.clip(features @ beta, -30, 30)))
    return result
