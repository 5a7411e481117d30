"""What a page is made of. Lengths are millimetres from the page's top left corner, type sizes are points."""

from dataclasses import dataclass
from typing import Literal

MM_PER_POINT = 25.4 / 72

Ink = Literal["black", "white"]
"""Black on paper, or paper on black. There is no third: grey is a `Panel` of at most `GREYEST_FILL`."""

GREYEST_FILL = 0.07
"""Share of ink in a shaded area. A worn photocopier loses anything finer and blackens anything darker."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle: left, top, width, height in millimetres."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    def inset(self, across: float, down: float = 0.0) -> "Area":
        """Return the area without a margin at the sides, and above and below."""
        return Area(self.x + across, self.y + down, self.width - 2 * across, self.height - 2 * down)


@dataclass(frozen=True, slots=True)
class TextRun:
    """One line of text in one size and weight.

    Parameters
    ----------
    x, baseline
        Where it starts, in millimetres.
    text
        Characters to draw; characters that the font lacks are already replaced.
    size
        Type size in points, a multiple of 0.05.
    bold
        The bold weight.
    ink
        White only on a black panel.
    room
        The area the text must stay inside: a cell, a line of the head.
    width
        Sum of the advance widths, in millimetres.
    """

    x: float
    baseline: float
    text: str
    size: float
    bold: bool
    ink: Ink
    room: Area
    width: float


@dataclass(frozen=True, slots=True)
class Panel:
    """A rectangle with a fill, a frame, or both.

    Parameters
    ----------
    area
        Where.
    fill
        Share of ink, 0 for none, 1 for black, else at most `GREYEST_FILL`.
    stroke
        Width of the frame in millimetres, centred on the edge; 0 for none.
    """

    area: Area
    fill: float = 0.0
    stroke: float = 0.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line between two points, its width in millimetres."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float


@dataclass(frozen=True, slots=True)
class Hatch:
    """Lines at 45° across an area, `pitch` millimetres apart along its edges, `width` millimetres thick."""

    area: Area
    pitch: float
    width: float


@dataclass(frozen=True, slots=True)
class Matrix:
    """A QR code: one string for each row of modules, ``#`` is dark. `content` is what it says."""

    area: Area
    modules: tuple[str, ...]
    content: str


Item = Panel | Rule | Hatch | Matrix | TextRun
"""What can be painted; pages paint their items in order."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its paper in millimetres and its items from the lowest to the topmost."""

    width: float
    height: float
    items: tuple[Item, ...]

    def texts(self) -> tuple[TextRun, ...]:
        """Return the text runs in painting order."""
        return tuple(item for item in self.items if isinstance(item, TextRun))
