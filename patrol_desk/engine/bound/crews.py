"""The seats' part of the bound of wages, compiled: the cheapest patrol of each task, told apart by squads and marks.

Σ_j min_Q [short_j(Q) + team_j(Q) + Σ_{p ∈ Q} (c_pj + w_pt)] over all sets Q of people who could stand in task j, locked
ones forced. People are gone through squad by squad; the state is how many heads each seat group has, and whether
anybody leads or is an officer. `docs/scheduler.md` derives it.
"""

from typing import Final

from patrol_desk.engine.bound.bench import NOTHING
from patrol_desk.engine.bound.patrols import MARKS, STATES, Patrols
from patrol_desk.engine.compiled import inlined, inner, kernel
from patrol_desk.engine.core.cost import way_cost
from patrol_desk.engine.core.instance import Instance, Int64

FAR: Final = -NOTHING
"""A cost at which nobody is taken."""


@kernel
def patrols_part(instance: Instance, patrols: Patrols, locked_heads: Int64, wages: Int64, taken: Int64) -> int:
    """Return the sum of the cheapest patrols, and count how often each place is taken.

    Parameters
    ----------
    instance, patrols
        The problem.
    locked_heads
        (G,) locked heads.
    wages, taken
        (n,) by place: what the person earns, and how many patrols took them.
    """
    total = 0
    checkpoint = -1
    for at in range(len(patrols.order)):
        task = int(patrols.order[at])
        if instance.task_checkpoint[task] != checkpoint:
            checkpoint = int(instance.task_checkpoint[task])
            _measure(instance, patrols, checkpoint)
        least = _price_places(instance, patrols, task, wages)
        states = _lay_out(instance, patrols, task, locked_heads)
        if states > 0:
            total += _cheapest(instance, patrols, task, states, taken)
        else:
            total += _seat_by_seat(instance, patrols, task, locked_heads, least)
    return total


@inner
def _measure(instance: Instance, patrols: Patrols, checkpoint: int) -> None:
    """Write what everybody's way to a checkpoint costs, and whether anybody of each pool reaches it."""
    patrols.reached[:] = 0
    for person in range(len(patrols.way)):
        distance = int(instance.near[person, checkpoint])
        patrols.way[person] = FAR
        if distance >= 0:
            patrols.way[person] = way_cost(instance, checkpoint, distance)
            patrols.reached[instance.pool[person]] = 1


@inner
def _price_places(instance: Instance, patrols: Patrols, task: int, wages: Int64) -> int:
    """Write what each place costs in the task, and one, two and three of each run at least; return the least of all."""
    shift = instance.task_shift[task]
    first = int(patrols.shift_runs[shift])
    last = int(patrols.shift_runs[shift + 1])
    for run in range(first, last):
        if patrols.reached[patrols.run_pool[run]] == 1:
            for place in range(patrols.run_first[run], patrols.run_first[run + 1]):
                patrols.cost[place] = patrols.way[patrols.person[place]] + wages[place]
    for at in range(patrols.kept_first[task], patrols.kept_first[task + 1]):
        patrols.cost[patrols.kept[at, 0]] -= patrols.kept[at, 1]
    for run in range(first, last):
        one = FAR
        two = FAR
        three = FAR
        end = int(patrols.run_first[run + patrols.reached[patrols.run_pool[run]]])
        for place in range(patrols.run_first[run], end):
            cost = int(patrols.cost[place])
            three = min(three, max(two, cost))
            two = min(two, max(one, cost))
            one = min(one, cost)
        patrols.low[run, 0] = one
        patrols.low[run, 1] = one + two
        patrols.low[run, 2] = one + two + three
        patrols.low[run, 3] = three
    further = int(instance.points.extra_squad) if patrols.held_people[task] == 0 else 0
    _look_round(patrols, first, last, further)
    return int(patrols.rest[1])


@inner
def _look_round(patrols: Patrols, first: int, last: int, further: int) -> None:
    """Write what one, two, three and each more head cost at least, whoever they are, further squads included."""
    one = FAR
    two = FAR
    three = FAR
    pair = FAR
    trio = FAR
    for run in range(first, last):
        if patrols.low[run, 0] == FAR:
            continue
        before = 0
        for at in range(3):
            cost = int(patrols.low[run, at]) - before
            before = int(patrols.low[run, at])
            three = min(three, max(two, cost))
            two = min(two, max(one, cost))
            one = min(one, cost)
        pair = min(pair, int(patrols.low[run, 1]))
        trio = min(trio, before)
    patrols.rest[1] = one
    patrols.rest[2] = min(pair, one + two + further)
    patrols.rest[3] = min(trio, one + pair + further, one + two + three + 2 * further)
    patrols.rest[4] = three


