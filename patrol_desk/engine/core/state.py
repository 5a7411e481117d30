"""A plan while it is being made: who is in which slot, and each person's slots."""

from typing import NamedTuple

import numpy as np

from patrol_desk.engine.compiled import inlined
from patrol_desk.engine.core.instance import Instance, Int8, Int64
from patrol_desk.engine.core.runs import runs_hold
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Int32, Problem


class State(NamedTuple):
    """Slots and duties; the kernels change the arrays in place.

    Attributes
    ----------
    holder
        (slots,) person in the slot, -1 for none.
    duty
        (P, width) slots of each person, the first `duties` of the row.
    duties
        (P,) number of duties.
    heads
        (G,) heads in the group.
    fixed
        (slots,) 1 where the pair is locked.
    at
        (P, T) slot the person holds in the shift, -1 for none.
    team
        Room for the kernels: one number for each of a task's slots.
    """

    holder: Int64
    duty: Int64
    duties: Int64
    heads: Int64
    fixed: Int8
    at: Int32
    team: Int64


@inlined
def put(instance: Instance, state: State, slot: int, person: int) -> None:
    """Put a person into an empty slot."""
    state.holder[slot] = person
    state.duty[person, state.duties[person]] = slot
    state.duties[person] += 1
    state.at[person, instance.slot_shift[slot]] = slot
    state.heads[instance.slot_group[slot]] += 1


@inlined
def take(instance: Instance, state: State, slot: int) -> int:
    """Empty a slot and return who was in it."""
    person = int(state.holder[slot])
    last = int(state.duties[person]) - 1
    for place in range(last):
        if state.duty[person, place] == slot:
            state.duty[person, place] = state.duty[person, last]
            break
    state.duties[person] = last
    state.at[person, instance.slot_shift[slot]] = -1
    state.holder[slot] = -1
    state.heads[instance.slot_group[slot]] -= 1
    return person


@inlined
def empty_slot(instance: Instance, state: State, group: int) -> int:
    """Return the first empty slot of a group that still wants a head, -1 for none."""
    if state.heads[group] >= instance.desired[group]:
        return -1
    first = int(instance.slot_first[group])
    for slot in range(first, first + int(instance.slot_count[group])):
        if state.holder[slot] < 0:
            return slot
    return -1


@inlined
def fits_slot(instance: Instance, person: int, slot: int) -> bool:
    """Say whether the person, seen alone, may hold the slot: status, availability, leave, busy, reach, skill."""
    shift = instance.slot_shift[slot]
    if instance.allowed[person, shift] == 0 or instance.near[person, instance.slot_checkpoint[slot]] < 0:
        return False
    signature = instance.signature[person, instance.day[shift]]
    return bool(instance.fits[signature, instance.slot_wants[slot]] == 1)


@inlined
def has_room(instance: Instance, state: State, person: int, slot: int, without: int) -> bool:
    """Say whether the person's other duties leave room for the slot once duty `without` (-1: none) is given up."""
    shift = instance.slot_shift[slot]
    kept = 0
    same_day = 0
    for place in range(state.duties[person]):
        held = state.duty[person, place]
        if held == without:
            continue
        kept += 1
        other = instance.slot_shift[held]
        if instance.clash[shift, other] == 1:
            return False
        if instance.day[other] == instance.day[shift]:
            same_day += 1
    if kept >= instance.cap[person] or same_day >= instance.cap_day:
        return False
    if instance.runs.hard == 0:
        return True
    duties = state.duty[person, : state.duties[person]]
    return bool(runs_hold(instance.runs, instance.slot_shift, instance.day, duties, person, slot, without))


def empty_state(problem: Problem, instance: Instance) -> State:
    """Return the state that holds the locked pairs and nothing else."""
    position = positions(problem, instance)
    locked = (
        np.bincount(position[problem.locked[:, 0]], minlength=len(instance.person)) if len(problem.locked) else None
    )
    shifts = len(problem.shifts.ids)
    width = min(int(instance.cap.max(initial=0)), shifts)
    if locked is not None:
        width += int(locked.max())
    slots = len(instance.slot_group)
    state = State(
        holder=np.full(slots, -1, dtype=np.int64),
        duty=np.zeros((len(instance.person), width + 1), dtype=np.int64),
        duties=np.zeros(len(instance.person), dtype=np.int64),
        heads=np.zeros(len(instance.minimum), dtype=np.int64),
        fixed=np.zeros(slots, dtype=np.int8),
        at=np.full((len(instance.person), shifts), -1, dtype=np.int32),
        team=np.zeros(int(np.diff(instance.task_first).max(initial=0)) + 1, dtype=np.int64),
    )
    for person, group in problem.locked.tolist():
        slot = int(instance.slot_first[group])
        while state.holder[slot] >= 0:
            slot += 1
        put(instance, state, slot, int(position[person]))
        state.fixed[slot] = 1
    return state


def positions(problem: Problem, instance: Instance) -> Int64:
    """Return (people,) index in the instance, -1 for those who are not in it."""
    position = np.full(len(problem.people.ids), -1, dtype=np.int64)
    position[instance.person] = np.arange(len(instance.person))
    return position


def clone(state: State) -> State:
    """Return an independent copy."""
    return State(
        holder=state.holder.copy(),
        duty=state.duty.copy(),
        duties=state.duties.copy(),
        heads=state.heads.copy(),
        fixed=state.fixed.copy(),
        at=state.at.copy(),
        team=state.team.copy(),
    )


def copy_into(source: State, target: State) -> None:
    """Make a state equal to another one."""
    for name in State._fields:
        getattr(target, name)[...] = getattr(source, name)


def to_plan(instance: Instance, state: State) -> Plan:
    """Return the plan that a state stands for."""
    slots = np.flatnonzero(state.holder >= 0)
    pairs = np.column_stack([instance.person[state.holder[slots]], instance.slot_group[slots]])
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    return Plan(np.ascontiguousarray(pairs[order], dtype=np.int32))
