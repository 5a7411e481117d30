"""The rules that one duty breaks by itself."""

from collections.abc import Iterator

import numpy as np

from patrol_desk.engine.problem import UNAVAILABLE, Problem
from patrol_desk.engine.verify.duties import Bools, Duties
from patrol_desk.engine.verify.geometry import metres, squared
from patrol_desk.engine.verify.report import Violation
from patrol_desk.engine.verify.sentences import about


def status(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """Only people on the roster serve."""
    yield from _each(problem, duties, "status", ~problem.people.on_roster[duties.person])


def availability(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """Nobody serves when not available."""
    broken = problem.people.availability[duties.person, duties.shift] == UNAVAILABLE
    yield from _each(problem, duties, "availability", broken)


def leave(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """Nobody serves on leave."""
    yield from _each(problem, duties, "leave", problem.people.leave[duties.person, duties.shift])


def skill(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """Who takes a typed seat has what it asks for on the day on which the shift starts."""
    asked = problem.demand.group_capability[duties.group].astype(np.int64)
    day = problem.shifts.day[duties.shift].astype(np.int64)
    held = problem.people.capability[duties.person, day].astype(np.int64) >> np.maximum(asked, 0) & 1
    for row in np.flatnonzero((asked >= 0) & (held == 0)):
        capability = problem.capabilities[int(asked[row])]
        yield about(problem, duties, int(row), "skill", {"capability": capability}, locked=bool(duties.locked[row]))


def reach(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """No checkpoint lies farther from home than the reach; an unknown place is always within."""
    checkpoint = problem.demand.task_checkpoint[duties.task]
    square = squared(problem.people.home[duties.person], problem.demand.place[checkpoint])
    distance, most = metres(square), problem.rules.reach_m
    for row in np.flatnonzero(square > most**2):
        more = {"metres": int(distance[row]), "reach_m": most}
        yield about(problem, duties, int(row), "reach", more, locked=bool(duties.locked[row]))


def _each(problem: Problem, duties: Duties, rule: str, broken: Bools) -> Iterator[Violation]:
    for row in np.flatnonzero(broken):
        yield about(problem, duties, int(row), rule, {}, locked=bool(duties.locked[row]))
