"""Choosing the squads among which one run plans."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from patrol_desk.services.finding.keys import matcher, search_keys
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.itemmodels.rows import Column, RowsModel, tick_column
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.search_field import SearchField
from patrol_desk.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from patrol_desk.services.planning.wish_squads import SquadLine


class SquadsDialog(Dialog):
    """Asks which squads a run may draw on; none ticked are all.

    Parameters
    ----------
    host, theme
        The window and its look.
    squads, chosen
        Those there are, and the ids of those chosen so far.
    """

    def __init__(self, host: QWidget, theme: Theme, squads: "tuple[SquadLine, ...]", chosen: Collection[str]) -> None:
        super().__init__(host, theme, width=560, height=600)
        self._squads = squads
        self._keys = {one.id: search_keys(f"{one.name} {one.code}") for one in squads}
        self.taken: frozenset[str] = frozenset()
        self.setObjectName("plan_squads_dialog")
        self.field = SearchField(theme, keys="/")
        self.field.setObjectName("plan_squads_find")
        self.model: RowsModel[SquadLine] = RowsModel(_columns(), self)
        self.table = DataTable(theme)
        self.table.setObjectName("plan_squads_table")
        self.table.set_rows_model(self.model)
        self.field.target = self.table
        self.field.changed.connect(self._find)
        self._words = Label("secondary", wrap=True)
        self.add(self.field)
        self.add(self.table, 1)
        self.add(self._words)
        self._do = Button(theme, "check", "primary", "Ctrl+Enter")
        self._do.setObjectName("plan_squads_take")
        self._all = Button(theme, "users")
        self._all.setObjectName("plan_squads_all")
        self._all.clicked.connect(lambda: self.model.ticks.put([one.id for one in squads], on=False))
        self._back = Button(theme, keys="Esc")
        self._back.clicked.connect(self.reject)
        self.foot(self._do, self._back, left=self._all)
        self.model.set_rows(squads)
        self.model.ticks.put([one.id for one in squads if one.id in chosen], on=True)
        self.model.ticks.changed.connect(self._count)
        self.first(self.table)
        self.retranslate()

    @override
    def accepting(self) -> bool:
        self.taken = self._ticked()
        return True

    @override
    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "_back"):
            return
        self.head(tr("只排这些小组"), tr("只管这一次；其他小组的班原样不动"))
        self.field.set_hint(tr("小组或编号"))
        self.table.setAccessibleName(tr("小组|列"))
        self.model.retranslate()
        self._all.setText(tr("全部小组"))
        self._back.setText(tr("取消"))
        self._count()

    def _ticked(self) -> frozenset[str]:
        return frozenset(one.id for one in self._squads if one.id in self.model.ticks)

    def _find(self, text: str) -> None:
        fits, held = matcher(text), self._ticked()
        self.model.set_rows([one for one in self._squads if fits(self._keys[one.id]) or one.id in held])

    def _count(self) -> None:
        ticked = self._ticked()
        people = sum(one.people for one in self._squads if one.id in ticked)
        chosen = tr("{count} 个小组，{people} 人", count=len(ticked), people=people)
        self._words.setText(chosen if ticked else tr("没有勾选：全部小组都排。"))
        self._do.setText(tr("只排 {count} 个小组", count=len(ticked)) if ticked else tr("全部小组"))


def _columns() -> "list[Column[SquadLine]]":
    return [
        tick_column(),
        Column("code", lambda: tr("编号"), 90, lambda row: row.code, lambda row: row.code, role="secondary"),
        Column("name", lambda: tr("小组|列"), 200, lambda row: row.name, lambda row: row.name,
               squad=lambda row: row.colour, stretch=True),
        Column("people", lambda: tr("人数"), 70, lambda row: str(row.people), lambda row: row.people, role="secondary"),
    ]  # fmt: skip
