"""The first plan: task by task, each seat to whoever costs least. Keeps all rules; optimal in nothing.

Who serves only together with somebody is seated first, as one; new members come after those who are not, since a seat
is given to nobody whom the team does not bear.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from patrol_desk.engine.compiled import inner, kernel
from patrol_desk.engine.core.cost import way_cost
from patrol_desk.engine.core.instance import Instance, Int16, Int64
from patrol_desk.engine.core.state import State, empty_slot, fits_slot, has_room, put
from patrol_desk.engine.core.teams import may_join, seat_units

GROUPS_AT_ONCE: Final = 500
"""Seat groups filled between two looks at the stop sign."""


def fill_greedily(instance: Instance, state: State, stop: Callable[[], bool]) -> bool:
    """Fill the minimum of every task, top tier and scarcest shift first, then what is desired; False when stopped."""
    order = slot_order(instance)
    ways = np.ascontiguousarray(instance.near.T)  # for walks over people; given back before the memory is short
    units = len(instance.teams.unit_first) > 1
    for minimum_only in (1, 0):
        if units:
            seat_units(instance, state, minimum_only)
        for first in range(0, len(order), GROUPS_AT_ONCE):
            if stop():
                return False
            _fill(instance, state, order[first : first + GROUPS_AT_ONCE], ways, minimum_only)
    return True


def slot_order(instance: Instance) -> Int64:
    """Return the groups in the order in which they are filled."""
    shifts = len(instance.day)
    asked = np.bincount(instance.task_shift[instance.group_task], instance.minimum, shifts)
    offered = np.maximum(np.diff(instance.lists.shift_first), 1)
    scarcity = (asked / offered)[instance.task_shift[instance.group_task]]
    keys = (-instance.group_wants, instance.group_task, -scarcity, -instance.fill)
    order: Int64 = np.lexsort(keys).astype(np.int64)
    return order


@kernel
def _fill(instance: Instance, state: State, order: Int64, ways: Int16, minimum_only: int) -> None:
    for group in order:
        wanted = int(instance.minimum[group]) if minimum_only == 1 else int(instance.desired[group])
        while state.heads[group] < wanted:
            slot = empty_slot(instance, state, group)
            if slot < 0:
                break
            person = _cheapest(instance, state, ways[instance.slot_checkpoint[slot]], slot)
            if person < 0:
                break
            put(instance, state, slot, person)


@inner
def _cheapest(instance: Instance, state: State, near: Int16, slot: int) -> int:
    """Return who may take the slot at the least cost, -1 for nobody; `near` (P,) holds the ways to it."""
    shift = int(instance.slot_shift[slot])
    task = int(instance.slot_task[slot])
    lists = instance.lists
    best = -1
    best_cost = 1 << 62
    for entry in range(lists.shift_first[shift], lists.shift_first[shift + 1]):
        person = int(lists.shift_people[entry])
        if near[person] < 0 or state.duties[person] >= instance.cap[person]:
            continue
        if not fits_slot(instance, person, slot):
            continue
        cost = _added_cost(instance, state, person, slot, task)
        if cost >= best_cost or not has_room(instance, state, person, slot, -1):
            continue
        if may_join(instance, state, slot, person):
            best = person
            best_cost = cost
    return best


@inner
def _added_cost(instance: Instance, state: State, person: int, slot: int, task: int) -> int:
    """Return roughly what the person in the slot adds: way, wish, load, baseline, and a new squad in the team."""
    points = instance.points
    shift = instance.slot_shift[slot]
    kind = instance.load_class[shift]
    duties = int(instance.load[person]) + int(state.duties[person])
    cost = int(points.load) * (2 * duties + 1) + int(instance.price[person, shift])
    cost += int(instance.class_points[kind]) * (2 * int(instance.class_load[person, kind]) + 1)
    checkpoint = int(instance.slot_checkpoint[slot])
    cost += way_cost(instance, checkpoint, int(instance.near[person, checkpoint]))
    lists = instance.lists
    for entry in range(lists.base_first[person], lists.base_first[person + 1]):
        if lists.base_task[entry] == task:
            cost -= int(points.change) * int(lists.base_times[entry])
    cost += int(points.extra_squad)
    for other in range(instance.task_first[task], instance.task_first[task + 1]):
        holder = state.holder[other]
        if holder >= 0 and instance.pool[holder] == instance.pool[person]:
            return cost - int(points.extra_squad)
    return cost
