"""What is to be seen on the map at a moment: the week, the shift, the layers, and what is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from patrol_desk.services.map import Density, MapWeek

Mode = Literal["coverage", "squads", "distance"]
MODES: Final[tuple[Mode, ...]] = ("coverage", "squads", "distance")

POSTS, MUSTERS, BASES, AREAS, WAYS, HOMES, RINGS = "posts", "musters", "bases", "areas", "ways", "homes", "rings"
LAYERS: Final = (POSTS, MUSTERS, BASES, AREAS, WAYS, HOMES, RINGS)
FIRST_LAYERS: Final = frozenset({POSTS, MUSTERS, BASES, AREAS, WAYS})
"""What is shown at first: homes and rings are asked for."""

RING_METRES: Final = 1000
FAR: Final = (500, 1000, 2000)
"""Bounds in metres of the four steps of distance to the nearest muster point."""

Chosen = tuple[Literal["post", "muster"], int] | None
"""A kind and its number in the map's list."""


def far_step(metres: int) -> int:
    """Return the step of a distance, 0 for the nearest."""
    return sum(metres > bound for bound in FAR)


@dataclass(slots=True)
class Picture:
    """What is painted; the canvas holds one and repaints when told that it changed.

    Parameters
    ----------
    measure
        Points of the line that is being measured, metres east and north.
    density
        Homes, once they were asked for.
    """

    week: MapWeek | None = None
    shift: int = -1
    mode: Mode = "coverage"
    layers: frozenset[str] = FIRST_LAYERS
    chosen: Chosen = None
    measure: list[tuple[float, float]] = field(default_factory=list)
    density: Density | None = None

    def shows(self, layer: str) -> bool:
        """Say whether a layer is on."""
        return layer in self.layers

    def place(self, chosen: Chosen) -> tuple[float, float] | None:
        """Return where something is, metres east and north; None when it is not there any more."""
        if self.week is None or chosen is None:
            return None
        kind, number = chosen
        listed: Sequence[object] = self.week.posts if kind == "post" else self.week.musters
        if not 0 <= number < len(listed):
            return None
        found = self.week.posts[number] if kind == "post" else self.week.musters[number]
        return found.east, found.north
