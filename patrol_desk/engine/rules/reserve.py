"""The hard form of "a leader" or "an officer in every patrol": a seat that asks for the capability."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from patrol_desk.engine.problem import Bool, Demand


def reserve(demand: Demand, capability: int, tasks: Bool) -> Demand:
    """Return the demand in which each of the tasks has a seat that asks for the capability.

    One head of the task's plain group becomes that seat: of its minimum where it has any, else one that is desired. A
    task whose seats ask for the capability already, or which has no plain seat, stays as it is. The new groups come
    last, so that indices of the others hold.

    Parameters
    ----------
    demand
        Any; it is not changed.
    capability
        Index of the capability.
    tasks
        (J,) which tasks.
    """
    has = np.zeros(len(demand.task_shift), dtype=np.bool_)
    has[demand.group_task[demand.group_capability == capability]] = True
    wanted = (tasks & ~has)[demand.group_task]
    plain = np.flatnonzero((demand.group_capability < 0) & (demand.desired > 0) & wanted)
    least = np.minimum(demand.minimum[plain], 1).astype(np.int32)
    minimum, desired = demand.minimum.copy(), demand.desired.copy()
    minimum[plain] -= least
    desired[plain] -= 1
    surge_minimum, surge_desired = np.minimum(demand.surge_minimum, minimum), np.minimum(demand.surge_desired, desired)
    return replace(
        demand,
        group_task=_joined(demand.group_task, demand.group_task[plain]),
        group_capability=_joined(demand.group_capability, np.full(len(plain), capability)),
        minimum=_joined(minimum, least),
        desired=_joined(desired, np.ones(len(plain))),
        held=_joined(demand.held, np.zeros(len(plain))),
        surge_minimum=_joined(surge_minimum, (demand.surge_minimum - surge_minimum)[plain]),
        surge_desired=_joined(surge_desired, (demand.surge_desired - surge_desired)[plain]),
    )


def _joined(old: NDArray[Any], new: NDArray[Any]) -> NDArray[Any]:
    whole: NDArray[Any] = np.concatenate([old, new]).astype(old.dtype)
    return whole
