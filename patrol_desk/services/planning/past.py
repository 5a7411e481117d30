"""What the weeks before mean for a week: load, the duty queue, and where squads have become a habit."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from patrol_desk.engine.problem import WAITED_MOST, Demand, Int8, Int32
from patrol_desk.engine.visits.predictable import Past
from patrol_desk.models import HolidayKind
from patrol_desk.services.planning.load_class import load_class
from patrol_desk.storage.reads.week import WeekData


def load(data: WeekData, index: Mapping[str, int]) -> Int32:
    """Return (P, 4): duties of the weeks that count as load, per class."""
    found = np.zeros((len(index), 4), dtype=np.int32)
    night = _nights(data)
    since = data.week.monday - timedelta(weeks=data.settings.numbers["load_weeks"])
    for person, _place, pattern, day in data.served:
        if person in index and day >= since:
            found[index[person], load_class(data.holidays, night.get(pattern, False), day)] += 1
    return found


def waited(data: WeekData, index: Mapping[str, int]) -> Int8:
    """Return (P, 4): whole weeks from the last duty of each class to the week's Monday, at most `WAITED_MOST`."""
    found = np.full((len(index), 4), WAITED_MOST, dtype=np.int8)
    night, monday = _nights(data), data.week.monday
    for person, _place, pattern, day in data.served:
        if person in index:
            row, column = index[person], load_class(data.holidays, night.get(pattern, False), day)
            found[row, column] = min(int(found[row, column]), (monday - day).days // 7)
    return found


def past_of(data: WeekData, demand: Demand, shifts: Sequence[tuple[str, date]]) -> Past:
    """Return who stood at a week's tasks in the weeks before it, as far back as anything was served.

    It is what squads' habits are, for planning and for what an observer can guess alike. A person's past duties count
    for the squad of the week that is planned.

    Parameters
    ----------
    data
        The week as stored.
    demand, shifts
        The week's demand, and pattern id and date of each of its shifts.
    """
    squads = {row.id: number for number, row in enumerate(data.squads)}
    squad_of = {person: squads.get(member.squad_id, -1) for person, member in data.members.items()}
    checkpoint = {row.id: number for number, row in enumerate(data.checkpoints)}
    shift = {(pattern, day.weekday()): number for number, (pattern, day) in enumerate(shifts)}
    cells = zip(demand.task_checkpoint.tolist(), demand.task_shift.tolist(), strict=True)
    task = {cell: number for number, cell in enumerate(cells)}
    rows, weeks = set(), 0
    for person, place, pattern, day in data.served:
        ago = -((day - data.week.monday).days // 7)
        weeks = max(weeks, ago)
        found = task.get((checkpoint.get(place, -1), shift.get((pattern, day.weekday()), -1)))
        if found is not None and ago > 0:
            rows.add((ago, squad_of.get(person, -1), found))
    return Past(weeks, np.array(sorted(rows), dtype=np.int32).reshape(-1, 3), len(demand.task_shift))


def is_workday(holidays: Mapping[date, HolidayKind], day: date) -> bool:
    """Say whether people work on a day: a make-up workday, or a weekday that is no holiday."""
    kind = holidays.get(day)
    return kind is HolidayKind.MAKE_UP_WORKDAY or (kind is None and day.weekday() < 5)


def _nights(data: WeekData) -> dict[str, bool]:
    return {row.id: row.night for row in data.patterns}
