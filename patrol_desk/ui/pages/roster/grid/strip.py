"""The frozen column beside a grid of lines: names and what belongs to them."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from patrol_desk.ui.pages.roster.grid.line_model import Line
from patrol_desk.ui.pages.roster.grid.lined import LineGrid
from patrol_desk.ui.theme import Theme


def fold_mark(painter: QPainter, theme: Theme, rect: QRect, *, folded: bool) -> int:
    """Paint the mark of a line that folds; return where the name may begin."""
    side = theme.px(14)
    mark = theme.pixmap("chevron-right" if folded else "chevron-down", "text2", 14)
    painter.drawPixmap(rect.left() + theme.px(8), rect.top() + (rect.height() - side) // 2, mark)
    return rect.left() + theme.px(26)


class NameStrip(QWidget):
    """Names of the lines in view; a click goes to a line, on a squad's mark it folds.

    Parameters
    ----------
    grid
        The cells beside it, whose look paints the names.
    """

    def __init__(self, grid: LineGrid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self.setObjectName("line_names")
        grid.sized.connect(self.update)
        grid.moved_to.connect(lambda _line, _shift: self.update())
        grid.picked.connect(self.update)
        grid.cells.dataChanged.connect(lambda *_: self.update())
        grid.cells.modelReset.connect(self.update)
        grid.verticalScrollBar().valueChanged.connect(lambda _value: self.update())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._grid.theme
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.color("surface"))
        current = self._grid.currentIndex().row()
        for number, top, height in self._grid.spans(event.rect()):
            rect = QRect(0, top, self.width(), height)
            self._grid.look.paint_name(painter, rect, self._grid.cells.lines[number], chosen=number == current)
            painter.fillRect(0, rect.bottom(), self.width(), 1, theme.color("line"))
        painter.fillRect(self.width() - 1, event.rect().top(), 1, event.rect().height(), theme.color("line2"))
        painter.end()

    def _line_at(self, y: int) -> int:
        return self._grid.verticalHeader().logicalIndexAt(y)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._line_at(event.position().toPoint().y())
        if event.button() != Qt.MouseButton.LeftButton or number < 0:
            return
        line: Line = self._grid.cells.lines[number]
        self._grid.setFocus()
        self._grid.go_to(line, max(self._grid.currentIndex().column(), 0))
        if line.kind == "squad" and event.position().x() < self._grid.theme.px(26):
            self._grid.fold_asked.emit(line.group)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        number = self._line_at(event.position().toPoint().y())
        if number >= 0 and self._grid.cells.lines[number].kind == "squad":
            self._grid.fold_asked.emit(self._grid.cells.lines[number].group)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        QApplication.sendEvent(self._grid.viewport(), event)
