"""From degrees to metres on a plane and back."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from patrol_desk.services.places.surroundings import METRES_PER_DEGREE

Line = tuple[tuple[float, float], ...]
"""Metres east and north."""

DIGITS = 7
"""One unit of the seventh digit is about a centimetre."""


@dataclass(frozen=True, slots=True)
class Plane:
    """The ground around one point, flat: the equidistant cylindrical projection with that point's parallel as standard.

    With R the Earth's mean radius (6,371 km), angles in radians and (λ₀, φ₀) the middle: east = R (λ - λ₀) cos φ₀,
    north = R (φ - φ₀). Source: J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395 (1987),
    p. 91, formulas 12-1 and 12-2. Within 30 km of the middle, at 23° north, distances are right to 0.3 %: the
    parallels' length changes by tan φ₀ times the angle, and the ellipsoid is taken for a sphere.

    Parameters
    ----------
    lon, lat
        The middle, WGS-84 degrees.
    """

    lon: float
    lat: float

    @classmethod
    def around(cls, points: Sequence[tuple[float, float]]) -> "Plane":
        """Return the plane in the middle of the box around points (degrees); without any that of the city."""
        if not points:
            return cls(113.75, 23.0)
        lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
        return cls((min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2)

    @property
    def _parallel(self) -> float:
        return METRES_PER_DEGREE * math.cos(math.radians(self.lat))

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Return metres east and north of the middle."""
        return (lon - self.lon) * self._parallel, (lat - self.lat) * METRES_PER_DEGREE

    def back(self, east: float, north: float) -> tuple[float, float]:
        """Return the degrees of a point, to a centimetre."""
        return round(self.lon + east / self._parallel, DIGITS), round(self.lat + north / METRES_PER_DEGREE, DIGITS)

    def line(self, points: Sequence[Sequence[float]]) -> Line:
        """Return a course or boundary in metres."""
        return tuple(self.at(lon, lat) for lon, lat in points)
