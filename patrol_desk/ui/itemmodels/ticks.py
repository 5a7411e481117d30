"""Which rows are ticked, by id: a tick outlives sorting, filtering and re-reading."""

from collections.abc import Collection, Iterable

from PySide6.QtCore import QObject, Qt, Signal


class Ticks(QObject):
    """A set of ids that tells when it changes."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: set[str] = set()

    def ids(self) -> frozenset[str]:
        """Return the ticked ids, shown or not."""
        return frozenset(self._ids)

    def __contains__(self, row_id: str) -> bool:
        return row_id in self._ids

    def __len__(self) -> int:
        return len(self._ids)

    def set(self, row_ids: Iterable[str]) -> None:
        """Tick exactly these."""
        wanted = set(row_ids)
        if wanted != self._ids:
            self._ids = wanted
            self.changed.emit()

    def put(self, row_ids: Iterable[str], *, on: bool) -> None:
        """Tick or untick these and leave the others."""
        self.set(self._ids | set(row_ids) if on else self._ids - set(row_ids))

    def toggle(self, row_ids: Iterable[str]) -> None:
        """Tick them all, or untick them when all are ticked."""
        ids = set(row_ids)
        self.put(ids, on=not ids <= self._ids)

    def clear(self) -> None:
        """Untick everything."""
        self.set(())

    def keep_only(self, row_ids: Iterable[str]) -> None:
        """Forget the ticks of rows that are gone."""
        self.set(self._ids & set(row_ids))

    def state(self, shown: Collection[str]) -> Qt.CheckState:
        """Return whether all, some or none of these are ticked, as a box at the head of the column shows it.

        Parameters
        ----------
        shown
            Ids, each once; asked for its length and for each ticked id.
        """
        held = sum(row_id in shown for row_id in self._ids)
        if not held:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if held == len(shown) else Qt.CheckState.PartiallyChecked
