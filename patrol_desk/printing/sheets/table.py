"""Cells and rows of a ruled table, measured, and how they are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from patrol_desk.printing.layout.builder import Align, PageBuilder
from patrol_desk.printing.layout.flow import FlowItem, FlowLine, Piece, draw_flow
from patrol_desk.printing.layout.text import Fitted
from patrol_desk.printing.layout.tree import Area, Panel
from patrol_desk.printing.sheets import style
from patrol_desk.printing.sheets.press import Press

AIR = 0.9
"""Height of a row beyond its tallest cell."""
_HATCH = (2.4, 0.09)
_BAR = 1.2
_KEPT = 0.85
"""Share of their width that columns without one of their own keep when the text grows."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell, or across several.

    Parameters
    ----------
    lines
        From the top; each is a line of text and boxes.
    line_height
        Of each line, in millimetres.
    align
        Where the lines stand.
    span
        Columns it takes.
    hatched
        Leave and the like.
    pad
        White at the sides.
    """

    lines: tuple[FlowLine, ...] = ()
    line_height: float = 0.0
    align: Align = "left"
    span: int = 1
    hatched: bool = False
    pad: float = style.PAD

    @property
    def height(self) -> float:
        """Height of its lines."""
        return len(self.lines) * self.line_height


def cell(fitted: Fitted, align: Align = "left", *, span: int = 1, pad: float = style.PAD) -> Cell:
    """Return a cell of text."""
    lines = tuple(line_of(Piece(line)) for line in fitted.single() if line.lines[0])
    return Cell(lines, fitted.line_height, align, span, pad=pad)


def line_of(*pieces: Piece) -> FlowLine:
    """Return a line of pieces."""
    return FlowLine(((0.0, FlowItem(pieces, 0.0)),))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Parameters
    ----------
    edges
        Left edges of the columns and the right edge of the last.
    cells
        Left to right; their spans add up to the columns.
    height
        In millimetres.
    fill
        Share of ink behind it.
    changed
        A bar at its left says that it differs from the version before.
    keep
        It must not be the last on a page.
    group
        The row that is drawn again when a page begins with this one.
    first
        It has a rule above it.
    """

    edges: tuple[float, ...]
    cells: tuple[Cell, ...]
    height: float
    fill: float = 0.0
    changed: bool = False
    keep: bool = False
    group: "Row | None" = None
    first: bool = False

    def draw(self, builder: PageBuilder, top: float) -> None:
        """Draw the row with the rules below it and between its cells."""
        left, right, bottom = self.edges[0], self.edges[-1], top + self.height
        if self.fill:
            builder.shade(Area(left, top, right - left, self.height), self.fill)
        for one, start, end in self._placed():
            _draw_cell(builder, one, Area(start, top, end - start, self.height))
            builder.down(end, top, bottom, style.HAIR)
        builder.down(left, top, bottom, style.HAIR)
        if self.first:
            builder.across(left, right, top, style.HAIR)
        builder.across(left, right, bottom, style.HAIR)
        if self.changed:
            builder.panel(Panel(Area(left - _BAR - 0.6, top, _BAR, self.height), fill=1.0))

    def _placed(self) -> list[tuple[Cell, float, float]]:
        columns = list(accumulate((one.span for one in self.cells), initial=0))
        pairs = zip(self.cells, columns, columns[1:], strict=False)
        return [(one, self.edges[start], self.edges[end]) for one, start, end in pairs]


def _draw_cell(builder: PageBuilder, one: Cell, area: Area) -> None:
    y = area.y + (area.height - one.height) / 2
    inner = area.inset(one.pad)
    widest = max((line.width for line in one.lines), default=0.0)
    if one.hatched:
        _hatch_around(builder, area, widest, one.height)
    for line in one.lines:
        spare = max(0.0, inner.width - line.width)
        x = inner.x + {"left": 0.0, "centre": spare / 2, "right": spare}[one.align]
        draw_flow(builder, (line,), Area(x, y, inner.width, one.line_height), one.line_height)
        y += one.line_height


def _hatch_around(builder: PageBuilder, area: Area, width: float, height: float) -> None:
    """Hatch the area; its words stay on white paper."""
    room, tall = width + 2.0 if width else 0.0, min(area.height, height)
    left, top = area.x + (area.width - room) / 2, area.y + (area.height - tall) / 2
    around = (
        Area(area.x, area.y, area.width, top - area.y),
        Area(area.x, top, left - area.x, tall),
        Area(left + room, top, area.right - left - room, tall),
        Area(area.x, top + tall, area.width, area.bottom - top - tall),
    )
    for part in around:
        if part.height > 0 and part.width > 0:
            builder.hatch(part, *_HATCH)


def edges(
    press: Press, widths: Sequence[float], left: float | None = None, right: float | None = None
) -> tuple[float, ...]:
    """Return the edges of columns.

    Parameters
    ----------
    press
        Fixed widths grow with its text.
    widths
        Of the columns; negative ones share what is left in proportion to their size.
    left, right
        The table's edges; the paper's by default.
    """
    start = press.left if left is None else left
    room = (press.right if right is None else right) - start
    plain = sum(width for width in widths if width > 0)
    grown = min(press.scale, (room - _KEPT * (room - plain)) / plain) if plain else 1.0
    shares = -sum(width for width in widths if width < 0)
    spare = room - plain * grown
    found = (width * grown if width > 0 else spare * -width / shares for width in widths)
    return tuple(round(edge, 6) for edge in accumulate(found, initial=start))


def head_row(press: Press, at: tuple[float, ...], labels: Sequence[str], height: float = 7.6) -> Row:
    """Return the row of column heads; a line break divides a head in two."""
    cells = []
    for number, label in enumerate(labels):
        room = at[number + 1] - at[number] - 1.2
        lines: list[Fitted] = []
        for part in label.split("\n"):
            lines.extend(press.fit(part, room, (*style.BODY, 7.5), bold=not lines).single())
        tallest = max(line.line_height for line in lines)
        cells.append(Cell(tuple(line_of(Piece(line)) for line in lines), tallest, "centre", pad=0.6))
    most = max(one.height for one in cells)
    return Row(at, tuple(cells), max(press.mm(height), most + AIR), fill=style.SHADE, keep=True, first=True)


def body_row(press: Press, at: tuple[float, ...], cells: Sequence[Cell], least: float) -> Row:
    """Return a row at least so high, that its cells fit."""
    return Row(at, tuple(cells), max(press.mm(least), max(one.height for one in cells) + AIR))


def band_row(press: Press, at: tuple[float, ...], line: FlowLine, height: float = 7.0) -> Row:
    """Return a shaded row across the table that heads a group."""
    return Row(
        at, (Cell((line,), press.mm(height) - 1.0, span=len(at) - 1),), press.mm(height), fill=style.SHADE, keep=True
    )


def blank_row(press: Press, at: tuple[float, ...], height: float, label: str = "") -> Row:
    """Return a row to write on; the label stands in the first cell."""
    first = cell(press.fit(label, at[1] - at[0] - 0.8, (8.25, 7.5, 7.0)), "centre", pad=0.4) if label else Cell()
    return Row(at, (first, *[Cell()] * (len(at) - 2)), press.mm(height))


def shift_box(press: Press, mark: str, *, night: bool, side: float = 4.9) -> Piece:
    """Return the box of a shift: framed, white on black at night."""
    width = press.mm(side)
    text = press.fit(mark, width - 0.4, (9.0, 8.25, 7.5, 7.0, 6.0, 5.0), bold=True)
    return Piece(text, "black" if night else "framed", (width, width - 0.4))
