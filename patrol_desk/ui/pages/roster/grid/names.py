"""The frozen column: names beside the cells, scrolled and selected together with them."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPixmap, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from patrol_desk.services.planning.board import Board
from patrol_desk.ui.pages.roster.grid.model import NameModel, group_name
from patrol_desk.ui.pages.roster.grid.painting import blank_picture
from patrol_desk.ui.pages.roster.grid.view import RosterGrid
from patrol_desk.ui.widgets.painting import cell_of

_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class NameDelegate(QStyledItemDelegate):
    """Paints a checkpoint's name, or a community's head with its fold mark and how many cells are red.

    Parameters
    ----------
    grid
        Whose lines are named.
    """

    def __init__(self, grid: RosterGrid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self._theme = grid.theme
        self._kept: dict[tuple[str, bool, int, int], QPixmap] = {}
        grid.theme.changed.connect(self._kept.clear)
        grid.cells.modelReset.connect(self._kept.clear)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        board = self._grid.board
        rect, _ = cell_of(option)
        if board is None:
            return
        line = self._grid.cells.lines[index.row()]
        if line.head:
            current = self._grid.currentIndex().row() == index.row()
            self._head(painter, rect, board, line.group, current=current)
            self._rules(painter, rect)
        else:
            picture = self._picture(board.rows[line.row].name, rect, chosen=self._chosen(index.row()))
            painter.drawPixmap(rect.topLeft(), picture)

    def _rules(self, painter: QPainter, rect: QRect) -> None:
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._theme.color("line"))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), self._theme.color("line2"))

    def _picture(self, name: str, rect: QRect, *, chosen: bool) -> QPixmap:
        """Return the picture of a checkpoint's name, drawn once."""
        key = (name, chosen, rect.width(), rect.height())
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = blank_picture(rect.width(), rect.height())
            painter = QPainter(found)
            place = QRect(0, 0, rect.width(), rect.height())
            self._row(painter, place, name, chosen=chosen)
            self._rules(painter, place)
            painter.end()
        return found

    def _chosen(self, line: int) -> bool:
        return line == self._grid.currentIndex().row() or line in self._grid.canvas.selected_lines

    def _row(self, painter: QPainter, rect: QRect, name: str, *, chosen: bool) -> None:
        theme = self._theme
        painter.fillRect(rect, theme.color("accentSoft" if chosen else "surface"))
        painter.setFont(theme.font("body", bold=chosen))
        painter.setPen(theme.color("accentText" if chosen else "text"))
        room = rect.adjusted(theme.px(32), 0, -theme.px(6), -1)
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _MIDDLE, shown)

    def _head(self, painter: QPainter, rect: QRect, board: Board, group: int, *, current: bool) -> None:
        theme = self._theme
        painter.fillRect(rect, theme.color("accentSoft" if current else "sunken"))
        mark = theme.pixmap("chevron-right" if self._grid.folded(group) else "chevron-down", "text2", 14)
        side = theme.px(14)
        painter.drawPixmap(rect.left() + theme.px(10), rect.top() + (rect.height() - side) // 2, mark)
        right = self._alarm(painter, rect, board.red_cells(group))
        bold, plain = theme.font("body", bold=True), theme.font("secondary")
        count = f"{board.groups[group].count}"
        left = rect.left() + theme.px(30)
        room = right - left - QFontMetrics(plain).horizontalAdvance(count) - theme.px(8)
        metrics = QFontMetrics(bold)
        name = metrics.elidedText(group_name(board.groups[group].name), Qt.TextElideMode.ElideRight, room)
        painter.setFont(bold)
        painter.setPen(theme.color("text"))
        painter.drawText(QRect(left, rect.top(), room + 4, rect.height() - 1), _MIDDLE, name)
        painter.setFont(plain)
        painter.setPen(theme.color("text3"))
        after = left + metrics.horizontalAdvance(name) + theme.px(6)
        painter.drawText(QRect(after, rect.top(), rect.width(), rect.height() - 1), _MIDDLE, count)

    def _alarm(self, painter: QPainter, rect: QRect, red: int) -> int:
        """Paint how many cells miss their minimum; return where that begins."""
        theme = self._theme
        right = rect.right() - theme.px(9)
        if not red:
            return right
        font = theme.font("secondary", bold=True)
        width = QFontMetrics(font).horizontalAdvance(f"{red}")
        side = theme.px(13)
        painter.setFont(font)
        painter.setPen(theme.color("red"))
        painter.drawText(QRect(right - width, rect.top(), width + 2, rect.height() - 1), _MIDDLE, f"{red}")
        left = right - width - side - theme.px(2)
        painter.drawPixmap(left, rect.top() + (rect.height() - side) // 2, theme.pixmap("triangle-alert", "red", 13))
        return left - theme.px(4)


class NameColumn(QTableView):
    """The names of the grid's lines.

    Parameters
    ----------
    grid
        The cells beside it: it scrolls with them, folds with them, and its keys are theirs.
    """

    row_menu_asked = Signal(int, QPoint)
    """A row and a place on the screen."""

    def __init__(self, grid: RosterGrid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self.setModel(NameModel(grid.cells))
        self.setItemDelegate(NameDelegate(grid, self))
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.setObjectName("roster_names")
        grid.sized.connect(self._match)
        grid.moved_to.connect(lambda _line, _shift: self.viewport().update())
        grid.picked.connect(self.viewport().update)
        grid.cells.dataChanged.connect(lambda *_: self.viewport().update())
        grid.verticalScrollBar().valueChanged.connect(self._follow)

    def _match(self) -> None:
        """Give the lines the heights of the cells beside them."""
        header, cells = self.verticalHeader(), self._grid.verticalHeader()
        for line in range(min(header.count(), cells.count())):
            hidden = cells.isSectionHidden(line)
            if header.isSectionHidden(line) != hidden:
                header.setSectionHidden(line, hidden)
            if not hidden and header.sectionSize(line) != cells.sectionSize(line):
                header.resizeSection(line, cells.sectionSize(line))
        self.updateGeometries()
        self._follow(self._grid.verticalScrollBar().value())
        self.viewport().update()

    def _follow(self, value: int) -> None:
        self.verticalScrollBar().setValue(value)

    def _menu(self, point: QPoint) -> None:
        index = self.indexAt(point)
        if index.isValid() and not self._grid.cells.lines[index.row()].head:
            self.row_menu_asked.emit(self._grid.cells.lines[index.row()].row, self.viewport().mapToGlobal(point))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        self._grid.setFocus()
        line = self._grid.cells.lines[index.row()]
        if line.head:
            self._grid.fold_asked.emit(line.group)
            return
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        add = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self._grid.pick_row(index.row(), extend=extend, add=add)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.accept()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        QApplication.sendEvent(self._grid, event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        QApplication.sendEvent(self._grid.viewport(), event)
