"""People change seats in a ring along their squads, so that a mixed patrol becomes one squad's.

The leaver of a mixed patrol should make room for the comer's squad. The comer gives up a duty, a mate takes that and
gives up another one, until a mate simply has room, or until what is given up hurts no patrol, since nobody else of the
squad stands there. That last duty goes to the leaver, or to a mate of the leaver whose own duty the leaver takes.
Trades among mates leave every patrol as whole as it is, so that of all rings of so many people these are the ones that
help; a swap of two seldom fits, for the leaver would have to be available, rested and within reach where the comer was.
"""

from patrol_desk.engine.compiled import inlined
from patrol_desk.engine.core.cost import team_cost
from patrol_desk.engine.core.instance import Instance
from patrol_desk.engine.core.state import State, fits_slot, has_room, put
from patrol_desk.engine.search.exchange import (
    DEPTH,
    FAILED,
    PATH_CURSOR,
    PATH_GIVEN,
    PATH_HOLDER,
    PATH_NEW,
    PATH_PERSON,
    PATH_SLOT,
    PATH_START,
    PATH_WANT,
    Search,
    draw,
    lift,
    person_change,
)

MOST = 24
"""Rings whose cost is computed in one move."""

STEPS = 50
"""Members of the comer's squad looked at in one move."""


@inlined
def relay(instance: Instance, state: State, search: Search, slot: int, pool: int, limit: int) -> int:
    """Give a slot to a squad through a ring; return the change of cost, `FAILED` when none is within the limit."""
    leaver = int(state.holder[slot])
    if leaver < 0 or state.fixed[slot] == 1 or instance.pool[leaver] == pool:
        return FAILED
    looks = MOST
    steps = STEPS
    level = 0
    _enter(instance, search, level, slot, pool)
    while level >= 0 and looks > 0:
        found, steps = _next(instance, state, search, level, pool, steps)
        if not found:
            level -= 1
            continue
        given = int(search.path[level, PATH_GIVEN])
        within = given >= 0 and instance.slot_task[given] == instance.slot_task[slot]
        if not within and (given < 0 or _bears(instance, state, given, pool, int(instance.pool[leaver]))):
            change, looks = _close(instance, state, search, level, leaver, limit, looks)
            if change != FAILED:
                return change
        elif level + 1 < DEPTH:
            level += 1
            _enter(instance, search, level, given, pool)
    return FAILED


@inlined
def _members(instance: Instance, pool: int, slot: int) -> tuple[int, int]:
    """Return where the members of a squad who may serve in a slot's shift begin in the list, and their number."""
    first = instance.lists.pool_shift_first
    key = pool * len(instance.day) + int(instance.slot_shift[slot])
    return int(first[key]), int(first[key + 1] - first[key])


@inlined
def _enter(instance: Instance, search: Search, level: int, want: int, pool: int) -> None:
    """Begin to look for who of the squad takes a slot."""
    _, count = _members(instance, pool, want)
    search.path[level, PATH_WANT] = want
    search.path[level, PATH_START] = draw(search, count) if count > 0 else 0
    search.path[level, PATH_CURSOR] = 0


