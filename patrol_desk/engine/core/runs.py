"""Days and nights in a row and weighted rest, as kernels.

They are called and not inlined, since few problems need them, and so are handed no more arrays than they read.
"""

from patrol_desk.engine.compiled import inlined, inner
from patrol_desk.engine.core.features import Int64, Runs


@inlined
def days_served(runs: Runs, slot_shift: Int64, day: Int64, duties: Int64, person: int, kind: int, without: int) -> int:
    """Return bits of the days (nights: `kind` 1) with one of some duties, `without` (-1: none) left out."""
    days = int(runs.outside[person, kind, 0])
    for held in duties:
        if held != without and (kind == 0 or runs.night[slot_shift[held]] == 1):
            days |= 1 << int(day[slot_shift[held]])
    return days


@inner
def runs_hold(runs: Runs, slot_shift: Int64, day: Int64, duties: Int64, person: int, slot: int, without: int) -> bool:
    """Say whether a duty beside others makes no run of days or nights longer than a hard limit allows.

    Parameters
    ----------
    runs, slot_shift, day
        Of the instance.
    duties
        The slots the person holds.
    person, slot, without
        Who, what they would take, and the duty given up for it (-1: none).
    """
    shift = slot_shift[slot]
    for kind in range(2):
        limit = int(runs.most_days) if kind == 0 else int(runs.most_nights)
        points = int(runs.day_points) if kind == 0 else int(runs.night_points)
        if limit == 0 or points > 0 or (kind == 1 and runs.night[shift] == 0):
            continue
        days = days_served(runs, slot_shift, day, duties, person, kind, without)
        if (days >> int(day[shift])) & 1 == 0 and _length(runs, person, kind, days, int(day[shift])) > limit:
            return False
    return True


@inlined
def _length(runs: Runs, person: int, kind: int, days: int, day: int) -> int:
    """Return the length of the run that a further day makes."""
    length = 1
    at = day - 1
    while at >= 0 and (days >> at) & 1 == 1:
        length += 1
        at -= 1
    if at < 0:
        length += int(runs.outside[person, kind, 1])
    at = day + 1
    while at < runs.days and (days >> at) & 1 == 1:
        length += 1
        at += 1
    if at == runs.days:
        length += int(runs.outside[person, kind, 2])
    return length


@inner
def penalty(runs: Runs, slot_shift: Int64, day: Int64, duties: Int64, person: int, without: int, more: int) -> int:
    """Return the points of weighted rest and runs, one duty left out and another added (-1: none)."""
    cost = 0
    if runs.rest_points > 0:
        cost += int(runs.rest_points) * _too_close(runs, slot_shift, duties, person, without, more)
    for kind in range(2):
        points = int(runs.day_points) if kind == 0 else int(runs.night_points)
        if points > 0:
            days = days_served(runs, slot_shift, day, duties, person, kind, without)
            if more >= 0 and (kind == 0 or runs.night[slot_shift[more]] == 1):
                days |= 1 << int(day[slot_shift[more]])
            cost += points * _breaks(runs, person, kind, days)
    return cost


@inner
def penalty_change(runs: Runs, slot_shift: Int64, day: Int64, duties: Int64, person: int, old: int, new: int) -> int:
    """Return the change of these points when one duty is left and another taken (-1: none)."""
    after = penalty(runs, slot_shift, day, duties, person, old, new)
    return after - penalty(runs, slot_shift, day, duties, person, -1, -1)


@inlined
def _too_close(runs: Runs, slot_shift: Int64, duties: Int64, person: int, without: int, more: int) -> int:
    """Return how many pairs of duties lie too close, those outside the problem counted in."""
    pairs = 0
    if more >= 0:
        pairs += int(runs.busy_close[person, slot_shift[more]])
    for place in range(len(duties)):
        if duties[place] == without:
            continue
        shift = slot_shift[duties[place]]
        pairs += int(runs.busy_close[person, shift])
        if more >= 0:
            pairs += int(runs.close[shift, slot_shift[more]])
        for earlier in range(place):
            if duties[earlier] != without:
                pairs += int(runs.close[shift, slot_shift[duties[earlier]]])
    return pairs


@inlined
def _breaks(runs: Runs, person: int, kind: int, days: int) -> int:
    """Return by how many days the runs exceed the limit, beyond what duties outside the problem do alone."""
    limit = int(runs.most_days) if kind == 0 else int(runs.most_nights)
    running = int(runs.outside[person, kind, 1])
    over = 0
    for at in range(runs.days):
        if (days >> at) & 1 == 1:
            running += 1
        else:
            over += max(0, running - limit)
            running = 0
    over += max(0, running + int(runs.outside[person, kind, 2]) - limit)
    return over - int(runs.outside[person, kind, 3])
