"""Who serves beside whom, as kernels: new members, pairs, leaders, officers, and the habits of squads."""

from patrol_desk.engine.compiled import inlined, inner, kernel
from patrol_desk.engine.core.features import APART, HARD_COST, NEW, PAIRED, Teams
from patrol_desk.engine.core.instance import Instance, Int8, Int16, Int64
from patrol_desk.engine.core.state import State, empty_slot, fits_slot, has_room, put, take


@inlined
def rules_cost(instance: Instance, state: State, task: int) -> int:
    """Return the points of a task's team rules and habits; `HARD_COST` for each break of a hard one.

    A hard break in which only locked pairs take part is the problem's, not the plan's, and costs nothing.
    """
    first = int(instance.task_first[task])
    last = int(instance.task_first[task + 1])
    day = int(instance.day[instance.task_shift[task]])
    seats = (first, last, day, task)
    return int(_rules_cost(instance.teams, instance.signature, instance.pool, state.holder, state.fixed, seats))


@inlined
def habit_cost(instance: Instance, state: State, task: int) -> int:
    """Return the points of people who stand where their squad stood in past weeks."""
    if instance.teams.habit_first[task] == instance.teams.habit_first[task + 1]:
        return 0
    first = int(instance.task_first[task])
    last = int(instance.task_first[task + 1])
    return int(_habit_cost(instance.teams, instance.pool, state.holder, first, last, task))


@inner
def _habit_cost(teams: Teams, pool: Int64, holder: Int64, first: int, last: int, task: int) -> int:
    cost = 0
    for at in range(teams.habit_first[task], teams.habit_first[task + 1]):
        for slot in range(first, last):
            person = int(holder[slot])
            if person >= 0 and pool[person] == teams.habits[at, 0] and not _stands(holder, first, slot, person):
                cost += int(teams.habits[at, 1])
    return cost


@inner
def _rules_cost(
    teams: Teams, signatures: Int16, pool: Int64, holder: Int64, fixed: Int8, seats: tuple[int, int, int, int]
) -> int:
    """Return the points; `seats` holds first and end of the slots, day and task.

    It is handed few arrays, since it is called and not inlined.
    """
    first, last, day, task = seats
    heads = 0
    new = 0
    chosen = 0
    lead = 0
    official = 0
    cost = 0
    for slot in range(first, last):
        person = int(holder[slot])
        if person < 0 or _stands(holder, first, slot, person):
            continue
        heads += 1
        signature = signatures[person, day]
        lead |= int(teams.signs[signature, 0])
        official |= int(teams.signs[signature, 1])
        if teams.marks[person] & NEW:
            new += 1
            chosen += 1 - int(fixed[slot])
        if teams.marks[person] & PAIRED:
            cost += _pairs_cost(teams, holder, fixed, first, last, slot)
    if heads > 0 and new == heads:
        points = int(teams.task[task, 0])
        cost += points * chosen if points == HARD_COST else points
    if heads > 1 and lead == 0:
        cost += int(teams.task[task, 1])
    if heads > 0 and official == 0:
        cost += int(teams.task[task, 2])
    if teams.habit_first[task] < teams.habit_first[task + 1]:
        cost += _habit_cost(teams, pool, holder, first, last, task)
    return cost


@inlined
def _stands(holder: Int64, first: int, last: int, person: int) -> bool:
    """Say whether a person holds one of some slots."""
    found = False
    for slot in range(first, last):
        found = found or holder[slot] == person
    return found


@inlined
def _pairs_cost(teams: Teams, holder: Int64, fixed: Int8, first: int, last: int, slot: int) -> int:
    """Return the points of the pairs of who holds a slot: met against the rule (told of once), or missed."""
    person = int(holder[slot])
    cost = 0
    for at in range(teams.pair_first[person], teams.pair_first[person + 1]):
        other = int(teams.pairs[at, 0])
        beside = -1
        for seat in range(first, last):
            if other >= 0 and holder[seat] == other:
                beside = seat
        if teams.pairs[at, 1] == APART:
            met = beside >= 0 and person < other
            if met and not (teams.apart == HARD_COST and fixed[slot] == 1 and fixed[beside] == 1):
                cost += int(teams.apart)
        elif beside < 0 and not (teams.together == HARD_COST and fixed[slot] == 1):
            cost += int(teams.together)
    return cost


