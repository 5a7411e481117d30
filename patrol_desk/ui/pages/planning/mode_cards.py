"""How much of the present plan a run may touch: three cards of which one holds."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.painting import box, ring

Words = Callable[[], str]

MODES: Final[dict[str, tuple[Words, Words]]] = {
    "gaps": (lambda: tr("仅补空缺"), lambda: tr("已排的人一个都不动，只补空位")),
    "fresh": (lambda: tr("重新编排"), lambda: tr("除锁定外全部重排，覆盖率最高")),
    "least-change": (lambda: tr("最小改动"), lambda: tr("允许少量换人，优先保住现有安排")),
}


class _Card(QAbstractButton):
    """One way to plan: a radio button with a title and a line below."""

    def __init__(self, theme: Theme, mode: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._inside = False
        self.mode = mode
        self.note = ""
        self.setObjectName(f"mode_{mode}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def retranslate(self) -> None:
        """Set the words anew."""
        title, note = MODES[self.mode]
        self.setText(title())
        self.note = note()
        self.setAccessibleName(title())
        self.setAccessibleDescription(self.note)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(44 if self._theme.compact else 50))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px, on = self._theme, self._theme.px, self.isChecked()
        painter = QPainter(self)
        if on:
            box(painter, self.rect(), theme.color("accentSoft"), theme.color("accentLine"))
        elif self._inside and self.isEnabled():
            box(painter, self.rect(), theme.color("sunken"), None)
        self._paint_mark(painter, on=on)
        room = self.rect().adjusted(px(34), px(4), -px(8), -px(4))
        title, small = theme.font("body", bold=True), theme.font("secondary")
        painter.setFont(title)
        painter.setPen(theme.color("text" if self.isEnabled() or on else "text3"))
        head = QRect(room.x(), room.y(), room.width(), room.height() // 2)
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setFont(small)
        painter.setPen(theme.color("text2" if self.isEnabled() else "text3"))
        foot = QRect(room.x(), room.y() + room.height() // 2, room.width(), room.height() // 2)
        shown = QFontMetrics(small).elidedText(self.note, Qt.TextElideMode.ElideRight, foot.width())
        self.setToolTip(self.note if shown != self.note else "")
        painter.drawText(foot, Qt.AlignmentFlag.AlignVCenter, shown)
        if self.hasFocus():
            ring(painter, theme, self.rect())
        painter.end()

    def _paint_mark(self, painter: QPainter, *, on: bool) -> None:
        theme, px = self._theme, self._theme.px
        side = px(16)
        mark = QRect(px(10), px(6), side, side)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box(painter, mark, theme.color("accent" if on else "surface"), None if on else theme.color("line2"), side / 2)
        if on:
            inner = mark.adjusted(px(5), px(5), -px(5), -px(5))
            box(painter, inner, theme.color("onAccent"), None, inner.width() / 2)
        painter.restore()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._inside = True
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._inside = False
        self.update()


class ModeCards(QWidget):
    """The three ways to plan; arrows move, Space chooses.

    Parameters
    ----------
    theme
        Gives colours and fonts.
    """

    changed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._cards = [_Card(theme, mode, self) for mode in MODES]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for card in self._cards:
            self._group.addButton(card)
            column.addWidget(card)
        self._group.buttonToggled.connect(self._toggled)
        theme.changed.connect(self._restyle)

    def chosen(self) -> str:
        """Return the mode that holds."""
        return next(card.mode for card in self._cards if card.isChecked())

    def choose(self, mode: str) -> None:
        """Choose a mode."""
        next(card for card in self._cards if card.mode == mode).setChecked(True)

    def retranslate(self) -> None:
        """Set the words anew."""
        for card in self._cards:
            card.retranslate()

    def _toggled(self, button: QAbstractButton, on: bool) -> None:
        if on and isinstance(button, _Card):
            self.changed.emit(button.mode)

    def _restyle(self) -> None:
        for card in self._cards:
            card.updateGeometry()
            card.update()
