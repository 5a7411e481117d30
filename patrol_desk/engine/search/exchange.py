"""One exchange: a person takes a slot, and who held it takes the duty which the person gives up for it."""

from typing import NamedTuple

import numpy as np

from patrol_desk.engine.compiled import inlined
from patrol_desk.engine.core.cost import team_cost, way_cost
from patrol_desk.engine.core.instance import Instance, Int64
from patrol_desk.engine.core.repair import worth
from patrol_desk.engine.core.runs import penalty_change
from patrol_desk.engine.core.spread import spread_change
from patrol_desk.engine.core.state import State, fits_slot, has_room, put, take
from patrol_desk.engine.core.teams import habit_cost

FAILED = 1 << 60
"""Change of cost of an exchange that the rules forbid, or that is above the limit."""

DEPTH = 3
"""People of one squad who move at most in a ring."""

PATH_WANT = 0
PATH_PERSON = 1
PATH_GIVEN = 2
PATH_START = 3
PATH_CURSOR = 4
PATH_SLOT = 5
PATH_NEW = 6
PATH_HOLDER = 7
"""Columns of `Search.path`: at each level of a ring the slot that is wanted, who takes it and gives up what, where the
look begins and how far it is; then the slots that change hands, who takes each, and who holds it now."""


class Search(NamedTuple):
    """What the local search remembers between moves.

    Attributes
    ----------
    rng
        (1,) state of the generator, 1 … 2³²-1.
    cost
        (1,) cost of the present state.
    cohesion
        (J,) present `team_cost` of each task, its rules and habits counted in.
    loose
        The first `loose_count` are tasks that are short or mixed, in no order.
    loose_at
        (J,) place in `loose`, -1 when not there.
    mixed, mixed_at, mixed_count
        The same of tasks whose people are of several squads.
    after
        Team costs that what is being tried would leave; by an exchange of the slot's task and of the other one.
    path
        (5, 8) the ring that is being tried.
    log_slot, log_person, log_cohesion
        Slots changed since the last decision, the first `log_count`, who held them, and their task's team cost then.
    """

    rng: Int64
    cost: Int64
    cohesion: Int64
    loose: Int64
    loose_at: Int64
    loose_count: Int64
    mixed: Int64
    mixed_at: Int64
    mixed_count: Int64
    log_slot: Int64
    log_person: Int64
    log_cohesion: Int64
    log_count: Int64
    after: Int64
    path: Int64


def new_search(instance: Instance, seed: int) -> Search:
    """Return the memory of a search that has not begun."""
    tasks = len(instance.task_shift)
    room = 8 * (int(np.diff(instance.task_first).max(initial=0)) + 2)
    return Search(
        # Any start but 0 will do; neighbouring seeds are spread by Knuth's multiplicative hash.
        rng=np.array([(seed * 2654435761 + 88172645) % (2**32 - 1) + 1], dtype=np.int64),
        cost=np.zeros(1, dtype=np.int64),
        cohesion=np.zeros(tasks, dtype=np.int64),
        loose=np.zeros(tasks, dtype=np.int64),
        loose_at=np.full(tasks, -1, dtype=np.int64),
        loose_count=np.zeros(1, dtype=np.int64),
        mixed=np.zeros(tasks, dtype=np.int64),
        mixed_at=np.full(tasks, -1, dtype=np.int64),
        mixed_count=np.zeros(1, dtype=np.int64),
        log_slot=np.zeros(room, dtype=np.int64),
        log_person=np.zeros(room, dtype=np.int64),
        log_cohesion=np.zeros(room, dtype=np.int64),
        log_count=np.zeros(1, dtype=np.int64),
        after=np.zeros(DEPTH + 2, dtype=np.int64),
        path=np.zeros((DEPTH + 2, PATH_HOLDER + 1), dtype=np.int64),
    )


@inlined
def draw(search: Search, count: int) -> int:
    """Return a number from 0 … count - 1 (G. Marsaglia, Xorshift RNGs, 2003; 32 bits in a 64-bit word)."""
    word = int(search.rng[0])
    word ^= (word << 13) & 0xFFFFFFFF
    word ^= word >> 17
    word ^= (word << 5) & 0xFFFFFFFF
    search.rng[0] = word
    return (word * count) >> 32


