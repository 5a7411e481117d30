"""The people's part of the Lagrangian bound: each person's cheapest schedule alone, locked pairs kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from patrol_desk.engine.problem import CLASSES, FINE, PREFER, UNAVAILABLE, Problem
from patrol_desk.engine.verify.duties import Bools, Duties, duties_of, locked_keys
from patrol_desk.engine.verify.geometry import Int64, metres, squared
from patrol_desk.engine.verify.schedules import NEVER, Timetable, cheapest

_CELLS: Final = 1_500_000
"""Person × checkpoint cells worked on at once: some 12 MB per matrix."""


@dataclass(frozen=True, slots=True, eq=False)
class Economy:
    """What counts in one bound: a price per head and seat group, (G,), and the weights of the objective."""

    price: Int64
    minimum: Int64
    desired: int
    near: int
    wish: int
    load: int
    load_class: Int64
    change: int


@dataclass(frozen=True, slots=True, eq=False)
class Forced:
    """What the locked pairs and busy times leave of each person's week.

    Parameters
    ----------
    duties
        The locked pairs, each once.
    heads
        (G,) locked heads.
    taken, taken_class
        (P,) and (P, 4) locked duties.
    left
        (P, T) duties the person may still take on the day of the shift; 0 where the shift lies too close to a locked
        duty or busy time.
    """

    duties: Duties
    heads: Int64
    taken: Int64
    taken_class: Int64
    left: NDArray[np.int16]

    @classmethod
    def of(cls, problem: Problem) -> "Forced":
        """Read the locked pairs and busy times of a problem."""
        duties, shifts = duties_of(problem, locked_keys(problem)), problem.shifts
        single, people = duties.one_per_task(), len(problem.people.ids)
        taken = np.zeros((people, len(CLASSES)), dtype=np.int64)
        np.add.at(taken, (single.person, shifts.load_class[single.shift]), 1)
        on_day = np.zeros((people, problem.days), dtype=np.int64)
        np.add.at(on_day, (single.person, shifts.day[single.shift]), 1)
        left = np.clip(problem.rules.cap_day - on_day, 0, 2**14)[:, shifts.day]
        left[_blocked(problem, single)] = 0
        heads = np.bincount(duties.group, minlength=len(problem.demand.group_task)).astype(np.int64)
        return cls(duties, heads, taken.sum(axis=1), taken, left.astype(np.int16))


def people_part(problem: Problem, economies: Sequence[Economy], forced: Forced) -> list[int]:
    """Return, per economy, the sum over people of their cheapest schedule, and the constant of the baseline."""
    sums = [economy.change * len(problem.baseline) + _locked_part(problem, economy, forced) for economy in economies]
    shifts, people = problem.shifts, len(problem.people.ids)
    timetable = Timetable.of(shifts, problem.rules.rest_min, problem.rules.cap_day)
    step = max(1, _CELLS // max(1, len(problem.demand.checkpoints), len(shifts.ids) * 8))
    for first in range(0, people, step):
        chunk = _Chunk.of(problem, first, min(first + step, people))
        for index, economy in enumerate(economies):
            price = chunk.prices(problem, economy, forced)
            growth = chunk.growth(problem, economy, forced)
            left = forced.left[first : first + step].astype(np.int64)
            sums[index] += int(cheapest(timetable, price, growth, left).sum())
    return sums


def _blocked(problem: Problem, locked: Duties) -> Bools:
    """Return (P, T): the shift lies too close to a locked duty or busy time of the person."""
    start, end = problem.shifts.start.astype(np.int64), problem.shifts.end.astype(np.int64)
    busy, rest = problem.busy.astype(np.int64), problem.rules.rest_min
    person = np.concatenate([locked.person, busy[:, 0]])
    begin = np.concatenate([start[locked.shift], busy[:, 1]])
    until = np.concatenate([end[locked.shift], busy[:, 2]])
    blocked = np.zeros((len(problem.people.ids), len(start)), dtype=np.bool_)
    for shift in range(len(start)):
        close = (start[shift] < until + rest) & (begin < end[shift] + rest)
        blocked[person[close], shift] = True
    return blocked


def _locked_part(problem: Problem, economy: Economy, forced: Forced) -> int:
    """Return what the locked pairs cost whatever else is planned."""
    duties, people = forced.duties, problem.people
    place = problem.demand.place[problem.demand.task_checkpoint[duties.task]]
    near = int((metres(squared(people.home[duties.person], place)) // 100).sum())
    wish = int(_unwished(problem, duties.person)[np.arange(len(duties.person)), duties.shift].sum())
    before, taken = people.load.astype(np.int64), forced.taken_class
    by_class = (taken * (2 * before + taken)).sum(axis=0)
    total_before, total = before.sum(axis=1), forced.taken
    tasks = max(len(problem.demand.task_shift), 1)
    old = problem.baseline.astype(np.int64)
    kept = np.isin(old[:, 0] * tasks + problem.demand.group_task[old[:, 1]], duties.person * tasks + duties.task)
    return (
        economy.near * near
        + economy.wish * wish
        - int(economy.price[duties.group].sum())
        + economy.load * int((total * (2 * total_before + total)).sum())
        + int(by_class @ economy.load_class)
        - economy.change * int(kept.sum())
    )


def _unwished(problem: Problem, rows: Int64 | slice) -> Int64:
    """Return (n, T): 3 for avoid (or unavailable), 1 for fine, 0 for prefer."""
    wish = problem.people.availability[rows]
    return np.where(wish >= PREFER, 0, np.where(wish == FINE, 1, 3)).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class _Chunk:
    """Some people: their distances to every checkpoint and the shifts they may take, each on its own."""

    first: int
    last: int
    hundreds: NDArray[np.int32]
    within: Bools
    may: Bools

    @classmethod
    def of(cls, problem: Problem, first: int, last: int) -> "_Chunk":
        people, rows = problem.people, slice(first, last)
        square = squared(people.home[rows, None, :], problem.demand.place[None, :, :])
        within = square <= problem.rules.reach_m**2
        may = (people.availability[rows] != UNAVAILABLE) & ~people.leave[rows] & people.on_roster[rows, None]
        return cls(first, last, (metres(square) // 100).astype(np.int32), within, may)

    def growth(self, problem: Problem, economy: Economy, forced: Forced) -> Int64:
        """Return (n, K): what the k-th further duty adds to the load; `NEVER` beyond the cap."""
        rows = slice(self.first, self.last)
        cap = problem.people.cap_week[rows].astype(np.int64) - forced.taken[rows]
        already = problem.people.load[rows].sum(axis=1, dtype=np.int64) + forced.taken[rows]
        count = np.arange(min(max(int(cap.max(initial=0)), 0), len(problem.shifts.ids)))
        step = economy.load * (2 * (already[:, None] + count) + 1)
        return np.where(count < cap[:, None], step, NEVER)

    def prices(self, problem: Problem, economy: Economy, forced: Forced) -> Int64:
        """Return (n, T): the cheapest seat of each shift for each person; `NEVER` where there is none."""
        rows, shifts = slice(self.first, self.last), problem.shifts
        table = np.full(self.may.shape, NEVER)
        way = np.where(self.within, self.hundreds * np.int64(economy.near), NEVER)
        masks = problem.people.capability[rows]
        for shift in range(self.may.shape[1]):
            seats = _Seats.of(problem, economy, shift)
            able = np.flatnonzero(self.may[:, shift])
            held = masks[able, int(shifts.day[shift])] & seats.asked
            for mask in np.unique(held):
                who = able[held == mask]
                columns, best = seats.best(int(mask))
                if len(columns):
                    table[who, shift] = (way[np.ix_(who, columns)] - best).min(axis=1)
        self._keep_baseline(problem, economy, way, table)
        before = problem.people.load[rows].astype(np.int64) + forced.taken_class[rows]
        first_step = (economy.load_class * (2 * before + 1))[:, shifts.load_class]
        table += economy.wish * _unwished(problem, rows) + first_step
        return np.minimum(table, NEVER)

    def _keep_baseline(self, problem: Problem, economy: Economy, way: Int64, table: Int64) -> None:
        """Lower the price of a shift in which a baseline duty can be kept, by what giving it up costs."""
        demand = problem.demand
        inside = (problem.baseline[:, 0] >= self.first) & (problem.baseline[:, 0] < self.last)
        old = problem.baseline[inside].astype(np.int64)
        tasks = max(len(demand.task_shift), 1)
        keys, times = np.unique(old[:, 0] * tasks + demand.group_task[old[:, 1]], return_counts=True)
        person, task = np.divmod(keys, tasks)
        shift, row = demand.task_shift[task], person - self.first
        held = problem.people.capability[person, problem.shifts.day[shift]].astype(np.int64)
        order = np.argsort(demand.group_task, kind="stable")
        begin, end = (np.searchsorted(demand.group_task[order], task, side) for side in ("left", "right"))
        for step in range(int((end - begin).max(initial=0))):
            there = begin + step < end
            group = order[np.where(there, begin + step, 0)]
            asked = demand.group_capability[group].astype(np.int64)
            there &= ((asked < 0) | (held >> np.maximum(asked, 0) & 1 == 1)) & self.may[row, shift]
            value = way[row, demand.task_checkpoint[task]] - economy.price[group] - economy.change * times
            np.minimum.at(table, (row[there], shift[there]), value[there])


@dataclass(frozen=True, slots=True, eq=False)
class _Seats:
    """The seat groups of one shift: checkpoint, capability asked for (-1 any) and price of each."""

    checkpoint: Int64
    capability: Int64
    price: Int64

    @classmethod
    def of(cls, problem: Problem, economy: Economy, shift: int) -> "_Seats":
        demand = problem.demand
        group = np.flatnonzero(demand.task_shift[demand.group_task] == shift)
        checkpoint = demand.task_checkpoint[demand.group_task[group]].astype(np.int64)
        return cls(checkpoint, demand.group_capability[group].astype(np.int64), economy.price[group])

    @property
    def asked(self) -> np.uint32:
        """Bits of the capabilities that any seat here asks for."""
        return np.uint32(sum(1 << int(bit) for bit in np.unique(self.capability[self.capability >= 0])))

    def best(self, mask: int) -> tuple[Int64, Int64]:
        """Return the checkpoints with a seat for who has these capabilities, and the best price at each."""
        fits = (self.capability < 0) | (mask >> np.maximum(self.capability, 0) & 1 == 1)
        columns, inverse = np.unique(self.checkpoint[fits], return_inverse=True)
        best = np.full(len(columns), -NEVER)
        np.maximum.at(best, inverse.reshape(-1), self.price[fits])
        return columns, best
