"""The commands that work on every page."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from patrol_desk.services.shell import back_up
from patrol_desk.ui.commands import Command
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.shell.pages import entry, numbered

if TYPE_CHECKING:
    from patrol_desk.ui.shell.frame import DeskFrame
    from patrol_desk.ui.shell.window import Window


def add_commands(frame: "DeskFrame", window: "Window") -> None:
    """Register the window's own commands and put find-anything and print on the rail's foot."""
    ShellCommands(frame, window)


class ShellCommands:
    """What the shell itself can do."""

    def __init__(self, frame: "DeskFrame", window: "Window") -> None:
        self._frame = frame
        self._window = window
        self._desk: Desk = frame.desk
        self._pages()
        self._tools()
        frame.rail.tool("circle-help", lambda: tr("帮助"), self.show_help).setObjectName("rail_help")
        frame.rail.tool("search", lambda: tr("查找"), self.find).setObjectName("rail_find")

    def find(self) -> None:
        """Open find-anything."""
        from patrol_desk.ui.shell.finder.finder import Finder

        Finder.show_on(self._desk)

    def print_sheets(self) -> None:
        """Open the print dialog with what the page shows chosen."""
        from patrol_desk.ui.dialogs.printing.dialog import open_print

        page = self._frame.page
        open_print(self._desk, None if page is None else page.print_request())

    def show_keys(self) -> None:
        """Open the sheet of keys, those of the page shown first."""
        from patrol_desk.ui.dialogs.key_sheet import KeySheet

        page = self._frame.page
        KeySheet(self._desk, "" if page is None else page.name).open()

    def show_help(self) -> None:
        """Open the guide at the page shown, unless it is open."""
        from patrol_desk.ui.help.dialog import HelpDialog

        page = self._frame.page
        if not any(each.isVisible() for each in self._window.findChildren(HelpDialog)):
            HelpDialog(self._desk, "" if page is None else page.name).open()

    def show_tour(self) -> None:
        """Begin the tour of the sample."""
        from patrol_desk.ui.tour.tour import Tour

        Tour.start_on(self._desk, self._frame)

    def step(self, *, redo: bool) -> None:
        """Undo or redo one step."""
        self._desk.tasks.start("redo" if redo else "undo", self._desk.undo_step(redo=redo))

    def _pages(self) -> None:
        for name, keys in numbered().items():
            page = entry(name)
            self._add(
                f"go.{page.name}",
                page.label,
                page.icon,
                keys,
                partial(self._frame.go, Target(page.name)),
            )

    def _tools(self) -> None:
        window, desk = self._window, self._desk
        self._add("find", lambda: tr("查找人员、点位、小组和命令"), "search", "Ctrl+K", self.find)
        self._add(
            "undo", self._undo_text, "undo-2", "Ctrl+Z", lambda: self.step(redo=False),
            lambda: desk.undo.next_undo() is not None,
        )  # fmt: skip
        self._add(
            "redo", self._redo_text, "redo-2", "Ctrl+Y", lambda: self.step(redo=True),
            lambda: desk.undo.next_redo() is not None,
        )  # fmt: skip
        self._add("go.settings", lambda: tr("设置"), "settings", "Ctrl+,", partial(self._frame.go, Target("settings")))
        self._add("help", lambda: tr("帮助"), "circle-help", "F1", self.show_help)
        self._add(
            "tour", lambda: tr("带我走一遍"), "route", "", self.show_tour, lambda: desk.station.is_sample,
        )  # fmt: skip
        # The key of "?" is Shift and slash on most keyboards; which of the two arrives depends on the layout.
        self._add("keys", lambda: tr("看全部按键"), "key-square", "?", self.show_keys).setShortcuts(
            [QKeySequence("?"), QKeySequence("Shift+/")]
        )
        self._add("print", lambda: tr("打印"), "printer", "Ctrl+P", self.print_sheets)
        self._add("look", lambda: tr("切换深色和浅色"), "moon", "", self._other_look)
        self._add("language", lambda: tr("切换语言"), "languages", "", self._other_language)
        self._add("backup", lambda: tr("立即备份"), "archive", "", self._backup)
        self._add("leave", lambda: tr("离开本站，回到开始页"), "log-out", "", window.leave_station)

    def _add(
        self, name: str, text: Callable[[], str], icon: str, keys: str, run: Callable[[], None],
        enabled: Callable[[], bool] = lambda: True,
    ) -> QAction:  # fmt: skip
        return self._desk.commands.add(Command(name, text, icon, keys, run, enabled), self._frame, window_wide=True)

    def _undo_text(self) -> str:
        step = self._desk.undo.next_undo()
        return tr("撤销") if step is None else tr("撤销：{name}", name=step.text())

    def _redo_text(self) -> str:
        step = self._desk.undo.next_redo()
        return tr("重做") if step is None else tr("重做：{name}", name=step.text())

    def _other_look(self) -> None:
        self._window.use_look("light" if self._desk.theme.name == "dark" else "dark")

    def _other_language(self) -> None:
        self._window.use_language("zh" if self._desk.language == "en" else "en")

    def _backup(self) -> None:
        self._desk.tasks.start("backup", self._back_up(), exclusive="backup")

    async def _back_up(self) -> None:
        name = await self._desk.read(back_up)
        self._desk.tell(tr("已备份并校验：{name}", name=name), "ok")
        await self._frame.refresh_facts()
