"""Coordinates of Chinese map products (GCJ-02) into WGS-84.

GCJ-02 moves every point by some 300 to 700 m. The formula of the shift is public knowledge (Krasovsky 1940 ellipsoid
with periodic terms, as in the eviltransform project); the way back has no closed form and is found by iteration.
"""

from math import cos, pi, radians, sin, sqrt

from patrol_desk.sync.kinds import Word, WordsKind

_AXIS = 6_378_245.0
_SQUARED_ECCENTRICITY = 0.00669342162296594323
_ROUNDS = 12
_DIGITS = 7
"""One unit of the seventh digit is about a centimetre."""

HEADINGS = ("坐标系", "coordinate system")
ALIASES = ("坐标系统", "坐标类型", "datum")
GCJ = "gcj"
SYSTEMS = WordsKind(
    (
        Word("wgs", "WGS-84", "WGS84", ("GPS", "4326", "国际坐标", "CGCS2000", "天地图")),
        Word(GCJ, "GCJ-02", "GCJ02", ("火星坐标", "火星", "高德", "腾讯", "国测局")),
    )
)
"""What a column 坐标系 may say; a map that shifts further (BD-09) must be converted first."""


def shift(lon: float, lat: float) -> tuple[float, float]:
    """Return where GCJ-02 puts a WGS-84 point; both in degrees."""
    x, y = lon - 105.0, lat - 35.0
    waves = (20 * sin(6 * pi * x) + 20 * sin(2 * pi * x)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + waves + _slow(y, 160, 320)
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + waves + _slow(x, 150, 300)
    angle = radians(lat)
    magic = 1 - _SQUARED_ECCENTRICITY * sin(angle) ** 2
    meridian = _AXIS * (1 - _SQUARED_ECCENTRICITY) / (magic * sqrt(magic))
    parallel = _AXIS / sqrt(magic) * cos(angle)
    return lon + east * 180 / (parallel * pi), lat + north * 180 / (meridian * pi)


def _slow(value: float, twelfth: float, thirtieth: float) -> float:
    near = (20 * sin(pi * value) + 40 * sin(pi * value / 3)) * 2 / 3
    return near + (twelfth * sin(pi * value / 12) + thirtieth * sin(pi * value / 30)) * 2 / 3


def to_wgs84(lon: float, lat: float) -> tuple[float, float]:
    """Return the WGS-84 point that GCJ-02 puts there, to a centimetre; both in degrees."""
    there = lon, lat
    for _ in range(_ROUNDS):
        shifted = shift(*there)
        there = there[0] + lon - shifted[0], there[1] + lat - shifted[1]
    return round(there[0], _DIGITS), round(there[1], _DIGITS)
