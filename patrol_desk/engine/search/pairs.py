"""Two of a squad share their duties out anew, as well as can be: what the search, which draws by lot, leaves undone.

Who of a squad stands in which of its patrols costs no cohesion; it decides how evenly nights and weekends fall, and how
far everybody has to go. Any two people's duties can be divided between them in 2ⁿ ways, and n is small.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np

from patrol_desk.engine.compiled import inlined, inner, kernel
from patrol_desk.engine.core.cost import person_cost, team_cost
from patrol_desk.engine.core.features import starts
from patrol_desk.engine.core.instance import Instance, Int64
from patrol_desk.engine.core.state import State, fits_slot, has_room, put, take

MOST: Final = 8
"""Duties of two people at most that are shared out: 256 ways."""

POOLS: Final = 16
"""Squads between two looks at the stop sign."""


class Sharing(NamedTuple):
    """Room for sharing out.

    Attributes
    ----------
    pool_first, pool_people
        (pools + 1,), (P,) the people by squad.
    changed
        (P,) round in which the person's duties changed last.
    slots
        (MOST,) the duties of two people which are not locked.
    """

    pool_first: Int64
    pool_people: Int64
    changed: Int64
    slots: Int64


def share_out(instance: Instance, state: State, stop: Callable[[], bool]) -> int:
    """Let each two of each squad share their duties out as well as can be until none can better; return the points won.

    Parameters
    ----------
    instance, state
        Every seat keeps a head, and no rule is broken that was kept.
    stop
        Is asked now and then.
    """
    pools = int(instance.pool.max(initial=-1)) + 1
    sharing = Sharing(
        pool_first=starts(instance.pool, pools),
        pool_people=np.argsort(instance.pool, kind="stable").astype(np.int64),
        changed=np.zeros(len(instance.person), dtype=np.int64),
        slots=np.zeros(MOST, dtype=np.int64),
    )
    won = 0
    for first in range(0, pools, POOLS):
        if stop():
            break
        won += int(_pools(instance, state, sharing, first, min(first + POOLS, pools)))
    return won


@kernel
def _pools(instance: Instance, state: State, sharing: Sharing, first: int, last: int) -> int:
    """Share out in some squads; return the points won."""
    won = 0
    for pool in range(first, last):
        turn = 1
        again = True
        while again:
            gain = _round(instance, state, sharing, pool, turn)
            won += gain
            again = gain > 0
            turn += 1
    return won


@inner
def _round(instance: Instance, state: State, sharing: Sharing, pool: int, turn: int) -> int:
    """Look at each two of a squad of whom one has changed in this round or the one before; return the points won."""
    begin = int(sharing.pool_first[pool])
    end = int(sharing.pool_first[pool + 1])
    won = 0
    for at in range(begin, end):
        one = int(sharing.pool_people[at])
        for beside in range(at + 1, end):
            other = int(sharing.pool_people[beside])
            if state.duties[one] + state.duties[other] == 0:
                continue
            if sharing.changed[one] < turn - 1 and sharing.changed[other] < turn - 1:
                continue
            gain = _divide(instance, state, sharing, one, other)
            if gain > 0:
                sharing.changed[one] = turn
                sharing.changed[other] = turn
                won += gain
    return won


@inner
def _divide(instance: Instance, state: State, sharing: Sharing, one: int, other: int) -> int:
    """Divide the duties of two people in the way that costs least; return the points won."""
    count = _gather(state, sharing, one, 0)
    own = count
    if count >= 0:
        count = _gather(state, sharing, other, count)
    if count <= 0:
        return 0
    slots = sharing.slots
    may = 0  # bits of the duties which the second may have, and of those which they must have
    must = 0
    for at in range(count):
        may |= int(fits_slot(instance, other, int(slots[at]))) << at
        must |= int(not fits_slot(instance, one, int(slots[at]))) << at
    if may == must or (must & ~may) != 0:
        return 0
    teams = instance.teams.active == 1 or instance.leads[one] != instance.leads[other]
    now = (1 << count) - (1 << own)
    tasks = count if teams else 0
    before = _cost(instance, state, sharing, (one, other), tasks)
    for at in range(count):
        take(instance, state, int(slots[at]))
    best, least = _try_ways(instance, state, sharing, (one, other), (count, tasks, may, must, now), before)
    for at in range(count):
        put(instance, state, int(slots[at]), other if (best >> at) & 1 == 1 else one)
    return before - least


@inner
def _try_ways(
    instance: Instance,
    state: State,
    sharing: Sharing,
    two: tuple[int, int],
    ways: tuple[int, int, int, int, int],
    before: int,
) -> tuple[int, int]:
    """Try every way to divide the listed duties, which nobody holds now; return the best one's bits and its cost.

    Parameters
    ----------
    ways
        How many duties there are; of how many of them the teams count; which the second may have, and must have; and
        which they have had.
    before
        What that has cost.
    """
    count, tasks, may, must, now = ways
    best = now
    least = before
    for way in range(1 << count):
        if way == now or (way & ~may) != 0 or (must & ~way) != 0:
            continue
        done = _seat(instance, state, sharing, two, count, way)
        if done == count:
            cost = _cost(instance, state, sharing, two, tasks)
            if cost < least:
                least = cost
                best = way
        for at in range(done):
            take(instance, state, int(sharing.slots[at]))
    return best, least


@inlined
def _gather(state: State, sharing: Sharing, person: int, count: int) -> int:
    """List the person's duties that are not locked after `count` others; return how many there are, -1 for too many."""
    for place in range(state.duties[person]):
        slot = state.duty[person, place]
        if state.fixed[slot] == 1:
            continue
        if count == MOST:
            return -1
        sharing.slots[count] = slot
        count += 1
    return count


@inlined
def _seat(instance: Instance, state: State, sharing: Sharing, two: tuple[int, int], count: int, ways: int) -> int:
    """Give each listed duty to the one whose bit says so, as long as the rules allow it; return how many were given."""
    for at in range(count):
        slot = int(sharing.slots[at])
        person = two[1] if (ways >> at) & 1 == 1 else two[0]
        if not has_room(instance, state, person, slot, -1):
            return at
        put(instance, state, slot, person)
    return count


@inlined
def _cost(instance: Instance, state: State, sharing: Sharing, two: tuple[int, int], tasks: int) -> int:
    """Return what two people cost, and the teams of the tasks of the first `tasks` listed duties, each once."""
    cost = 0
    for turn in range(2):
        cost += int(person_cost(instance, state, two[turn]))
    for at in range(tasks):
        task = int(instance.slot_task[sharing.slots[at]])
        known = False
        for earlier in range(at):
            known = known or instance.slot_task[sharing.slots[earlier]] == task
        if not known:
            cost += int(team_cost(instance, state, task))
    return cost
