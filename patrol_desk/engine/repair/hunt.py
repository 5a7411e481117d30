"""The search around one empty seat: everybody with room, and alternating chains that end in room or in a lesser seat.

Breadth first over seat groups, as the chains of `core.repair`; but what is sought here is not the first chain but the
best few, by what they leave open, then by how many people move, then by what they cost.
"""

from typing import Final, NamedTuple

import numpy as np

from patrol_desk.engine.compiled import inlined, inner, kernel
from patrol_desk.engine.core.cost import person_cost, task_cost, way_cost
from patrol_desk.engine.core.instance import Instance, Int64
from patrol_desk.engine.core.repair import worth
from patrol_desk.engine.core.spread import spread_cost
from patrol_desk.engine.core.state import State, empty_slot, fits_slot, has_room, put, take

ENDS: Final = 48
"""Ends of chains that are kept for a closer look."""

DEEPEST: Final = 6
"""People moved along one chain at most, the last one not counted."""

LOSS, STEPS, COST, END, LAST = range(5)
"""Columns of `Hunt.ends`: points left open, people moved, points, last group, who comes in there (-1: nobody)."""

MOVES: Final = 3
"""Columns of `Hunt.found` before the moves: points of the exact change, points left open, moves."""

NEVER: Final = 1 << 44
"""Points that only the break of a hard team rule costs (`core.features.HARD_COST`)."""


class Hunt(NamedTuple):
    """Room for the search around one seat.

    Attributes
    ----------
    seen, depth, parent, slot, price
        (G,) number of the search that saw the group last, people moved on the way there, the group before it, the slot
        whose holder would move, and the points of the way there.
    queue
        (G,) groups in the order of visits.
    search
        (1,) number of the search under way.
    ends
        (ENDS, 5) the best ends so far, best first.
    path
        (DEEPEST + 1,) groups from the first to an end.
    people, tasks
        (DEEPEST + 2,) whom and what a chain touches, each once.
    found
        (ENDS, MOVES + 3 (DEEPEST + 1)) per end: exact change of cost, points left open, moves; then per move person,
        slot left (-1 for none), slot taken.
    """

    seen: Int64
    depth: Int64
    parent: Int64
    slot: Int64
    price: Int64
    queue: Int64
    search: Int64
    ends: Int64
    path: Int64
    people: Int64
    tasks: Int64
    found: Int64


def new_hunt(groups: int) -> Hunt:
    """Return room for searches over so many seat groups."""

    def column() -> Int64:
        return np.zeros(groups, dtype=np.int64)

    return Hunt(
        seen=column(),
        depth=column(),
        parent=column(),
        slot=column(),
        price=column(),
        queue=column(),
        search=np.zeros(1, dtype=np.int64),
        ends=np.zeros((ENDS, 5), dtype=np.int64),
        path=np.zeros(DEEPEST + 1, dtype=np.int64),
        people=np.zeros(DEEPEST + 2, dtype=np.int64),
        tasks=np.zeros(DEEPEST + 2, dtype=np.int64),
        found=np.zeros((ENDS, MOVES + 3 * (DEEPEST + 1)), dtype=np.int64),
    )


@kernel
def hunt_seat(instance: Instance, state: State, hunt: Hunt, start: int, deepest: int, nodes: int) -> int:
    """Search around an empty seat of a group; return how many rows of `Hunt.found` hold a way to fill it.

    Parameters
    ----------
    start
        The group; one of its seats is empty.
    deepest
        People moved along one chain at most, the last one not counted; 0 for direct candidates only.
    nodes
        Groups looked at, at most.
    """
    if empty_slot(instance, state, start) < 0:
        return 0
    gain = worth(instance, start, int(state.heads[start]))
    hunt.search[0] += 1
    hunt.seen[start] = hunt.search[0]
    hunt.depth[start] = 0
    hunt.parent[start] = -1
    hunt.price[start] = 0
    hunt.queue[0] = start
    head = 0
    tail = 1
    count = 0
    while head < tail and head < nodes:
        group = int(hunt.queue[head])
        if count == ENDS and hunt.ends[0, LOSS] == 0 and hunt.depth[group] > hunt.ends[0, STEPS]:
            break
        head += 1
        count, tail = _look_around(instance, state, hunt, group, tail, count, gain, deepest)
        if (
            count > 0
            and hunt.ends[0, LOSS] == 0
            and (head == tail or hunt.depth[hunt.queue[head]] > hunt.ends[0, STEPS])
        ):
            break
    found = 0
    for row in range(count):
        if _try_end(instance, state, hunt, start, row, found):
            found += 1
    return found


