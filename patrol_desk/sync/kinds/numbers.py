"""Whole numbers, coordinates and lines of points."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from patrol_desk.common.message import Message
from patrol_desk.sync.faults import Fault
from patrol_desk.sync.kinds.base import Kind, ReadContext, WriteContext
from patrol_desk.sync.kinds.times import looks_like_date
from patrol_desk.sync.text import fold

_INTEGER = re.compile(r"([+-]?\d{1,12})(?:\.0+)?", re.ASCII)
_DECIMAL = re.compile(r"([+-]?\d{1,4}(?:\.\d{1,20})?)°?", re.ASCII)
_PAIR = re.compile(r"([+-]?\d{1,4}(?:\.\d{1,20})?)[\s,]+([+-]?\d{1,4}(?:\.\d{1,20})?)", re.ASCII)
_RANGES = {"lon": (73.0, 136.0), "lat": (3.0, 54.0)}
"""Degrees WGS-84 within which China lies."""
MOST_POINTS = 5_000


@dataclass(frozen=True, slots=True)
class IntegerKind(Kind):
    """A whole number between two bounds, both allowed."""

    low: int
    high: int

    def parser(self, context: ReadContext) -> Callable[[str], object]:
        """Return the function from digits to the number."""
        del context
        bounds = {"low": self.low, "high": self.high}

        def parse(text: str) -> object:
            folded = fold(text)
            match = _INTEGER.fullmatch(folded)
            if match is None:
                return Fault("import.damage_range" if looks_like_date(folded) else "import.bad_integer", bounds)
            value = int(match[1])
            return value if self.low <= value <= self.high else Fault("import.out_of_range", bounds)

        return parse

    def shower(self, context: WriteContext) -> Callable[[Any], str]:
        """Return the function from a number to its digits."""
        del context
        return str

    def legend(self) -> Message:
        """Return the sentence that says what the column takes."""
        return Message("table.kind_integer", {"low": self.low, "high": self.high})


@dataclass(frozen=True, slots=True)
class CoordinateKind(Kind):
    """One WGS-84 coordinate in degrees; both of a pair lie within China's bounds."""

    axis: Literal["lon", "lat"]

    def parser(self, context: ReadContext) -> Callable[[str], object]:
        """Return the function from a decimal number to degrees."""
        del context
        low, high = _RANGES[self.axis]
        bounds = {"low": low, "high": high}

        def parse(text: str) -> object:
            match = _DECIMAL.fullmatch(fold(text))
            if match is None:
                return Fault("import.bad_coordinate", bounds)
            value = float(match[1])
            if low <= value <= high:
                return value
            other_low, other_high = _RANGES["lat" if self.axis == "lon" else "lon"]
            swapped = other_low <= value <= other_high
            return Fault("import.coordinates_swapped" if swapped else "import.coordinate_range", bounds)

        return parse

    def shower(self, context: WriteContext) -> Callable[[Any], str]:
        """Return the function from degrees to the shortest text that reads back as the same number."""
        del context
        return _degrees

    def legend(self) -> Message:
        """Return the sentence that says what the column takes."""
        low, high = _RANGES[self.axis]
        return Message("table.kind_coordinate", {"low": low, "high": high})


def _degrees(value: float) -> str:
    return repr(float(value))


@dataclass(frozen=True, slots=True)
class PointsKind(Kind):
    """A line or boundary: ``longitude latitude; longitude latitude; …``."""

    def parser(self, context: ReadContext) -> Callable[[str], object]:
        """Return the function from text to a list of [longitude, latitude]."""
        del context

        def parse(text: str) -> object:
            points: list[list[float]] = []
            for part in fold(text).strip(" ;").split(";"):
                match = _PAIR.fullmatch(part.strip())
                if match is None or len(points) == MOST_POINTS:
                    return Fault("import.bad_points", {"number": len(points) + 1, "most": MOST_POINTS})
                point = [float(match[1]), float(match[2])]
                if not all(low <= value <= high for value, (low, high) in zip(point, _RANGES.values(), strict=True)):
                    return Fault("import.point_range", {"number": len(points) + 1})
                points.append(point)
            return points

        return parse

    def shower(self, context: WriteContext) -> Callable[[Any], str]:
        """Return the function from points to text."""
        del context
        return _points

    def legend(self) -> Message:
        """Return the sentence that says what the column takes."""
        return Message("table.kind_points")


def _points(value: list[list[float]]) -> str:
    return "; ".join(f"{_degrees(lon)} {_degrees(lat)}" for lon, lat in value)
