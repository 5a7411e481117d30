"""The Lagrangian bound of seat prices, compiled: L(u), and which heads the people would take at these prices.

L(u) = Σ_g min_h [short_g(h) + u_g h] + Σ_p min_S [Σ_{(p,g) ∈ S} (c_pg - u_g) + load growth of S]
(A. M. Geoffrion, Lagrangean relaxation for integer programming, 1974). S is any schedule which person p may keep alone;
its minimum is found by trying all, or where those are too many as a path through the shifts in order of start, on which
a class's load grows by its first step only. Locked pairs are forced. `docs/scheduler.md` derives it.
"""

from math import comb
from typing import Final, NamedTuple

import numpy as np

from patrol_desk.engine.compiled import inner, kernel
from patrol_desk.engine.core.cost import way_cost
from patrol_desk.engine.core.instance import Instance, Int8, Int64
from patrol_desk.engine.core.state import State

NOTHING: Final = -(1 << 50)
"""A price at which nothing is taken."""

FEW: Final = 4000
"""Sets of shifts, rules not looked at, up to which all of a person's schedules are tried one by one."""


class Economy(NamedTuple):
    """What counts: all of the cost, or only the heads that are missing (`duty` 0: no duty has a price)."""

    fill: Int64
    desired: int
    duty: int
    load: int
    class_points: Int64
    change: int


class Bench(NamedTuple):
    """What locked pairs leave free, and room for the kernels to work in.

    Attributes
    ----------
    first, shift
        (P + 1,), (n,) the shifts each person may still take.
    left
        (n,) duties the person may still take on that day.
    locked, locked_class
        (P,), (P, 4) locked duties, in all and per class; two seats of one task are one duty.
    locked_heads
        (G,) locked heads.
    table, seat
        (signatures, T, C) best price at the checkpoint, and the group that pays it.
    chosen
        (G,) heads the people take.
    few
        (P,) 1 where all schedules are tried one by one.
    group
        (n,) seat group that pays the gain of an entry, -1 where it has not been looked for.
    picked, best
        (n,) entries of the schedule being looked at and of the best one, in order.
    worth
        (n + 1,) what the first duties of the schedule being looked at earn.
    """

    first: Int64
    shift: Int64
    left: Int64
    locked: Int64
    locked_class: Int64
    locked_heads: Int64
    table: Int64
    seat: Int64
    chosen: Int64
    way: Int64
    gain: Int64
    group: Int64
    path: Int64
    back: Int64
    few: Int8
    picked: Int64
    best: Int64
    worth: Int64


def full_economy(instance: Instance) -> Economy:
    """Return the economy of the whole cost."""
    points = instance.points
    return Economy(instance.fill, points.desired, 1, points.load, instance.class_points, points.change)


def heads_economy(instance: Instance, *, every: bool = False) -> Economy:
    """Return the economy in which only missing heads count, one point each: the minimum, or every desired one."""
    return Economy(np.ones_like(instance.fill), int(every), 0, 0, np.zeros_like(instance.class_points), 0)


