"""Which checkpoints of a made-up township are held when, and by how many."""

from typing import Final

import numpy as np
from numpy.random import Generator

from patrol_desk.engine.problem import Bool, Demand, Int32, Shifts
from patrol_desk.samples.problems.geography import Geography
from patrol_desk.samples.problems.people import DAYS
from patrol_desk.samples.problems.spec import Spec

_NIGHT, _WEEKDAY, _WEEKEND = 1, 0, 2


def make_shifts(spec: Spec) -> Shifts:
    """Return a week of shifts; those that start at 22:00 or before 05:00 are night, the weekend's others weekend."""
    starts = np.array([day * 1440 + start for day in range(DAYS) for start, _ in spec.day], dtype=np.int32)
    lengths = np.array([length for _ in range(DAYS) for _, length in spec.day], dtype=np.int32)
    day, minute = starts // 1440, starts % 1440
    night = (minute >= 1320) | (minute < 300)
    kind = np.select([night, day >= 5], [_NIGHT, _WEEKEND], _WEEKDAY)
    ids = tuple(f"d{d + 1}-{m // 60:02d}{m % 60:02d}" for d, m in zip(day.tolist(), minute.tolist(), strict=True))
    return Shifts(ids, starts, starts + lengths, day.astype(np.int8), kind.astype(np.int8))


def make_demand(spec: Spec, geography: Geography, shifts: Shifts, rng: Generator) -> Demand:
    """Return the demand: fixed posts round the clock, patrol stops in the evening, gates at the rush."""
    count = spec.checkpoints
    kind = rng.choice(3, count, p=(0.4, 0.45, 0.15))
    often = _often(shifts)[kind]
    heads = rng.choice([1, 2, 3, 4], count, p=(0.2, 0.45, 0.25, 0.1))
    tier = rng.choice(3, count, p=(0.15, 0.45, 0.4))
    checkpoint, shift = np.nonzero(rng.random(often.shape) < often)
    kept = _up_to(heads[checkpoint], spec.seats, rng)
    checkpoint, shift = checkpoint[kept], shift[kept]
    task, capability, minimum, desired = _groups(heads[checkpoint], spec, rng)
    return Demand(
        checkpoints=tuple(f"c{number:04d}" for number in range(count)),
        place=geography.checkpoints,
        task_checkpoint=checkpoint.astype(np.int32),
        task_shift=shift.astype(np.int32),
        task_tier=tier[checkpoint].astype(np.int8),
        group_task=task,
        group_capability=capability.astype(np.int8),
        minimum=minimum,
        desired=desired,
    )


_EVENING: Final = (1080, 1320)


def _often(shifts: Shifts) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return (3, T): how often a fixed post, a patrol stop and a gate is held in each shift."""
    minute, weekend = shifts.start % 1440, shifts.day >= 5
    evening, night = (minute >= _EVENING[0]) & (minute < _EVENING[1]), (minute >= _EVENING[1]) | (minute < 300)
    fixed = np.full(len(minute), 0.95)
    stop = np.select([evening, night, weekend], [0.95, 0.45, 0.8], 0.25)
    gate = np.select([evening, night], [0.9, 0.3], 0.6)
    return np.stack([fixed, stop, gate])


def _up_to(heads: Int32, seats: int, rng: Generator) -> Bool:
    """Keep random tasks until their heads reach the number of seats."""
    order = rng.permutation(len(heads))
    kept = np.zeros(len(heads), dtype=np.bool_)
    kept[order] = np.cumsum(heads[order]) <= seats
    return kept


def _groups(heads: Int32, spec: Spec, rng: Generator) -> tuple[Int32, Int32, Int32, Int32]:
    """Cut each task's heads into typed seats and the rest: task, capability, minimum, desired of each group."""
    left = heads.copy()
    more = rng.choice([0, 1, 2], len(heads), p=(0.75, 0.2, 0.05))
    task, capability, minimum = [], [], []
    for bit, share in enumerate(spec.typed):
        asked = np.flatnonzero((rng.random(len(heads)) < share) & (left > 0))
        left[asked] -= 1
        task.append(asked)
        capability.append(np.full(len(asked), bit))
        minimum.append(np.ones(len(asked), dtype=np.int64))
    rest = np.flatnonzero((left > 0) | (more > 0))
    tasks, capabilities = np.concatenate([*task, rest]), np.concatenate([*capability, np.full(len(rest), -1)])
    minima = np.concatenate([*minimum, left[rest]])
    extra = np.where(capabilities < 0, more[tasks], 0)
    order = np.lexsort((capabilities, tasks))
    columns = (tasks, capabilities, minima, minima + extra)
    first, second, third, fourth = (column[order].astype(np.int32) for column in columns)
    return first, second, third, fourth
