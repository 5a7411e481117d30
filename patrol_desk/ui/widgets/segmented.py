"""A few choices side by side of which one holds: 按点位 / 按小组 / 按人员."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.painting import box, ring

Choice = tuple[str, str, int | None]
"""Key, words, count or None."""


class _Segment(QAbstractButton):
    """One of the choices."""

    def __init__(self, theme: Theme, parent: QWidget, *, small: bool) -> None:
        super().__init__(parent)
        self._theme = theme
        self._small = small
        self._inside = False
        self.first = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _font(self) -> QFont:
        return self._theme.font("secondary" if self._small else "body", bold=self.isChecked())

    @override
    def sizeHint(self) -> QSize:
        bold = self._theme.font("secondary" if self._small else "body", bold=True)
        width = QFontMetrics(bold).horizontalAdvance(self.text()) + 2 * self._theme.px(7 if self._small else 10)
        return QSize(width, self._theme.px(24 if self._small else 30))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        if self.isChecked():
            box(painter, self.rect().adjusted(1, 1, -1, -1), theme.color("accentSoft"), None, 3)
        elif self._inside and self.isEnabled():
            box(painter, self.rect().adjusted(1, 1, -1, -1), theme.color("sunken"), None, 3)
        if not self.first:
            painter.fillRect(0, 1, 1, self.height() - 2, theme.color("line2"))
        painter.setFont(self._font())
        role = "accentText" if self.isChecked() else ("text2" if self.isEnabled() else "text3")
        painter.setPen(theme.color(role))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            ring(painter, theme, self.rect())
        painter.end()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._inside = True
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._inside = False
        self.update()


class Segmented(QWidget):
    """A row of choices; arrows move, a click or Space chooses.

    Parameters
    ----------
    theme
        Gives colours and fonts.
    small
        24 instead of 30 px high.
    """

    changed = Signal(str)

    def __init__(self, theme: Theme, *, small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._small = small
        self._keys: list[str] = []
        self._chosen = ""
        self._group = QButtonGroup(self)
        self._group.idToggled.connect(self._toggled)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Show the choices; the chosen key stays chosen when it is still there, else the first is, silently."""
        keys = [key for key, _, _ in choices]
        if keys != self._keys:
            self._rebuild(keys)
        for place, (_, words, count) in enumerate(choices):
            button = self._group.button(place)
            button.setText(words if count is None else f"{words} {count:,}")
            button.updateGeometry()
        if keys and self._chosen not in keys:
            self._chosen = keys[0]
        if keys:
            self.choose(self._chosen)
        self.updateGeometry()

    def _rebuild(self, keys: list[str]) -> None:
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._keys = keys
        for place, key in enumerate(keys):
            segment = _Segment(self._theme, self, small=self._small)
            segment.first = place == 0
            segment.setObjectName(key)
            self._group.addButton(segment, place)
            self._row.addWidget(segment)

    def chosen(self) -> str:
        """Return the key that holds."""
        return self._chosen

    def choose(self, key: str) -> None:
        """Choose without telling anybody."""
        self._chosen = key
        self._group.blockSignals(True)
        self._group.button(self._keys.index(key)).setChecked(True)
        self._group.blockSignals(False)
        self._restyle()

    def pick(self, key: str) -> None:
        """Choose as the user would: whoever listens is told."""
        self._group.button(self._keys.index(key)).setChecked(True)

    def _toggled(self, place: int, on: bool) -> None:
        if on and self._keys[place] != self._chosen:
            self._chosen = self._keys[place]
            self._restyle()
            self.changed.emit(self._chosen)

    def _restyle(self) -> None:
        for button in self._group.buttons():
            button.updateGeometry()
            button.update()
        self.updateGeometry()
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box(painter, self.rect(), self._theme.color("surface"), self._theme.color("line2"))
        painter.end()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.EnabledChange:
            self.update()
        super().changeEvent(event)
