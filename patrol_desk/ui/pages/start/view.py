"""What the views of the start page have in common: a title, a line below it, content, a foot."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import Label

SIDE = 64


class View(QWidget):
    """One view of the start page.

    Parameters
    ----------
    theme
        Gives sizes.

    Attributes
    ----------
    back
        Sent when the user wants to go back to the three cards.
    content
        Layout of the middle, which scrolls on a low screen.
    foot
        Layout of the foot.
    """

    back = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._title = Label("metric")
        self._about = Label("body", wrap=True)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.addWidget(self._title)
        self._column.addWidget(self._about)
        self.content = QVBoxLayout()
        self._column.addLayout(self.content, 1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._foot_frame = QFrame()
        self._foot_frame.setProperty("panel", "line-top")
        self.foot = QHBoxLayout(self._foot_frame)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        whole.addWidget(self._foot_frame)
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Take sizes anew from the theme."""
        px = self.theme.px
        low = self.theme.compact
        side = px(SIDE // 2 if low else SIDE)
        self._column.setContentsMargins(side, px(24 if low else 44), side, px(16))
        self._column.setSpacing(px(6))
        self.content.setContentsMargins(0, px(10 if low else 18), 0, 0)
        self.content.setSpacing(px(12 if low else 16))
        self.foot.setContentsMargins(side, 0, side, 0)
        self.foot.setSpacing(px(8))
        self._foot_frame.setFixedHeight(px(52 if low else 64))

    def head(self, title: str, about: str) -> None:
        """Set the title and the line below it."""
        self._title.setText(title)
        self._about.setText(about)
        self._about.setVisible(bool(about))

    def retranslate(self) -> None:
        """Set every text anew."""

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
