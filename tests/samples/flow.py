"""A bound on the shortage of a problem that shares no code with the engine."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from patrol_desk.engine.problem import Problem

Integers = NDArray[np.signedinteger[Any]]


def least_shortage(problem: Problem) -> int:
    """Return how many minimum heads stay empty at least.

    The greatest flow person → day → seat group, with the persons' caps and one duty a day; the rest between duties of
    different days is not asked for, so that the true number may be higher but never lower.
    """
    people, demand = problem.people, problem.demand
    persons = np.flatnonzero(people.on_roster & (people.cap_week > 0))
    asked = np.flatnonzero(demand.minimum > 0)
    days, count = problem.days, len(people.ids)
    first_day, first_group = 1 + count, 1 + count + count * days
    sink = first_group + len(asked)
    wanted = int(demand.minimum[asked].sum())
    flow = SimpleMinCostFlow()
    _arcs(flow, np.zeros_like(persons), 1 + persons, people.cap_week[persons])
    for day in range(days):
        _arcs(flow, 1 + persons, first_day + persons * days + day, np.ones_like(persons))
    for number, group in enumerate(asked):
        able, day = _able(problem, persons, int(group))
        node = np.full(len(able), first_group + number)
        _arcs(flow, first_day + able * days + day, node, np.ones_like(able))
    groups = first_group + np.arange(len(asked))
    _arcs(flow, groups, np.full(len(asked), sink), demand.minimum[asked])
    flow.set_node_supply(0, wanted)
    flow.set_node_supply(sink, -wanted)
    flow.solve_max_flow_with_min_cost()
    return wanted - int(flow.maximum_flow())


def _able(problem: Problem, persons: Integers, group: int) -> tuple[Integers, int]:
    """Return who may take a seat of the group by skill, availability, leave, insurance and reach, and the day."""
    people, demand = problem.people, problem.demand
    task = demand.group_task[group]
    shift, kind = int(demand.task_shift[task]), int(demand.group_capability[group])
    day = int(problem.shifts.day[shift])
    able = (people.availability[persons, shift] > 0) & ~people.leave[persons, shift] & people.insured[persons, day]
    if kind >= 0:
        able &= (people.capability[persons, day] >> np.uint32(kind) & np.uint32(1)).astype(bool)
    away = people.home[persons].astype(np.int64) - demand.place[demand.task_checkpoint[task]]
    able &= (away * away).sum(axis=1) <= problem.rules.reach_m**2
    return persons[able], day


def _arcs(flow: SimpleMinCostFlow, tails: Integers, heads: Integers, capacity: Integers) -> None:
    flow.add_arcs_with_capacity_and_unit_cost(
        tails.astype(np.int32), heads.astype(np.int32), capacity.astype(np.int64), np.zeros(len(tails), dtype=np.int64)
    )
