"""The page of places."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from patrol_desk.common.changes import ChangeSet
from patrol_desk.services.places import (
    create_checkpoint,
    create_muster_point,
    list_muster_points,
    list_places,
    muster_detail,
    place_choices,
    place_detail,
    township_stock,
)
from patrol_desk.services.places.rows import MusterDetail, MusterRow, PlaceChoices, PlaceDetail, PlaceRow
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.page import Page
from patrol_desk.ui.pages.places import actions
from patrol_desk.ui.pages.places.dialogs import make_record
from patrol_desk.ui.pages.places.fields import muster_fields, new_checkpoint_fields
from patrol_desk.ui.pages.places.lists import checkpoint_list, muster_list, status_counts, stock_counts
from patrol_desk.ui.pages.places.muster_panel import MusterPanel
from patrol_desk.ui.pages.places.pane import RecordPane, Source
from patrol_desk.ui.pages.places.place_panel import PlacePanel
from patrol_desk.ui.pages.places.township_stock import TownshipStockChart
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.segmented import Segmented

CHECKPOINTS, MUSTERS = "checkpoints", "muster_points"
_PLACE_KINDS = frozenset({"checkpoint", "demand", "community", "grid_cell", "muster_point", "shift_pattern", "skill",
                          "attendance", "assignment", "plan_version"})  # fmt: skip
_MUSTER_KINDS = frozenset({"muster_point", "equipment_item", "community", "response_team", "team_membership",
                           "checkpoint"})  # fmt: skip


class PlacesPage(Page):
    """Checkpoints with their demand and muster points with their equipment."""

    name: ClassVar[str] = "places"
    icon: ClassVar[str] = "map-pin"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._choices = PlaceChoices((), ())
        self._rows: tuple[PlaceRow, ...] = ()
        self._musters: tuple[MusterRow, ...] = ()
        theme = desk.theme
        self.kind = Segmented(theme)
        self.kind.setObjectName("kind")
        self.kind.changed.connect(self._choose_kind)
        self._new = Button(theme, "plus", "primary", "Ctrl+N")
        self._new.setObjectName("new")
        self._new.clicked.connect(self._create)
        self._import = Button(theme, "upload", "ghost")
        self._import.setObjectName("import")
        self._import.clicked.connect(lambda: desk.go(Target("importing")))
        self.bar.left(self.kind)
        self.bar.right(self._import)
        self.bar.right(self._new)
        self._make_panes()
        self.panes = QStackedWidget()
        self.panes.addWidget(self.checkpoints)
        self.panes.addWidget(self.musters)
        self.set_body(self.panes)
        self._commands()
        desk.week_changed.connect(lambda _week: self.checkpoints.reload())
        self.retranslate()

    def _make_panes(self) -> None:
        desk = self.desk
        self.place = PlacePanel(desk, lambda: self._choices, lambda: [row.code for row in self._rows])
        self.muster = MusterPanel(desk, lambda: self._choices, lambda: [row.code for row in self._musters])
        self.checkpoints = RecordPane(
            desk,
            checkpoint_list(desk.theme, lambda: self._rows, self._create),
            self.place,
            Source("places", self._read_places, self._read_place, self.place.show_detail, _PLACE_KINDS),
            lambda: self.place.demand.grid,
        )
        self.musters = RecordPane(
            desk,
            muster_list(desk.theme, lambda: self._musters, self._create),
            self.muster,
            Source("musters", self._read_musters, self._read_muster, self._show_muster, _MUSTER_KINDS),
            lambda: self.muster.stock.table,
        )
        self._township = TownshipStockChart(desk.theme)
        self.musters.list.add_below(self._township)
        self.place.roster_wanted.connect(self._open_roster)
        self.place.move_wanted.connect(lambda status: self._start(actions.move(desk, self.place, status)))
        self.place.demand.copy_from.connect(lambda: self._start(actions.copy_from(desk, self.place, self._rows)))
        self.place.demand.copy_to.connect(lambda: self._start(actions.copy_to(desk, self.place, self._rows)))
        self.muster.retire_wanted.connect(lambda: self._start(actions.retire(desk, self.muster)))
        self.muster.stock.add_wanted.connect(lambda: self._start(actions.add_item(desk, self.muster)))
        self.muster.stock.retire_wanted.connect(lambda item: self._start(actions.retire_item(desk, item)))
        self.muster.place_wanted.connect(lambda place: desk.go(Target("places", place, {"kind": CHECKPOINTS})))

    # Page

    @override
    def label(self) -> str:
        return tr("点位")

    @override
    def enter(self, target: Target | None) -> None:
        record_id = None if target is None else target.record_id
        kind = None if target is None else target.detail.get("kind")
        if kind == MUSTERS or (record_id is not None and record_id in {row.id for row in self._musters}):
            self.show_kind(MUSTERS, record_id)
        elif kind == CHECKPOINTS or record_id is not None:
            self.show_kind(CHECKPOINTS, record_id)
        else:
            self.show_kind(self.kind.chosen(), None)

    @override
    def leave(self) -> bool:
        return self._pane().may_leave(self.again)

    @override
    def on_changes(self, changes: ChangeSet) -> None:
        self.checkpoints.on_changes(changes)
        self.musters.on_changes(changes)

    @override
    def retranslate(self) -> None:
        self.bar.title(tr("点位"))
        self._say_kinds()
        self.kind.setAccessibleName(tr("点位类别"))
        self._import.setText(tr("导入 CSV"))
        self._new.setText(tr("新增点位") if self._pane() is self.checkpoints else tr("新增召集点"))

    def show_kind(self, kind: str, record_id: str | None) -> None:
        """Show one of the two lists, and a record of it."""
        self.kind.choose(kind)
        pane = self.checkpoints if kind == CHECKPOINTS else self.musters
        self.panes.setCurrentWidget(pane)
        self.retranslate()
        pane.enter(record_id)

    def _pane(self) -> RecordPane:
        return self.musters if self.kind.chosen() == MUSTERS else self.checkpoints

    def _choose_kind(self, kind: str) -> None:
        left = self.checkpoints if kind == MUSTERS else self.musters
        if left.may_leave(partial(self.show_kind, kind, None)):
            self.show_kind(kind, None)
        else:
            self.kind.choose(MUSTERS if kind == CHECKPOINTS else CHECKPOINTS)

    def _say_kinds(self) -> None:
        counts = (len(self._rows) or None, len(self._musters) or None)
        self.kind.set_choices([(CHECKPOINTS, tr("执勤点"), counts[0]), (MUSTERS, tr("召集点"), counts[1])])

    # Reading

    async def _read_places(self) -> Sequence[PlaceRow]:
        self._choices = await self.desk.read(place_choices)
        self._rows = await self.desk.read(list_places)
        if not self._musters:
            self._musters = await self.desk.read(list_muster_points)
        self.place.refresh_choices()
        self.checkpoints.list.foot_left.setText(status_counts(self._rows))
        self._say_kinds()
        return self._rows

    async def _read_place(self, record_id: str) -> PlaceDetail:
        return await self.desk.read(place_detail, record_id, self.desk.week)

    async def _read_musters(self) -> Sequence[MusterRow]:
        self._choices = await self.desk.read(place_choices)
        self._musters = await self.desk.read(list_muster_points)
        self._township.show_stock(await self.desk.read(township_stock))
        self.muster.refresh_choices()
        self.musters.list.foot_left.setText(stock_counts(self._musters))
        self._say_kinds()
        return self._musters

    async def _read_muster(self, record_id: str) -> MusterDetail:
        return await self.desk.read(muster_detail, record_id)

    def _show_muster(self, detail: MusterDetail) -> None:
        self.muster.show_detail(detail)
        self._township.show_part(detail.row.name, {item.name: item.quantity for item in detail.stock})

    # Commands

    def _commands(self) -> None:
        self.command("places.new", self._new.text, "plus", "Ctrl+N", self._create)
        self.command("places.save", lambda: tr("保存"), "save", "Ctrl+S", self._save)
        self.command("places.find", lambda: tr("搜索点位"), "search", "Ctrl+F", self._find)
        for number, (kind, words) in enumerate(((CHECKPOINTS, _checkpoints), (MUSTERS, _musters)), start=1):
            self.command(f"places.{kind}", words, "map-pin", f"Alt+{number}", partial(self._choose_kind, kind))
        self.command("places.roster", lambda: tr("在排班表打开"), "calendar-days", "Ctrl+G", self._open_roster)

    def _find(self) -> None:
        self._pane().list.search.focus()

    def _save(self) -> None:
        self._start(self._pane().panel.save())

    def _open_roster(self) -> None:
        if self._pane() is self.checkpoints and self.place.record_id():
            self.desk.go(Target("roster", record_id=self.place.record_id()))

    def _create(self) -> None:
        self._start(self._create_muster() if self._pane() is self.musters else self._create_checkpoint())

    async def _create_checkpoint(self) -> None:
        if not await self.checkpoints.settle():
            return

        async def save(values: Mapping[str, Any]) -> None:
            step = tr("新增点位 {name}", name=values["name"])
            made = await self.desk.write(step, create_checkpoint, values)
            self._go_to(CHECKPOINTS, made)

        taken = [row.code for row in self._rows]
        await make_record(
            self.desk, title=tr("新增点位"), verb=tr("新增点位"), save=save,
            fields=lambda others: new_checkpoint_fields(lambda: self._choices, lambda: taken, others),
            start={"kind": "fixed_post", "tier": "2", "status": "active", "community_id": "", "grid_cell_id": ""},
        )  # fmt: skip

    async def _create_muster(self) -> None:
        if not await self.musters.settle():
            return

        async def save(values: Mapping[str, Any]) -> None:
            step = tr("新增召集点 {name}", name=values["name"])
            made = await self.desk.write(step, create_muster_point, values)
            self._go_to(MUSTERS, made)

        taken = [row.code for row in self._musters]
        await make_record(
            self.desk, title=tr("新增召集点"), verb=tr("新增召集点"), save=save,
            fields=lambda others: muster_fields(lambda: self._choices, lambda: taken, others),
            start={"community_id": ""},
        )  # fmt: skip

    def _go_to(self, kind: str, record_id: str) -> None:
        self._start(self._reveal(kind, record_id))

    async def _reveal(self, kind: str, record_id: str) -> None:
        pane = self.checkpoints if kind == CHECKPOINTS else self.musters
        await pane.read_rows()
        self.show_kind(kind, record_id)

    def _start(self, work: Any) -> None:  # noqa: ANN401  # any coroutine
        self.desk.tasks.start("places", work, owner=self)


def _checkpoints() -> str:
    return tr("看执勤点")


def _musters() -> str:
    return tr("看召集点")
