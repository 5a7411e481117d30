"""Squads that could staff a patrol by themselves are found, however far away they are."""

import numpy as np
import pytest

from patrol_desk.engine.core.instance import build
from patrol_desk.engine.core.whole import WHOLE_POOLS
from patrol_desk.samples.problems import family


@pytest.mark.parametrize("name", ["saturated", "slack"])
def test_the_squads_listed_are_those_of_which_enough_can_come(name: str) -> None:
    """Counted again one by one: every listed squad can, and none is left out while there is room in the list."""
    instance = build(family(name, 3, 0.05))
    lists = instance.lists
    need = np.bincount(instance.group_task, instance.minimum, len(instance.task_shift))
    for task in range(len(instance.task_shift)):
        shift, checkpoint = instance.task_shift[task], instance.task_checkpoint[task]
        come = (instance.allowed[:, shift] == 1) & (instance.near[:, checkpoint] >= 0)
        members = np.bincount(instance.pool[come], minlength=int(instance.pool.max()) + 1)
        able = set(np.flatnonzero(members >= need[task]).tolist()) if need[task] >= 2 else set()
        listed = lists.whole_pools[lists.whole_first[task] : lists.whole_first[task + 1]].tolist()
        assert set(listed) <= able
        assert len(listed) == min(len(able), WHOLE_POOLS)
