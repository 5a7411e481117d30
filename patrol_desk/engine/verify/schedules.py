"""The cheapest week of each person alone, by dynamic programming over the shifts."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from patrol_desk.engine.problem import Shifts
from patrol_desk.engine.verify.geometry import Int64

NEVER: Final = 2**60
"""A price at which nothing is chosen; three of them still fit 64 bits."""


@dataclass(frozen=True, slots=True, eq=False)
class Timetable:
    """The shifts in the order of their start, and when one may follow another.

    Parameters
    ----------
    start, ready
        (T,) minutes: start, and end plus rest. A duty may follow another when start ≥ ready.
    block
        (T,) runs of shifts of one day, numbered; the day cap holds within each. When no day has more shifts than
        its cap, every shift is its own block.
    cap_block
        Most duties in a block.
    """

    start: Int64
    ready: Int64
    block: Int64
    cap_block: int

    @classmethod
    def of(cls, shifts: Shifts, rest_min: int, cap_day: int) -> "Timetable":
        """Return the timetable of shifts that are ordered by their start."""
        changes = np.diff(shifts.day.astype(np.int64), prepend=shifts.day[:1]) != 0
        block = np.cumsum(changes)
        most = int(np.bincount(block).max()) if len(block) else 0
        if cap_day >= most:
            block, cap_day = np.arange(len(block)), min(cap_day, 1)
        return cls(shifts.start.astype(np.int64), shifts.end.astype(np.int64) + rest_min, block, cap_day)


def cheapest(timetable: Timetable, price: Int64, growth: Int64, left: Int64) -> Int64:
    """Return the price of each person's cheapest schedule, 0 for staying at home.

    Parameters
    ----------
    timetable
        T shifts.
    price
        (n, T) of taking a shift; `NEVER` where it must not be.
    growth
        (n, K) added for the k-th duty; `NEVER` beyond the person's cap.
    left
        (n, T) how many duties the person may still take on the day of the shift.
    """
    people, most = growth.shape
    depth = timetable.cap_block
    best = np.zeros(people, dtype=np.int64)
    if not most or not depth:
        return best
    before = np.full((people, most + 1), NEVER)
    before[:, 0] = 0
    today = np.full((people, depth, most + 1), NEVER)
    waiting: list[tuple[int, Int64]] = []
    for shift in range(price.shape[1]):
        if shift and timetable.block[shift] != timetable.block[shift - 1]:
            np.minimum(before, today.min(axis=1), out=before)
            today[:] = NEVER
        waiting = _let_in(timetable, shift, waiting, before, today)
        ending = np.full((people, depth, most + 1), NEVER)
        here = price[:, shift, None] + growth
        ending[:, 0, 1:] = before[:, :-1] + here
        ending[:, 1:, 1:] = today[:, :-1, :-1] + here[:, None, :]
        for taken in range(depth):
            ending[left[:, shift] <= taken, taken] = NEVER
        np.minimum(ending, NEVER, out=ending)
        np.minimum(best, ending.min(axis=(1, 2)), out=best)
        waiting.append((shift, ending))
    return best


def _let_in(
    timetable: Timetable, shift: int, waiting: list[tuple[int, Int64]], before: Int64, today: Int64
) -> list[tuple[int, Int64]]:
    """Fold into `before` and `today` the schedules whose last duty leaves rest for this shift; return the others."""
    still = []
    for last, ending in waiting:
        if timetable.ready[last] > timetable.start[shift]:
            still.append((last, ending))
        elif timetable.block[last] == timetable.block[shift]:
            np.minimum(today, ending, out=today)
        else:
            np.minimum(before, ending.min(axis=1), out=before)
    return still
