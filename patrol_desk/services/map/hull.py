"""The convex hull of some points."""

from collections.abc import Iterable

from patrol_desk.services.map.projection import Line

Point = tuple[float, float]


def hull(points: Iterable[Point]) -> Line:
    """Return the corners of the convex hull, counterclockwise; one point or two are their own.

    Andrew's monotone chain (A. M. Andrew, Information Processing Letters 9, 1979).
    """
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return tuple(ordered)
    return tuple(_chain(ordered)[:-1] + _chain(ordered[::-1])[:-1])


def _chain(points: list[Point]) -> list[Point]:
    chain: list[Point] = []
    for point in points:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
            chain.pop()
        chain.append(point)
    return chain


def _turn(a: Point, b: Point, c: Point) -> float:
    """Return twice the area of the triangle, positive when it turns left."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
