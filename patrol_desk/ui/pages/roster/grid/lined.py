"""A grid of lines that its view made: squads, people, checkpoints below a squad; only what is in sight is computed."""

from collections.abc import Hashable
from itertools import pairwise

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QApplication, QToolTip, QWidget
from typing_extensions import override

from patrol_desk.services.planning.board import Board
from patrol_desk.ui.pages.roster.grid.framing import Frame, paint_frame
from patrol_desk.ui.pages.roster.grid.line_model import Line, LineLook, LineModel
from patrol_desk.ui.pages.roster.grid.painting import blank_picture
from patrol_desk.ui.pages.roster.grid.sections import ShiftTable
from patrol_desk.ui.theme import Theme

KEPT = 3000
"""Pictures kept at most."""
_Index = QModelIndex | QPersistentModelIndex
_FLAG = QItemSelectionModel.SelectionFlag


class LineGrid(ShiftTable):
    """The cells of lines.

    Parameters
    ----------
    theme
        Gives sizes and colours.
    cells
        The lines.
    look
        Paints them.
    """

    asked = Signal(str)
    """A key asks for something: fill, list, lock, move, told, confirmed, remove, earlier, later, search."""
    fold_asked = Signal(int)
    """A group to fold or unfold."""
    picked = Signal()
    """Other cells are selected."""
    carry_asked = Signal(object, int, QPoint, QPoint)
    """A drag begins: line, shift, where in the viewport it was pressed, place on the screen."""

    def __init__(self, theme: Theme, cells: LineModel, look: LineLook, parent: QWidget | None = None) -> None:
        super().__init__(theme, cells, parent)
        self.cells = cells
        self.look = look
        self._framed: Frame | None = None
        self._pressed: tuple[Line, int, QPoint] | None = None
        self.nothing = ""
        """What is said where there are no lines."""
        cells.setParent(self)
        self.setMouseTracking(True)
        self._kept: dict[tuple[Hashable, int, int], QPixmap] = {}
        self._ends: tuple[Board | None, frozenset[int]] = (None, frozenset())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        cells.modelReset.connect(self.resize_lines)
        theme.changed.connect(self._restyle)

    @property
    @override
    def board(self) -> Board | None:
        return self.cells.board

    def forget(self) -> None:
        """Forget the pictures: they hold words of another language, or another look."""
        self._kept.clear()
        self.viewport().update()

    def _restyle(self) -> None:
        self._kept.clear()
        self.resize_lines()

    def resize_lines(self) -> None:
        """Give the lines their height and the shifts their width."""
        self.verticalHeader().setDefaultSectionSize(self.theme.row("roster"))
        self.share_width()
        self.updateGeometries()
        self.viewport().update()
        self.sized.emit()

    def here(self) -> tuple[Line, int] | None:
        """Return line and shift the keys are on."""
        index = self.currentIndex()
        return (self.cells.lines[index.row()], index.column()) if index.isValid() else None

    def go_to(self, line: Line, shift: int) -> bool:
        """Make a line's cell the current one, and say whether the line is there."""
        if line not in self.cells.lines:
            return False
        index = self.cells.index(self.cells.lines.index(line), shift)
        self.selectionModel().setCurrentIndex(index, _FLAG.ClearAndSelect)
        self.scrollTo(index)
        return True

    def cell_rect(self, line: int, shift: int) -> QRect:
        """Return where a cell is in the viewport."""
        return self.visualRect(self.cells.index(line, shift))

    def cell_at(self, point: QPoint) -> tuple[int, int] | None:
        """Return the number of the line, and the shift, at a point of the viewport."""
        index = self.indexAt(point)
        return (index.row(), index.column()) if index.isValid() else None

    def current(self) -> tuple[int, int] | None:
        """Return the number of the line, and the shift, the keys are on."""
        index = self.currentIndex()
        return (index.row(), index.column()) if index.isValid() else None

    def frame(self, frame: Frame | None) -> None:
        """Frame a cell as the target of a drag, with the result written in it; None takes the frame away."""
        self._framed = frame
        self.viewport().update()

    def block(self) -> tuple[range, range] | None:
        """Return lines and shifts of the smallest block that holds the selection."""
        chosen = self.selectedIndexes() or [self.currentIndex()]
        if not chosen[0].isValid():
            return None
        lines, shifts = [index.row() for index in chosen], [index.column() for index in chosen]
        return range(min(lines), max(lines) + 1), range(min(shifts), max(shifts) + 1)

    @override
    def pick_shifts(self, first: int, last: int, *, add: bool = False) -> None:
        count = self.cells.rowCount()
        if not count:
            return
        line = max(self.currentIndex().row(), 0)
        self.selectionModel().setCurrentIndex(self.cells.index(line, first), _FLAG.NoUpdate)
        block = QItemSelection(self.cells.index(0, first), self.cells.index(count - 1, last))
        self.selectionModel().select(block, _FLAG.Select if add else _FLAG.ClearAndSelect)

    @override
    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid():
            self.moved_to.emit(current.row(), current.column())

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.viewport().update()
        self.picked.emit()

    # Keys and mouse

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        wish = {
            Qt.Key.Key_Return: "fill",
            Qt.Key.Key_Enter: "fill",
            Qt.Key.Key_L: "lock",
            Qt.Key.Key_M: "move",
            Qt.Key.Key_T: "told",
            Qt.Key.Key_Y: "confirmed",
            Qt.Key.Key_Delete: "remove",
            Qt.Key.Key_Backspace: "remove",
            Qt.Key.Key_BracketLeft: "earlier",
            Qt.Key.Key_BracketRight: "later",
            Qt.Key.Key_Slash: "search",
        }.get(Qt.Key(event.key()))
        found = self.here()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and wish is not None:
            self.asked.emit(wish)
        elif plain and event.key() == Qt.Key.Key_Space and found is not None:
            self.fold_asked.emit(found[0].group)
        else:
            super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        if next:
            self.asked.emit("list")
            if not self.hasFocus():
                return True
        # Where the panel has nothing to choose, Tab goes on as anywhere: no key leads into a dead end.
        return super().focusNextPrevChild(next)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        found = self.cell_at(point)
        left = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        line = None if found is None or not left else self.cells.lines[found[0]]
        self._pressed = None
        if line is not None and found is not None and self.look.grip(line, found[1], self.cell_rect(*found), point):
            self._pressed = (line, found[1], point)
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            if not event.buttons():
                self._show_grip(event.position().toPoint())
            super().mouseMoveEvent(event)
            return
        line, shift, start = self._pressed
        if (event.position().toPoint() - start).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self.setState(QAbstractItemView.State.NoState)
            self.carry_asked.emit(line, shift, start, event.globalPosition().toPoint())

    def _show_grip(self, point: QPoint) -> None:
        found = self.cell_at(point)
        hand = found is not None and self.look.grip(self.cells.lines[found[0]], found[1], self.cell_rect(*found), point)
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor if hand else Qt.CursorShape.ArrowCursor)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        super().mouseReleaseEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self.here()
        if found is not None and found[0].kind == "squad":
            self.fold_asked.emit(found[0].group)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            words = index.data(Qt.ItemDataRole.AccessibleTextRole) if index.isValid() else ""
            QToolTip.showText(event.globalPos(), str(words or ""), self.viewport())
            return True
        return super().viewportEvent(event)

    # Painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        area = event.rect()
        painter.fillRect(area, self.theme.color("surface"))
        lines, shifts = self.spans(area), self._columns(area)
        if lines and shifts:
            self._cells(painter, lines, shifts)
            self._rules(painter, lines, shifts)
            self._selection(painter, lines, shifts)
            if self._framed is not None:
                rect = self.cell_rect(self._framed.row, self._framed.shift)
                paint_frame(painter, self.theme, rect.adjusted(0, 0, -1, -1), self._framed)
        elif self.board is not None and not self.cells.lines:
            painter.setFont(self.theme.font("body"))
            painter.setPen(self.theme.color("text3"))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self.nothing)
        painter.end()

    def spans(self, area: QRect) -> list[tuple[int, int, int]]:
        """Return line, top and height of the lines that an area of the viewport touches."""
        header = self.verticalHeader()
        first = header.visualIndexAt(max(area.top(), 0))
        if first < 0:
            return []
        height, top = header.defaultSectionSize(), header.sectionViewportPosition(first)
        last = min(header.count(), first + (area.bottom() - top) // height + 1)
        return [(line, top + (line - first) * height, height) for line in range(first, last)]

    def _columns(self, area: QRect) -> list[tuple[int, int, int]]:
        header = self.horizontalHeader()
        spans = [(n, header.sectionViewportPosition(n), header.sectionSize(n)) for n in range(header.count())]
        return [(n, left, width) for n, left, width in spans if left + width > area.left() and left <= area.right()]

    def _cells(self, painter: QPainter, lines: list[tuple[int, int, int]], shifts: list[tuple[int, int, int]]) -> None:
        here = self.currentIndex().column()
        for number, top, height in lines:
            line = self.cells.lines[number]
            for shift, left, width in shifts:
                key = (self.look.key(line, shift, here=shift == here), width - 1, height - 1)
                picture = self._kept.get(key)
                if picture is None:
                    picture = self._draw(key)
                painter.drawPixmap(left, top, picture)

    def _draw(self, key: tuple[Hashable, int, int]) -> QPixmap:
        if len(self._kept) >= KEPT:
            self._kept.clear()
        picture = self._kept[key] = blank_picture(key[1], key[2])
        painter = QPainter(picture)
        self.look.paint(painter, QRect(0, 0, key[1], key[2]), key[0])
        painter.end()
        return picture

    def _rules(self, painter: QPainter, lines: list[tuple[int, int, int]], shifts: list[tuple[int, int, int]]) -> None:
        bottom, right = lines[-1][1] + lines[-1][2] - 1, shifts[-1][1] + shifts[-1][2]
        thin, strong = self.theme.color("line"), self.theme.color("line2")
        for _, top, height in lines:
            painter.fillRect(shifts[0][1], top + height - 1, right - shifts[0][1], 1, thin)
        for shift, left, width in shifts:
            ink = strong if shift in self._day_ends() else thin
            painter.fillRect(left + width - 1, lines[0][1], 1, bottom - lines[0][1] + 1, ink)

    def _day_ends(self) -> frozenset[int]:
        board = self.board
        if board is not None and self._ends[0] is not board:
            ends = (shift.index for shift, after in pairwise(board.shifts) if shift.on_date != after.on_date)
            self._ends = (board, frozenset((*ends, len(board.shifts) - 1)))
        return self._ends[1]

    def _selection(
        self, painter: QPainter, lines: list[tuple[int, int, int]], shifts: list[tuple[int, int, int]]
    ) -> None:
        model, current = self.selectionModel(), self.currentIndex()
        accent = self.theme.color("accentText")
        tint = QColor(accent)
        tint.setAlphaF(0.13)
        many = len(self.selectedIndexes()) > 1
        for number, top, height in lines:
            for shift, left, width in shifts:
                rect = QRect(left, top, width - 1, height - 1)
                if many and model.isSelected(self.cells.index(number, shift)):
                    painter.fillRect(rect.adjusted(0, 0, 1, 1), tint)
                if number == current.row() and shift == current.column():
                    pen = QPen(accent, 2)
                    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
                    painter.setPen(pen)
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRect(rect.adjusted(1, 1, -1, -1))
