"""The command bar at the head of a page."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from patrol_desk.ui.theme import Theme

HEIGHT = 48


class CommandBar(QFrame):
    """Title and controls at the left, actions at the right.

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
