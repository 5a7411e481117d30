"""The page of places."""

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from patrol_desk.common.changes import ChangeSet
from patrol_desk.services.places import list_muster_points
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.page import Page
from patrol_desk.ui.pages.places.muster_panel import MusterPanel
from patrol_desk.ui.pages.places.place_panel import PlacePanel
from patrol_desk.ui.pages.places.tabs import CHECKPOINTS, MUSTERS, CheckpointTab, MusterTab
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.segmented import Segmented


class PlacesPage(Page):
    """Checkpoints with their demand and muster points with their equipment."""

    name: ClassVar[str] = "places"
    icon: ClassVar[str] = "map-pin"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._muster_ids: frozenset[str] = frozenset()
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
        self.panes = QStackedWidget()
        self.checkpoints = CheckpointTab(desk)
        self.checkpoints.counted.connect(lambda _rows: self._say_kinds())
        self._musters: MusterTab | None = None
        self.panes.addWidget(self.checkpoints)
        self.set_body(self.panes)
        self._commands()
        desk.week_changed.connect(lambda _week: self.checkpoints.reload())
        self.retranslate()

    @property
    def musters(self) -> MusterTab:
        """The half of muster points, made at its first visit."""
        if self._musters is None:
            self._musters = MusterTab(self.desk)
            self._musters.counted.connect(self._count_musters)
            self.panes.addWidget(self._musters)
        return self._musters

    @property
    def place(self) -> PlacePanel:
        """The detail of a checkpoint."""
        return self.checkpoints.place

    @property
    def muster(self) -> MusterPanel:
        """The detail of a muster point."""
        return self.musters.muster

    # Page

    @override
    def label(self) -> str:
        return tr("点位")

    @override
    def enter(self, target: Target | None) -> None:
        record_id = None if target is None else target.record_id
        kind = None if target is None else target.detail.get("kind")
        if kind == MUSTERS or (kind is None and record_id in self._muster_ids):
            self.show_kind(MUSTERS, record_id)
        elif kind == CHECKPOINTS or record_id is not None:
            self.show_kind(CHECKPOINTS, record_id)
        else:
            self.show_kind(self.kind.chosen(), None)
        if not self._muster_ids:
            self._pane().run(self._read_muster_ids())

    @override
    def leave(self) -> bool:
        return self._pane().may_leave(self.again)

    @override
    def on_changes(self, changes: ChangeSet) -> None:
        self.checkpoints.on_changes(changes)
        if self._musters is not None:
            self._musters.on_changes(changes)

    @override
    def retranslate(self) -> None:
        self.bar.title(tr("点位"))
        self._say_kinds()
        self.kind.setAccessibleName(tr("点位类别"))
        self._import.setText(tr("导入 CSV"))
        self._new.setText(tr("新增召集点") if self.kind.chosen() == MUSTERS else tr("新增点位"))
        self.checkpoints.say_foot()
        if self._musters is not None:
            self._musters.say_foot()

    def show_kind(self, kind: str, record_id: str | None) -> None:
        """Show one of the two lists, and a record of it."""
        self.kind.choose(kind)
        pane = self._pane()
        self.panes.setCurrentWidget(pane)
        self.retranslate()
        pane.enter(record_id)

    def _pane(self) -> CheckpointTab | MusterTab:
        return self.musters if self.kind.chosen() == MUSTERS else self.checkpoints

    def _choose_kind(self, kind: str) -> None:
        left = self.panes.currentWidget()
        assert isinstance(left, (CheckpointTab, MusterTab))
        if left.may_leave(partial(self.show_kind, kind, None)):
            self.show_kind(kind, None)
        else:
            self.kind.choose(MUSTERS if left is self._musters else CHECKPOINTS)

    def _say_kinds(self) -> None:
        counts = (len(self.checkpoints.rows) or None, len(self._muster_ids) or None)
        self.kind.set_choices([(CHECKPOINTS, tr("执勤点"), counts[0]), (MUSTERS, tr("召集点"), counts[1])])

    async def _read_muster_ids(self) -> None:
        self._count_musters(await self.desk.read(list_muster_points))

    def _count_musters(self, rows: object) -> None:
        assert isinstance(rows, tuple)
        self._muster_ids = frozenset(row.id for row in rows)
        self._say_kinds()

    # Commands

    def _commands(self) -> None:
        self.command("places.new", self._new.text, "plus", "Ctrl+N", self._create)
        self.command("places.save", lambda: tr("保存"), "save", "Ctrl+S", self._save)
        self.command("places.find", lambda: tr("搜索点位"), "search", "Ctrl+F", self._find)
        self.command(
            "places.checkpoints", lambda: tr("看执勤点"), "map-pin", "Alt+1", partial(self._choose_kind, CHECKPOINTS)
        )
        self.command("places.musters", lambda: tr("看召集点"), "map-pin", "Alt+2", partial(self._choose_kind, MUSTERS))
        self.command("places.roster", lambda: tr("在排班表打开"), "calendar-days", "Ctrl+G", self._open_roster)

    def _find(self) -> None:
        self._pane().list.search.focus()

    def _save(self) -> None:
        pane = self._pane()
        pane.run(pane.panel.save())

    def _open_roster(self) -> None:
        if self.kind.chosen() == CHECKPOINTS:
            self.checkpoints.open_roster()

    def _create(self) -> None:
        pane = self._pane()
        pane.run(pane.new_record())
