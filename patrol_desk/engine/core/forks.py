"""Forks: somebody gives up two duties for one empty seat, and chains fill both again.

An alternating chain moves everybody by one duty. Where a night asks for the evening before it and the morning after it
to be given up, no chain leads to the night; a fork does.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from patrol_desk.engine.compiled import inner, kernel
from patrol_desk.engine.core.instance import Instance, Int64
from patrol_desk.engine.core.repair import Trace, fill_by_chains, fill_order, new_trace
from patrol_desk.engine.core.state import State, clone, copy_into, empty_slot, fits_slot, has_room, put, take
from patrol_desk.engine.core.teams import teams_hold

MOST_FORKS: Final = 64
"""Forks tried for one group."""


def fill_by_forks(instance: Instance, state: State, stop: Callable[[], bool]) -> int:
    """Fill seats that lack a minimum head by forks; return how many were filled.

    Parameters
    ----------
    instance, state
        The state is left as good or better, and never breaks a rule.
    stop
        Is asked before every group.
    """
    gained = 0
    order = _short(instance, state)
    trace = new_trace(instance)
    gained += int(fill_by_chains(instance, state, trace, order))
    forks = np.zeros((MOST_FORKS, 3), dtype=np.int64)
    for group in _short(instance, state):
        if stop():
            break
        count = int(find_forks(instance, state, trace, int(group), forks))
        if any(_try(instance, state, int(group), forks[row]) for row in range(count)):
            gained += 1
            trace = new_trace(instance)
            left = _short(instance, state)
            gained += int(fill_by_chains(instance, state, trace, left))
    return gained


def _short(instance: Instance, state: State) -> Int64:
    order = fill_order(instance, state)
    return order[state.heads[order] < instance.minimum[order]]


def _try(instance: Instance, state: State, group: int, fork: Int64) -> bool:
    """Apply a fork and fill what it gave up; put everything back when that cannot be done."""
    before = clone(state)
    vacated = instance.slot_group[fork[1:]]
    heads = int(state.heads[vacated].sum())
    take(instance, state, int(fork[1]))
    take(instance, state, int(fork[2]))
    put(instance, state, int(empty_slot(instance, state, group)), int(fork[0]))
    for other in vacated:
        one = np.array([other], dtype=np.int64)
        fill_by_chains(instance, state, new_trace(instance), one)
    touched = [int(instance.group_task[group]), *(int(instance.slot_task[slot]) for slot in fork[1:])]
    hold = all(teams_hold(instance, state, task) for task in touched)
    if hold and int(state.heads[vacated].sum()) >= heads and state.heads[group] > before.heads[group]:
        return True
    copy_into(before, state)
    return False


@kernel
def find_forks(instance: Instance, state: State, trace: Trace, group: int, forks: Int64) -> int:
    """Write (person, slot given up, slot given up) rows that would fill the group; return how many.

    Only duties whose groups are not closed (`Trace.closed`) are given up: from a closed group no chain fills it again.
    """
    if instance.slot_count[group] == 0:
        return 0
    slot = int(empty_slot(instance, state, group))
    shift = int(instance.slot_shift[slot])
    lists = instance.lists
    duties = trace.olds  # putting a duty back may change the order of those the state lists
    count = 0
    for at in range(lists.shift_first[shift], lists.shift_first[shift + 1]):
        person = int(lists.shift_people[at])
        if not fits_slot(instance, person, slot):
            continue
        for place in range(state.duties[person]):
            duties[place] = state.duty[person, place]
        held = int(state.duties[person])
        for i in range(held):
            for j in range(i + 1, held):
                if count == len(forks):
                    return count
                one = int(duties[i])
                two = int(duties[j])
                if _frees(instance, state, trace, person, slot, one, two):
                    forks[count, 0] = person
                    forks[count, 1] = one
                    forks[count, 2] = two
                    count += 1
    return count


@inner
def _frees(instance: Instance, state: State, trace: Trace, person: int, slot: int, one: int, two: int) -> bool:
    """Say whether giving up two duties makes room for a slot, and both may be given up."""
    for held in (one, two):
        if state.fixed[held] == 1 or trace.closed[instance.slot_group[held]] == 1:
            return False
    take(instance, state, one)
    take(instance, state, two)
    room = has_room(instance, state, person, slot, -1)
    put(instance, state, one, person)
    put(instance, state, two, person)
    return bool(room)
