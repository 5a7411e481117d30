"""Short words at the foot of the window: what was done, and a way back. Errors stay until closed."""

from collections.abc import Callable
from typing import Final, Literal

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button, IconButton
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.painting import box

ToastTone = Literal["info", "ok", "warn", "error"]

SHOWN_MS: Final = 6000
_LOOKS: Final = {
    "info": ("info", "accentText", "line2"),
    "ok": ("circle-check", "green", "greenLine"),
    "warn": ("triangle-alert", "amber", "amberLine"),
    "error": ("octagon-x", "red", "redLine"),
}
"""Tone → icon, colour of the icon, colour of the frame."""


class Toast(QWidget):
    """One such message.

    Parameters
    ----------
    theme
        Gives colours and fonts.
    text
        What is said.
    tone
        How serious it is; an error stays until closed, the others leave after six seconds, not under the mouse.
    action
        Words of a button and what it does.
    """

    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        text: str,
        tone: ToastTone = "info",
        action: tuple[str, Callable[[], None]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone: ToastTone = tone
        self._mark = QLabel()
        self._label = Label("body", text, wrap=len(text) > 40)
        self.setAccessibleName(text)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._label, 1)
        if action is not None:
            self._add_action(*action)
        self._close = IconButton(theme, "x", small=True)
        self._close.clicked.connect(self.leave)
        self._row.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.leave)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._close.set_name(tr("关闭"))
        if tone != "error":
            self._timer.start()

    def _add_action(self, words: str, run: Callable[[], None]) -> None:
        button = Button(self._theme, kind="link")
        button.setText(words)
        button.setObjectName("toastAction")

        def act() -> None:
            self.leave()
            run()

        button.clicked.connect(act)
        self._row.addWidget(button)

    def text(self) -> str:
        """Return what is said."""
        return self._label.text()

    def _restyle(self) -> None:
        px = self._theme.px
        icon, role, _ = _LOOKS[self._tone]
        self._mark.setPixmap(self._theme.pixmap(icon, role, 16))
        self._row.setContentsMargins(px(12), px(6), px(6), px(6))
        self._row.setSpacing(px(8))
        self.update()

    def leave(self) -> None:
        """Go away."""
        self._timer.stop()
        self.hide()
        self.closed.emit()
        self.deleteLater()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box(painter, self.rect(), self._theme.color("raised"), self._theme.color(_LOOKS[self._tone][2]), 6)
        painter.end()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        if self._tone != "error":
            self._timer.start()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._close.set_name(tr("关闭"))
        super().changeEvent(event)


class ToastArea(QWidget):
    """The place at the foot of the window where messages stand, the newest lowest; at most three.

    Parameters
    ----------
    host
        The window.
    theme
        Gives colours and fonts.
    bottom
        Pixels kept free at the foot, for the status bar.
    """

    MOST: Final = 3

    def __init__(self, host: QWidget, theme: Theme, bottom: int = 34) -> None:
        super().__init__(host)
        self._host = host
        self._theme = theme
        self._bottom = bottom
        self._toasts: list[Toast] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addStretch(1)
        host.installEventFilter(self)
        self.hide()

    def tell(self, text: str, tone: ToastTone = "info", action: tuple[str, Callable[[], None]] | None = None) -> Toast:
        """Show a message; the same words are not shown twice, the oldest goes when there are too many."""
        for old in [toast for toast in self._toasts if toast.text() == text]:
            old.leave()
        while len(self._toasts) >= self.MOST:
            self._toasts[0].leave()
        toast = Toast(self._theme, text, tone, action, self)
        self._toasts.append(toast)
        toast.closed.connect(lambda: self._gone(toast))
        self._column.addWidget(toast)
        self.show()
        toast.show()
        self._arrange()
        self.raise_()
        return toast

    def toasts(self) -> tuple[Toast, ...]:
        """Return what is shown, the oldest first."""
        return tuple(self._toasts)

    def clear(self) -> None:
        """Take all messages away."""
        for toast in list(self._toasts):
            toast.leave()

    def _gone(self, toast: Toast) -> None:
        if toast in self._toasts:
            self._toasts.remove(toast)
            self._column.removeWidget(toast)
        self.setVisible(bool(self._toasts))
        self._arrange()

    def _arrange(self) -> None:
        host = self._host
        width = min(self._theme.px(520), host.width() - 32)
        self._column.activate()
        hint = self._column.totalHeightForWidth(width) if self._column.hasHeightForWidth() else -1
        size = QSize(width, max(hint, self._column.sizeHint().height()))
        self.setGeometry(
            (host.width() - width) // 2, host.height() - size.height() - self._bottom, width, size.height()
        )

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._host:
            self._arrange()
        return False
