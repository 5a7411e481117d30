"""Checkpoints of low demand: visits that are missing, and hours in which nobody comes by."""

import numpy as np

from patrol_desk.engine.problem import Problem
from patrol_desk.engine.verify.duties import Duties
from patrol_desk.engine.verify.geometry import Int64

_SPAN = 34
"""Bits for a minute, moved above zero, under a checkpoint's index in one number."""

_ABOVE = 2**32


def missing_visits(problem: Problem, duties: Duties) -> int:
    """Return how many tasks with somebody in them the checkpoints lack that should see so many visits."""
    covered = np.unique(duties.task)
    seen = np.bincount(problem.demand.task_checkpoint[covered], minlength=len(problem.demand.checkpoints))
    return int(np.maximum(problem.demand.visits.astype(np.int64) - seen, 0).sum())


def blind_hours(problem: Problem, duties: Duties) -> int:
    """Return the whole hours beyond those that the checkpoints bear without anybody, stretch by stretch.

    A stretch lies between the end of the covered tasks so far and the start of the next one, from the first minute of
    the problem's days to the last.
    """
    demand = problem.demand
    watched = np.flatnonzero(demand.blind_hours > 0)
    covered = np.unique(duties.task)
    covered = covered[demand.blind_hours[demand.task_checkpoint[covered]] > 0]
    shift = demand.task_shift[covered]
    place = np.concatenate([watched, demand.task_checkpoint[covered], watched]).astype(np.int64)
    order_of = np.repeat([0, 1, 2], [len(watched), len(covered), len(watched)])
    over = np.full(len(watched), problem.days * 1440)
    start = np.concatenate([np.zeros(len(watched)), problem.shifts.start[shift], over]).astype(np.int64)
    end = np.concatenate([np.zeros(len(watched)), problem.shifts.end[shift], over]).astype(np.int64)
    order = np.lexsort((start, order_of, place))
    return _beyond(demand.blind_hours.astype(np.int64), place[order], start[order], end[order])


def _beyond(borne: Int64, place: Int64, start: Int64, end: Int64) -> int:
    """Sum max(0, whole hours - borne hours) over the stretches between ordered rows of the same checkpoint."""
    running = np.maximum.accumulate((place << _SPAN) + end + _ABOVE)
    until = running[:-1] - (place[:-1] << _SPAN) - _ABOVE
    same = place[1:] == place[:-1]
    hours = np.maximum(start[1:] - until, 0) // 60
    return int(np.maximum(hours - borne[place[1:]], 0)[same].sum())
