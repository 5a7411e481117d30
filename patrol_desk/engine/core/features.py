"""What only some problems have, laid out for the kernels: team rules, habits, runs of days, weighted rest, visits.

Each part has a flag; where it is 0 nothing else of the part is looked at, and the hot path is that of a plain problem.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from patrol_desk.engine.problem import HARD, LEAD, OFFICIAL, Problem
from patrol_desk.engine.rules.runs import BusyDays, ConsecutiveDays, NightsInRow, run_breaks
from patrol_desk.engine.rules.time import gap_minutes, too_short
from patrol_desk.engine.strengths import counts

Int64 = NDArray[np.int64]
Int8 = NDArray[np.int8]

HARD_COST: Final = 1 << 46
"""Points of one break of a hard team rule: above all that a plan can cost, so that no accepted move adds one."""

NEW: Final = 1
PAIRED: Final = 2
"""Bits of `Teams.marks`: a new member; somebody in a pair."""

APART: Final = 0
TOGETHER: Final = 1
"""Column 1 of `Teams.pairs`."""


class Reach(NamedTuple):
    """Ways beyond a reach that is weighted.

    Attributes
    ----------
    active
        1 when any kind of checkpoint weighs its reach.
    limits
        (C, 2) the reach in hundreds of metres, and the points of each hundred beyond it.
    """

    active: int
    limits: Int64


class Teams(NamedTuple):
    """Rules about who serves beside whom, and habits; a hard one has `HARD_COST` as its points.

    Attributes
    ----------
    active, hard
        1 when any rule or habit is there; when any of the rules is hard.
    task
        (J, 3) points of new members among themselves, of a patrol without a leader, of one without an officer.
    marks
        (P,) bits `NEW`, `PAIRED`.
    signs
        (signatures, 2) 1 where the set of capabilities leads a squad; where it is an officer's.
    pair_first, pairs
        (P + 1,), (n, 2) per person: the other one, or -1 when that one can never serve, and `APART` or `TOGETHER`.
    apart, together
        Points of a pair that is together, or apart, against the rule.
    unit_first, unit_people
        (units + 1,), (n,) people who serve together or not at all, as far as pairs tie them.
    habit_first, habits
        (J + 1,), (n, 2) per task: a squad that was there in past weeks, and the points of each of its people.
    """

    active: int
    hard: int
    task: Int64
    marks: Int64
    signs: Int64
    pair_first: Int64
    pairs: Int64
    apart: int
    together: int
    unit_first: Int64
    unit_people: Int64
    habit_first: Int64
    habits: Int64


class Runs(NamedTuple):
    """Days and nights in a row, and weighted rest.

    Attributes
    ----------
    hard, weighted
        1 when a limit is hard; when a limit or the rest costs points.
    most_days, most_nights
        The most in a row, 0 for no limit.
    day_points, night_points
        Points of each beyond it, 0 for a hard limit.
    night
        (T,) 1 for a night.
    outside
        (P, 2, 4) for days and nights, of duties outside the problem: bit d for one on day d, days in a row with one
        that end before day 0, such that begin after the last day, and by how much these alone exceed the limit.
    days
        Number of days.
    rest_points
        Points of two duties too close to each other.
    close, busy_close
        (T, T), (P, T) 1 where they are; how many duties outside the problem are too close to the shift.
    """

    hard: int
    weighted: int
    most_days: int
    most_nights: int
    day_points: int
    night_points: int
    night: Int64
    outside: Int64
    days: int
    rest_points: int
    close: Int8
    busy_close: Int8


class Spread(NamedTuple):
    """Visits and blind hours of checkpoints of low demand.

    Attributes
    ----------
    active
        1 when any checkpoint has some.
    wanted
        (C, 2) visits it should see, and hours without anybody that it bears; 0 where it is none of these.
    visit_points, hour_points
        Points of each visit that is missing, of each hour too much.
    task_first, tasks
        (C + 1,), (n,) tasks of each such checkpoint in order of start.
    times
        (T, 2) start and end in minutes.
    until
        Minutes from 0 to the end of the problem's days.
    """

    active: int
    wanted: Int64
    visit_points: int
    hour_points: int
    task_first: Int64
    tasks: Int64
    times: Int64
    until: int


def starts(keys: Int64, count: int) -> Int64:
    """Return (count + 1,) where the members of each key start once they are sorted by key."""
    return np.concatenate([[0], np.cumsum(np.bincount(keys, minlength=count))]).astype(np.int64)


def reach_of(problem: Problem) -> Reach:
    """Lay out weighted reach."""
    rules, kind = problem.rules, problem.demand.kind
    hundreds = np.array([rules.reach_of(number) // 100 for number in range(len(rules.kinds))], dtype=np.int64)[kind]
    points = np.array([max(each.reach, 0) for each in rules.kinds], dtype=np.int64)[kind]
    return Reach(int(points.any()), np.column_stack([hundreds, points]))


def teams_of(problem: Problem, position: Int64, distinct: NDArray[np.uint32]) -> Teams:
    """Lay out team rules and habits.

    Parameters
    ----------
    problem
        The problem.
    position
        (people,) index in the instance, -1 for those who are not in it.
    distinct
        (signatures,) the sets of capabilities.
    """
    people = int(position.max(initial=-1)) + 1
    marks = np.zeros(people, dtype=np.int64)
    there = position >= 0
    marks[position[there]] = problem.people.novice[there] * NEW
    first, pairs = _pairs(problem, position, people)
    marks[np.diff(first) > 0] |= PAIRED
    task = _task_points(problem, new_members=bool((marks & NEW).any()))
    apart, together = _cost_of(problem.rules.apart), _cost_of(problem.rules.together)
    unit_first, unit_people = _units(pairs, first)
    habit_first, habits = _habits(problem)
    pair_costs = np.array([apart, together], dtype=np.int64)[pairs[:, 1]]
    hard = bool((task == HARD_COST).any() or (pair_costs == HARD_COST).any())
    return Teams(
        active=int(hard or task.any() or len(pairs) > 0 or len(habits) > 0),
        hard=int(hard),
        task=task,
        marks=marks,
        signs=_signs(problem, distinct),
        pair_first=first,
        pairs=pairs,
        apart=apart,
        together=together,
        unit_first=unit_first,
        unit_people=unit_people,
        habit_first=habit_first,
        habits=habits,
    )


def _cost_of(strength: int) -> int:
    return HARD_COST if strength == HARD else max(strength, 0)


def _task_points(problem: Problem, *, new_members: bool) -> Int64:
    table = [
        (_cost_of(kind.novice) * new_members, max(kind.lead, 0), max(kind.official, 0)) for kind in problem.rules.kinds
    ]
    points: Int64 = np.array(table, dtype=np.int64)[problem.demand.kind[problem.demand.task_checkpoint]]
    return points


def _signs(problem: Problem, distinct: NDArray[np.uint32]) -> Int64:
    signs = np.zeros((len(distinct), 2), dtype=np.int64)
    for column, name in ((0, problem.capabilities[LEAD]), (1, OFFICIAL)):
        if name in problem.capabilities:
            signs[:, column] = (distinct >> np.uint32(problem.capabilities.index(name))) & np.uint32(1)
    return signs


def _pairs(problem: Problem, position: Int64, people: int) -> tuple[Int64, Int64]:
    """Return the pairs of each person who is in the instance; who must not stand beside somebody absent has none."""
    rules = problem.rules
    rows: list[tuple[int, int, int]] = []
    for given, kind, strength in ((problem.apart, APART, rules.apart), (problem.together, TOGETHER, rules.together)):
        for one, other in position[given].tolist() if counts(strength) else []:
            rows += [(a, b, kind) for a, b in ((one, other), (other, one)) if a >= 0 and (b >= 0 or kind == TOGETHER)]
    table = np.array(sorted(rows), dtype=np.int64).reshape(-1, 3)
    return starts(table[:, 0], people), np.ascontiguousarray(table[:, 1:])


def _units(pairs: Int64, first: Int64) -> tuple[Int64, Int64]:
    """Return the groups of people tied together by pairs, without those that lack somebody who can never serve."""
    seen: set[int] = set()
    units: list[list[int]] = []
    for person in range(len(first) - 1):
        unit, queue = {person}, [person]
        while queue:
            at = queue.pop()
            mates = {other for other, kind in pairs[first[at] : first[at + 1]].tolist() if kind == TOGETHER}
            queue += sorted(mates - unit - {-1})
            unit |= mates
        if len(unit) > 1 and person not in seen and -1 not in unit:
            units.append(sorted(unit))
        seen |= unit
    sizes = [len(unit) for unit in units]
    members = [person for unit in units for person in unit]
    return np.cumsum([0, *sizes]).astype(np.int64), np.array(members, dtype=np.int64)


def _habits(problem: Problem) -> tuple[Int64, Int64]:
    """Return the habits by task."""
    rows = problem.habit[problem.habit[:, 2] * problem.weights.habit > 0].astype(np.int64)
    rows = rows[np.argsort(rows[:, 1], kind="stable")]
    table = np.column_stack([rows[:, 0], rows[:, 2] * problem.weights.habit])
    return starts(rows[:, 1], len(problem.demand.task_shift)), np.ascontiguousarray(table)


def runs_of(problem: Problem, person: Int64) -> Runs:
    """Lay out limits of days and nights in a row, and weighted rest, for the people of the instance."""
    rules, people = problem.rules, len(person)
    both = (ConsecutiveDays(), NightsInRow())
    strengths = (rules.consecutive, rules.nights)
    most = [rule.limit(problem) if counts(strength) else 0 for rule, strength in zip(both, strengths, strict=True)]
    points = [max(strength, 0) if limit else 0 for limit, strength in zip(most, strengths, strict=True)]
    outside = np.zeros((people, 2, 4), dtype=np.int64)
    for column, rule in enumerate(both):
        if most[column]:
            outside[:, column] = _outside(rule.busy_days(problem), person, problem.days, most[column])
    rest_points = max(rules.rest, 0)
    return Runs(
        hard=int(any(limit and not cost for limit, cost in zip(most, points, strict=True))),
        weighted=int(any(points) or rest_points > 0),
        most_days=most[0],
        most_nights=most[1],
        day_points=points[0],
        night_points=points[1],
        night=problem.shifts.night.astype(np.int64),
        outside=outside,
        days=problem.days,
        rest_points=rest_points,
        **_close(problem, person, rest_points > 0),
    )


def _outside(busy: BusyDays, person: Int64, days: int, limit: int) -> Int64:
    """Return (P, 4): bits of the problem's days, days in a row before and after them, and breaks of the limit."""
    table = busy.table[person]
    inside = table[:, -busy.first : days - busy.first]
    bits = (inside.astype(np.int64) << np.arange(days)).sum(axis=1)
    before, after = table[:, : -busy.first][:, ::-1], table[:, days - busy.first :]
    in_a_row = [np.cumprod(part, axis=1, dtype=np.int64).sum(axis=1) for part in (before, after)]
    return np.column_stack([bits, *in_a_row, run_breaks(table, limit)])


