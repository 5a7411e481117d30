"""Which table a file or sheet holds, and which column each of its headings means."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from patrol_desk.common.message import Message
from patrol_desk.sync.errors import FileRefusedError
from patrol_desk.sync.reading.datum import ALIASES, HEADINGS
from patrol_desk.sync.reading.source import Source
from patrol_desk.sync.reading.wish import AS_FOUND, Wish
from patrol_desk.sync.tables import TABLES, Column, TableSpec, table_named
from patrol_desk.sync.text import unmark

Candidate = tuple[int, list[str]]
"""A row that may hold the headings: its line and its cells, unmarked."""

_HEADING_ROWS = 6
"""How many filled rows may stand above the headings (a title, a date)."""
_BRACKETS = re.compile(r"\([^()]*\)")
_NOISE = re.compile(r"[\s*:_\u200b\ufeff]+")
_COPY = re.compile(
    r"(?:[-_ ]?(?:退回|rejects?|副本|copy|模板|template)|\(\d+\)|[-_ ]?\d+|\.csv|\.xlsx)$", re.IGNORECASE
)

REJECT_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "zh": ("文件", "行号", "列", "值", "原因代码", "原因", "建议"),
    "en": ("file", "line", "column", "value", "reason code", "reason", "suggestion"),
}
"""Columns that a file of rejected rows has besides; reading passes over them."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of a source are to be read.

    Parameters
    ----------
    table
        What they are.
    line
        Line of the headings.
    headings
        The headings as they stand; rejected rows are given back under them.
    positions
        Index of the cell of each column.
    columns
        The columns, in the order of `positions`.
    unknown
        Headings that mean nothing to the table.
    datum
        Index of the cell that says which system the coordinates are in; None without such a column.
    """

    table: TableSpec
    line: int
    headings: tuple[str, ...]
    positions: tuple[int, ...]
    columns: tuple[Column, ...]
    unknown: tuple[str, ...]
    datum: int | None = None


def squeeze_heading(text: str) -> str:
    """Return a heading without what people vary: width, case, spaces, colons and asterisks."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()


@cache
def _passed_over() -> frozenset[str]:
    return frozenset(squeeze_heading(text) for headings in REJECT_HEADINGS.values() for text in headings)


def is_passed_over(heading: str) -> bool:
    """Say whether a heading is blank or one of those that a file of rejected rows has besides."""
    return not heading or squeeze_heading(heading) in _passed_over()


@cache
def _known(table: TableSpec) -> Mapping[str, Column]:
    """Return squeezed heading → column; a column's own heading goes before anybody's alias."""
    known: dict[str, Column] = {}
    for column in table.columns:
        for text in (column.zh, column.en):
            if known.setdefault(squeeze_heading(text), column) is not column:
                raise ValueError(text)
    for column in table.columns:
        for text in (*column.aliases, column.name, *_by_field(column)):
            known.setdefault(squeeze_heading(text), column)
    return known


def _by_field(column: Column) -> tuple[str, ...]:
    """Return what a program would call a reference: ``squad_code`` and ``squad`` for ``squad_id``."""
    bare = column.name.removesuffix("_id")
    return (bare, f"{bare}_code") if bare != column.name else ()


@cache
def _by_title() -> Mapping[str, TableSpec]:
    names: dict[str, TableSpec] = {}
    for table in TABLES:
        for text in (table.name, table.zh, *table.aliases):
            if names.setdefault(squeeze_heading(text), table) is not table:
                raise ValueError(text)
    return names


@cache
def _all_headings() -> frozenset[str]:
    return frozenset(heading for table in TABLES for heading in _known(table))


def known_headings(cells: Sequence[str]) -> int:
    """Return how many of the cells are headings of some table."""
    words = _all_headings()
    return sum(squeeze_heading(cell) in words for cell in cells if cell)


def table_by_title(title: str) -> TableSpec | None:
    """Return the table a file or sheet is named after; ``人员-退回``, ``people (2)`` and ``人员_副本`` are people."""
    text = unicodedata.normalize("NFKC", title).strip()
    while text:
        found = _by_title().get(squeeze_heading(text))
        if found is not None:
            return found
        shorter = _COPY.sub("", text).strip()
        if shorter == text:
            return None
        text = shorter
    return None


def column_of(table: TableSpec, heading: str, wish: Wish = AS_FOUND) -> Column | None:
    """Return the column of a table that a heading means; a heading a user chose for it leaves it to no other."""
    if heading in wish.columns:
        return table.by_name.get(wish.columns[heading] or "")
    squeezed = squeeze_heading(heading)
    known = _known(table)
    found = known.get(squeezed) or known.get(_BRACKETS.sub("", squeezed))
    return None if found is not None and found.name in wish.columns.values() else found


