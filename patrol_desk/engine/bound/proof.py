"""What is proven of the best plan while the run goes on: no plan misses fewer heads than this."""

from typing import Final

import numpy as np

from patrol_desk.engine.bound.ascent import climb, deficient_set
from patrol_desk.engine.bound.prices import Pricing
from patrol_desk.engine.run import Run

STEPS: Final = 80
TIME_SHARE: Final = 0.12
"""Steps of the bound on the cost during a search without a clock, and its share of the search's time with one."""

HEADS_SHARE: Final = 0.02
"""Share of a time limit which the steps of either bound on missing heads may take before the search."""


def prove(run: Run, steps: int) -> None:
    """Raise `Run.shortage_bound` and `Run.open_bound` as far as the best plan's deficient sets prove them.

    Parameters
    ----------
    run
        The run; bounds that were proven before stay.
    steps
        Steps uphill for each bound, where the deficient set alone does not reach what the plan misses.
    """
    instance, best = run.instance, run.best
    for every in (False, True):
        wanted = np.maximum(instance.desired, instance.minimum) if every else instance.minimum
        missing = int(np.maximum(wanted - best.heads, 0).sum())
        if missing == (run.open_bound if every else run.shortage_bound):
            continue
        pricing = Pricing.of_heads(instance, run.locked, every=every)
        candidates = [deficient_set(instance, best, wanted)]
        stop = run.over_after(HEADS_SHARE)
        prices, bound = climb(pricing, candidates, np.minimum(wanted, 1), missing, steps, stop)
        if every:
            run.open_bound = max(run.open_bound, bound)
        elif bound > run.shortage_bound:
            run.shortage_bound, run.head_prices = bound, prices
    run.open_bound = max(run.open_bound, run.shortage_bound)


class CostProof:
    """The bound on the cost, raised between the slices of the search.

    Without a clock the steps follow the moves, so that the certificate is the same each time as well.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self._steps = 0
        self._seconds = 0.0

    def follow(self, done: float, seconds: float) -> None:
        """Go uphill as far as the search has come.

        Parameters
        ----------
        done
            Share of the search that is over.
        seconds
            Since it began.
        """
        run, rising = self._run, self._run.rising
        if rising is None:
            return
        if run.options.time_limit is None:
            due = round(STEPS * done) - self._steps
            rising.rise(due, done, run.over)
            self._steps += due
            return
        while self._seconds < TIME_SHARE * seconds and not run.over():
            before = run.seconds
            rising.rise(1, done, run.over)
            self._seconds += run.seconds - before
