"""The sheet of keys that "?" opens: those of the page shown first, then those that work everywhere."""

from collections.abc import Sequence
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.ui.commands.keys import EVERYWHERE, KeyLine, key_lines
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.shell.pages import entry
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.heard import Role
from patrol_desk.ui.widgets.labels import ElidedLabel, Kbd, Label

_WIDTH: Final = 880
_HEIGHT: Final = 560


def page_words(page: str) -> str:
    """Return the name of a page, or the words for all of them."""
    return tr("每一页") if page == EVERYWHERE else entry(page).label()


class _Lines(QScrollArea):
    """The scrolled lines, which have the focus so that arrow keys move them."""

    heard_as: ClassVar = Role.List


class KeySheet(Dialog):
    """Keys of the page shown and of every page, in two columns.

    Parameters
    ----------
    desk
        The open station.
    page
        Name of the page shown.
    """

    def __init__(self, desk: Desk, page: str) -> None:
        self._desk = desk
        self._page = page
        super().__init__(desk.host, desk.theme, width=_WIDTH, height=_HEIGHT)
        self.setObjectName("key_sheet")
        self._scroll = _Lines()
        self._scroll.setObjectName("key_sheet_lines")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.add(self._scroll, 1)
        self._close_button = Button(desk.theme, "", "primary", "Esc")
        self._close_button.setObjectName("key_sheet_close")
        self._all = Button(desk.theme, "settings", "ghost")
        self._all.setObjectName("key_sheet_all")
        self._all.clicked.connect(self._show_all)
        self.foot(self._close_button, left=self._all)
        self.first(self._scroll)
        self.retranslate()

    def lines(self) -> tuple[KeyLine, ...]:
        """Return what the sheet shows."""
        shown = (self._page, EVERYWHERE)
        every = key_lines(self._desk.commands.registered(), self._page)
        return tuple(line for line in every if line.page in shown)

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self.head(tr("按键"), tr("本页的在前；单个字母只在表格里有用，在输入框里照常打字"))
        if not hasattr(self, "_all"):
            return
        self._close_button.setText(tr("关闭"))
        self._all.setText(tr("查全部按键"))
        self._scroll.setAccessibleName(tr("按键"))
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(8, 4, 12, 4)
        row.setSpacing(24)
        lines = self.lines()
        for page in dict.fromkeys((self._page, EVERYWHERE)):
            own = [line for line in lines if line.page == page]
            if own:
                row.addLayout(self._column_of(page_words(page), own), 1)
        self._scroll.setWidget(content)

    def _column_of(self, title: str, lines: Sequence[KeyLine]) -> QVBoxLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        for place, line in enumerate(lines):
            caps = QHBoxLayout()
            caps.setSpacing(4)
            for keys in line.keys.split("  "):
                caps.addWidget(Kbd(keys))
            caps.addStretch(1)
            words = ElidedLabel("body", line.text)
            words.setAccessibleName(f"{line.keys} {line.text}")
            grid.addLayout(caps, place, 0)
            grid.addWidget(words, place, 1)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(Label("strong", title))
        column.addLayout(grid)
        column.addStretch(1)
        return column

    def _show_all(self) -> None:
        self.reject()
        self._desk.go(Target("settings", None, {"part": "keys"}))
