"""Chains for all empty seats at once, in rounds (J. E. Hopcroft, R. M. Karp, 1973).

A round looks backwards from every end a chain may have: somebody with room left, or a head that counts less. Each seat
group learns how many people would have to move for one more head there. Then each empty seat follows the falling
numbers to an end of its own; whatever proved to lead nowhere is not entered again in the round.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np

from patrol_desk.engine.compiled import inner, kernel
from patrol_desk.engine.core.features import starts
from patrol_desk.engine.core.instance import Instance, Int8, Int64
from patrol_desk.engine.core.repair import Trace, fill_order, new_trace, shift_along, worth
from patrol_desk.engine.core.state import State, fits_slot, has_room

SEATS_AT_ONCE: Final = 100
"""Seat groups filled between two looks at the stop sign."""

PATIENCE: Final = 50
"""Looks at everybody in all shifts, as often as this, after which looking back anew costs less than going on."""

UNENDING: Final = 1 << 60
NO_WAY: Final = -1
NO_DUTY: Final = -1
NOBODY: Final = -1
WITH_ROOM: Final = -2
"""What `_next_step` finds instead of a duty to be given up: nobody, or somebody with room."""


class Rounds(NamedTuple):
    """How far each group is from an end.

    Attributes
    ----------
    trace
        The path under way, and room for the queue.
    far
        (G,) people who would have to move for one more head in the group; `NO_WAY` where no chain is known.
    at
        (G,) place in `Lists.shift_people` of the next person to be tried.
    told
        (P, T) 1 once it is known what the person can reach in the shift.
    unknown_first, unknown
        (T + 1,), (G,) the groups by shift; the first of each shift are those whose number is not known.
    unknown_count
        (T,) how many they are.
    patience
        (1,) people who may still be looked at in the round.
    """

    trace: Trace
    far: Int64
    at: Int64
    told: Int8
    unknown_first: Int64
    unknown: Int64
    unknown_count: Int64
    patience: Int64


def new_rounds(instance: Instance) -> Rounds:
    """Return the memory of rounds that have not begun."""
    groups = len(instance.minimum)
    seated = np.flatnonzero(instance.slot_count > 0)
    shift = instance.task_shift[instance.group_task[seated]]
    order = np.argsort(shift, kind="stable")
    return Rounds(
        trace=new_trace(instance),
        far=np.zeros(groups, dtype=np.int64),
        at=np.zeros(groups, dtype=np.int64),
        told=np.zeros_like(instance.allowed),
        unknown_first=starts(shift, len(instance.day)),
        unknown=seated[order].astype(np.int64),
        unknown_count=np.zeros(len(instance.day), dtype=np.int64),
        patience=np.zeros(1, dtype=np.int64),
    )


def fill_in_rounds(instance: Instance, state: State, stop: Callable[[], bool]) -> int:
    """Fill empty seats, those worth most first, by chains; return the chains applied.

    Chains to people with room come first, then those which give up a head that counts less, the least first.
    """
    gained = 0
    rounds = new_rounds(instance)
    values = _worths(instance)
    for gain in values:
        losses = np.sort(values[values < gain])
        for loss in losses if len(losses) else [0]:
            while not stop():
                found = _one_round(instance, state, rounds, int(gain), int(loss), stop)
                gained += found
                if found == 0:
                    break
    return gained


def _worths(instance: Instance) -> Int64:
    """Return what heads are worth, the most first."""
    worths: Int64 = np.unique(np.append(instance.fill[instance.minimum > 0], instance.points.desired))
    return worths[::-1]


def _one_round(instance: Instance, state: State, rounds: Rounds, gain: int, loss: int, stop: Callable[[], bool]) -> int:
    """Fill what a round can of the seats worth `gain`, for heads worth `loss` at most; return the chains applied."""
    order = fill_order(instance, state)
    value = np.where(
        state.heads[order] < instance.minimum[order], instance.fill[order], np.int64(instance.points.desired)
    )
    order = order[value == gain]
    if len(order) == 0:
        return 0
    look_back(instance, state, rounds, loss)
    order = order[rounds.far[order] > 0]
    rounds.patience[0] = PATIENCE * len(instance.lists.shift_people)
    found = 0
    for first in range(0, len(order), SEATS_AT_ONCE):
        some = order[first : first + SEATS_AT_ONCE]
        found += int(_fill_some(instance, state, rounds, some, gain, loss))
        if rounds.patience[0] <= 0 and found == 0:
            rounds.patience[0] = UNENDING  # whether there is no chain at all can be known only in the end
            found += int(_fill_some(instance, state, rounds, some, gain, loss))
        if rounds.patience[0] <= 0 or stop():
            break
    return found


@kernel
def look_back(instance: Instance, state: State, rounds: Rounds, loss: int) -> None:
    """Find how far each group is from somebody with room, or from a head worth `loss` at most (0: none is given up)."""
    queue = rounds.trace.queue
    rounds.told[:] = 0
    for shift in range(len(instance.day)):
        rounds.unknown_count[shift] = rounds.unknown_first[shift + 1] - rounds.unknown_first[shift]
    tail = 0
    for group in range(len(state.heads)):
        rounds.far[group] = NO_WAY
        rounds.at[group] = instance.lists.shift_first[instance.task_shift[instance.group_task[group]]]
        heads = int(state.heads[group])
        if heads > 0 and loss > 0 and worth(instance, group, heads - 1) <= loss:
            rounds.far[group] = 0
            queue[tail] = group
            tail += 1
    for person in range(len(state.duties)):
        if state.duties[person] < instance.cap[person]:
            tail = _tell(instance, state, rounds, person, NO_DUTY, 1, tail)
    head = 0
    while head < tail:
        group = int(queue[head])
        head += 1
        first = int(instance.slot_first[group])
        for slot in range(first, first + int(instance.slot_count[group])):
            if state.holder[slot] >= 0 and state.fixed[slot] == 0:
                tail = _tell(instance, state, rounds, int(state.holder[slot]), slot, int(rounds.far[group]) + 1, tail)


@inner
def _tell(instance: Instance, state: State, rounds: Rounds, person: int, held: int, far: int, tail: int) -> int:
    """Note the groups which the person could step into by giving up a duty (-1: none); return the end of the queue."""
    for shift in range(len(instance.day)):
        count = int(rounds.unknown_count[shift])
        if count == 0 or instance.allowed[person, shift] == 0 or rounds.told[person, shift] == 1:
            continue
        first = int(rounds.unknown_first[shift])
        if not has_room(instance, state, person, int(instance.slot_first[rounds.unknown[first]]), held):
            continue
        rounds.told[person, shift] = 1
        place = first
        while place < first + count:
            group = int(rounds.unknown[place])
            known = rounds.far[group] >= 0
            if not known and fits_slot(instance, person, int(instance.slot_first[group])):
                rounds.far[group] = far
                rounds.trace.queue[tail] = group
                tail += 1
                known = True
            if known:
                count -= 1
                rounds.unknown[place] = rounds.unknown[first + count]
                rounds.unknown[first + count] = group
            else:
                place += 1
        rounds.unknown_count[shift] = count
    return tail


@kernel
def _fill_some(instance: Instance, state: State, rounds: Rounds, order: Int64, gain: int, loss: int) -> int:
    """Fill the seats of some groups that are worth `gain`; return the chains applied."""
    found = 0
    for group in order:
        while (
            state.heads[group] < instance.desired[group]
            and worth(instance, group, int(state.heads[group])) == gain
            and _follow(instance, state, rounds, int(group), loss)
        ):
            found += 1
    return found


@inner
def _follow(instance: Instance, state: State, rounds: Rounds, start: int, loss: int) -> bool:
    """Follow the falling numbers from an empty seat to an end, and let everybody move; False when there is no way."""
    trace = rounds.trace
    trace.parent[start] = -1
    group = start
    while group >= 0 and rounds.patience[0] > 0:
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
    end = int(instance.lists.shift_first[instance.slot_shift[slot] + 1])
    nearer = int(rounds.far[group]) - 1
    begun = int(rounds.at[group])
    found = NOBODY
    while found == NOBODY and rounds.at[group] < end:
        person = int(instance.lists.shift_people[rounds.at[group]])
        for place in range(-1 if nearer == 0 else 0, state.duties[person]):
            held = int(state.duty[person, place]) if place >= 0 else -1
            if held < 0 and state.duties[person] >= instance.cap[person]:
                continue
            if held >= 0 and (state.fixed[held] == 1 or rounds.far[instance.slot_group[held]] != nearer):
                continue
            if fits_slot(instance, person, slot) and has_room(instance, state, person, slot, held):
                found = held if held >= 0 else WITH_ROOM
                break
        if found == NOBODY:
            rounds.at[group] += 1
    rounds.patience[0] -= int(rounds.at[group]) - begun
    return found
