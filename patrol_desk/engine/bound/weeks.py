"""The best week of one person alone, compiled: out of all schedules, or as a path through the shifts."""

from patrol_desk.engine.bound.bench import NOTHING, Bench, Economy
from patrol_desk.engine.compiled import inner
from patrol_desk.engine.core.instance import Instance


@inner
def shift_price(instance: Instance, economy: Economy, bench: Bench, person: int, shift: int) -> int:
    """Return what serving in the shift costs wherever it is: its price and the first step of its class."""
    kind = instance.load_class[shift]
    before = int(instance.class_load[person, kind]) + int(bench.locked_class[person, kind])
    price = int(economy.duty) * int(instance.price[person, shift])
    return price + int(economy.class_points[kind]) * (2 * before + 1)


@inner
def best_week(instance: Instance, economy: Economy, bench: Bench, person: int) -> tuple[int, int]:
    """Return the most the person can earn at the gains in `Bench.gain`, and the number of duties, now in `best`."""
    if bench.few[person] == 1:
        return _best_of_few(instance, economy, bench, person)
    return _best_path(instance, economy, bench, person)


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
