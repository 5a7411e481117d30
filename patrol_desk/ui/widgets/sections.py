"""The recurring parts of a page's right side: titled sections, thin lines, a scrollable panel with head and foot."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import ElidedLabel, Label

NOTE: Final = 72
"""Width of a count beside a title, px, for which words of buttons give way; a longer note is elided."""


def line(theme: Theme, parent: QWidget | None = None) -> QFrame:
    """Return a thin horizontal rule."""
    del theme  # The stylesheet knows its colour; the argument keeps all makers alike.
    rule = QFrame(parent)
    rule.setProperty("panel", "rule")
    rule.setFixedHeight(1)
    return rule


class Section(QFrame):
    """A bold title, a note beside it, a slot at the right, and what stands below.

    Parameters
    ----------
    theme
        Gives sizes.
    title
        The title at first; `set_title` changes it.
    flush
        No margin at the sides, for a section inside something that has its own.

    Attributes
    ----------
    body
        Layout of the content.
    """

    def __init__(self, theme: Theme, title: str = "", *, flush: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._flush = flush
        self.setProperty("panel", "surface")
        self._title = Label("strong")
        self._note = ElidedLabel("muted")
        self._head = QHBoxLayout()
        self._head.setSpacing(6)
        self._head.addWidget(self._title)
        self._head.addWidget(self._note, 1)
        self._right: list[Button] = []
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addLayout(self.body)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.set_title(title)

    def _restyle(self) -> None:
        px = self._theme.px
        side = (0, 0) if self._flush else (px(16), px(12))
        self._column.setContentsMargins(side[0], px(8), side[1], px(8))
        self._column.setSpacing(px(6))

    def set_title(self, title: str, note: str = "") -> None:
        """Change the title and the muted note beside it; the title names the section for screen readers."""
        self._title.setText(title)
        self._note.setText(note)
        self.setAccessibleName(title)

    def add_right(self, widget: QWidget) -> None:
        """Put a control at the right end of the title's line."""
        if isinstance(widget, Button):
            self._right.append(widget)
        self._head.addWidget(widget, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def fit(self, width: int) -> None:
        """Show the buttons beside the title by their icons alone where their words do not fit that width."""
        margins = self._column.contentsMargins()
        gaps = self._head.spacing() * (len(self._right) + 1)
        taken = margins.left() + margins.right() + gaps + self._title.sizeHint().width()
        taken += min(self._note.sizeHint().width(), self._theme.px(NOTE))
        taken += sum(button.natural_width() for button in self._right)
        for button in self._right:
            button.shorten(terse=taken > width)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget below."""
        self.body.addWidget(widget, stretch)

    def add_layout(self, layout: QLayout) -> None:
        """Put a layout below."""
        self.body.addLayout(layout)


class SidePanel(QFrame):
    """A scrollable column with a head (name, details, buttons) that stays and a foot that stays.

    Parameters
    ----------
    theme
        Gives sizes.

    Attributes
    ----------
    column
        Layout of the scrolled part.
    head_column
        Layout under the title's line, for chips and details.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("panel", "surface")
        self._head_frame, self._foot_frame = QFrame(), QFrame()
        self._head_frame.setProperty("panel", "line-bottom")
        self._foot_frame.setProperty("panel", "line-top")
        self._foot_frame.hide()
        self._build_head()
        self._foot = QHBoxLayout(self._foot_frame)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QFrame()
        content.setProperty("panel", "surface")
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addStretch(1)
        self.scroller.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head_frame)
        whole.addWidget(self.scroller, 1)
        whole.addWidget(self._foot_frame)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _build_head(self) -> None:
        self.title = ElidedLabel("object")
        self._after_title = QHBoxLayout()
        self._buttons = QHBoxLayout()
        self.sub = ElidedLabel("secondary")
        self.sub.hide()
        first = QHBoxLayout()
        first.addWidget(self.title)
        first.addLayout(self._after_title)
        first.addStretch(1)
        first.addLayout(self._buttons)
        for row in (first, self._after_title, self._buttons):
            row.setSpacing(6)
        self.head_column = QVBoxLayout(self._head_frame)
        self.head_column.addLayout(first)
        self.head_column.addWidget(self.sub)

    def _restyle(self) -> None:
        px = self._theme.px
        self.head_column.setContentsMargins(px(16), px(10), px(10), px(8))
        self.head_column.setSpacing(px(2))
        self._foot.setContentsMargins(px(16), px(8), px(12), px(8))
        self._foot.setSpacing(px(8))

    def head(self, title: str, sub: str = "") -> None:
        """Set the object's name and the line below it."""
        self.title.setText(title)
        self.title.updateGeometry()
        self.sub.setText(sub)
        self.sub.setVisible(bool(sub))
        self.setAccessibleName(title)

    def add_after_title(self, widget: QWidget) -> None:
        """Put a chip or a code right after the name."""
        self._after_title.addWidget(widget)

    def add_button(self, widget: QWidget) -> None:
        """Put a button at the right of the name."""
        self._buttons.addWidget(widget)

    def add(self, widget: QWidget, *, ruled: bool = True) -> None:
        """Put a section below what is there; a thin line between them unless told otherwise."""
        place = self.column.count() - 1
        if ruled and place > 0:
            self.column.insertWidget(place, line(self._theme))
            place += 1
        self.column.insertWidget(place, widget)

    def foot(self, *widgets: QWidget, right: QWidget | None = None) -> None:
        """Fill the foot, from the left; `right` stands at its right end."""
        for widget in widgets:
            self._foot.addWidget(widget)
        self._foot.addStretch(1)
        if right is not None:
            self._foot.addWidget(right)
        self._foot_frame.show()

    def show_foot(self, shown: bool) -> None:
        """Show or hide the foot."""
        self._foot_frame.setVisible(shown)
