"""What a week asks for: seats of the checkpoints in force, with what areas, periods and rules make of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import numpy as np

from patrol_desk.engine import influence
from patrol_desk.engine.problem import OFFICIAL, Bool, Demand, Shifts
from patrol_desk.engine.rules.reserve import reserve
from patrol_desk.services.planning.plane import Plane
from patrol_desk.storage.reads.rows import AreaRow, CheckpointRow, DayDemandRow, DemandRow
from patrol_desk.storage.reads.settings import KINDS
from patrol_desk.storage.reads.week import WeekData

ShiftKey = tuple[str, date]
"""Pattern id and the day on which the shift starts."""

GroupKey = tuple[str, str, date, int]
"""Checkpoint id, pattern id, date and capability index (-1 for any)."""

_DAY: Final = 1440
_OPEN: Final = 366
"""Days before and after a week beyond which an area that is open is not followed."""


def build_demand(
    data: WeekData, keys: Sequence[ShiftKey], shifts: Shifts, capabilities: Sequence[str], plane: Plane
) -> Demand:
    """Return the demand of a week.

    Parameters
    ----------
    data
        The week as stored.
    keys, shifts
        Its shifts, as stored and as the engine sees them.
    capabilities
        Names, as in the problem.
    plane
        On which the places lie.
    """
    demand = influence.apply(
        _asked(data, keys, plane), shifts, _areas(data), _periods(data), len(data.settings.weights.minimum)
    )
    settings = data.settings
    if OFFICIAL in capabilities:
        places = [row.needs_official or row.kind.value in settings.need_official for row in data.checkpoints]
        demand = reserve(demand, capabilities.index(OFFICIAL), _tasks(demand, places, 1))
    places = [row.needs_leader or row.kind.value in settings.need_leader for row in data.checkpoints]
    return _knowing(reserve(demand, 0, _tasks(demand, places, 2)), data, keys)


def group_keys(data: WeekData, keys: Sequence[ShiftKey], demand: Demand) -> dict[GroupKey, int]:
    """Return the key of each seat group → its index."""
    found: dict[GroupKey, int] = {}
    groups = zip(demand.group_task.tolist(), demand.group_capability.tolist(), strict=True)
    for number, (task, capability) in enumerate(groups):
        pattern, day = keys[demand.task_shift[task]]
        found[data.checkpoints[demand.task_checkpoint[task]].id, pattern, day, capability] = number
    return found


def _knowing(demand: Demand, data: WeekData, keys: Sequence[ShiftKey]) -> Demand:
    """Return the demand in which heads that are knowingly left open are no minimum any more; they stay desired."""
    if not data.known_gaps:
        return demand
    groups, less = group_keys(data, keys, demand), np.zeros_like(demand.minimum)
    capability = {row.id: number for number, row in enumerate(data.skills, start=1)}
    for row in data.known_gaps:
        kind = 0 if row.leader else -1 if row.skill_id is None else capability.get(row.skill_id, -2)
        group = groups.get((row.checkpoint_id, row.pattern_id, row.on_date, kind))
        if group is not None:
            less[group] = row.heads
    minimum = np.maximum(demand.minimum - less, 0)
    return replace(demand, minimum=minimum, surge_minimum=np.minimum(demand.surge_minimum, minimum))


def _tasks(demand: Demand, places: Sequence[bool], heads: int) -> Bool:
    """Return (J,): tasks of some checkpoints that ask for so many heads or more."""
    asked = np.bincount(demand.group_task, weights=demand.desired, minlength=len(demand.task_shift))
    wanted: Bool = np.array(places, dtype=np.bool_)[demand.task_checkpoint] & (asked >= heads)
    return wanted


def _asked(data: WeekData, keys: Sequence[ShiftKey], plane: Plane) -> Demand:
    """Return the demand before anything raises it; heads that a neighbouring town holds are told apart."""
    tasks: dict[tuple[int, int], int] = {}
    rows: list[tuple[int, int, int, int, int]] = []
    for place, time, kind, row in _ordered(data, keys):
        task = tasks.setdefault((place, time), len(tasks))
        held = min(row.held, row.minimum)
        rows.append((task, kind, row.minimum - held, max(row.minimum, row.desired) - held, held))
    table = np.array(rows, dtype=np.int32).reshape(-1, 5)
    pairs = np.array(list(tasks), dtype=np.int32).reshape(-1, 2)
    places = data.checkpoints
    tier = np.array([row.tier - 1 for row in places], dtype=np.int8)
    return Demand(
        checkpoints=tuple(row.code for row in places),
        place=plane.points([(row.lon, row.lat) for row in places]),
        task_checkpoint=pairs[:, 0].copy(),
        task_shift=pairs[:, 1].copy(),
        task_tier=tier[pairs[:, 0]],
        group_task=table[:, 0].copy(),
        group_capability=table[:, 1].astype(np.int8),
        minimum=table[:, 2].copy(),
        desired=table[:, 3].copy(),
        kind=np.array([KINDS.index(row.kind.value) for row in places], dtype=np.int8),
        visits=np.array([row.weekly_visits for row in places], dtype=np.int32),
        blind_hours=np.array([row.blind_hours for row in places], dtype=np.int32),
        held=table[:, 4].copy(),
    )


def _ordered(data: WeekData, keys: Sequence[ShiftKey]) -> list[tuple[int, int, int, DemandRow]]:
    """Return (checkpoint, shift, capability, row) of the demand in force, by shift, checkpoint and capability."""
    checkpoint = {row.id: number for number, row in enumerate(data.checkpoints)}
    shift = {key: number for number, key in enumerate(keys)}
    capability = {row.id: number for number, row in enumerate(data.skills, start=1)}
    found = []
    for row in data.demand:
        day = data.week.monday + timedelta(days=row.weekday)
        key = (row.pattern_id, day)
        if row.checkpoint_id not in checkpoint or key not in shift:
            continue
        place = checkpoint[row.checkpoint_id]
        kind = 0 if row.leader else -1 if row.skill_id is None else capability.get(row.skill_id, -2)
        if kind != -2 and data.checkpoints[place].in_force_on(day):
            found.append((place, shift[key], kind, row))
    for extra in data.day_demand:
        key = (extra.pattern_id, extra.on_date)
        if extra.checkpoint_id in checkpoint and key in shift:
            place = checkpoint[extra.checkpoint_id]
            if data.checkpoints[place].in_force_on(extra.on_date):
                _add_heads(found, place, shift[key], extra)
    return sorted(found, key=lambda need: (need[1], need[0], need[2]))


def _add_heads(found: list[tuple[int, int, int, DemandRow]], place: int, time: int, extra: DayDemandRow) -> None:
    """Add the heads of one day to the seats that anybody may take, which are new where there are none."""
    at = next((number for number, need in enumerate(found) if need[:3] == (place, time, -1)), None)
    weekday = extra.on_date.weekday()
    none = DemandRow(extra.checkpoint_id, extra.pattern_id, weekday, None, False, 0, 0, 0)
    row = none if at is None else found[at][3]
    desired = max(row.minimum, row.desired) + extra.desired
    more = (place, time, -1, row._replace(minimum=row.minimum + extra.minimum, desired=desired))
    if at is None:
        found.append(more)
    else:
        found[at] = more


def _areas(data: WeekData) -> list[influence.PriorityArea]:
    return [
        influence.PriorityArea(row.name, *_minutes(data, row.first_on, row.last_on), _places(data, row), row.raised)
        for row in data.areas
        if row.raised > 0
    ]


def _places(data: WeekData, area: AreaRow) -> tuple[int, ...]:
    """Return the checkpoints of an area: of its community, of its grid cell, and those it lists."""
    listed = data.area_places.get(area.id, frozenset())
    return tuple(number for number, row in enumerate(data.checkpoints) if _inside(row, area) or row.id in listed)


def _inside(row: CheckpointRow, area: AreaRow) -> bool:
    in_community = row.community_id is not None and row.community_id == area.community_id
    return in_community or (row.grid_cell_id is not None and row.grid_cell_id == area.grid_cell_id)


def _periods(data: WeekData) -> list[influence.SecurityPeriod]:
    """Return the security periods; of one whose area is not in force nothing is known, so that it raises nothing."""
    area: Mapping[str, AreaRow] = {row.id: row for row in data.areas}
    found = []
    for row in data.periods:
        places: set[int] = set(range(len(data.checkpoints)))
        if row.area_id is not None:
            places = set(_places(data, area[row.area_id])) if row.area_id in area else set()
        if row.checkpoint_kind is not None:
            places &= {number for number, each in enumerate(data.checkpoints) if each.kind is row.checkpoint_kind}
        found.append(
            influence.SecurityPeriod(
                row.name, *_minutes(data, row.first_on, row.last_on), tuple(sorted(places)), None,
                row.more_minimum, row.more_desired, row.percent, row.percent,
            )
        )  # fmt: skip
    return found


def _minutes(data: WeekData, first: date | None, last: date | None) -> tuple[int, int]:
    """Return the first minute of a day and the one after another's last, from the week's Monday."""
    start = -_OPEN if first is None else (first - data.week.monday).days
    end = _OPEN if last is None else (last - data.week.monday).days + 1
    return start * _DAY, end * _DAY
