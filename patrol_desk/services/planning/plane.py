"""Degrees to metres on a local plane."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from patrol_desk.engine.problem import NO_PLACE, Int32

METRES_PER_DEGREE = 111_195
"""Mean length of one degree of a great circle (Earth radius 6,371 km)."""

Degrees = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Plane:
    """An equirectangular plane that touches the ground at the township: error under 0.1 % within 50 km.

    Parameters
    ----------
    lon, lat
        Point of contact in degrees, on a tenth of a degree so that one more checkpoint does not move it.
    """

    lon: float
    lat: float

    @classmethod
    def around(cls, places: Sequence[Degrees]) -> "Plane":
        """Return the plane for the places; without any it touches at 0, 0."""
        known = [(lon, lat) for lon, lat in places if lon is not None and lat is not None]
        if not known:
            return cls(0.0, 0.0)
        return cls(
            round(sum(lon for lon, _ in known) / len(known), 1), round(sum(lat for _, lat in known) / len(known), 1)
        )

    def points(self, places: Sequence[Degrees]) -> Int32:
        """Return (N, 2) whole metres east and north; NO_PLACE where the place is unknown."""
        found = np.full((len(places), 2), NO_PLACE, dtype=np.int32)
        shrink = math.cos(math.radians(self.lat))
        for number, (lon, lat) in enumerate(places):
            if lon is not None and lat is not None:
                found[number, 0] = round((lon - self.lon) * METRES_PER_DEGREE * shrink)
                found[number, 1] = round((lat - self.lat) * METRES_PER_DEGREE)
        return found
