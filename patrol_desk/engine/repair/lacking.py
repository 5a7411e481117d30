"""What a plan under repair lacks, and whether it is proven that no plan lacks less."""

import numpy as np

from patrol_desk.engine.bound.ascent import deficient_set
from patrol_desk.engine.bound.prices import Pricing
from patrol_desk.engine.core.instance import Instance, Int64
from patrol_desk.engine.core.repair import fill_order
from patrol_desk.engine.core.state import State


def short_groups(instance: Instance, state: State) -> Int64:
    """Return the groups that lack a minimum head, those which lack the dearest ones first."""
    order = fill_order(instance, state)
    return order[state.heads[order] < instance.minimum[order]]


def lacking(instance: Instance, state: State) -> tuple[int, ...]:
    """Return how many minimum heads are missing by what one is worth, the dearest first, then the desired ones.

    Of two plans the one with the lesser tuple is better: no number of lesser heads outweighs a dearer one.
    """
    missing = np.maximum(instance.minimum - state.heads, 0)
    wished = np.maximum(instance.desired - np.maximum(instance.minimum, state.heads), 0)
    worths = np.unique(instance.fill)[::-1]
    return (*(int(missing[instance.fill == worth].sum()) for worth in worths), int(wished.sum()))


def fewest(instance: Instance, state: State, locked: State) -> bool:
    """Say whether the deficient set proves that no plan misses fewer minimum heads.

    Parameters
    ----------
    instance, state
        The plan.
    locked
        The state of the locked pairs alone.
    """
    missing = int(np.maximum(instance.minimum - state.heads, 0).sum())
    if missing == 0:
        return True
    prices = np.minimum(deficient_set(instance, state, instance.minimum), np.minimum(instance.minimum, 1))
    return Pricing.of_heads(instance, locked)(prices).bound >= missing
