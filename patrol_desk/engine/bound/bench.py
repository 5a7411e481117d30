"""What the people's part of a bound is computed from: what counts, and what locked pairs leave of each week."""

from math import comb
from typing import Final, NamedTuple

import numpy as np

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
