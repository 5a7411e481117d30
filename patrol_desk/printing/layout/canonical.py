"""The layout tree as plain lists and numbers, the same on every machine, for golden files."""

from collections.abc import Sequence
from dataclasses import fields

from patrol_desk.printing.layout.tree import Area, Item, Page

Plain = str | float | bool | list["Plain"] | dict[str, "Plain"]


def plain_pages(pages: Sequence[Page]) -> list[Plain]:
    """Return the pages as JSON-able data; lengths are rounded to a thousandth of a millimetre."""
    return [{"paper": [_round(page.width), _round(page.height)], "items": _items(page)} for page in pages]


def _items(page: Page) -> list[Plain]:
    return [_item(item) for item in page.items]


def _item(item: Item) -> Plain:
    body: dict[str, Plain] = {"kind": type(item).__name__}
    for field in fields(item):
        body[field.name] = _value(getattr(item, field.name))
    return body


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
