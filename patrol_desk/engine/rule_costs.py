"""What weighted rules, visits, the duty queue and habits cost, computed from the problem and the plan alone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import LEAD, OFFICIAL, WAITED_MOST, Int32, Problem
from patrol_desk.engine.rules import duty_points
from patrol_desk.engine.rules.person import metres, squared_metres
from patrol_desk.engine.rules.runs import ConsecutiveDays, NightsInRow, run_breaks
from patrol_desk.engine.rules.time import gap_minutes, too_short

Int64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Duties:
    """The duties of a plan, each person once in a task, by person and then by task; D of them.

    Parameters
    ----------
    person, task, shift
        (D,) indices into the problem.
    """

    person: Int64
    task: Int64
    shift: Int64

    @classmethod
    def of(cls, problem: Problem, plan: Plan) -> "Duties":
        """Return the duties of a plan."""
        rows = np.column_stack([plan.assignments[:, 0], problem.demand.group_task[plan.assignments[:, 1]]])
        person, task = np.unique(rows.astype(np.int64), axis=0).T
        return cls(person, task, problem.demand.task_shift[task].astype(np.int64))


def distances(problem: Problem, plan: Plan) -> Int64:
    """Return (A,) metres from home to checkpoint, rounded down, of each row of a plan."""
    person, group = plan.assignments.T
    checkpoint = problem.demand.task_checkpoint[problem.demand.group_task[group]]
    squared = np.zeros(len(person), dtype=np.int64)
    order = np.argsort(checkpoint, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(checkpoint[order])) + 1):
        if len(rows):
            place = problem.demand.place[checkpoint[rows[0]]]
            squared[rows] = squared_metres(problem.people.home[person[rows]], place)
    return metres(squared)


def queue_cost(problem: Problem, duties: Duties) -> int:
    """Return the points of turns taken ahead of others."""
    waited = problem.people.waited[duties.person, problem.shifts.load_class[duties.shift]]
    return problem.weights.queue * int((WAITED_MOST - waited.astype(np.int64)).sum())


def habit_cost(problem: Problem, duties: Duties) -> int:
    """Return the points of squads that stand where they stood in past weeks."""
    squads = max(len(problem.squads), 1)
    squad = problem.people.squad[duties.person].astype(np.int64)
    keys = (duties.task * squads + squad)[squad >= 0]
    rows = problem.habit.astype(np.int64)
    where, heads = np.unique(keys, return_counts=True)
    at = np.searchsorted(where, rows[:, 1] * squads + rows[:, 0])
    found = np.append(where, -1)[at] == rows[:, 1] * squads + rows[:, 0]
    return problem.weights.habit * int((rows[:, 2] * np.append(heads, 0)[at])[found].sum())


def spread_cost(problem: Problem, duties: Duties) -> int:
    """Return the points of visits that are missing and of hours that checkpoints of low demand do not bear."""
    demand, weights = problem.demand, problem.weights
    covered = np.unique(duties.task)
    checkpoint = demand.task_checkpoint[covered]
    seen = np.bincount(checkpoint, minlength=len(demand.checkpoints))
    missing = int(np.maximum(demand.visits - seen, 0)[demand.visits > 0].sum())
    blind = 0
    for place in np.flatnonzero(demand.blind_hours).tolist():
        blind += _blind_hours(problem, demand.task_shift[covered[checkpoint == place]], int(demand.blind_hours[place]))
    return weights.visit * missing + weights.blind * blind


def _blind_hours(problem: Problem, shifts: Int32, borne: int) -> int:
    """Return the whole hours beyond those borne in each stretch without anybody."""
    order = np.sort(shifts)
    ends = np.maximum.accumulate(np.append(0, problem.shifts.end[order]))
    begins = np.append(problem.shifts.start[order], problem.days * 1440)
    return int(np.maximum((begins - ends) // 60 - borne, 0)[begins > ends].sum())


def rule_cost(problem: Problem, plan: Plan, duties: Duties) -> int:
    """Return the points of all breaks of weighted rules."""
    cost = alone_cost(problem, plan, duties) + _rest_cost(problem, duties) + _run_cost(problem, duties)
    return cost + _team_cost(problem, duties) + _pair_cost(problem, duties)


def alone_cost(problem: Problem, plan: Plan, duties: Duties) -> int:
    """Return the points of weighted rules that each duty breaks or keeps whatever else is planned."""
    points = duty_points(problem)
    cost = 0 if points is None else int(points[duties.person, duties.shift].sum())
    rules = problem.rules
    if all(kind.reach <= 0 for kind in rules.kinds):
        return cost
    demand = problem.demand
    kind = demand.kind[demand.task_checkpoint[demand.group_task[plan.assignments[:, 1]]]]
    each = np.array([max(entry.reach, 0) for entry in rules.kinds], dtype=np.int64)[kind]
    reach = np.array([rules.reach_of(number) // 100 for number in range(len(rules.kinds))], dtype=np.int64)[kind]
    return cost + int((each * np.maximum(distances(problem, plan) // 100 - reach, 0)).sum())


def _rest_cost(problem: Problem, duties: Duties) -> int:
    """Return the points of duties too close to each other or to one outside the problem."""
    if problem.rules.rest <= 0:
        return 0
    start, end = problem.shifts.start[duties.shift], problem.shifts.end[duties.shift]
    breaks = 0
    for step in range(1, int(np.bincount(duties.person, minlength=1).max())):
        same = duties.person[step:] == duties.person[:-step]
        gap = gap_minutes(start[step:], end[step:], start[:-step], end[:-step])
        breaks += int((same & too_short(gap, problem)).sum())
    for who, busy_start, busy_end in problem.busy:
        mine = slice(*np.searchsorted(duties.person, [who, who + 1]))
        breaks += int(too_short(gap_minutes(busy_start, busy_end, start[mine], end[mine]), problem).sum())
    return problem.rules.rest * breaks


def _run_cost(problem: Problem, duties: Duties) -> int:
    """Return the points of days and nights in a row beyond what duties outside the problem make by themselves."""
    rules, cost = problem.rules, 0
    for rule, strength in ((ConsecutiveDays(), rules.consecutive), (NightsInRow(), rules.nights)):
        limit = rule.limit(problem)
        if limit and strength > 0:
            busy = rule.busy_days(problem)
            counted = rule.counted(problem)[duties.shift]
            days = problem.shifts.day[duties.shift[counted]].astype(np.int64)
            table = busy.with_duties(duties.person[counted], days)
            cost += strength * int((run_breaks(table, limit) - run_breaks(busy.table, limit)).sum())
    return cost


def _team_cost(problem: Problem, duties: Duties) -> int:
    """Return the points of new members among themselves, and of patrols without a leader or an officer."""
    demand, people, tasks = problem.demand, problem.people, len(problem.demand.task_shift)
    kinds = [problem.rules.kinds[kind] for kind in demand.kind[demand.task_checkpoint].tolist()]
    heads = np.bincount(duties.task, minlength=tasks)
    old = np.bincount(duties.task[~people.novice[duties.person]], minlength=tasks)
    held = people.capability[duties.person, problem.shifts.day[duties.shift]]
    official = problem.capabilities.index(OFFICIAL) if OFFICIAL in problem.capabilities else -1
    leads, officers = (_holders(duties.task, held, capability, tasks) for capability in (LEAD, official))
    broken = (
        (heads > 0) & (old == 0),
        (heads > 1) & (leads == 0),
        (heads > 0) & (officers == 0),
    )
    strengths = np.array([(kind.novice, kind.lead, kind.official) for kind in kinds], dtype=np.int64)
    points = np.maximum(strengths, 0).reshape(-1, 3)
    return sum(int(points[where, column].sum()) for column, where in enumerate(broken))


def _holders(task: Int64, held: NDArray[np.uint32], capability: int, tasks: int) -> Int64:
    """Return (J,) how many people of each task have a capability; -1 is one that nobody has."""
    if capability < 0:
        return np.zeros(tasks, dtype=np.int64)
    has = (held >> np.uint32(capability)) & np.uint32(1)
    holders: Int64 = np.bincount(task[has == 1], minlength=tasks).astype(np.int64)
    return holders


def _pair_cost(problem: Problem, duties: Duties) -> int:
    """Return the points of pairs that stand together, or apart, against the rule."""

    def tasks_of(person: int) -> set[int]:
        return set(duties.task[slice(*np.searchsorted(duties.person, [person, person + 1]))].tolist())

    rules, cost = problem.rules, 0
    if rules.apart > 0:
        cost += rules.apart * sum(len(tasks_of(one) & tasks_of(other)) for one, other in problem.apart.tolist())
    if rules.together > 0:
        cost += rules.together * sum(len(tasks_of(one) ^ tasks_of(other)) for one, other in problem.together.tolist())
    return cost
