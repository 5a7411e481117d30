"""How tight a problem is, in figures that need no solver."""

from dataclasses import dataclass

import numpy as np

from patrol_desk.engine.problem import NO_PLACE, Bool, Problem
from patrol_desk.engine.verify.schedules import NEVER, Timetable, cheapest
from patrol_desk.samples.problems.masks import may_serve


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
    tightest_shift, tightest_typed
        Of all shifts that have not begun, the most minimum heads over the people who may serve in them; the same for
        the heads that ask for one capability over the people who have it.
    available
        Share of (person, shift) pairs in which the person may serve.
    squad_size, squad_duties
        People a squad, and minimum heads a squad and shift in which anything is to be held.
    """

    seats: int
    desired: int
    capacity: int
    ratio: float
    unreachable: float
    typed: float
    locked: float
    tightest_shift: float
    tightest_typed: float
    available: float
    squad_size: float
    squad_duties: float


def saturation(problem: Problem) -> Saturation:
    """Return how tight a problem is."""
    demand, may = problem.demand, _may(problem)
    seats, capacity = int(demand.minimum.sum()), int(most_duties(problem).sum())
    plain, typed = _tightest(problem, may)
    squads, held = max(len(problem.squads), 1), max(len(np.unique(demand.task_shift)), 1)
    return Saturation(
        seats=seats,
        desired=int(demand.desired.sum()),
        capacity=capacity,
        ratio=seats / max(capacity, 1),
        unreachable=_unreachable(problem),
        typed=int(demand.minimum[demand.group_capability >= 0].sum()) / max(seats, 1),
        locked=len(problem.locked) / max(seats, 1),
        tightest_shift=plain,
        tightest_typed=typed,
        available=float(may.mean()),
        squad_size=int((problem.people.squad >= 0).sum()) / squads,
        squad_duties=seats / (squads * held),
    )


def most_duties(problem: Problem) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return (P,) the most duties each person could take in the shifts in which anything is to be held."""
    people, demand, rules = problem.people, problem.demand, problem.rules
    may = _may(problem)
    may &= np.isin(np.arange(len(problem.shifts.ids)), demand.task_shift)
    cap = people.cap_week.astype(np.int64)
    growth = np.where(np.arange(max(int(cap.max(initial=0)), 0)) < cap[:, None], 0, NEVER)
    timetable = Timetable.of(problem.shifts, rules.rest_min, rules.cap_day)
    left = np.full(may.shape, rules.cap_day, dtype=np.int64)
    return -cheapest(timetable, np.where(may, -1, NEVER), growth, left)


def _may(problem: Problem) -> Bool:
    """Return (P, T): who may serve, or is locked in."""
    may = may_serve(problem)
    may[problem.locked[:, 0], problem.demand.task_shift[problem.demand.group_task[problem.locked[:, 1]]]] = True
    return may


def _tightest(problem: Problem, may: Bool) -> tuple[float, float]:
    """Return the heaviest demand on the people of a shift that has not begun, in all and of one capability."""
    demand, shifts = problem.demand, problem.shifts
    shift = demand.task_shift[demand.group_task]
    minimum = np.where(shifts.start[shift] >= problem.begin, demand.minimum, 0)
    plain = np.bincount(shift, minimum, len(shifts.ids)) / np.maximum(may.sum(axis=0), 1)
    typed = [0.0]
    for bit in range(len(problem.capabilities)):
        own = demand.group_capability == bit
        able = may & (problem.people.capability[:, shifts.day] >> np.uint32(bit) & 1 == 1)
        asked = np.bincount(shift[own], minimum[own], len(shifts.ids))
        typed.append(float((asked / np.maximum(able.sum(axis=0), 1)).max()))
    return float(plain.max()), max(typed)


def _unreachable(problem: Problem) -> float:
    home, place = problem.people.home.astype(np.int64), problem.demand.place.astype(np.int64)
    known: Bool = (home != NO_PLACE).all(axis=1)
    beyond = 0
    for point in place[(place != NO_PLACE).all(axis=1)]:
        beyond += int((((home - point) ** 2).sum(axis=1) > problem.rules.reach_m**2)[known].sum())
    return beyond / max(len(home) * len(place), 1)
