"""Items one after another on as many lines as they take: the head's particulars, the legend."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from patrol_desk.printing.layout.builder import PageBuilder
from patrol_desk.printing.layout.text import Fitted
from patrol_desk.printing.layout.tree import Area, Panel

Look = Literal["plain", "framed", "black"]

FRAME = 0.25
_AFTER_BOX = 1.1


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one size and weight on one line.

    Parameters
    ----------
    text
        One line.
    look
        Plain, or in a box: framed, or white on black.
    box
        Width and height of the box in millimetres.
    after
        Space after plain text; after a box there is always a little.
    """

    text: Fitted
    look: Look = "plain"
    box: tuple[float, float] = (0.0, 0.0)
    after: float = 0.0

    @property
    def width(self) -> float:
        """Room it takes, with the space after it."""
        return self.text.width + self.after if self.look == "plain" else self.box[0] + _AFTER_BOX


@dataclass(frozen=True, slots=True)
class FlowItem:
    """Pieces that stay together on a line.

    Parameters
    ----------
    pieces
        Left to right.
    gap
        Space before the item, unless it begins a line.
    """

    pieces: tuple[Piece, ...]
    gap: float

    @property
    def width(self) -> float:
        """Width of all pieces."""
        return sum(piece.width for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class FlowLine:
    """One line: items with their distance from the line's start."""

    items: tuple[tuple[float, FlowItem], ...]

    @property
    def width(self) -> float:
        """Distance to the end of the last item."""
        return max((start + item.width for start, item in self.items), default=0.0)


def flow(items: Iterable[FlowItem], width: float) -> tuple[FlowLine, ...]:
    """Return the items on lines of at most the width; an item that is wider alone stands on a line of its own."""
    lines: list[list[tuple[float, FlowItem]]] = [[]]
    cursor = 0.0
    for item in items:
        start = cursor + item.gap if lines[-1] else 0.0
        if lines[-1] and start + item.width > width:
            lines.append([])
            start = 0.0
        lines[-1].append((start, item))
        cursor = start + item.width
    return tuple(FlowLine(tuple(line)) for line in lines if line)


def draw_flow(builder: PageBuilder, lines: Sequence[FlowLine], area: Area, line_height: float) -> None:
    """Draw the lines from the top of the area."""
    for number, line in enumerate(lines):
        y = area.y + number * line_height
        for start, item in line.items:
            x = area.x + start
            for piece in item.pieces:
                draw_piece(builder, piece, Area(x, y, piece.width, line_height))
                x += piece.width


def draw_piece(builder: PageBuilder, piece: Piece, room: Area) -> None:
    """Draw a piece at the left of its room, in the middle of its height."""
    if piece.look == "plain":
        builder.text(piece.text, room)
        return
    width, height = piece.box
    draw_box(builder, piece, Area(room.x, room.y + (room.height - height) / 2, width, height))


def draw_box(builder: PageBuilder, piece: Piece, area: Area) -> None:
    """Draw a boxed piece; nothing of its frame is outside the area."""
    black = piece.look == "black"
    builder.panel(Panel(area, fill=1.0) if black else Panel(area.inset(FRAME / 2, FRAME / 2), stroke=FRAME))
    builder.text(piece.text, area, align="centre", ink="white" if black else "black")