def _close(problem: Problem, person: Int64, active: bool) -> dict[str, Int8]:
    """Return which shifts lie too close to each other, and to duties outside the problem."""
    start, end = problem.shifts.start, problem.shifts.end
    gaps = gap_minutes(start[:, None], end[:, None], start[None, :], end[None, :])
    busy_close = np.zeros((len(problem.people.ids), len(start)), dtype=np.int8)
    for who, busy_start, busy_end in problem.busy if active else []:
        busy_close[who] += too_short(gap_minutes(busy_start, busy_end, start, end), problem)
    return {"close": too_short(gaps, problem).astype(np.int8), "busy_close": busy_close[person]}


def spread_of(problem: Problem) -> Spread:
    """Lay out visits and blind hours."""
    demand, shifts, weights = problem.demand, problem.shifts, problem.weights
    visits, hours = demand.visits.astype(np.int64), demand.blind_hours.astype(np.int64)
    counted = ((visits > 0) & (weights.visit > 0)) | ((hours > 0) & (weights.blind > 0))
    tasks = np.flatnonzero(counted[demand.task_checkpoint])
    order = np.lexsort((shifts.start[demand.task_shift[tasks]], demand.task_checkpoint[tasks]))
    tasks = tasks[order].astype(np.int64)
    return Spread(
        active=int(counted.any()),
        wanted=np.column_stack([visits, hours]) * counted[:, None],
        visit_points=weights.visit,
        hour_points=weights.blind,
        task_first=starts(demand.task_checkpoint[tasks].astype(np.int64), len(demand.checkpoints)),
        tasks=tasks,
        times=np.column_stack([shifts.start, shifts.end]).astype(np.int64),
        until=problem.days * 1440,
    )
