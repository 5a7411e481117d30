"""The rules that one duty breaks by itself."""

from collections.abc import Iterator

import numpy as np

from patrol_desk.engine.problem import UNAVAILABLE, Int32, Problem
from patrol_desk.engine.verify.duties import Bools, Duties
from patrol_desk.engine.verify.geometry import Int64, metres, squared
from patrol_desk.engine.verify.report import Violation
from patrol_desk.engine.verify.sentences import ALWAYS_HARD, Strength, about


def status(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """Only people on the roster serve."""
    yield from _each(problem, duties, "status", ~problem.people.on_roster[duties.person])


def begun(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """A shift that has begun takes nobody who is not locked there."""
    late = (problem.shifts.start[duties.shift] < problem.begin) & ~duties.locked
    for row in np.flatnonzero(late):
        more = {"start": int(problem.shifts.start[duties.shift[row]]), "begin": problem.begin}
        yield about(problem, duties, int(row), "begun", more, locked=False)


def availability(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """Nobody serves when not available."""
    broken = problem.people.availability[duties.person, duties.shift] == UNAVAILABLE
    yield from _each(problem, duties, "availability", broken)


def leave(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """Nobody serves on leave."""
    yield from _each(problem, duties, "leave", problem.people.leave[duties.person, duties.shift])


def insured(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """Nobody serves on a day on which they are not insured."""
    strength = Strength(problem.rules.insured)
    if not strength.off:
        given = duties if strength.hard else duties.one_per_task()
        broken = ~problem.people.insured[given.person, problem.shifts.day[given.shift]]
        yield from _each(problem, given, "insured", broken, strength)


def workday_eve(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """Who asks for it serves no night before a workday's morning."""
    strength = Strength(problem.rules.workday_eve)
    if not strength.off:
        given = duties if strength.hard else duties.one_per_task()
        broken = problem.people.spares_eve[given.person] & problem.shifts.workday_eve[given.shift]
        yield from _each(problem, given, "workday_eve", broken, strength)


def skill(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """Who takes a typed seat has what it asks for on the day on which the shift starts."""
    asked = problem.demand.group_capability[duties.group].astype(np.int64)
    day = problem.shifts.day[duties.shift].astype(np.int64)
    held = problem.people.capability[duties.person, day].astype(np.int64) >> np.maximum(asked, 0) & 1
    for row in np.flatnonzero((asked >= 0) & (held == 0)):
        capability = problem.capabilities[int(asked[row])]
        yield about(problem, duties, int(row), "skill", {"capability": capability}, locked=bool(duties.locked[row]))


def reach(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """No checkpoint lies farther from home than the reach of its kind; an unknown place is always within."""
    checkpoint = problem.demand.task_checkpoint[duties.task]
    square = squared(problem.people.home[duties.person], problem.demand.place[checkpoint])
    distance, kind = metres(square), problem.demand.kind[checkpoint].astype(np.int64)
    most, strengths = reaches(problem), of_kinds(problem, "reach")
    for row in np.flatnonzero((square > most[kind] ** 2) & (strengths[kind] != 0)):
        limit = int(most[kind[row]])
        strength = Strength(int(strengths[kind[row]]), int(distance[row]) // 100 - limit // 100)
        more = {"metres": int(distance[row]), "reach_m": limit}
        yield about(problem, duties, int(row), "reach", more, locked=bool(duties.locked[row]), strength=strength)


def reaches(problem: Problem) -> Int64:
    """Return (kinds,) metres."""
    return np.array([problem.rules.reach_of(kind) for kind in range(len(problem.rules.kinds))], dtype=np.int64)


def of_kinds(problem: Problem, name: str) -> Int32:
    """Return (kinds,) strengths of one rule."""
    return np.array([getattr(kind, name) for kind in problem.rules.kinds], dtype=np.int32)


def _each(
    problem: Problem, duties: Duties, rule: str, broken: Bools, strength: Strength = ALWAYS_HARD
) -> Iterator[Violation]:
    for row in np.flatnonzero(broken):
        yield about(problem, duties, int(row), rule, {}, locked=bool(duties.locked[row]), strength=strength)
