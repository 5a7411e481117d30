"""How a cell stands: heads out of the desired, a bar per seat, and what is missing in words."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from patrol_desk.services.planning.board import Cell, CellState
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme

_INK = {CellState.BELOW_MINIMUM: "red", CellState.BELOW_DESIRED: "amber", CellState.OK: "green"}


@dataclass(frozen=True, slots=True)
class Standing:
    """What the bar shows: a cell, and its state in words."""

    cell: Cell
    words: str


class StateBar(QWidget):
    """Heads, a segment per seat in the squad's colour, and the state in words.

    Parameters
    ----------
    theme
        Gives the look.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._standing: Standing | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def stand(self, standing: Standing | None) -> None:
        """Show how a cell stands."""
        self._standing = standing
        self.setAccessibleName(standing.words if standing is not None else "")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(100, self._theme.px(40))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._standing is None:
            return
        theme, px, cell = self._theme, self._theme.px, self._standing.cell
        painter = QPainter(self)
        ink = _INK.get(cell.state, "text3")
        big, small = theme.font("metric"), theme.font("object", bold=False)
        heads, desired = f"{cell.heads}", f"/{cell.desired}"
        base = px(29)
        painter.setFont(big)
        painter.setPen(theme.color(ink if cell.state is not CellState.OK else "text"))
        painter.drawText(0, base, heads)
        left = QFontMetrics(big).horizontalAdvance(heads)
        painter.setFont(small)
        painter.setPen(theme.color("text3"))
        painter.drawText(left, base, desired)
        left += QFontMetrics(small).horizontalAdvance(desired) + px(12)
        self._segments(painter, QRect(left, px(6), self.width() - left, px(6)), cell)
        line = QRect(left, px(16), self.width() - left, px(20))
        right = tr("期望 {count} 人", count=cell.desired)
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("text3"))
        used = QFontMetrics(painter.font()).horizontalAdvance(right)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, right)
        painter.setFont(theme.font("secondary", bold=True))
        painter.setPen(theme.color(ink))
        room = line.width() - used - px(8)
        words = QFontMetrics(painter.font()).elidedText(self._standing.words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()

    def _segments(self, painter: QPainter, room: QRect, cell: Cell) -> None:
        count = max(cell.desired, cell.heads, 1)
        gap = self._theme.px(3)
        for number in range(count):
            left = room.left() + number * (room.width() + gap) // count
            right = room.left() + (number + 1) * (room.width() + gap) // count - gap
            rect = QRect(left, room.top(), right - left, room.height())
            if number < len(cell.colours):
                painter.fillRect(rect, self._theme.color(f"sq{cell.colours[number] + 1}"))
            else:
                painter.setPen(self._theme.color("red" if number < cell.minimum else "amberLine"))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(rect.adjusted(0, 0, -1, -1))