@inlined
def _next(instance: Instance, state: State, search: Search, level: int, pool: int, steps: int) -> tuple[bool, int]:
    """Find the next of the squad who may take what is wanted at a level, and what that one gives up (-1: nothing).

    Returns
    -------
    tuple
        Whether there is one; steps that are left.
    """
    path = search.path
    want = int(path[level, PATH_WANT])
    begin, count = _members(instance, pool, want)
    width = state.duty.shape[1]
    while steps > 0 and path[level, PATH_CURSOR] < count * width:
        turn = int(path[level, PATH_CURSOR])
        person = int(instance.lists.pool_shift_people[begin + (int(path[level, PATH_START]) + turn // width) % count])
        option = turn % width - 1
        if option < 0:
            steps -= 1
        if option >= state.duties[person] or (option < 0 and not _may_come(instance, state, search, level, person)):
            path[level, PATH_CURSOR] = turn - turn % width + width
            continue
        path[level, PATH_CURSOR] = turn + 1
        given = int(state.duty[person, option]) if option >= 0 else -1
        if _may_give(instance, state, search, level, person, given):
            path[level, PATH_PERSON] = person
            path[level, PATH_GIVEN] = given
            return True, steps
    return False, steps


@inlined
def _may_come(instance: Instance, state: State, search: Search, level: int, person: int) -> bool:
    """Say whether somebody, seen alone, may take what is wanted at a level, and moves nowhere else in the ring.

    Only the first may come from another seat of the patrol.
    """
    want = int(search.path[level, PATH_WANT])
    if not fits_slot(instance, person, want):
        return False
    for earlier in range(level):
        if search.path[earlier, PATH_PERSON] == person:
            return False
    held = int(state.at[person, instance.slot_shift[want]])
    return bool(level == 0 or held < 0 or instance.slot_task[held] != instance.slot_task[want])


@inlined
def _may_give(instance: Instance, state: State, search: Search, level: int, person: int, given: int) -> bool:
    """Say whether giving up one duty (-1: none) makes room for what is wanted, and that duty may change hands."""
    want = int(search.path[level, PATH_WANT])
    held = int(state.at[person, instance.slot_shift[want]])
    if (held >= 0 and given != held) or not has_room(instance, state, person, want, given):
        return False
    if given < 0:
        return True
    within = level == 0 and instance.slot_task[given] == instance.slot_task[want]
    return bool(state.fixed[given] == 0 and (within or not _touched(instance, search, level, given)))


@inlined
def _touched(instance: Instance, search: Search, level: int, slot: int) -> bool:
    """Say whether the ring goes through the slot's task already."""
    found = False
    for earlier in range(level + 1):
        found = found or instance.slot_task[search.path[earlier, PATH_WANT]] == instance.slot_task[slot]
    return found


@inlined
def _bears(instance: Instance, state: State, given: int, pool: int, comes: int) -> bool:
    """Say whether a patrol is none the more mixed for one of a squad leaving and one of another coming."""
    task = int(instance.slot_task[given])
    mates = False
    for slot in range(instance.task_first[task], instance.task_first[task + 1]):
        person = int(state.holder[slot])
        if person < 0 or slot == given:
            continue
        if instance.pool[person] == comes:
            return True
        mates = mates or instance.pool[person] == pool
    return not mates


@inlined
def _close(
    instance: Instance, state: State, search: Search, level: int, leaver: int, limit: int, looks: int
) -> tuple[int, int]:
    """Give what is given up last to the leaver, or to a mate whose duty the leaver takes; carry a good ring out.

    Returns
    -------
    tuple
        The change of cost or `FAILED`; looks that are left.
    """
    given = int(search.path[level, PATH_GIVEN])
    begin, count = _members(instance, int(instance.pool[leaver]), max(given, 0))
    count = count if given >= 0 else 0
    start = draw(search, count) if count > 0 else 0
    for turn in range(-1, count):
        mate = leaver
        if turn >= 0:
            mate = int(instance.lists.pool_shift_people[begin + (start + turn) % count])
        if turn >= 0 and (mate == leaver or not fits_slot(instance, mate, given)):
            continue
        for place in range(-1, state.duties[mate] if turn >= 0 else 0):
            passed = int(state.duty[mate, place]) if place >= 0 else -1
            if not _may_end(instance, state, search, level, (leaver, mate, passed)):
                continue
            looks -= 1
            change = _turn(instance, state, search, level, (leaver, mate, passed), limit)
            if change != FAILED or looks <= 0:
                return change, looks
    return FAILED, looks


@inlined
def _may_end(instance: Instance, state: State, search: Search, level: int, end: tuple[int, int, int]) -> bool:
    """Say whether the leaver, or a mate who passes a duty on (-1: none) to the leaver, may take what is given up."""
    leaver, mate, passed = end
    slot = int(search.path[0, PATH_WANT])
    given = int(search.path[level, PATH_GIVEN])
    if given < 0:
        return True
    takes = given
    if mate != leaver:
        held = int(state.at[mate, instance.slot_shift[given]])
        if (held >= 0 and passed != held) or not has_room(instance, state, mate, given, passed):
            return False
        if passed < 0:
            return True
        takes = passed
        same = instance.slot_task[passed] == instance.slot_task[given]
        if same or state.fixed[passed] == 1 or _touched(instance, search, level, passed):
            return False
    return bool(fits_slot(instance, leaver, takes) and has_room(instance, state, leaver, takes, slot))


@inlined
def _turn(instance: Instance, state: State, search: Search, level: int, end: tuple[int, int, int], limit: int) -> int:
    """Carry a ring out when its change of cost is within the limit; `end` as in `_may_end`."""
    path = search.path
    count = _lay_out(search, level, end)
    change = _people_change(instance, state, search, level, end)
    if change - 3 * int(instance.points.extra_squad) > limit:
        return FAILED  # the teams can hardly win that back
    change += _teams_change(instance, state, search, count)
    if change > limit:
        return FAILED
    for step in range(count):
        lift(instance, state, search, int(path[step, PATH_SLOT]))
    for step in range(count):
        slot = int(path[step, PATH_SLOT])
        put(instance, state, slot, int(path[step, PATH_NEW]))
        search.cohesion[instance.slot_task[slot]] = search.after[step]
    return change


@inlined
def _lay_out(search: Search, level: int, end: tuple[int, int, int]) -> int:
    """Write which slots change hands and who takes each; return how many."""
    leaver, mate, passed = end
    path = search.path
    count = level + 1
    for step in range(count):
        path[step, PATH_SLOT] = path[step, PATH_WANT]
        path[step, PATH_NEW] = path[step, PATH_PERSON]
    if path[level, PATH_GIVEN] >= 0:
        path[count, PATH_SLOT] = path[level, PATH_GIVEN]
        path[count, PATH_NEW] = mate
        count += 1
    if mate != leaver and passed >= 0:
        path[count, PATH_SLOT] = passed
        path[count, PATH_NEW] = leaver
        count += 1
    return count


@inlined
def _people_change(instance: Instance, state: State, search: Search, level: int, end: tuple[int, int, int]) -> int:
    """Return the change of the costs of a ring's people; one loop, so that what is inlined is compiled once."""
    leaver, mate, passed = end
    path = search.path
    last = int(path[level, PATH_GIVEN])
    change = 0
    for step in range(level + (2 if mate == leaver else 3)):
        who, old, new = mate, passed, last
        if step <= level:
            who, old, new = int(path[step, PATH_PERSON]), int(path[step, PATH_GIVEN]), int(path[step, PATH_WANT])
        elif step == level + 1:
            who, old, new = leaver, int(path[0, PATH_WANT]), last if mate == leaver else passed
        change += person_change(instance, state, who, old, new)
    return change


@inlined
def _teams_change(instance: Instance, state: State, search: Search, count: int) -> int:
    """Return the change of the team costs of a ring's tasks; their new costs stay in `Search.after`.

    Only the first two slots may be of one task.
    """
    path = search.path
    for step in range(count):
        slot = int(path[step, PATH_SLOT])
        path[step, PATH_HOLDER] = state.holder[slot]
        state.holder[slot] = path[step, PATH_NEW]
    change = 0
    for step in range(count):
        task = int(instance.slot_task[path[step, PATH_SLOT]])
        if step == 1 and task == instance.slot_task[path[0, PATH_SLOT]]:
            search.after[1] = search.after[0]
            continue
        search.after[step] = team_cost(instance, state, task)
        change += int(search.after[step]) - int(search.cohesion[task])
    for step in range(count):
        state.holder[path[step, PATH_SLOT]] = path[step, PATH_HOLDER]
    return change
