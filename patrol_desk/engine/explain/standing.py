"""What a plan has already asked of everybody, as masks."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from patrol_desk.engine.explain.beside import Beside
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import HARD, UNAVAILABLE, Bool, Problem
from patrol_desk.engine.rules.person import squared_metres
from patrol_desk.engine.rules.runs import ConsecutiveDays, NightsInRow

Int64 = NDArray[np.int64]
Int32 = NDArray[np.int32]
Bits = NDArray[np.uint32]

ORDER: Final = (
    "twice",
    "status",
    "begun",
    "availability",
    "leave",
    "insured",
    "workday_eve",
    "skill",
    "reach",
    "overlap",
    "rest",
    "day_cap",
    "week_cap",
    "consecutive_days",
    "nights_in_row",
    "novice",
    "apart",
    "together",
)
"""The rules that can keep a person from a seat, in the order in which the first is told."""

BIT: Final = {rule: 1 << place for place, rule in enumerate(ORDER)}

OF_DUTIES: Final = BIT["overlap"] | BIT["day_cap"] | BIT["week_cap"]
"""Rules which a second seat in one task does not break: it is no further duty."""


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
    apart
        (T, P) least minutes to another duty or busy time that does not overlap; the rest asked for where none is close.
    alone
        (T, P) hard rules that a duty in the shift would break wherever it is: bit k for rule k of `ORDER`.
    person, task
        Who serves in which task, by task.
    beside
        Whom a patrol bears beside those who stand in it.
    """

    problem: Problem
    heads: Int64
    week: Int64
    day: Int64
    apart: Int32
    alone: Bits
    person: Int64
    task: Int64
    beside: Beside

    @classmethod
    def of(cls, problem: Problem, plan: Plan) -> "Standing":
        """Return the standing after a plan whose rows all refer to something."""
        demand, shifts = problem.demand, problem.shifts
        rows = np.unique(plan.assignments.astype(np.int64), axis=0)
        heads = np.bincount(rows[:, 1], minlength=len(demand.group_task)).astype(np.int64)
        people = max(len(problem.people.ids), 1)
        keys = np.unique(demand.group_task[rows[:, 1]].astype(np.int64) * people + rows[:, 0])
        task, person = np.divmod(keys, people)
        shift = demand.task_shift[task].astype(np.int64)
        day = np.zeros((len(problem.people.ids), problem.days), dtype=np.int64)
        np.add.at(day, (person, shifts.day[shift]), 1)
        overlap, apart = _times(problem, person, shift)
        alone = _alone(problem, overlap, apart, day)
        alone |= _too_long(problem, person, shift)
        return cls(problem, heads, day.sum(axis=1), day, apart, alone, person, task, Beside(problem))

    def square(self, checkpoint: int) -> Int64:
        """Return (P,) squared metres to a checkpoint, 0 where a place is unknown."""
        return squared_metres(self.problem.people.home, self.problem.demand.place[checkpoint])

    def team(self, task: int) -> Int64:
        """Return the people of a task."""
        return self.person[slice(*np.searchsorted(self.task, (task, task + 1)))]

    def broken(self, group: int, square: Int64) -> Bits:
        """Return (P,) which hard rules each person would break in a seat of the group: bit k for rule k of `ORDER`."""
        problem, demand = self.problem, self.problem.demand
        task, asked = int(demand.group_task[group]), int(demand.group_capability[group])
        shift, kind = int(demand.task_shift[task]), int(demand.kind[demand.task_checkpoint[task]])
        bits: Bits = self.alone[shift].copy()
        team = self.team(task)
        bits[team] = bits[team] & ~np.uint32(OF_DUTIES) | BIT["twice"]
        if asked >= 0:
            held = problem.people.capability[:, int(problem.shifts.day[shift])] >> np.uint32(asked) & np.uint32(1)
            bits |= (held ^ np.uint32(1)) << np.uint32(ORDER.index("skill"))
        if problem.rules.kinds[kind].reach == HARD:
            bits |= _where("reach", square > problem.rules.reach_of(kind) ** 2)
        for rule, people in self.beside.kept_away(kind, team).items():
            bits[people] |= np.uint32(BIT[rule])
        return bits


def _where(rule: str, breaks: Bool) -> Bits:
    bits: Bits = breaks.astype(np.uint32) << np.uint32(ORDER.index(rule))
    return bits


def _alone(problem: Problem, overlap: Bool, apart: Int32, day: Int64) -> Bits:
    """Return (T, P) what rules on the person, the shift and the caps forbid."""
    people, shifts, rules = problem.people, problem.shifts, problem.rules
    never = np.zeros((1, 1), dtype=np.bool_)
    broken = {
        "status": ~people.on_roster[None, :],
        "begun": (shifts.start < problem.begin)[:, None],
        "availability": (people.availability == UNAVAILABLE).T,
        "leave": people.leave.T,
        "insured": ~people.insured[:, shifts.day].T if rules.insured == HARD else never,
        "workday_eve": shifts.workday_eve[:, None] & people.spares_eve if rules.workday_eve == HARD else never,
        "overlap": overlap,
        "rest": apart < rules.rest_min if rules.rest == HARD else never,
        "day_cap": (day >= rules.cap_day)[:, shifts.day].T,
        "week_cap": (day.sum(axis=1) >= people.cap_week)[None, :],
    }
    bits = np.zeros(overlap.shape, dtype=np.uint32)
    for rule, breaks in broken.items():
        bits |= _where(rule, breaks)
    return bits


def _too_long(problem: Problem, person: Int64, shift: Int64) -> Bits:
    """Return (T, P) where one more duty makes too many days or nights in a row."""
    bits = np.zeros((len(problem.shifts.ids), len(problem.people.ids)), dtype=np.uint32)
    strengths = {"consecutive_days": problem.rules.consecutive, "nights_in_row": problem.rules.nights}
    for rule in (ConsecutiveDays(), NightsInRow()):
        limit = rule.limit(problem)
        if limit == 0 or strengths[rule.id] != HARD:
            continue
        busy, counted = rule.busy_days(problem), rule.counted(problem)
        mine = counted[shift]
        table = busy.with_duties(person[mine], problem.shifts.day[shift[mine]].astype(np.int64))
        length = _before(table) + 1 + _before(table[:, ::-1])[:, ::-1]
        long = (length > limit) & ~table
        bits |= _where(rule.id, (long[:, problem.shifts.day.astype(np.int64) - busy.first] & counted).T)
    return bits


def _before(table: Bool) -> Int64:
    """Return for each column how many columns right before it are set without a break."""
    run = np.zeros(table.shape, dtype=np.int64)
    for column in range(1, table.shape[1]):
        run[:, column] = np.where(table[:, column - 1], run[:, column - 1] + 1, 0)
    return run


def _times(problem: Problem, person: Int64, shift: Int64) -> tuple[Bool, Int32]:
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
