"""What lies around a place: distances and the parts of the offline map near it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from patrol_desk.models import CheckpointStatus, Community, MapFeature, MapFeatureKind
from patrol_desk.services.places.rows import Dot, Line, Near, Sketch
from patrol_desk.storage import bulk
from patrol_desk.storage.reads.places import CheckpointLine, MusterLine
from patrol_desk.storage.session import Session

METRES_PER_DEGREE = 111_195
"""Mean length of one degree of a great circle (Earth radius 6,371 km)."""
REACH = 4000
"""Metres east and north that a sketch covers, more than any panel shows."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A plane that touches the ground at one place: error under 0.1 % within 50 km."""

    lon: float
    lat: float

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Return metres east and north of the place."""
        east = (lon - self.lon) * METRES_PER_DEGREE * math.cos(math.radians(self.lat))
        return east, (lat - self.lat) * METRES_PER_DEGREE

    def metres(self, lon: float, lat: float) -> int:
        """Return the distance from the place in whole metres."""
        return round(math.hypot(*self.at(lon, lat)))

    def line(self, points: Sequence[Sequence[float]]) -> Line:
        """Return a course or boundary in metres."""
        return tuple(self.at(lon, lat) for lon, lat in points)


def nearest(
    ground: Ground, lines: Iterable[CheckpointLine | MusterLine], *, most: int, within: int | None = None
) -> tuple[Near, ...]:
    """Return the nearest places, nearest first; those without coordinates are left out.

    Parameters
    ----------
    ground
        The place from which is measured.
    lines
        The places.
    most
        At most this many.
    within
        Metres beyond which nothing counts.
    """
    found = [
        Near(line.id, line.code, line.name, ground.metres(line.lon, line.lat))
        for line in lines
        if line.lon is not None and line.lat is not None
    ]
    close = [near for near in found if within is None or near.metres <= within]
    return tuple(sorted(close, key=lambda near: (near.metres, near.code))[:most])


def sketch_of(
    session: Session,
    ground: Ground,
    middle: str,
    checkpoints: Iterable[CheckpointLine],
    musters: Iterable[MusterLine],
) -> Sketch:
    """Return what lies within `REACH` metres of a place; `middle` is the place's own code."""
    by_kind: dict[MapFeatureKind, list[Line]] = {kind: [] for kind in MapFeatureKind}
    for kind, line in bulk.rows(session, MapFeature, ["kind", "line"], where={"ended_on": None}, order_by=("code",)):
        course = ground.line(line)
        if _touches(course):
            by_kind[kind].append(course)
    communities = [
        (str(name), ground.line(boundary))
        for name, boundary in bulk.rows(
            session, Community, ["name", "boundary"], where={"ended_on": None}, order_by=("code",)
        )
    ]
    return Sketch(
        middle=middle,
        communities=tuple((name, boundary) for name, boundary in communities if _touches(boundary)),
        main_roads=tuple(by_kind[MapFeatureKind.MAIN_ROAD]),
        roads=tuple(by_kind[MapFeatureKind.ROAD]),
        rivers=tuple(by_kind[MapFeatureKind.RIVER]),
        checkpoints=_dots(ground, checkpoints, middle),
        musters=_dots(ground, musters, middle),
    )


def _touches(line: Line) -> bool:
    """Say whether the box around a line meets the sketch."""
    if not line:
        return False
    easts, norths = [east for east, _ in line], [north for _, north in line]
    return min(easts) <= REACH and max(easts) >= -REACH and min(norths) <= REACH and max(norths) >= -REACH


def _dots(ground: Ground, lines: Iterable[CheckpointLine | MusterLine], middle: str) -> tuple[Dot, ...]:
    found = []
    for line in lines:
        if line.lon is None or line.lat is None or line.code == middle:
            continue
        east, north = ground.at(line.lon, line.lat)
        active = not isinstance(line, CheckpointLine) or line.status is CheckpointStatus.ACTIVE
        if abs(east) <= REACH and abs(north) <= REACH:
            found.append(Dot(line.id, line.code, line.name, east, north, active))
    return tuple(found)
