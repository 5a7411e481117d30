"""Why the candidates stand in this order, and whom which rule keeps away: a small sheet over the page."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from patrol_desk.services.planning.board import Candidates
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import Label

SHOWN = 5


class Popover(QFrame):
    """A sheet that closes at the first click or Esc, and is freed then.

    Parameters
    ----------
    theme
        Gives the sizes.
    host
        The widget it opens from.
    width
        In pixels at 100 %.
    """

    def __init__(self, theme: Theme, host: QWidget, *, width: int = 340) -> None:
        super().__init__(host, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("panel", "raised")
        self.setFixedWidth(theme.px(width))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(12))
        self.column.setSpacing(theme.px(5))

    def say(self, lines: Sequence[tuple[str, str]]) -> None:
        """Add lines of a role and its words."""
        for role, words in lines:
            self.column.addWidget(Label(role, words, wrap=True))

    def open_below(self, widget: QWidget) -> None:
        """Open below a widget, its right edges in line, inside the screen."""
        # The style sheet has its say on fonts first: wrapped lines are as high as the fonts make them.
        self.ensurePolished()
        for line in self.findChildren(Label):
            line.ensurePolished()
        self.column.invalidate()
        self.resize(self.width(), self.column.totalHeightForWidth(self.width()))
        corner = widget.mapToGlobal(QPoint(widget.width() - self.width(), widget.height() + 4))
        room = widget.screen().availableGeometry()
        corner.setX(max(room.left() + 4, corner.x()))
        corner.setY(max(room.top() + 4, min(corner.y(), room.bottom() - self.height() - 4)))
        self.move(corner)
        self.show()


def order_lines(found: Candidates) -> list[tuple[str, str]]:
    """Return the reasons of the first candidates' ranks, as lines of a sheet."""
    lines = [
        ("strong", tr("为什么这样排")),
        ("muted", tr("先补最低席位，再按同组、负荷、距离、意愿和上次夜班的间隔排序，与自动排班同一套权重。")),
    ]
    for candidate in found.ranked[:SHOWN]:
        lines.append(("strong", candidate.name))
        lines.extend(("secondary", say(reason)) for reason in candidate.reasons[:1])
        lines.extend(("warn", say(warning)) for warning in candidate.warnings)
    return lines
