"""Who lives in a made-up township and when they can serve."""

from typing import Final

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from patrol_desk.engine.problem import AVOID, CLASSES, DEPUTY, FINE, LEADER, PREFER, UNAVAILABLE, Int8, People, Shifts
from patrol_desk.engine.problem import UInt32 as Masks
from patrol_desk.samples.problems.geography import Geography
from patrol_desk.samples.problems.spec import Spec

CAPABILITIES: Final = ("leader", "first_aid", "driver")

DAYS: Final = 7

_OFTEN: Final = np.array(
    [  # weekday day, weekday evening, night, weekend day, weekend evening
        (0.04, 0.40, 0.08, 0.35, 0.40),  # works office hours
        (0.38, 0.25, 0.01, 0.35, 0.20),  # retired
        (0.20, 0.25, 0.16, 0.25, 0.25),  # works shifts
    ]
)
"""How often someone of each way of life can serve: assumptions."""


def make_people(spec: Spec, geography: Geography, shifts: Shifts, rng: Generator) -> People:
    """Return the people of one township."""
    count = spec.people
    squad = np.sort(rng.integers(0, spec.squads, count)).astype(np.int32)
    role = _roles(squad)
    squad[(rng.random(count) < 0.02) & (role == 0)] = -1
    base = geography.bases[np.maximum(squad, 0)]
    home = base + rng.normal(0, 500, (count, 2))
    return People(
        ids=tuple(f"p{number:05d}" for number in range(count)),
        squad=squad,
        role=role,
        on_roster=rng.random(count) < 0.97,
        capability=_capabilities(spec, role, rng),
        home=home.astype(np.int32),
        cap_week=rng.choice(np.arange(1, 5), count, p=spec.caps).astype(np.int8),
        load=rng.poisson((1.2, 0.5, 0.6, 0.1), (count, len(CLASSES))).astype(np.int32),
        availability=_availability(shifts, count, rng),
        leave=(rng.random((count, DAYS)) < 0.02)[:, shifts.day],
    )


def _roles(squad: NDArray[np.int32]) -> Int8:
    """Make the first of each squad its leader and the next two its deputies; `squad` is sorted."""
    number = np.arange(len(squad)) - np.searchsorted(squad, squad)
    return np.select([number == 0, number <= 2], [LEADER, DEPUTY], 0).astype(np.int8)


def _capabilities(spec: Spec, role: Int8, rng: Generator) -> Masks:
    """Return (P, D) masks; one certificate in fifty runs out during the week."""
    mask = np.repeat((role >= DEPUTY).astype(np.uint32)[:, None], DAYS, axis=1)
    for bit, share in enumerate(spec.skills, start=1):
        until = np.where(rng.random(len(role)) < 0.02, rng.integers(1, DAYS, len(role)), DAYS)
        held = (rng.random(len(role)) < share)[:, None] & (np.arange(DAYS) < until[:, None])
        mask |= held.astype(np.uint32) << np.uint32(bit)
    return mask


def _availability(shifts: Shifts, count: int, rng: Generator) -> Int8:
    """Return (P, T), by three ways of life."""
    weekend, hour = shifts.day >= 5, shifts.start % 1440 // 60
    night, evening = (hour >= 22) | (hour < 5), (hour >= 18) & (hour < 22)
    column = np.select([night, evening & weekend, evening, weekend], [2, 4, 1, 3], 0)
    life = rng.choice(len(_OFTEN), count, p=(0.6, 0.25, 0.15))
    keen = rng.uniform(0.6, 1.4, (count, 1))
    can = rng.random((count, len(column))) < _OFTEN[life][:, column] * keen
    wish = rng.choice([AVOID, FINE, PREFER], can.shape, p=(0.2, 0.5, 0.3))
    return np.where(can, wish, UNAVAILABLE).astype(np.int8)
