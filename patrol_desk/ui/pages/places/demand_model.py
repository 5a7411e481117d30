"""The demand grid as an item model: patterns down, weekdays across, unsaved edits over what is stored."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from patrol_desk.services.places.rows import DemandCell, Pattern, PlaceDetail, WeekCell
from patrol_desk.ui.i18n import shift_mark, tr
from patrol_desk.ui.i18n.dates import span_text, weekday_text
from patrol_desk.ui.pages.places.seats import Seats, to_text

Index = QModelIndex | QPersistentModelIndex
Key = tuple[str, int]
"""Pattern id and weekday."""

CELL_ROLE: Final = Qt.ItemDataRole.UserRole
WEEKDAYS: Final = 7
_MOST_STEPS: Final = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as painted: its seats now, as stored where they differ, how the week in view mans it, what raises it."""

    seats: Seats
    stored: Seats | None
    planned: WeekCell | None
    raised: bool = False

    @property
    def unsaved(self) -> bool:
        """Whether the cell was edited and not saved."""
        return self.stored is not None


class DemandModel(QAbstractTableModel):
    """Cells of one checkpoint with the edits made to them.

    Attributes
    ----------
    edited
        Sent after any change of the edits.
    """

    edited = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = ""
        self.patterns: tuple[Pattern, ...] = ()
        self._stored: dict[Key, DemandCell] = {}
        self._edits: dict[Key, Seats] = {}
        self._planned: dict[Key, WeekCell] = {}
        self._raised: dict[Key, tuple[str, ...]] = {}
        self._steps: list[dict[Key, Seats]] = []

    def show_detail(self, detail: PlaceDetail) -> None:
        """Show a checkpoint; edits of the same checkpoint stay where they still differ from what is stored."""
        self.beginResetModel()
        if detail.id != self._place:
            self._edits, self._steps = {}, []
        self._place = detail.id
        self.patterns = detail.patterns
        self._stored = {cell.key: cell for cell in detail.cells}
        self._planned = {(cell.pattern_id, cell.on_date.weekday()): cell for cell in detail.planned}
        self._raised = {cell.key: cell.periods for cell in detail.raised}
        self._edits = {
            key: seats for key, seats in self._edits.items() if key in self._stored and self._stored[key].seats != seats
        }
        self.endResetModel()
        self.edited.emit()

    def raises(self) -> bool:
        """Say whether a security period raises a cell."""
        return bool(self._raised)

    # Edits

    def seats(self, key: Key) -> Seats:
        """Return a cell's seats as they would be saved."""
        return self._edits.get(key, self._stored[key].seats)

    def change(self, changed: Mapping[Key, Seats]) -> None:
        """Give cells other seats; one step that Ctrl+Z takes back."""
        edits = dict(self._edits)
        for key, seats in changed.items():
            edits[key] = seats
            if seats == self._stored[key].seats:
                del edits[key]
        if edits != self._edits:
            self._steps = [*self._steps[-_MOST_STEPS:], self._edits]
            self._put(edits)

    def apply(self, keys: Iterable[Key], change: Callable[[Seats], Seats]) -> None:
        """Change each cell by a rule; one step."""
        self.change({key: change(self.seats(key)) for key in keys})

    def can_step_back(self) -> bool:
        """Say whether there is an unsaved step to take back."""
        return bool(self._steps)

    def step_back(self) -> None:
        """Take the last unsaved step back."""
        if self._steps:
            self._put(self._steps.pop())

    def discard(self) -> None:
        """Forget all edits."""
        self._steps = []
        self._put({})

    def unsaved(self) -> list[DemandCell]:
        """Return the cells to be saved, each with the stamp it was read with."""
        return [replace(self._stored[key], seats=seats) for key, seats in self._edits.items()]

    def keep_saved(self, cells: Iterable[DemandCell]) -> None:
        """Take edits as stored, until the checkpoint is read anew: they are no longer unsaved."""
        self._stored |= {cell.key: cell for cell in cells}
        self.discard()

    def _put(self, edits: dict[Key, Seats]) -> None:
        self._edits = edits
        if self.patterns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.patterns) - 1, WEEKDAYS - 1))
        self.edited.emit()

    # What Qt asks

    def key(self, index: Index) -> Key:
        """Return pattern and weekday of an index."""
        return self.patterns[index.row()].id, index.column()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default, never changed.
        return 0 if parent.isValid() else len(self.patterns)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default, never changed.
        return 0 if parent.isValid() or not self.patterns else WEEKDAYS

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        key = self.key(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return to_text(self.seats(key))
        if role == CELL_ROLE:
            stored = self._stored[key].seats if key in self._edits else None
            return Shown(self.seats(key), stored, self._planned.get(key), key in self._raised)
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return self._spoken(index, key)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignCenter)
        return None

    def _spoken(self, index: Index, key: Key) -> str:
        seats = self.seats(key)
        where = f"{weekday_text(key[1])} {pattern_text(self.patterns[index.row()])}"
        counts = tr("{cell}：最低 {low} 人，期望 {high} 人", cell=where, **_sums(seats))
        parts = [counts if seats else tr("{cell}：不设岗", cell=where)]
        held = sum(seat.held for seat in seats)
        if held:
            parts.append(tr("其中邻镇出 {count} 人", count=held))
        planned = self._planned.get(key)
        if planned is not None:
            parts.append(tr("已排 {count} 人", count=planned.heads))
        if key in self._raised:
            names = tr("、|joint").join(self._raised[key])
            parts.append(tr("本周因重点时段“{names}”加人", names=names))
        if key in self._edits:
            parts.append(tr("未保存"))
        return tr("；|joint").join(parts)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return weekday_text(section)
        return pattern_text(self.patterns[section]) if section < len(self.patterns) else None


def pattern_text(pattern: Pattern) -> str:
    """Return mark and span of a shift pattern."""
    return f"{shift_mark(pattern.mark)} {span_text(pattern.start_minute, pattern.length_minutes)}"


def _sums(seats: Seats) -> dict[str, int]:
    return {"low": sum(seat.minimum for seat in seats), "high": sum(seat.desired for seat in seats)}
