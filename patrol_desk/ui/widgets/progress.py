"""Work that takes a while: what is going on, how far it is, and a button that stops it."""

import threading

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.message import Message
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import ElidedLabel, Label


class ProgressPanel(QWidget):
    """Sentence, bar and cancel button; `progress` and `cancelled` may be called in any thread.

    Parameters
    ----------
    theme
        Gives colours and sizes.

    Attributes
    ----------
    stopped
        Sent when the user asks to stop.
    """

    stopped = Signal()
    _told = Signal(object, int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._stop = threading.Event()
        self._what: Message | None = None
        self._done = (0, 0)
        self._sentence = ElidedLabel("body")
        self._count = Label("muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self.button = Button(theme, "square", keys="Esc")
        self.button.setObjectName("progressStop")
        self.button.clicked.connect(self.stop)
        words = QHBoxLayout()
        words.addWidget(self._sentence, 1)
        words.addWidget(self._count)
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addLayout(words)
        left.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addWidget(self.button)
        self._told.connect(self._show)
        self.retranslate()

    def begin(self, what: Message | None = None) -> None:
        """Start anew: nothing done, nobody asked to stop."""
        self._stop.clear()
        self._what = what
        self._done = (0, 0)
        self.retranslate()

    def progress(self, what: Message, done: int, total: int) -> None:
        """Tell how far the work is; any thread may call."""
        self._told.emit(what, done, total)

    def cancelled(self) -> bool:
        """Say whether the user asked to stop; any thread may call."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask the work to stop."""
        if not self._stop.is_set():
            self._stop.set()
            self.retranslate()
            self.stopped.emit()

    def _show(self, what: Message, done: int, total: int) -> None:
        self._what, self._done = what, (done, total)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        stopping = self._stop.is_set()
        self.button.setText(tr("正在停止") if stopping else tr("停止"))
        self.button.setEnabled(not stopping)
        self._sentence.setText("" if self._what is None else say(self._what))
        done, total = self._done
        self._count.setText(f"{done:,} / {total:,}" if total > 1 else "")
        # A bar from 0 to 0 moves by itself, which keeps a timer; an unknown total is an empty bar.
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(min(done, total))
        self._bar.setAccessibleName(self._sentence.text())

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
