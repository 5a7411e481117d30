"""A list of people as somebody pasted it: its lines, and which cell says what."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from patrol_desk.sync.kinds.words import squeeze
from patrol_desk.sync.reading.headings import column_of, squeeze_heading
from patrol_desk.sync.tables.people import FORCE, GENDER, PEOPLE, ROLE
from patrol_desk.sync.text import fold

ROLE_FIELD: Final = "role"
TAKEN: Final = (
    "name", "phone", "resident_id", "gender", "birth_date", "force", "activity_class", "joined_on", "insured_from",
    "insured_until", "weekly_cap", ROLE_FIELD,
)  # fmt: skip
"""Fields that a list can fill."""
_ROLE_HEADINGS: Final = frozenset({"职务", "组内职务", "role", "squadrole"})
_SEPARATORS: Final = ("\t", ",", "，", ";", "；", "|")
_DATE = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
_NUMBER = re.compile(r"\d{1,5}[.、)]?")
_NAME = re.compile(r"[^\W\d_][^\d_]{0,29}")


_LOOKS: Final[Mapping[str, Callable[[str], bool]]] = MappingProxyType(
    {
        "resident_id": lambda text: len(text) in {15, 17, 18} and text[:-1].isdigit(),
        "phone": lambda text: text.isdigit() and 7 <= len(text) <= 14,
        "birth_date": lambda text: _DATE.fullmatch(text) is not None,
        "gender": lambda text: squeeze(text) in GENDER.known,
        ROLE_FIELD: lambda text: squeeze(text) in ROLE.known,
        "force": lambda text: squeeze(text) in FORCE.known,
        "": lambda text: _NUMBER.fullmatch(text) is not None,
        "name": lambda text: _NAME.fullmatch(text) is not None,
    }
)
"""Field → how its cells look, the surest first; "" is a running number, which nobody needs."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One person of the list.

    Parameters
    ----------
    line
        Line of the text, from 1.
    texts
        Field → text.
    """

    line: int
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ParsedList:
    """The list, the fields it fills in the order of its columns, and headings that say nothing to us."""

    people: tuple[Listed, ...]
    fields: tuple[str, ...]
    unknown: tuple[str, ...]


def parse_list(text: str) -> ParsedList:
    """Return the people of a pasted text.

    A first line with headings tells which column is which; without one the cells tell it.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip(" \t,，;；|")]
    separator = _separator([line for _, line in lines])
    rows = [(number, _cells(line, separator)) for number, line in lines]
    if not rows:
        return ParsedList((), (), ())
    headings = [_field_of(cell) for cell in rows[0][1]]
    if "name" in headings:
        unknown = tuple(cell for cell, key in zip(rows[0][1], headings, strict=True) if cell and not key)
        return _parsed(rows[1:], headings, unknown)
    return _parsed(rows, _guessed([cells for _, cells in rows]), ())


def _parsed(rows: Sequence[tuple[int, Sequence[str]]], keys: Sequence[str], unknown: tuple[str, ...]) -> ParsedList:
    people = []
    for number, cells in rows:
        texts = {key: cell for key, cell in zip(keys, cells, strict=False) if key}
        people.append(Listed(number, MappingProxyType(texts)))
    return ParsedList(tuple(people), tuple(key for key in keys if key), unknown)


def _separator(lines: Sequence[str]) -> str:
    """Return what parts the cells: whatever stands in most lines; "" for runs of blanks."""
    counts = {mark: sum(mark in line for line in lines) for mark in _SEPARATORS}
    best = max(_SEPARATORS, key=lambda mark: counts[mark])
    return best if counts[best] * 2 > len(lines) else ""


def _cells(line: str, separator: str) -> list[str]:
    cells = line.split(separator) if separator else line.split()
    return [fold(cell.strip().strip('"')).strip() for cell in cells]


def _field_of(heading: str) -> str:
    """Return the field a heading means; "" for none that a list can fill."""
    if squeeze_heading(heading) in _ROLE_HEADINGS:
        return ROLE_FIELD
    column = column_of(PEOPLE, heading) if heading else None
    return column.name if column is not None and column.name in TAKEN else ""


def _guessed(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the field of each column by how most of its cells look; each field is taken once."""
    width = max(map(len, rows))
    found: list[str] = []
    for at in range(width):
        cells = [row[at] for row in rows if at < len(row) and row[at]]
        looks = (key for key, like in _LOOKS.items() if key not in found or not key)
        found.append(next((key for key in looks if cells and sum(map(_LOOKS[key], cells)) * 2 > len(cells)), ""))
    return found
