"""What hangs at the pointer while somebody is dragged."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from patrol_desk.services.people.squads import MemberCard
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.people.words import listed
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import Label


class Ghost(QWidget):
    """The dragged people in one line; it lets the mouse through.

    Parameters
    ----------
    theme
        Gives sizes.
    parent
        Where it moves about.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._label = Label("strong")
        self._skills = Label("secondary")
        self.setObjectName("drag_ghost")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 10, 4)
        row.addWidget(self._label)
        row.addWidget(self._skills)
        self.hide()

    def follow(self, movers: Sequence[MemberCard], point: QPoint) -> None:
        """Show people beside a global position."""
        parent = self.parentWidget()
        if not movers or parent is None:
            self.hide()
            return
        one = len(movers) == 1
        self._label.setText(movers[0].row.name if one else tr("{count} 人", count=len(movers)))
        self._skills.setText(listed([skill.name for skill in movers[0].row.skills]) if one else "")
        color = self._theme.color
        self.setStyleSheet(
            f"#drag_ghost {{ background: {color('surface').name()}; border: 1px solid {color('accent').name()};"
            " border-radius: 4px; }"
        )
        self.adjustSize()
        here = parent.mapFromGlobal(point) + QPoint(self._theme.px(14), self._theme.px(10))
        self.move(min(here.x(), parent.width() - self.width()), min(here.y(), parent.height() - self.height()))
        self.show()
        self.raise_()
