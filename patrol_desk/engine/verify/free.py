"""Who could fill a gap: the checker's own look at every minimum head that a plan leaves empty, or at any one seat."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import HARD, UNAVAILABLE, Problem
from patrol_desk.engine.verify.alone import of_kinds, reaches
from patrol_desk.engine.verify.duties import Bools, Duties, read_duties
from patrol_desk.engine.verify.geometry import Int64, squared
from patrol_desk.engine.verify.streaks import busy_nights


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """Minimum heads that a group of seats lacks.

    Parameters
    ----------
    group, missing
        Which group of seats, and how many heads.
    free
        Indices of the people who could be added, any one of them, without breaking a hard rule.
    """

    group: int
    missing: int
    free: Int64


def gaps(problem: Problem, plan: Plan, sample: int | None = None, seed: int = 0) -> Iterator[Gap]:
    """Yield the gaps of a plan, each with everybody who could fill it as the plan stands.

    Parameters
    ----------
    problem, plan
        What was to be planned, and how it was.
    sample, seed
        Look only at so many of the gaps, drawn at random; all of them where left out.
    """
    duties, _ = read_duties(problem, plan)
    heads = np.bincount(duties.group, minlength=len(problem.demand.group_task))
    missing = problem.demand.minimum - heads
    empty = np.flatnonzero(missing > 0)
    if sample is not None and sample < len(empty):
        empty = np.sort(np.random.default_rng(seed).choice(empty, sample, replace=False))
    if not len(empty):
        return
    may = _may_serve(problem, duties.one_per_task())
    beside = _Beside(problem, duties.one_per_task())
    for group in empty.tolist():
        yield Gap(group, int(missing[group]), _free(problem, group, may, beside))


def who_could_join(problem: Problem, plan: Plan, group: int) -> Int64:
    """Return (n,) who could take one more seat of a group beside a plan without breaking a hard rule, wanted or not."""
    single = read_duties(problem, plan)[0].one_per_task()
    return _free(problem, group, _may_serve(problem, single), _Beside(problem, single))


def _free(problem: Problem, group: int, may: Bools, beside: "_Beside") -> Int64:
    task = int(problem.demand.group_task[group])
    free = may[:, problem.demand.task_shift[task]].copy()
    free[free] = _able(problem, group, np.flatnonzero(free))
    free &= beside.bears(task)
    return np.flatnonzero(free)


def _able(problem: Problem, group: int, people: Int64) -> Bools:
    """Return which of some people have what a seat asks for and live within its reach."""
    demand = problem.demand
    task, asked = int(demand.group_task[group]), int(demand.group_capability[group])
    checkpoint = int(demand.task_checkpoint[task])
    able = np.ones(len(people), dtype=np.bool_)
    if asked >= 0:
        day = int(problem.shifts.day[demand.task_shift[task]])
        able &= (problem.people.capability[people, day] >> np.uint32(asked)) & 1 == 1
    kind = int(demand.kind[checkpoint])
    if of_kinds(problem, "reach")[kind] == HARD:
        able &= squared(problem.people.home[people], demand.place[checkpoint]) <= reaches(problem)[kind] ** 2
    return able


def _may_serve(problem: Problem, single: Duties) -> Bools:
    """Return (P, T): one more duty in the shift breaks no rule that regards the person alone, whatever the seat."""
    people, shifts, rules = problem.people, problem.shifts, problem.rules
    may = (people.availability != UNAVAILABLE) & ~people.leave & people.on_roster[:, None]
    may &= shifts.start >= problem.begin
    if rules.insured == HARD:
        may &= people.insured[:, shifts.day]
    if rules.workday_eve == HARD:
        may &= ~(people.spares_eve[:, None] & shifts.workday_eve)
    on_day = np.zeros((len(people.ids), problem.days), dtype=np.int64)
    np.add.at(on_day, (single.person, shifts.day[single.shift]), 1)
    may &= (on_day < rules.cap_day)[:, shifts.day]
    may &= (on_day.sum(axis=1) < people.cap_week)[:, None]
    may &= ~_too_close(problem, single)
    if rules.consecutive == HARD and rules.consecutive_days:
        every = np.ones(len(shifts.ids), dtype=np.bool_)
        may &= ~_too_long(problem, single, every, np.ones(len(problem.busy), dtype=np.bool_), rules.consecutive_days)
    if rules.nights == HARD and rules.nights_in_row:
        may &= ~_too_long(problem, single, shifts.night, busy_nights(problem), rules.nights_in_row)
    return np.asarray(may)


def _too_close(problem: Problem, single: Duties) -> Bools:
    """Return (P, T): the shift overlaps a duty or busy time of the person, or leaves too little rest."""
    start, end = problem.shifts.start.astype(np.int64), problem.shifts.end.astype(np.int64)
    rest = problem.rules.rest_min if problem.rules.rest == HARD else 0
    person = np.concatenate([single.person, problem.busy[:, 0]])
    begin = np.concatenate([start[single.shift], problem.busy[:, 1]])
    until = np.concatenate([end[single.shift], problem.busy[:, 2]])
    close = np.zeros((len(problem.people.ids), len(start)), dtype=np.bool_)
    for shift in range(len(start)):
        here = (start[shift] < until + rest) & (begin < end[shift] + rest)
        close[person[here], shift] = True
    return close


def _too_long(problem: Problem, single: Duties, counts: Bools, busy_counts: Bools, most: int) -> Bools:
    """Return (P, T): a duty in the shift makes a run of days (of the shifts and busy times that count) too long.

    Days lie on a grid with `most` columns beyond either end: longer runs outside make no difference.
    """
    shifts, busy = problem.shifts, problem.busy[busy_counts].astype(np.int64)
    width = problem.days + 2 * most
    grid = np.zeros((len(problem.people.ids), width), dtype=np.bool_)
    kept = counts[single.shift]
    grid[single.person[kept], shifts.day[single.shift[kept]].astype(np.int64) + most] = True
    day = busy[:, 1] // 1440 + most
    inside = (day >= 0) & (day < width)
    grid[busy[inside, 0], day[inside]] = True
    length = _run_before(grid) + 1 + _run_before(grid[:, ::-1])[:, ::-1]
    return np.asarray(((length > most) & ~grid)[:, shifts.day.astype(np.int64) + most] & counts)


def _run_before(grid: Bools) -> Int64:
    """Return for each column how many columns right before it are set without a break."""
    run = np.zeros(grid.shape, dtype=np.int64)
    for column in range(1, grid.shape[1]):
        run[:, column] = np.where(grid[:, column - 1], run[:, column - 1] + 1, 0)
    return run


class _Beside:
    """Whom a patrol bears beside those who stand in it.

    Parameters
    ----------
    problem, single
        Whose; each person once a task.
    """

    def __init__(self, problem: Problem, single: Duties) -> None:
        self.problem = problem
        order = np.argsort(single.task, kind="stable")
        self._person, self._task = single.person[order], single.task[order]
        self._novice = of_kinds(problem, "novice")

    def bears(self, task: int) -> Bools:
        """Return (P,): nobody twice, no new member alone, nobody with whom they must not, or without whom they must."""
        problem = self.problem
        first, last = np.searchsorted(self._task, [task, task + 1])
        there = np.zeros(len(problem.people.ids), dtype=np.bool_)
        there[self._person[first:last]] = True
        bears = ~there
        kind = int(problem.demand.kind[problem.demand.task_checkpoint[task]])
        if self._novice[kind] == HARD and not (there & ~problem.people.novice).any():
            bears &= ~problem.people.novice
        if problem.rules.apart == HARD:
            for one, other in ((0, 1), (1, 0)):
                bears[problem.apart[there[problem.apart[:, one]], other]] = False
        if problem.rules.together == HARD:
            for one, other in ((0, 1), (1, 0)):
                bears[problem.together[~there[problem.together[:, one]], other]] = False
        return bears
