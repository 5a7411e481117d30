"""Typing a passphrase: unseen unless asked for, with a word when Caps Lock is on."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import IconButton
from patrol_desk.ui.widgets.painting import box


def caps_on(event: QKeyEvent) -> bool | None:
    """Say whether Caps Lock is on, going by a letter and the Shift key; None when the key does not tell.

    Qt has no way to ask the keyboard itself.
    """
    text = event.text()
    if len(text) != 1 or not text.isascii() or not text.isalpha():
        return None
    return text.isupper() != bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)


class SecretField(QLineEdit):
    """A line that hides what is typed, with a button that shows it.

    Parameters
    ----------
    theme
        Gives icons.

    Attributes
    ----------
    caps
        Sent with whether Caps Lock is on, when that becomes known or changes.
    """

    caps = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._caps = False
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(256)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self._eye = IconButton(theme, "eye", small=True, parent=self)
        self._eye.setObjectName("showPassphrase")
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._show)
        self._eye.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self._eye.set_name(tr("隐藏口令") if self._eye.isChecked() else tr("显示口令"))

    def set_wrong(self, wrong: bool) -> None:
        """Mark or unmark the field as wrong."""
        if bool(self.property("wrong")) != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)

    def _show(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._eye.set_icon("eye-off" if shown else "eye")
        self.retranslate()

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(30))
        self.setTextMargins(0, 0, self._theme.px(24), 0)
        self._place()

    def _place(self) -> None:
        size = self._eye.sizeHint()
        self._eye.setGeometry(
            self.width() - size.width() - 3, (self.height() - size.height()) // 2, size.width(), size.height()
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        known = caps_on(event)
        if event.key() == Qt.Key.Key_CapsLock:
            known = False
        if known is not None and known != self._caps:
            self._caps = known
            self.caps.emit(known)
        super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class StrengthBar(QWidget):
    """Five parts, filled as a passphrase becomes harder to guess.

    Parameters
    ----------
    theme
        Gives colours.
    """

    PARTS = 5

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._steps = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(5)
        theme.changed.connect(self.update)

    def show_steps(self, steps: int, words: str) -> None:
        """Fill so many parts; the words say the same to a screen reader."""
        self._steps = steps
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        filled = "red" if self._steps <= 1 else "amber" if self._steps == 2 else "green"
        for part in range(self.PARTS):
            left = self.width() * part // self.PARTS
            right = self.width() * (part + 1) // self.PARTS - 3
            rect = self.rect()
            rect.setLeft(left)
            rect.setRight(right)
            box(painter, rect, self._theme.color(filled if part < self._steps else "line"), None, 2)
        painter.end()
