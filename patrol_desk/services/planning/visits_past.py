"""Who stood where in the weeks before a week: what an observer has seen."""

import numpy as np

from patrol_desk.engine.visits.predictable import Past
from patrol_desk.services.planning.problem import WeekProblem
from patrol_desk.storage.reads.week import WeekData


def past_of(data: WeekData, week_problem: WeekProblem) -> Past:
    """Return what was to be seen at a week's tasks in the weeks before it, as far back as anything was served.

    A person's past duties count for the squad of the week that is planned.

    Parameters
    ----------
    data, week_problem
        The week as stored, and its problem.
    """
    demand = week_problem.problem.demand
    squads = {row.id: number for number, row in enumerate(data.squads)}
    squad_of = {person: squads.get(member.squad_id, -1) for person, member in data.members.items()}
    checkpoint = {place: number for number, place in enumerate(week_problem.checkpoint_ids)}
    shift = {(pattern, day.weekday()): number for number, (pattern, day) in enumerate(week_problem.shifts)}
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
