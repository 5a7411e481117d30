"""The layout tree as lines of plain JSON, the same on every machine, for golden files."""

import json
from collections.abc import Sequence
from dataclasses import fields

from patrol_desk.printing.layout.tree import Area, Item, Page

Plain = str | float | bool | list["Plain"]


def canonical_lines(pages: Sequence[Page]) -> list[str]:
    """Return the pages as JSON, one line for each page's paper and each item, so that a difference can be read.

    An item is its kind and its fields in order; lengths are rounded to a thousandth of a millimetre.
    """
    plain = (entry for page in pages for entry in (_paper(page), *(_item(item) for item in page.items)))
    return [json.dumps(entry, ensure_ascii=False) for entry in plain]


def _paper(page: Page) -> Plain:
    return ["Page", _round(page.width), _round(page.height)]


def _item(item: Item) -> Plain:
    return [type(item).__name__, *(_value(getattr(item, field.name)) for field in fields(item))]


def _value(value: object) -> Plain:
    if isinstance(value, Area):
        return [_round(value.x), _round(value.y), _round(value.width), _round(value.height)]
    if isinstance(value, tuple):
        return [_value(part) for part in value]
    if isinstance(value, float) and not isinstance(value, bool):
        return _round(value)
    if isinstance(value, (str, bool, int)):
        return value
    raise TypeError(type(value).__name__)


def _round(value: float) -> float:
    # Adding 0.0 turns the -0.0 of a rounded tiny negative into 0.0.
    return round(float(value), 3) + 0.0
