"""Which squads could staff a whole patrol: few can at night, and they are not always among the nearest."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Int64 = NDArray[np.int64]

WHOLE_POOLS: Final = 16
"""How many such squads of a task the search draws from, the nearest."""


def whole_pools(
    task_shift: Int64,
    task_checkpoint: Int64,
    need: Int64,
    people: tuple[NDArray[np.bool_], NDArray[np.int16], Int64],
) -> tuple[Int64, Int64]:
    """Return lists of the pools of which enough members may serve in a task, the nearest first.

    Parameters
    ----------
    task_shift, task_checkpoint
        (J,) of each task.
    need
        (J,) heads that make it whole; a task that needs fewer than two has an empty list.
    people
        (P, T) who may serve when; (P, C) hundreds of metres, -1 out of reach; (P,) pool.

    Returns
    -------
    tuple
        (J + 1,) starts, and the pools.
    """
    allowed, near, pool = people
    found: list[Int64] = [np.zeros(0, dtype=np.int64)] * len(task_shift)
    for shift in range(allowed.shape[1]):
        tasks = np.flatnonzero((task_shift == shift) & (need >= 2))
        some = np.flatnonzero(allowed[:, shift])
        some = some[np.argsort(pool[some], kind="stable")]
        if len(tasks) == 0 or len(some) == 0:
            continue
        pools, begin = np.unique(pool[some], return_index=True)
        ways = near[np.ix_(some, task_checkpoint[tasks])].astype(np.int64)
        members = np.add.reduceat((ways >= 0).astype(np.int64), begin, axis=0)
        total = np.add.reduceat(np.maximum(ways, 0), begin, axis=0)
        for column, task in enumerate(tasks):
            enough = np.flatnonzero(members[:, column] >= need[task])
            mean = total[enough, column] * 64 // members[enough, column]
            found[task] = pools[enough[np.argsort(mean, kind="stable")[:WHOLE_POOLS]]].astype(np.int64)
    first = np.zeros(len(found) + 1, dtype=np.int64)
    np.cumsum([len(one) for one in found], out=first[1:])
    return first, np.concatenate([np.zeros(0, dtype=np.int64), *found])
