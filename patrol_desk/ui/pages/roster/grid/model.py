"""The grid's item models: cells, and the names beside them."""

from datetime import datetime

from PySide6.QtCore import QAbstractListModel, QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from patrol_desk.services.planning.board import Board, CellState
from patrol_desk.ui.i18n import shift_mark, tr
from patrol_desk.ui.i18n.dates import day_text, span_text
from patrol_desk.ui.pages.roster.grid.lines import Lines

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)


def state_text(board: Board, row: int, shift: int) -> str:
    """Return a cell's state in words."""
    cell = board.cell(row, shift)
    if cell.state is CellState.NOT_STAFFED:
        return tr("不设岗")
    if cell.state is CellState.OK:
        return tr("满足期望")
    missing = board.gap(row, shift).missing
    if cell.state is CellState.BELOW_DESIRED:
        return tr("低于期望，差 {count} 人", count=missing)
    if cell.heads >= cell.minimum:
        return tr("必需的席位空缺 {count} 个", count=missing)
    return tr("最低 {minimum} 人，差 {missing}", minimum=cell.minimum, missing=missing)


def shift_text(board: Board, shift: int) -> str:
    """Return day, mark and span of a shift."""
    found = board.shifts[shift]
    span = span_text(found.start_minute, found.length_minutes)
    return f"{day_text(found.on_date)} {shift_mark(found.mark)} {span}"


FEW = 200
"""Cells that are announced one by one; more of them are announced as a whole."""


class CellModel(QAbstractTableModel):
    """A board as a table: a line per community head and checkpoint, a column per shift."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.board: Board | None = None
        self.lines = Lines(None)

    def set_board(self, board: Board | None) -> None:
        """Show a board; where only cells changed, only those are announced."""
        old = self.board
        if old is board:
            return
        if old is None or board is None or not _same_shape(old, board):
            self.beginResetModel()
            self.board = board
            self.lines = Lines(board)
            self.endResetModel()
            return
        self.board = board
        self._announce(old, board)

    def _announce(self, old: Board, new: Board) -> None:
        """Say which cells look different; all of them when too much has moved to compare one by one."""
        kin = new.frame is old.frame and new.past == old.past and _run(new) == _run(old)
        found = new.differing(old) if kin else None
        if found is None or len(found) > FEW:
            last = self.index(len(self.lines) - 1, len(new.shifts) - 1)
            self.dataChanged.emit(self.index(0, 0), last, list(_ROLES))
            return
        for row, shift in found:
            line = self.lines.of_row(row)
            head = self.lines.head_of(self.lines[line].group)
            for place in (self.index(line, shift), self.index(head, shift)):
                self.dataChanged.emit(place, place, list(_ROLES))

    @override
    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    @override
    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or self.board is None else len(self.board.shifts)

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        if self.lines[index.row()].head:
            return flags
        return flags | Qt.ItemFlag.ItemIsSelectable

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        board = self.board
        if board is None or not index.isValid() or role not in _ROLES:
            return None
        line, shift = self.lines[index.row()], index.column()
        if line.head:
            heads, desired, _ = board.cells_of_group(line.group, shift)
            return f"{heads}/{desired}"
        cell = board.cell(line.row, shift)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{cell.heads}/{cell.desired}" if cell.desired or cell.heads else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = tr(
                "{place}，{shift}，{heads}/{desired}，{state}",
                place=board.rows[line.row].name,
                shift=shift_text(board, shift),
                heads=cell.heads,
                desired=cell.desired,
                state=state_text(board, line.row, shift),
            )
            return tr("{words}，有提示", words=words) if cell.hinted else words
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        board = self.board
        if board is None or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return shift_text(board, section)
        return line_name(board, self.lines, section)


class NameModel(QAbstractListModel):
    """The names beside the cells: the one column that stays when the cells scroll sideways.

    Parameters
    ----------
    cells
        Whose lines are named.
    """

    def __init__(self, cells: CellModel) -> None:
        super().__init__(cells)
        self._cells = cells
        cells.modelAboutToBeReset.connect(self.beginResetModel)
        cells.modelReset.connect(self.endResetModel)

    @override
    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._cells.lines)

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        board = self._cells.board
        if board is None or not index.isValid():
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            line = self._cells.lines[index.row()]
            return None if line.head else f"{board.rows[line.row].code}  {board.rows[line.row].name}"
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return line_name(board, self._cells.lines, index.row())
        return None


def line_name(board: Board, lines: Lines, line: int) -> str:
    """Return the name of a line: the checkpoint's, or the community's with how many it holds."""
    found = lines[line]
    if found.head:
        group = board.groups[found.group]
        return f"{group_name(group.name)} {group.count}"
    return board.rows[found.row].name


def group_name(name: str) -> str:
    """Return a community's name, or words for those without one."""
    return name or tr("未分社区")


def _run(board: Board) -> tuple[str, datetime] | None:
    """Return which version the board shows and when it was made: a solver's run makes it anew."""
    return None if board.version is None else (board.version.id, board.version.made_at)


def _same_shape(old: Board, new: Board) -> bool:
    return old.rows == new.rows and old.groups == new.groups and old.shifts == new.shifts
