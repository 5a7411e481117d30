"""The page of people: list and panel side by side."""

from collections.abc import Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout
from typing_extensions import override

from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.errors import PatrolError
from patrol_desk.services.people import (
    SHOWN,
    Choices,
    PersonRow,
    changed_people,
    list_people,
    may_edit,
    may_export,
    people_choices,
)
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.itemmodels.rows import RowsModel
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.page import Page
from patrol_desk.ui.pages.people.acting import PeopleActions
from patrol_desk.ui.pages.people.bar_buttons import BarButtons
from patrol_desk.ui.pages.people.bulk import BulkBar
from patrol_desk.ui.pages.people.columns import PeopleColumns
from patrol_desk.ui.pages.people.editing import PersonEditor
from patrol_desk.ui.pages.people.filter_bar import FilterBar
from patrol_desk.ui.pages.people.filters import Filters, Looking, Segment, filters_for, in_segment, segment_of
from patrol_desk.ui.pages.people.foot import FootBar, figures_of
from patrol_desk.ui.pages.people.found import say_found
from patrol_desk.ui.pages.people.modes import Modes
from patrol_desk.ui.pages.people.panel import PersonPanel
from patrol_desk.ui.pages.people.panel_acts import PanelActs
from patrol_desk.ui.pages.people.picking import PickDialog, squad_picks
from patrol_desk.ui.pages.people.table import PeopleTable
from patrol_desk.ui.pages.people.ticked import Ticked
from patrol_desk.ui.widgets.segmented import Segmented
from patrol_desk.ui.widgets.states import StateStack, state_button

if TYPE_CHECKING:
    from patrol_desk.services.people.squads import GroupLine
    from patrol_desk.ui.dialogs.printing.request import PrintRequest

_SEGMENTS: tuple[tuple[Segment | Literal["squads"], Callable[[], str]], ...] = (
    ("books", lambda: tr("在册")),
    ("team", lambda: tr("先莞队")),
    ("squads", lambda: tr("队伍")),
    ("retired", lambda: tr("已停用")),
)


