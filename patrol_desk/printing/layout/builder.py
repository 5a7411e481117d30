"""Collects the items of one page, in the order in which they must be painted."""

from typing import Literal

from patrol_desk.printing.layout.text import Fitted
from patrol_desk.printing.layout.tree import MM_PER_POINT, Area, Hatch, Ink, Matrix, Page, Panel, Rule, TextRun

Align = Literal["left", "centre", "right"]

_MIDDLE = 0.37
"""Middle of digits and of Han characters above the baseline, in ems."""


class PageBuilder:
    """One page while it is being laid out.

    Parameters
    ----------
    width, height
        The paper in millimetres.
    """

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self._ground: list[Panel | Hatch | Matrix] = []
        self._rules: list[Rule] = []
        self._panels: list[Panel] = []
        self._texts: list[TextRun] = []

    def shade(self, area: Area, fill: float) -> None:
        """Shade an area, below everything else."""
        self._ground.append(Panel(area, fill=fill))

    def hatch(self, area: Area, pitch: float, width: float) -> None:
        """Hatch an area, below rules and text."""
        self._ground.append(Hatch(area, pitch, width))

    def matrix(self, matrix: Matrix) -> None:
        """Add a QR code."""
        self._ground.append(matrix)

    def panel(self, panel: Panel) -> None:
        """Add a frame or a filled box, above rules and below text."""
        self._panels.append(panel)

    def across(self, x1: float, x2: float, y: float, width: float) -> None:
        """Add a horizontal rule."""
        self._rules.append(Rule(x1, y, x2, y, width))

    def down(self, x: float, y1: float, y2: float, width: float) -> None:
        """Add a vertical rule."""
        self._rules.append(Rule(x, y1, x, y2, width))

    def text(self, fitted: Fitted, room: Area, *, align: Align = "left", ink: Ink = "black") -> None:
        """Add lines of text, in the middle of the room's height."""
        em = fitted.size * MM_PER_POINT
        middle = room.y + (room.height - fitted.height + fitted.line_height) / 2
        for number, (line, width) in enumerate(zip(fitted.lines, fitted.widths, strict=True)):
            baseline = middle + number * fitted.line_height + _MIDDLE * em
            x = _start(room, width, align)
            self._texts.append(TextRun(x, baseline, line, fitted.size, fitted.bold, ink, room, width))

    def page(self) -> Page:
        """Return the finished page."""
        return Page(self.width, self.height, (*self._ground, *self._rules, *self._panels, *self._texts))


def _start(room: Area, width: float, align: Align) -> float:
    if align == "left":
        return room.x
    spare = room.width - width
    return room.x + (spare / 2 if align == "centre" else spare)
