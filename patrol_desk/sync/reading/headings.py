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
from patrol_desk.sync.tables import TABLES, Column, TableSpec
from patrol_desk.sync.text import unmark

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


def _column(table: TableSpec, heading: str) -> Column | None:
    squeezed = squeeze_heading(heading)
    known = _known(table)
    return known.get(squeezed) or known.get(_BRACKETS.sub("", squeezed))


def _missing(table: TableSpec, headings: Sequence[str]) -> list[Column]:
    present = {column.name for heading in headings if (column := _column(table, heading)) is not None}
    return [column for column in table.columns if column.required and column.name not in present]


def _matches(table: TableSpec, headings: Sequence[str]) -> int:
    return sum(_column(table, heading) is not None for heading in headings if heading.strip())


def recognise(source: Source) -> Layout | None:
    """Return how to read a source; None when it holds no table of ours, or nothing.

    Raises
    ------
    FileRefusedError
        It is named after a table but lacks a required column, two headings mean the same column, or its headings fit
        several tables.
    """
    candidates: list[tuple[int, list[str]]] = []
    for line, cells in source.rows():
        texts = [unmark(cell)[0] for cell in cells]
        if any(texts):
            candidates.append((line, texts))
        if len(candidates) == _HEADING_ROWS:
            break
    if not candidates:
        return None
    titled = table_by_title(source.title)
    if titled is not None:
        line, headings = max(candidates, key=lambda candidate: (_matches(titled, candidate[1]), -candidate[0]))
        if not _missing(titled, headings):
            return _layout(source, titled, line, headings)
    for line, headings in candidates:
        table = _by_headings(source, headings)
        if table is not None:
            return _layout(source, table, line, headings)
    if titled is None:
        return None
    raise FileRefusedError(_missing_message(source, titled, candidates))


def _missing_message(source: Source, table: TableSpec, candidates: list[tuple[int, list[str]]]) -> Message:
    line, headings = max(candidates, key=lambda candidate: (_matches(table, candidate[1]), -candidate[0]))
    missing = _missing(table, headings)
    return Message(
        "import.missing_columns",
        {
            "file": source.label,
            "line": line,
            "columns": [Message("table.heading", {"zh": column.zh, "en": column.en}) for column in missing],
        },
    )


def _by_headings(source: Source, headings: Sequence[str]) -> TableSpec | None:
    fitting = [(_matches(table, headings), table) for table in TABLES if not _missing(table, headings)]
    if not fitting:
        return None
    best = max(score for score, _ in fitting)
    tables = [table for score, table in fitting if score == best]
    if len(tables) > 1:
        words = [table.word for table in tables]
        raise FileRefusedError(Message("import.ambiguous_table", {"file": source.label, "tables": words}))
    return tables[0]


def _layout(source: Source, table: TableSpec, line: int, headings: list[str]) -> Layout:
    found: dict[str, int] = {}
    unknown: list[str] = []
    datum: int | None = None
    while headings and not headings[-1]:
        headings.pop()
    for position, heading in enumerate(headings):
        column = _column(table, heading)
        if column is None:
            if _says_datum(heading) and datum is None:
                datum = position
            elif heading and squeeze_heading(heading) not in _passed_over():
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
