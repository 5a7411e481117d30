"""Alternating chains that fill seats the other steps left empty, and the proof that no chain is left.

A chain: the first person gives up a duty for the empty seat, the next takes the duty given up, and so on until somebody
has room left (Berge's augmenting path for people with several duties).
Groups from which no such end can be reached are closed; together they are the deficient set which proves the shortage.
"""

from typing import NamedTuple

import numpy as np

from patrol_desk.engine.compiled import inlined, inner, kernel
from patrol_desk.engine.core.instance import Instance, Int64
from patrol_desk.engine.core.state import State, empty_slot, fits_slot, has_room, put, take
from patrol_desk.engine.core.teams import may_join, teams_hold


class Trace(NamedTuple):
    """How the groups of one search were reached.

    Attributes
    ----------
    seen
        (G,) number of the search that saw the group last.
    parent, slot, queue
        (G,) group from which it was reached, the slot there whose holder would move, and the order of visits.
    closed
        (G,) 1 where nobody with room can be reached from the group.
    search
        (1,) number of the search under way.
    olds, news
        (G,) slots left and taken along a chain, in order.
    people, people_count, people_search
        (n,), (T,), (T,) per shift, the first `people_count` from ``shift_first[t]`` are those who may still open
        something new in the search `people_search`: who could give up all they can has done so and is struck off.
    """

    seen: Int64
    parent: Int64
    slot: Int64
    queue: Int64
    closed: Int64
    search: Int64
    olds: Int64
    news: Int64
    people: Int64
    people_count: Int64
    people_search: Int64


def new_trace(instance: Instance) -> Trace:
    """Return a trace in which nothing is seen and nothing closed."""
    groups, shifts = len(instance.minimum), len(instance.day)
    return Trace(
        seen=np.zeros(groups, dtype=np.int64),
        parent=np.zeros(groups, dtype=np.int64),
        slot=np.zeros(groups, dtype=np.int64),
        queue=np.zeros(groups, dtype=np.int64),
        closed=np.zeros(groups, dtype=np.int64),
        search=np.zeros(1, dtype=np.int64),
        olds=np.zeros(groups, dtype=np.int64),
        news=np.zeros(groups, dtype=np.int64),
        people=instance.lists.shift_people.copy(),
        people_count=np.zeros(shifts, dtype=np.int64),
        people_search=np.zeros(shifts, dtype=np.int64),
    )


@inner
def worth(instance: Instance, group: int, heads: int) -> int:
    """Return the points that the head beyond `heads` heads is worth to the group."""
    if heads < instance.minimum[group]:
        return int(instance.fill[group])
    return int(instance.points.desired) if heads < instance.desired[group] else 0


@kernel
def fill_by_chains(instance: Instance, state: State, trace: Trace, order: Int64) -> int:
    """Try to fill some groups, one after the other, by chains to somebody with room; return the chains applied."""
    gained = 0
    for group in order:
        while state.heads[group] < instance.desired[group] and _one_chain(instance, state, trace, int(group)):
            gained += 1
    return gained


@inner
def _one_chain(instance: Instance, state: State, trace: Trace, start: int) -> bool:
    """Search breadth first from an empty seat; apply the chain found, or close what was seen."""
    if trace.closed[start] == 1:
        return False
    trace.search[0] += 1
    trace.seen[start] = trace.search[0]
    trace.parent[start] = -1
    trace.queue[0] = start
    head = 0
    tail = 1
    while head < tail:
        group = int(trace.queue[head])
        head += 1
        done, tail = _expand(instance, state, trace, group, tail, 1)
        if done:
            return True
    for at in range(tail):
        trace.closed[trace.queue[at]] = 1
    return False


@inner
def _expand(instance: Instance, state: State, trace: Trace, group: int, tail: int, seek: int) -> tuple[bool, int]:
    """Look at everybody who could stand in the group, and note the duties they would give up for it.

    Returns
    -------
    tuple[bool, int]
        Whether somebody has room left (with ``seek=1``: and the chain to them was applied), and the end of the queue.
    """
    if instance.slot_count[group] == 0:
        return False, tail
    slot = int(instance.slot_first[group])
    shift = int(instance.slot_shift[slot])
    first = _people_left(instance, trace, shift)
    free = False
    at = first
    while at < first + trace.people_count[shift]:
        person = int(trace.people[at])
        if not fits_slot(instance, person, slot):
            at += 1
            continue
        if has_room(instance, state, person, slot, -1):
            if seek == 0:
                free = True
            elif shift_along(instance, state, trace, group, person):
                return True, tail
            at += 1
            continue
        tail = _open_duties(instance, state, trace, group, person, tail)
        trace.people_count[shift] -= 1
        last = first + trace.people_count[shift]
        trace.people[at] = trace.people[last]
        trace.people[last] = person
    return free, tail


