"""Whether hard duty rotates among those who can serve equally well, over weeks that follow each other.

Equal are people of one squad, neither leader nor deputy, with the same availability in every shift of every week, the
same weekly cap and skills, never on leave, who have the same checkpoints within reach. They form a cohort. The figure
is the spread within a cohort, most less least duties of a class over all the weeks, for the cohorts that could serve in
that class.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Progress, no_progress
from patrol_desk.engine.carry import Carry, carry_over, duties_by_class
from patrol_desk.engine.options import SolveOptions
from patrol_desk.engine.plan import Figures
from patrol_desk.engine.problem import CLASSES, MEMBER, UNAVAILABLE, Bool, Problem
from patrol_desk.engine.solve import solve
from patrol_desk.engine.verify import check
from patrol_desk.engine.weights import Weights
from patrol_desk.samples.problems import FAMILIES, family

Row = dict[str, object]
Int = NDArray[np.int64]

MEASURED: Final = ("night", "weekend")
BAR: Final = 1
SCALE: Final = 0.1
"""Share of each family's size, unless another is asked for: twelve full weeks take an hour."""

WEEKS: Final = 12
LOAD_WINDOW: Final = 12
"""Weeks whose duties count as load. Duties that are forgotten after four weeks drift apart over twelve."""

COHORT: Final = 6
ON_LEAVE: Final = 0.01
"""Share of the people who are on leave in a week: an assumption."""


@dataclass(frozen=True, slots=True, eq=False)
class _Town:
    """A week's problem, and (P,) the cohort of each person, -1 for none."""

    problem: Problem
    cohort: Int


@dataclass(frozen=True, slots=True)
class WeeksOptions:
    """How a row of weeks is simulated.

    Parameters
    ----------
    weeks
        How many.
    moves
        Moves of the search in each week; None for the solver's default.
    scale
        Share of the family's size.
    load_window
        Weeks whose duties count as load.
    weights
        The objective's; the published defaults unless others are tried.
    """

    weeks: int = WEEKS
    moves: int | None = None
    scale: float = SCALE
    load_window: int = LOAD_WINDOW
    weights: Weights = field(default_factory=Weights)


def bench_weeks(
    families: Sequence[str] = (),
    seeds: int = 1,
    options: WeeksOptions | None = None,
    progress: Progress = no_progress,
) -> dict[str, object]:
    """Plan week after week, load and duty queue carried over, and return how evenly nights and weekends fell.

    Parameters
    ----------
    families
        Names out of `FAMILIES`; none for those with and without enough people, saturated and slack.
    seeds
        How many seeds, from 0.
    options
        How the weeks are simulated.
    progress
        Told before each week.

    Raises
    ------
    InvalidDataError
        There is no such family, or no seed is asked for.
    """
    options = options or WeeksOptions()
    names = tuple(families) or ("saturated", "slack")
    for name in names:
        if name not in FAMILIES:
            raise InvalidDataError(Message("bench.no_such_family", {"value": name, "right": list(FAMILIES)}))
    if seeds < 1:
        raise InvalidDataError(Message("bench.no_seeds", {"value": seeds}))
    found: dict[str, list[Row]] = {
        name: [_simulated(name, seed, options, progress) for seed in range(seeds)] for name in names
    }
    worst = max(_most(row) for rows in found.values() for row in rows)
    return {
        "bench": "weeks",
        "options": {"seeds": seeds, "weeks": options.weeks, "moves": options.moves, "scale": options.scale},
        "load_window": options.load_window,
        "bar": BAR,
        "worst": worst,
        "reached": worst <= BAR,
        "families": found,
    }


def _most(row: Row) -> int:
    spreads = row["spread"]
    assert isinstance(spreads, dict)
    return max((int(spread["max"]) for spread in spreads.values()), default=0)