@inlined
def exchange(instance: Instance, state: State, search: Search, slot: int, person: int, limit: int) -> int:
    """Let a person take a slot and the holder take what is given up for it; return the change of cost.

    The change stays in the log until it is accepted (`settle`) or taken back (`undo`). Nothing happens, and `FAILED` is
    returned, when a rule forbids it or the change of cost is above the limit.
    """
    holder = int(state.holder[slot])
    if holder == person or state.fixed[slot] == 1 or not fits_slot(instance, person, slot):
        return FAILED
    group = instance.slot_group[slot]
    if holder < 0 and state.heads[group] >= instance.desired[group]:
        return FAILED
    held = _given_up(instance, state, search, person, slot)
    if held == -2 or (held >= 0 and not _may_follow(instance, state, holder, held, slot)):
        return FAILED
    change = 0
    for turn in range(2):  # one loop, so that what is inlined is compiled once
        who = person if turn == 0 else holder
        if who >= 0:
            old = held if turn == 0 else slot
            change += person_change(instance, state, who, old, slot if turn == 0 else held)
    change += _team_change(instance, state, search, slot, held, person, holder)
    if change > limit:
        return FAILED
    _apply(instance, state, search, slot, held, person, holder)
    return change


@inlined
def release(instance: Instance, state: State, search: Search, slot: int, limit: int) -> int:
    """Send the holder of a slot home; return the change of cost. Above the limit nothing happens: `FAILED`."""
    holder = int(state.holder[slot])
    if holder < 0 or state.fixed[slot] == 1:
        return FAILED
    task = int(instance.slot_task[slot])
    group = int(instance.slot_group[slot])
    state.holder[slot] = -1
    after = int(team_cost(instance, state, task))
    state.holder[slot] = holder
    change = after - int(search.cohesion[task])
    change += worth(instance, group, int(state.heads[group]) - 1)
    change += person_change(instance, state, holder, slot, -1)
    if instance.spread.active == 1:
        change += spread_change(instance, state, slot, -1, -1)
    if change > limit:
        return FAILED
    lift(instance, state, search, slot)
    search.cohesion[task] = after
    return change


@inlined
def _given_up(instance: Instance, state: State, search: Search, person: int, slot: int) -> int:
    """Return the duty the person gives up for the slot: -1 for none, -2 when no single one is enough."""
    same_shift = int(state.at[person, instance.slot_shift[slot]])
    duties = int(state.duties[person])
    begin = draw(search, duties) if duties > 1 else 0
    options = 1 if same_shift >= 0 else duties + 1
    for option in range(options):
        held = same_shift
        if same_shift < 0 and option > 0:
            held = int(state.duty[person, (begin + option) % duties])
        if held >= 0 and state.fixed[held] == 1:
            continue
        if has_room(instance, state, person, slot, held):
            return held
    return -2


@inlined
def _may_follow(instance: Instance, state: State, holder: int, held: int, slot: int) -> bool:
    """Say whether who held the slot may take the duty given up; an empty slot is followed by nobody."""
    if holder < 0:
        return bool(instance.slot_group[held] != instance.slot_group[slot])
    return fits_slot(instance, holder, held) and has_room(instance, state, holder, held, slot)


@inlined
def person_change(instance: Instance, state: State, person: int, old: int, new: int) -> int:
    """Return the change of the person's cost when one slot is left and another taken; -1 for none."""
    change = 0
    count = 2 * (int(instance.load[person]) + int(state.duties[person]))
    if new >= 0:
        change += _slot_price(instance, person, new)
        if old < 0:
            change += int(instance.points.load) * (count + 1)
    if old >= 0:
        change -= _slot_price(instance, person, old)
        if new < 0:
            change -= int(instance.points.load) * (count - 1)
    if instance.runs.weighted == 1:
        duties = state.duty[person, : state.duties[person]]
        change += int(penalty_change(instance.runs, instance.slot_shift, instance.day, duties, person, old, new))
    return change + _class_change(instance, state, person, old, new)


@inlined
def _slot_price(instance: Instance, person: int, slot: int) -> int:
    """Return way and price of a duty, less the bonus for one of the baseline."""
    checkpoint = int(instance.slot_checkpoint[slot])
    price = way_cost(instance, checkpoint, int(instance.near[person, checkpoint]))
    price += int(instance.price[person, instance.slot_shift[slot]])
    lists = instance.lists
    for entry in range(lists.base_first[person], lists.base_first[person + 1]):
        if lists.base_task[entry] == instance.slot_task[slot]:
            price -= int(instance.points.change) * int(lists.base_times[entry])
    return price


@inlined
def _class_change(instance: Instance, state: State, person: int, old: int, new: int) -> int:
    """Return the change of the squared loads per class."""
    gone = -1
    come = -1
    if old >= 0:
        gone = int(instance.load_class[instance.slot_shift[old]])
    if new >= 0:
        come = int(instance.load_class[instance.slot_shift[new]])
    if gone == come:
        return 0
    change = 0
    if come >= 0:
        change += int(instance.class_points[come]) * (2 * _class_count(instance, state, person, come) + 1)
    if gone >= 0:
        change -= int(instance.class_points[gone]) * (2 * _class_count(instance, state, person, gone) - 1)
    return change


