"""The controls of a form, all with one face: a value that is read, set and told of."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QVBoxLayout, QWidget
from typing_extensions import override

Choices = Callable[[], Sequence[tuple[str, str]]]
"""Gives the keys and their words in the language of the moment."""


class Control(QWidget):
    """One field's control around the Qt widget that takes the keys.

    Parameters
    ----------
    inner
        That widget.
    read
        Gives its value; None when nothing is given.
    write
        Shows a value.

    Attributes
    ----------
    edited
        Sent when the user changed the value.
    """

    edited = Signal()

    def __init__(self, inner: QWidget, read: Callable[[], Any], write: Callable[[Any], None]) -> None:
        super().__init__()
        self.inner = inner
        self._read = read
        self._write = write
        self._silent = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(inner)
        self.setFocusProxy(inner)

    def value(self) -> Any:  # noqa: ANN401  # Each kind has its own type.
        """Return the value; None when nothing is given."""
        return self._read()

    def set_value(self, value: Any) -> None:  # noqa: ANN401  # Each kind has its own type.
        """Show a value without telling anybody."""
        self._silent = True
        self._write(value)
        self._silent = False

    def tell(self) -> None:
        """Pass a change on, unless the program itself made it."""
        if not self._silent:
            self.edited.emit()

    def retranslate(self) -> None:
        """Say fixed words in the language of the moment."""

    def set_wrong(self, wrong: bool) -> None:
        """Mark or unmark the control as wrong."""
        if bool(self.inner.property("wrong")) != wrong:
            self.inner.setProperty("wrong", wrong)
            self.inner.style().unpolish(self.inner)
            self.inner.style().polish(self.inner)


class TextControl(Control):
    """One line of text; the value has no blanks at its ends."""

    def __init__(self, *, longest: int = 200, secret: bool = False) -> None:
        self.line = QLineEdit()
        super().__init__(self.line, self._value, lambda value: self.line.setText("" if value is None else str(value)))
        self._secret = secret
        self.line.setMaxLength(longest)
        if secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
            self.line.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)
        self.line.textChanged.connect(self.tell)

    def _value(self) -> str:
        return self.line.text() if self._secret else self.line.text().strip()


class LongTextControl(Control):
    """Several lines of text; Tab leaves it."""

    def __init__(self) -> None:
        self.area = QPlainTextEdit()
        super().__init__(
            self.area,
            lambda: self.area.toPlainText().strip(),
            lambda value: self.area.setPlainText("" if value is None else str(value)),
        )
        self.area.setTabChangesFocus(True)
        self.area.setFixedHeight(self.area.fontMetrics().lineSpacing() * 3 + 14)
        self.area.textChanged.connect(self.tell)


class NumberControl(Control):
    """A whole number between two bounds."""

    def __init__(self, low: int, high: int, suffix: str = "") -> None:
        self.spin = QSpinBox()
        super().__init__(self.spin, self.spin.value, lambda value: self.spin.setValue(low if value is None else value))
        self.spin.setRange(low, high)
        self.spin.setSuffix(suffix)
        self.spin.valueChanged.connect(self.tell)


_DATE_STEPS: Final = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 7, Qt.Key.Key_PageDown: -7}


class DateControl(Control):
    """A day, typed as 2026-11-25 or 20261125; Up and Down go by days, Page Up and Page Down by weeks.

    What cannot be read is given back as the text itself, so that a check can tell the user.
    """

    def __init__(self) -> None:
        self.line = QLineEdit()
        super().__init__(self.line, self._value, self._show)
        self.line.setMaxLength(10)
        self.line.setPlaceholderText("2026-11-25")
        self.line.textChanged.connect(self.tell)
        self.line.installEventFilter(self)

    def _value(self) -> date | str | None:
        text = self.line.text().strip().replace("/", "-").replace(".", "-")
        if not text:
            return None
        if text.isdecimal() and len(text) == 8:
            text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
        try:
            year, month, day = (int(part) for part in text.split("-"))
            return date(year, month, day)
        except ValueError:
            return text

    def _show(self, value: date | str | None) -> None:
        self.line.setText("" if value is None else str(value))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _DATE_STEPS.get(Qt.Key(event.key()), 0)
            value = self._value()
            if step and isinstance(value, date):
                self.line.setText(str(value + timedelta(days=step)))
                return True
        return False


class ChoiceControl(Control):
    """One of several; the value is its key."""

    def __init__(self, choices: Choices) -> None:
        self.box = QComboBox()
        super().__init__(
            self.box, self.box.currentData, lambda value: self.box.setCurrentIndex(self.box.findData(value))
        )
        self._choices = choices
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(4)
        self.retranslate()
        self.box.currentIndexChanged.connect(self.tell)

    def set_choices(self, choices: Choices) -> None:
        """Offer other choices; the chosen key stays if it is among them."""
        self._choices = choices
        self.retranslate()

    @override
    def retranslate(self) -> None:
        held, self._silent = self.box.currentData(), True
        self.box.clear()
        for key, words in self._choices():
            self.box.addItem(words, key)
        self.box.setCurrentIndex(max(0, self.box.findData(held)) if self.box.count() else -1)
        self._silent = False


class CheckControl(Control):
    """Yes or no, with words beside the box."""

    def __init__(self, words: Callable[[], str] | None = None) -> None:
        self.box = QCheckBox()
        super().__init__(self.box, self.box.isChecked, lambda value: self.box.setChecked(bool(value)))
        self._words = words
        self.box.toggled.connect(self.tell)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self.box.setText("" if self._words is None else self._words())
