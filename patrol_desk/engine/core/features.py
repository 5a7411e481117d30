"""What only some problems have, laid out for the kernels: team rules, habits, runs of days, weighted rest, visits.

Each part has a flag; where it is 0 nothing else of the part is looked at, and the hot path is that of a plain problem.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from patrol_desk.engine.problem import HARD, LEAD, OFFICIAL, Problem
from patrol_desk.engine.rules.runs import BusyDays, ConsecutiveDays, NightsInRow, run_breaks
from patrol_desk.engine.rules.time import gap_minutes, too_short

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
    hundreds, points
        (C,) the reach in hundreds of metres, and the points of each hundred beyond it.
    """

    active: int
    hundreds: Int64
    points: Int64


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
    pair_points
        (2,) points of a pair that is together, or apart, against the rule.
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
    pair_points: Int64
    unit_first: Int64
    unit_people: Int64
    habit_first: Int64
    habits: Int64


class Runs(NamedTuple):
    """Days (row or column 0) and nights (1) in a row, and weighted rest.

    Attributes
    ----------
    hard, weighted
        1 when a limit is hard; when a limit or the rest costs points.
    limit, points
        (2,) the most in a row, 0 for no limit; the points of each beyond it, 0 for a hard limit.
    night
        (T,) 1 for a night.
    busy
        (P, 2) bit d: a duty outside the problem on day d.
    before, after
        (P, 2) days in a row with such a duty that end before day 0, or begin after the last day.
    busy_breaks
        (P, 2) by how much the duties outside the problem exceed the limit alone.
    rest_points
        Points of two duties too close to each other.
    close, busy_close
        (T, T), (P, T) 1 where they are; how many duties outside the problem are too close to the shift.
    """

    hard: int
    weighted: int
    limit: Int64
    points: Int64
    night: Int64
    busy: Int64
    before: Int64
    after: Int64
    busy_breaks: Int64
    rest_points: int
    close: Int8
    busy_close: Int8


class Spread(NamedTuple):
    """Visits and blind hours of checkpoints of low demand.

    Attributes
    ----------
    active
        1 when any checkpoint has some.
    visits, hours
        (C,) visits it should see, and hours without anybody that it bears; 0 where it is none of these.
    visit_points, hour_points
        Points of each visit that is missing, of each hour too much.
    task_first, tasks
        (C + 1,), (n,) tasks of each such checkpoint in order of start.
    start, end
        (T,) minutes.
    until
        Minutes from 0 to the end of the problem's days.
    """

    active: int
    visits: Int64
    hours: Int64
    visit_points: int
    hour_points: int
    task_first: Int64
    tasks: Int64
    start: Int64
    end: Int64
    until: int


def starts(keys: Int64, count: int) -> Int64:
    """Return (count + 1,) where the members of each key start once they are sorted by key."""
    return np.concatenate([[0], np.cumsum(np.bincount(keys, minlength=count))]).astype(np.int64)


def reach_of(problem: Problem) -> Reach:
    """Lay out weighted reach."""
    rules, kind = problem.rules, problem.demand.kind
    hundreds = np.array([rules.reach_of(number) // 100 for number in range(len(rules.kinds))], dtype=np.int64)[kind]
    points = np.array([max(each.reach, 0) for each in rules.kinds], dtype=np.int64)[kind]
    return Reach(int(points.any()), hundreds, points)


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
    points = np.array([_cost_of(problem.rules.apart), _cost_of(problem.rules.together)], dtype=np.int64)
    unit_first, unit_people = _units(pairs, first)
    habit_first, habits = _habits(problem)
    hard = bool((task == HARD_COST).any() or (points[pairs[:, 1]] == HARD_COST).any())
    return Teams(
        active=int(hard or task.any() or len(pairs) > 0 or len(habits) > 0),
        hard=int(hard),
        task=task,
        marks=marks,
        signs=_signs(problem, distinct),
        pair_first=first,
        pairs=pairs,
        pair_points=points,
        unit_first=unit_first,
        unit_people=unit_people,
        habit_first=habit_first,
        habits=habits,
    )


def _cost_of(strength: int) -> int:
    return HARD_COST if strength == HARD else strength


def _task_points(problem: Problem, *, new_members: bool) -> Int64:
    table = [(_cost_of(kind.novice) * new_members, kind.lead, kind.official) for kind in problem.rules.kinds]
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
        for one, other in position[given].tolist() if strength else []:
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
    strength = np.array([rules.consecutive, rules.nights], dtype=np.int64)
    limit = np.array([rule.limit(problem) for rule in both], dtype=np.int64) * (strength != 0)
    columns = np.zeros((4, people, 2), dtype=np.int64)
    for column, rule in enumerate(both):
        if limit[column]:
            columns[:, :, column] = _busy_columns(rule.busy_days(problem), person, problem.days, int(limit[column]))
    points = np.where(limit > 0, np.maximum(strength, 0), 0)
    rest_points = max(rules.rest, 0)
    return Runs(
        hard=int(((strength == HARD) & (limit > 0)).any()),
        weighted=int(points.any() or rest_points > 0),
        limit=limit,
        points=points,
        night=problem.shifts.night.astype(np.int64),
        busy=columns[0],
        before=columns[1],
        after=columns[2],
        busy_breaks=columns[3],
        rest_points=rest_points,
        **_close(problem, person, rest_points > 0),
    )


def _busy_columns(busy: BusyDays, person: Int64, days: int, limit: int) -> Int64:
    """Return (4, P): bits of the problem's days, days in a row before and after them, and breaks of the limit."""
    table = busy.table[person]
    inside = table[:, -busy.first : days - busy.first]
    bits = (inside.astype(np.int64) << np.arange(days)).sum(axis=1)
    before, after = table[:, : -busy.first][:, ::-1], table[:, days - busy.first :]
    in_a_row = [np.cumprod(part, axis=1, dtype=np.int64).sum(axis=1) for part in (before, after)]
    return np.stack([bits, *in_a_row, run_breaks(table, limit)])


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
        visits=np.where(counted, visits, 0),
        hours=np.where(counted, hours, 0),
        visit_points=weights.visit,
        hour_points=weights.blind,
        task_first=starts(demand.task_checkpoint[tasks].astype(np.int64), len(demand.checkpoints)),
        tasks=tasks,
        start=shifts.start.astype(np.int64),
        end=shifts.end.astype(np.int64),
        until=problem.days * 1440,
    )
