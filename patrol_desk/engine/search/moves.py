"""The moves of the local search: which exchange to try next."""

from patrol_desk.engine.compiled import inlined
from patrol_desk.engine.core.instance import Instance
from patrol_desk.engine.core.state import State
from patrol_desk.engine.search.exchange import FAILED, Search, draw, exchange, release
from patrol_desk.engine.search.relay import relay

MIXED_SHARE = 150
LOOSE_SHARE = 150
"""Thousandths: draws among mixed tasks; among all that are short or cost something as a team, most for want of a
leader, where the few mixed ones would hardly ever be drawn."""

TEAM_SHARE = 600
RELEASE_SHARE = 10
UNITE_SHARE = 550
NEAR_SHARE = 330
FURTHER = 850
"""Thousandths: whole-team moves, heads sent home; of the other moves those towards a squad that is there already and
those towards a near squad (the rest: anybody); and the chance to go on to the next nearest squad. Chosen by trial on
the saturated township."""

UNIT_SHARE = 30
"""Thousandths: moves of people who serve only together, where there are any."""

RING_SHARE = 600
"""Thousandths: of the moves at a mixed task, rings of people where a swap fails; for a whole team each may cost as much
as two mixed patrols do."""

POOLS_DRAWN = 6
"""Squads drawn for a team until one has enough people for it."""

SWAP_SHARE = 500
"""Thousandths: of the whole-team moves, those in which two teams of one shift change places where they can."""

TRIES = 3
"""Members of a squad tried for one seat of a team."""

ANY = FAILED - 1
"""A limit that lets everything pass: a team is judged as a whole."""

BROKEN_OFF = ANY
"""Change of cost of a move that was broken off half way: above every limit, and to be taken back."""


@inlined
def one_move(instance: Instance, state: State, search: Search, limit: int) -> int:
    """Try one move; return its change of cost (`FAILED` when nothing was done; a team's may be above the limit)."""
    task = _some_task(instance, search)
    first = int(instance.task_first[task])
    size = int(instance.task_first[task + 1]) - first
    if size == 0:
        return FAILED
    unit = -1
    units = len(instance.teams.unit_first) - 1
    if units > 0 and draw(search, 1000) < UNIT_SHARE:
        unit = draw(search, units)
        if _unit_size(instance, unit) > size:
            return FAILED
    kind = draw(search, 1000)
    slot = -1
    person = -1
    if unit < 0 and kind >= TEAM_SHARE:
        slot = first + draw(search, size)
        if kind < TEAM_SHARE + RELEASE_SHARE:
            return release(instance, state, search, slot, limit)
        person = _some_person(instance, state, search, slot, first, size)
        if person < 0:
            return FAILED
    return _exchanges(instance, state, search, (task, first, size, unit, slot, person), limit)


@inlined
def _unit_size(instance: Instance, unit: int) -> int:
    """Return how many people serve only together."""
    return int(instance.teams.unit_first[unit + 1] - instance.teams.unit_first[unit])


@inlined
def _some_task(instance: Instance, search: Search) -> int:
    """Draw a task, mostly one that is mixed, short or without a leader."""
    kind = draw(search, 1000)
    mixed = int(search.mixed_count[0])
    if mixed > 0 and kind < MIXED_SHARE:
        return int(search.mixed[draw(search, mixed)])
    loose = int(search.loose_count[0])
    if loose > 0 and kind < MIXED_SHARE + LOOSE_SHARE:
        return int(search.loose[draw(search, loose)])
    return draw(search, len(instance.task_shift))


@inlined
def _some_person(instance: Instance, state: State, search: Search, slot: int, first: int, size: int) -> int:
    """Draw somebody for a slot: of a squad that is in the team, of a near squad, or anybody of the shift."""
    shift = int(instance.slot_shift[slot])
    kind = draw(search, 1000)
    if kind < UNITE_SHARE:
        mate = int(state.holder[first + draw(search, size)])
        if mate < 0:
            return -1
        return _member(instance, search, int(instance.pool[mate]), shift)
    if kind < UNITE_SHARE + NEAR_SHARE:
        return _member(instance, search, near_pool(instance, search, int(instance.slot_checkpoint[slot])), shift)
    lists = instance.lists
    begin = int(lists.shift_first[shift])
    count = int(lists.shift_first[shift + 1]) - begin
    return int(lists.shift_people[begin + draw(search, count)]) if count > 0 else -1


