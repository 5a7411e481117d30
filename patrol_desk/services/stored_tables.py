"""Stored rows in the shape of the CSV contract: one value per column, and what their codes stand for."""

from collections.abc import Iterable, Iterator

from patrol_desk.storage import bulk
from patrol_desk.storage.session import Session
from patrol_desk.sync.kinds import References
from patrol_desk.sync.rows import StoredTable, Values
from patrol_desk.sync.tables import TableSpec, table_named


def read_stored(session: Session, table: TableSpec) -> StoredTable:
    """Return all rows of a table, retired ones too."""
    rows = bulk.rows(session, table.model, ["row_version", *table.fields])
    return StoredTable(table, _by_column(table, rows))


def _by_column(table: TableSpec, rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[int, Values]]:
    """Gather the fields of columns that spread over several."""
    if len(table.fields) == len(table.columns):
        yield from ((int(str(row[0])), row[1:]) for row in rows)
        return
    for row in rows:
        values: list[object] = []
        at = 1
        for column in table.columns:
            width = len(column.fields)
            values.append(row[at] if width == 1 else row[at : at + width])
            at += width
        yield int(str(row[0])), tuple(values)


def know(references: References, stored: StoredTable) -> None:
    """Make the codes and names of stored rows known."""
    if not stored.table.has_code:
        return
    names = [column.name for column in stored.table.columns]
    code_at = names.index("code")
    name_at = names.index("name") if "name" in names else None
    for record_id, values in stored.by_id.items():
        name = str(values[name_at]) if name_at is not None else None
        references.add(stored.table.name, str(values[code_at]), record_id, name)


def parents_of(tables: Iterable[TableSpec]) -> set[str]:
    """Return the names of all tables that these refer to."""
    return {name for table in tables for name in table.parents}


def know_parents(session: Session, references: References, names: Iterable[str]) -> None:
    """Make the stored rows of the named tables known."""
    for name in sorted(names):
        know(references, read_stored(session, table_named(name)))
