"""Homes as density: how many volunteers live where, never where one lives."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from patrol_desk.common.actor import Actor
from patrol_desk.models import Person, PersonStatus
from patrol_desk.security.permissions import Permission
from patrol_desk.services.map.projection import Plane
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.storage import bulk

CELL = 300.0
"""Side of a square, metres."""
LEAST = 5
"""People that a square must hold to count at all."""
LEVELS = 4
_MOST_CELLS = 400
"""Squares on a side: a home with coordinates far away does not make the picture larger than this."""


@dataclass(frozen=True, slots=True, eq=False)
class Density:
    """Squares by how many people live there, blurred and cut into levels: no figure of people is left in it.

    Parameters
    ----------
    west, south
        Corner of the first square, metres on the plane.
    side
        Of a square, metres.
    levels
        (rows, columns) 0 for none to `LEVELS`, rows from south to north.
    """

    west: float
    south: float
    side: float
    levels: NDArray[np.uint8]


@permitted(Permission.DATA_READ)
def home_density(station: Station, actor: Actor, plane: Plane, box: tuple[float, float, float, float]) -> Density:
    """Return the density of active people's homes inside a box on the plane."""
    del actor  # the permission is all that depends on who asks
    where = {"ended_on": None, "status": PersonStatus.ACTIVE}
    with station.read() as session:
        homes = [
            plane.at(lon, lat)
            for lon, lat in bulk.rows(session, Person, ["home_lon", "home_lat"], where=where)
            if lon is not None and lat is not None
        ]
    return density(np.array(homes, dtype=np.float64).reshape(-1, 2), box)


def density(homes: NDArray[np.float64], box: tuple[float, float, float, float]) -> Density:
    """Return homes as levels: counted by square, squares with fewer than `LEAST` emptied, then blurred.

    The blur is a mean over 3 by 3 squares; it comes after the emptying, so a suppressed square has no part in it.

    Parameters
    ----------
    homes
        (N, 2) metres east and north.
    box
        West, south, east, north: what lies outside is left out.
    """
    west, south, east, north = box
    columns = min(max(int((east - west) // CELL) + 1, 1), _MOST_CELLS)
    rows = min(max(int((north - south) // CELL) + 1, 1), _MOST_CELLS)
    x = np.floor((homes[:, 0] - west) / CELL).astype(np.int64)
    y = np.floor((homes[:, 1] - south) / CELL).astype(np.int64)
    inside = (x >= 0) & (x < columns) & (y >= 0) & (y < rows)
    counts = np.bincount(y[inside] * columns + x[inside], minlength=rows * columns).reshape(rows, columns)
    counts[counts < LEAST] = 0
    padded = np.pad(counts.astype(np.float64), 1)
    blurred = sum(padded[i : i + rows, j : j + columns] for i in range(3) for j in range(3)) / 9
    return Density(west, south, CELL, _levels(np.asarray(blurred)))


def _levels(blurred: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return the level of each square: the quarter of the highest value in which it lies; thin edges are none."""
    highest = float(blurred.max(initial=0.0))
    if highest <= 0:
        return np.zeros(blurred.shape, dtype=np.uint8)
    share = np.ceil(blurred / highest * LEVELS - 0.2)
    levels: NDArray[np.uint8] = np.clip(share, 0, LEVELS).astype(np.uint8)
    return levels
