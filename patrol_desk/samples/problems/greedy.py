"""A plain greedy: top tier and typed seats first, the nearest who may, the patrol's own squad before others.

It locks samples and is a named peer in the bench.
"""

import numpy as np

from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import HARD, NO_PLACE, Bool, Int32, Problem
from patrol_desk.samples.problems.masks import may_serve
from patrol_desk.samples.problems.runs import Runs


def greedy(problem: Problem) -> Plan:
    """Return a plan that breaks no rule by its own choice: locked pairs first, then seat by seat, minimum first."""
    state = _State(problem)
    for person, group in np.unique(problem.locked, axis=0).tolist():
        state.take(person, group)
    demand = problem.demand
    tier = demand.task_tier[demand.group_task]
    typed = demand.group_capability < 0
    order = np.lexsort((demand.group_task, typed, tier)).tolist()
    for heads in (demand.minimum, demand.desired):
        for group in order:
            while state.heads[group] < heads[group]:
                person = state.best(group)
                if person < 0:
                    break
                state.take(person, group)
    return Plan(np.array(sorted(state.pairs), dtype=np.int32).reshape(-1, 2))


class _State:
    """Who may still take what."""

    def __init__(self, problem: Problem) -> None:
        people, shifts = problem.people, problem.shifts
        self.problem = problem
        self.pairs: list[tuple[int, int]] = []
        self.heads = np.zeros(len(problem.demand.group_task), dtype=np.int64)
        self.left = people.cap_week.astype(np.int64)
        self.on_day = np.zeros((len(people.ids), problem.days), dtype=np.int64)
        self.free = may_serve(problem)
        if problem.rules.together == HARD:  # whoever serves only with somebody else is left out
            self.free[problem.together.reshape(-1)] = False
        self.runs = Runs.of(problem)
        self.apart = _both_ways(problem.apart) if problem.rules.apart == HARD else {}
        start, end, rest = shifts.start.astype(np.int64), shifts.end.astype(np.int64), problem.rules.rest_min
        self.close = (start[:, None] < end + rest) & (start < end[:, None] + rest)
        for person, begin, until in problem.busy.tolist():
            self.free[person, (start < until + rest) & (begin < end + rest)] = False
        self.way: dict[int, tuple[Int32, Int32]] = {}
        self.team: dict[int, list[int]] = {}

    def best(self, group: int) -> int:
        """Return the nearest person who may take a seat of the group, the less used first; -1 for nobody."""
        demand, shifts = self.problem.demand, self.problem.shifts
        task = int(demand.group_task[group])
        shift, capability = int(demand.task_shift[task]), int(demand.group_capability[group])
        day = int(shifts.day[shift])
        near, way = self._near(int(demand.task_checkpoint[task]))
        may = self.free[near, shift] & (self.left[near] > 0)
        may &= self.on_day[near, day] < self.problem.rules.cap_day
        if capability >= 0:
            may &= self.problem.people.capability[near, day] >> np.uint32(capability) & 1 == 1
        may[may] = self.runs.bear(near[may], shift) & self._fits_in(near[may], task)
        if not may.any():
            return -1
        able, squad = near[may], self.problem.people.squad
        own = np.isin(squad[able], squad[self.team.get(task, [])])
        return int(able[np.argmin(way[may] - 500 * self.left[able] - 1_000 * own)])

    def take(self, person: int, group: int) -> None:
        """Give the seat to the person."""
        demand = self.problem.demand
        task = int(demand.group_task[group])
        shift = int(demand.task_shift[task])
        self.team.setdefault(task, []).append(person)
        self.runs.add(person, shift)
        self.pairs.append((person, group))
        self.heads[group] += 1
        self.left[person] -= 1
        self.on_day[person, int(self.problem.shifts.day[shift])] += 1
        self.free[person, self.close[shift]] = False

    def _fits_in(self, people: Int32, task: int) -> Bool:
        """Return who of some people goes with those already there: new members beside others, nobody kept apart."""
        team, demand, rules = self.team.get(task, []), self.problem.demand, self.problem.rules
        fits = ~np.isin(people, [other for person in team for other in self.apart.get(person, ())])
        novice = self.problem.people.novice
        if rules.kinds[demand.kind[demand.task_checkpoint[task]]].novice == HARD and novice[team].all():
            fits &= ~novice[people]
        return fits

    def _near(self, checkpoint: int) -> tuple[Int32, Int32]:
        """Return the people within reach and their metres."""
        if checkpoint not in self.way:
            home, place = self.problem.people.home.astype(np.int64), self.problem.demand.place[checkpoint]
            square = ((home - place) ** 2).sum(axis=1)
            square[(home == NO_PLACE).any(axis=1) | bool((place == NO_PLACE).any())] = 0
            within = np.flatnonzero(self._within(square, int(self.problem.demand.kind[checkpoint])))
            self.way[checkpoint] = within.astype(np.int32), np.sqrt(square[within]).astype(np.int32)
        return self.way[checkpoint]

    def _within(self, square: np.ndarray[tuple[int], np.dtype[np.int64]], kind: int) -> Bool:
        rules = self.problem.rules
        if rules.kinds[kind].reach != HARD:
            return np.ones(len(square), dtype=np.bool_)
        return square <= rules.reach_of(kind) ** 2


def _both_ways(pairs: Int32) -> dict[int, list[int]]:
    """Return each person's counterparts."""
    found: dict[int, list[int]] = {}
    for one, other in pairs.tolist():
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found
