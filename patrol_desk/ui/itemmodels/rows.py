"""A table of plain rows: columns are data, sorting and filtering happen in memory."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, Literal, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from typing_extensions import override

from patrol_desk.ui.itemmodels.ticks import Ticks


class Row(Protocol):
    """What a row must have."""

    @property
    def id(self) -> str:
        """Its id, unlike every other row's."""


R = TypeVar("R", bound=Row)

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE: Final = Qt.ItemDataRole.UserRole
"""Item data role under which every cell gives its row."""

_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column of a table, as data.

    Parameters
    ----------
    key
        Its name in the program.
    title
        Gives the heading in the language of the moment.
    width
        In pixels at 100 %.
    text
        Gives a row's text: shown, copied, read aloud.
    sort
        Gives what the rows are sorted by; None: the column cannot be sorted by.
    align
        Of the text and the heading.
    role
        How the text looks: body, strong, secondary, muted or micro.
    icon
        Gives the name of an icon before the text, or an empty string.
    tick
        The column of tick boxes.
    tip
        Gives the tool tip.
    tone
        Gives the colour of the text: a token ("amber"), or an empty string for the role's own.
    chip
        Gives the tone of the chip around the text (plain, accent, green, amber, red), or an empty string for none.
    squad
        Gives the squad's colour index of a tick before the text, or None.
    paint
        Paints the cell in place of all that, in the rectangle it may use.
    stretch
        Takes the room that is left.
    spare
        Not shown until it is chosen.
    """

    key: str
    title: Callable[[], str]
    width: int
    text: Callable[[R], str]
    sort: Callable[[R], Any] | None = None
    align: Literal["left", "right"] = "left"
    role: str = "body"
    icon: Callable[[R], str] | None = None
    tick: bool = False
    tip: Callable[[R], str] | None = None
    tone: Callable[[R], str] | None = None
    chip: Callable[[R], str] | None = None
    squad: Callable[[R], int | None] | None = None
    paint: Callable[[QPainter, QRect, R], None] | None = None
    stretch: bool = False
    spare: bool = False


Wanted = Callable[[list[R]], list[R]]
"""Returns of some rows those that are wanted, in their order."""


def tick_column() -> Column[Any]:
    """Return the column of tick boxes."""
    return Column("tick", str, 34, lambda _row: "", tick=True)


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows under columns, kept in the order asked for.

    Parameters
    ----------
    columns
        What is shown of a row, from the left.

    Attributes
    ----------
    ticks
        The ticked rows, by id.
    """

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.ticks = Ticks(self)
        self.ticks.changed.connect(self._ticked)
        self._given: list[R] = []
        self._ordered: list[R] = []
        self._shown: list[R] = []
        self._places: dict[str, int] | None = {}
        self._wanted: Wanted[R] | None = None
        self._by = -1
        self._order = Qt.SortOrder.AscendingOrder

    # Rows

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show other rows; a view keeps what was selected, by id."""
        self.beginResetModel()
        self._given = list(rows)
        self._reorder()
        self._select()
        self.endResetModel()
        self.ticks.keep_only(row.id for row in rows)

    def replace(self, rows: Sequence[R]) -> None:
        """Show the same rows with other contents: only what differs is painted again.

        Rows that came, went or changed their place make it a `set_rows`.
        """
        if [row.id for row in rows] != [row.id for row in self._given]:
            self.set_rows(rows)
            return
        changed = {row.id: row for row, old in zip(rows, self._given, strict=True) if row != old}
        if changed:
            self.update_rows(changed.values())

    def update_rows(self, rows: Iterable[R]) -> None:
        """Put these in the place of the rows with their ids; new ids come last."""
        fresh = {row.id: row for row in rows}
        given = [fresh.pop(row.id, row) for row in self._given]
        before = [row.id for row in self._shown]
        held = {row.id: row for row in self._shown}
        old = (self._given, self._ordered, self._shown, self._places)
        self._given = given + list(fresh.values())
        self._reorder()
        self._select()
        if [row.id for row in self._shown] != before:
            state = (self._given, self._ordered, self._shown, self._places)
            self._given, self._ordered, self._shown, self._places = old
            self.beginResetModel()
            self._given, self._ordered, self._shown, self._places = state
            self.endResetModel()
            return
        last = len(self.columns) - 1
        for place, row in enumerate(self._shown):
            if held[row.id] != row:
                self.dataChanged.emit(self.index(place, 0), self.index(place, last))

    def remove_rows(self, row_ids: Iterable[str]) -> None:
        """Take rows away."""
        gone = set(row_ids)
        self.set_rows([row for row in self._given if row.id not in gone])

    def filter(self, wanted: Callable[[R], bool] | None) -> None:
        """Show only the rows for which the predicate holds; None shows all."""
        self.choose(None if wanted is None else lambda rows: [row for row in rows if wanted(row)])

    def choose(self, wanted: Wanted[R] | None, *, within: bool = False) -> None:
        """Show only the rows that are wanted, chosen among all at once; None shows all.

        Parameters
        ----------
        wanted
            Returns of some rows those that are wanted, in their order.
        within
            Whether nothing is wanted that is not shown now: then only what is shown is looked through.
        """
        self._wanted = wanted
        self.beginResetModel()
        self._select(self._shown if within else self._ordered)
        self.endResetModel()

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column >= 0 and self.columns[column].sort is None:
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        ids = [self._shown[index.row()].id for index in held]
        self._by, self._order = column, order
        self._reorder()
        self._select()
        places = self._placed() if held else {}
        moved = [self.index(places[row_id], index.column()) for row_id, index in zip(ids, held, strict=True)]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def sorted_by(self) -> tuple[int, Qt.SortOrder]:
        """Return the column sorted by (-1: the order as given) and the direction."""
        return self._by, self._order

    def _reorder(self) -> None:
        key = self.columns[self._by].sort if self._by >= 0 else None
        if key is None:
            self._ordered = self._given
        else:
            self._ordered = sorted(self._given, key=key, reverse=self._order == Qt.SortOrder.DescendingOrder)

    def _select(self, among: list[R] | None = None) -> None:
        rows = self._ordered if among is None else among
        self._shown = rows if self._wanted is None else self._wanted(rows)
        self._places = None

    def _placed(self) -> dict[str, int]:
        """Return id → place of the rows shown, made when somebody asks: each key of a filter shows others."""
        if self._places is None:
            self._places = {row.id: place for place, row in enumerate(self._shown)}
        return self._places

    def row(self, index: Index) -> R:
        """Return the row of an index."""
        return self._shown[index.row()]

    def row_at(self, place: int) -> R:
        """Return the row at a place of the table."""
        return self._shown[place]

    def all_rows(self) -> Sequence[R]:
        """Return every row, shown or not, in the order given."""
        return self._given

    def shown_rows(self) -> Sequence[R]:
        """Return the rows shown, in their order."""
        return self._shown

    def place_of(self, row_id: str) -> int | None:
        """Return the place of a shown row."""
        return self._placed().get(row_id)

    def tick_state(self) -> Qt.CheckState:
        """Return whether all, some or none of the rows shown are ticked."""
        return self.ticks.state(self._placed()) if self.ticks else Qt.CheckState.Unchecked

    def places_of(self, row_ids: Collection[str]) -> dict[str, int]:
        """Return id → place of those that are shown, found in one pass."""
        return {row.id: place for place, row in enumerate(self._shown) if row.id in row_ids} if row_ids else {}

    def column_of(self, key: str) -> int:
        """Return the place of a column."""
        return next(place for place, column in enumerate(self.columns) if column.key == key)

    # What Qt asks

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default, never changed.
        return 0 if parent.isValid() else len(self._shown)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default, never changed.
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        column, row = self.columns[index.column()], self._shown[index.row()]
        answer: object = None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            answer = column.text(row)
        elif role == ROW_ROLE:
            answer = row
        elif role == Qt.ItemDataRole.TextAlignmentRole:
            answer = _RIGHT if column.align == "right" else _LEFT
        elif role == Qt.ItemDataRole.ToolTipRole and column.tip is not None:
            answer = column.tip(row) or None
        elif role == Qt.ItemDataRole.CheckStateRole and column.tick:
            answer = Qt.CheckState.Checked if row.id in self.ticks else Qt.CheckState.Unchecked
        return answer

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not self.columns[index.column()].tick:
            return False
        self.ticks.put([self._shown[index.row()].id], on=Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        base = super().flags(index)
        if index.isValid() and self.columns[index.column()].tick:
            return base | Qt.ItemFlag.ItemIsUserCheckable
        return base

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.align == "right" else _LEFT
        return None

    def retranslate(self) -> None:
        """Say everything again in the language of the moment."""
        if self.columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(self.columns) - 1))

    def _ticked(self) -> None:
        for place, column in enumerate(self.columns):
            if column.tick and self._shown:
                self.dataChanged.emit(
                    self.index(0, place), self.index(len(self._shown) - 1, place), [Qt.ItemDataRole.CheckStateRole]
                )
                self.headerDataChanged.emit(Qt.Orientation.Horizontal, place, place)
