"""The line that stands above the cells while they are compared with the published version."""

from PySide6.QtCore import Signal

from patrol_desk.services.planning.board import Board
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.banner import Banner
from patrol_desk.ui.widgets.buttons import Button, IconButton


class CompareBanner(Banner):
    """Says how many duties differ from the version in force.

    Parameters
    ----------
    theme
        Gives the look.
    """

    list_asked = Signal()
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "accent", "git-compare")
        self._board: Board | None = None
        self._list = Button(theme, "", "link", small=True)
        self._list.setObjectName("compare_list")
        self._list.clicked.connect(self.list_asked)
        self._close = IconButton(theme, "x", small=True)
        self._close.setObjectName("compare_close")
        self._close.clicked.connect(self.closed)
        self.add(self._list)
        self.add(self._close)
        self.hide()
        self.retranslate()

    def show_board(self, board: Board) -> None:
        """Count the differences of a board."""
        self._board = board
        self._count()

    def turn(self, on: bool) -> None:
        """Show the line or hide it."""
        self.setVisible(on)
        if on:
            self._count()

    def _count(self) -> None:
        board = self._board
        if board is None:
            return
        if board.published is None:
            self.say(tr("本周还没有发布过，没有可比的版本。"))
            self._list.hide()
            return
        changes = board.changes_since_published()
        counts = {kind: sum(change.kind == kind for change in changes) for kind in ("added", "removed", "moved")}
        self.say(
            tr("与已发布版本相差 {count} 处：新增 {added}、移除 {removed}、换班 {moved}。有蓝点的格子有改动。",
               count=len(changes), added=counts["added"], removed=counts["removed"], moved=counts["moved"])
            if changes else tr("与已发布版本没有差别。")
        )  # fmt: skip
        self._list.setVisible(bool(changes))

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._list.setText(tr("列表"))
        self._close.set_name(tr("不再标出差别"), "Ctrl+D")
        self._count()
