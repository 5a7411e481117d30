"""Forms are data: fields in, values out, and a sentence under a field while what is typed cannot be right."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.form_controls import (
    CheckControl,
    ChoiceControl,
    Choices,
    Control,
    DateControl,
    LongTextControl,
    NumberControl,
    TextControl,
)
from patrol_desk.ui.widgets.labels import Label

Kind = Literal["text", "long", "number", "date", "choice", "check", "phone", "id", "secret"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    Parameters
    ----------
    key
        Its name in the program.
    label
        Gives its name on the form.
    kind
        What it takes: text, long (several lines), number (int), date, choice (a key), check (bool), phone, id, secret.
    hint
        Gives what stands under it while nothing is wrong.
    choices
        Gives the keys and words of a choice.
    check
        Takes the value and gives the sentence that says what is wrong, or None.
    bounds
        Of a number.
    suffix
        Behind a number.
    words
        Beside a check box.
    span
        How many of the form's columns it takes.
    longest
        Most characters of a text.
    """

    key: str
    label: Callable[[], str]
    kind: Kind = "text"
    hint: Callable[[], str] | None = None
    choices: Choices | None = None
    check: Callable[[Any], str | None] | None = None
    bounds: tuple[int, int] = (0, 9999)
    suffix: str = ""
    words: Callable[[], str] | None = None
    span: int = 1
    longest: int = 200


_WIDEST: Final = 1.6
"""A label beside its control is at most so much wider than it should be."""
_LONGEST: Final = {"phone": 20, "id": 20}


def make_control(field: Field) -> Control:
    """Return the control of a field."""
    makers: dict[str, Callable[[], Control]] = {
        "long": LongTextControl,
        "date": DateControl,
        "number": lambda: NumberControl(*field.bounds, field.suffix),
        "choice": lambda: ChoiceControl(field.choices or (lambda: ())),
        "check": lambda: CheckControl(field.words),
        "secret": lambda: TextControl(longest=field.longest, secret=True),
    }
    maker = makers.get(field.kind)
    return maker() if maker is not None else TextControl(longest=_LONGEST.get(field.kind, field.longest))


