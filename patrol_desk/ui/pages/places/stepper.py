"""A small number between a minus and a plus; it can stand for several numbers that differ."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QHBoxLayout, QSizePolicy, QSpinBox, QWidget
from typing_extensions import override

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import IconButton
from patrol_desk.ui.widgets.painting import box

_MIXED = -1


def _never() -> bool:
    return False


class _Spin(QSpinBox):
    """The number in the middle; at `_MIXED` it stands for numbers that differ."""

    stepped = Signal(int)
    left = Signal()
    undo = Signal()

    def __init__(self, high: int) -> None:
        super().__init__()
        self.takes_undo: Callable[[], bool] = _never
        self.setRange(_MIXED, high)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFrame(False)
        self.setSpecialValueText("…")

    @override
    def stepBy(self, steps: int) -> None:
        if self.value() == _MIXED:
            self.stepped.emit(steps)
        elif 0 <= self.value() + steps <= self.maximum():
            super().stepBy(steps)
            if not self.hasFocus():
                # A click on plus or minus is no typing: the number is not marked to be overwritten.
                self.lineEdit().deselect()

    @override
    def event(self, event: QEvent) -> bool:
        own = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)
        if own and event.type() == QEvent.Type.ShortcutOverride:
            # The line inside would keep Ctrl+Z for the digits typed into it.
            event.setAccepted(self.takes_undo())
            return True
        if own and event.type() == QEvent.Type.KeyPress and self.takes_undo():
            self.undo.emit()
            return True
        return super().event(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what scrolls: a number is not changed by passing over it."""
        event.ignore()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Stepper(QWidget):
    """Minus, number, plus.

    Parameters
    ----------
    theme
        Gives sizes and colours.
    high
        The greatest number.
    width
        Of the number at 100 %.

    Attributes
    ----------
    less, more
        The two buttons.
    chosen
        Sent with the number that holds from now on.
    stepped
        Sent with +1 or -1 while the number stands for several that differ: each goes by it.
    left
        Sent when Enter says that the number is done.
    """

    chosen = Signal(int)
    stepped = Signal(int)
    left = Signal()

    def __init__(self, theme: Theme, high: int, *, width: int = 34, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._width = width
        self._name = ""
        self.less, self.more = (IconButton(theme, icon, small=True) for icon in ("minus", "plus"))
        for button, by in ((self.less, -1), (self.more, 1)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAutoRepeat(True)
            button.clicked.connect(partial(self._step, by))
        self.spin = _Spin(high)
        self.spin.setProperty("bare", True)
        self.spin.valueChanged.connect(self._said)
        self.spin.stepped.connect(self.stepped)
        self.spin.left.connect(self.left)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(0)
        for part in (self.less, self.spin, self.more):
            self._row.addWidget(part)
        self.setFocusProxy(self.spin)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_name(self, name: str) -> None:
        """Say what is counted: for screen readers and tool tips."""
        self._name = name
        self.spin.setAccessibleName(name)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self.less.set_name(tr("{name} 减 1", name=self._name), "↓")
        self.more.set_name(tr("{name} 加 1", name=self._name), "↑")

    def step_back_with(self, possible: Callable[[], bool], run: Callable[[], None]) -> None:
        """Let Ctrl+Z take an unsaved step back while there is one; else it is the window's."""
        self.spin.takes_undo = possible
        self.spin.undo.connect(run)

    def value(self) -> int | None:
        """Return the number, None while it stands for several."""
        return None if self.spin.value() == _MIXED else self.spin.value()

    def show_value(self, value: int | None) -> None:
        """Show a number, or None for several that differ, without telling anybody."""
        self.spin.blockSignals(True)
        self.spin.setValue(_MIXED if value is None else value)
        self.spin.blockSignals(False)
        self.less.setEnabled(value is None or value > 0)
        self.more.setEnabled(value is None or value < self.spin.maximum())

    def begin(self, digit: str) -> None:
        """Begin the number anew with a digit, as if it had been typed here."""
        self.spin.setValue(int(digit))
        self.spin.lineEdit().setCursorPosition(len(self.spin.text()))

    def _step(self, by: int) -> None:
        self.spin.stepBy(by)

    def _said(self, value: int) -> None:
        if value != _MIXED:
            self.show_value(value)
            self.chosen.emit(value)

    def _restyle(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(1, 1, 1, 1)
        self.spin.setFixedWidth(px(self._width))
        self.spin.setFont(self._theme.font("body"))
        self.spin.setStyleSheet(f"QSpinBox{{border:none;background:transparent;padding:0;min-height:{px(22)}px;}}")
        self.setFixedHeight(px(28))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(self._width + 2 * 24) + 2, self._theme.px(28))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        focus = self.spin.hasFocus()
        box(painter, self.rect(), theme.color("surface"), theme.color("accentText" if focus else "line2"), 4, 1 + focus)
        inside = theme.color("line")
        for x in (self.spin.x(), self.spin.geometry().right()):
            painter.fillRect(x, 2, 1, self.height() - 4, inside)
        painter.end()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
