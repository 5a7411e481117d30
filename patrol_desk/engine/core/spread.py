"""Visits and blind hours of checkpoints of low demand, as kernels.

They are called and not inlined, since few problems need them, and so are handed no more arrays than they read.
"""

from patrol_desk.engine.compiled import inlined, inner, kernel
from patrol_desk.engine.core.features import Int64, Spread
from patrol_desk.engine.core.instance import Instance
from patrol_desk.engine.core.state import State


@kernel
def spread_cost(spread: Spread, task_first: Int64, task_shift: Int64, holder: Int64, checkpoint: int) -> int:
    """Return the points of the visits that a checkpoint lacks and of its blind hours."""
    hours = int(spread.wanted[checkpoint, 1])
    seen = 0
    blind = 0
    until = 0
    for at in range(spread.task_first[checkpoint], spread.task_first[checkpoint + 1]):
        task = int(spread.tasks[at])
        if not _covered(task_first, holder, task, -1):
            continue
        seen += 1
        shift = int(task_shift[task])
        blind += _hours(int(spread.times[shift, 0]) - until, hours)
        until = max(until, int(spread.times[shift, 1]))
    blind += _hours(int(spread.until) - until, hours)
    cost = int(spread.visit_points) * max(0, int(spread.wanted[checkpoint, 0]) - seen)
    return cost + int(spread.hour_points) * blind if hours > 0 else cost


@inlined
def _hours(minutes: int, borne: int) -> int:
    """Return the whole hours of a stretch beyond those borne; an overlap is no stretch."""
    return max(0, minutes // 60 - borne) if minutes > 0 else 0


@inlined
def _covered(task_first: Int64, holder: Int64, task: int, without: int) -> bool:
    """Say whether anybody stands in the task outside a slot (-1: anywhere)."""
    found = False
    for slot in range(task_first[task], task_first[task + 1]):
        found = found or (holder[slot] >= 0 and slot != without)
    return found


@inlined
def spread_change(instance: Instance, state: State, slot: int, held: int, person: int) -> int:
    """Return the change of cost when a person leaves slot `held` (-1: none) and takes an empty one.

    With `person` -1 the slot is emptied instead. The state is left as it was.
    """
    task = int(instance.slot_task[slot])
    other = int(instance.slot_task[held]) if held >= 0 else -1
    if task == other:
        return 0
    pair = (task, other, slot, held, person)
    return int(
        _change(instance.spread, instance.task_first, instance.task_shift, instance.task_checkpoint, state.holder, pair)
    )


@inner
def _change(
    spread: Spread,
    task_first: Int64,
    task_shift: Int64,
    task_checkpoint: Int64,
    holder: Int64,
    pair: tuple[int, int, int, int, int],
) -> int:
    """Return the change; `pair` holds the two tasks (the second -1 for none), the slots there, and the person."""
    task, other, slot, held, person = pair
    flips = not _covered(task_first, holder, task, slot)
    if other >= 0:
        flips = flips or not _covered(task_first, holder, other, held)
    if not flips:
        return 0
    here = int(task_checkpoint[task])
    there = int(task_checkpoint[other]) if other >= 0 else here
    kept = int(holder[slot])
    change = 0
    for sign in (-1, 1):
        change += sign * spread_cost(spread, task_first, task_shift, holder, here)
        if there != here:
            change += sign * spread_cost(spread, task_first, task_shift, holder, there)
        if sign == -1:
            holder[slot] = person
            if other >= 0:
                holder[held] = -1
    holder[slot] = kept
    if other >= 0:
        holder[held] = person
    return change
