"""Which part of the plane is in sight, and how large."""

import math
from dataclasses import dataclass, replace

LEAST_SCALE, MOST_SCALE = 0.004, 2.0
"""Pixels a metre: from 250 m to half a metre a pixel."""
MARGIN = 56
"""Pixels left free around what is fitted."""


@dataclass(frozen=True, slots=True)
class Sight:
    """The plane seen through a window: its middle (metres), pixels a metre, and the window's size."""

    east: float = 0.0
    north: float = 0.0
    scale: float = 0.06
    width: int = 1
    height: int = 1

    def at(self, east: float, north: float) -> tuple[float, float]:
        """Return where a point is in the window."""
        return self.width / 2 + (east - self.east) * self.scale, self.height / 2 - (north - self.north) * self.scale

    def ground(self, x: float, y: float) -> tuple[float, float]:
        """Return the point of the plane at a place in the window."""
        return self.east + (x - self.width / 2) / self.scale, self.north - (y - self.height / 2) / self.scale

    def moved(self, dx: float, dy: float) -> "Sight":
        """Return the sight after the ground was dragged by pixels."""
        return replace(self, east=self.east - dx / self.scale, north=self.north + dy / self.scale)

    def zoomed(self, factor: float, x: float | None = None, y: float | None = None) -> "Sight":
        """Return the sight nearer or farther; the point under a place in the window (else its middle) stays."""
        scale = min(max(self.scale * factor, LEAST_SCALE), MOST_SCALE)
        x, y = self.width / 2 if x is None else x, self.height / 2 if y is None else y
        east, north = self.ground(x, y)
        return replace(
            self,
            scale=scale,
            east=east - (x - self.width / 2) / scale,
            north=north + (y - self.height / 2) / scale,
        )

    def fitted(self, box: tuple[float, float, float, float]) -> "Sight":
        """Return the sight of a whole box: west, south, east, north."""
        west, south, east, north = box
        across = max(self.width - 2 * MARGIN, 50) / max(east - west, 200.0)
        up = max(self.height - 2 * MARGIN, 50) / max(north - south, 200.0)
        scale = min(max(min(across, up), LEAST_SCALE), MOST_SCALE)
        return replace(self, east=(west + east) / 2, north=(south + north) / 2, scale=scale)

    def resized(self, width: int, height: int) -> "Sight":
        """Return the sight in another window, its middle where it was."""
        return replace(self, width=max(width, 1), height=max(height, 1))

    def centred(self, east: float, north: float, scale: float | None = None) -> "Sight":
        """Return the sight with a point in the middle, at least at a scale."""
        return replace(self, east=east, north=north, scale=max(self.scale, scale or 0.0))

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Say whether a place is inside the window, or that many pixels around it."""
        return -margin <= x <= self.width + margin and -margin <= y <= self.height + margin


def bar_metres(scale: float, most: float) -> int:
    """Return the length of the scale bar in metres: the longest of 1, 2, 5 × 10ⁿ that takes at most so many pixels."""
    longest = most / scale
    power = 10.0 ** math.floor(math.log10(longest))
    step = next(step for step in (5, 2, 1) if step * power <= longest)
    return max(1, round(step * power))
