"""What a transaction did to each row, so that it can be taken back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from patrol_desk.models import SECRET_KINDS

BOOKKEEPING = frozenset({"id", "row_version", "changed_at", "changed_by"})
"""Columns that say who wrote a row and when: taking a change back does not bring them back."""

Content = Mapping[str, Any]
"""Column name → value of a whole row, without its bookkeeping."""


@dataclass(frozen=True, slots=True)
class RowPatch:
    """What became of one row.

    Parameters
    ----------
    kind
        Table name.
    id
        The row's id.
    before, after
        The whole row before and after; None where there was none.
    version_before
        Row version before; 0 for a row that is new. A row that is put back goes on from the version it had.
    version_after
        Row version after; of a deleted row one more than it had, as if being deleted were its last change.
    """

    kind: str
    id: str
    before: Content | None
    after: Content | None
    version_before: int
    version_after: int


@dataclass(frozen=True, slots=True)
class Patch:
    """Everything a transaction wrote, in the order in which rows were first touched; `services.undo` takes it back."""

    rows: tuple[RowPatch, ...] = ()

    @property
    def kinds(self) -> frozenset[str]:
        """Names of the tables in it."""
        return frozenset(row.kind for row in self.rows)

    def __len__(self) -> int:
        """Return how many rows it holds; an empty patch is false."""
        return len(self.rows)


class PatchBuilder:
    """Gathers what happens to rows; several writes to one row become one.

    A secret is not among them: it stays when the rest is taken back.
    """

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], RowPatch] = {}

    def add(self, row: RowPatch) -> None:
        """Take in what a write did to a row."""
        if row.kind in SECRET_KINDS:
            return
        key = (row.kind, row.id)
        held = self._rows.get(key)
        if held is not None:
            row = RowPatch(row.kind, row.id, held.before, row.after, held.version_before, row.version_after)
        self._rows[key] = row

    def build(self) -> Patch:
        """Return what was gathered; rows that came and went again, or are as they were, are not in it."""
        return Patch(tuple(row for row in self._rows.values() if row.before != row.after))

    def clear(self) -> None:
        """Begin again."""
        self._rows.clear()


def split(row: Mapping[str, Any]) -> tuple[str, int, Content]:
    """Return id, version and content of a stored row."""
    return str(row["id"]), int(row["row_version"]), {k: v for k, v in row.items() if k not in BOOKKEEPING}


def deletions(kind: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[RowPatch]:
    """Yield what deleting stored rows does to them."""
    for row in rows:
        record_id, version, content = split(row)
        yield RowPatch(kind, record_id, content, None, version, version + 1)