@inner
def _lay_out(instance: Instance, patrols: Patrols, task: int, locked_heads: Int64) -> int:
    """Write heads and missing heads of each state of a task; return the number of states, 0 for too many."""
    states = 1
    first = int(patrols.group_first[task])
    count = int(patrols.group_first[task + 1]) - first
    for at in range(count):
        group = patrols.group[first + at]
        patrols.size[at] = max(0, int(instance.desired[group]) - int(locked_heads[group]))
        patrols.stride[at] = states
        states *= int(patrols.size[at]) + 1
        if states > STATES:
            return 0
    for state in range(states):
        patrols.heads[state] = 0
        patrols.short[state] = 0
        for at in range(count):
            group = patrols.group[first + at]
            free = state // int(patrols.stride[at]) % (int(patrols.size[at]) + 1)
            patrols.room[state, at] = int(patrols.size[at]) - free
            patrols.heads[state] += free
            patrols.short[state] += _short(instance, int(group), free + int(locked_heads[group]))
    return states


@inlined
def _short(instance: Instance, group: int, heads: int) -> int:
    """Return the points of the heads that a group with so many lacks."""
    least = int(instance.minimum[group])
    cost = max(0, least - heads) * int(instance.fill[group])
    return cost + max(0, int(instance.desired[group]) - max(least, heads)) * int(instance.points.desired)


@inner
def _seat_by_seat(instance: Instance, patrols: Patrols, task: int, locked_heads: Int64, least: int) -> int:
    """Return a bound for a task of very many seats: each head costs at least what the cheapest person does."""
    total = 0
    for at in range(patrols.group_first[task], patrols.group_first[task + 1]):
        group = int(patrols.group[at])
        held = int(locked_heads[group])
        best = _short(instance, group, held)
        for corner in (int(instance.minimum[group]), int(instance.desired[group])):
            if corner > held and least < FAR // 2:
                best = min(best, _short(instance, group, corner) + (corner - held) * least)
        total += best
    return total


