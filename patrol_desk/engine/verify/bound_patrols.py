"""The patrols' part of the bound by wages: each task's cheapest patrol alone, out of all who could stand there.

At wages w a person costs a patrol way and wage, and earns the wage in the own week. For any wages no plan costs less
than the sum of the cheapest patrols and of the cheapest weeks. A patrol pays for missing heads, for each squad beyond
the first, where two or more have nobody who leads, where an officer lacks, and for habits.

Squads are priced one by one (`_squads`: so many heads in each seat group, with or without somebody who leads), and
folded two and two (`_folded`) until one table a task is left.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np

from patrol_desk.engine.problem import LEAD, MEMBER, OFFICIAL, Problem
from patrol_desk.engine.verify.duties import Bools, Duties
from patrol_desk.engine.verify.geometry import Int64

FAR: Final = 2**50
"""A cost at which nobody is taken; sums of some of them fit 64 bits."""

TOLD_APART: Final = 64
"""Of a task whose free seats can be taken in more ways each head costs what the cheapest does, and squads nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Crowd:
    """Who may serve in one shift beyond the locked pairs, ordered by squad.

    Parameters
    ----------
    person
        (n,) indices into the problem.
    cost
        (m, n) way and wage in each task of the shift, less what keeping the baseline is worth; `FAR` out of reach.
    squad
        (n,) squad; who has none is a squad of one, numbered beyond them.
    marks
        (n,) bit 0: leads; bit 1: is an officer.
    held
        (n,) capabilities of the day.
    """

    person: Int64
    cost: Int64
    squad: Int64
    marks: Int64
    held: Int64

    @classmethod
    def of(cls, problem: Problem, shift: int, person: Int64, cost: Int64) -> "Crowd":
        """Return the crowd of some people of a shift, whose `cost` is in the order given."""
        squad = squads_of(problem, person)
        order = np.lexsort((person, squad))
        person = person[order]
        held = problem.people.capability[person, problem.shifts.day[shift]].astype(np.int64)
        return cls(person, cost[:, order], squad[order], marks_of(problem, person, held), held)


def squads_of(problem: Problem, person: Int64) -> Int64:
    """Return the squad of each; who has none is a squad of one."""
    squad = problem.people.squad[person].astype(np.int64)
    numbered: Int64 = np.where(squad >= 0, squad, len(problem.squads) + person)
    return numbered


def marks_of(problem: Problem, person: Int64, held: Int64) -> Int64:
    """Return bit 0 for who leads, by role or by capability, bit 1 for who is an officer."""
    people = problem.people
    leads = ((people.role[person] != MEMBER) & (people.squad[person] >= 0)) | (held >> LEAD & 1 == 1)
    bit = problem.capabilities.index(OFFICIAL) if OFFICIAL in problem.capabilities else 62
    marks: Int64 = leads.astype(np.int64) + 2 * (held >> bit & 1)
    return marks


@dataclass(frozen=True, slots=True, eq=False)
class Locked:
    """The locked people of each task: squads, number and marks."""

    squads: list[set[int]]
    people: Int64
    marks: Int64

    @classmethod
    def of(cls, problem: Problem, duties: Duties) -> "Locked":
        """Read the locked duties."""
        single, tasks = duties.one_per_task(), len(problem.demand.task_shift)
        squads: list[set[int]] = [set() for _ in range(tasks)]
        for task, squad in zip(single.task.tolist(), squads_of(problem, single.person).tolist(), strict=True):
            squads[task].add(squad)
        held = problem.people.capability[single.person, problem.shifts.day[single.shift]].astype(np.int64)
        marks = np.zeros(tasks, dtype=np.int64)
        np.bitwise_or.at(marks, single.task, marks_of(problem, single.person, held))
        return cls(squads, np.bincount(single.task, minlength=tasks), marks)


