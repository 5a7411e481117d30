"""The details of a priority area and of a security period."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from PySide6.QtCore import Signal
from typing_extensions import override

from patrol_desk.services.places import area_scope, period_scope, save_area, save_period
from patrol_desk.services.places.emphasis_rows import AreaScope, PeriodScope, Reach
from patrol_desk.services.places.rows import PlaceChoices
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.places.emphasis_fields import Listed, area_fields, area_values, period_fields, period_values
from patrol_desk.ui.pages.places.emphasis_words import (
    area_place_columns,
    area_sentences,
    period_place_columns,
    period_sentences,
    span_of_days,
    when_text,
)
from patrol_desk.ui.pages.places.scope_panel import Listing, ScopePanel
from patrol_desk.ui.widgets.buttons import Button

AREA_PLACES = "area_places"
PERIOD_PLACES = "period_places"


class AreaPanel(ScopePanel):
    """The detail of an area: its form, its checkpoints, what changes for them.

    Attributes
    ----------
    list_wanted
        Sent when checkpoints are to be put on its list.
    unlist_wanted
        Sent with the ids of those to be taken off it.
    """

    list_wanted = Signal()
    unlist_wanted = Signal(object)

    def __init__(self, desk: Desk, choices: Callable[[], PlaceChoices], taken: Callable[[], Collection[str]]) -> None:
        fields = area_fields(choices, lambda: self.others(taken()), self.values)
        listing = Listing(
            AREA_PLACES, lambda: tr("执勤点"), area_place_columns(),
            lambda: tr("还没有执勤点：选社区或网格，或在下面加入。"),
        )  # fmt: skip
        super().__init__(desk, fields, [listing])
        self._add, self._remove = Button(desk.theme, "plus", small=True), Button(desk.theme, "x", small=True)
        self._add.setObjectName("area_add")
        self._remove.setObjectName("area_remove")
        self._add.clicked.connect(self.list_wanted)
        self._remove.clicked.connect(self._unlist)
        self.add_tool(self._add)
        self.add_tool(self._remove)
        self.lists[0].table.selectionModel().selectionChanged.connect(lambda _on, _off: self._enable())
        self.retranslate()

    def others(self, codes: Collection[str]) -> Collection[str]:
        """Return the codes but this record's own."""
        return [code for code in codes if self.detail is None or code != self.detail.row.code]

    @override
    def stored_values(self) -> Mapping[str, Any]:
        return {} if self.detail is None else area_values(self.detail.row)

    @override
    def show_scope(self, scope: AreaScope) -> None:
        self.lists[0].show(scope.places)
        raised = int(self.form.value("raised") or 0)
        told = area_sentences(scope, raised)
        periods = () if self.detail is None else self.detail.periods
        if periods:
            told.append(tr("重点时段：{names}。", names=tr("、|joint").join(periods)))
        self.tell(told)
        self._enable()

    @override
    async def read_scope(self, values: Mapping[str, Any]) -> AreaScope:
        return await self.desk.read(area_scope, self.record_id(), values)

    @override
    async def write(self) -> None:
        detail = self.detail
        changed = {key: self.form.value(key) for key in self.form.dirty_keys()}
        step = tr("修改片区 {name}", name=detail.row.name)
        await self.desk.write(step, save_area, changed, detail.id, detail.row.row_version)
        self.form.set_values(self.form.values())
        self.dirty_changed.emit()

    @override
    def retire_words(self) -> str:
        return tr("停用片区…")

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self._add.setText(tr("加入执勤点…"))
        self._remove.setText(tr("移出名单"))
        if self.detail is not None:
            row = self.detail.row
            self.sub.setText(" · ".join((when_text(row.when), span_of_days(row.first_on, row.last_on))))
            self.show_scope(self.detail.scope)

    def _chosen(self) -> list[str]:
        wanted = set(self.lists[0].table.selected_ids())
        rows = self.lists[0].model.all_rows()
        return [row.id for row in rows if row.id in wanted and row.reach is Reach.LISTED]

    def _enable(self) -> None:
        self._remove.setEnabled(bool(self._chosen()))

    def _unlist(self) -> None:
        if self._chosen():
            self.unlist_wanted.emit(self._chosen())


class PeriodPanel(ScopePanel):
    """The detail of a security period: its form, and the heads it adds where."""

    def __init__(self, desk: Desk, areas: Listed, taken: Callable[[], Collection[str]]) -> None:
        fields = period_fields(areas, lambda: self.others(taken()), self.values)
        listing = Listing(
            PERIOD_PLACES, lambda: tr("加人的执勤点"), period_place_columns(),
            lambda: tr("没有执勤点要加人。改片区、类别或起止日期试试。"),
        )  # fmt: skip
        super().__init__(desk, fields, [listing])
        self.retranslate()

    def others(self, codes: Collection[str]) -> Collection[str]:
        """Return the codes but this record's own."""
        return [code for code in codes if self.detail is None or code != self.detail.row.code]

    @override
    def stored_values(self) -> Mapping[str, Any]:
        return {} if self.detail is None else period_values(self.detail.row)

    @override
    def show_scope(self, scope: PeriodScope) -> None:
        self.lists[0].show(scope.places)
        self.tell(period_sentences(scope))

    @override
    async def read_scope(self, values: Mapping[str, Any]) -> PeriodScope:
        return await self.desk.read(period_scope, values)

    @override
    async def write(self) -> None:
        detail = self.detail
        changed = {key: self.form.value(key) for key in self.form.dirty_keys()}
        step = tr("修改时段 {name}", name=detail.row.name)
        await self.desk.write(step, save_period, changed, detail.id, detail.row.row_version)
        self.form.set_values(self.form.values())
        self.dirty_changed.emit()

    @override
    def retire_words(self) -> str:
        return tr("停用时段…")

    @override
    def retranslate(self) -> None:
        super().retranslate()
        if self.detail is not None:
            row = self.detail.row
            self.sub.setText(" · ".join((when_text(row.when), span_of_days(row.first_on, row.last_on))))
            self.show_scope(self.detail.scope)
