"""Coordinates of the three systems that Chinese maps give, into WGS-84.

BD-09 is what Baidu puts on top of GCJ-02: the point is turned and stretched a little about the origin by periodic
terms. The formula is public knowledge (as in the coordtransform project, `gcj02tobd09`); the way back has no closed
form and is found by iteration, as it is for GCJ-02.
"""

from math import atan2, cos, hypot, pi, sin
from typing import Final

from patrol_desk.sync.reading.datum import to_wgs84

WGS, GCJ, BD = "WGS-84", "GCJ-02", "BD-09"
DATUMS: Final = (WGS, GCJ, BD)

_WAVE: Final = pi * 3000 / 180
_EAST, _NORTH = 0.0065, 0.006
_ROUNDS: Final = 12


def to_baidu(lon: float, lat: float) -> tuple[float, float]:
    """Return where BD-09 puts a GCJ-02 point; both in degrees."""
    radius = hypot(lon, lat) + 0.00002 * sin(lat * _WAVE)
    angle = atan2(lat, lon) + 0.000003 * cos(lon * _WAVE)
    return radius * cos(angle) + _EAST, radius * sin(angle) + _NORTH


def from_baidu(lon: float, lat: float) -> tuple[float, float]:
    """Return the GCJ-02 point that BD-09 puts there, to a millimetre; both in degrees."""
    there = lon, lat
    for _ in range(_ROUNDS):
        put = to_baidu(*there)
        there = there[0] + lon - put[0], there[1] + lat - put[1]
    return there


def to_wgs(lon: float, lat: float, datum: str) -> tuple[float, float]:
    """Return a point of one of `DATUMS` in WGS-84 degrees, to a centimetre; raise KeyError for another system."""
    if datum == BD:
        return to_wgs84(*from_baidu(lon, lat))
    if datum == GCJ:
        return to_wgs84(lon, lat)
    if datum == WGS:
        return round(lon, 7), round(lat, 7)
    raise KeyError(datum)
