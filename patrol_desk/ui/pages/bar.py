"""The command bar at the head of a page."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget
from typing_extensions import override

from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.fitting import shorten_to_fit

HEIGHT = 48


class CommandBar(QFrame):
    """Title and controls at the left, actions at the right.

    Where words have no room, the actions are shortened to their icons from the left, the primary one last.

    Parameters
    ----------
    theme
        Gives the height.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("panel", "line-bottom")
        self._theme = theme
        self._title = QLabel()
        self._title.setProperty("role", "page")
        self._title.setObjectName("page_title")
        self._left = QHBoxLayout()
        self._left.setSpacing(8)
        self._right = QHBoxLayout()
        self._right.setSpacing(8)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(12)
        self._before = QHBoxLayout()
        self._before.setSpacing(4)
        row.addLayout(self._before)
        row.addWidget(self._title)
        row.addLayout(self._left)
        row.addStretch(1)
        row.addLayout(self._right)
        theme.changed.connect(self._resize)
        self._resize()

    def title(self, text: str) -> None:
        """Show the page's title."""
        self._title.setText(text)

    def before(self, widget: QWidget) -> None:
        """Add a step of the way here before the title."""
        self._before.addWidget(widget)

    def left(self, widget: QWidget) -> None:
        """Add a control after the title."""
        self._left.addWidget(widget)

    def right(self, widget: QWidget) -> None:
        """Add an action at the right-hand end."""
        self._right.addWidget(widget)

    def _resize(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))

    def _fit(self) -> None:
        shorten_to_fit(self, [widget for widget in _widgets(self._right) if isinstance(widget, Button)])

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)


def _widgets(layout: QHBoxLayout) -> list[QWidget]:
    return [layout.itemAt(place).widget() for place in range(layout.count())]