@inlined
def _class_count(instance: Instance, state: State, person: int, kind: int) -> int:
    """Return the person's duties of a class, those of earlier weeks included."""
    count = int(instance.class_load[person, kind])
    for place in range(state.duties[person]):
        if instance.load_class[instance.slot_shift[state.duty[person, place]]] == kind:
            count += 1
    return count


@inlined
def _team_change(
    instance: Instance, state: State, search: Search, slot: int, held: int, person: int, holder: int
) -> int:
    """Return the change of team cost, missing heads and spread of the tasks that an exchange touches."""
    task = int(instance.slot_task[slot])
    other = int(instance.slot_task[held]) if held >= 0 else task
    state.holder[slot] = person
    if held >= 0:
        state.holder[held] = holder
    change = 0
    for turn in range(1 if other == task else 2):
        which = task if turn == 0 else other
        search.after[turn] = team_cost(instance, state, which)
        change += int(search.after[turn]) - int(search.cohesion[which])
    state.holder[slot] = holder
    if held >= 0:
        state.holder[held] = person
    if holder < 0:
        group = int(instance.slot_group[slot])
        change -= worth(instance, group, int(state.heads[group]))
        if held >= 0:
            group = int(instance.slot_group[held])
            change += worth(instance, group, int(state.heads[group]) - 1)
        if instance.spread.active == 1:
            change += spread_change(instance, state, slot, held, person)
    return change


@inlined
def _apply(instance: Instance, state: State, search: Search, slot: int, held: int, person: int, holder: int) -> None:
    """Carry the exchange out; the tasks' new costs are those which `_team_change` has left."""
    task = int(instance.slot_task[slot])
    lift(instance, state, search, slot)
    if held >= 0:
        lift(instance, state, search, held)
        if holder >= 0:
            put(instance, state, held, holder)
        if instance.slot_task[held] != task:
            search.cohesion[instance.slot_task[held]] = search.after[1]
    put(instance, state, slot, person)
    search.cohesion[task] = search.after[0]


@inlined
def lift(instance: Instance, state: State, search: Search, slot: int) -> None:
    """Empty a slot and note who held it."""
    count = int(search.log_count[0])
    person = int(state.holder[slot])
    search.log_slot[count] = slot
    search.log_person[count] = person
    search.log_cohesion[count] = search.cohesion[instance.slot_task[slot]]
    search.log_count[0] = count + 1
    if person >= 0:
        take(instance, state, slot)


@inlined
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
    for entry in range(count - 1, -1, -1):
        search.cohesion[instance.slot_task[search.log_slot[entry]]] = search.log_cohesion[entry]
    search.log_count[0] = 0


@inlined
def settle(instance: Instance, state: State, search: Search, change: int) -> None:
    """Accept what is in the log."""
    search.cost[0] += change
    for entry in range(search.log_count[0]):
        mark_loose(instance, state, search, int(instance.slot_task[search.log_slot[entry]]))
    search.log_count[0] = 0


@inlined
def is_loose(instance: Instance, state: State, task: int, team: int) -> bool:
    """Say whether a task of this team cost is short or mixed; habits alone make none loose."""
    cost = team
    if instance.teams.active == 1:
        cost -= habit_cost(instance, state, task)
    if cost > 0:
        return True
    for slot in range(instance.task_first[task], instance.task_first[task + 1]):
        group = int(instance.slot_group[slot])
        if state.heads[group] < instance.desired[group]:
            return True
    return False


@inlined
def is_mixed(instance: Instance, state: State, task: int) -> bool:
    """Say whether the people of a task are of several squads."""
    pool = -1
    for slot in range(instance.task_first[task], instance.task_first[task + 1]):
        person = int(state.holder[slot])
        if person < 0:
            continue
        if pool >= 0 and instance.pool[person] != pool:
            return True
        pool = int(instance.pool[person])
    return False


@inlined
def mark_loose(instance: Instance, state: State, search: Search, task: int) -> None:
    """Enter a task into the lists of those that are short or mixed, or strike it off."""
    loose = is_loose(instance, state, task, int(search.cohesion[task]))
    _mark(search.loose, search.loose_at, search.loose_count, task, loose)
    _mark(search.mixed, search.mixed_at, search.mixed_count, task, is_mixed(instance, state, task))


@inlined
def _mark(tasks: Int64, place: Int64, count: Int64, task: int, belongs: bool) -> None:
    """Let a task stand in a list, or not."""
    at = int(place[task])
    end = int(count[0])
    if belongs and at < 0:
        tasks[end] = task
        place[task] = end
        count[0] = end + 1
    elif not belongs and at >= 0:
        last = tasks[end - 1]
        tasks[at] = last
        place[last] = at
        place[task] = -1
        count[0] = end - 1
