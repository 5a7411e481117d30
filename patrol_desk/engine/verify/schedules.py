"""The cheapest week of each person alone: by dynamic programming over the shifts, or out of all weeks there are."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

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
    day
        (T,) on which the shift starts.
    block
        (T,) runs of shifts of one day, numbered; the day cap holds within each. When no day has more shifts than
        its cap, every shift is its own block.
    cap_block
        Most duties in a block.
    """

    start: Int64
    ready: Int64
    day: Int64
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
        start, ready = shifts.start.astype(np.int64), shifts.end.astype(np.int64) + rest_min
        return cls(start, ready, shifts.day.astype(np.int64), block, cap_day)


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


def conceivable(shifts: Int64, cap: Int64) -> NDArray[np.float64]:
    """Return (n,) in how many ways one to `cap` of so many shifts can be picked, the rules not looked at."""
    ways, total = np.ones(len(shifts)), np.zeros(len(shifts))
    for size in range(1, int(np.minimum(shifts, cap).max(initial=0)) + 1):
        ways = ways * np.maximum(shifts - size + 1, 0) / size
        total += np.where(size <= cap, ways, 0)
    return total


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """How prices rise with the duties taken.

    Parameters
    ----------
    growth
        (n, K) added for the k-th duty; `NEVER` beyond the person's cap.
    kind
        (T,) class of each shift.
    again
        (classes,) added for a duty for each earlier one of its class.
    """

    growth: Int64
    kind: Int64
    again: Int64


def cheapest_of_all(timetable: Timetable, price: Int64, steps: Steps, left: Int64) -> Int64:
    """Return (n,) the price of each person's cheapest schedule, 0 for staying at home: all schedules are made.

    A schedule grows by shifts later than its last. Prices only rise with the duties before, so a shift that does not
    pay as the only duty is in no schedule better than the same without it.

    Parameters
    ----------
    timetable
        T shifts.
    price
        (n, T) of taking a shift as the first duty of its class; `NEVER` where it must not be.
    steps
        What further duties add.
    left
        (n, T) how many duties the person may still take on the day of the shift.
    """
    people, most = steps.growth.shape
    best = np.zeros(people, dtype=np.int64)
    if not most:
        return best
    who, when = np.nonzero((price + steps.growth[:, :1] < 0) & (left > 0))
    begin = np.searchsorted(who, np.arange(people + 1))
    row, last = np.arange(people), begin[:-1] - 1
    value = np.zeros(people, dtype=np.int64)
    taken = np.zeros((people, 0), dtype=np.int64)
    for count in range(most):
        further = begin[row + 1] - 1 - last
        source = np.repeat(np.arange(len(row)), further)
        entry = last[source] + 1 + np.arange(len(source)) - np.repeat(np.cumsum(further) - further, further)
        before, shift = taken[source], when[entry]
        allowed = (timetable.day[before] == timetable.day[shift][:, None]).sum(axis=1) < left[row[source], shift]
        if count:
            allowed &= timetable.ready[before[:, -1]] <= timetable.start[shift]
        source, entry, before, shift = source[allowed], entry[allowed], before[allowed], shift[allowed]
        same = (steps.kind[before] == steps.kind[shift][:, None]).sum(axis=1)
        row = row[source]
        value = value[source] + price[row, shift] + steps.growth[row, count] + steps.again[steps.kind[shift]] * same
        np.minimum.at(best, row, value)
        last, taken = entry, np.column_stack([before, shift])
    return best