class _Cell:
    """A field's label, control and sentence."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.label = Label("secondary")
        self.control = make_control(field)
        self.control.inner.setObjectName(field.key)
        self.sentence = Label("error", wrap=True)
        self.sentence.hide()
        self.label.setBuddy(self.control.inner)
        self.touched = False
        self.shown = True
        self.given: str | None = None
        self.start: Any = self.control.value()

    def wrong(self) -> str | None:
        """Return what is wrong with the value: what the service said, what cannot be read, what the check says."""
        value = self.control.value()
        if self.given is not None:
            return self.given
        if self.field.kind == "date" and value is not None and not isinstance(value, date):
            return tr("“{text}”不是日期，请写成 2026-11-25。", text=value)
        return self.field.check(value) if self.field.check is not None else None

    def show(self) -> None:
        """Show what is wrong once the field was touched, else the hint."""
        wrong = self.wrong() if self.touched or self.given is not None else None
        hint = self.field.hint() if self.field.hint is not None else ""
        self.control.set_wrong(wrong is not None)
        self.sentence.set_role("error" if wrong is not None else "muted")
        self.sentence.setText(wrong if wrong is not None else hint)
        self.sentence.setVisible(self.shown and bool(self.sentence.text()))
        self.control.inner.setAccessibleDescription(self.sentence.text())


class Form(QWidget):
    """Fields under or beside one another.

    Parameters
    ----------
    theme
        Gives sizes.
    fields
        What is asked, in order.
    columns
        How many fields stand side by side.
    label_width
        Of the labels at 100 %; 0 puts them above the controls.
    beside
        Width of the controls at 100 %, with hints and sentences beside them; 0 puts these below.

    Attributes
    ----------
    changed
        Sent with the key of the field that the user changed.
    """

    changed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        fields: Sequence[Field],
        *,
        columns: int = 1,
        label_width: int = 72,
        beside: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._label_width = label_width
        self._beside = beside
        self._cells = {field.key: _Cell(field) for field in fields}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        if beside:
            self._place_beside()
        else:
            self._place(fields, columns)
        for cell in self._cells.values():
            cell.control.edited.connect(lambda cell=cell: self._edited(cell))
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def _place(self, fields: Sequence[Field], columns: int) -> None:
        row = column = 0
        for field in fields:
            cell = self._cells[field.key]
            if column and column + field.span > columns:
                row, column = row + 1, 0
            under = QVBoxLayout()
            under.setSpacing(2)
            if not self._label_width:
                under.addWidget(cell.label)
            under.addWidget(cell.control)
            under.addWidget(cell.sentence)
            under.addStretch(1)
            span = min(field.span, columns)
            if self._label_width:
                self._grid.addWidget(cell.label, row, 2 * column, Qt.AlignmentFlag.AlignTop)
            self._grid.addLayout(under, row, 2 * column + 1, 1, 2 * span - 1)
            column += span
            if column >= columns:
                row, column = row + 1, 0
        for place in range(columns):
            self._grid.setColumnStretch(2 * place + 1, 1)

    def _place_beside(self) -> None:
        for row, cell in enumerate(self._cells.values()):
            self._grid.addWidget(cell.label, row, 0)
            self._grid.addWidget(cell.control, row, 1)
            self._grid.addWidget(cell.sentence, row, 2)
        self._grid.setColumnStretch(2, 1)

    def _restyle(self) -> None:
        px = self._theme.px
        self._grid.setHorizontalSpacing(px(16 if self._beside else 8))
        self._grid.setVerticalSpacing(px(8))
        for cell in self._cells.values():
            if cell.field.kind == "check":
                cell.control.inner.setMinimumHeight(px(30))
            if self._beside:
                cell.control.setFixedWidth(px(self._beside))
        self._fit_labels()

    def _fit_labels(self) -> None:
        """Give the labels beside their controls the width of the longest, within limits; a longer one is broken."""
        if not self._label_width:
            return
        px, labels = self._theme.px, [cell.label for cell in self._cells.values()]
        metrics = QFontMetrics(self._theme.font("secondary"))
        longest = max((metrics.horizontalAdvance(label.text()) for label in labels), default=0) + 2
        width = min(max(longest, px(self._label_width)), round(px(self._label_width) * _WIDEST))
        for label in labels:
            label.setWordWrap(metrics.horizontalAdvance(label.text()) + 2 > width)
            label.setFixedWidth(width)
            label.setFixedHeight(max(px(30), label.heightForWidth(width) if label.wordWrap() else 0))

    def retranslate(self) -> None:
        """Say labels, choices, hints and sentences in the language of the moment."""
        for cell in self._cells.values():
            name = cell.field.label()
            cell.label.setText(name)
            cell.control.inner.setAccessibleName(name)
            cell.control.retranslate()
            cell.show()
        self._fit_labels()

    def _edited(self, cell: _Cell) -> None:
        cell.touched = True
        cell.given = None
        cell.show()
        for other in self._cells.values():
            # What is right in one field may depend on another: two passphrases, two dates.
            if other is not cell and other.touched:
                other.show()
        self.changed.emit(cell.field.key)

    # Values

    def value(self, key: str) -> Any:  # noqa: ANN401  # Each kind has its own type.
        """Return one field's value."""
        return self._cells[key].control.value()

    def values(self) -> dict[str, Any]:
        """Return every field's value by key."""
        return {key: cell.control.value() for key, cell in self._cells.items()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show these values as the ones that are stored: nothing is dirty, nothing is said to be wrong yet."""
        for key, value in values.items():
            self._cells[key].control.set_value(value)
        for cell in self._cells.values():
            cell.start, cell.touched, cell.given = cell.control.value(), False, None
            cell.show()

    def put(self, key: str, value: Any) -> None:  # noqa: ANN401  # Each kind has its own type.
        """Change one value as the user would."""
        cell = self._cells[key]
        if cell.control.value() != value:
            cell.control.set_value(value)
            self._edited(cell)

    def dirty_keys(self) -> list[str]:
        """Return the keys of the fields whose value differs from the stored one."""
        return [key for key, cell in self._cells.items() if cell.control.value() != cell.start]

    # What is wrong

    def errors(self) -> dict[str, str]:
        """Return what is wrong, by key; also of fields not touched yet, but not of hidden ones."""
        return {key: wrong for key, cell in self._cells.items() if cell.shown and (wrong := cell.wrong())}

    def show_errors(self) -> bool:
        """Say all that is wrong and go to the first such field; return whether nothing is."""
        first: _Cell | None = None
        for cell in self._cells.values():
            cell.touched = True
            cell.show()
            if first is None and cell.shown and cell.wrong() is not None:
                first = cell
        if first is not None:
            first.control.setFocus(Qt.FocusReason.OtherFocusReason)
        return first is None

    def set_error(self, key: str, sentence: str) -> None:
        """Say what a service found wrong with a field; it goes when the field is changed."""
        self._cells[key].given = sentence
        self._cells[key].show()

    # Fields

    def control(self, key: str) -> Control:
        """Return a field's control."""
        return self._cells[key].control

    def set_shown(self, key: str, shown: bool) -> None:
        """Show or hide a field."""
        cell = self._cells[key]
        cell.shown = shown
        cell.label.setVisible(shown)
        cell.control.setVisible(shown)
        cell.show()

    def set_field_enabled(self, key: str, enabled: bool) -> None:
        """Allow or forbid changes of a field."""
        self._cells[key].control.setEnabled(enabled)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
