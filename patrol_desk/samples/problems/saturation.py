"""How tight a problem is, in figures that need no solver."""

from dataclasses import dataclass

import numpy as np

from patrol_desk.engine.problem import NO_PLACE, UNAVAILABLE, Bool, Problem
from patrol_desk.engine.verify.schedules import NEVER, Timetable, cheapest


@dataclass(frozen=True, slots=True)
class Saturation:
    """Figures of one problem.

    Parameters
    ----------
    seats, desired
        Minimum heads, and desired heads in all.
    capacity
        Sum over people of the most duties that rest, caps, leave and availability allow each alone.
    ratio
        seats / capacity: above 1 nobody can cover all.
    unreachable
        Share of (person, checkpoint) pairs beyond the reach.
    typed
        Share of the minimum heads that ask for a capability.
    locked
        Locked pairs over seats.
    """

    seats: int
    desired: int
    capacity: int
    ratio: float
    unreachable: float
    typed: float
    locked: float


def saturation(problem: Problem) -> Saturation:
    """Return how tight a problem is."""
    demand = problem.demand
    seats, capacity = int(demand.minimum.sum()), int(most_duties(problem).sum())
    return Saturation(
        seats=seats,
        desired=int(demand.desired.sum()),
        capacity=capacity,
        ratio=seats / max(capacity, 1),
        unreachable=_unreachable(problem),
        typed=int(demand.minimum[demand.group_capability >= 0].sum()) / max(seats, 1),
        locked=len(problem.locked) / max(seats, 1),
    )


def most_duties(problem: Problem) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return (P,) the most duties each person could take in the shifts in which anything is to be held."""
    people, demand, rules = problem.people, problem.demand, problem.rules
    may = (people.availability != UNAVAILABLE) & ~people.leave & people.on_roster[:, None]
    may &= np.isin(np.arange(len(problem.shifts.ids)), demand.task_shift)
    cap = people.cap_week.astype(np.int64)
    growth = np.where(np.arange(max(int(cap.max(initial=0)), 0)) < cap[:, None], 0, NEVER)
    timetable = Timetable.of(problem.shifts, rules.rest_min, rules.cap_day)
    left = np.full(may.shape, rules.cap_day, dtype=np.int64)
    return -cheapest(timetable, np.where(may, -1, NEVER), growth, left)


def _unreachable(problem: Problem) -> float:
    home, place = problem.people.home.astype(np.int64), problem.demand.place.astype(np.int64)
    known: Bool = (home != NO_PLACE).all(axis=1)
    beyond = 0
    for point in place[(place != NO_PLACE).all(axis=1)]:
        beyond += int((((home - point) ** 2).sum(axis=1) > problem.rules.reach_m**2)[known].sum())
    return beyond / max(len(home) * len(place), 1)
