"""The rules that count: twice, day cap, week cap, seats, and the locked pairs that are missing."""

from collections.abc import Iterator

import numpy as np

from patrol_desk.engine.problem import Problem
from patrol_desk.engine.verify.duties import Duties, duties_of, locked_keys
from patrol_desk.engine.verify.report import Violation
from patrol_desk.engine.verify.sentences import about, runs


def twice(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """Nobody stands twice in one patrol."""
    order = np.lexsort((duties.group, duties.task, duties.person))
    for rows in runs(order, duties.person, duties.task):
        times = int(duties.repeats[rows].sum())
        if times > 1:
            locked = bool(duties.locked[rows].all()) and times == len(rows)
            yield about(problem, duties, int(rows[-1]), "twice", {"times": times}, locked=locked)


def day_cap(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """No more duties start on one day than the rules allow."""
    single, cap = duties.one_per_task(), problem.rules.cap_day
    day = problem.shifts.day[single.shift].astype(np.int64)
    order = np.lexsort((problem.shifts.start[single.shift], day, single.person))
    for rows in runs(order, single.person, day):
        if len(rows) > cap:
            more = {"duties": len(rows), "cap": cap, "day": int(day[rows[0]]) + 1}
            yield about(problem, single, int(rows[-1]), "day_cap", more, locked=bool(single.locked[rows].all()))


def week_cap(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """Nobody serves more often in the problem's days than their own cap."""
    single = duties.one_per_task()
    order = np.lexsort((problem.shifts.start[single.shift], single.person))
    for rows in runs(order, single.person):
        cap = int(problem.people.cap_week[single.person[rows[0]]])
        if len(rows) > cap:
            more = {"duties": len(rows), "cap": cap}
            yield about(problem, single, int(rows[-1]), "week_cap", more, locked=bool(single.locked[rows].all()))


def seats(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """No more people stand in a group of seats than are desired."""
    order = np.lexsort((duties.locked, duties.group))
    for rows in runs(order, duties.group):
        desired = int(problem.demand.desired[duties.group[rows[0]]])
        if len(rows) > desired:
            first = int(rows[0])  # the free ones stand before the locked ones
            more = {"heads": len(rows), "desired": desired}
            yield about(problem, duties, first, "seats", more, locked=bool(duties.locked[rows].all()))


def locked(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """What the problem locks is in the plan."""
    width = max(len(problem.demand.group_task), 1)
    keys = locked_keys(problem)
    missing = duties_of(problem, keys[~np.isin(keys, duties.person * width + duties.group)])
    for row in range(len(missing.person)):
        yield about(problem, missing, row, "locked", {}, locked=False)
