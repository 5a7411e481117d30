"""The people's part of the Lagrangian bound: each person's cheapest schedule alone, locked pairs kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from patrol_desk.engine.problem import CLASSES, FINE, HARD, PREFER, UNAVAILABLE, WAITED_MOST, Int32, Problem
from patrol_desk.engine.verify.alone import of_kinds, reaches
from patrol_desk.engine.verify.bound_patrols import FAR, Crowd, Locked, patrols_part
from patrol_desk.engine.verify.duties import Bools, Duties, duties_of, locked_keys
from patrol_desk.engine.verify.geometry import Int64, metres, squared
from patrol_desk.engine.verify.schedules import NEVER, Steps, Timetable, cheapest, cheapest_of_all, conceivable
from patrol_desk.engine.verify.sentences import Strength

_CELLS: Final = 1_500_000
"""Person × checkpoint cells worked on at once: some 12 MB per matrix."""

TRIED: Final = 4000
"""Of somebody who can pick shifts in at most so many ways all schedules are made, and the load of classes is exact."""


@dataclass(frozen=True, slots=True, eq=False)
class Economy:
    """What counts in one bound: a price per head and seat group, (G,), and the weights of the objective.

    `duty` is 1 where way, wish, queue and broken rules of one duty count, else 0.
    """

    price: Int64
    minimum: Int64
    desired: int
    duty: int
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
    timetable = Timetable.of(shifts, _least_rest(problem), problem.rules.cap_day)
    step = max(1, _CELLS // max(1, len(problem.demand.checkpoints), len(shifts.ids) * 8))
    for first in range(0, people, step):
        chunk = _Chunk.of(problem, first, min(first + step, people))
        for index, economy in enumerate(economies):
            sums[index] += chunk.least(problem, economy, forced, timetable)
    return sums


def paid_part(problem: Problem, economy: Economy, forced: Forced, wages: Int64) -> int:
    """Return the bound by (P, T) wages: cheapest weeks, cheapest patrols, and the constants of locks and baseline."""
    total = economy.change * len(problem.baseline) + _locked_part(problem, economy, forced)
    shifts, people = problem.shifts, len(problem.people.ids)
    timetable = Timetable.of(shifts, _least_rest(problem), problem.rules.cap_day)
    step = max(1, _CELLS // max(1, len(problem.demand.checkpoints), len(shifts.ids) * 8))
    free = forced.left > 0
    for first in range(0, people, step):
        chunk = _Chunk.of(problem, first, min(first + step, people))
        total += chunk.least(problem, economy, forced, timetable, wages)
        free[chunk.first : chunk.last] &= chunk.may
    free &= (problem.people.cap_week.astype(np.int64) > forced.taken)[:, None]
    locked = Locked.of(problem, forced.duties)
    for shift in range(len(shifts.ids)):
        tasks = np.flatnonzero(problem.demand.task_shift == shift)
        person = np.flatnonzero(free[:, shift])
        cost = _patrol_cost(problem, economy, tasks, person) + wages[person, shift]
        crowd = Crowd.of(problem, shift, person, np.minimum(cost, FAR))
        total += patrols_part(problem, locked, forced.heads, tasks, crowd)
    return total


def _patrol_cost(problem: Problem, economy: Economy, tasks: Int64, person: Int64) -> Int64:
    """Return (m, n) what the ways to the tasks cost, less what a baseline duty kept there is worth."""
    demand, checkpoint = problem.demand, problem.demand.task_checkpoint[tasks].astype(np.int64)
    square = squared(problem.people.home[person, None, :], demand.place[None, checkpoint, :])
    kind = demand.kind[checkpoint].astype(np.int64)
    within = (square <= reaches(problem)[kind] ** 2) | (of_kinds(problem, "reach")[kind] != HARD)
    cost = np.where(within, _way_price(problem, metres(square) // 100, checkpoint), 2 * FAR).T
    old = problem.baseline.astype(np.int64)
    row, column = np.full(len(demand.task_shift), -1), np.full(len(problem.people.ids), -1)
    row[tasks], column[person] = np.arange(len(tasks)), np.arange(len(person))
    at, who = row[demand.group_task[old[:, 1]]], column[old[:, 0]]
    known = (at >= 0) & (who >= 0)
    np.subtract.at(cost, (at[known], who[known]), economy.change)
    return cost


def _least_rest(problem: Problem) -> int:
    """Return the minutes of rest without which nobody serves; a township may be content with none."""
    return problem.rules.rest_min if Strength(problem.rules.rest).hard else 0


def _blocked(problem: Problem, locked: Duties) -> Bools:
    """Return (P, T): the shift lies too close to a locked duty or busy time of the person."""
    start, end = problem.shifts.start.astype(np.int64), problem.shifts.end.astype(np.int64)
    busy, rest = problem.busy.astype(np.int64), _least_rest(problem)
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
    checkpoint = problem.demand.task_checkpoint[duties.task]
    square = squared(people.home[duties.person], problem.demand.place[checkpoint])
    way = _way_price(problem, metres(square) // 100, checkpoint).sum()
    wish = problem.weights.wish * _unwished(problem, duties.person)[np.arange(len(duties.person)), duties.shift].sum()
    single = duties.one_per_task()
    turn = _turn_price(problem, single.person)[np.arange(len(single.person)), single.shift].sum()
    before, taken = people.load.astype(np.int64), forced.taken_class
    by_class = (taken * (2 * before + taken)).sum(axis=0)
    total_before, total = before.sum(axis=1), forced.taken
    tasks = max(len(problem.demand.task_shift), 1)
    old = problem.baseline.astype(np.int64)
    kept = np.isin(old[:, 0] * tasks + problem.demand.group_task[old[:, 1]], duties.person * tasks + duties.task)
    return (
        economy.duty * int(way + wish + turn)
        - int(economy.price[duties.group].sum())
        + economy.load * int((total * (2 * total_before + total)).sum())
        + int(by_class @ economy.load_class)
        - economy.change * int(kept.sum())
    )


def _way_price(problem: Problem, hundreds: Int64, checkpoint: Int64 | Int32) -> Int64:
    """Return what ways of so many hundreds of metres cost, those beyond a weighted reach more."""
    kind = problem.demand.kind[checkpoint].astype(np.int64)
    limit, points = reaches(problem)[kind] // 100, np.maximum(of_kinds(problem, "reach"), 0)[kind].astype(np.int64)
    price: Int64 = problem.weights.near * hundreds + points * np.maximum(hundreds - limit, 0)
    return price


def _unwished(problem: Problem, rows: Int64 | slice) -> Int64:
    """Return (n, T): 3 for avoid (or unavailable), 1 for fine, 0 for prefer."""
    wish = problem.people.availability[rows]
    return np.where(wish >= PREFER, 0, np.where(wish == FINE, 1, 3)).astype(np.int64)


def _turn_price(problem: Problem, rows: Int64 | slice) -> Int64:
    """Return (n, T): what a duty costs for its place in the queue, and for insurance or a workday's eve."""
    people, shifts, rules = problem.people, problem.shifts, problem.rules
    turn = problem.weights.queue * (WAITED_MOST - people.waited[rows].astype(np.int64))[:, shifts.load_class]
    bare, spared = _bare(problem, rows), _spared(problem, rows)
    price: Int64 = turn + max(rules.insured, 0) * bare + max(rules.workday_eve, 0) * spared
    return price


