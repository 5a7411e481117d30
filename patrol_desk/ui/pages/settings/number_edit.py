"""A number in its unit between two bounds, told in a sentence when it cannot be right."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import Label

_STEPS: Final = {"m": 100, "min": 30}
"""By how much Up and Down change a number of the unit."""
WIDTH: Final = 74


class _Line(QLineEdit):
    """The line of text; Up and Down change the number."""

    stepped = Signal(int)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if step and not self.isReadOnly():
            self.stepped.emit(step)
            return
        super().keyPressEvent(event)


class NumberEdit(QWidget):
    """A line for a whole number, with its unit behind it.

    Parameters
    ----------
    theme
        Gives sizes.
    low, high
        What the number may be.
    unit
        Code of its unit.

    Attributes
    ----------
    edited
        Sent when the user changed the text.
    """

    edited = Signal()

    def __init__(self, theme: Theme, low: int, high: int, unit: str) -> None:
        super().__init__()
        self._theme = theme
        self.low, self.high, self._step = low, high, _STEPS.get(unit, 1)
        self._word = ""
        self.line = _Line()
        self.line.setMaxLength(9)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.unit = Label("secondary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.line)
        row.addWidget(self.unit, 1)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._said)
        self.line.stepped.connect(self._go)
        theme.changed.connect(self._restyle)
        self._restyle()

    def value(self) -> int | None:
        """Return the number; None when it is none, or beyond its bounds."""
        text = self.line.text().strip()
        if not (text.isascii() and text.isdecimal()) or not self.low <= int(text) <= self.high:
            return None
        return int(text)

    def show_value(self, value: int) -> None:
        """Show a number without telling anybody."""
        if self.value() != value:
            self.line.setText(str(value))
        self._mark()

    def say(self, name: str, word: str) -> None:
        """Take the name for screen readers and the unit's word."""
        self._word = word
        self.unit.setText(word)
        self.line.setAccessibleName(f"{name} {word}")
        self._mark()

    def fault(self) -> str:
        """Return the sentence about what is typed; empty when it can be right."""
        if self.value() is not None:
            return ""
        text = self.line.text().strip()
        return tr("“{text}”不对，应为 {low} 到 {high} {unit}的整数。", text=text, low=self.low, high=self.high,
                  unit=self._word)  # fmt: skip

    def _said(self) -> None:
        self._mark()
        self.edited.emit()

    def _go(self, step: int) -> None:
        now = self.value()
        if now is None:
            return
        wanted = min(max(now + step * self._step, self.low), self.high)
        if wanted != now:
            self.line.setText(str(wanted))
            self._said()

    def _mark(self) -> None:
        wrong = self.value() is None
        self.line.setAccessibleDescription(self.fault())
        self.line.setToolTip(self.fault())
        if bool(self.line.property("wrong")) != wrong:
            self.line.setProperty("wrong", wrong)
            self.line.style().unpolish(self.line)
            self.line.style().polish(self.line)

    def _restyle(self) -> None:
        self.line.setFixedWidth(self._theme.px(WIDTH))

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(WIDTH + 60), self.line.sizeHint().height())
