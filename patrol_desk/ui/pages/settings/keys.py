"""Every key of the desk in one table that can be searched."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout
from typing_extensions import override

from patrol_desk.services.finding.keys import matcher, search_keys
from patrol_desk.ui.commands.keys import EVERYWHERE, KeyLine, key_lines
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.dialogs.key_sheet import page_words
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.settings.part import Part
from patrol_desk.ui.widgets.labels import ElidedLabel
from patrol_desk.ui.widgets.search_field import SearchField
from patrol_desk.ui.widgets.states import StateStack
from patrol_desk.ui.widgets.table import DataTable
from patrol_desk.ui.widgets.table_columns import ColumnKeeper

COLUMNS: tuple[Column[KeyLine], ...] = (
    Column("keys", lambda: tr("按键"), 190, lambda line: line.keys, lambda line: line.keys, role="strong"),
    Column("text", lambda: tr("做什么"), 300, lambda line: line.text, lambda line: line.text, stretch=True),
    Column(
        "page",
        lambda: tr("在哪一页"),
        150,
        lambda line: page_words(line.page),
        lambda line: line.page,
        role="secondary",
    ),
)


class KeysPart(Part):
    """The keys of all pages that were opened, and of every table and grid."""

    name: ClassVar[str] = "keys"
    icon: ClassVar[str] = "key-square"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self.search = SearchField(theme)
        self.search.setObjectName("keys_search")
        self.model: RowsModel[KeyLine] = RowsModel(COLUMNS)
        self.table = DataTable(theme)
        self.table.setObjectName("keys_table")
        self.table.set_rows_model(self.model)
        ColumnKeeper(self.table, theme, desk.settings, "keys")
        self.table.search = self.search
        self.search.target = self.table
        self.search.changed.connect(lambda _text: self._filter())
        self.states = StateStack(theme)
        self.states.content(self.table)
        self._note = ElidedLabel("muted")
        top = QHBoxLayout()
        top.setContentsMargins(16, 10, 12, 10)
        top.setSpacing(12)
        top.addWidget(self.search, 1)
        top.addWidget(self._note, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.states, 1)
        desk.commands.changed.connect(self._later)
        self.retranslate()

    @override
    def title(self) -> str:
        return tr("按键")

    @override
    def words(self) -> Sequence[str]:
        return tuple(line.text for line in self._lines())

    @override
    def enter(self, target: Target | None) -> None:
        self._read()

    @override
    def retranslate(self) -> None:
        self.search.set_hint(tr("查按键或做什么"))
        self.table.setAccessibleName(tr("按键"))
        self._note.setText(tr("任何一页按 ? 看本页的。点过的页才列出它的命令。"))
        self._read()

    def _lines(self) -> tuple[KeyLine, ...]:
        return key_lines(self.desk.commands.registered(), EVERYWHERE)

    def _later(self) -> None:
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        self.model.set_rows(self._lines())
        self._filter()

    def _filter(self) -> None:
        text = self.search.text().strip()
        if not text:
            self.model.filter(None)
        else:
            wanted, plain = matcher(text), text.casefold()
            self.model.filter(
                lambda line: plain in line.keys.casefold() or plain in line.text.casefold()
                or wanted(search_keys(line.text))
            )  # fmt: skip
        if self.model.rowCount():
            self.states.content(self.table)
        else:
            self.states.empty("search", tr("没有找到“{text}”。试试别的说法，或键名如 Ctrl。", text=text))
