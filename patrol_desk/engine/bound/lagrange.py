"""The Lagrangian bound of seat prices, compiled: L(u), and which heads the people would take at these prices.

L(u) = Σ_g min_h [short_g(h) + u_g h] + Σ_p min_S [Σ_{(p,g) ∈ S} (c_pg - u_g) + load growth of S]
(A. M. Geoffrion, Lagrangean relaxation for integer programming, 1974). S is any schedule which person p may keep alone;
its minimum is found by trying all, or where those are too many as a path through the shifts in order of start, on which
a class's load grows by its first step only. Locked pairs are forced. `docs/scheduler.md` derives it.
"""

from patrol_desk.engine.bound.bench import NOTHING, Bench, Economy
from patrol_desk.engine.bound.weeks import best_week, shift_price
from patrol_desk.engine.compiled import inner, kernel
from patrol_desk.engine.core.cost import way_cost
from patrol_desk.engine.core.instance import Instance, Int64


@kernel
def seats_part(instance: Instance, economy: Economy, bench: Bench, prices: Int64, heads: Int64) -> int:
    """Return Σ_g min_h [short_g(h) + u_g h] and write the h which attains it into `heads`.

    short_g is convex and piecewise linear: the least is at locked, minimum or desired heads.
    """
    total = 0
    for group in range(len(prices)):
        low = int(bench.locked_heads[group])
        best = 1 << 62
        for corner in (int(instance.desired[group]), int(instance.minimum[group]), low):
            count = max(corner, low)
            cost = int(prices[group]) * count
            least = int(instance.minimum[group])
            if count < least:
                cost += (least - count) * int(economy.fill[group])
            cost += max(0, int(instance.desired[group]) - max(count, least)) * int(economy.desired)
            if cost < best:
                best = cost
                heads[group] = count
        total += best
    return total


@kernel
def fill_table(instance: Instance, bench: Bench, prices: Int64) -> None:
    """Write for each set of capabilities the best price at each checkpoint in each shift."""
    bench.table[:] = NOTHING
    for group in range(len(prices)):
        task = instance.group_task[group]
        shift = instance.task_shift[task]
        checkpoint = instance.task_checkpoint[task]
        for signature in range(len(instance.fits)):
            fits = instance.fits[signature, instance.group_wants[group]] == 1
            if fits and prices[group] > bench.table[signature, shift, checkpoint]:
                bench.table[signature, shift, checkpoint] = prices[group]
                bench.seat[signature, shift, checkpoint] = group


@inner
def _best_seats(instance: Instance, economy: Economy, bench: Bench, person: int) -> None:
    """Write into `gain` what the person could earn at best in each free shift; `group` is left open (-1)."""
    first = int(bench.first[person])
    last = int(bench.first[person + 1])
    for checkpoint in range(instance.near.shape[1]):
        distance = int(instance.near[person, checkpoint])
        bench.way[checkpoint] = (
            int(economy.duty) * way_cost(instance, checkpoint, distance) if distance >= 0 else -NOTHING
        )
    for entry in range(first, last):
        shift = bench.shift[entry]
        prices = bench.table[instance.signature[person, instance.day[shift]], shift]
        best = NOTHING
        for checkpoint in range(len(prices)):  # no index is kept: so the loop becomes vector instructions
            best = max(best, int(prices[checkpoint]) - int(bench.way[checkpoint]))
        bench.group[entry - first] = -1
        bench.gain[entry - first] = best - shift_price(instance, economy, bench, person, int(shift))


@inner
def _group_of(instance: Instance, economy: Economy, bench: Bench, person: int, entry: int) -> int:
    """Return the group that pays the gain of an entry."""
    if bench.group[entry] >= 0:
        return int(bench.group[entry])
    shift = int(bench.shift[bench.first[person] + entry])
    signature = instance.signature[person, instance.day[shift]]
    earned = int(bench.gain[entry]) + shift_price(instance, economy, bench, person, shift)
    prices = bench.table[signature, shift]
    where = 0
    while int(prices[where]) - int(bench.way[where]) != earned:
        where += 1
    return int(bench.seat[signature, shift, where])


@inner
def _offer_baseline(instance: Instance, economy: Economy, bench: Bench, person: int) -> None:
    """Raise the gain of shifts in which a duty of the baseline can be kept."""
    lists = instance.lists
    first = int(bench.first[person])
    for entry in range(lists.base_first[person], lists.base_first[person + 1]):
        task = lists.base_task[entry]
        shift = int(instance.task_shift[task])
        distance = int(instance.near[person, instance.task_checkpoint[task]])
        for place in range(first, bench.first[person + 1]):
            if bench.shift[place] != shift or distance < 0:
                continue
            signature = instance.signature[person, instance.day[shift]]
            price = int(bench.table[signature, shift, instance.task_checkpoint[task]])
            value = price + int(economy.change) * int(lists.base_times[entry])
            value -= int(economy.duty) * way_cost(instance, int(instance.task_checkpoint[task]), distance)
            value -= shift_price(instance, economy, bench, person, shift)
            if value > bench.gain[place - first]:
                bench.gain[place - first] = value
                bench.group[place - first] = bench.seat[signature, shift, instance.task_checkpoint[task]]


@kernel
def people_part(instance: Instance, economy: Economy, bench: Bench, first: int, last: int) -> int:
    """Return Σ_p of what people ``first … last - 1`` can earn at most, and count the heads they would take."""
    total = 0
    for person in range(first, last):
        if bench.first[person] == bench.first[person + 1]:
            continue
        _best_seats(instance, economy, bench, person)
        _offer_baseline(instance, economy, bench, person)
        earned, duties = best_week(instance, economy, bench, person)
        total += earned
        for place in range(duties):
            bench.chosen[_group_of(instance, economy, bench, person, int(bench.best[place]))] += 1
    return total


@kernel
def first_wages(instance: Instance, economy: Economy, bench: Bench, wages: Int64) -> None:
    """Write for each shift that somebody may take what the best seat pays beyond the way: the wages of the prices."""
    for person in range(len(bench.first) - 1):
        first = int(bench.first[person])
        if bench.first[person + 1] == first:
            continue
        _best_seats(instance, economy, bench, person)
        for entry in range(first, bench.first[person + 1]):
            earned = int(bench.gain[entry - first])
            wages[entry] = earned + shift_price(instance, economy, bench, person, int(bench.shift[entry]))


@kernel
def weeks_part(instance: Instance, economy: Economy, bench: Bench, wages: Int64, served: Int64) -> int:
    """Return Σ_p of what people can earn at most at these wages, and count the shifts they would take in `served`."""
    total = 0
    for person in range(len(bench.first) - 1):
        first = int(bench.first[person])
        for entry in range(first, bench.first[person + 1]):
            price = shift_price(instance, economy, bench, person, int(bench.shift[entry]))
            bench.gain[entry - first] = wages[entry] - price
        earned, duties = best_week(instance, economy, bench, person)
        total += earned
        for place in range(duties):
            served[first + bench.best[place]] += 1
    return total
