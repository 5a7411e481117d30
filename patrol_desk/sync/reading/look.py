"""What can be told of a file before it is read: for a user who checks whether it was understood."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

from patrol_desk.common.message import Message
from patrol_desk.sync.errors import FileRefusedError
from patrol_desk.sync.reading.headings import (
    Candidate,
    Layout,
    best_row,
    column_of,
    heading_rows,
    is_passed_over,
    known_headings,
    matches_of,
    missing_of,
    recognise,
    squeeze_heading,
    table_by_title,
)
from patrol_desk.sync.reading.source import Source
from patrol_desk.sync.reading.wish import AS_FOUND, Wish
from patrol_desk.sync.tables import TABLES, Column, TableSpec, table_named

SAMPLE = 20
"""Rows that are shown."""
_LIKELY = 3
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Look:
    """What a source seems to hold.

    Parameters
    ----------
    table
        Its table; None when it is none of ours.
    tables
        Tables it could be, likeliest first.
    line
        Line of the headings; 0 when the source is blank.
    headings
        The headings as they stand.
    columns
        The column each of them means, or None.
    known
        Whether each of them is understood, though perhaps passed over on purpose.
    missing
        Required columns that no heading means.
    problem
        Why it cannot be read as it is; None when it can, or when it is none of ours.
    """

    table: TableSpec | None
    tables: tuple[TableSpec, ...]
    line: int
    headings: tuple[str, ...]
    columns: tuple[Column | None, ...]
    known: tuple[bool, ...]
    missing: tuple[Column, ...]
    problem: Message | None


def look(source: Source, wish: Wish = AS_FOUND) -> Look:
    """Return what a source seems to hold; raise `FileRefusedError` when its first rows cannot be read."""
    candidates = heading_rows(source)
    if not candidates:
        return Look(None, (), 0, (), (), (), (), None)
    layout, problem = _layout(source, wish)
    tables = _likely(candidates, wish)
    table = layout.table if layout is not None else _guess(source, wish, tables, problem)
    line, headings = _headings(layout, table, candidates, wish)
    columns = _columns(layout, table, headings, wish)
    known = tuple(
        column is not None or at == (layout.datum if layout else None) or is_passed_over(heading)
        for at, (heading, column) in enumerate(zip(headings, columns, strict=True))
    )
    missing = () if table is None else tuple(missing_of(table, headings, wish))
    return Look(table, tables, line, headings, columns, known, missing, problem)


def suggestions(table: TableSpec, heading: str, taken: Sequence[Column | None]) -> tuple[Column, ...]:
    """Return the columns of a table, not taken yet, whose headings are most like an unknown one."""
    words: dict[str, Column] = {}
    for column in table.columns:
        if column not in taken:
            words |= {squeeze_heading(text): column for text in (column.zh, column.en, *column.aliases)}
    close = get_close_matches(squeeze_heading(heading), words, _LIKELY, _ALIKE)
    return tuple(dict.fromkeys(words[word] for word in close))


def sample(source: Source, line: int) -> tuple[int, tuple[tuple[str, ...], ...]]:
    """Return how many filled rows stand under the headings, and the first of them as they stand.

    Raises
    ------
    FileRefusedError
        The source cannot be read to its end.
    """
    rows = _filled(source, line)
    shown = tuple(islice(rows, SAMPLE))
    return len(shown) + sum(1 for _ in rows), shown


def _filled(source: Source, line: int) -> Iterator[tuple[str, ...]]:
    for number, cells in source.rows():
        if number > line and "".join(cells).strip():
            yield tuple(cells)


def _layout(source: Source, wish: Wish) -> tuple[Layout | None, Message | None]:
    try:
        return recognise(source, wish), None
    except FileRefusedError as error:
        return None, error.message


def _likely(candidates: Sequence[Candidate], wish: Wish) -> tuple[TableSpec, ...]:
    scores = [(matches_of(table, best_row(table, candidates, wish)[1], wish), table) for table in TABLES]
    found = sorted((item for item in scores if item[0] > 1), key=lambda item: -item[0])
    return tuple(table for _, table in found[:_LIKELY])


def _guess(source: Source, wish: Wish, tables: Sequence[TableSpec], problem: Message | None) -> TableSpec | None:
    """Return the table of a source that cannot be read as it is; None when it is none of ours, or may be several."""
    if wish.table is not None:
        return table_named(wish.table)
    likely = tables[0] if tables and problem is not None and problem.code != "import.ambiguous_table" else None
    return table_by_title(source.title) or likely


def _headings(
    layout: Layout | None, table: TableSpec | None, candidates: Sequence[Candidate], wish: Wish
) -> tuple[int, tuple[str, ...]]:
    if layout is not None:
        return layout.line, layout.headings
    if table is not None:
        line, headings = best_row(table, candidates, wish)
    else:
        line, headings = max(candidates, key=lambda candidate: (known_headings(candidate[1]), -candidate[0]))
    return line, tuple(headings)


def _columns(
    layout: Layout | None, table: TableSpec | None, headings: Sequence[str], wish: Wish
) -> tuple[Column | None, ...]:
    if layout is not None:
        placed = dict(zip(layout.positions, layout.columns, strict=True))
        return tuple(placed.get(at) for at in range(len(headings)))
    return tuple(None if table is None else column_of(table, heading, wish) for heading in headings)
