"""The left side of the start page: what program this is, and which step one is at."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk import __version__
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.painting import box


class _Logo(QWidget):
    """The program's mark."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box(painter, self.rect(), self._theme.color("accent"), None, 8)
        size = self._theme.px(26)
        at = (self.width() - size) // 2, (self.height() - size) // 2
        painter.drawPixmap(*at, self._theme.pixmap("shield-check", "onAccent", 26))
        painter.end()


class Steps(QWidget):
    """Numbered steps under one another: done, current, to come.

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

    def show_steps(self, steps: Sequence[str], current: int) -> None:
        """Show these steps; those before the current one are done."""
        self._steps, self._current = tuple(steps), current
        self.setFixedHeight(self._theme.px(44) * len(steps))
        self.setAccessibleName(
            tr("第 {step} 步，共 {all} 步：{name}", step=current + 1, all=len(steps), name=steps[current])
        )
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        side, step = px(24), px(44)
        for place, words in enumerate(self._steps):
            disc = QRect(0, place * step + (step - side) // 2, side, side)
            self._paint_disc(painter, disc, place)
            if place + 1 < len(self._steps):
                painter.fillRect(disc.center().x(), disc.bottom() + 3, 1, step - side - 4, theme.color("line2"))
            current = place == self._current
            painter.setFont(theme.font("body", bold=current))
            painter.setPen(theme.color("accentText" if current else "text2"))
            room = QRect(side + px(12), place * step, self.width() - side - px(12), step)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()

    def _paint_disc(self, painter: QPainter, disc: QRect, place: int) -> None:
        theme = self._theme
        radius = disc.width() / 2
        if place < self._current:
            box(painter, disc, theme.color("greenSoft"), theme.color("greenLine"), radius)
            inset = (disc.width() - theme.px(12)) // 2
            painter.drawPixmap(disc.x() + inset, disc.y() + inset, theme.pixmap("check", "green", 12))
            return
        current = place == self._current
        fill, border = ("accent", None) if current else ("surface", theme.color("line2"))
        box(painter, disc, theme.color(fill), border, radius)
        painter.setFont(theme.font("secondary", bold=current))
        painter.setPen(theme.color("onAccent" if current else "text2"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(place + 1))


class Side(QWidget):
    """Name, what it is for, steps, and two sentences at the foot.

    Parameters
    ----------
    theme
        Gives sizes.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._logo = _Logo(theme)
        self._name = Label("metric", wrap=True)
        self._about = Label("secondary")
        self.steps = Steps(theme)
        self._notes = Label("secondary", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._about)
        brand = QHBoxLayout()
        brand.setSpacing(14)
        brand.addWidget(self._logo)
        brand.addLayout(words, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(brand)
        self._column.addWidget(self.steps)
        self._column.addStretch(1)
        self._column.addWidget(self._notes)
        theme.changed.connect(self.restyle)
        self.restyle()
        self.retranslate()

    def restyle(self) -> None:
        """Take sizes anew from the theme."""
        px = self._theme.px
        self.setFixedWidth(px(256 if self._theme.compact else 300))
        self._logo.setFixedSize(px(52), px(52))
        self._column.setContentsMargins(px(28), px(28), px(24), px(16))
        self._column.setSpacing(px(36))

    def retranslate(self) -> None:
        """Set every text anew."""
        self._name.setText(tr("巡防台"))
        self._about.setText(tr("版本 {number}", number=__version__))
        self._notes.setText(tr("语言可在右下角切换，字号按 Ctrl+= 或 Ctrl+-。所有数据只在本机，除非您自己导出。"))
