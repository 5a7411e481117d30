"""Which heading of a file means which column, each correctable."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.services.importing import FoundFile, FoundHeading, ImportTable
from patrol_desk.ui.i18n import language, tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import Chip, ElidedLabel, Label
from patrol_desk.ui.widgets.pick_box import PickBox

_PASS_OVER = ""


class _Line:
    """One heading: as it stands, its first value, what it means."""

    def __init__(self, theme: Theme, number: int) -> None:
        self.heading, self.value = ElidedLabel("body"), ElidedLabel("muted")
        self.choice = PickBox()
        self.choice.setObjectName(f"column_{number}")
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(12)
        self.state = Chip(theme)

    def widgets(self) -> tuple[QWidget, ...]:
        return self.heading, self.value, self.choice, self.state

    def say(self, heading: FoundHeading, value: str, words: Callable[[FoundHeading], tuple[str, str]]) -> None:
        self.heading.setText(heading.text)
        self.value.setText(value)
        tone, text = words(heading)
        self.state.set_text(text)
        self.state.set_tone("green" if tone == "green" else "amber" if tone == "amber" else "plain")
        self.choice.setAccessibleName(tr("“{heading}”是哪一列", heading=heading.text))


class ColumnsPanel(QFrame):
    """The headings of one file.

    Parameters
    ----------
    theme
        Gives colours.

    Attributes
    ----------
    corrected
        Sent with a heading and the name of its column, or None to pass it over.
    """

    corrected = Signal(str, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._file: FoundFile | None = None
        self._table: ImportTable | None = None
        self._lines: list[_Line] = []
        self._heads = [Label("secondary") for _ in range(4)]
        self._inner = QWidget()
        self._grid = QGridLayout(self._inner)
        self._grid.setContentsMargins(16, 4, 16, 8)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        for place, head in enumerate(self._heads):
            self._grid.addWidget(head, 0, place)
        for place, stretch in enumerate((3, 3, 3, 1)):
            self._grid.setColumnStretch(place, stretch)
        area = QScrollArea()
        area.setWidget(self._inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)
        self.retranslate()

    def show_file(self, file: FoundFile, table: ImportTable | None) -> None:
        """Show the headings of a file that is taken for a table."""
        rebuild = self._file is None or len(self._file.headings) != len(file.headings) or self._table != table
        self._file, self._table = file, table
        if rebuild:
            self._rebuild(len(file.headings))
        self._say()

    def _rebuild(self, count: int) -> None:
        for line in self._lines:
            for widget in line.widgets():
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self._lines = [_Line(self._theme, number) for number in range(count)]
        for row, line in enumerate(self._lines, start=1):
            for place, widget in enumerate(line.widgets()):
                self._grid.addWidget(widget, row, place)
            line.choice.activated.connect(lambda _index, number=row - 1: self._chosen(number))
        self._grid.setRowStretch(len(self._lines) + 1, 1)

    def _say(self) -> None:
        file = self._file
        if file is None:
            return
        first = file.sample[0] if file.sample else ()
        for number, (line, heading) in enumerate(zip(self._lines, file.headings, strict=True)):
            line.say(heading, first[number] if number < len(first) else "", self._words)
            self._offer(line.choice, heading)

    def _offer(self, choice: QComboBox, heading: FoundHeading) -> None:
        choice.blockSignals(True)
        choice.clear()
        choice.addItem(tr("不导入这一列"), _PASS_OVER)
        if self._table is not None:
            ranked = sorted(
                self._table.fields,
                key=lambda field: heading.suggestions.index(field.name) if field.name in heading.suggestions else 99,
            )
            for field in ranked:
                mark = " *" if field.required else ""
                choice.addItem(field.heading(language()) + mark, field.name)
        choice.setCurrentIndex(max(0, choice.findData(heading.field or _PASS_OVER)))
        choice.setEnabled(self._table is not None)
        choice.blockSignals(False)

    def _words(self, heading: FoundHeading) -> tuple[str, str]:
        if heading.field is not None:
            return "green", tr("认得")
        if heading.known:
            return "plain", tr("不用")
        return "amber", tr("不认得")

    def _chosen(self, number: int) -> None:
        if self._file is not None:
            name = self._lines[number].choice.currentData()
            self.corrected.emit(self._file.headings[number].text, name or None)

    def retranslate(self) -> None:
        """Set every text anew."""
        words = (tr("文件里的列名"), tr("第一行"), tr("对应的列（* 必须有）"), tr("状态"))
        for head, text in zip(self._heads, words, strict=True):
            head.setText(text)
        self._say()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
