"""Hubs: people of one squad who live close to each other, so that one node stands for all of them."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from patrol_desk.engine.core.instance import Instance, Int64
from patrol_desk.engine.problem import Problem

CELL_M: Final = 1000
"""Edge of the grid cells in which homes count as one place, in metres."""


@dataclass(frozen=True, slots=True, eq=False)
class Hubs:
    """Which hub each person belongs to, and how far each hub is from each checkpoint.

    Parameters
    ----------
    of_person
        (P,) index of the hub.
    near
        (H, C) mean hundreds of metres of its people; -1 when any of them is out of reach.
    """

    of_person: Int64
    near: Int64


def make_hubs(problem: Problem, instance: Instance, cell_m: int = CELL_M) -> Hubs:
    """Group people by squad and cell of their home; with ``cell_m=0`` everybody is a hub."""
    people = len(instance.person)
    if cell_m:
        cell = problem.people.home[instance.person].astype(np.int64) // cell_m
        keys = np.column_stack([instance.pool, cell])
        _, of_person = np.unique(keys, axis=0, return_inverse=True)
    else:
        of_person = np.arange(people)
    of_person = of_person.reshape(-1).astype(np.int64)
    if people == 0:
        return Hubs(of_person, np.zeros((0, instance.near.shape[1]), dtype=np.int64))
    order = np.argsort(of_person, kind="stable")
    first = np.searchsorted(of_person[order], np.arange(int(of_person.max()) + 1))
    size = np.diff(np.append(first, people))
    near = instance.near[order]
    total = np.add.reduceat(near, first, axis=0, dtype=np.int64)
    lowest = np.minimum.reduceat(near, first, axis=0)
    return Hubs(of_person, np.where(lowest < 0, -1, total // size[:, None]))