@inner
def _look_around(
    instance: Instance, state: State, hunt: Hunt, group: int, tail: int, count: int, gain: int, deepest: int
) -> tuple[int, int]:
    """Note who could take a seat of the group, and from which groups somebody could move here.

    Returns
    -------
    tuple[int, int]
        How many ends there are, and the end of the queue.
    """
    slot = int(hunt.slot[group]) if hunt.parent[group] >= 0 else int(empty_slot(instance, state, group))
    steps = int(hunt.depth[group])
    if steps > 0:
        loss = worth(instance, group, int(state.heads[group]) - 1)
        if loss < gain:
            count = _note_end(hunt, count, loss, steps, int(hunt.price[group]), group, -1)
    shift = int(instance.slot_shift[slot])
    lists = instance.lists
    for at in range(lists.shift_first[shift], lists.shift_first[shift + 1]):
        person = int(lists.shift_people[at])
        if not fits_slot(instance, person, slot):
            continue
        if has_room(instance, state, person, slot, -1):
            price = int(hunt.price[group]) + _rough_cost(instance, state, person, slot)
            count = _note_end(hunt, count, 0, steps, price, group, person)
        elif steps < deepest:
            tail = _open_duties(instance, state, hunt, group, slot, person, tail)
    return count, tail


@inlined
def _open_duties(instance: Instance, state: State, hunt: Hunt, group: int, slot: int, person: int, tail: int) -> int:
    """Queue the groups from which the person could move to the slot; return the end of the queue."""
    for place in range(state.duties[person]):
        held = int(state.duty[person, place])
        other = int(instance.slot_group[held])
        steps = int(hunt.depth[group]) + 1
        again = hunt.seen[other] == hunt.search[0]
        if state.fixed[held] == 1 or other == group or (again and hunt.depth[other] != steps):
            continue
        price = int(hunt.price[group]) + _move_cost(instance, person, held, slot)
        if again and price >= hunt.price[other]:
            continue
        if has_room(instance, state, person, slot, held):
            hunt.depth[other] = steps
            hunt.parent[other] = group
            hunt.slot[other] = held
            hunt.price[other] = price
            if not again:
                hunt.seen[other] = hunt.search[0]
                hunt.queue[tail] = other
                tail += 1
    return tail


@inlined
def _move_cost(instance: Instance, person: int, old: int, new: int) -> int:
    """Return roughly what a move costs: way, price, and the change itself, doubled where the shift changes too."""
    here = int(instance.slot_checkpoint[new])
    there = int(instance.slot_checkpoint[old])
    cost = way_cost(instance, here, int(instance.near[person, here]))
    cost -= way_cost(instance, there, int(instance.near[person, there]))
    shift = instance.slot_shift[new]
    before = instance.slot_shift[old]
    cost += int(instance.points.change)
    if shift != before:
        cost += int(instance.points.change) + int(instance.price[person, shift]) - int(instance.price[person, before])
    return cost


@inlined
def _rough_cost(instance: Instance, state: State, person: int, slot: int) -> int:
    """Return roughly what somebody new in a slot costs: way, price, load and a further squad."""
    shift = int(instance.slot_shift[slot])
    task = int(instance.slot_task[slot])
    checkpoint = int(instance.slot_checkpoint[slot])
    kind = int(instance.load_class[shift])
    cost = way_cost(instance, checkpoint, int(instance.near[person, checkpoint])) + int(instance.price[person, shift])
    cost += int(instance.points.load) * (2 * (int(instance.load[person]) + int(state.duties[person])) + 1)
    cost += int(instance.class_points[kind]) * (2 * int(instance.class_load[person, kind]) + 1)
    for other in range(instance.task_first[task], instance.task_first[task + 1]):
        holder = state.holder[other]
        if holder >= 0 and instance.pool[holder] == instance.pool[person]:
            return cost
    return cost + int(instance.points.extra_squad)


@inlined
def _note_end(hunt: Hunt, count: int, loss: int, steps: int, price: int, group: int, person: int) -> int:
    """Keep an end among the best, in order; return how many are kept."""
    ends = hunt.ends
    at = count
    if count == ENDS:
        at = ENDS - 1
        if not _before(ends, at, loss, steps, price):
            return count
    while at > 0 and _before(ends, at - 1, loss, steps, price):
        for column in range(5):
            ends[at, column] = ends[at - 1, column]
        at -= 1
    ends[at, LOSS] = loss
    ends[at, STEPS] = steps
    ends[at, COST] = price
    ends[at, END] = group
    ends[at, LAST] = person
    return min(count + 1, ENDS)


@inlined
def _before(ends: Int64, row: int, loss: int, steps: int, price: int) -> bool:
    """Say whether an end is better than the one in a row."""
    if loss != ends[row, LOSS]:
        return bool(loss < ends[row, LOSS])
    if steps != ends[row, STEPS]:
        return bool(steps < ends[row, STEPS])
    return bool(price < ends[row, COST])


