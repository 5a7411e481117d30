"""Which pairs of person and seat group a peer may choose from."""

from dataclasses import dataclass

import numpy as np

from patrol_desk.engine.problem import Bool, Int32, Problem
from patrol_desk.engine.rules import RULES, may_serve
from patrol_desk.engine.rules.person import metres, squared_metres


@dataclass(frozen=True, slots=True, eq=False)
class Arcs:
    """The pairs, N of them, by group.

    Parameters
    ----------
    person, group, task, shift
        (N,) indices.
    way
        (N,) metres from home to checkpoint.
    each
        Most people of one group; the nearest are kept. 0 when nobody had to be left out.
    """

    person: Int32
    group: Int32
    task: Int32
    shift: Int32
    way: Int32
    each: int


def arcs_of(problem: Problem, most: int) -> Arcs:
    """Return the pairs that no rule on person, shift, checkpoint or capability forbids.

    Parameters
    ----------
    problem
        What is to be planned.
    most
        How many pairs there may be. Beyond it each group keeps its nearest people; locked pairs always stay.
    """
    demand = problem.demand
    free, near = may_serve(problem), within_reach(problem)
    groups = np.flatnonzero(demand.desired > 0)
    each = _most_each(problem, groups, free, near, most)
    locked = np.unique(problem.locked, axis=0)
    people, chosen, ways = [], [], []
    for group in np.union1d(groups, locked[:, 1]).tolist():
        able, way = _able(problem, group, free, near)
        if each and len(able) > each:
            kept = np.argpartition(way, each)[:each]
            able, way = able[kept], way[kept]
        forced = np.setdiff1d(locked[locked[:, 1] == group, 0], able)
        people += [able, forced]
        ways += [way, _way(problem, group, forced)]
        chosen.append(np.full(len(able) + len(forced), group))
    person = np.concatenate([*people, np.zeros(0)]).astype(np.int32)
    group = np.concatenate([*chosen, np.zeros(0)]).astype(np.int32)
    task = demand.group_task[group]
    way = np.concatenate([*ways, np.zeros(0)]).astype(np.int32)
    return Arcs(person, group, task, demand.task_shift[task], way, each)


def within_reach(problem: Problem) -> Bool:
    """Return (P, C): True where no rule on person and checkpoint stands against it."""
    near = np.ones((len(problem.people.ids), len(problem.demand.checkpoints)), dtype=np.bool_)
    for rule in RULES:
        mask = rule.person_checkpoint(problem)
        if mask is not None:
            near &= mask
    return near


def _able(problem: Problem, group: int, free: Bool, near: Bool) -> tuple[Int32, Int32]:
    """Return who may serve in a group, and their ways in metres."""
    demand = problem.demand
    task = int(demand.group_task[group])
    shift, place = int(demand.task_shift[task]), int(demand.task_checkpoint[task])
    asked = int(demand.group_capability[group])
    able = free[:, shift] & near[:, place]
    if asked >= 0:
        day = int(problem.shifts.day[shift])
        able &= problem.people.capability[:, day] >> np.uint32(asked) & np.uint32(1) == 1
    people = np.flatnonzero(able).astype(np.int32)
    return people, _way(problem, group, people)


def _way(problem: Problem, group: int, people: Int32) -> Int32:
    place = problem.demand.place[problem.demand.task_checkpoint[problem.demand.group_task[group]]]
    return metres(squared_metres(problem.people.home[people], place)).astype(np.int32)


def _most_each(problem: Problem, groups: Int32, free: Bool, near: Bool, most: int) -> int:
    """Return how many people each group may keep so that there are at most so many pairs; 0 when all fit."""
    counts = np.array([len(_able(problem, group, free, near)[0]) for group in groups.tolist()], dtype=np.int64)
    if counts.sum() <= most:
        return 0
    low, high = 1, int(counts.max())
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if np.minimum(counts, middle).sum() <= most else (low, middle - 1)
    return low
