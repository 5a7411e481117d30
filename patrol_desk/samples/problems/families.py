"""From a family's name and a seed to a problem."""

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.random import Generator

from patrol_desk.engine.problem import Problem, Rules
from patrol_desk.samples.problems.demand import make_demand, make_shifts
from patrol_desk.samples.problems.full import disrupted, with_full_rules
from patrol_desk.samples.problems.geography import make_geography
from patrol_desk.samples.problems.greedy import greedy
from patrol_desk.samples.problems.people import CAPABILITIES, make_people
from patrol_desk.samples.problems.spec import SPECS, Spec

FAMILIES: Final = tuple(SPECS)
"""Names that `family` knows; `SPECS` says what each is."""

_WEDNESDAY: Final = 2


def family(name: str, seed: int, scale: float = 1.0) -> Problem:
    """Return one planning problem of a family.

    Parameters
    ----------
    name
        One of `FAMILIES`.
    seed
        The same name, seed and scale give the same problem.
    scale
        Share of the family's size, for quick trials.

    Raises
    ------
    KeyError
        There is no such family.
    """
    spec = SPECS[name].scaled(scale)
    rng = np.random.default_rng([seed, FAMILIES.index(name)])
    geography = make_geography(spec, rng)
    shifts = make_shifts(spec)
    problem = Problem(
        people=make_people(spec, geography, shifts, rng),
        shifts=shifts,
        demand=make_demand(spec, geography, shifts, rng),
        squads=tuple(f"s{number:04d}" for number in range(spec.squads)),
        squad_base=geography.bases,
        capabilities=CAPABILITIES,
        rules=Rules(reach_m=spec.reach_m, rest_min=spec.rest_min),
    )
    later = np.random.default_rng([seed, FAMILIES.index(name), 1])  # so that what came before stays as it was
    if spec.full:
        return with_full_rules(problem, geography, later)
    if spec.withdrawn or spec.closed:
        return disrupted(problem, greedy(problem).assignments, _WEDNESDAY, (spec.withdrawn, spec.closed), later)
    return _lock(problem, spec, rng)


def _lock(problem: Problem, spec: Spec, rng: Generator) -> Problem:
    if not spec.locked:
        return problem
    pairs = greedy(problem).assignments
    locked = rng.random(len(pairs)) < spec.locked
    return replace(problem, locked=pairs[locked], baseline=pairs[~locked])
