"""Head of a sheet: the same on every page."""

from collections.abc import Sequence
from dataclasses import dataclass

from patrol_desk.printing.layout.builder import PageBuilder
from patrol_desk.printing.layout.flow import FlowItem, FlowLine, Piece, draw_box, draw_flow, flow
from patrol_desk.printing.layout.text import Fitted
from patrol_desk.printing.layout.tree import Area, Matrix
from patrol_desk.printing.qr import qr_modules
from patrol_desk.printing.sheets import style
from patrol_desk.printing.sheets.press import Press
from patrol_desk.services.sheet_data import PlanState

_QR = 16.4
_MODULE = 0.36
"""Least side of a module: what the camera of an old telephone still reads."""
_QR_GAP = 2.2
_LINE = 6.4
_TITLE_HEIGHT = 8.0
_HEAD_GAP = 6.5
_NARROW = 160.0
"""On paper narrower than this, type and gaps of the head are smaller."""


@dataclass(frozen=True, slots=True)
class Particular:
    """One particular under the title: a label and what it says; without a label the text stands alone.

    Parameters
    ----------
    text, label
        ``石桥队`` after ``小组：``.
    bold
        The bold weight.
    larger
        Points above the others.
    """

    text: str
    label: str = ""
    bold: bool = False
    larger: float = 0.0


@dataclass(frozen=True, slots=True)
class Heading:
    """What a head says.

    Parameters
    ----------
    title
        The title.
    particulars
        What, when, who, left to right.
    caption
        Lines left of the QR code; the last is bold.
    code
        What the QR code says.
    marks
        Marks in white on black beside the title, empty for a sheet in force.
    """

    title: str
    particulars: tuple[Particular, ...]
    caption: tuple[str, ...]
    code: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The head, measured.

    Parameters
    ----------
    title, state
        The title, and the mark of an unpublished or outdated plan.
    lines
        The particulars.
    caption
        Lines left of the QR code.
    matrix
        The QR code.
    bottom
        Where the table may begin.
    """

    title: Fitted
    state: Piece | None
    lines: tuple[FlowLine, ...]
    caption: tuple[Fitted, ...]
    matrix: Matrix
    bottom: float


def state_words(press: Press, state: PlanState | None) -> str:
    """Return the mark of a plan that is not in force, or nothing."""
    return "" if state in {None, PlanState.PUBLISHED} else press.word(f"state_{state}")


def measure_head(heading: Heading, press: Press) -> Head:
    """Return the head of a sheet."""
    narrow = press.paper.inner < _NARROW
    *plain, last = heading.caption
    caption_room = 44.0 if not narrow else press.paper.inner * 0.3
    captions = [(text, False) for text in plain] + [(last, True)]
    caption = tuple(press.fit(text, caption_room, style.SMALL, bold=bold) for text, bold in captions)
    modules = qr_modules(heading.code)
    side = max(_QR, _MODULE * len(modules))
    room = press.right - side - 2 * _QR_GAP - max(line.width for line in caption) - press.left
    state = _mark(heading.mark, press, room if narrow else 0.0)
    title_room = room - (state.box[0] + 4.0 if state and not narrow else 0.0)
    title = press.fit(heading.title, title_room, style.TITLE[2:] if narrow else style.TITLE, bold=True)
    lines = _particulars(heading.particulars, press, room, narrow=narrow)
    matrix = Matrix(Area(press.right - side, press.paper.top, side, side), modules, heading.code)
    used = press.paper.top + _title_height(press, title, state) + 1.4 + len(lines) * _line(press)
    return Head(title, state, lines, caption, matrix, max(used, matrix.area.bottom) + 2.2)


def _title_height(press: Press, title: Fitted, state: Piece | None) -> float:
    below = state.box[1] + 0.8 if state is not None and press.paper.inner < _NARROW else 0.0
    return max(press.mm(_TITLE_HEIGHT), title.height) + below


def _line(press: Press) -> float:
    return press.mm(5.2 if press.paper.inner < _NARROW else _LINE)


def _mark(mark: str, press: Press, narrow: float) -> Piece | None:
    """Return the mark of a plan that is not in force; on narrow paper it has that much room under the title."""
    if not mark:
        return None
    if not narrow:
        text = press.line(mark, 11.25, bold=True)
        return Piece(text, "black", (text.width + 5.0, press.mm(7.0)))
    text = press.fit(mark, narrow - 4.0, (9.0, 8.25, 7.5, 7.0), bold=True)
    return Piece(text, "black", (text.width + 3.0, max(press.mm(5.6), text.height + 1.4)))


def _particulars(particulars: Sequence[Particular], press: Press, room: float, *, narrow: bool) -> tuple[FlowLine, ...]:
    """Return the particulars on the fewest lines, and in the largest size for that."""
    sizes = style.SMALL if narrow else style.BODY
    gap = 4.0 if narrow else _HEAD_GAP
    tries = (flow(_items(particulars, press, (room, gap), size), room) for size in sizes)
    return min(tries, key=len)


def _items(
    particulars: Sequence[Particular], press: Press, room_and_gap: tuple[float, float], size: float
) -> list[FlowItem]:
    room, gap = room_and_gap
    found: list[FlowItem] = []
    for one in particulars:
        if not one.label:
            sizes = (size + one.larger, size, *style.SMALL)
            lines = press.fit(one.text, room, sizes, bold=one.bold).single()
            found.extend(FlowItem((Piece(line),), gap) for line in lines)
            continue
        label = Piece(press.line(one.label, size))
        sizes = (size + one.larger, size, *style.SMALL)
        first, *more = press.fit(one.text, room - label.width, sizes, bold=one.bold).single()
        found.append(FlowItem((label, Piece(first)), gap))
        found.extend(FlowItem((Piece(line),), room) for line in more)
    return found


def draw_head(builder: PageBuilder, head: Head, press: Press) -> None:
    """Draw the head at the top of a page."""
    height = max(press.mm(_TITLE_HEIGHT), head.title.height)
    title = Area(press.left, press.paper.top, head.title.width, height)
    builder.text(head.title, title)
    if head.state is not None:
        width, tall = head.state.box
        if press.paper.inner < _NARROW:
            draw_box(builder, head.state, Area(press.left, title.bottom + 0.4, width, tall))
        else:
            draw_box(builder, head.state, Area(title.right + 4.0, title.y + (height - tall) / 2, width, tall))
    top = press.paper.top + _title_height(press, head.title, head.state) + 1.4
    width = head.matrix.area.x - press.left
    draw_flow(builder, head.lines, Area(press.left, top, width, 0.0), _line(press))
    builder.matrix(head.matrix)
    y = head.matrix.area.y + press.mm(3.6)
    for line in head.caption:
        room = Area(press.left, y, head.matrix.area.x - _QR_GAP - press.left, line.height + 0.6)
        builder.text(line, room, align="right")
        y = room.bottom
