"""The column of groups: search, what is looked for, the list, and its keys."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout
from typing_extensions import override

from patrol_desk.services.people.squads import GroupLine
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.people.squads.group_list import GroupList
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import ElidedLabel, Kbd, Label
from patrol_desk.ui.widgets.search_field import SearchField
from patrol_desk.ui.widgets.segmented import Segmented
from patrol_desk.ui.widgets.states import StateStack, state_button

WANTED: Final[dict[str, Callable[[GroupLine], bool] | None]] = {
    "all": None,
    "vacant": lambda line: line.vacancies > 0,
    "short": lambda line: any(level.short for level in line.levels),
    "headless": lambda line: not line.leaders,
}
"""What is looked for → its predicate."""


class GroupColumn(QFrame):
    """The groups at the left.

    Parameters
    ----------
    theme
        Gives colours and sizes.

    Attributes
    ----------
    new_wanted
        Sent when a group is to be made.
    cleared
        Sent when everything is looked for again.
    """

    new_wanted = Signal()
    cleared = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("panel", "surface")
        self._theme = theme
        self.list = GroupList(theme)
        self.list.setObjectName("group_list")
        self.search = SearchField(theme)
        self.search.setObjectName("group_search")
        self.search.target = self.list
        self.list.search = self.search
        self.wanted = Segmented(theme, small=True)
        self.wanted.setObjectName("group_wanted")
        self.states = StateStack(theme)
        self._waited = False
        self._drag, self._key = ElidedLabel("muted"), Label("muted")
        self._lay_out()
        self.search.changed.connect(self._find)
        self.wanted.changed.connect(self._narrow)
        self.retranslate()

    def _lay_out(self) -> None:
        head = QFrame()
        head.setProperty("panel", "line-bottom")
        rows = QVBoxLayout(head)
        rows.setContentsMargins(12, 6, 12, 6)
        rows.setSpacing(6)
        rows.addWidget(self.search)
        rows.addWidget(self.wanted)
        foot = QFrame()
        foot.setProperty("panel", "line-top")
        foot.setFixedHeight(self._theme.px(32))
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 0, 12, 0)
        row.addWidget(self._drag, 1)
        row.addWidget(Kbd("M"))
        row.addWidget(self._key)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.states, 1)
        column.addWidget(foot)
        self.states.content(self.list)

    def show_lines(self, lines: Sequence[GroupLine]) -> None:
        """Show these groups."""
        if tuple(lines) != self.list.groups.lines():
            bar = self.list.verticalScrollBar()
            held = bar.value()
            self.list.groups.set_lines(lines)
            self.list.doItemsLayout()
            bar.setValue(held)
        self._count()
        self._say_found()

    def clear(self) -> None:
        """Look for everything."""
        self.search.clear()
        self.wanted.choose("all")
        self._waited = False
        self._narrow("all")
        self.cleared.emit()

    def only_waited(self, on: bool) -> None:
        """List only squads whose availability form is waited for, or all again."""
        self._waited = on
        self._narrow(self.wanted.chosen())

    def _find(self, text: str) -> None:
        held = self.list.line()
        self.list.groups.find(text)
        self._stay(held)

    def _narrow(self, key: str) -> None:
        held, chosen, waited = self.list.line(), WANTED[key], self._waited

        def wanted(line: GroupLine) -> bool:
            return (chosen is None or chosen(line)) and (not waited or line.form_out is not None)

        self.list.groups.only(None if chosen is None and not waited else wanted)
        self._stay(held)

    def _stay(self, held: GroupLine | None) -> None:
        """Keep the group that was chosen, else choose the first one found."""
        found = self.list.groups.shown()
        if found:
            self.list.go_to(held.id if held is not None and held in found else found[0].id)
        self._say_found()

    def _say_found(self) -> None:
        if self.list.groups.shown() or not self.list.groups.lines():
            self.states.content()
            return
        words = tr("没有找到这样的队伍。试试队名、组长或成员的拼音首字母。")
        self.states.empty("search", words, state_button(self._theme, tr("清除筛选"), self.clear))

    def _count(self) -> None:
        lines = self.list.groups.lines()
        words = (("all", tr("全部")), ("vacant", tr("有空缺")), ("short", tr("技能不够")), ("headless", tr("没组长")))
        choices: list[tuple[str, str, int | None]] = []
        for key, text in words:
            predicate = WANTED[key]
            choices.append((key, text, None if predicate is None else sum(map(predicate, lines))))
        self.wanted.set_choices(choices)

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self.search.set_hint(tr("队名 / 组长 / 成员拼音首字母"))
        self.list.setAccessibleName(tr("队伍"))
        self._drag.setText(tr("拖人到队上可转队"))
        self._key.setText(tr("转到…"))
        self._count()
        self.list.viewport().update()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