@inlined
def near_pool(instance: Instance, search: Search, checkpoint: int) -> int:
    """Draw a squad near a checkpoint: the nearest most often, each further one less (geometric)."""
    pools = instance.lists.near_pools
    rank = 0
    while rank + 1 < pools.shape[1] and draw(search, 1000) < FURTHER:
        rank += 1
    return int(pools[checkpoint, rank])


@inlined
def _member(instance: Instance, search: Search, pool: int, shift: int) -> int:
    """Draw a member of a squad who may serve in the shift, -1 when there is none."""
    lists = instance.lists
    key = pool * len(instance.day) + shift
    begin = int(lists.pool_shift_first[key])
    count = int(lists.pool_shift_first[key + 1]) - begin
    return int(lists.pool_shift_people[begin + draw(search, count)]) if count > 0 else -1


@inlined
def _exchanges(
    instance: Instance, state: State, search: Search, move: tuple[int, int, int, int, int, int], limit: int
) -> int:
    """Let one person take a slot, replace a whole team by members of one squad, or bring a unit into the task.

    Each step of the latter two may break a rule of teams; the move is judged as a whole. Where somebody of a unit finds
    no slot, the move is to be taken back: `BROKEN_OFF`. One loop for all, so that the exchange is compiled once.

    Parameters
    ----------
    move
        The task, its first slot and their number; who serves only together (-1 for no unit); slot and person of a
        single exchange (-1 for a team or unit).
    limit
        Largest change of cost of a single exchange.

    Returns
    -------
    int
        The change of cost.
    """
    task, first, _, unit, only, _ = move
    pool, rival, turns, tries = _extent(instance, state, search, move)
    start = draw(search, 1024)
    change = 0
    done = 0
    for turn in range(turns):
        if only < 0 and _in_place(instance, state, task, first + turn, pool, _unit_person(instance, unit, turn)):
            continue
        step = _step(instance, state, search, move, (pool, rival, turn, tries, start), limit)
        if step != FAILED:
            change += step
            done += 1
        elif unit >= 0 or (pool >= 0 and state.holder[first + turn] >= 0):
            return BROKEN_OFF if done > 0 else FAILED
    return change if done > 0 else FAILED


@inlined
def _step(
    instance: Instance,
    state: State,
    search: Search,
    move: tuple[int, int, int, int, int, int],
    team: tuple[int, int, int, int, int],
    limit: int,
) -> int:
    """Bring one person in, by an exchange or, at a mixed task, along a ring; return the change of cost or `FAILED`.

    Parameters
    ----------
    move, limit
        As in `_exchanges`.
    team
        The squad of a new team, the task with which it changes places, the number of the step, tries, and at which
        member to begin.
    """
    task, first, size, unit, only, _ = move
    pool, rival, turn, tries, start = team
    rings = search.mixed_at[task] >= 0 and unit < 0 and rival < 0 and draw(search, 1000) < RING_SHARE
    for attempt in range(tries):
        slot = first + ((turn + attempt) % size if unit >= 0 else turn) if only < 0 else only
        person = _next_person(instance, move, pool, turn, start + turn + attempt)
        if rival >= 0:
            person = _of_team(instance, state, rival, pool, turn + attempt)
        if only >= 0 or _may_try(instance, state, search, task, slot, person):
            step = exchange(instance, state, search, slot, person, limit if only >= 0 else ANY)
            if step != FAILED:
                return step
    if not rings:
        return FAILED
    if only >= 0:
        return relay(instance, state, search, only, int(instance.pool[move[5]]), limit)
    return relay(instance, state, search, first + turn, pool, 2 * int(instance.points.extra_squad))


@inlined
def _rival(instance: Instance, state: State, search: Search, task: int, pool: int) -> int:
    """Return a task of the same shift with as many heads in which somebody of the squad serves, -1 for none."""
    lists = instance.lists
    shift = int(instance.task_shift[task])
    key = pool * len(instance.day) + shift
    begin = int(lists.pool_shift_first[key])
    count = int(lists.pool_shift_first[key + 1]) - begin
    start = draw(search, count) if count > 0 else 0
    heads = _heads(instance, state, task)
    for turn in range(count):
        held = int(state.at[lists.pool_shift_people[begin + (start + turn) % count], shift])
        if held >= 0 and instance.slot_task[held] != task:
            other = int(instance.slot_task[held])
            return other if _heads(instance, state, other) == heads else -1
    return -1


@inlined
def _heads(instance: Instance, state: State, task: int) -> int:
    """Return how many people serve in a task."""
    heads = 0
    for slot in range(instance.task_first[task], instance.task_first[task + 1]):
        heads += int(state.holder[slot] >= 0)
    return heads