class PeoplePage(Page):
    """People: who there is, who can serve when, and everything about one person."""

    name: ClassVar[str] = "people"
    icon: ClassVar[str] = "users"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._editable = may_edit(desk.actor)
        self._choices: Choices | None = None
        self._stale = True
        self._wanted_id = ""
        self._wanted_filter: Mapping[str, object] = {}
        self._columns = PeopleColumns(desk.theme)
        self.model: RowsModel[PersonRow] = RowsModel(self._columns.make(), self)
        self._looking = Looking(self.model)
        self._totals: dict[str, int] = {}
        self.table = PeopleTable(desk.theme)
        self.table.setObjectName("people_table")
        self.table.set_rows_model(self.model)
        self.filters = FilterBar(desk.theme)
        self.table.search = self.filters.search
        self.filters.search.target = self.table
        self.bulk = BulkBar(desk.theme, exportable=may_export(desk.actor))
        self.foot = FootBar(desk.theme)
        self.states = StateStack(desk.theme)
        self.panel = PersonPanel(desk.theme, editable=self._editable)
        self.editor = PersonEditor(desk, self.panel)
        self.deeds = PeopleActions(desk)
        self._acts = PanelActs(desk, self.editor, self.deeds, self.model.all_rows)
        self._ticked = Ticked(self.model, self.bulk, self._acts, self.deeds, self._start)
        self._segments = Segmented(desk.theme)
        self._segments.setObjectName("people_segments")
        self._buttons = BarButtons(desk.theme, editable=self._editable)
        self._build()
        self._connect()
        self._commands()
        self.model.sort(self.model.column_of("squad"))
        self.retranslate()

    def _build(self) -> None:
        self.bar.left(self._segments)
        self._buttons.place(self.bar)
        body = QFrame()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.filters, self.bulk):
            column.addWidget(widget)
        column.addWidget(self.states, 1)
        column.addWidget(self.foot)
        self.states.content(self.table)
        self.modes = Modes(self.desk, body, editable=self._editable)
        self.set_body(self.modes)
        self.set_side(self.panel, "people")
        self.side.hide()

    def _connect(self) -> None:
        buttons = self._buttons
        self._segments.changed.connect(self._choose_segment)
        self.modes.members_wanted.connect(self._show_members)
        buttons.imports.clicked.connect(lambda: self.desk.go(Target("importing")))
        buttons.twins.clicked.connect(lambda: self._start(self._acts.duplicates()))
        self.editor.twins_wanted.connect(lambda: self._start(self._acts.duplicates()))
        buttons.new.clicked.connect(self.new)
        buttons.enrol.clicked.connect(self.enrol)
        self.filters.changed.connect(self._filter)
        self.filters.squads_wanted.connect(lambda: self._start(self._choose_squads()))
        self.table.current_row_changed.connect(self._follow)
        self.table.activated_row.connect(self._open)
        self.table.escaped.connect(self._escape)
        self.model.ticks.changed.connect(self._show_ticked)
        self.panel.head.closed.connect(lambda: self.editor.guard(self._close_panel))
        self.editor.created.connect(self._created)
        self.editor.gone.connect(self._close_panel)
        self.desk.week_changed.connect(self._turn_week)

    def _commands(self) -> None:
        self.command("people.new", self._new_words, "user-plus", "Ctrl+N", self.new, enabled=self._may)
        self.command("people.squads", lambda: tr("队伍"), "users", "", lambda: self._segments.pick("squads"))
        self.command(
            "people.enrol", lambda: tr("整建制加入"), "building-2", "", self.enrol, enabled=lambda: self._editable
        )
        self.command("people.save", lambda: tr("保存"), "save", "Ctrl+S", self.editor.save, enabled=self._may)
        self.command("people.search", lambda: tr("查找人员"), "search", "", self.filters.search.focus)
        self.command("people.clear", lambda: tr("清除筛选"), "list-filter", "", self.filters.clear)

    def _new_words(self) -> str:
        return tr("新建队伍") if self.modes.in_squads else tr("新增人员")

    @override
    def print_request(self) -> "PrintRequest | None":
        return self.modes.print_request()

    def _may(self) -> bool:
        return self._editable and self.isVisible()

    # The page's own

    @override
    def label(self) -> str:
        return tr("人员")

    @override
    def retranslate(self) -> None:
        self.bar.title(tr("人员"))
        self._buttons.retranslate(groups=self.modes.in_squads)
        self.filters.retranslate()
        self.table.setAccessibleName(tr("人员"))
        self._count_segments()
        self._show_found()

    @override
    def enter(self, target: Target | None) -> None:
        if target is not None and target.record_id is not None:
            self._wanted_id = target.record_id
        if target is not None and target.detail:
            self._wanted_filter = target.detail
        if self._stale:
            self._read_all()
        else:
            self._go_to_wanted()
        (self.modes.squads.focus if self.modes.squads and self.modes.in_squads else self.table.setFocus)()

    @override
    def leave(self) -> bool:
        if not self.panel.unsaved():
            return True
        self.editor.guard(self.again)
        return False

    @override
    def on_changes(self, changes: ChangeSet) -> None:
        if self._choices is None:
            return
        self.modes.on_changes(changes)
        if not any(changes.touches(kind) for kind in SHOWN):
            if changes.touches("duty_request"):
                self.editor.reread()
            return
        self._start(self._reread(changes))
        self.editor.reread()

    # Reading

    def _start(self, work: Coroutine[object, object, object], exclusive: str = "") -> None:
        self.desk.tasks.start(exclusive or "people", work, owner=self, exclusive=exclusive)

    def _turn_week(self) -> None:
        """Count another week's duties, at once or when the page is shown again."""
        self._stale = True
        if self.isVisible():
            self._read_all()

    def _read_all(self) -> None:
        self._start(self._read(), "people.list")

    async def _read(self) -> None:
        if self._choices is None:
            self.states.loading()
        try:
            choices = await self.desk.read(people_choices)
            rows = await self.desk.read(list_people, self.desk.week)
        except PatrolError as error:
            self.states.error(say(error.message), state_button(self.desk.theme, tr("再试一次"), self._read_all))
            return
        self._stale = False
        self._take_choices(choices)
        self._looking.look_for(self.filters.filters, choices.today)
        self.model.set_rows(rows)
        self._count_segments()
        self._show_found()
        self._go_to_wanted()
        focus = QApplication.focusWidget()
        if self.isVisible() and (focus is None or not self.isAncestorOf(focus)):
            self.table.setFocus()

    async def _reread(self, changes: ChangeSet) -> None:
        if changes.touches("squad") or changes.touches("skill") or changes.touches("shift_pattern"):
            self._take_choices(await self.desk.read(people_choices))
        rows = await self.desk.read(changed_people, self.desk.week, changes)
        if rows is None:
            self.model.replace(await self.desk.read(list_people, self.desk.week))
        else:
            gone = set(changes.by_kind.get("person", ())) - {row.id for row in rows}
            if gone:
                self.model.remove_rows(gone)
            self.model.update_rows(rows)
        self._count_segments()
        self._show_found()
        self.modes.take(self.model.all_rows(), self._choices)
        if self._wanted_id:
            self._go_to_wanted()

    def _take_choices(self, choices: Choices) -> None:
        self._choices = self._acts.choices = choices
        self._columns.today, self._columns.skills = choices.today, choices.skills
        self.filters.set_choices(choices)
        self.panel.set_choices(choices)

    # The list

    def _filter(self, filters: Filters) -> None:
        if self._choices is not None:
            self._looking.look_for(filters, self._choices.today)
            self._show_found()

    def _choose_segment(self, key: str) -> None:
        self.model.ticks.clear()
        if key == "squads":
            self.editor.guard(self._show_squads, stay=lambda: self._segments.choose(self.filters.filters.segment))
            return
        self._show_list()
        self.filters.set_segment(segment_of(key))

    def _show_squads(self) -> None:
        self.side.hide()
        self.modes.show_squads(self.model.all_rows(), self._choices)
        self._show_mode()

    def _show_mode(self) -> None:
        """Offer what belongs to groups, or to people."""
        self._buttons.show_mode(groups=self.modes.in_squads)

    def enrol(self) -> None:
        """Make a whole organisation a squad, from the view of groups."""
        self._segments.pick("squads")
        if self.modes.squads is not None:
            self.modes.squads.enrol()

    def _show_list(self) -> None:
        if self.modes.in_squads:
            self.modes.setCurrentIndex(0)
            self._show_mode()
            self.side.setVisible(self.panel.mode != "none")
            self.table.setFocus()

    def _show_members(self, group: "GroupLine") -> None:
        """Show the people of a group in the list."""
        self._wanted_filter = {"squad_id" if group.kind == "squad" else "team_id": group.id}
        self._go_to_wanted()

    def _count_segments(self) -> None:
        rows = self.model.all_rows()
        groups = len(self._choices.squads) + len(self._choices.teams) if self._choices is not None else 0
        self._totals = {
            key: groups if key == "squads" else sum(map(in_segment(segment_of(key)), rows)) for key, _ in _SEGMENTS
        }
        self._segments.set_choices([(key, words(), self._totals[key]) for key, words in _SEGMENTS])

    def _show_found(self) -> None:
        """Show figures of what was found, or say why there is nothing."""
        if self._choices is None:
            return
        filters, theme = self.filters.filters, self.desk.theme
        shown = self.model.shown_rows()
        self.filters.show_count(len(shown), self._totals[filters.segment])
        self.foot.show_figures(figures_of(shown, self._choices.today))
        say_found(self.states, theme, filters, (len(shown), len(self.model.all_rows())), self.filters.clear, self.new)

    async def _choose_squads(self) -> None:
        if self._choices is None:
            return
        picks = squad_picks(self._choices.squads, self.model.all_rows())
        dialog = PickDialog(
            self.desk.host, self.desk.theme, tr("只看这些小组"), tr("筛选"), picks,
            chosen=self.filters.filters.squads,
        )  # fmt: skip
        if await dialog.ask():
            self.filters.set_squads(dialog.picked)

    def _show_ticked(self) -> None:
        self._ticked.show(retired=self.filters.filters.segment == "retired", editable=self._editable)

    def _escape(self) -> None:
        if not self._ticked.clear() and self.side.isVisible():
            self.editor.guard(self._close_panel)

    # The panel

    def new(self) -> None:
        """Make a new person, or a new group while groups are shown."""
        if self.modes.squads is not None and self.modes.in_squads:
            self.modes.squads.new()
            return
        self.side.show()
        self.editor.new()

    def _follow(self, row: PersonRow | None) -> None:
        """Show the person whose row has the focus; ask first when there are edits that are not saved."""
        held = self.panel.detail
        if row is None or not self.side.isVisible() or (held is not None and row.id == held.id):
            return
        self.editor.guard(lambda: self.editor.show(row.id), stay=lambda: self.table.go_to(held.id) if held else None)

    def _open(self, row: PersonRow) -> None:
        self.side.show()
        held = self.panel.detail
        if held is None or held.id != row.id:
            self.editor.guard(lambda: self.editor.show(row.id))
        self.panel.tabs.setFocus()

    def _close_panel(self) -> None:
        self.side.hide()
        self.panel.show_nobody()
        self.table.setFocus()

    def _created(self, person_id: str) -> None:
        self._wanted_id = person_id
        self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        """Go to the row asked for, whatever filter hides it; at first to the first row."""
        if self._wanted_filter:
            self._show_only(*filters_for(self._wanted_filter, self.model.all_rows()))
            self._wanted_filter = {}
        wanted = self._wanted_id
        if wanted and self.model.place_of(wanted) is None and any(r.id == wanted for r in self.model.all_rows()):
            row = next(row for row in self.model.all_rows() if row.id == wanted)
            self._show_only(Filters(segment="retired" if row.retired else "books"))
        if wanted:
            self._show_list()
            self._segments.choose(self.filters.filters.segment)
            if self.table.go_to(wanted):
                self._wanted_id = ""
                self._open(self.model.row(self.table.currentIndex()))
        elif self.panel.mode == "none" and self.model.rowCount() and not self.modes.in_squads:
            self.side.show()
            self.table.selectRow(0)
            self._follow(self.model.row_at(0))

    def _show_only(self, filters: Filters, team: str = "") -> None:
        self._show_list()
        self._segments.choose(filters.segment)
        self.filters.look_for(filters, team)