@inner
def _people_left(instance: Instance, trace: Trace, shift: int) -> int:
    """Return where the people of a shift begin in `trace.people`; nobody is struck off at the first look."""
    lists = instance.lists
    first = int(lists.shift_first[shift])
    if trace.people_search[shift] != trace.search[0]:
        trace.people_search[shift] = trace.search[0]
        trace.people_count[shift] = lists.shift_first[shift + 1] - first
    return first


@inner
def _open_duties(instance: Instance, state: State, trace: Trace, group: int, person: int, tail: int) -> int:
    """Queue the groups from which the person could move here; return the end of the queue."""
    slot = int(instance.slot_first[group])
    for place in range(state.duties[person]):
        held = int(state.duty[person, place])
        other = int(instance.slot_group[held])
        if trace.seen[other] == trace.search[0] or trace.closed[other] == 1 or state.fixed[held] == 1:
            continue
        if has_room(instance, state, person, slot, held):
            trace.seen[other] = trace.search[0]
            trace.parent[other] = group
            trace.slot[other] = held
            trace.queue[tail] = other
            tail += 1
    return tail


@inner
def shift_along(instance: Instance, state: State, trace: Trace, end: int, person: int) -> bool:
    """Apply the chain that ends in a group: everybody moves one on, `person` (-1: nobody) takes the last seat.

    One person may stand in a chain twice, each step allowed but not both; or a team may not bear its new people. Then
    all is put back.
    """
    moves = 0
    at = end
    while trace.parent[at] >= 0:
        moves += 1
        at = int(trace.parent[at])
    at = end
    for step in range(moves):
        trace.olds[moves - 1 - step] = trace.slot[at]
        at = int(trace.parent[at])
    target = empty_slot(instance, state, at)
    done = 0
    while done < moves and target >= 0:
        old = int(trace.olds[done])
        mover = int(state.holder[old])
        if not has_room(instance, state, mover, target, old):
            break
        take(instance, state, old)
        put(instance, state, target, mover)
        trace.news[done] = target
        target = old
        done += 1
    if done == moves and target >= 0 and (person < 0 or has_room(instance, state, person, target, -1)):
        if person >= 0:
            put(instance, state, target, person)
        if _chain_holds(instance, state, trace, moves, target):
            return True
        if person >= 0:
            take(instance, state, target)
    while done > 0:
        done -= 1
        mover = take(instance, state, int(trace.news[done]))
        put(instance, state, int(trace.olds[done]), mover)
    return False


@inlined
def _chain_holds(instance: Instance, state: State, trace: Trace, moves: int, target: int) -> bool:
    """Say whether the teams which a chain has touched break no hard rule."""
    if instance.teams.hard == 0:
        return True
    for step in range(moves):
        if not teams_hold(instance, state, int(instance.slot_task[trace.news[step]])):
            return False
    return bool(teams_hold(instance, state, int(instance.slot_task[target])))


@kernel
def fill_directly(instance: Instance, state: State) -> int:
    """Give every seat that lacks a minimum head to somebody with room for it; return how many were filled."""
    lists = instance.lists
    filled = 0
    again = True
    while again:
        again = False
        for group in range(len(state.heads)):
            if state.heads[group] >= instance.minimum[group]:
                continue
            slot = int(empty_slot(instance, state, group))
            shift = int(instance.slot_shift[slot])
            for at in range(lists.shift_first[shift], lists.shift_first[shift + 1]):
                person = int(lists.shift_people[at])
                if not fits_slot(instance, person, slot) or not has_room(instance, state, person, slot, -1):
                    continue
                if may_join(instance, state, slot, person):
                    put(instance, state, slot, person)
                    filled += 1
                    again = True
                    break
    return filled


def fill_order(instance: Instance, state: State) -> Int64:
    """Return the groups that want heads, those which lack most important ones first."""
    lacking = np.flatnonzero(state.heads < instance.desired)
    short = state.heads[lacking] < instance.minimum[lacking]
    value = np.where(short, instance.fill[lacking], 0)
    order: Int64 = lacking[np.lexsort((lacking, -value))].astype(np.int64)
    return order


@kernel
def closure(instance: Instance, state: State, trace: Trace, begin: Int64) -> int:
    """Find every group which a chain from one of the groups `begin` can reach: the first of `trace.queue`.

    Returns
    -------
    int
        How many they are.
    """
    trace.search[0] += 1
    tail = 0
    for group in begin:
        trace.seen[group] = trace.search[0]
        trace.queue[tail] = group
        tail += 1
    head = 0
    while head < tail:
        _, tail = _expand(instance, state, trace, int(trace.queue[head]), tail, 0)
        head += 1
    return tail
