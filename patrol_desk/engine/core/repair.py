"""Alternating chains that fill seats the other steps left empty, and the proof that no chain is left.

A chain: the first person gives up a duty for the empty seat, the next takes the duty given up, and so on until somebody
has room left or a seat is reached that counts less (Berge's augmenting path for people with several duties).
Groups from which no such end can be reached are closed; together they are the deficient set which proves the shortage.
"""

from typing import NamedTuple

import numpy as np

from patrol_desk.engine.compiled import kernel
from patrol_desk.engine.core.instance import Instance, Int64
from patrol_desk.engine.core.state import State, empty_slot, fits_slot, has_room, put, take


class Trace(NamedTuple):
    """How the groups of one search were reached.

    Attributes
    ----------
    seen
        (G,) number of the search that saw the group last.
    parent, slot, queue
        (G,) group from which it was reached, the slot there whose holder would move, and the order of visits.
    closed
        (G,) no end that counts less than these points can be reached from the group.
    search
        (1,) number of the search under way.
    """

    seen: Int64
    parent: Int64
    slot: Int64
    queue: Int64
    closed: Int64
    search: Int64


def new_trace(groups: int) -> Trace:
    """Return a trace in which nothing is seen and nothing closed."""
    zeros = [np.zeros(groups, dtype=np.int64) for _ in range(5)]
    return Trace(*zeros, np.zeros(1, dtype=np.int64))


@kernel
def worth(instance: Instance, state: State, group: int, heads: int) -> int:
    """Return the points that the head beyond `heads` heads is worth to the group."""
    if heads < instance.minimum[group]:
        return int(instance.fill[group])
    return int(instance.points.desired) if heads < instance.desired[group] else 0


@kernel
def fill_by_chains(
    instance: Instance, state: State, trace: Trace, order: Int64, first: int, last: int, trade: int
) -> int:
    """Try to fill the groups ``order[first:last]`` by chains; return the chains applied.

    With ``trade=1`` a chain may also end in a head that counts less than the one gained.
    """
    gained = 0
    for at in range(first, last):
        group = int(order[at])
        while state.heads[group] < instance.desired[group]:
            if not _one_chain(instance, state, trace, group, trade):
                break
            gained += 1
    return gained


@kernel
def _one_chain(instance: Instance, state: State, trace: Trace, start: int, trade: int) -> bool:
    """Search breadth first from an empty seat; apply the chain found, or close what was seen."""
    gain = worth(instance, state, start, int(state.heads[start]))
    if trace.closed[start] >= gain:
        return False
    trace.search[0] += 1
    trace.seen[start] = trace.search[0]
    trace.parent[start] = -1
    trace.queue[0] = start
    head = 0
    tail = 1
    cheapest = -1
    cheapest_worth = gain
    while head < tail:
        group = int(trace.queue[head])
        head += 1
        done, tail = _expand(instance, state, trace, group, tail, gain)
        if done:
            return True
        if trade == 1 and group != start and not _all_fixed(instance, state, group):
            price = worth(instance, state, group, int(state.heads[group]) - 1)
            if price < cheapest_worth:
                cheapest = group
                cheapest_worth = price
    if cheapest >= 0 and _shift_along(instance, state, trace, cheapest, -1):
        return True
    for at in range(tail):
        trace.closed[trace.queue[at]] = max(int(trace.closed[trace.queue[at]]), gain if cheapest < 0 else 0)
    return False


@kernel
def _all_fixed(instance: Instance, state: State, group: int) -> bool:
    """Say whether the group has no head that may leave."""
    first = int(instance.slot_first[group])
    for slot in range(first, first + int(instance.slot_count[group])):
        if state.holder[slot] >= 0 and state.fixed[slot] == 0:
            return False
    return True


