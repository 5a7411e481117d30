"""The cells: a table view that paints kept pictures and speaks the planner's keys."""

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QKeySequence, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QToolTip, QWidget
from typing_extensions import override

from patrol_desk.ui.pages.roster.grid.canvas import Canvas
from patrol_desk.ui.pages.roster.grid.framing import Frame
from patrol_desk.ui.pages.roster.grid.model import CellModel
from patrol_desk.ui.pages.roster.grid.navigation import moved, stops, way
from patrol_desk.ui.pages.roster.grid.painting import pip_near
from patrol_desk.ui.pages.roster.grid.sections import FoldingTable
from patrol_desk.ui.pages.roster.grid.tips import cell_tip
from patrol_desk.ui.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_FLAG = QItemSelectionModel.SelectionFlag
_LEFT = Qt.MouseButton.LeftButton
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier


class RosterGrid(FoldingTable):
    """The cells of a week.

    Parameters
    ----------
    theme
        Gives the look.
    cells
        The board as a table.
    """

    picked = Signal()
    """Other cells are selected."""
    asked = Signal(str)
    """A key asks for something: fill, list, lock, lock_row, move, demand, remove, earlier, later."""
    fold_asked = Signal(int)
    """A group to fold or unfold."""
    carry_asked = Signal(int, int, int, QPoint)
    """A drag begins: row, shift, number of the pip, place on the screen."""

    def __init__(self, theme: Theme, cells: CellModel, parent: QWidget | None = None) -> None:
        super().__init__(theme, cells, parent)
        self.canvas = Canvas(self)
        self._anchor = QModelIndex()
        self._pressed: tuple[int, int, int, QPoint] | None = None
        self._stops: list[int] | None = None
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setObjectName("roster_grid")
        self.sized.connect(self._forget_stops)
        cells.modelReset.connect(self._forget_places)

    def _forget_stops(self) -> None:
        self._stops = None

    def _forget_places(self) -> None:
        self._anchor = QModelIndex()
        self._pressed = None
        self.canvas.forget()

    # Cells

    def cell_at(self, point: QPoint) -> tuple[int, int] | None:
        """Return row and shift of the cell at a point of the viewport; None on heads and beside the cells."""
        return self._cell(self.indexAt(point))

    def current(self) -> tuple[int, int] | None:
        """Return row and shift of the cell the keys act on; None when that is a head, or nothing."""
        return self._cell(self.currentIndex())

    def _cell(self, index: QModelIndex) -> tuple[int, int] | None:
        if not index.isValid() or self.cells.lines[index.row()].head:
            return None
        return self.cells.lines[index.row()].row, index.column()

    def picked_cells(self) -> tuple[tuple[int, int], ...]:
        """Return row and shift of the selected cells in view, by line; the current cell when none is selected."""
        lines = self.cells.lines
        chosen = tuple((lines[line].row, shift) for line, shift in sorted(self.canvas.selected))
        here = self.current()
        return chosen or ((here,) if here is not None else ())

    def cell_rect(self, row: int, shift: int) -> QRect:
        """Return where a cell is in the viewport."""
        return self.visualRect(self.cells.index(self.cells.lines.of_row(row), shift))

    def go_to(self, row: int, shift: int) -> None:
        """Make a cell the current and only selected one, unfold its group and bring it into view."""
        line = self.cells.lines.of_row(row)
        group = self.cells.lines[line].group
        if self.folded(group):
            self.fold_asked.emit(group)
        self._step_to(self.cells.index(line, shift), extend=False)

    def go_to_line(self, line: int, shift: int) -> None:
        """Make a line's cell the current one, a head's too."""
        self._step_to(self.cells.index(line, shift), extend=False)

    def pick(self, lines: tuple[int, int], shifts: tuple[int, int], *, add: bool = False) -> None:
        """Select the block from the first to the last line and shift, both included."""
        block = QItemSelection(self.cells.index(lines[0], shifts[0]), self.cells.index(lines[1], shifts[1]))
        self.selectionModel().select(block, _FLAG.Select if add else _FLAG.ClearAndSelect)

    def pick_row(self, line: int, *, extend: bool = False, add: bool = False) -> None:
        """Select the cells of a line, or of the lines from where the selection began."""
        last = self.cells.columnCount() - 1
        if last < 0:
            return
        first = self._anchor.row() if extend and self._anchor.isValid() else line
        if not extend:
            self._anchor = self.cells.index(line, 0)
        shift = max(self.currentIndex().column(), 0)
        self.selectionModel().setCurrentIndex(self.cells.index(line, shift), _FLAG.NoUpdate)
        self.pick((min(first, line), max(first, line)), (0, last), add=add)

    @override
    def pick_shifts(self, first: int, last: int, *, add: bool = False) -> None:
        """Select the cells of some shifts in every line in view."""
        lines = len(self.cells.lines)
        if not lines:
            return
        line = self.currentIndex().row() if self.currentIndex().isValid() else min(1, lines - 1)
        self._anchor = self.cells.index(line, first)
        self.selectionModel().setCurrentIndex(self._anchor, _FLAG.NoUpdate)
        self.pick((0, lines - 1), (first, last), add=add)

    def frame(self, frame: Frame | None) -> None:
        """Frame a cell as the target of a drag, with the result written in it; None takes the frame away."""
        self.canvas.framed = frame
        self.viewport().update()

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        held: set[tuple[int, int]] = set()
        lines = self.cells.lines
        for area in cast("Iterable[QItemSelectionRange]", self.selectionModel().selection()):
            shifts = range(area.left(), area.right() + 1)
            for line in range(area.top(), area.bottom() + 1):
                if not lines[line].head and not self.folded(lines[line].group):
                    held.update((line, shift) for shift in shifts)
        self.canvas.selected = frozenset(held)
        self.viewport().update()
        self.picked.emit()

    @override
    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid():
            self.moved_to.emit(current.row(), current.column())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self.canvas.paint(event.rect())

    # Keys

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._walk(event) or self._act(event):
            event.accept()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
        elif event.key() == Qt.Key.Key_Escape and len(self.canvas.selected) > 1:
            self._step_to(self.currentIndex(), extend=False)
        else:
            event.ignore()

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        if next:
            self.asked.emit("list")
            if not self.hasFocus():
                return True
        # Where the panel has nothing to choose, Tab goes on as anywhere: no key leads into a dead end.
        return super().focusNextPrevChild(next)

    def _walk(self, event: QKeyEvent) -> bool:
        """Move the current cell; say whether the key was one that moves."""
        ctrl = bool(event.modifiers() & _CTRL)
        page = max(1, self.viewport().height() // self.theme.row("roster") - 1)
        step = way(event.key(), ctrl=ctrl, page=page, lines=len(self.cells.lines))
        if step is None:
            return False
        if self._stops is None:
            self._stops = stops(self.cells.lines, self.folded)
        last = self.cells.columnCount() - 1
        if self._stops and last >= 0:
            here = self.currentIndex()
            line = moved(self._stops, here.row(), step[0]) if here.isValid() else self._stops[0]
            shift = max(here.column(), 0) + step[1] if step[2] is None else (0 if step[2] == 0 else last)
            index = self.cells.index(line, max(0, min(last, shift)))
            self._step_to(index, extend=bool(event.modifiers() & _SHIFT))
        return True

    def _step_to(self, index: QModelIndex, *, extend: bool) -> None:
        if extend and self._anchor.isValid():
            self.selectionModel().setCurrentIndex(index, _FLAG.NoUpdate)
            lines = sorted((self._anchor.row(), index.row()))
            shifts = sorted((self._anchor.column(), index.column()))
            self.pick((lines[0], lines[1]), (shifts[0], shifts[1]))
        else:
            self._anchor = index
            self.selectionModel().setCurrentIndex(index, _FLAG.ClearAndSelect)
        self.scrollTo(index)

    def _act(self, event: QKeyEvent) -> bool:
        """Do what a planner's key asks for; say whether it was one."""
        if event.modifiers() & ~(_SHIFT | Qt.KeyboardModifier.KeypadModifier):
            return False
        shifted = bool(event.modifiers() & _SHIFT)
        wish = {
            Qt.Key.Key_Return: "fill",
            Qt.Key.Key_Enter: "fill",
            Qt.Key.Key_L: "lock_row" if shifted else "lock",
            Qt.Key.Key_M: "move",
            Qt.Key.Key_E: "demand",
            Qt.Key.Key_Delete: "remove",
            Qt.Key.Key_Backspace: "remove",
            Qt.Key.Key_BracketLeft: "earlier",
            Qt.Key.Key_BracketRight: "later",
        }.get(Qt.Key(event.key()))
        if wish is not None:
            self.asked.emit(wish)
            return True
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.fold_asked.emit(self.cells.lines[self.currentIndex().row()].group)
            return True
        return False

    # Mouse

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        index = self.indexAt(point)
        self._pressed = None
        if index.isValid() and self.cells.lines[index.row()].head:
            if event.button() == _LEFT:
                self._open_head(index)
            return
        if event.button() == _LEFT and index.isValid() and event.modifiers() & _SHIFT:
            self._step_to(index, extend=True)
            return
        if event.button() == Qt.MouseButton.RightButton and (index.row(), index.column()) in self.canvas.selected:
            return
        if event.button() == _LEFT and not event.modifiers():
            self._pressed = self._pip_at(point)
        super().mousePressEvent(event)
        if index.isValid():
            self._anchor = index

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._pressed is not None and event.buttons() & _LEFT:
            row, shift, pip, start = self._pressed
            if (point - start).manhattanLength() >= QApplication.startDragDistance():
                self._pressed = None
                self.setState(QAbstractItemView.State.NoState)
                self.carry_asked.emit(row, shift, pip, event.globalPosition().toPoint())
            return
        if not event.buttons():
            hand = self._pip_at(point) is not None
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor if hand else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        super().mouseReleaseEvent(event)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self.cell_at(event.pos())
            if found is None or self.board is None:
                QToolTip.hideText()
            else:
                rect = self.cell_rect(*found)
                QToolTip.showText(event.globalPos(), cell_tip(self.board, *found), self.viewport(), rect)
            return True
        return super().viewportEvent(event)

    def _open_head(self, index: QModelIndex) -> None:
        """Unfold a group, and go to the cell that made its sum what it is."""
        board = self.board
        if board is None:
            return
        group = self.cells.lines[index.row()].group
        if self.folded(group):
            self.fold_asked.emit(group)
        lines = self.cells.lines.members(group)
        cells = [(board.cell(self.cells.lines[line].row, index.column()), line) for line in lines]
        short = [(cell.heads - cell.minimum, cell.heads - cell.desired, line) for cell, line in cells if cell.desired]
        if short:
            self.go_to_line(min(short)[2], index.column())

    def _pip_at(self, point: QPoint) -> tuple[int, int, int, QPoint] | None:
        """Return the pip a drag would begin on: row, shift, number of the holder, the point."""
        found = self.cell_at(point)
        if found is None or self.board is None:
            return None
        near = pip_near(self.cell_rect(*found).adjusted(0, 0, -1, -1), self.board.cell(*found), self.theme, point)
        return None if near is None else (found[0], found[1], near, point)
