"""What is proven of the best plan while the run goes on: no plan misses fewer heads than this."""

import numpy as np

from patrol_desk.engine.bound.ascent import climb, deficient_set
from patrol_desk.engine.bound.prices import Pricing
from patrol_desk.engine.run import Run


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
        prices = [deficient_set(instance, best, wanted)]
        _, bound = climb(pricing, prices, np.minimum(wanted, 1), missing, steps, run.over)
        if every:
            run.open_bound = max(run.open_bound, bound)
        else:
            run.shortage_bound = max(run.shortage_bound, bound)
    run.open_bound = max(run.open_bound, run.shortage_bound)