@kernel
def _expand(instance: Instance, state: State, trace: Trace, group: int, tail: int, gain: int) -> tuple[bool, int]:
    """Look at everybody who could stand in the group: done when one has room, else note the duties they would give up."""
    slot = int(instance.slot_first[group])
    if instance.slot_count[group] == 0:
        return False, tail
    lists = instance.lists
    shift = int(instance.slot_shift[slot])
    for entry in range(lists.shift_first[shift], lists.shift_first[shift + 1]):
        person = int(lists.shift_people[entry])
        if not fits_slot(instance, person, slot):
            continue
        if has_room(instance, state, person, slot, -1):
            if _shift_along(instance, state, trace, group, person):
                return True, tail
            continue
        for place in range(state.duties[person]):
            held = int(state.duty[person, place])
            other = int(instance.slot_group[held])
            if trace.seen[other] == trace.search[0] or trace.closed[other] >= gain or state.fixed[held] == 1:
                continue
            if has_room(instance, state, person, slot, held):
                trace.seen[other] = trace.search[0]
                trace.parent[other] = group
                trace.slot[other] = held
                trace.queue[tail] = other
                tail += 1
    return False, tail


@kernel
def _shift_along(instance: Instance, state: State, trace: Trace, end: int, person: int) -> bool:
    """Apply the chain that ends in a group: everybody moves one on, `person` (-1: nobody) takes the last seat.

    One person may stand in a chain twice, each step allowed but not both; then all is put back.
    """
    moves = 0
    at = end
    while trace.parent[at] >= 0:
        moves += 1
        at = int(trace.parent[at])
    olds = np.empty(moves, dtype=np.int64)
    news = np.empty(moves, dtype=np.int64)
    at = end
    for step in range(moves):
        olds[moves - 1 - step] = trace.slot[at]
        at = int(trace.parent[at])
    target = empty_slot(instance, state, at)
    done = 0
    while done < moves and target >= 0:
        old = int(olds[done])
        mover = int(state.holder[old])
        if not has_room(instance, state, mover, target, old):
            break
        take(instance, state, old)
        put(instance, state, target, mover)
        news[done] = target
        target = old
        done += 1
    if done == moves and target >= 0:
        if person < 0:
            return True
        if has_room(instance, state, person, target, -1):
            put(instance, state, target, person)
            return True
    while done > 0:
        done -= 1
        mover = take(instance, state, int(news[done]))
        put(instance, state, int(olds[done]), mover)
    return False


def fill_order(instance: Instance, state: State) -> Int64:
    """Return the groups that want heads, those which lack most important ones first."""
    lacking = np.flatnonzero(state.heads < instance.desired)
    short = state.heads[lacking] < instance.minimum[lacking]
    value = np.where(short, instance.fill[lacking], 0)
    return lacking[np.lexsort((lacking, -value))].astype(np.int64)


@kernel
def closure(instance: Instance, state: State, trace: Trace, begin: Int64) -> bool:
    """Mark in `trace.closed` every group which a chain from one of the groups `begin` can reach.

    Returns
    -------
    bool
        No chain ends in somebody with room left: the marked set is deficient.
    """
    trace.closed[:] = 0
    tail = 0
    for group in begin:
        trace.closed[group] = 1
        trace.queue[tail] = group
        tail += 1
    head = 0
    tight = True
    while head < tail:
        free, tail = _reach(instance, state, trace, int(trace.queue[head]), tail)
        head += 1
        tight = tight and not free
    return tight


@kernel
def _reach(instance: Instance, state: State, trace: Trace, group: int, tail: int) -> tuple[bool, int]:
    """Add the groups whose heads could move into this one; say whether somebody with room could."""
    if instance.slot_count[group] == 0:
        return False, tail
    lists = instance.lists
    slot = int(instance.slot_first[group])
    shift = int(instance.slot_shift[slot])
    free = False
    for entry in range(lists.shift_first[shift], lists.shift_first[shift + 1]):
        person = int(lists.shift_people[entry])
        if not fits_slot(instance, person, slot):
            continue
        if has_room(instance, state, person, slot, -1):
            free = True
            continue
        for place in range(state.duties[person]):
            held = int(state.duty[person, place])
            other = int(instance.slot_group[held])
            if trace.closed[other] == 0 and state.fixed[held] == 0 and has_room(instance, state, person, slot, held):
                trace.closed[other] = 1
                trace.queue[tail] = other
                tail += 1
    return free, tail
