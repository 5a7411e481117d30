"""What a plan has already asked of everybody, as masks."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import NO_PLACE, UNAVAILABLE, Bool, Problem

Int64 = NDArray[np.int64]
Bits = NDArray[np.uint16]

ORDER: Final = (
    "twice",
    "status",
    "availability",
    "leave",
    "skill",
    "reach",
    "overlap",
    "rest",
    "day_cap",
    "week_cap",
)
"""The rules that can keep a person from a seat, in the order in which the first is told."""


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """A problem and a plan, ready to be asked about any seat.

    Parameters
    ----------
    problem
        What was to be planned.
    heads
        (G,) people in each seat group.
    week, day
        (P,) and (P, D) duties of each person.
    overlap, rest
        (T, P): a duty in the shift would overlap another, or lie too close to one.
    apart
        (T, P) least minutes to another duty or busy time that does not overlap; the rest asked for where none is close.
    barred
        (T, P): not available, in the first of two layers; on leave, in the second.
    person, task
        Who serves in which task, by task.
    """

    problem: Problem
    heads: Int64
    week: Int64
    day: Int64
    overlap: Bool
    rest: Bool
    apart: NDArray[np.int32]
    barred: Bool
    person: Int64
    task: Int64

    @classmethod
    def of(cls, problem: Problem, plan: Plan) -> "Standing":
        """Return the standing after a plan whose rows all refer to something."""
        demand, shifts = problem.demand, problem.shifts
        rows = np.unique(plan.assignments.astype(np.int64), axis=0)
        heads = np.bincount(rows[:, 1], minlength=len(demand.group_task)).astype(np.int64)
        people = max(len(problem.people.ids), 1)
        keys = np.unique(demand.group_task[rows[:, 1]].astype(np.int64) * people + rows[:, 0])
        task, person = np.divmod(keys, people)
        shift = demand.task_shift[task]
        day = np.zeros((len(problem.people.ids), problem.days), dtype=np.int64)
        np.add.at(day, (person, shifts.day[shift]), 1)
        overlap, apart = _times(problem, person, shift)
        rest = apart < problem.rules.rest_min
        barred = np.stack([(problem.people.availability == UNAVAILABLE).T, problem.people.leave.T])
        return cls(problem, heads, day.sum(axis=1), day, overlap, rest, apart, barred, person, task)

    def square(self, checkpoint: int) -> Int64:
        """Return (P,) squared metres to a checkpoint, 0 where a place is unknown."""
        home, place = self.problem.people.home.astype(np.int64), self.problem.demand.place[checkpoint]
        square: Int64 = ((home - place) ** 2).sum(axis=1)
        square[(home == NO_PLACE).any(axis=1) | bool((place == NO_PLACE).any())] = 0
        return square

    def broken(self, group: int, square: Int64) -> Bits:
        """Return (P,) which rules each person would break in a seat of the group: bit k for rule k of `ORDER`."""
        problem, people = self.problem, self.problem.people
        task = int(problem.demand.group_task[group])
        shift, asked = int(problem.demand.task_shift[task]), int(problem.demand.group_capability[group])
        day = int(problem.shifts.day[shift])
        first, last = np.searchsorted(self.task, (task, task + 1))
        inside = np.zeros(len(people.ids), dtype=np.bool_)
        inside[self.person[first:last]] = True
        skilled = people.capability[:, day] >> np.uint32(max(asked, 0)) & 1 == 1
        rules = (
            inside,
            ~people.on_roster,
            self.barred[0, shift],
            self.barred[1, shift],
            ~skilled if asked >= 0 else np.zeros_like(inside),
            square > problem.rules.reach_m**2,
            self.overlap[shift] & ~inside,
            self.rest[shift],
            (self.day[:, day] >= problem.rules.cap_day) & ~inside,
            (self.week >= people.cap_week) & ~inside,
        )
        bits = np.zeros(len(inside), dtype=np.uint16)
        for rule, breaks in enumerate(rules):
            bits |= breaks.astype(np.uint16) << np.uint16(rule)
        return bits


def _times(problem: Problem, person: Int64, shift: NDArray[np.int32]) -> tuple[Bool, NDArray[np.int32]]:
    """Return where a shift overlaps a duty or busy time, and the least minutes to one that it does not overlap."""
    start, end = problem.shifts.start.astype(np.int64), problem.shifts.end.astype(np.int64)
    busy = problem.busy.astype(np.int64)
    who = np.concatenate([person, busy[:, 0]])
    begin = np.concatenate([start[shift], busy[:, 1]])[:, None]
    until = np.concatenate([end[shift], busy[:, 2]])[:, None]
    overlap = np.zeros((len(problem.people.ids), len(start)), dtype=np.bool_)
    apart = np.full(overlap.shape, problem.rules.rest_min, dtype=np.int32)
    for first in range(0, len(who), 100_000):
        rows = slice(first, first + 100_000)
        over = (start < until[rows]) & (begin[rows] < end)
        between = np.where(over, problem.rules.rest_min, np.maximum(start - until[rows], begin[rows] - end))
        np.logical_or.at(overlap, who[rows], over)
        np.minimum.at(apart, who[rows], between.astype(np.int32))
    return np.ascontiguousarray(overlap.T), np.ascontiguousarray(apart.T)