@inlined
def _of_team(instance: Instance, state: State, task: int, pool: int, number: int) -> int:
    """Return who of a squad holds one of a task's slots, by number; -1 for nobody."""
    first = int(instance.task_first[task])
    size = int(instance.task_first[task + 1]) - first
    person = int(state.holder[first + number % size])
    return person if person >= 0 and instance.pool[person] == pool else -1


@inlined
def _extent(
    instance: Instance, state: State, search: Search, move: tuple[int, int, int, int, int, int]
) -> tuple[int, int, int, int]:
    """Return the squad of a new team (-1: none), the task it changes places with (-1: none), steps, tries for each."""
    task, first, size, unit, only, _ = move
    if unit >= 0:
        return -1, -1, _unit_size(instance, unit), size
    if only >= 0:
        return -1, -1, 1, 1
    pool = _team_pool(instance, state, search, task, first, size)
    if pool < 0:
        return -1, -1, 0, 0
    rival = _rival(instance, state, search, task, pool) if draw(search, 1000) < SWAP_SHARE else -1
    return pool, rival, size, size if rival >= 0 else TRIES


@inlined
def _next_person(
    instance: Instance, move: tuple[int, int, int, int, int, int], pool: int, turn: int, number: int
) -> int:
    """Return who moves next: the one asked for, the unit's next, or a member of the squad by number."""
    if pool >= 0:
        lists = instance.lists
        key = pool * len(instance.day) + int(instance.task_shift[move[0]])
        begin = int(lists.pool_shift_first[key])
        count = int(lists.pool_shift_first[key + 1]) - begin
        return int(lists.pool_shift_people[begin + number % count]) if count > 0 else -1
    return move[5] if move[4] >= 0 else _unit_person(instance, move[3], turn)


@inlined
def _unit_person(instance: Instance, unit: int, turn: int) -> int:
    """Return who of a unit is next, -1 when it is no unit's move."""
    return int(instance.teams.unit_people[instance.teams.unit_first[unit] + turn]) if unit >= 0 else -1


@inlined
def _in_place(instance: Instance, state: State, task: int, slot: int, pool: int, person: int) -> bool:
    """Say whether the person serves there already or, with person -1, the slot's holder is of the squad."""
    if person >= 0:
        return bool(_serves(instance, state, person, task))
    holder = int(state.holder[slot])
    return bool(holder >= 0 and instance.pool[holder] == pool)


@inlined
def _team_pool(instance: Instance, state: State, search: Search, task: int, first: int, size: int) -> int:
    """Draw the squad of a new team: one that is there, one that could staff it whole, or a near one; -1 for none.

    A squad of which fewer may serve in the shift than the team has heads is passed over.
    """
    heads = _heads(instance, state, task)
    pools = instance.lists.pool_shift_first
    shift = int(instance.task_shift[task])
    for _ in range(POOLS_DRAWN):
        pool = _drawn_pool(instance, state, search, task, first, size)
        key = pool * len(instance.day) + shift
        if pools[key + 1] - pools[key] >= heads:
            return pool
    return -1


@inlined
def _drawn_pool(instance: Instance, state: State, search: Search, task: int, first: int, size: int) -> int:
    """Draw the squad of a new team: one that is there, one that could staff it whole, or a near one."""
    kind = draw(search, 3)
    mate = int(state.holder[first + draw(search, size)])
    if kind == 0 and mate >= 0:
        return int(instance.pool[mate])
    begin = int(instance.lists.whole_first[task])
    count = int(instance.lists.whole_first[task + 1]) - begin
    if kind == 1 and count > 0:
        rank = 0
        while rank + 1 < count and draw(search, 1000) < FURTHER:
            rank += 1
        return int(instance.lists.whole_pools[begin + rank])
    return near_pool(instance, search, int(instance.task_checkpoint[task]))


@inlined
def _may_try(instance: Instance, state: State, search: Search, task: int, slot: int, person: int) -> bool:
    """Say whether there is a person who is not in the team, and the move under way has not filled the slot yet."""
    if person < 0 or _serves(instance, state, person, task):
        return False
    changed = False
    for entry in range(search.log_count[0]):
        changed = changed or search.log_slot[entry] == slot
    return not changed


@inlined
def _serves(instance: Instance, state: State, person: int, task: int) -> bool:
    """Say whether the person is in the team."""
    held = state.at[person, instance.task_shift[task]]
    return bool(held >= 0 and instance.slot_task[held] == task)
