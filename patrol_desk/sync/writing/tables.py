"""A table's stored rows as a file of the CSV contract."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import Any

from patrol_desk.sync.kinds import CodeKind, ReferenceKind, WriteContext
from patrol_desk.sync.rows import Values
from patrol_desk.sync.tables import TableSpec
from patrol_desk.sync.writing.files import Written, write_csv


def write_table(folder: Path, table: TableSpec, rows: Sequence[Values], context: WriteContext) -> Written:
    """Write one table, sorted by its key.

    Parameters
    ----------
    folder
        Where; the file is named after the table in the context's language.
    table
        Which table.
    rows
        One value per column of the table, in its order.
    context
        Language, and the codes of all records that rows refer to.
    """
    headings, cells = table_cells(table, rows, context)
    return write_csv(folder / f"{table.file_name(context.language)}.csv", headings, cells)


def table_cells(
    table: TableSpec, rows: Sequence[Values], context: WriteContext
) -> tuple[list[str], Iterator[tuple[str, ...]]]:
    """Return the headings of a table, and its rows as text, sorted by its key; parameters as of `write_table`."""
    headings = [column.heading(context.language) for column in table.columns]
    return headings, _cells(table, sorted(rows, key=_sort_key(table, context)), context)


def _cells(table: TableSpec, rows: Sequence[Values], context: WriteContext) -> Iterator[tuple[str, ...]]:
    """Yield the rows as text; a value seen before costs one look-up."""
    by_column = [
        _shown(column.kind.shower(context), column.blank, map(itemgetter(at), rows))
        for at, column in enumerate(table.columns)
    ]
    return zip(*by_column, strict=True)


def _shown(show: Callable[[Any], str], blank: object, values: Iterator[object]) -> Iterator[str]:
    if isinstance(blank, tuple):
        return map(show, values)
    return ("" if value is None or value == blank else show(value) for value in values)


def _sort_key(table: TableSpec, context: WriteContext) -> Callable[[Values], tuple[object, ...]]:
    parts: list[tuple[int, Callable[[Any], Any]]] = []
    for name in table.key:
        column = table.by_name[name]
        show = column.kind.shower(context)
        by_text = isinstance(column.kind, (CodeKind, ReferenceKind)) or isinstance(column.blank, tuple)
        parts.append((table.columns.index(column), show if by_text else _plain))
    return lambda values: (*(part(values[at]) for at, part in parts), values[0])


def _plain(value: int | date | None) -> tuple[bool, int | date]:
    """Return what sorts a value that may be blank: blanks come first."""
    return (False, 0) if value is None else (True, value)
