"""Three people change seats in a ring, so that a mixed patrol becomes one squad's.

In a patrol the leaver should make room for the comer, of a squad that is there already. What the comer leaves is taken
by the filler, of the squad that stands there, and the leaver takes what the filler leaves. A swap of two seldom fits:
the leaver would have to be available, rested and within reach just where the comer was.
"""

from patrol_desk.engine.compiled import inlined
from patrol_desk.engine.core.cost import team_cost
from patrol_desk.engine.core.instance import Instance
from patrol_desk.engine.core.state import State, fits_slot, has_room, put
from patrol_desk.engine.search.exchange import FAILED, Search, draw, lift, person_change

MOST = 24
"""Rings looked at in one move."""


@inlined
def ring(instance: Instance, state: State, search: Search, slot: int, comer: int, limit: int) -> int:
    """Let somebody take a slot through a ring; return the change of cost, `FAILED` when none is within the limit."""
    leaver = int(state.holder[slot])
    if leaver < 0 or comer == leaver or state.fixed[slot] == 1 or not fits_slot(instance, comer, slot):
        return FAILED
    held = int(state.at[comer, instance.slot_shift[slot]])
    if held >= 0 and instance.slot_task[held] == instance.slot_task[slot]:
        return FAILED
    looks = MOST
    for place in range(state.duties[comer]):
        left = int(state.duty[comer, place])
        if (held >= 0 and left != held) or state.fixed[left] == 1:
            continue
        if not has_room(instance, state, comer, slot, left):
            continue
        change, looks = _close(instance, state, search, (slot, leaver, comer, left), limit, looks)
        if change != FAILED or looks <= 0:
            return change
    return FAILED


@inlined
def _close(
    instance: Instance, state: State, search: Search, ring: tuple[int, int, int, int], limit: int, looks: int
) -> tuple[int, int]:
    """Look for who takes the duty that is left, and what the leaver takes instead; carry the first good ring out.

    Parameters
    ----------
    ring
        The slot, who leaves it, who comes, and the duty that the comer leaves.
    limit
        Largest change of cost.
    looks
        How many rings may still be looked at.

    Returns
    -------
    tuple
        The change of cost or `FAILED`; looks that are left.
    """
    slot, leaver, comer, left = ring
    lists = instance.lists
    key = _pool_for(instance, state, search, comer, left) * len(instance.day) + int(instance.slot_shift[left])
    begin = int(lists.pool_shift_first[key])
    count = int(lists.pool_shift_first[key + 1]) - begin
    start = draw(search, count) if count > 0 else 0
    for turn in range(count):
        filler = int(lists.pool_shift_people[begin + (start + turn) % count])
        if filler in (leaver, comer) or not fits_slot(instance, filler, left):
            continue
        held = int(state.at[filler, instance.slot_shift[left]])
        if held >= 0 and instance.slot_task[held] == instance.slot_task[left]:
            continue
        for place in range(-1, state.duties[filler]):
            given = int(state.duty[filler, place]) if place >= 0 else -1
            if (held >= 0 and given != held) or not _free(instance, state, given, slot):
                continue
            if not has_room(instance, state, filler, left, given):
                continue
            if given >= 0 and not (
                fits_slot(instance, leaver, given) and has_room(instance, state, leaver, given, slot)
            ):
                continue
            looks -= 1
            change = _turn(instance, state, search, (slot, left, given), (leaver, comer, filler), limit)
            if change != FAILED or looks <= 0:
                return change, looks
    return FAILED, looks


@inlined
def _pool_for(instance: Instance, state: State, search: Search, comer: int, left: int) -> int:
    """Return the squad of a mate in the duty that is left; the comer's own when nobody else is there."""
    task = int(instance.slot_task[left])
    first = int(instance.task_first[task])
    size = int(instance.task_first[task + 1]) - first
    begin = draw(search, size)
    for turn in range(size):
        mate = int(state.holder[first + (begin + turn) % size])
        if mate >= 0 and mate != comer:
            return int(instance.pool[mate])
    return int(instance.pool[comer])


@inlined
def _free(instance: Instance, state: State, given: int, slot: int) -> bool:
    """Say whether a duty may change hands: it is not locked, and not of the task that is being mended."""
    if given < 0:
        return True
    return bool(state.fixed[given] == 0 and instance.slot_task[given] != instance.slot_task[slot])


@inlined
def _turn(
    instance: Instance,
    state: State,
    search: Search,
    slots: tuple[int, int, int],
    people: tuple[int, int, int],
    limit: int,
) -> int:
    """Carry a ring out when its change of cost is within the limit; with no third slot the leaver goes home.

    Parameters
    ----------
    slots
        What the comer, the filler and the leaver take.
    people
        Leaver, comer and filler.
    """
    slot, left, given = slots
    leaver, comer, filler = people
    change = person_change(instance, state, comer, left, slot)
    change += person_change(instance, state, filler, given, left)
    change += person_change(instance, state, leaver, slot, given)
    if change - 3 * int(instance.points.extra_squad) > limit:
        return FAILED  # three teams can hardly win that back
    change += _teams_change(instance, state, search, slots, people)
    if change > limit:
        return FAILED
    for turn in range(3):
        if slots[turn] >= 0:
            lift(instance, state, search, slots[turn])
    put(instance, state, slot, comer)
    put(instance, state, left, filler)
    if given >= 0:
        put(instance, state, given, leaver)
    for turn in range(3):
        if slots[turn] >= 0:
            search.cohesion[instance.slot_task[slots[turn]]] = search.after[turn]
    return change


@inlined
def _teams_change(
    instance: Instance, state: State, search: Search, slots: tuple[int, int, int], people: tuple[int, int, int]
) -> int:
    """Return the change of the team costs of a ring's tasks, which differ; their new costs stay in `Search.after`."""
    slot, left, given = slots
    leaver, comer, filler = people
    state.holder[slot] = comer
    state.holder[left] = filler
    if given >= 0:
        state.holder[given] = leaver
    change = 0
    for turn in range(3):
        if slots[turn] >= 0:
            task = int(instance.slot_task[slots[turn]])
            search.after[turn] = team_cost(instance, state, task)
            change += int(search.after[turn]) - int(search.cohesion[task])
    state.holder[slot] = leaver
    state.holder[left] = comer
    if given >= 0:
        state.holder[given] = filler
    return change
