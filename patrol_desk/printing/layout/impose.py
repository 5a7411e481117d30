"""Small pages on a large one, with lines to cut along."""

from collections.abc import Sequence
from dataclasses import replace

from patrol_desk.printing.layout.tree import Area, Hatch, Item, Matrix, Page, Panel, Rule, TextRun

_CUT = 0.1
_DASH = 2.0
_EDGE = 5.0


def four_up(pages: Sequence[Page], width: float, height: float) -> Page:
    """Return up to four pages as one: two across, two down, each in the middle of its quarter."""
    across, down = width / 2, height / 2
    items: list[Item] = []
    for number, page in enumerate(pages):
        left = (number % 2) * across + (across - page.width) / 2
        top = (number // 2) * down + (down - page.height) / 2
        items.extend(moved(item, left, top) for item in page.items)
    return Page(width, height, (*_cuts(width, height), *items))


def moved(item: Item, x: float, y: float) -> Item:
    """Return the item moved to the right and down."""
    if isinstance(item, Rule):
        return Rule(item.x1 + x, item.y1 + y, item.x2 + x, item.y2 + y, item.width)
    if isinstance(item, TextRun):
        room = _area(item.room, x, y)
        return replace(item, x=item.x + x, baseline=item.baseline + y, room=room)
    if isinstance(item, Panel):
        return replace(item, area=_area(item.area, x, y))
    if isinstance(item, Matrix):
        return replace(item, area=_area(item.area, x, y))
    return Hatch(_area(item.area, x, y), item.pitch, item.width)


def _area(area: Area, x: float, y: float) -> Area:
    return Area(area.x + x, area.y + y, area.width, area.height)


def _cuts(width: float, height: float) -> list[Item]:
    """Return dashed lines through the middle, inside what old printers can print."""
    lines: list[Item] = []
    at = _EDGE
    while at < width - _EDGE:
        lines.append(Rule(at, height / 2, min(at + _DASH, width - _EDGE), height / 2, _CUT))
        at += 2 * _DASH
    at = _EDGE
    while at < height - _EDGE:
        lines.append(Rule(width / 2, at, width / 2, min(at + _DASH, height - _EDGE), _CUT))
        at += 2 * _DASH
    return lines
