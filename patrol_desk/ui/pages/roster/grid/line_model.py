"""Lines that a view made, as a table: squads, people, checkpoints below a squad; and how they look."""

from abc import abstractmethod
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QPainter
from typing_extensions import override

from patrol_desk.services.planning.board import Board
from patrol_desk.ui.pages.roster.grid.model import shift_text
from patrol_desk.ui.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_WORDS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Parameters
    ----------
    kind
        What it is.
    index
        Of the squad among the squads, of the checkpoint among the rows, of the person in the problem.
    group
        Of the squad it stands below, or is.
    own
        Of a checkpoint: it is of the squad's own community.
    """

    kind: Literal["squad", "place", "person"]
    index: int
    group: int
    own: bool = True


class LineModel(QAbstractTableModel):
    """Lines as a table, a column per shift; subclasses say what a cell is in words."""

    def __init__(self) -> None:
        super().__init__()
        self.board: Board | None = None
        self.lines: tuple[Line, ...] = ()

    def set_lines(self, board: Board | None, lines: Sequence[Line]) -> None:
        """Show other lines, or the same lines of another board."""
        fresh = tuple(lines)
        same = self.board is not None and board is not None and fresh == self.lines
        if same and self.columnCount() == (0 if board is None else len(board.shifts)):
            self.board = board
            if fresh:
                self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self.board, self.lines = board, fresh
        self.endResetModel()

    @abstractmethod
    def words(self, line: Line, shift: int) -> str:
        """Return what stands in a cell."""
        ...

    @abstractmethod
    def spoken(self, line: Line, shift: int) -> str:
        """Return a cell in full words, without the shift."""
        ...

    @abstractmethod
    def name(self, line: Line) -> str:
        """Return the name of a line."""
        ...

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
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.board is None or not index.isValid() or role not in _WORDS:
            return None
        line, shift = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(line, shift)
        return f"{self.name(line)} {shift_text(self.board, shift)} {self.spoken(line, shift)}"

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.board is None or role not in _WORDS:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return shift_text(self.board, section)
        return self.name(self.lines[section])


class LineLook:
    """How cells and names look; subclasses paint, the grid keeps the pictures."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    @abstractmethod
    def key(self, line: Line, shift: int, *, here: bool) -> Hashable:
        """Return all that a cell's look depends on; `here`: the keys are in the shift's column."""
        ...

    @abstractmethod
    def paint(self, painter: QPainter, rect: QRect, key: Hashable) -> None:
        """Paint a cell from its key."""
        ...

    def grip(self, line: Line, shift: int, rect: QRect, point: QPoint) -> bool:
        """Say whether a drag may begin at a point of a cell: something that can be carried is there."""
        del line, shift, rect, point
        return False

    @abstractmethod
    def paint_name(self, painter: QPainter, rect: QRect, line: Line, *, chosen: bool) -> None:
        """Paint the name of a line."""
        ...
