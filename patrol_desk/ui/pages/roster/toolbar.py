"""The controls of the page's command bar."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.bar import CommandBar
from patrol_desk.ui.pages.roster.week_picker import WeekPicker
from patrol_desk.ui.widgets.buttons import Button, IconButton

ROOMY = 1330
"""Width of the bar at 100 % from which on every button shows its word."""


class Toolbar(QObject):
    """Week, undo, locks, versions, print, auto-plan, publish.

    Parameters
    ----------
    desk
        Undo, theme.
    bar
        Where the controls go.
    """

    lock_asked = Signal(str, bool)
    """Scope (cells, row, day, week) and whether to lock or to unlock."""
    compare_asked = Signal(bool)
    versions_asked = Signal()
    asked = Signal(str)
    """print, plan, publish, panel."""

    def __init__(self, desk: Desk, bar: CommandBar) -> None:
        super().__init__(bar)
        self._desk = desk
        self._bar = bar
        theme = desk.theme
        self.weeks = WeekPicker(theme)
        self._undo, self._redo = IconButton(theme, "undo-2"), IconButton(theme, "redo-2")
        self._lock, self._versions = IconButton(theme, "lock"), Button(theme, "git-compare", "ghost")
        self._print, self._panel = Button(theme, "printer", "ghost"), IconButton(theme, "panel-right")
        self._plan = Button(theme, "wand-sparkles", "primary", "Ctrl+R")
        self._publish = Button(theme, "send")
        self._place()
        self._connect()
        self._make_menus()
        self.retranslate()
        self.show_undo()

    def _place(self) -> None:
        names = {
            "roster_undo": self._undo, "roster_redo": self._redo, "roster_lock": self._lock,
            "roster_versions": self._versions, "roster_print": self._print, "roster_panel": self._panel,
            "roster_plan": self._plan, "roster_publish": self._publish,
        }  # fmt: skip
        for name, button in names.items():
            button.setObjectName(name)
        self._bar.left(self.weeks)
        for part in (self._undo, self._redo, _rule(self._desk), self._lock, self._versions, self._print,
                     _rule(self._desk), self._plan, self._publish, self._panel):  # fmt: skip
            self._bar.right(part)
        self._panel.hide()

    def _connect(self) -> None:
        start = self._desk.commands.start
        self._undo.clicked.connect(lambda: start("undo"))
        self._redo.clicked.connect(lambda: start("redo"))
        for button, wish in ((self._print, "print"), (self._plan, "plan"), (self._publish, "publish"),
                             (self._panel, "panel")):  # fmt: skip
            button.clicked.connect(partial(self.asked.emit, wish))
        self._desk.undo.changed.connect(self.show_undo)

    def _make_menus(self) -> None:
        self._lock_menu, self._version_menu = QMenu(self._lock), QMenu(self._versions)
        self._lock.clicked.connect(lambda: _drop(self._lock_menu, self._lock))
        self._versions.clicked.connect(lambda: _drop(self._version_menu, self._versions))
        self._lock_words: list[tuple[Callable[[], str], str, bool]] = [
            (lambda: tr("锁定选中的格子"), "cells", True),
            (lambda: tr("锁定这一行"), "row", True),
            (lambda: tr("锁定这一天"), "day", True),
            (lambda: tr("锁定全周"), "week", True),
            (lambda: tr("解锁选中的格子"), "cells", False),
            (lambda: tr("解锁这一行"), "row", False),
            (lambda: tr("解锁这一天"), "day", False),
            (lambda: tr("解锁全周"), "week", False),
        ]
        for place, (_, scope, locked) in enumerate(self._lock_words):
            if place == 4:
                self._lock_menu.addSeparator()
            action = QAction(self)
            self._lock_menu.addAction(action)
            action.setObjectName(f"{'lock' if locked else 'unlock'}_{scope}")
            action.triggered.connect(partial(self.lock_asked.emit, scope, locked))
        self.compare, self._list = QAction(self), QAction(self)
        self._version_menu.addActions([self.compare, self._list])
        self.compare.setCheckable(True)
        self.compare.setObjectName("compare_published")
        self.compare.toggled.connect(self.compare_asked)
        self._list.setObjectName("list_versions")
        self._list.triggered.connect(self.list_asked)

    def list_asked(self) -> None:
        """Ask for the list of versions."""
        self.versions_asked.emit()

    def show_undo(self) -> None:
        """Show what undo and redo would turn back."""
        for button, step, words, keys in (
            (self._undo, self._desk.undo.next_undo(), tr("撤销"), "Ctrl+Z"),
            (self._redo, self._desk.undo.next_redo(), tr("重做"), "Ctrl+Y"),
        ):
            button.setEnabled(step is not None)
            button.set_name(words if step is None else tr("{verb}：{name}", verb=words, name=step.text()), keys)

    def show_state(self, *, planned: bool, publishable: bool, demand: bool) -> None:
        """Enable what makes sense for the week in view."""
        self._lock.setEnabled(planned)
        self._versions.setEnabled(planned)
        self._print.setEnabled(planned)
        self._publish.setEnabled(publishable)
        self._plan.setEnabled(demand)

    def show_panel(self, *, offer: bool) -> None:
        """Offer the panel while it is closed, or not."""
        self._panel.setVisible(offer)

    def fit(self, width: int) -> None:
        """Show words or only icons, as there is room."""
        roomy = width >= self._desk.theme.px(ROOMY)
        self._plan.set_keys("Ctrl+R" if roomy else "")
        for button, words in ((self._versions, tr("对比版本")), (self._print, tr("打印"))):
            button.setText(words if roomy else "")
            button.setAccessibleName(words)
            button.setToolTip("" if roomy else words)
            button.updateGeometry()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._lock.set_name(tr("锁定"), "L")
        self._panel.set_name(tr("展开面板"))
        self._plan.setText(tr("自动排班"))
        self._publish.setText(tr("发布"))
        actions = [action for action in self._lock_menu.actions() if not action.isSeparator()]
        for action, (words, _, _) in zip(actions, self._lock_words, strict=True):
            action.setText(words())
        self.compare.setText(tr("标出与已发布版本的差别") + "\tCtrl+D")
        self._list.setText(tr("全部版本…"))
        self.weeks.retranslate()
        self.fit(self._bar.width())
        self.show_undo()


def _rule(desk: Desk) -> QFrame:
    rule = QFrame()
    rule.setProperty("panel", "line-left")
    rule.setFixedSize(1, desk.theme.px(20))
    return rule


def _drop(menu: QMenu, below: QWidget) -> None:
    menu.popup(below.mapToGlobal(below.rect().bottomLeft()))
