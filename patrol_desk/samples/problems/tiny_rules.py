"""What the full rules and the full objective need, laid over a small random problem."""

from dataclasses import replace
from itertools import combinations
from typing import Final

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from patrol_desk.engine.problem import (
    CLASSES,
    HARD,
    HINT,
    OFFICIAL,
    WAITED_MOST,
    Demand,
    Int32,
    KindRules,
    People,
    Problem,
    Rules,
    Shifts,
)

_SOME: Final = 0.3
"""Share of the people, nights or tasks of which something new holds."""


def with_every_rule(problem: Problem, rng: Generator) -> Problem:
    """Return the problem with everything the full rules know, each in some of the problems.

    A rule keeps its default strength in about half of them.
    """
    people = len(problem.people.ids)
    pairs = [pair for pair in combinations(range(people), 2) if rng.random() < 1.5 / max(people - 1, 1)]
    cut = int(rng.integers(0, len(pairs) + 1)) if rng.random() < 0.5 else 0
    together = pairs[:cut] if rng.random() < 0.5 else pairs[: min(cut, 1)]
    apart = pairs[len(together) :][: int(rng.choice([0, 0, 1, 2]))]
    official = bool(rng.random() < 0.5)
    demand = _demand(problem.demand, rng)
    return replace(
        problem,
        people=_people(problem.people, official, rng),
        shifts=_shifts(problem.shifts, rng),
        demand=demand,
        capabilities=(*problem.capabilities, OFFICIAL) if official else problem.capabilities,
        rules=_rules(problem.rules, rng),
        weights=replace(problem.weights, visit=90, blind=7, queue=3, habit=11),
        apart=_rows(apart, 2),
        together=_rows(together, 2),
        habit=_habit(len(problem.squads), len(demand.task_shift), rng),
        begin=int(rng.choice([problem.begin] * 6 + [700, 1500])),
    )


def _strength(points: int, rng: Generator) -> int:
    """Return hard, hint, off, or points."""
    return int(rng.choice([HARD, HARD, HINT, 0, points, points]))


def _rules(rules: Rules, rng: Generator) -> Rules:
    return replace(
        rules,
        consecutive_days=int(rng.choice([0, 0, 1, 2])),
        nights_in_row=int(rng.choice([0, 0, 1, 2])),
        rest=_strength(70, rng),
        insured=_strength(55, rng),
        workday_eve=_strength(35, rng),
        consecutive=_strength(65, rng),
        nights=_strength(45, rng),
        apart=_strength(85, rng),
        together=_strength(75, rng),
        kinds=(_kind("fixed_post", rng), _kind("patrol_stop", rng)),
    )


def _kind(name: str, rng: Generator) -> KindRules:
    return KindRules(
        name=name,
        reach_m=None if rng.random() < 0.5 else int(rng.integers(1_000, 4_000)),
        reach=_strength(5, rng),
        novice=_strength(95, rng),
        lead=int(rng.choice([0, HINT, 60])),
        official=int(rng.choice([0, HINT, 50])),
    )


def _people(people: People, official: bool, rng: Generator) -> People:
    count, days = people.capability.shape
    is_official = (rng.random(count) < _SOME) & official
    return replace(
        people,
        capability=people.capability | (is_official.astype(np.uint32) << np.uint32(2))[:, None],
        insured=rng.random((count, days)) >= 0.1,
        novice=rng.random(count) < _SOME,
        spares_eve=rng.random(count) < _SOME,
        waited=rng.integers(0, WAITED_MOST + 1, (count, len(CLASSES))).astype(np.int8),
    )


def _shifts(shifts: Shifts, rng: Generator) -> Shifts:
    night = shifts.night | (rng.random(len(shifts.ids)) < _SOME)
    return replace(shifts, night=night, workday_eve=night & (rng.random(len(shifts.ids)) < 2 * _SOME))


def _demand(demand: Demand, rng: Generator) -> Demand:
    places, tasks, groups = len(demand.checkpoints), len(demand.task_shift), len(demand.group_task)
    raised = rng.integers(0, 2, tasks) * (demand.task_tier < 2)
    return replace(
        demand,
        kind=rng.integers(0, 2, places).astype(np.int8),
        visits=(rng.integers(0, 4, places) * (rng.random(places) < 2 * _SOME)).astype(np.int32),
        blind_hours=(rng.integers(1, 30, places) * (rng.random(places) < 2 * _SOME)).astype(np.int32),
        held=(rng.random(groups) < _SOME).astype(np.int32),
        raised=raised.astype(np.int8),
        surge_minimum=np.minimum(demand.minimum, rng.integers(0, 2, groups)).astype(np.int32),
        surge_desired=np.minimum(demand.desired, rng.integers(0, 2, groups)).astype(np.int32),
    )


def _habit(squads: int, tasks: int, rng: Generator) -> Int32:
    cells: NDArray[np.bool_] = rng.random((squads, tasks)) < (_SOME if rng.random() < 2 * _SOME else 0.0)
    where = [(int(squad), int(task), int(rng.integers(1, 5))) for squad, task in np.argwhere(cells)]
    return _rows(where, 3)


def _rows(rows: list[tuple[int, int]] | list[tuple[int, int, int]], columns: int) -> Int32:
    return np.array(rows, dtype=np.int32).reshape(-1, columns)
