"""The objective as kernels: what one person and one task cost in a state, in points."""

from patrol_desk.engine.compiled import inlined, inner, kernel
from patrol_desk.engine.core.instance import Instance
from patrol_desk.engine.core.runs import penalty
from patrol_desk.engine.core.spread import spread_cost
from patrol_desk.engine.core.state import State
from patrol_desk.engine.core.teams import rules_cost


@inner
def class_cost(instance: Instance, state: State, person: int) -> int:
    """Return the growth of the person's squared loads per class."""
    cost = 0
    for place in range(state.duties[person]):
        kind = instance.load_class[instance.slot_shift[state.duty[person, place]]]
        before = int(instance.class_load[person, kind])
        for earlier in range(place):
            if instance.load_class[instance.slot_shift[state.duty[person, earlier]]] == kind:
                before += 1
        cost += int(instance.class_points[kind]) * (2 * before + 1)
    return cost


@inner
def kept_bonus(instance: Instance, state: State, person: int) -> int:
    """Return the points earned by duties which the baseline has too."""
    lists = instance.lists
    first = int(lists.base_first[person])
    last = int(lists.base_first[person + 1])
    bonus = 0
    for entry in range(first, last):
        for place in range(state.duties[person]):
            if instance.slot_task[state.duty[person, place]] == lists.base_task[entry]:
                bonus += int(instance.points.change) * int(lists.base_times[entry])
                break
    return bonus


@inlined
def way_cost(instance: Instance, checkpoint: int, hundreds: int) -> int:
    """Return what a way of so many hundreds of metres costs, more where it passes a weighted reach."""
    cost = int(instance.points.near) * hundreds
    if instance.reach.active == 1 and hundreds > instance.reach.limits[checkpoint, 0]:
        cost += int(instance.reach.limits[checkpoint, 1]) * (hundreds - int(instance.reach.limits[checkpoint, 0]))
    return cost


@kernel
def person_cost(instance: Instance, state: State, person: int) -> int:
    """Return load, way, prices and runs of a person's duties, less the bonus for what stays as it was."""
    duties = int(state.duties[person])
    points = instance.points
    cost = int(points.load) * duties * (2 * int(instance.load[person]) + duties)
    cost += class_cost(instance, state, person)
    for place in range(duties):
        slot = state.duty[person, place]
        checkpoint = int(instance.slot_checkpoint[slot])
        cost += way_cost(instance, checkpoint, int(instance.near[person, checkpoint]))
        cost += int(instance.price[person, instance.slot_shift[slot]])
    if instance.runs.weighted == 1:
        held = state.duty[person, :duties]
        cost += penalty(instance.runs, instance.slot_shift, instance.day, held, person, -1, -1)
    return cost - kept_bonus(instance, state, person)


@inlined
def missing_cost(instance: Instance, state: State, group: int) -> int:
    """Return the points of the heads that a group lacks."""
    heads = int(state.heads[group])
    least = int(instance.minimum[group])
    cost = 0
    if heads < least:
        cost += (least - heads) * int(instance.fill[group])
        heads = least
    if heads < instance.desired[group]:
        cost += (int(instance.desired[group]) - heads) * int(instance.points.desired)
    return cost


@inlined
def team_cost(instance: Instance, state: State, task: int) -> int:
    """Return what the people of a task cost as a team: cohesion, team rules and habits."""
    cost = cohesion_cost(instance, state, task)
    if instance.teams.active == 1:
        cost += rules_cost(instance, state, task)
    return cost


@inlined
def cohesion_cost(instance: Instance, state: State, task: int) -> int:
    """Return the cohesion of a task: further squads, and a missing leader of the strongest one."""
    heads = 0
    mixed = False
    led = 0
    for slot in range(instance.task_first[task], instance.task_first[task + 1]):
        person = state.holder[slot]
        if person >= 0:
            state.team[heads] = 2 * instance.pool[person] + instance.leads[person]
            mixed = mixed or state.team[heads] // 2 != state.team[0] // 2
            led |= int(instance.leads[person])
            heads += 1
    if heads < 2:
        return 0
    if mixed:
        return _mixed_cost(instance, state, heads)
    return 0 if led == 1 else int(instance.points.no_lead)


@inlined
def _mixed_cost(instance: Instance, state: State, heads: int) -> int:
    """Return the cohesion of the first heads of `State.team`, which are of several squads."""
    squads = 0
    most = 0
    led = 0
    for head in range(heads):
        pool = state.team[head] // 2
        same = 0
        same_led = 0
        for other in range(heads):
            if state.team[other] // 2 != pool:
                continue
            if other < head:
                same = -1
                break
            same += 1
            same_led |= int(state.team[other]) & 1
        if same < 0:
            continue
        squads += 1
        if same > most:
            most = same
            led = same_led
        elif same == most:
            led |= same_led
    cost = (squads - 1) * int(instance.points.extra_squad)
    return cost if led == 1 else cost + int(instance.points.no_lead)


@inlined
def task_cost(instance: Instance, state: State, task: int) -> int:
    """Return what a task costs: missing heads, cohesion, team rules and habits."""
    cost = team_cost(instance, state, task)
    previous = -1
    for slot in range(instance.task_first[task], instance.task_first[task + 1]):
        group = int(instance.slot_group[slot])
        if group != previous:
            cost += missing_cost(instance, state, group)
            previous = group
    return cost


@kernel
def state_cost(instance: Instance, state: State) -> int:
    """Return the whole cost, less the constant for the baseline (the full price of changing all of it)."""
    cost = 0
    for person in range(len(state.duties)):
        cost += person_cost(instance, state, person)
    for task in range(len(instance.task_shift)):
        cost += team_cost(instance, state, task)
    for group in range(len(state.heads)):
        cost += missing_cost(instance, state, group)
    if instance.spread.active == 1:
        for checkpoint in range(len(instance.spread.wanted)):
            cost += spread_cost(instance.spread, instance.task_first, instance.task_shift, state.holder, checkpoint)
    return cost
