"""Rows on their way in: where they stand, what is stored, and what becomes of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from patrol_desk.sync.reading.headings import Layout
from patrol_desk.sync.reading.source import Source
from patrol_desk.sync.reading.typed import CellFault
from patrol_desk.sync.tables import TableSpec

Values = tuple[object, ...]
"""One value per column of the table, in the table's order."""


class Place(NamedTuple):
    """Where a row stands: the number of the source among those of the table, and its line."""

    source: int
    line: int


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that was kept out.

    Parameters
    ----------
    place
        Where it stands.
    raw
        Its cells as they stand.
    faults
        Why.
    """

    place: Place
    raw: list[str]
    faults: tuple[CellFault, ...]


@dataclass(slots=True, eq=False)
class Candidate:
    """A row that is to be added or changed.

    Parameters
    ----------
    place, raw
        Where and what it is.
    values
        All values it will have.
    stored
        What is stored now; None for a row to add.
    """

    place: Place
    raw: list[str]
    values: Values
    stored: Values | None

    @property
    def record_id(self) -> str:
        """Id of the record."""
        return str(self.values[0])


class StoredTable:
    """The stored rows of one table.

    Parameters
    ----------
    table
        Which table.
    rows
        For each stored row its `row_version` and its values.
    """

    def __init__(self, table: TableSpec, rows: Iterable[tuple[int, Values]]) -> None:
        self.table = table
        self._key = key_of(table)
        self.by_id: dict[str, Values] = {}
        self.versions: dict[str, int] = {}
        self.ids_by_key: dict[object, str] = {}
        for version, values in rows:
            record_id = str(values[0])
            self.by_id[record_id] = values
            self.versions[record_id] = version
            self.ids_by_key[self._key(values)] = record_id


def key_of(table: TableSpec) -> Callable[[Values], object]:
    """Return the function from a row's values to its key."""
    names = [column.name for column in table.columns]
    return itemgetter(*(names.index(name) for name in table.key))


@dataclass(slots=True)
class Outcome:
    """What became of the rows of one table."""

    table: TableSpec
    read: int = 0
    same: int = 0
    added: list[Candidate] = field(default_factory=list)
    changed: list[Candidate] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    layouts: list[tuple[Source, Layout]] = field(default_factory=list)