@inner
def _cheapest(instance: Instance, patrols: Patrols, task: int, states: int, taken: Int64) -> int:
    """Return what the cheapest patrol of a task costs, and count the places it takes."""
    marks = MARKS if patrols.points[task, 1] > 0 else 2
    held = int(patrols.held_first[task + 1] - patrols.held_first[task])
    for mark in range(marks):
        for state in range(states):
            patrols.best[mark, state] = FAR
            patrols.best_node[mark, state] = -1
    patrols.best[patrols.held_marks[task] % marks, 0] = 0
    cost, at = _end(instance, patrols, task, states, marks)
    shift = instance.task_shift[task]
    first = int(patrols.shift_runs[shift])
    last = int(patrols.shift_runs[shift + 1])
    further = int(instance.points.extra_squad) if held == 0 else 0
    whole = min(3, max(1, int(patrols.heads[states - 1]))) - 1
    begin = first
    for run in range(first, last):
        if patrols.low[run, whole] < patrols.low[begin, whole]:
            begin = run
    nodes = 0
    dearest = FAR
    for step in range(first - 1 if last > first else last, last):
        run = begin if step < first else step
        if patrols.low[run, 0] >= dearest or (step >= first and run == begin):
            continue
        if not _may_help(patrols, run, states, further, cost):
            continue
        nodes = _go_through(instance, patrols, task, run, states, marks, nodes)
        cost, at = _end(instance, patrols, task, states, marks)
        dearest = _dearest(patrols, states, cost)
    node = int(patrols.best_node[at // STATES, at % STATES])
    while node >= 0:
        taken[patrols.node[node, 0]] += 1
        node = int(patrols.node[node, 1])
    return cost + max(0, held - 1) * int(instance.points.extra_squad)


@inlined
def _least_price(patrols: Patrols, run: int, heads: int, further: int) -> int:
    """Return what so many heads cost at least, one or more of them of the run: one, two, or three and more."""
    price = FAR
    for own in range(1, min(heads, 3) + 1):
        others = heads - own
        cost = int(patrols.low[run, own - 1]) + int(patrols.rest[min(others, 3)])
        cost += max(0, others - 3) * int(patrols.rest[4])
        if others > 0 and (own < 3 or others == 1):
            cost += further
        price = min(price, cost)
    if heads > 3:
        price = min(price, int(patrols.low[run, 2]) + (heads - 3) * int(patrols.low[run, 3]))
    return price


@inner
def _dearest(patrols: Patrols, states: int, cost: int) -> int:
    """Return what somebody costs at least who is in no patrol cheaper than one that is known."""
    most = -FAR
    for state in range(1, states):
        others = int(patrols.heads[state]) - 1
        beside = int(patrols.rest[min(others, 3)]) + max(0, others - 3) * int(patrols.rest[4])
        most = max(most, cost - int(patrols.short[state]) - beside)
    return most


@inlined
def _may_help(patrols: Patrols, run: int, states: int, further: int, cost: int) -> bool:
    """Say whether a patrol with somebody of the run could cost less than what is known."""
    helps = False
    for state in range(1, states):
        price = _least_price(patrols, run, int(patrols.heads[state]), further)
        helps = helps or price + int(patrols.short[state]) < cost
    return helps


@inner
def _go_through(instance: Instance, patrols: Patrols, task: int, run: int, states: int, marks: int, nodes: int) -> int:
    """Let the people of a run join, at the price of a further squad; return the number of steps remembered."""
    pool = int(patrols.run_pool[run])
    opening = _opening(instance, patrols, task, pool)
    habit = _habit(instance, task, pool)
    for mark in range(marks):
        for state in range(states):
            patrols.opened[mark, state] = patrols.best[mark, state] + opening
            patrols.opened_node[mark, state] = patrols.best_node[mark, state]
    for place in range(patrols.run_first[run], patrols.run_first[run + 1]):
        if patrols.cost[place] < FAR // 2:
            nodes = _join(instance, patrols, task, place, habit, states, marks, nodes)
    for mark in range(marks):
        for state in range(states):
            if patrols.opened[mark, state] < patrols.best[mark, state]:
                patrols.best[mark, state] = patrols.opened[mark, state]
                patrols.best_node[mark, state] = patrols.opened_node[mark, state]
    return nodes


@inlined
def _opening(instance: Instance, patrols: Patrols, task: int, pool: int) -> int:
    """Return what a pool costs as a further squad: nothing where one of it is locked."""
    opening = int(instance.points.extra_squad)
    for at in range(patrols.held_first[task], patrols.held_first[task + 1]):
        if patrols.held[at] == pool:
            opening = 0
    return opening


@inlined
def _habit(instance: Instance, task: int, pool: int) -> int:
    """Return what each head of a pool costs in the task for having stood there in past weeks."""
    habit = 0
    for at in range(instance.teams.habit_first[task], instance.teams.habit_first[task + 1]):
        if instance.teams.habits[at, 0] == pool:
            habit += int(instance.teams.habits[at, 1])
    return habit


@inner
def _join(
    instance: Instance, patrols: Patrols, task: int, place: int, habit: int, states: int, marks: int, nodes: int
) -> int:
    """Let one person join in any seat that fits them; return the number of steps remembered."""
    person = int(patrols.person[place])
    signature = instance.signature[person, instance.day[instance.task_shift[task]]]
    bits = (int(instance.leads[person]) | int(instance.teams.signs[signature, 0])) % 2
    bits = (bits + 2 * int(instance.teams.signs[signature, 1])) % marks
    cost = int(patrols.cost[place]) + habit
    first = int(patrols.group_first[task])
    for at in range(states - 1, -1, -1):
        for seat in range(patrols.group_first[task + 1] - first):
            if patrols.room[at, seat] == 0:
                continue
            if instance.fits[signature, instance.group_wants[patrols.group[first + seat]]] == 0:
                continue
            then = at + int(patrols.stride[seat])
            for mark in range(marks):
                value = int(patrols.opened[mark, at]) + cost
                if value < min(FAR // 2, int(patrols.opened[mark | bits, then])):
                    patrols.opened[mark | bits, then] = value
                    node = min(nodes, len(patrols.node) - 1)
                    patrols.node[node, 0] = place
                    patrols.node[node, 1] = patrols.opened_node[mark, at] if nodes < len(patrols.node) else -1
                    patrols.opened_node[mark | bits, then] = node
                    nodes = min(nodes + 1, len(patrols.node))
    return nodes


@inner
def _end(instance: Instance, patrols: Patrols, task: int, states: int, marks: int) -> tuple[int, int]:
    """Return the least that a patrol costs with the runs so far, without its locked squads, and its mark and state."""
    held = int(patrols.held_people[task])
    best = FAR
    where = 0
    for mark in range(marks):
        for state in range(states):
            people = int(patrols.heads[state]) + held
            cost = int(patrols.best[mark, state]) + int(patrols.short[state])
            if held == 0 and people > 0:
                cost -= int(instance.points.extra_squad)
            if people > 1 and mark & 1 == 0:
                cost += int(patrols.points[task, 0])
            if people > 0 and mark & 2 == 0:
                cost += int(patrols.points[task, 1])
            if cost < best:
                best = cost
                where = mark * STATES + state
    return best, where
