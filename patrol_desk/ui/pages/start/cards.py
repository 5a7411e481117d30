"""The three ways to begin, each a card: arrows choose, Enter opens."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.heard import Role
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.painting import box, ring


class _IconBox(QWidget):
    """The card's icon on a square, filled while the card is chosen."""

    def __init__(self, theme: Theme, icon: str) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self.chosen = False
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        side = self._theme.px(48)
        self.setFixedSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        color = self._theme.color
        painter = QPainter(self)
        fill, border = (color("accent"), None) if self.chosen else (color("sunken"), color("line2"))
        box(painter, self.rect(), fill, border, 6)
        size = self._theme.px(22)
        at = (self.width() - size) // 2, (self.height() - size) // 2
        painter.drawPixmap(*at, self._theme.pixmap(self._icon, "onAccent" if self.chosen else "text2", 22))
        painter.end()


class Card(QWidget):
    """One way to begin.

    Parameters
    ----------
    theme
        Gives colours.
    icon
        On the square at the left.
    action_icon
        On the button while the card is chosen.

    Attributes
    ----------
    picked
        Sent when the card gets the focus.
    opened
        Sent by Enter, a double click or its button.
    moved
        Sent by the arrow keys: -1 up, 1 down.
    """

    heard_as: ClassVar = Role.Button

    picked = Signal()
    opened = Signal()
    moved = Signal(int)

    def __init__(self, theme: Theme, icon: str, action_icon: str = "arrow-right") -> None:
        super().__init__()
        self._theme = theme
        self._chosen = False
        self._action_icon = action_icon
        self._mark = _IconBox(theme, icon)
        self._title = Label("object")
        self._about = Label("body", wrap=True)
        self._about.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._facts = QHBoxLayout()
        self._facts.setSpacing(16)
        self._facts.addStretch(1)
        self._fact_labels: list[tuple[QLabel, Label]] = []
        self._icons: list[str] = []
        self._below = QHBoxLayout()
        self._below.setSpacing(8)
        self._below.addStretch(1)
        self.extra = QHBoxLayout()
        self.button = Button(theme)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self.opened)
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._about)
        words.addLayout(self._facts)
        words.addLayout(self._below)
        words.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(20)
        self._row.addWidget(self._mark)
        self._row.addLayout(words, 1)
        self._row.addLayout(self.extra)
        self._row.addWidget(self.button)

    def _restyle(self) -> None:
        px = self._theme.px
        high = px(14 if self._theme.compact else 22)
        self._row.setContentsMargins(px(24), high, px(24), high)
        for (mark, _), icon in zip(self._fact_labels, self._icons, strict=True):
            mark.setPixmap(self._theme.pixmap(icon, "text3", 14))
        self.update()

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show the small facts under the description: icon and words."""
        self._icons = [icon for icon, _ in facts]
        while len(self._fact_labels) < len(facts):
            mark, words = QLabel(), Label("muted")
            pair = QHBoxLayout()
            pair.setSpacing(6)
            pair.addWidget(mark)
            pair.addWidget(words)
            self._facts.insertLayout(len(self._fact_labels), pair)
            self._fact_labels.append((mark, words))
        for (mark, label), (icon, words_) in zip(self._fact_labels, facts, strict=True):
            mark.setPixmap(self._theme.pixmap(icon, "text3", 14))
            label.setText(words_)

    def add_below(self, widget: QWidget) -> None:
        """Put a control under the facts."""
        self._below.insertWidget(self._below.count() - 1, widget)

    def say(self, title: str, about: str, action: str) -> None:
        """Set the words."""
        self._title.setText(title)
        self._about.setText(about)
        self.button.setText(action)
        self.setAccessibleName(title)
        self.setAccessibleDescription(about)

    @property
    def title(self) -> str:
        """Its title in the language of the moment."""
        return self._title.text()

    def choose(self, chosen: bool) -> None:
        """Look chosen or not."""
        self._chosen = chosen
        self._mark.chosen = chosen
        self._mark.update()
        self.button.set_kind("primary" if chosen else "plain")
        self.button.set_keys("Enter" if chosen else "")
        self.button.set_icon(self._action_icon if chosen else "arrow-right")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        color = self._theme.color
        painter = QPainter(self)
        fill, border = ("accentSoft", "accentLine") if self._chosen else ("surface", "line2")
        box(painter, self.rect(), color(fill), color(border), 6)
        if self.hasFocus():
            ring(painter, self._theme, self.rect(), 6)
        painter.end()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.picked.emit()
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.opened.emit()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit()