def missing_of(table: TableSpec, headings: Sequence[str], wish: Wish = AS_FOUND) -> list[Column]:
    """Return the required columns that no heading means."""
    present = {column.name for heading in headings if (column := column_of(table, heading, wish)) is not None}
    return [column for column in table.columns if column.required and column.name not in present]


def matches_of(table: TableSpec, headings: Sequence[str], wish: Wish = AS_FOUND) -> int:
    """Return how many headings mean a column of the table."""
    return sum(column_of(table, heading, wish) is not None for heading in headings if heading.strip())


def heading_rows(source: Source) -> list[Candidate]:
    """Return the first filled rows of a source, one of which holds its headings."""
    candidates: list[Candidate] = []
    for line, cells in source.rows():
        texts = [unmark(cell)[0] for cell in cells]
        if any(texts):
            candidates.append((line, texts))
        if len(candidates) == _HEADING_ROWS:
            break
    return candidates


def best_row(table: TableSpec, candidates: Sequence[Candidate], wish: Wish = AS_FOUND) -> Candidate:
    """Return the row that holds most headings of a table, the first of several."""
    return max(candidates, key=lambda candidate: (matches_of(table, candidate[1], wish), -candidate[0]))


def recognise(source: Source, wish: Wish = AS_FOUND) -> Layout | None:
    """Return how to read a source; None when it holds no table of ours, or nothing.

    Raises
    ------
    FileRefusedError
        It is named after a table but lacks a required column, two headings mean the same column, or its headings fit
        several tables.
    """
    candidates = heading_rows(source)
    if not candidates:
        return None
    titled = table_by_title(source.title) if wish.table is None else table_named(wish.table)
    if titled is not None:
        line, headings = best_row(titled, candidates, wish)
        if not missing_of(titled, headings, wish):
            return _layout(source, titled, line, headings, wish)
    if wish.table is None:
        for line, headings in candidates:
            table = _by_headings(source, headings, wish)
            if table is not None:
                return _layout(source, table, line, headings, wish)
    if titled is None:
        return None
    raise FileRefusedError(_missing_message(source, titled, best_row(titled, candidates, wish), wish))


def _missing_message(source: Source, table: TableSpec, row: Candidate, wish: Wish) -> Message:
    line, headings = row
    missing = missing_of(table, headings, wish)
    return Message(
        "import.missing_columns",
        {
            "file": source.label,
            "line": line,
            "columns": [Message("table.heading", {"zh": column.zh, "en": column.en}) for column in missing],
        },
    )


def _by_headings(source: Source, headings: Sequence[str], wish: Wish) -> TableSpec | None:
    fitting = [(matches_of(table, headings, wish), table) for table in TABLES if not missing_of(table, headings, wish)]
    if not fitting:
        return None
    best = max(score for score, _ in fitting)
    tables = [table for score, table in fitting if score == best]
    if len(tables) > 1:
        words = [table.word for table in tables]
        raise FileRefusedError(Message("import.ambiguous_table", {"file": source.label, "tables": words}))
    return tables[0]


def _layout(source: Source, table: TableSpec, line: int, headings: list[str], wish: Wish) -> Layout:
    found: dict[str, int] = {}
    unknown: list[str] = []
    datum: int | None = None
    while headings and not headings[-1]:
        headings.pop()
    for position, heading in enumerate(headings):
        column = column_of(table, heading, wish)
        if column is None:
            if _says_datum(heading) and datum is None:
                datum = position
            elif not is_passed_over(heading):
                unknown.append(heading)
        elif column.name not in found:
            found[column.name] = position
        else:
            params = {"file": source.label, "line": line, "heading": heading}
            former = found[column.name]
            found[column.name], other = _own_and_other(column, headings, (former, position), params)
            unknown.append(headings[other])
    columns = tuple(table.by_name[name] for name in found)
    return Layout(table, line, tuple(headings), tuple(found.values()), columns, tuple(unknown), datum)


def _own_and_other(
    column: Column, headings: Sequence[str], pair: tuple[int, int], params: Mapping[str, object]
) -> tuple[int, int]:
    """Return which of two headings is the column's own and which only a similar word (电话 beside 手机号)."""
    own = {squeeze_heading(column.zh), squeeze_heading(column.en)}
    first, second = (squeeze_heading(headings[position]) in own for position in pair)
    if first == second:
        raise FileRefusedError(Message("import.heading_twice", params))
    return pair if first else (pair[1], pair[0])


def _says_datum(heading: str) -> bool:
    return squeeze_heading(heading) in {squeeze_heading(text) for text in (*HEADINGS, *ALIASES)}