def patrols_part(problem: Problem, locked: Locked, heads: Int64, tasks: Int64, crowd: Crowd) -> int:
    """Return the sum of the cheapest patrols of the tasks of one shift.

    Parameters
    ----------
    problem, locked
        The problem and who is locked where.
    heads
        (G,) locked heads.
    tasks
        (m,) the tasks, as in `Crowd.cost`.
    crowd
        Who may stand there.
    """
    demand = problem.demand
    alike: dict[tuple[int, ...], list[tuple[int, list[int]]]] = {}
    for row, task in enumerate(tasks.tolist()):
        groups = np.flatnonzero(demand.group_task == task).tolist()
        free = tuple(max(0, int(demand.desired[group] - heads[group])) for group in groups)
        alike.setdefault(free, []).append((row, groups))
    total = 0
    for free, found in alike.items():
        rows = np.array([row for row, _ in found], dtype=np.int64)
        groups = np.array([groups for _, groups in found], dtype=np.int64).reshape(len(rows), len(free))
        seats = _Seats(problem, locked, heads, tasks[rows], groups, free)
        total += seats.least(crowd, rows)
    return total


@dataclass(frozen=True, slots=True, eq=False)
class _Seats:
    """Tasks of one shift with as many free seats in each of their groups: (k,) tasks, (k, s) groups, s sizes."""

    problem: Problem
    locked: Locked
    heads: Int64
    task: Int64
    group: Int64
    free: tuple[int, ...]

    def least(self, crowd: Crowd, rows: Int64) -> int:
        """Return the sum of the cheapest patrols, who could stand there costing `Crowd.cost[rows]`."""
        cost, weight = crowd.cost[rows], self.problem.weights.extra_squad
        if np.prod(np.array(self.free) + 1) > TOLD_APART:
            return int(self._headwise(cost.min(axis=1, initial=FAR)).sum())
        table = _folded(self._squads(crowd, cost), self.states)
        start = self.locked.marks[self.task] % self.marks
        after = np.full((len(self.task), self.marks, len(self.states)), FAR)
        for mark, other in product(range(self.marks), repeat=2):
            here = np.where((start | other) == mark, 0, FAR)[:, None] + table[:, other]
            after[:, mark] = np.minimum(after[:, mark], here)
        heads = self.states.sum(axis=1)
        held = np.array([len(self.locked.squads[task]) for task in self.task.tolist()])
        after += self._missing()[:, None, :] + weight * np.maximum(held - 1, 0)[:, None, None]
        after -= weight * ((held == 0)[:, None] & (heads > 0))[:, None, :]
        people = self.locked.people[self.task][:, None] + heads
        alone, unofficial = self._points()
        for mark in range(self.marks):
            after[:, mark] += (mark & 1 == 0) * alone[:, None] * (people >= 2)
            after[:, mark] += (mark & 2 == 0) * unofficial[:, None] * (people >= 1)
        return int(after.min(axis=(1, 2)).sum())

    @property
    def states(self) -> Int64:
        """(S, s) all ways to take the free seats, none first."""
        ways = list(product(*(range(size + 1) for size in self.free)))
        return np.array(ways, dtype=np.int64).reshape(len(ways), len(self.free))

    @property
    def marks(self) -> int:
        """How many sets of marks matter."""
        return 4 if self._points()[1].any() else 2

    def _points(self) -> tuple[Int64, Int64]:
        """Return (k,) the points of two or more of whom nobody leads, and of a patrol without an officer."""
        kinds = [self.problem.rules.kinds[kind] for kind in self._kind().tolist()]
        lead = np.array([max(kind.lead, 0) for kind in kinds], dtype=np.int64) + self.problem.weights.no_lead
        return lead, np.array([max(kind.official, 0) for kind in kinds], dtype=np.int64)

    def _kind(self) -> Int64:
        demand = self.problem.demand
        kind: Int64 = demand.kind[demand.task_checkpoint[self.task]].astype(np.int64)
        return kind

    def _missing(self) -> Int64:
        """Return (k, S) the points of the missing heads of each state."""
        held = self.heads[self.group]
        there = self.states[None, :, :] + held[:, None, :]
        missing: Int64 = self._short(there).sum(axis=2)
        return missing

    def _short(self, there: Int64) -> Int64:
        """Return (k, n, s) the points of the heads that are missing where so many are there."""
        demand, weights = self.problem.demand, self.problem.weights
        tier = np.asarray(weights.minimum, dtype=np.int64)[demand.task_tier[self.task]][:, None, None]
        least = demand.minimum[self.group].astype(np.int64)[:, None, :]
        wished = demand.desired[self.group].astype(np.int64)[:, None, :]
        points: Int64 = tier * np.maximum(least - there, 0)
        points += weights.desired * np.maximum(wished - np.maximum(least, there), 0)
        return points

    def _headwise(self, cheapest: Int64) -> Int64:
        """Return (k,) a bound in which each head costs as much as the cheapest: least at one of the corners."""
        held = self.heads[self.group][:, None, :]
        best = np.full(self.group.shape, FAR)
        for corner in (self.heads, self.problem.demand.minimum, self.problem.demand.desired):
            there = np.maximum(corner[self.group].astype(np.int64)[:, None, :], held)
            price = np.minimum(cheapest, FAR // 2)[:, None] * (there - held)[:, 0]
            best = np.minimum(best, self._short(there)[:, 0] + price)
        total: Int64 = best.sum(axis=1)
        return total

    def _squads(self, crowd: Crowd, cost: Int64) -> Int64:
        """Return (k, R, marks, S) what each squad asks for so many heads, a further squad included; none is free."""
        _, first, size = np.unique(crowd.squad, return_index=True, return_counts=True)
        states, table = self.states, np.full((len(self.task), len(first), self.marks, len(self.states)), FAR)
        table[:, :, 0, 0] = 0
        step = {tuple(state): number for number, state in enumerate(states.tolist())}
        for turn in range(int(size.max(initial=0))):
            there = turn < size
            who = np.where(there, first + turn, 0)
            asked = np.where(there, cost[:, who], FAR)
            for number in range(len(states) - 1, -1, -1):
                for then, fits in self._further(states[number], step, crowd.held[who]):
                    for marks in range(self.marks):
                        here = np.where(fits & (crowd.marks[who] % self.marks == marks), asked, FAR)
                        for mark in range(self.marks):
                            value = np.minimum(table[:, :, mark, number] + here, FAR)
                            np.minimum(table[:, :, mark | marks, then], value, out=table[:, :, mark | marks, then])
        table[:, :, :, 1:] += self._opening(crowd.squad[first], states)
        return np.minimum(table, FAR)

    def _further(self, state: Int64, step: dict[tuple[int, ...], int], held: Int64) -> Iterator[tuple[int, Bools]]:
        """Yield each state with one head more, and (k, R) whether the person has what the seat asks for."""
        for seat in range(len(self.free)):
            if state[seat] < self.free[seat]:
                more = state.copy()
                more[seat] += 1
                asked = self.problem.demand.group_capability[self.group[:, seat]].astype(np.int64)[:, None]
                yield step[tuple(more.tolist())], (asked < 0) | (held[None, :] >> np.maximum(asked, 0) & 1 == 1)

    def _opening(self, squads: Int64, states: Int64) -> Int64:
        """Return (k, R, 1, S - 1) the price of a further squad, where none of it is locked, and of its habits."""
        price = np.full((len(self.task), len(squads)), self.problem.weights.extra_squad, dtype=np.int64)
        habit, times = np.zeros_like(price), self.problem.habit
        for row, task in enumerate(self.task.tolist()):
            price[row, np.isin(squads, list(self.locked.squads[task]))] = 0
            for squad, _, count in times[times[:, 1] == task].tolist():
                habit[row, squads == squad] += count * self.problem.weights.habit
        opening: Int64 = price[:, :, None, None] + habit[:, :, None, None] * states[1:].sum(axis=1)
        return opening


def _folded(table: Int64, states: Int64) -> Int64:
    """Return (k, marks, S) the least that all squads together ask for: two tables become one until one is left."""
    number = {tuple(state): index for index, state in enumerate(states.tolist())}
    sums = [
        (one, other, number[tuple((states[one] + states[other]).tolist())])
        for one, other in product(range(len(states)), repeat=2)
        if tuple((states[one] + states[other]).tolist()) in number
    ]
    marks = range(table.shape[2])
    while table.shape[1] > 1:
        half = table.shape[1] // 2
        left, right, rest = table[:, :half], table[:, half : 2 * half], table[:, 2 * half :]
        joined = np.full_like(left, FAR)
        for one, other, both in sums:
            for mark, more in product(marks, repeat=2):
                value = left[:, :, mark, one] + right[:, :, more, other]
                np.minimum(joined[:, :, mark | more, both], value, out=joined[:, :, mark | more, both])
        table = np.concatenate([joined, rest], axis=1)
    if table.shape[1] == 0:
        nobody = np.full((table.shape[0], *table.shape[2:]), FAR)
        nobody[:, 0, 0] = 0
        return nobody
    return table[:, 0]
