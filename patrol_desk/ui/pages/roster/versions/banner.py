"""The lines that stand above the cells: how the version in view was made, and what differs from the published one."""

from PySide6.QtCore import Signal

from patrol_desk.services.planning.board import Board, VersionInfo
from patrol_desk.services.planning.wishes import kept_otherwise
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.banner import Banner
from patrol_desk.ui.widgets.buttons import Button, IconButton


class RunBanner(Banner):
    """Says which rules the planner's run behind the version in view kept otherwise than the station does.

    Parameters
    ----------
    theme
        Gives the look.
    """

    versions_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "amber", "sliders-horizontal")
        self.setObjectName("run_banner")
        self._version: VersionInfo | None = None
        self._closed = ""
        self._list = Button(theme, "", "link", small=True)
        self._list.setObjectName("run_versions")
        self._list.clicked.connect(self.versions_asked)
        self._close = IconButton(theme, "x", small=True)
        self._close.setObjectName("run_close")
        self._close.clicked.connect(self._hide_it)
        self.add(self._list)
        self.add(self._close)
        self.hide()
        self.retranslate()

    def show_board(self, board: Board) -> None:
        """Show the line for a board's newest version, unless it was closed for that version."""
        self._version = board.version
        self._say()

    def _hide_it(self) -> None:
        self._closed = "" if self._version is None else self._version.id
        self.hide()

    def _say(self) -> None:
        version = self._version
        rules = () if version is None else kept_otherwise(version.figures)
        if version is None or not rules:
            self.hide()
            return
        what = tr("；|列举").join(say(rule) for rule in rules)
        self.say(tr("v{number} 自动排班时另定了规则：{what}", number=version.number, what=what))
        self.setVisible(version.id != self._closed)

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._list.setText(tr("全部版本…"))
        self._close.set_name(tr("不再提示这一版"))
        self._say()


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
