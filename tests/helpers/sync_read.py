"""Reading files in a test without a database."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from patrol_desk.sync.kinds import ReadContext, References
from patrol_desk.sync.matching import Matcher
from patrol_desk.sync.reading.folder import read_folder
from patrol_desk.sync.reading.typed import TypedReader
from patrol_desk.sync.rows import Outcome, StoredTable, Values
from patrol_desk.sync.tables import TableSpec, table_named

TODAY = date(2026, 11, 20)


def context(references: References | None = None, *, confirm_000: bool = False) -> ReadContext:
    """Return what kinds may know on the tests' day."""
    return ReadContext(TODAY, references or References(), confirm_000=confirm_000)


def read_values(path: Path, references: References | None = None) -> list[tuple[object, ...]]:
    """Return the values of all rows of a file's only table."""
    folder = read_folder(path)
    try:
        assert not folder.problems, folder.problems
        ((source, layout),) = folder.found
        reader = TypedReader(source, layout, context(references))
        return [row for chunk in reader.chunks() for row in chunk.values]
    finally:
        folder.close()


def match(
    path: Path,
    stored: Sequence[Values] = (),
    *,
    table: str,
    references: References | None = None,
    confirm_000: bool = False,
    confirm_permuted: bool = False,
) -> Outcome:
    """Return what the rows of a file (or folder of files) of one table come to, against stored values."""
    spec: TableSpec = table_named(table)
    known = references or References()
    matcher = Matcher(StoredTable(spec, [(1, values) for values in stored]), known, confirm_permuted=confirm_permuted)
    folder = read_folder(path)
    try:
        assert not folder.problems, folder.problems
        for source, layout in folder.found:
            assert layout.table is spec
            matcher.begin(source, layout)
            for chunk in TypedReader(source, layout, context(known, confirm_000=confirm_000)).chunks():
                matcher.take(chunk)
        return matcher.finish()
    finally:
        folder.close()


def codes(outcome: Outcome) -> list[set[str]]:
    """Return the codes of the faults of each rejected row, without their area."""
    return [{cell.fault.code.removeprefix("import.") for cell in row.faults} for row in outcome.rejected]
