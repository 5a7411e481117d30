"""The bound on the cost while it rises: steps uphill that go on through the whole run."""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from patrol_desk.engine.bound.prices import Evaluation
from patrol_desk.engine.core.instance import Int64

MOMENTUM: Final = 0.9
SPREAD: Final = 0.98
"""Shares of the running means of slopes, and of their squares, that a step keeps (D. P. Kingma, J. Ba, Adam, 2015)."""

FINEST: Final = 1 / 60
"""Share of the first step that the last ones still make."""

NEVER_STILL: Final = 1e-3
"""Keeps a step finite where seats and people have always agreed."""


class Rising:
    """Prices or wages on their way uphill; each has a step of its own, shorter the more its slope has jumped about.

    Parameters
    ----------
    pricing
        The bound as a function of the prices.
    candidates
        Prices to begin with, the best of them; without one, zero.
    least, most
        Lowest, and (n,) highest sensible prices.
    first_step
        Points by which a price changes at first.
    """

    def __init__(
        self,
        pricing: Callable[[Int64], Evaluation],
        candidates: list[Int64],
        most: Int64,
        first_step: float,
        *,
        least: int = 0,
    ) -> None:
        self._pricing = pricing
        self._least = least
        self._most = most
        self._first_step = first_step
        self._mean: NDArray[np.float64] = np.zeros(len(most))
        self._square: NDArray[np.float64] = np.zeros(len(most))
        self.steps = 0
        self.prices: Int64 = np.zeros(len(most), dtype=np.int64)
        self.bound = 0
        """The best prices so far, and what they prove."""
        for prices in candidates:
            self._look(prices)
        self._at: NDArray[np.float64] = self.prices.astype(np.float64)

    def _look(self, prices: Int64) -> Int64:
        """Keep the prices if they are the best so far; return their slope."""
        found = self._pricing(prices)
        if found.bound > self.bound:
            self.prices, self.bound = prices, found.bound
        return found.slope

    def rise(self, steps: int, done: float, stop: Callable[[], bool]) -> None:
        """Make some steps.

        Parameters
        ----------
        steps
            How many, at most.
        done
            Share of the run that is over: the steps become finer with it.
        stop
            Is asked before every step.
        """
        for _ in range(steps):
            if stop():
                return
            self.steps += 1
            slope = self._look(np.rint(self._at).astype(np.int64))
            self._mean = MOMENTUM * self._mean + (1 - MOMENTUM) * slope
            self._square = SPREAD * self._square + (1 - SPREAD) * slope * slope
            mean = self._mean / (1 - MOMENTUM**self.steps)
            spread = np.sqrt(self._square / (1 - SPREAD**self.steps)) + NEVER_STILL
            length = self._first_step * FINEST**done
            self._at = np.clip(self._at + length * mean / spread, self._least, self._most)
