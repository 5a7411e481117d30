"""The figures above the roster, from arrays: a few milliseconds at township size."""

import numpy as np

from patrol_desk.engine.figures import jain
from patrol_desk.engine.rules.person import metres
from patrol_desk.services.planning.board.data import BoardFigures
from patrol_desk.services.planning.board.stand import BELOW_DESIRED, BELOW_MINIMUM, Stand


def figures(stand: Stand, bound: int | None, published: Stand | None) -> BoardFigures:
    """Return the figures of a stand.

    Parameters
    ----------
    stand
        Who stands where.
    bound
        Proven least number of missing minimum heads, None when nothing is proven.
    published
        The version in force, None without one.
    """
    frame = stand.frame
    demand, people = frame.problem.demand, frame.problem.people
    seats, filled = coverage(stand)
    rostered = people.on_roster & (people.cap_week > 0)
    duties = stand.week_duties[rostered]
    ways = metres(stand.squared[stand.places_known])
    return BoardFigures(
        seats=seats,
        filled=filled,
        coverage=filled / seats if seats else 1.0,
        shortage_heads=int(np.maximum(demand.minimum - stand.heads, 0).sum()),
        shortage_cells=int((stand.states == BELOW_MINIMUM).sum()),
        below_desired_cells=int((stand.states == BELOW_DESIRED).sum()),
        fairness=jain(duties),
        least_duties=int(duties.min(initial=0 if len(duties) == 0 else int(duties.max()))),
        most_duties=int(duties.max(initial=0)),
        mean_distance_m=round(float(ways.mean())) if len(ways) else None,
        max_distance_m=int(ways.max()) if len(ways) else None,
        shortage_bound=bound,
        proven=bound is not None,
        published=None if published is None else _share(published),
    )


def coverage(stand: Stand) -> tuple[int, int]:
    """Return the desired heads of the week and how many of them stand."""
    desired = stand.frame.problem.demand.desired
    return int(desired.sum()), int(np.minimum(stand.heads, desired).sum())


def _share(stand: Stand) -> float:
    seats, filled = coverage(stand)
    return filled / seats if seats else 1.0
