"""Priority areas and security periods, applied to a demand: tiers rise, heads are added, and both stay traceable."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from patrol_desk.engine.parts import Demand, Shifts

Int64 = NDArray[np.int64]
Bools = NDArray[np.bool_]

_MOST: Final = 2**31 - 1
"""Heads are cut here, so that they fit the demand's arrays; `engine.validate` refuses far fewer."""


@dataclass(frozen=True, slots=True)
class PriorityArea:
    """Checkpoints that count for more during a while.

    Parameters
    ----------
    name
        What users call it.
    start, end
        Minutes on the clock of the shifts; every shift that lies in it, even in part, is concerned.
    checkpoints
        Indices into `Demand.checkpoints`.
    raise_by
        By how many tiers their tasks rise, ≥ 1; none rises above the top.
    """

    name: str
    start: int
    end: int
    checkpoints: tuple[int, ...]
    raise_by: int = 1


@dataclass(frozen=True, slots=True)
class SecurityPeriod:
    """A while in which more people stand at the posts.

    Parameters
    ----------
    name
        What users call it.
    start, end
        Minutes on the clock of the shifts; every shift that lies in it, even in part, is concerned.
    checkpoints, kinds
        Indices into `Demand.checkpoints` and `Rules.kinds`: those named in either; all when both are None.
    minimum, desired
        Heads added to each task.
    minimum_percent, desired_percent
        Percent of the task's own heads added as well, rounded up.
    """

    name: str
    start: int
    end: int
    checkpoints: tuple[int, ...] | None = None
    kinds: tuple[int, ...] | None = None
    minimum: int = 0
    desired: int = 0
    minimum_percent: int = 0
    desired_percent: int = 0


def apply(
    demand: Demand, shifts: Shifts, areas: Sequence[PriorityArea], periods: Sequence[SecurityPeriod], tiers: int
) -> Demand:
    """Return the demand with its tiers raised and its heads added; the same object where nothing is concerned.

    Where areas overlap, the largest rise counts; where periods overlap, their heads add up. Percentages are of the
    heads before any of the periods. Added heads may be anybody: they join the task's plain group, and a task without
    one gets it at the end of the groups, so that the indices of the others stay.

    Parameters
    ----------
    demand, shifts
        What was asked for, and when.
    areas, periods
        What is to be applied to it.
    tiers
        How many there are; `Demand.raised` stays below.
    """
    raised = _raised(demand, shifts, areas, tiers)
    added = _added(demand, shifts, periods)
    if raised.any():
        demand = replace(
            demand,
            task_tier=(demand.task_tier - raised).astype(np.int8),
            raised=(demand.raised + raised).astype(np.int8),
        )
    return _with_heads(demand, *added) if any(heads.any() for heads in added) else demand


def _raised(demand: Demand, shifts: Shifts, areas: Sequence[PriorityArea], tiers: int) -> Int64:
    """Return (J,): by how many tiers each task rises."""
    rise = np.zeros(len(demand.task_shift), dtype=np.int64)
    for area in areas:
        here = _during(demand, shifts, area.start, area.end) & _at(demand, area.checkpoints)
        rise[here] = np.maximum(rise[here], area.raise_by)
    room = np.minimum(demand.task_tier.astype(np.int64), tiers - 1 - demand.raised.astype(np.int64))
    return np.clip(rise, 0, np.maximum(room, 0))


def _added(demand: Demand, shifts: Shifts, periods: Sequence[SecurityPeriod]) -> tuple[Int64, Int64]:
    """Return (J,) twice: minimum and desired heads that the periods add; of the latter no fewer than of the former."""
    tasks = len(demand.task_shift)
    own, own_wished = np.zeros(tasks, dtype=np.int64), np.zeros(tasks, dtype=np.int64)
    np.add.at(own, demand.group_task, demand.minimum)
    np.add.at(own_wished, demand.group_task, demand.desired)
    minimum, desired = np.zeros_like(own), np.zeros_like(own)
    for period in periods:
        here = _during(demand, shifts, period.start, period.end) & _where(demand, period)
        more = period.minimum + _share(own, period.minimum_percent)
        wished = np.maximum(period.desired + _share(own_wished, period.desired_percent), more)
        minimum += np.where(here, more, 0)
        desired += np.where(here, wished, 0)
    return minimum, desired


def _share(heads: Int64, percent: int) -> Int64:
    """Return so many percent of some heads, rounded up."""
    return -(-heads * percent // 100)


def _during(demand: Demand, shifts: Shifts, start: int, end: int) -> Bools:
    """Return (J,): the task's shift lies within some minutes, even in part."""
    return ((shifts.start < end) & (start < shifts.end))[demand.task_shift]


def _at(demand: Demand, checkpoints: tuple[int, ...]) -> Bools:
    """Return (J,): the task is at one of some checkpoints."""
    here = np.zeros(len(demand.checkpoints), dtype=np.bool_)
    here[list(checkpoints)] = True
    return here[demand.task_checkpoint]


def _where(demand: Demand, period: SecurityPeriod) -> Bools:
    """Return (J,): the period means the task's checkpoint."""
    if period.checkpoints is None and period.kinds is None:
        return np.ones(len(demand.task_shift), dtype=np.bool_)
    here = _at(demand, period.checkpoints or ())
    return here | np.isin(demand.kind, period.kinds)[demand.task_checkpoint] if period.kinds else here


def _with_heads(demand: Demand, minimum: Int64, desired: Int64) -> Demand:
    """Add each task's heads to its plain group, which is made where there is none."""
    plain = np.full(len(demand.task_shift), -1, dtype=np.int64)
    free = np.flatnonzero(demand.group_capability < 0)
    plain[demand.group_task[free]] = free
    fresh = np.flatnonzero(((minimum > 0) | (desired > 0)) & (plain < 0))
    plain[fresh] = len(demand.group_task) + np.arange(len(fresh))
    here = np.flatnonzero(plain >= 0)

    def grown(heads: NDArray[np.int32], more: Int64 | None) -> NDArray[np.int32]:
        result = np.concatenate([heads.astype(np.int64), np.zeros(len(fresh), dtype=np.int64)])
        if more is not None:
            result[plain[here]] += more[here]
        return np.minimum(result, _MOST).astype(np.int32)

    return replace(
        demand,
        group_task=np.concatenate([demand.group_task, fresh.astype(np.int32)]),
        group_capability=np.concatenate([demand.group_capability, np.full(len(fresh), -1, dtype=np.int8)]),
        minimum=grown(demand.minimum, minimum),
        desired=grown(demand.desired, desired),
        held=grown(demand.held, None),
        surge_minimum=grown(demand.surge_minimum, minimum),
        surge_desired=grown(demand.surge_desired, desired),
    )
