"""Tabs of a panel: words on a line, the chosen one underlined; arrows move."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.heard import Role
from patrol_desk.ui.widgets.painting import box, ring

Tab = tuple[str, str, int]
"""Key, words, and a count worth a second look; 0 shows none."""


class Tabs(QWidget):
    """A row of tabs.

    Parameters
    ----------
    theme
        Gives colours and fonts.

    Attributes
    ----------
    changed
        Sent with the key of the tab that was chosen.
    """

    heard_as: ClassVar = Role.PageTabList

    changed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tabs: list[Tab] = []
        self._chosen = ""
        self._under = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def set_tabs(self, tabs: Sequence[Tab]) -> None:
        """Show these tabs; the chosen one stays chosen if it is among them."""
        self._tabs = list(tabs)
        keys = [key for key, _, _ in tabs]
        if self._chosen not in keys:
            self._chosen = keys[0]
        self._restyle()
        self._name()

    def chosen(self) -> str:
        """Return the key of the chosen tab."""
        return self._chosen

    def choose(self, key: str) -> None:
        """Choose a tab and tell."""
        if key != self._chosen:
            self._chosen = key
            self._name()
            self.update()
            self.changed.emit(key)

    def rect_of(self, key: str) -> QRect:
        """Return where a tab is painted."""
        place = next(place for place, tab in enumerate(self._tabs) if tab[0] == key)
        return self._rects()[place]

    def _name(self) -> None:
        self.setAccessibleName(next((words for key, words, _ in self._tabs if key == self._chosen), ""))

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _rects(self) -> list[QRect]:
        x, around, rects = self._theme.px(8), 2 * self._around(), []
        for width in self._bare_widths():
            rects.append(QRect(x, 0, width + around, self.height()))
            x += width + around
        return rects

    def _bare_widths(self) -> list[int]:
        """Return the widths of words and counts."""
        metrics, badge = QFontMetrics(self._theme.font("body", bold=True)), self._theme.px(22)
        return [metrics.horizontalAdvance(words) + (badge if count else 0) for _, words, count in self._tabs]

    def _around(self) -> int:
        """Return the room at each side of a tab's words: less where not all tabs would be in sight."""
        px, bare = self._theme.px, self._bare_widths()
        left = self.width() - px(8) - sum(bare)
        return max(px(3), min(px(8), left // (2 * len(bare)))) if bare else px(8)

    @override
    def sizeHint(self) -> QSize:
        bare = self._bare_widths()
        return QSize(self._theme.px(8) + sum(bare) + 2 * self._theme.px(8) * len(bare), self._theme.px(34))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(80), self._theme.px(34))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line2"))
        around = self._around()
        for place, (rect, (key, words, count)) in enumerate(zip(self._rects(), self._tabs, strict=True)):
            chosen = key == self._chosen
            painter.setFont(theme.font("body", bold=chosen))
            painter.setPen(theme.color("accentText" if chosen else "text" if place == self._under else "text2"))
            room = rect.adjusted(around, 0, 0, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
            if count:
                self._paint_count(painter, rect, count)
            if chosen:
                painter.fillRect(
                    rect.x() + px(4), self.height() - 2, rect.width() - px(8), 2, theme.color("accentText")
                )
            if chosen and self.hasFocus():
                ring(painter, theme, rect.adjusted(1, 3, -1, -4))
        painter.end()

    def _paint_count(self, painter: QPainter, rect: QRect, count: int) -> None:
        theme, px = self._theme, self._theme.px
        badge = QRect(rect.right() - px(18) - self._around(), (self.height() - px(16)) // 2, px(18), px(16))
        box(painter, badge, theme.color("amberSoft"), theme.color("amberLine"), 8)
        painter.setFont(theme.font("micro", bold=True))
        painter.setPen(theme.color("amber"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(count))

    def _at(self, event: QMouseEvent) -> int:
        point = event.position().toPoint()
        return next((place for place, rect in enumerate(self._rects()) if rect.contains(point)), -1)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event)
        if place >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.choose(self._tabs[place][0])

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._at(event)
        if place != self._under:
            self._under = place
            self.update()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._under = -1
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        keys = [key for key, _, _ in self._tabs]
        if step:
            self.choose(keys[(keys.index(self._chosen) + step) % len(keys)])
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.choose(keys[0 if event.key() == Qt.Key.Key_Home else -1])
        else:
            super().keyPressEvent(event)
