"""The line below the cells: how well each shift is covered over the whole township."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from patrol_desk.services.planning.board import CellState
from patrol_desk.ui.pages.roster.grid.sections import ShiftTable

_LOWEST = 0.7
"""Where the bar begins: below this share of the desired heads it is empty."""


class CoverageFooter(QWidget):
    """Share of the desired heads per shift, as a number and a bar; red where a checkpoint misses its minimum.

    Parameters
    ----------
    grid
        The cells above it.
    """

    def __init__(self, grid: ShiftTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self._theme = grid.theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setObjectName("roster_footer")
        grid.sized.connect(self.update)
        grid.horizontalScrollBar().valueChanged.connect(lambda _value: self.update())
        grid.model().dataChanged.connect(lambda *_: self.update())
        grid.model().modelReset.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        return QSize(100, self._theme.row("footer"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, board = self._theme, self._grid.board
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.fillRect(0, 0, self.width(), 1, theme.color("line2"))
        header = self._grid.horizontalHeader()
        for shift in board.shifts if board is not None else ():
            left = header.sectionPosition(shift.index) - header.offset()
            rect = QRect(left, 1, header.sectionSize(shift.index), self.height() - 1)
            coverage, state = board.coverage(shift.index) if board is not None else (None, CellState.NOT_STAFFED)
            if coverage is not None:
                self._one(painter, rect, coverage, red=state is CellState.BELOW_MINIMUM)
            last = board is not None and (
                shift.index + 1 == len(board.shifts) or board.shifts[shift.index + 1].on_date != shift.on_date
            )
            painter.fillRect(rect.right(), 1, 1, self.height() - 1, theme.color("line2" if last else "line"))
        painter.end()

    def _one(self, painter: QPainter, rect: QRect, coverage: float, *, red: bool) -> None:
        theme = self._theme
        compact = theme.compact
        most = theme.px(8 if compact else 9)
        text = QRect(rect.left(), rect.top() + theme.px(1 if compact else 3), rect.width() - 1, theme.px(14))
        painter.setFont(theme.font("micro", bold=red))
        painter.setPen(theme.color("red" if red else "text2"))
        # Rounded down: 100 is said only when nobody is missing.
        painter.drawText(text, Qt.AlignmentFlag.AlignCenter, f"{int(coverage * 100)}")
        height = max(1, round(most * (min(coverage, 1.0) - _LOWEST) / (1 - _LOWEST)))
        bar = QRect(0, 0, theme.px(12), height)
        bar.moveCenter(rect.center())
        bar.moveBottom(rect.bottom() - theme.px(2 if compact else 3))
        painter.fillRect(bar, theme.color("redFill" if red else "text3"))
