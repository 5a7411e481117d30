"""The steps of an import in one line: done, current, to come."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.painting import box


class StepsBar(QWidget):
    """Numbered steps side by side.

    Parameters
    ----------
    theme
        Gives colours.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._steps: tuple[str, ...] = ()
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_steps(self, steps: Sequence[str], current: int) -> None:
        """Show these steps; those before the current one are done."""
        self._steps, self._current = tuple(steps), current
        self.setAccessibleName(
            tr("第 {step} 步，共 {all} 步：{name}", step=current + 1, all=len(steps), name=steps[current])
        )
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(400), self._theme.px(40))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))
        x, side = px(16), px(20)
        for place, words in enumerate(self._steps):
            disc = QRect(x, (self.height() - side) // 2, side, side)
            self._paint_disc(painter, disc, place)
            current = place == self._current
            painter.setFont(theme.font("body", bold=current))
            painter.setPen(theme.color("accentText" if current else "text2"))
            width = painter.fontMetrics().horizontalAdvance(words) + 2
            x = disc.right() + px(8)
            painter.drawText(QRect(x, 0, width, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
            x += width + px(10)
            if place + 1 < len(self._steps):
                painter.fillRect(x, self.height() // 2, px(28), 1, theme.color("line2"))
                x += px(38)
        painter.end()

    def _paint_disc(self, painter: QPainter, disc: QRect, place: int) -> None:
        theme = self._theme
        if place < self._current:
            box(painter, disc, theme.color("greenSoft"), theme.color("greenLine"), disc.width() / 2)
            inset = (disc.width() - theme.px(12)) // 2
            painter.drawPixmap(disc.x() + inset, disc.y() + inset, theme.pixmap("check", "green", 12))
            return
        current = place == self._current
        border = None if current else theme.color("line2")
        box(painter, disc, theme.color("accent" if current else "surface"), border, disc.width() / 2)
        painter.setFont(theme.font("micro", bold=current))
        painter.setPen(theme.color("onAccent" if current else "text2"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(place + 1))
