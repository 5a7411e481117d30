"""Plane geometry in whole metres, with plain arithmetic only: the same result on every machine.

Sines, logarithms and powers may differ in the last bit between platforms and are not used on anything that is not
rounded at once; the square root is exact by IEEE 754.
"""

import math
from collections.abc import Sequence
from typing import Final

Point = tuple[int, int]

ORIGIN: Final = (113.7, 22.98)
"""Longitude and latitude (WGS-84 degrees) of the plane's origin."""

_METRES_PER_DEGREE: Final = (102_371, 111_195)
"""Length of a degree of longitude (at latitude 22.98) and of latitude, in metres."""


def degrees(point: Point) -> tuple[float, float]:
    """Return longitude and latitude of a point, rounded to 6 decimals."""
    return (
        round(ORIGIN[0] + point[0] / _METRES_PER_DEGREE[0], 6),
        round(ORIGIN[1] + point[1] / _METRES_PER_DEGREE[1], 6),
    )


def degree_line(points: Sequence[Point]) -> list[list[float]]:
    """Return a line or ring as longitude and latitude pairs."""
    return [list(degrees(point)) for point in points]


def square(a: Point, b: Point) -> int:
    """Return the squared distance of two points in square metres."""
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def between(a: Point, b: Point, part: int, whole: int) -> Point:
    """Return the point part / whole of the way from a to b."""
    return a[0] + (b[0] - a[0]) * part // whole, a[1] + (b[1] - a[1]) * part // whole


def direction(step: int, steps: int) -> Point:
    """Return the unit vector of one of `steps` directions, times 10,000; step 0 is east, then counter-clockwise."""
    angle = 2 * math.pi * step / steps
    return round(math.cos(angle) * 10_000), round(math.sin(angle) * 10_000)


def inside(point: Point, ring: Sequence[Point]) -> bool:
    """Say whether a point lies in a polygon (even-odd rule)."""
    x, y = point
    result = False
    x1, y1 = ring[-1]
    for x2, y2 in ring:
        if (y1 > y) != (y2 > y) and (x - x1) * abs(y2 - y1) < (x2 - x1) * (y - y1) * (1 if y2 > y1 else -1):
            result = not result
        x1, y1 = x2, y2
    return result


def nearest(point: Point, sites: Sequence[Point]) -> int:
    """Return the index of the nearest site; the first of equals."""
    x, y = point
    squares = [(x - a) * (x - a) + (y - b) * (y - b) for a, b in sites]
    return squares.index(min(squares))


def cells(ring: Sequence[Point], sites: Sequence[Point]) -> list[list[Point]]:
    """Return the part of a polygon that is nearer to each site than to any other (Voronoi cells)."""
    result = []
    for site in sites:
        cell = [(float(x), float(y)) for x, y in ring]
        for other in sites:
            if other != site:
                cell = _clip(cell, site, other)
        result.append(_rounded(cell))
    return result


def doubled_area(ring: Sequence[Point]) -> int:
    """Return twice the area of a polygon in square metres, negative when it runs clockwise."""
    return sum(ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1] for i in range(len(ring)))


def centroid(ring: Sequence[Point]) -> Point:
    """Return the centre of gravity of a polygon."""
    sx = sy = 0
    for i, (x, y) in enumerate(ring):
        px, py = ring[i - 1]
        cross = px * y - x * py
        sx += (px + x) * cross
        sy += (py + y) * cross
    area = doubled_area(ring)
    return sx // (3 * area), sy // (3 * area)


def _clip(ring: list[tuple[float, float]], site: Point, other: Point) -> list[tuple[float, float]]:
    """Keep what is nearer to `site` than to `other` (Sutherland and Hodgman's clipping by one half-plane)."""
    dx, dy = other[0] - site[0], other[1] - site[1]
    half = (other[0] ** 2 + other[1] ** 2 - site[0] ** 2 - site[1] ** 2) / 2
    sides = [dx * x + dy * y - half for x, y in ring]
    kept: list[tuple[float, float]] = []
    for index, (x, y) in enumerate(ring):
        side, before = sides[index], sides[index - 1]
        if (side <= 0) != (before <= 0):
            px, py = ring[index - 1]
            share = before / (before - side)
            kept.append((px + (x - px) * share, py + (y - py) * share))
        if side <= 0:
            kept.append((x, y))
    return kept


def _rounded(ring: list[tuple[float, float]]) -> list[Point]:
    result: list[Point] = []
    for x, y in ring:
        point = (round(x), round(y))
        if not result or point != result[-1]:
            result.append(point)
    return result
