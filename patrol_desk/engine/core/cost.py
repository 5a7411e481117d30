"""The objective as kernels: what one person and one task cost in a state, in points."""

from patrol_desk.engine.compiled import kernel
from patrol_desk.engine.core.instance import Instance
from patrol_desk.engine.core.state import State


@kernel
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


@kernel
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


@kernel
def person_cost(instance: Instance, state: State, person: int) -> int:
    """Return load, way and wishes of a person, less the bonus for what stays as it was."""
    duties = int(state.duties[person])
    points = instance.points
    cost = int(points.load) * duties * (2 * int(instance.load[person]) + duties)
    cost += class_cost(instance, state, person)
    for place in range(duties):
        slot = state.duty[person, place]
        cost += int(points.near) * int(instance.near[person, instance.slot_checkpoint[slot]])
        cost += int(points.wish) * int(instance.wish[person, instance.slot_shift[slot]])
    return cost - kept_bonus(instance, state, person)


@kernel
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


@kernel
def team_cost(instance: Instance, state: State, task: int) -> int:
    """Return the cohesion of a task: further squads, and a missing leader of the strongest one."""
    first = int(instance.task_first[task])
    last = int(instance.task_first[task + 1])
    heads = 0
    squads = 0
    most = 0
    led = 0
    for slot in range(first, last):
        person = state.holder[slot]
        if person < 0:
            continue
        heads += 1
        same, same_led, seen = same_squad(instance, state, slot, first, last)
        if seen == 1:
            continue
        squads += 1
        if same > most:
            most = same
            led = same_led
        elif same == most and same_led > led:
            led = same_led
    if heads < 2:
        return 0
    cost = (squads - 1) * int(instance.points.extra_squad)
    if led == 0:
        cost += int(instance.points.no_lead)
    return cost


@kernel
def same_squad(instance: Instance, state: State, slot: int, first: int, last: int) -> tuple[int, int, int]:
    """Return how many of the team share the holder's squad, whether one of them leads, and whether an earlier one does."""
    pool = instance.pool[state.holder[slot]]
    same = 0
    led = 0
    for other in range(first, last):
        person = state.holder[other]
        if person >= 0 and instance.pool[person] == pool:
            if other < slot:
                return 0, 0, 1
            same += 1
            if instance.leads[person] == 1:
                led = 1
    return same, led, 0


@kernel
def task_cost(instance: Instance, state: State, task: int) -> int:
    """Return what a task costs: missing heads and cohesion."""
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
    return cost
