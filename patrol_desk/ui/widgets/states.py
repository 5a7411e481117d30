"""What stands where content will be: the content itself, nothing, still reading, or an error with a way out."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.painting import box

PATIENCE_MS: Final = 300
"""Reading that takes less shows nothing."""


class _Skeleton(QWidget):
    """Pale rows where the content will be; nothing moves."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        theme.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("text3"))
        painter.drawText(px(16), px(22), tr("正在读取…"))
        top, step = px(34), theme.row("table")
        for place, y in enumerate(range(top, self.height() - step, step)):
            for x, share in ((16, 60 + place % 3 * 14), (130, 90 - place % 4 * 12), (300, 120 + place % 2 * 40)):
                rect = self.rect()
                rect.setRect(px(x), y + step // 2 - px(5), px(share), px(10))
                if rect.right() < self.width() - px(16):
                    box(painter, rect, theme.color("line"), None, 3)
        painter.end()


class _Notice(QWidget):
    """An icon, a sentence and perhaps a button, in the middle."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icon = ("", "text3")
        self._mark = QLabel()
        self.sentence = Label("secondary", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._holder = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.sentence)
        column.addLayout(self._holder)
        column.addStretch(3)
        theme.changed.connect(self._restyle)

    def show_notice(self, icon: str, role: str, sentence: str, button: QWidget | None) -> None:
        self._icon = (icon, role)
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        while self._holder.count():
            self._drop(self._holder.takeAt(0).widget(), button)
        if button is not None:
            self._holder.addStretch(1)
            self._holder.addWidget(button)
            self._holder.addStretch(1)
            button.show()
        self._restyle()

    def _drop(self, old: QWidget | None, kept: QWidget | None) -> None:
        if old is not None and old is not kept:
            old.hide()
            old.deleteLater()

    def _restyle(self) -> None:
        if self._icon[0]:
            self._mark.setPixmap(self._theme.pixmap(*self._icon, 24))


class StateStack(QWidget):
    """Shows one of: content, empty, loading, error.

    Parameters
    ----------
    theme
        Gives colours and icons.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._stack = QStackedLayout(self)
        self._blank, self._skeleton, self._notice = QWidget(), _Skeleton(theme), _Notice(theme)
        for part in (self._blank, self._skeleton, self._notice):
            self._stack.addWidget(part)
        self._content: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE_MS)
        self._timer.timeout.connect(self._late)

    def hold(self, widget: QWidget) -> None:
        """Take the content in charge without showing it yet: it belongs to the stack from now on."""
        self._content = widget
        if self._stack.indexOf(widget) < 0:
            self._stack.addWidget(widget)

    def content(self, widget: QWidget | None = None) -> None:
        """Show the content; without an argument the one held or shown before."""
        self._timer.stop()
        if widget is not None and widget is not self._content:
            self.hold(widget)
        if self._content is not None:
            self._stack.setCurrentWidget(self._content)

    def empty(self, icon: str, sentence: str, button: QWidget | None = None) -> None:
        """Say that there is nothing, why, and what to do about it."""
        self._timer.stop()
        self._notice.show_notice(icon, "text3", sentence, button)
        self._stack.setCurrentWidget(self._notice)

    def error(self, sentence: str, button: QWidget | None = None) -> None:
        """Say what went wrong and offer a way out."""
        self._timer.stop()
        self._notice.show_notice("triangle-alert", "red", sentence, button)
        self._stack.setCurrentWidget(self._notice)

    def loading(self) -> None:
        """Begin to wait: pale rows appear after a moment, what is shown stays until then."""
        if self._stack.currentWidget() is not self._skeleton:
            self._timer.start()

    def state(self) -> str:
        """Return what is shown: content, notice, loading or blank."""
        current = self._stack.currentWidget()
        if current is self._content:
            return "content"
        return {self._notice: "notice", self._skeleton: "loading"}.get(current, "blank")

    def _late(self) -> None:
        self._stack.setCurrentWidget(self._skeleton)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._skeleton.update()
        super().changeEvent(event)


def state_button(theme: Theme, text: str, run: Callable[[], None], icon: str = "") -> Button:
    """Return a button for an empty or an error state."""
    button = Button(theme, icon)
    button.setText(text)
    button.clicked.connect(run)
    return button