def new_bench(instance: Instance, locked: State) -> Bench:
    """Return the bench for a problem whose locked pairs, and nothing else, are in a state."""
    people, shifts = instance.allowed.shape
    free = instance.allowed.astype(np.bool_)
    on_day = np.zeros((people, int(instance.day.max(initial=0)) + 1), dtype=np.int64)
    by_class = np.zeros((people, len(instance.class_points)), dtype=np.int64)
    slots = np.flatnonzero(locked.holder >= 0)
    once = np.unique(np.column_stack([locked.holder[slots], instance.slot_task[slots]]), axis=0)
    for person, task in once:
        shift = instance.task_shift[task]
        free[person] &= instance.clash[shift] == 0
        on_day[person, instance.day[shift]] += 1
        by_class[person, instance.load_class[shift]] += 1
    taken = by_class.sum(axis=1)
    left = np.maximum(instance.cap_day - on_day, 0)[:, instance.day]
    free &= (left > 0) & (instance.cap > taken)[:, None]
    who, when = np.nonzero(free)
    number = np.bincount(who, minlength=people)
    most = int(number.max(initial=0)) + 1
    depth = max(1, min(instance.cap_day, int(np.bincount(instance.day, minlength=1).max())))
    states = (most + 1, most + 1, depth + 1)
    cells = (len(instance.fits), shifts, instance.near.shape[1])
    return Bench(
        first=np.searchsorted(who, np.arange(people + 1)).astype(np.int64),
        shift=when.astype(np.int64),
        left=np.minimum(left[who, when], depth),
        locked=taken,
        locked_class=by_class,
        locked_heads=locked.heads.copy(),
        table=np.zeros(cells, dtype=np.int64),
        seat=np.zeros(cells, dtype=np.int64),
        chosen=np.zeros(len(instance.minimum), dtype=np.int64),
        way=np.zeros(cells[2], dtype=np.int64),
        gain=np.zeros(most, dtype=np.int64),
        group=np.zeros(most, dtype=np.int64),
        path=np.zeros(states, dtype=np.int64),
        back=np.zeros((*states, 2), dtype=np.int64),
        few=_few(number, np.maximum(instance.cap - taken, 0)),
        picked=np.zeros(most, dtype=np.int64),
        best=np.zeros(most, dtype=np.int64),
        worth=np.zeros(most + 1, dtype=np.int64),
    )


def _few(shifts: Int64, room: Int64) -> Int8:
    """Return (P,) 1 where at most `FEW` sets of shifts, one to `room` of them, are conceivable."""
    pairs, inverse = np.unique(np.column_stack([shifts, room]), axis=0, return_inverse=True)
    sets = [sum(comb(free, size) for size in range(1, min(most, free) + 1)) for free, most in pairs.tolist()]
    few: Int8 = (np.array(sets, dtype=np.float64) <= FEW)[inverse.reshape(-1)].astype(np.int8)
    return few


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
        bench.gain[entry - first] = best - _shift_price(instance, economy, bench, person, int(shift))


@inner
def _group_of(instance: Instance, economy: Economy, bench: Bench, person: int, entry: int) -> int:
    """Return the group that pays the gain of an entry."""
    if bench.group[entry] >= 0:
        return int(bench.group[entry])
    shift = int(bench.shift[bench.first[person] + entry])
    signature = instance.signature[person, instance.day[shift]]
    earned = int(bench.gain[entry]) + _shift_price(instance, economy, bench, person, shift)
    prices = bench.table[signature, shift]
    where = 0
    while int(prices[where]) - int(bench.way[where]) != earned:
        where += 1
    return int(bench.seat[signature, shift, where])


@inner
def _shift_price(instance: Instance, economy: Economy, bench: Bench, person: int, shift: int) -> int:
    """Return what serving in the shift costs wherever it is: its price and the first step of its class."""
    kind = instance.load_class[shift]
    before = int(instance.class_load[person, kind]) + int(bench.locked_class[person, kind])
    price = int(economy.duty) * int(instance.price[person, shift])
    return price + int(economy.class_points[kind]) * (2 * before + 1)


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
            value -= _shift_price(instance, economy, bench, person, shift)
            if value > bench.gain[place - first]:
                bench.gain[place - first] = value
                bench.group[place - first] = bench.seat[signature, shift, instance.task_checkpoint[task]]


@inner
def _best_of_few(instance: Instance, economy: Economy, bench: Bench, person: int) -> tuple[int, int]:
    """Return the most the person can earn, and the number of duties, now in `best`: all schedules are tried."""
    first = int(bench.first[person])
    count = int(bench.first[person + 1]) - first
    room = min(int(instance.cap[person] - bench.locked[person]), count)
    load = int(instance.load[person] + bench.locked[person])
    most = 0
    duties = 0
    held = 0
    entry = 0
    while held > 0 or entry < count:
        if entry == count or held == room:
            held -= 1
            entry = int(bench.picked[held]) + 1
            continue
        again = _follows(instance, bench, first, held, entry)
        if again >= 0 and bench.gain[entry] > int(economy.load) * (2 * load + 1):
            kind = instance.load_class[bench.shift[first + entry]]
            step = int(bench.gain[entry]) - 2 * again * int(economy.class_points[kind])
            bench.picked[held] = entry
            bench.worth[held + 1] = bench.worth[held] + step - int(economy.load) * (2 * (load + held) + 1)
            held += 1
            if bench.worth[held] > most:
                most = int(bench.worth[held])
                duties = held
                for place in range(held):
                    bench.best[place] = bench.picked[place]
        entry += 1
    return most, duties


