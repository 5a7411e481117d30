"""What the run strives for: one slider of three words for each level, written a moment after the last move."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout, QSlider, QWidget
from typing_extensions import override

from patrol_desk.ui.i18n import say
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import ElidedLabel, Label

if TYPE_CHECKING:
    from patrol_desk.services.rules import LevelLine, RuleBook

PAUSE_MS: Final = 500
"""After the last move the weights are written."""


class Weights(QWidget):
    """The levels that a township weighs, in their order.

    Parameters
    ----------
    theme
        Gives colours and sizes.

    Attributes
    ----------
    moved
        Sent when what is shown should be written: see `take`.
    """

    moved = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._levels: tuple[LevelLine, ...] = ()
        self._pending: dict[str, int] = {}
        self._rows: dict[str, tuple[ElidedLabel, QSlider, Label]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.moved)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_book(self, book: "RuleBook") -> None:
        """Show how much each level is cared about."""
        self._levels = book.levels
        for level in book.levels:
            if level.code not in self._rows:
                self._add(level)
            slider = self._rows[level.code][1]
            slider.blockSignals(True)
            slider.setValue(self._pending.get(level.code, level.number))
            slider.blockSignals(False)
        self.retranslate()

    @property
    def pending(self) -> bool:
        """Whether something was moved that is not written yet."""
        return bool(self._pending)

    @property
    def is_set(self) -> bool:
        """Whether any level differs from what holds where the township says nothing."""
        return any(level.is_set and level.number != min(level.choices) for level in self._levels)

    def codes(self) -> tuple[str, ...]:
        """Return the levels."""
        return tuple(level.code for level in self._levels)

    def take(self) -> dict[str, int]:
        """Return what was moved, level → number; from now on it counts as written."""
        found, self._pending = self._pending, {}
        self._timer.stop()
        return found

    def retranslate(self) -> None:
        """Set every text anew."""
        for level in self._levels:
            name, slider, _word = self._rows[level.code]
            name.setText(say(level.name))
            slider.setAccessibleName(say(level.name))
            self._say(level, slider.value())

    def _add(self, level: "LevelLine") -> None:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setObjectName(f"weight_{level.code}")
        slider.setRange(min(level.choices), max(level.choices))
        slider.setPageStep(1)
        slider.valueChanged.connect(lambda number, code=level.code: self._slid(code, number))
        row = (ElidedLabel("body"), slider, Label("link"))
        self._rows[level.code] = row
        place = len(self._rows)
        for column, widget in enumerate(row):
            self._grid.addWidget(widget, place, column)
        row[2].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._restyle()

    def _slid(self, code: str, number: int) -> None:
        self._pending[code] = number
        self._say(next(level for level in self._levels if level.code == code), number)
        self._timer.start()

    def _say(self, level: "LevelLine", number: int) -> None:
        word = say(level.choices[number])
        self._rows[level.code][2].setText(word)
        self._rows[level.code][1].setAccessibleDescription(word)

    def _restyle(self) -> None:
        px = self._theme.px
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(2))
        self._grid.setColumnMinimumWidth(2, px(56))
        for name, slider, _word in self._rows.values():
            name.setFixedWidth(px(84 if self._theme.compact else 96))
            slider.setMinimumWidth(px(52))
        for place in range(1, len(self._rows) + 1):
            self._grid.setRowMinimumHeight(place, px(22 if self._theme.compact else 25))

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self.moved.emit()
        super().hideEvent(event)
