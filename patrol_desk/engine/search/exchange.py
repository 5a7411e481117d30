"""One exchange: a person takes a slot, and who held it takes the duty which the person gives up for it."""

from typing import NamedTuple

import numpy as np

from patrol_desk.engine.compiled import kernel
from patrol_desk.engine.core.cost import person_cost, task_cost
from patrol_desk.engine.core.instance import Instance, Int64
from patrol_desk.engine.core.state import State, fits_slot, has_room, put, take

FAILED = 1 << 60
"""Change of cost of an exchange that the rules forbid."""


class Search(NamedTuple):
    """What the local search remembers between moves.

    Attributes
    ----------
    rng
        (1,) state of the generator, 1 … 2³²-1.
    cost
        (1,) cost of the present state.
    loose
        The first `loose_count` are tasks that are short or mixed, in no order.
    loose_at
        (J,) place in `loose`, -1 when not there.
    log_slot, log_person
        Slots changed since the last decision, the first `log_count`, and who held them.
    """

    rng: Int64
    cost: Int64
    loose: Int64
    loose_at: Int64
    loose_count: Int64
    log_slot: Int64
    log_person: Int64
    log_count: Int64


def new_search(instance: Instance, seed: int) -> Search:
    """Return the memory of a search that has not begun."""
    tasks = len(instance.task_shift)
    room = 4 * (int(np.diff(instance.task_first).max(initial=0)) + 2)
    return Search(
        # Any start but 0 will do; neighbouring seeds are spread by Knuth's multiplicative hash.
        rng=np.array([(seed * 2654435761 + 88172645) % (2**32 - 1) + 1], dtype=np.int64),
        cost=np.zeros(1, dtype=np.int64),
        loose=np.zeros(tasks, dtype=np.int64),
        loose_at=np.full(tasks, -1, dtype=np.int64),
        loose_count=np.zeros(1, dtype=np.int64),
        log_slot=np.zeros(room, dtype=np.int64),
        log_person=np.zeros(room, dtype=np.int64),
        log_count=np.zeros(1, dtype=np.int64),
    )


@kernel
def draw(search: Search, count: int) -> int:
    """Return a number from 0 … count - 1 (G. Marsaglia, Xorshift RNGs, 2003; 32 bits in a 64-bit word)."""
    word = int(search.rng[0])
    word ^= (word << 13) & 0xFFFFFFFF
    word ^= word >> 17
    word ^= (word << 5) & 0xFFFFFFFF
    search.rng[0] = word
    return (word * count) >> 32


@kernel
def _lift(instance: Instance, state: State, search: Search, slot: int) -> int:
    """Empty a slot and note who held it; return that person, -1 for nobody."""
    count = int(search.log_count[0])
    person = int(state.holder[slot])
    search.log_slot[count] = slot
    search.log_person[count] = person
    search.log_count[0] = count + 1
    if person >= 0:
        take(instance, state, slot)
    return person


@kernel
def undo(instance: Instance, state: State, search: Search) -> None:
    """Put everything back as it was when the log was empty."""
    count = int(search.log_count[0])
    for entry in range(count):
        if state.holder[search.log_slot[entry]] >= 0:
            take(instance, state, int(search.log_slot[entry]))
    for entry in range(count):
        slot = int(search.log_slot[entry])
        first = True
        for earlier in range(entry):
            if search.log_slot[earlier] == slot:
                first = False
        if first and search.log_person[entry] >= 0:
            put(instance, state, slot, int(search.log_person[entry]))
    search.log_count[0] = 0


@kernel
def _given_up(instance: Instance, state: State, search: Search, person: int, slot: int) -> int:
    """Return the duty the person gives up for the slot: -1 for none, -2 when no single one is enough."""
    if has_room(instance, state, person, slot, -1):
        return -1
    duties = int(state.duties[person])
    if duties == 0:
        return -2
    begin = draw(search, duties)
    for step in range(duties):
        held = int(state.duty[person, (begin + step) % duties])
        if state.fixed[held] == 0 and has_room(instance, state, person, slot, held):
            return held
    return -2


@kernel
def exchange(instance: Instance, state: State, search: Search, slot: int, person: int) -> int:
    """Let a person take a slot and the holder take what is given up for it; return the change of cost.

    The change stays in the log until it is accepted (`settle`) or taken back (`undo`). `FAILED` when a rule forbids it.
    """
    holder = int(state.holder[slot])
    if holder == person or state.fixed[slot] == 1 or not fits_slot(instance, person, slot):
        return FAILED
    if holder < 0 and state.heads[instance.slot_group[slot]] >= instance.desired[instance.slot_group[slot]]:
        return FAILED
    held = _given_up(instance, state, search, person, slot)
    if held == -2:
        return FAILED
    if held >= 0 and holder >= 0:
        if not fits_slot(instance, holder, held) or not has_room(instance, state, holder, held, slot):
            return FAILED
    before = _touched_cost(instance, state, slot, held, person, holder)
    _lift(instance, state, search, slot)
    if held >= 0:
        _lift(instance, state, search, held)
        if holder >= 0:
            put(instance, state, held, holder)
    put(instance, state, slot, person)
    return _touched_cost(instance, state, slot, held, person, holder) - before


@kernel
def _touched_cost(instance: Instance, state: State, slot: int, held: int, person: int, holder: int) -> int:
    """Return the cost of the tasks and people which an exchange touches."""
    task = int(instance.slot_task[slot])
    cost = task_cost(instance, state, task) + person_cost(instance, state, person)
    if holder >= 0:
        cost += person_cost(instance, state, holder)
    if held >= 0 and instance.slot_task[held] != task:
        cost += task_cost(instance, state, int(instance.slot_task[held]))
    return cost


@kernel
def settle(instance: Instance, state: State, search: Search, change: int) -> None:
    """Accept what is in the log."""
    search.cost[0] += change
    for entry in range(search.log_count[0]):
        mark_loose(instance, state, search, int(instance.slot_task[search.log_slot[entry]]))
    search.log_count[0] = 0


@kernel
def mark_loose(instance: Instance, state: State, search: Search, task: int) -> None:
    """Enter a task into the list of those that are short or mixed, or strike it off."""
    loose = task_cost(instance, state, task) > 0
    at = int(search.loose_at[task])
    count = int(search.loose_count[0])
    if loose and at < 0:
        search.loose[count] = task
        search.loose_at[task] = count
        search.loose_count[0] = count + 1
    elif not loose and at >= 0:
        last = search.loose[count - 1]
        search.loose[at] = last
        search.loose_at[last] = at
        search.loose_at[task] = -1
        search.loose_count[0] = count - 1