@inner
def _follows(instance: Instance, bench: Bench, first: int, held: int, entry: int) -> int:
    """Return how many of the duties picked are of the entry's class; -1 when the rules forbid it beside them."""
    shift = bench.shift[first + entry]
    today = 0
    again = 0
    for place in range(held):
        other = bench.shift[first + bench.picked[place]]
        if instance.clash[other, shift] == 1:
            return -1
        if instance.day[other] == instance.day[shift]:
            today += 1
        if instance.load_class[other] == instance.load_class[shift]:
            again += 1
    return again if today < bench.left[first + entry] else -1


@inner
def _best_path(instance: Instance, economy: Economy, bench: Bench, person: int) -> tuple[int, int]:
    """Return the most the person can earn at the classes' first steps, and the number of duties, now in `best`."""
    first = int(bench.first[person])
    count = int(bench.first[person + 1]) - first
    room = min(int(instance.cap[person] - bench.locked[person]), count)
    load = int(instance.load[person] + bench.locked[person])
    depth = bench.path.shape[2]
    most = 0
    at = (-1, 0, 0)
    for entry in range(count):
        for duties in range(1, room + 1):
            step = int(bench.gain[entry]) - int(economy.load) * (2 * (load + duties - 1) + 1)
            for today in range(1, depth):
                bench.path[entry, duties, today] = NOTHING
            if duties == 1:
                bench.path[entry, 1, 1] = step
                bench.back[entry, 1, 1, 0] = -1
            else:
                _extend(instance, bench, first, entry, duties, step)
            for today in range(1, depth):
                if bench.path[entry, duties, today] > most:
                    most = int(bench.path[entry, duties, today])
                    at = (entry, duties, today)
    entry, held, today = at
    for place in range(held - 1, -1, -1):
        bench.best[place] = entry
        earlier = int(bench.back[entry, place + 1, today, 0])
        today = int(bench.back[entry, place + 1, today, 1])
        entry = earlier
    return most, held


@inner
def _extend(instance: Instance, bench: Bench, first: int, entry: int, duties: int, step: int) -> None:
    """Extend the best weeks of one duty less by this entry."""
    shift = bench.shift[first + entry]
    depth = bench.path.shape[2]
    for earlier in range(entry):
        before = bench.shift[first + earlier]
        if instance.clash[before, shift] == 1:
            continue
        same = instance.day[before] == instance.day[shift]
        for taken in range(1, depth):
            held = int(bench.path[earlier, duties - 1, taken])
            today = taken + 1 if same else 1
            if held <= NOTHING or today > bench.left[first + entry]:
                continue
            if held + step > bench.path[entry, duties, today]:
                bench.path[entry, duties, today] = held + step
                bench.back[entry, duties, today, 0] = earlier
                bench.back[entry, duties, today, 1] = taken


@kernel
def people_part(instance: Instance, economy: Economy, bench: Bench, first: int, last: int) -> int:
    """Return Σ_p of what people ``first … last - 1`` can earn at most, and count the heads they would take."""
    total = 0
    for person in range(first, last):
        if bench.first[person] == bench.first[person + 1]:
            continue
        _best_seats(instance, economy, bench, person)
        _offer_baseline(instance, economy, bench, person)
        if bench.few[person] == 1:
            earned, duties = _best_of_few(instance, economy, bench, person)
        else:
            earned, duties = _best_path(instance, economy, bench, person)
        total += earned
        for place in range(duties):
            bench.chosen[_group_of(instance, economy, bench, person, int(bench.best[place]))] += 1
    return total
