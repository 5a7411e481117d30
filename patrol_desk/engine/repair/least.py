"""Chains for all empty seats at once which change least: shortest ways, where what a chain undoes is its length.

Rounds as in `core.rounds`, but a step is as long as what it costs the plan before: a person who leaves the shift in
which they served counts more than one who only changes the post. A round looks back from every end a chain may have
(E. W. Dijkstra, 1959; lengths are small whole numbers, so that a ring of lists serves as the queue: R. B. Dial, 1969);
each seat group learns how long the way to one more head is, and the nearest empty seats follow the falling numbers.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np

from patrol_desk.engine.compiled import inlined, inner, kernel
from patrol_desk.engine.core.instance import Instance, Int64
from patrol_desk.engine.core.repair import fill_order, shift_along, worth
from patrol_desk.engine.core.rounds import NO_WAY, NOBODY, WITH_ROOM, Rounds, new_rounds
from patrol_desk.engine.core.state import State, fits_slot, has_room

STEP: Final = 1
POST: Final = 2
SHIFT: Final = 6
"""Length of a step, and what it is more when somebody leaves a post of the plan before, or their shift in it."""

RING: Final = STEP + POST + SHIFT + 1
"""Lists of the queue: one more than the longest step is long."""

NO_DUTY: Final = -1
NO_MORE: Final = -1


class Least(NamedTuple):
    """How far each group is from an end, and the queue of steps that may become known.

    Attributes
    ----------
    rounds
        As in `core.rounds`; its `far` holds lengths.
    first
        (RING,) first step of each list, `NO_MORE` for none.
    next_step
        (2 slots,) the step after it: step 2 s is the holder of slot s within the shift, 2 s + 1 in all other shifts.
    waiting
        (1,) steps in the queue.
    """

    rounds: Rounds
    first: Int64
    next_step: Int64
    waiting: Int64


def new_least(instance: Instance) -> Least:
    """Return the memory of rounds that have not begun."""
    return Least(
        rounds=new_rounds(instance),
        first=np.full(RING, NO_MORE, dtype=np.int64),
        next_step=np.full(2 * len(instance.slot_group), NO_MORE, dtype=np.int64),
        waiting=np.zeros(1, dtype=np.int64),
    )


def fill_with_least_change(instance: Instance, state: State, stop: Callable[[], bool]) -> int:
    """Fill empty seats, those worth most first, by the chains that change least; return the chains applied.

    Chains to people with room come first, then those which give up a head that counts less, the least first.
    """
    gained = 0
    least = new_least(instance)
    values = np.unique(np.append(instance.fill[instance.minimum > 0], instance.points.desired))[::-1]
    for gain in values:
        for loss in (0, *np.sort(values[values < gain])):
            while not stop():
                found = _one_round(instance, state, least, int(gain), int(loss))
                gained += found
                if found == 0:
                    break
    return gained


def _one_round(instance: Instance, state: State, least: Least, gain: int, loss: int) -> int:
    """Fill the seats worth `gain` nearest to an end, for heads worth `loss` at most; return the chains applied.

    Where all chains of the nearest are refused, those next in length are tried.
    """
    order = fill_order(instance, state)
    value = np.where(
        state.heads[order] < instance.minimum[order], instance.fill[order], np.int64(instance.points.desired)
    )
    order = order[value == gain]
    if len(order) == 0:
        return 0
    look_back(instance, state, least, loss)
    length = least.rounds.far[order]
    found, nearest = 0, NO_WAY
    for at in np.argsort(length, kind="stable")[int((length < 0).sum()) :]:
        if found and length[at] > nearest:
            break
        if _fill_one(instance, state, least, int(order[at]), gain, loss):
            found, nearest = found + 1, length[at]
    return found


@kernel
def look_back(instance: Instance, state: State, least: Least, loss: int) -> None:
    """Find how long the way is from each group to somebody with room, or to a head worth `loss` at most (0: none)."""
    rounds = least.rounds
    rounds.told[:] = 0
    least.first[:] = NO_MORE
    least.waiting[0] = 0
    for shift in range(len(instance.day)):
        rounds.unknown_count[shift] = rounds.unknown_first[shift + 1] - rounds.unknown_first[shift]
    for group in range(len(state.heads)):
        rounds.far[group] = NO_WAY
        rounds.at[group] = instance.lists.shift_first[instance.task_shift[instance.group_task[group]]]
    for group in range(len(state.heads)):
        heads = int(state.heads[group])
        if heads > 0 and loss > 0 and worth(instance, group, heads - 1) <= loss:
            rounds.far[group] = 0
            _queue(instance, state, least, group)
    for person in range(len(state.duties)):
        if state.duties[person] < instance.cap[person]:
            for shift in range(len(instance.day)):
                _tell(instance, state, least, person, NO_DUTY, shift, STEP)
    length = STEP
    while least.waiting[0] > 0:
        length += 1
        _take_steps(instance, state, least, length)


@inner
def _take_steps(instance: Instance, state: State, least: Least, length: int) -> None:
    """Take all steps from the queue that end ways of a length, and note what they make known."""
    step = int(least.first[length % RING])
    least.first[length % RING] = NO_MORE
    while step != NO_MORE:
        least.waiting[0] -= 1
        slot = step // 2
        shift = int(instance.slot_shift[slot])
        person = int(state.holder[slot])
        if step % 2 == 0:
            _tell(instance, state, least, person, slot, shift, length)
        else:
            for other in range(len(instance.day)):
                if other != shift:
                    _tell(instance, state, least, person, slot, other, length)
        step = int(least.next_step[step])


@inner
def _queue(instance: Instance, state: State, least: Least, group: int) -> None:
    """Queue the steps of all who could leave a group whose length is known."""
    first = int(instance.slot_first[group])
    far = int(least.rounds.far[group])
    for slot in range(first, first + int(instance.slot_count[group])):
        if state.holder[slot] < 0 or state.fixed[slot] == 1:
            continue
        for other in range(2):
            length = far + step_length(instance, int(state.holder[slot]), slot, other)
            step = 2 * slot + other
            least.next_step[step] = least.first[length % RING]
            least.first[length % RING] = step
            least.waiting[0] += 1


@inlined
def step_length(instance: Instance, person: int, slot: int, other: int) -> int:
    """Return how long the step of somebody is who leaves a slot, for another shift (1) or not (0)."""
    task = int(instance.slot_task[slot])
    shift = int(instance.slot_shift[slot])
    post = 0
    served = 0
    for at in range(instance.lists.base_first[person], instance.lists.base_first[person + 1]):
        before = int(instance.lists.base_task[at])
        if before == task:
            post = 1
        if instance.task_shift[before] == shift:
            served = 1
    return STEP + POST * post + SHIFT * served * other


@inner
def _tell(instance: Instance, state: State, least: Least, person: int, held: int, shift: int, far: int) -> None:
    """Note the groups of a shift which the person could step into by giving up a duty (-1: none)."""
    rounds = least.rounds
    count = int(rounds.unknown_count[shift])
    if count == 0 or instance.allowed[person, shift] == 0 or rounds.told[person, shift] == 1:
        return
    first = int(rounds.unknown_first[shift])
    if not has_room(instance, state, person, int(instance.slot_first[rounds.unknown[first]]), held):
        return
    rounds.told[person, shift] = 1
    place = first
    while place < first + count:
        group = int(rounds.unknown[place])
        known = rounds.far[group] >= 0
        if not known and fits_slot(instance, person, int(instance.slot_first[group])):
            rounds.far[group] = far
            _queue(instance, state, least, group)
            known = True
        if known:
            count -= 1
            rounds.unknown[place] = rounds.unknown[first + count]
            rounds.unknown[first + count] = group
        else:
            place += 1
    rounds.unknown_count[shift] = count


@kernel
def _fill_one(instance: Instance, state: State, least: Least, group: int, gain: int, loss: int) -> bool:
    """Fill a seat of a group if one that is worth `gain` is empty and a chain leads to it; say whether it did."""
    if state.heads[group] >= instance.desired[group] or worth(instance, group, int(state.heads[group])) != gain:
        return False
    return bool(_follow(instance, state, least.rounds, group, loss))


@inner
def _follow(instance: Instance, state: State, rounds: Rounds, start: int, loss: int) -> bool:
    """Follow the falling numbers from an empty seat to an end, and let everybody move; False when there is no way."""
    trace = rounds.trace
    trace.parent[start] = -1
    group = start
    while group >= 0:
        if rounds.far[group] == 0:
            cheap = worth(instance, group, int(state.heads[group]) - 1) <= loss
            if cheap and shift_along(instance, state, trace, group, NOBODY):
                return True
        elif rounds.far[group] > 0:
            step = _next_step(instance, state, rounds, group)
            if step >= 0:
                other = int(instance.slot_group[step])
                trace.parent[other] = group
                trace.slot[other] = step
                group = other
                continue
            if step == WITH_ROOM:
                person = int(instance.lists.shift_people[rounds.at[group]])
                if shift_along(instance, state, trace, group, person):
                    return True
                rounds.at[group] += 1
                continue
        rounds.far[group] = NO_WAY
        group = int(trace.parent[group])
    return False


@inner
def _next_step(instance: Instance, state: State, rounds: Rounds, group: int) -> int:
    """Return the duty which the next person gives up for the group, `WITH_ROOM` with room, or `NOBODY`."""
    slot = int(instance.slot_first[group])
    shift = int(instance.slot_shift[slot])
    end = int(instance.lists.shift_first[shift + 1])
    far = int(rounds.far[group])
    found = NOBODY
    while found == NOBODY and rounds.at[group] < end:
        person = int(instance.lists.shift_people[rounds.at[group]])
        if fits_slot(instance, person, slot):
            if state.duties[person] < instance.cap[person] and has_room(instance, state, person, slot, -1):
                found = WITH_ROOM
                break
            for place in range(state.duties[person]):
                held = int(state.duty[person, place])
                rest = int(rounds.far[instance.slot_group[held]])
                if state.fixed[held] == 1 or rest < 0 or rest >= far:
                    continue
                length = step_length(instance, person, held, int(instance.slot_shift[held] != shift))
                if rest + length <= far and has_room(instance, state, person, slot, held):
                    found = held
                    break
        if found == NOBODY:
            rounds.at[group] += 1
    return found