@inner
def _try_end(instance: Instance, state: State, hunt: Hunt, start: int, row: int, into: int) -> bool:
    """Walk the chain to an end, note its moves and exact cost in row `into` of `Hunt.found`, and put all back.

    One person may stand in a chain twice, each step allowed but not both; then it is none.
    """
    steps = int(hunt.ends[row, STEPS])
    at = int(hunt.ends[row, END])
    for step in range(steps, 0, -1):
        hunt.path[step] = at
        at = int(hunt.parent[at])
    moves = hunt.found[into]
    slot = int(empty_slot(instance, state, start))
    count = 0
    for step in range(1, steps + 1):
        held = int(hunt.slot[hunt.path[step]])
        moves[MOVES + 3 * count] = state.holder[held]
        moves[MOVES + 3 * count + 1] = held
        moves[MOVES + 3 * count + 2] = slot
        slot = held
        count += 1
    if hunt.ends[row, LAST] >= 0:
        moves[MOVES + 3 * count] = hunt.ends[row, LAST]
        moves[MOVES + 3 * count + 1] = -1
        moves[MOVES + 3 * count + 2] = slot
        count += 1
    _note_touched(instance, hunt, moves, count)
    before = _touched_cost(instance, state, hunt)
    done = walk(instance, state, moves, count)
    after = _touched_cost(instance, state, hunt)
    walk_back(instance, state, moves, done)
    moves[0] = after - before
    moves[1] = hunt.ends[row, LOSS]
    moves[2] = count
    return bool(done == count and after - before < NEVER)


@inner
def _note_touched(instance: Instance, hunt: Hunt, moves: Int64, count: int) -> None:
    """List the people and tasks of a chain, each once; -1 where the list ends."""
    hunt.people[:] = -1
    hunt.tasks[:] = -1
    for move in range(count):
        _add(hunt.people, int(moves[MOVES + 3 * move]))
        _add(hunt.tasks, int(instance.slot_task[moves[MOVES + 3 * move + 2]]))
        if moves[MOVES + 3 * move + 1] >= 0:
            _add(hunt.tasks, int(instance.slot_task[moves[MOVES + 3 * move + 1]]))


@inlined
def _add(members: Int64, value: int) -> None:
    """Add a value to a list that ends with -1, unless it is there."""
    at = 0
    while members[at] >= 0 and members[at] != value:
        at += 1
    members[at] = value


@inner
def _touched_cost(instance: Instance, state: State, hunt: Hunt) -> int:
    """Return what the listed people and tasks cost, and the spread of the tasks' checkpoints."""
    cost = 0
    for at in range(len(hunt.people)):
        if hunt.people[at] >= 0:
            cost += int(person_cost(instance, state, int(hunt.people[at])))
        if hunt.tasks[at] >= 0:
            cost += int(task_cost(instance, state, int(hunt.tasks[at])))
    return cost + _spread_of(instance, state, hunt) if instance.spread.active == 1 else cost


@kernel
def _spread_of(instance: Instance, state: State, hunt: Hunt) -> int:
    """Return what lacking visits and blind hours cost at the checkpoints of the listed tasks, each once."""
    cost = 0
    for at in range(len(hunt.tasks)):
        if hunt.tasks[at] < 0:
            break
        place = int(instance.task_checkpoint[hunt.tasks[at]])
        known = False
        for earlier in range(at):
            known = known or instance.task_checkpoint[hunt.tasks[earlier]] == place
        if not known:
            cost += int(spread_cost(instance.spread, instance.task_first, instance.task_shift, state.holder, place))
    return cost


@kernel
def walk(instance: Instance, state: State, moves: Int64, count: int) -> int:
    """Make the moves of a row one after the other as long as the rules allow it; return how many were made."""
    for move in range(count):
        person = int(moves[MOVES + 3 * move])
        old = int(moves[MOVES + 3 * move + 1])
        new = int(moves[MOVES + 3 * move + 2])
        if state.holder[new] >= 0 or not has_room(instance, state, person, new, old):
            return move
        if old >= 0:
            if state.holder[old] != person:
                return move
            take(instance, state, old)
        put(instance, state, new, person)
    return count


@kernel
def walk_back(instance: Instance, state: State, moves: Int64, count: int) -> None:
    """Take back the first moves of a row."""
    for move in range(count - 1, -1, -1):
        person = take(instance, state, int(moves[MOVES + 3 * move + 2]))
        if moves[MOVES + 3 * move + 1] >= 0:
            put(instance, state, int(moves[MOVES + 3 * move + 1]), person)
