"""Hubs: people of one squad who live close to each other, so that one node stands for all of them."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from patrol_desk.engine.core.instance import Instance, Int64
from patrol_desk.engine.problem import NO_PLACE, Int32, Problem

CELL_M: Final = 4000
"""Edge of the grid cells in which homes count as one place, in metres; the squad's middle is the middle of a cell.

Larger hubs give whole teams more often, and the flow fewer arcs; the search then sends the right members of the hub.
"""

COLUMNS: Final = 64
"""Checkpoints whose distances are averaged at once: bounds the memory."""


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
    near: Int32


def make_hubs(problem: Problem, instance: Instance, cell_m: int = CELL_M) -> Hubs:
    """Group people by squad and cell of their home; with ``cell_m=0`` everybody is a hub."""
    people = len(instance.person)
    if cell_m:
        keys = np.column_stack([instance.pool, _cells(problem, instance, cell_m)])
        _, of_person = np.unique(keys, axis=0, return_inverse=True)
    else:
        of_person = np.arange(people)
    of_person = of_person.reshape(-1).astype(np.int64)
    hubs, checkpoints = int(of_person.max(initial=-1)) + 1, instance.near.shape[1]
    near = np.zeros((hubs, checkpoints), dtype=np.int32)
    if hubs == 0:
        return Hubs(of_person, near)
    order = np.argsort(of_person, kind="stable")
    first = np.searchsorted(of_person[order], np.arange(hubs))
    size = np.diff(np.append(first, people))[:, None]
    for column in range(0, checkpoints, COLUMNS):
        some = slice(column, column + COLUMNS)
        way = instance.near[:, some][order]
        total = np.add.reduceat(way, first, axis=0, dtype=np.int64)
        lowest = np.minimum.reduceat(way, first, axis=0)
        near[:, some] = np.where(lowest < 0, -1, total // size)
    return Hubs(of_person, near)


def _cells(problem: Problem, instance: Instance, cell_m: int) -> Int64:
    """Return (P, 2) the cell of each home, counted from the mean of the squad's homes; an unknown home is no cell's."""
    home = problem.people.home[instance.person].astype(np.int64)
    known = home[:, 0] != NO_PLACE
    pools = int(instance.pool.max(initial=-1)) + 1
    count = np.maximum(np.bincount(instance.pool[known], minlength=pools), 1)
    sums = [np.bincount(instance.pool[known], home[known, axis], pools) for axis in (0, 1)]
    middle = np.stack([each // count for each in sums], axis=1)
    cells: Int64 = (home - middle.astype(np.int64)[instance.pool] + cell_m // 2) // cell_m
    cells[~known] = NO_PLACE
    return cells
