"""The page of places."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QStackedWidget
from typing_extensions import override

from patrol_desk.common.changes import ChangeSet
from patrol_desk.services.places import place_ids
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.page import Page
from patrol_desk.ui.pages.places.exporting import ExportList
from patrol_desk.ui.pages.places.kinds import (
    AREAS,
    CELLS,
    CHECKPOINTS,
    COMMUNITIES,
    MUSTERS,
    PERIODS,
    kind_title,
    new_title,
)
from patrol_desk.ui.pages.places.muster_panel import MusterPanel
from patrol_desk.ui.pages.places.pane import RecordPane
from patrol_desk.ui.pages.places.place_panel import PlacePanel
from patrol_desk.ui.pages.places.printing import PrintList
from patrol_desk.ui.pages.places.tabs import CheckpointTab, MusterTab
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from patrol_desk.ui.dialogs.printing.request import PrintRequest

_COUNTED = ("muster_point", "priority_area", "security_period", "community", "grid_cell")
"""Tables of which the page counts the records in force."""


class PlacesPage(Page):
    """Checkpoints with their demand, muster points with their equipment, and what makes some count for more."""

    name: ClassVar[str] = "places"
    icon: ClassVar[str] = "map-pin"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._ids: Mapping[str, frozenset[str]] = {}
        self.kind = Segmented(theme)
        self.kind.setObjectName("kind")
        self.kind.changed.connect(self._choose_kind)
        self._new = Button(theme, "plus", "primary", "Ctrl+N")
        self._new.setObjectName("new")
        self._new.clicked.connect(self._create)
        self._import = Button(theme, "upload", "ghost")
        self._import.setObjectName("import")
        self._import.clicked.connect(lambda: desk.go(Target("importing")))
        self._export = Button(theme, "download", "ghost")
        self._export.setObjectName("export")
        self._export.clicked.connect(self._ask_form)
        self._print = Button(theme, "printer", "ghost")
        self._print.setObjectName("print_places")
        self._print.clicked.connect(self._open_print)
        self.export = ExportList(desk)
        self.print = PrintList(desk)
        self.bar.left(self.kind)
        self.bar.right(self._import)
        self.bar.right(self._export)
        self.bar.right(self._print)
        self.bar.right(self._new)
        self.panes = QStackedWidget()
        self.checkpoints = CheckpointTab(desk)
        self._makers: dict[str, Callable[[Desk], RecordPane]] = {
            MUSTERS: MusterTab, AREAS: _areas, PERIODS: _periods, COMMUNITIES: _communities, CELLS: _cells
        }  # fmt: skip
        self._made: dict[str, RecordPane] = {CHECKPOINTS: self.checkpoints}
        self._take(CHECKPOINTS, self.checkpoints)
        self.set_body(self.panes)
        self._commands()
        desk.week_changed.connect(lambda _week: self.checkpoints.reload())
        self.retranslate()

    def pane(self, kind: str) -> RecordPane:
        """Return the list and detail of a kind, made at its first visit."""
        if kind not in self._made:
            self._made[kind] = self._makers[kind](self.desk)
            self._take(kind, self._made[kind])
        return self._made[kind]

    @property
    def musters(self) -> MusterTab:
        """The half of muster points."""
        pane = self.pane(MUSTERS)
        assert isinstance(pane, MusterTab)
        return pane

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
        wanted = None if target is None else target.detail.get("kind")
        if isinstance(wanted, str) and (wanted in self._made or wanted in self._makers):
            self.show_kind(wanted, record_id)
        elif record_id is not None:
            held = [kind for kind, ids in self._ids.items() if record_id in ids]
            self.show_kind(held[0] if held else CHECKPOINTS, record_id)
        else:
            self.show_kind(self.kind.chosen(), None)
        if not self._ids:
            self._pane().run(self._read_ids())

    @override
    def leave(self) -> bool:
        return self._pane().may_leave(self.again)

    @override
    def on_changes(self, changes: ChangeSet) -> None:
        for pane in self._made.values():
            pane.on_changes(changes)
        if any(changes.touches(kind) for kind in _COUNTED):
            self._pane().run(self._read_ids())

    @override
    def print_request(self) -> "PrintRequest | None":
        if self.kind.chosen() != CHECKPOINTS:
            return None
        return self.print.request(self.checkpoints.list.model.shown_rows(), len(self.checkpoints.rows))

    @override
    def retranslate(self) -> None:
        self.bar.title(tr("点位"))
        self._say_kinds()
        self.kind.setAccessibleName(tr("点位类别"))
        self._import.setText(tr("导入 CSV"))
        self._export.setText(tr("导出"))
        self._export.setVisible(self.kind.chosen() == CHECKPOINTS and self.export.may())
        self._print.setText(tr("打印点位册"))
        self._print.setVisible(self.kind.chosen() == CHECKPOINTS and self.print.may())
        self._new.setText(new_title(self.kind.chosen()))
        for pane in self._made.values():
            pane.say_foot()

    def show_kind(self, kind: str, record_id: str | None) -> None:
        """Show one of the lists, and a record of it."""
        self.kind.choose(kind)
        pane = self._pane()
        self.panes.setCurrentWidget(pane)
        self.retranslate()
        pane.enter(record_id)

    def _take(self, kind: str, pane: RecordPane) -> None:
        self.panes.addWidget(pane)
        pane.counted.connect(lambda rows: self._count(kind, rows))

    def _pane(self) -> RecordPane:
        return self.pane(self.kind.chosen())

    def _choose_kind(self, kind: str) -> None:
        left = self.panes.currentWidget()
        assert isinstance(left, RecordPane)
        if left.may_leave(partial(self.show_kind, kind, None)):
            self.show_kind(kind, None)
        else:
            self.kind.choose(next(name for name, pane in self._made.items() if pane is left))

    def _say_kinds(self) -> None:
        kinds = (CHECKPOINTS, *self._makers)
        self.kind.set_choices([(kind, kind_title(kind), len(self._ids.get(kind, ())) or None) for kind in kinds])

    async def _read_ids(self) -> None:
        self._ids = {**self._ids, **await self.desk.read(place_ids)}
        self._say_kinds()

    def _count(self, kind: str, rows: object) -> None:
        assert isinstance(rows, tuple)
        self._ids = {**self._ids, kind: frozenset(row.id for row in rows)}
        self._say_kinds()

    # Commands

    def _commands(self) -> None:
        self.command("places.new", self._new.text, "plus", "Ctrl+N", self._create)
        self.command("places.save", lambda: tr("保存"), "save", "Ctrl+S", self._save)
        self.command("places.export", lambda: tr("导出点位"), "download", "", self._ask_form, enabled=self._exportable)
        self.command("places.print", lambda: tr("打印点位册"), "printer", "", self._open_print, enabled=self._printable)
        self.command("places.find", lambda: tr("搜索点位"), "search", "Ctrl+F", self._find)
        for number, kind in enumerate((CHECKPOINTS, *self._makers), start=1):
            show = partial(self._choose_kind, kind)
            self.command(f"places.{kind}", partial(_show_words, kind), "map-pin", f"Alt+{number}", show)
        self.command("places.map", lambda: tr("在地图上标出"), "crosshair", "Ctrl+Shift+M", self._to_map)
        self.command("places.roster", lambda: tr("在排班表打开"), "calendar-days", "Ctrl+G", self._open_roster)

    def _exportable(self) -> bool:
        return self.isVisible() and self.kind.chosen() == CHECKPOINTS and self.export.may()

    def _printable(self) -> bool:
        return self.isVisible() and self.kind.chosen() == CHECKPOINTS and self.print.may()

    def _open_print(self) -> None:
        """Open the print dialog with the list as it is filtered now."""
        self.print.open(self.print_request())

    def _ask_form(self) -> None:
        """Ask in which form the list goes to a file, as it is filtered now."""
        menu = QMenu(self)
        menu.setObjectName("export_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for form, words in (("xlsx", tr("一张表，XLSX")), ("csv", tr("一张表，CSV"))):
            menu.addAction(words).triggered.connect(lambda _on=False, form=form: self._export_list(form))
        menu.popup(self._export.mapToGlobal(self._export.rect().bottomLeft()))

    def _export_list(self, form: str) -> None:
        pane = self.checkpoints
        pane.run(self.export.write([row.id for row in pane.list.model.shown_rows()], form))

    def _find(self) -> None:
        self._pane().list.search.focus()

    def _save(self) -> None:
        pane = self._pane()
        pane.run(pane.panel.save())

    def _open_roster(self) -> None:
        if self.kind.chosen() == CHECKPOINTS:
            self.checkpoints.open_roster()

    def _to_map(self) -> None:
        if self.kind.chosen() == CHECKPOINTS:
            self.place.side.map_wanted.emit()
        elif self.kind.chosen() == MUSTERS:
            self.muster.map_wanted.emit()

    def _create(self) -> None:
        pane = self._pane()
        pane.run(pane.new_record())


def _show_words(kind: str) -> str:
    return tr("看{kind}", kind=kind_title(kind))


def _areas(desk: Desk) -> RecordPane:
    from patrol_desk.ui.pages.places.emphasis_tabs import AreaTab

    return AreaTab(desk)


def _periods(desk: Desk) -> RecordPane:
    from patrol_desk.ui.pages.places.emphasis_tabs import PeriodTab

    return PeriodTab(desk)


def _communities(desk: Desk) -> RecordPane:
    from patrol_desk.ui.pages.places.division_tabs import CommunityTab

    return CommunityTab(desk)


def _cells(desk: Desk) -> RecordPane:
    from patrol_desk.ui.pages.places.division_tabs import CellTab

    return CellTab(desk)