def _bare(problem: Problem, rows: Int64 | slice) -> Bools:
    """Return (n, T): not insured on the day of the shift."""
    return np.asarray(~problem.people.insured[rows][:, problem.shifts.day])


def _spared(problem: Problem, rows: Int64 | slice) -> Bools:
    """Return (n, T): the shift is a workday's eve, which the person asks to be spared."""
    return np.asarray(problem.people.spares_eve[rows][:, None] & problem.shifts.workday_eve)


def _may(problem: Problem, rows: slice) -> Bools:
    """Return (n, T): no rule forbids the shift to the person."""
    people, shifts = problem.people, problem.shifts
    may: Bools = (people.availability[rows] != UNAVAILABLE) & ~people.leave[rows] & people.on_roster[rows, None]
    may &= shifts.start >= problem.begin
    if Strength(problem.rules.insured).hard:
        may &= ~_bare(problem, rows)
    if Strength(problem.rules.workday_eve).hard:
        may &= ~_spared(problem, rows)
    return may


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
        kind = problem.demand.kind.astype(np.int64)
        within = (square <= reaches(problem)[kind] ** 2) | (of_kinds(problem, "reach")[kind] != HARD)
        return cls(first, last, (metres(square) // 100).astype(np.int32), within, _may(problem, rows))

    def least(
        self, problem: Problem, economy: Economy, forced: Forced, timetable: Timetable, wages: Int64 | None = None
    ) -> int:
        """Return the sum of the cheapest schedules at the economy's prices, or at (P, T) wages for each shift."""
        rows = slice(self.first, self.last)
        left = forced.left[rows].astype(np.int64)
        table = self.seats(problem, economy) if wages is None else np.where(self.may, -wages[rows], NEVER)
        price = self.prices(problem, economy, forced, table)
        steps = Steps(
            self.growth(problem, economy, forced), problem.shifts.load_class.astype(np.int64), 2 * economy.load_class
        )
        room = problem.people.cap_week[rows].astype(np.int64) - forced.taken[rows]
        few = conceivable((self.may & (left > 0)).sum(axis=1), room) <= TRIED
        tried = replace(steps, growth=steps.growth[few])
        total = int(cheapest_of_all(timetable, price[few], tried, left[few]).sum())
        return total + int(cheapest(timetable, price[~few], steps.growth[~few], left[~few]).sum())

    def growth(self, problem: Problem, economy: Economy, forced: Forced) -> Int64:
        """Return (n, K): what the k-th further duty adds to the load; `NEVER` beyond the cap."""
        rows = slice(self.first, self.last)
        cap = problem.people.cap_week[rows].astype(np.int64) - forced.taken[rows]
        already = problem.people.load[rows].sum(axis=1, dtype=np.int64) + forced.taken[rows]
        count = np.arange(min(max(int(cap.max(initial=0)), 0), len(problem.shifts.ids)))
        step = economy.load * (2 * (already[:, None] + count) + 1)
        return np.where(count < cap[:, None], step, NEVER)

    def seats(self, problem: Problem, economy: Economy) -> Int64:
        """Return (n, T): the cheapest seat of each shift for each person; `NEVER` where there is none."""
        rows, shifts = slice(self.first, self.last), problem.shifts
        table = np.full(self.may.shape, NEVER)
        price = _way_price(problem, self.hundreds.astype(np.int64), np.arange(self.hundreds.shape[1]))
        way = np.where(self.within, economy.duty * price, NEVER)
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
        return table

    def prices(self, problem: Problem, economy: Economy, forced: Forced, table: Int64) -> Int64:
        """Return (n, T): the prices of seats, and what a duty in the shift costs wherever it is."""
        rows, shifts = slice(self.first, self.last), problem.shifts
        before = problem.people.load[rows].astype(np.int64) + forced.taken_class[rows]
        first_step = (economy.load_class * (2 * before + 1))[:, shifts.load_class]
        duty = problem.weights.wish * _unwished(problem, rows) + _turn_price(problem, rows)
        price: Int64 = np.minimum(table + economy.duty * duty + first_step, NEVER)
        return price

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