@inlined
def teams_hold(instance: Instance, state: State, task: int) -> bool:
    """Say whether the task breaks no hard team rule."""
    return bool(instance.teams.hard == 0 or rules_cost(instance, state, task) < HARD_COST)


@inlined
def may_join(instance: Instance, state: State, slot: int, person: int) -> bool:
    """Say whether the team bears the person in an empty slot."""
    if instance.teams.hard == 0:
        return True
    state.holder[slot] = person
    holds = teams_hold(instance, state, int(instance.slot_task[slot]))
    state.holder[slot] = -1
    return bool(holds)


@kernel
def drop_breaks(instance: Instance, state: State) -> int:
    """Send home whoever, not locked, takes part in a break of a hard team rule; return how many."""
    dropped = 0
    if instance.teams.hard == 0:
        return 0
    for task in range(len(instance.task_shift)):
        while not teams_hold(instance, state, task):
            take(instance, state, _offender(instance, state, task))
            dropped += 1
    return dropped


@inner
def _offender(instance: Instance, state: State, task: int) -> int:
    """Return the slot, not locked, whose holder's leaving makes the task break fewest rules."""
    best = -1
    least = 1 << 62
    for slot in range(instance.task_first[task], instance.task_first[task + 1]):
        person = int(state.holder[slot])
        if person < 0 or state.fixed[slot] == 1:
            continue
        state.holder[slot] = -1
        cost = rules_cost(instance, state, task)
        state.holder[slot] = person
        if cost < least:
            best = slot
            least = cost
    return best


@kernel
def seat_units(instance: Instance, state: State, minimum_only: int) -> int:
    """Seat people who serve only together in tasks with room for all of them; return how many units were seated.

    With ``minimum_only=1`` only tasks that lack a minimum head are looked at.
    """
    seated = 0
    for unit in range(len(instance.teams.unit_first) - 1):
        for task in range(len(instance.task_shift)):
            if _lacks(instance, state, task, minimum_only) and _seat_unit(instance, state, unit, task):
                seated += 1
    return seated


@inlined
def _lacks(instance: Instance, state: State, task: int, minimum_only: int) -> bool:
    """Say whether a group of the task lacks a head."""
    for slot in range(instance.task_first[task], instance.task_first[task + 1]):
        group = int(instance.slot_group[slot])
        wanted = int(instance.minimum[group]) if minimum_only == 1 else int(instance.desired[group])
        if state.heads[group] < wanted:
            return True
    return False


@inner
def _seat_unit(instance: Instance, state: State, unit: int, task: int) -> bool:
    """Put everybody of a unit into the task, or leave it as it was."""
    teams = instance.teams
    begin = int(teams.unit_first[unit])
    end = int(teams.unit_first[unit + 1])
    at = begin
    while at < end and _seat_one(instance, state, int(teams.unit_people[at]), task):
        at += 1
    if at == end and teams_hold(instance, state, task):
        return True
    shift = int(instance.task_shift[task])
    while at > begin:
        at -= 1
        take(instance, state, int(state.at[teams.unit_people[at], shift]))
    return False


@inlined
def _seat_one(instance: Instance, state: State, person: int, task: int) -> bool:
    """Put somebody into a free seat of the task; False when none is left to them."""
    for slot in range(instance.task_first[task], instance.task_first[task + 1]):
        if state.holder[slot] >= 0 or empty_slot(instance, state, int(instance.slot_group[slot])) < 0:
            continue
        if fits_slot(instance, person, slot) and has_room(instance, state, person, slot, -1):
            put(instance, state, slot, person)
            return True
    return False
