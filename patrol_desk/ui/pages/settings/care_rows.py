"""What the planner cares about: one slider of three words for each level of the objective."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSlider, QWidget

from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.pages.settings.rule_edits import RuleEdits
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import ElidedLabel, Label

_NOTES: Final[dict[str, Callable[[], str]]] = {
    "care_spread": lambda: tr("每点位每周次数，无长盲时"),
    "care_fairness": lambda: tr("平日、夜、周末、节假日分别算"),
    "care_cohesion": lambda: tr("同组成班，组长带班"),
    "care_near": lambda: tr("住处到点位"),
    "care_wish": lambda: tr("优先、尽量不"),
    "care_change": lambda: tr("对已发布的版本"),
    "care_unpredictability": lambda: tr("观察者猜不中下一次"),
}
_FIRST: Final = 3
"""Number of the first level that can be weighed: minimum and desired heads stand before."""


class CareRows(QWidget):
    """The levels in their order; the first two are fixed.

    Attributes
    ----------
    edited
        Sent when the user moved a slider.
    """

    edited = Signal()

    def __init__(self, theme: Theme, edits: RuleEdits) -> None:
        super().__init__()
        self._theme = theme
        self._edits = edits
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(3, 1)
        self._fixed = [(Label("body"), ElidedLabel("muted"), Label("secondary")) for _ in range(2)]
        self.sliders: dict[str, QSlider] = {}
        self._labels: dict[str, tuple[Label, ElidedLabel, Label]] = {}
        for place, labels in enumerate(self._fixed):
            self._place(place, labels, None)
        for place, level in enumerate(edits.book.levels, start=2):
            slider = QSlider(Qt.Orientation.Horizontal)
            slider.setObjectName(level.code)
            slider.setRange(min(level.choices), max(level.choices))
            slider.setPageStep(1)
            slider.valueChanged.connect(lambda number, code=level.code: self._moved(code, number))
            self.sliders[level.code] = slider
            self._labels[level.code] = (Label("body"), ElidedLabel("muted"), Label("link"))
            self._place(place, self._labels[level.code], slider)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def use(self, edits: RuleEdits) -> None:
        """Show other edits."""
        self._edits = edits
        self.show_values()

    def show_values(self) -> None:
        """Show how much each level is cared about now."""
        for code, slider in self.sliders.items():
            slider.blockSignals(True)
            slider.setValue(self._edits.value((code, None)).number or slider.minimum())
            slider.blockSignals(False)
            self._say(code)

    def set_read_only(self, *, read_only: bool) -> None:
        """Allow or forbid changes."""
        for slider in self.sliders.values():
            slider.setEnabled(not read_only)

    def retranslate(self) -> None:
        """Take the words anew."""
        words = (
            (tr("最低人数"), tr("一级点位先"), tr("锁定第一")),
            (tr("期望人数"), tr("先满足最低，再补到期望"), tr("锁定第二")),
        )
        for labels, texts in zip(self._fixed, words, strict=True):
            for label, text in zip(labels, texts, strict=True):
                label.setText(text)
        for code in self.sliders:
            name = say(self._edits.level(code).name)
            self._labels[code][0].setText(name)
            self._labels[code][1].setText(_NOTES[code]())
            self.sliders[code].setAccessibleName(name)
        self.show_values()

    def _moved(self, code: str, number: int) -> None:
        self._edits.set_number((code, None), number)
        self._say(code)
        self.edited.emit()

    def _say(self, code: str) -> None:
        value = self._edits.value((code, None))
        word = say(self._edits.level(code).choices[value.number or 1])
        self._labels[code][2].setText(word)
        self.sliders[code].setAccessibleDescription(word)
        changed = value != self._edits.stored((code, None))
        self._labels[code][0].set_role("strong" if changed else "body")

    def _place(self, place: int, labels: tuple[Label, ElidedLabel, Label], slider: QSlider | None) -> None:
        number = Label("muted", str(place + _FIRST - 2))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(number, place, 0)
        self._grid.addWidget(labels[0], place, 1)
        self._grid.addWidget(labels[1], place, 2)
        if slider is not None:
            self._grid.addWidget(slider, place, 3)
        self._grid.addWidget(labels[2], place, 4, right)

    def _restyle(self) -> None:
        px = self._theme.px
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setColumnMinimumWidth(0, px(16))
        self._grid.setColumnMinimumWidth(1, px(96))
        self._grid.setColumnMinimumWidth(2, px(180))
        self._grid.setColumnMinimumWidth(4, px(60))
        for place in range(2 + len(self.sliders)):
            self._grid.setRowMinimumHeight(place, px(26))
