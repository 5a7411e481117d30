"""A walk over plans that lack as much: from some of them a seat is open to chains and forks.

The search of the solver, at a low temperature, with a change of the plan before so dear that it makes hardly any.
"""

from collections.abc import Callable
from typing import Final

from patrol_desk.engine.core.instance import Instance
from patrol_desk.engine.core.state import State, clone, copy_into
from patrol_desk.engine.repair.lacking import lacking
from patrol_desk.engine.search.anneal import Mending, begin_search, logarithms, run_slice
from patrol_desk.engine.search.exchange import new_search

SLICES: Final = 100
MOVES: Final = 4000
"""How often the walk looks for an open seat at most, and moves between two looks."""

TEMPERATURE: Final = 6 * 1024
"""Points, in 1/1024: the end of the solver's search."""

CHANGE: Final = 5
"""By how much more than usual a change of the plan before costs on the walk."""

SEED: Final = 1


def wander(instance: Instance, state: State, proven: Callable[[State], bool], stop: Callable[[], bool]) -> int:
    """Leave the state as the best plan of the walk, or as it is; return how often a better one was found.

    Parameters
    ----------
    instance, state
        The plan; a better one lacks less, the dearest heads first (`lacking`).
    proven
        Says whether a plan cannot be better, which ends the walk.
    stop
        Is asked between two looks, and before every fork.
    """
    dear = instance._replace(points=instance.points._replace(change=CHANGE * instance.points.change))
    walker, search, table, mending = clone(state), new_search(dear, SEED), logarithms(), Mending()
    begin_search(dear, walker, search)
    least, found = lacking(instance, state), 0
    for _ in range(SLICES):
        if stop():
            break
        run_slice(dear, walker, search, table, MOVES, TEMPERATURE)
        if mending.due() and mending.mend(dear, walker, stop):
            begin_search(dear, walker, search)
        if (lacks := lacking(instance, walker)) < least:
            copy_into(walker, state)
            least, found = lacks, found + 1
            if proven(state):
                break
    return found