def _simulated(name: str, seed: int, options: WeeksOptions, progress: Progress) -> Row:
    """Plan the weeks of one family and seed."""
    rng = np.random.default_rng([seed, 12])
    town = _with_equals(replace(family(name, seed, options.scale), weights=options.weights))
    people = len(town.problem.people.ids)
    carry = Carry.nothing(people, options.load_window)
    served, could = np.zeros((people, len(CLASSES)), dtype=np.int64), np.zeros((people, len(CLASSES)), dtype=np.bool_)
    away = np.zeros(people, dtype=np.bool_)
    weeks: list[Figures] = []
    broken = 0
    for week in range(options.weeks):
        progress(Message("bench.weeks", {"family": name, "week": week + 1}), week, options.weeks)
        town = _later(town, rng)
        problem = carry.into(town.problem)
        result = solve(problem, SolveOptions(seed=week, moves=options.moves))
        broken += len(check(problem, result.plan).own_violations)
        served += duties_by_class(problem, result.plan)
        could |= _could(problem)
        away |= problem.people.leave.any(axis=1)
        carry = carry_over(carry, problem, result.plan)
        weeks.append(result.figures)
    cohort = np.where(away, -1, town.cohort)
    return {
        "seed": seed,
        "spread": {name: _spread(served, could, cohort, CLASSES.index(name)) for name in MEASURED},
        "equals": int((cohort >= 0).sum()),
        "violations": broken,
        "shortage": [figures.shortage for figures in weeks],
        "gap_rest": [round(figures.gap_rest, 4) for figures in weeks],
        "single_squad_share": [round(figures.single_squad_share, 4) for figures in weeks],
    }


def _with_equals(problem: Problem) -> _Town:
    """Give the members of a squad, six by six, the first one's availability, cap and skills."""
    people = problem.people
    cohort = np.full(len(people.ids), -1, dtype=np.int64)
    availability, cap, skill = people.availability.copy(), people.cap_week.copy(), people.capability.copy()
    reach = _within_reach(problem)
    for squad in range(len(problem.squads)):
        members = np.flatnonzero((people.squad == squad) & (people.role == MEMBER) & people.on_roster)
        for begin in range(0, len(members), COHORT):
            alike = members[begin : begin + COHORT]
            for array in (availability, cap, skill):
                array[alike] = array[alike[0]]
            same = (reach[alike] == reach[alike[0]]).all(axis=1)
            cohort[alike[same]] = int(alike[0])
    changed = replace(people, availability=availability, cap_week=cap, capability=skill)
    return _Town(replace(problem, people=changed), cohort)


def _within_reach(problem: Problem) -> Bool:
    """Return (P, C) which checkpoints each person can be sent to."""
    home, place = problem.people.home.astype(np.int64), problem.demand.place.astype(np.int64)
    square = ((home[:, None] - place[None]) ** 2).sum(axis=2)
    within: Bool = square <= problem.rules.reach_m**2
    return within


def _later(town: _Town, rng: Generator) -> _Town:
    """Return the town a week later: each cohort exchanges what holds for two shifts, and a few people are on leave."""
    people = town.problem.people
    availability = people.availability.copy()
    shifts = availability.shape[1]
    for first in np.unique(town.cohort[town.cohort >= 0]).tolist():
        one, other = rng.integers(0, shifts, 2).tolist()
        row = availability[first].copy()
        row[[one, other]] = row[[other, one]]
        availability[town.cohort == first] = row
    leave = np.repeat(rng.random((len(people.ids), 1)) < ON_LEAVE, shifts, axis=1)
    changed = replace(people, availability=availability, leave=leave)
    return _Town(replace(town.problem, people=changed), town.cohort)


def _could(problem: Problem) -> Bool:
    """Return (P, 4) who could serve in each class at all."""
    free = problem.people.availability != UNAVAILABLE
    columns = [free[:, problem.shifts.load_class == one].any(axis=1) for one in range(len(CLASSES))]
    return np.stack(columns, axis=1)


def _spread(served: Int, could: Bool, cohort: Int, one: int) -> Row:
    """Return the spread of a class within the cohorts: extremes, percentiles, and how many reach the bar."""
    found = []
    for first in np.unique(cohort[cohort >= 0]).tolist():
        alike = cohort == first
        if alike.sum() > 1 and could[alike, one].all():
            found.append(int(np.ptp(served[alike, one])))
    spread = np.array(found or [0])
    return {
        "cohorts": len(found),
        "median": float(np.median(spread)),
        "p95": float(np.percentile(spread, 95)),
        "max": int(spread.max()),
        "within_bar": round(float((spread <= BAR).mean()), 4),
        "mean_duties": round(float(served[cohort >= 0, one].mean()), 2) if found else 0.0,
    }
