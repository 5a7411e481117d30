"""What keys, buttons and menus of the page do."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from patrol_desk.common.clock import station_today
from patrol_desk.common.weeks import Week
from patrol_desk.services.planning.board import Blocked, Candidate, Holder
from patrol_desk.services.planning.weeks import week_states
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.roster.editing import Editing, all_locked
from patrol_desk.ui.pages.roster.moving.carrying import Carrying
from patrol_desk.ui.pages.roster.moving.verdict import Mover
from patrol_desk.ui.pages.roster.views import POINTS
from patrol_desk.ui.pages.roster.week_picker import AFTER, BEFORE, WeekSheet

if TYPE_CHECKING:
    from patrol_desk.ui.pages.roster.page import RosterPage

Cell = tuple[int, int]


class Actions(QObject):
    """Turns wishes of the page's parts into edits and ways to go.

    Parameters
    ----------
    page
        Whose parts.
    """

    def __init__(self, page: "RosterPage") -> None:
        super().__init__(page)
        self._page = page
        self._desk = page.desk
        self._grid = page.grid
        self.editing = Editing(page.desk, page.grid)
        self.carrying = Carrying(page, self.editing)
        self.carry = self.carrying.carry
        self._connect()
        self._commands()

    def _connect(self) -> None:
        page, inspector, toolbar = self._page, self._page.inspector, self._page.toolbar
        self._grid.asked.connect(self.ask)
        self._grid.customContextMenuRequested.connect(self._cell_menu)
        page.view.header.menu_asked.connect(self._shifts_menu)
        page.view.names.row_menu_asked.connect(self._row_menu)
        inspector.gap_asked.connect(lambda back: self.next_gap(backwards=back))
        inspector.closed.connect(lambda: self.show_panel(False))
        inspector.fill_asked.connect(self._fill_with)
        inspector.blocked_asked.connect(self._fill_against)
        inspector.lock_asked.connect(lambda: self.ask("lock_here"))
        inspector.many_asked.connect(self.ask)
        inspector.seat_asked.connect(self._seat)
        inspector.seat_menu_asked.connect(self._seat_menu)
        inspector.cells_asked.connect(self._grid.setFocus)
        inspector.doctor_asked.connect(self.diagnose)
        inspector.demand_asked.connect(lambda: self.ask("demand"))
        toolbar.lock_asked.connect(self.lock_scope)
        toolbar.compare_asked.connect(self._compare)
        toolbar.versions_asked.connect(self.versions)
        toolbar.asked.connect(self._button)
        toolbar.weeks.moved.connect(self.go_weeks)
        toolbar.weeks.sheet_asked.connect(self._ask_weeks)
        page.compare.list_asked.connect(self.versions)
        page.run_line.versions_asked.connect(self.versions)
        page.compare.closed.connect(lambda: toolbar.compare.setChecked(False))

    def _commands(self) -> None:
        add = self._page.command
        add("roster.gap", lambda: tr("下一缺口"), "chevron-right", "F8", self._here(self.next_gap))
        before = partial(self.next_gap, backwards=True)
        add("roster.gap_before", lambda: tr("上一缺口"), "chevron-left", "Shift+F8", self._here(before))
        add("roster.plan", lambda: tr("自动排班"), "wand-sparkles", "Ctrl+R", self.plan)
        add(
            "roster.compare",
            lambda: tr("标出与已发布版本的差别"),
            "git-compare",
            "Ctrl+D",
            self._here(self.toggle_compare),
        )
        add("roster.publish", lambda: tr("发布本周排班"), "send", "", self._here(self.publish))
        add("roster.versions", lambda: tr("全部版本…"), "history", "", self._here(self.versions))
        add("roster.telling", lambda: tr("通知与确认…"), "check", "", self._here(self.telling))
        add("roster.guesses", lambda: tr("容易被猜到的点位…"), "eye", "", self._here(self.guesses))
        add("roster.this_week", lambda: tr("回到本周"), "calendar-range", "", self._here(self.this_week))
        add("roster.fold", lambda: tr("折叠全部社区"), "chevron-right", "", self._here(lambda: self._fold(True)))
        add("roster.unfold", lambda: tr("展开全部社区"), "chevron-down", "", self._here(lambda: self._fold(False)))
        add("roster.panel", lambda: tr("展开或收起面板"), "panel-right", "", self._here(self.toggle_panel))

    def _here(self, run: Callable[[], object]) -> Callable[[], None]:
        """Return a command that first goes to the page."""

        def start() -> None:
            if not self._page.isVisible():
                self._desk.go(Target("roster"))
            run()

        return start

    # Keys of the cells

    def ask(self, wish: str) -> None:
        """Do what a key of the cells asks for."""
        here = self._grid.current()
        if wish in {"earlier", "later"}:
            self.go_weeks(1 if wish == "later" else -1)
        elif wish == "list":
            self.enter_panel()
        elif wish == "fill" and here is not None:
            self.editing.start("roster.fill", self.editing.fill_first(*here))
        elif wish == "fill":
            self._grid.fold_asked.emit(self._grid.cells.lines[max(self._grid.currentIndex().row(), 0)].group)
        elif here is not None and wish in {"lock_here", "move", "demand"}:
            self._ask_of_cell(wish, here)
        elif wish == "remove":
            self._remove(self._grid.picked_cells())
        elif wish == "lock":
            self._toggle_lock(self._grid.picked_cells())
        elif wish == "lock_row":
            self._toggle_lock(self._scope("row"))

    def _ask_of_cell(self, wish: str, here: Cell) -> None:
        """Do what a key asks for of the one cell under the keys."""
        if wish == "lock_here":
            self._toggle_lock((here,))
        elif wish == "move":
            self.carrying.take_up(*here, self.carrying.points, here)
        else:
            self.demand(*here)

    def enter_panel(self) -> None:
        """Go to the candidates, opening the panel if it is closed."""
        self.show_panel(True)
        if not self._page.inspector.enter():
            self._desk.tell(tr("这一格没有席位，也没有人选。"))

    def _remove(self, cells: tuple[Cell, ...]) -> None:
        if cells:
            self.editing.start("roster.remove", self.editing.remove_cells(cells))

    def _toggle_lock(self, cells: tuple[Cell, ...]) -> None:
        board = self._page.board
        if cells and board is not None:
            self._lock(cells, locked=not all_locked(board, cells))

    def _lock(self, cells: tuple[Cell, ...], *, locked: bool) -> None:
        self.editing.start("roster.lock", self.editing.lock_cells(cells, locked=locked))

    def lock_scope(self, scope: str, locked: bool) -> None:
        """Lock or unlock the selected cells, their rows, their days, or the week."""
        cells = self._scope(scope)
        if cells:
            self._lock(cells, locked=locked)

    def _scope(self, scope: str) -> tuple[Cell, ...]:
        board, picked = self._page.board, self._grid.picked_cells()
        if board is None:
            return ()
        shifts, rows = range(len(board.shifts)), range(len(board.rows))
        if scope == "row":
            chosen = sorted({row for row, _ in picked})
            return tuple((row, shift) for row in chosen for shift in shifts)
        if scope == "day":
            days = {board.shifts[shift].on_date for _, shift in picked}
            return tuple((row, shift) for row in rows for shift in shifts if board.shifts[shift].on_date in days)
        if scope == "week":
            return tuple((row, shift) for row in rows for shift in shifts)
        return picked

    # Getting about

    def next_gap(self, *, backwards: bool = False) -> None:
        """Go to the next cell that lacks heads."""
        board = self._page.board
        if board is None:
            return
        index = self._grid.currentIndex()
        if self._page.views.chosen != POINTS:
            self._page.views.choose(POINTS)
        row, shift = self._grid.current() or (0, -1)
        if index.isValid() and self._grid.cells.lines[index.row()].head:
            row, shift = board.groups[self._grid.cells.lines[index.row()].group].first, -1
        place = board.next_gap(row, shift, backwards=backwards)
        if place is None:
            self._desk.tell(tr("本周余下的班次没有缺口。"), "ok")
        else:
            self._grid.go_to(*place)
            self._grid.setFocus()

    def go_weeks(self, weeks: int) -> None:
        """Go some weeks on or back."""
        self._desk.week = self._desk.week.plus(weeks)

    def this_week(self) -> None:
        """Go to the week of today."""
        self._desk.week = Week.of(station_today(self._desk.clock))

    def _ask_weeks(self) -> None:
        self._desk.tasks.start("roster.weeks", self._choose_week(), owner=self._page, exclusive="roster.weeks")

    async def _choose_week(self) -> None:
        here, today = self._desk.week, Week.of(station_today(self._desk.clock))
        weeks = sorted({today.plus(number) for number in range(-BEFORE, AFTER + 1)} | {here})
        states = await self._desk.read(week_states, weeks)
        sheet = WeekSheet(self._desk.theme, self._page, states, here, today)
        sheet.chosen.connect(self._take_week)
        sheet.open_below(self._page.toolbar.weeks.button)

    def _take_week(self, week: Week) -> None:
        self._desk.week = week

    def _fold(self, folded: bool) -> None:
        (self._page.views.view or self._page.view).fold_all(folded)

    def show_panel(self, shown: bool) -> None:
        """Open the panel or close it."""
        self._page.show_panel(shown)
        if not shown:
            self._page.views.focus()

    def toggle_panel(self) -> None:
        """Close the panel or open it."""
        self.show_panel(not self._page.side.isVisibleTo(self._page))

    # Buttons

    def _button(self, wish: str) -> None:
        run: dict[str, Callable[[], object]] = {
            "plan": self.plan,
            "publish": self.publish,
            "print": partial(self._desk.commands.start, "print"),
            "panel": partial(self.show_panel, True),
        }
        run[wish]()

    def plan(self) -> None:
        """Go to the auto-plan page."""
        self._desk.go(Target("planning", detail={"week": self._desk.week}))

    def diagnose(self) -> None:
        """Ask the doctor why the shift of the cell shown cannot be filled."""
        shown, board = self._page.inspector.shown, self._page.board
        if shown is not None and board is not None:
            shift = board.shifts[shown[1]]
            where = {"pattern_id": shift.pattern_id, "on_date": shift.on_date}
            self._desk.go(Target("doctor", detail={"week": self._desk.week, **where}))

    def demand(self, row: int, shift: int) -> None:
        """Change what a cell asks for."""
        from patrol_desk.ui.pages.roster.demand.dialog import change_demand

        work = change_demand(self._desk, row, shift)
        self._desk.tasks.start("roster.demand", work, owner=self._page, exclusive="roster.demand")

    def publish(self) -> None:
        """Review the draft and publish it."""
        from patrol_desk.ui.pages.roster.publishing.flow import publish_week

        self._desk.tasks.start("roster.publish", publish_week(self._desk), owner=self._page, exclusive="roster.publish")

    def versions(self) -> None:
        """Show the week's versions and what differs between two."""
        from patrol_desk.ui.pages.roster.versions.dialog import show_versions

        work = show_versions(self._desk)
        self._desk.tasks.start("roster.versions", work, owner=self._page, exclusive="roster.versions")

    def telling(self) -> None:
        """Show which squads were told of the week and have confirmed."""
        from patrol_desk.ui.pages.roster.publishing.telling import show_telling

        work = show_telling(self._desk, self._desk.week)
        self._desk.tasks.start("roster.telling", work, owner=self._page, exclusive="roster.telling")

    def guesses(self) -> None:
        """Show which checkpoints of the week are easily guessed."""
        from patrol_desk.ui.pages.roster.guessing.dialog import show_guesses

        work = show_guesses(self._desk)
        self._desk.tasks.start("roster.guesses", work, owner=self._page, exclusive="roster.guesses")

    def copy_week(self) -> None:
        """Copy the duties of the week before, after showing what would happen."""
        self._page.copying.copy_week()

    def toggle_compare(self) -> None:
        """Mark the cells that differ from the published version, or stop."""
        self._page.toolbar.compare.toggle()

    def _compare(self, on: bool) -> None:
        self._page.view.set_compare(on)
        self._page.compare.turn(on)

    # One person

    def _fill_with(self, candidate: Candidate) -> None:
        shown = self._page.inspector.shown
        if shown is not None:
            self.editing.start("roster.fill", self.editing.fill_with(candidate, *shown))

    def _fill_against(self, blocked: Blocked) -> None:
        """Show what keeps somebody away, and the ways out."""
        shown = self._page.inspector.shown
        if shown is not None:
            self.editing.start("roster.fill", self.editing.place(Mover.of_blocked(blocked), *shown))

    def _seat(self, holder: Holder, wish: str) -> None:
        if wish == "remove":
            self.editing.start("roster.remove", self.editing.remove_holder(holder))
        elif wish == "lock":
            self.editing.start("roster.lock", self.editing.lock_holder(holder))
        elif wish == "move":
            self.carry.begin(Mover.of_holder(holder), QPoint(), keys=True)
        elif wish == "person":
            self._desk.go(Target("people", holder.person_id))

    # Menus

    def _seat_menu(self, holder: Holder, point: QPoint) -> None:
        menu = self._menu()
        if not holder.locked:
            self._entry(menu, "user-x", tr("移除 {name}", name=holder.name), partial(self._seat, holder, "remove"))
            self._entry(menu, "arrow-left-right", tr("换到别的格子…"), partial(self._seat, holder, "move"))
        icon, words = ("lock-open", tr("解锁")) if holder.locked else ("lock", tr("锁定"))
        self._entry(menu, icon, words, partial(self._seat, holder, "lock"))
        self._entry(menu, "user", tr("查看人员"), partial(self._seat, holder, "person"))
        menu.popup(point)

    def _cell_menu(self, point: QPoint) -> None:
        board, cells = self._page.board, self._grid.picked_cells()
        if board is None or not cells:
            return
        menu = self._menu()
        self._entry(menu, "user-plus", tr("补位首选"), partial(self.ask, "fill"))
        for holder in board.holders(*cells[0]) if len(cells) == 1 else ():
            words = tr("换班：{name}…", name=holder.name)
            self._entry(menu, "arrow-left-right", words, partial(self._seat, holder, "move"))
        self._entry(menu, "pencil", tr("改需求…"), partial(self.demand, *cells[0]))
        self._lock_entries(menu, tr("锁定"), tr("解锁"), cells)
        self._entry(menu, "user-x", tr("移除"), partial(self._remove, cells))
        menu.popup(self._grid.viewport().mapToGlobal(point))

    def _row_menu(self, row: int, point: QPoint) -> None:
        board = self._page.board
        if board is not None:
            cells = tuple((row, shift.index) for shift in board.shifts)
            self._block_menu(cells, point, tr("锁定这一行"), tr("解锁这一行"))

    def _shifts_menu(self, first: int, last: int, point: QPoint) -> None:
        board = self._page.board
        if board is not None:
            cells = tuple((row.index, shift) for row in board.rows for shift in range(first, last + 1))
            day = last > first
            words = (tr("锁定这一天"), tr("解锁这一天")) if day else (tr("锁定这一班"), tr("解锁这一班"))
            self._block_menu(cells, point, *words)

    def _block_menu(self, cells: tuple[Cell, ...], point: QPoint, lock: str, unlock: str) -> None:
        menu = self._menu()
        self._lock_entries(menu, lock, unlock, cells)
        menu.addSeparator()
        self._entry(menu, "user-x", tr("移除其中所有班次…"), partial(self._remove, cells))
        menu.popup(point)

    def _lock_entries(self, menu: QMenu, lock: str, unlock: str, cells: tuple[Cell, ...]) -> None:
        self._entry(menu, "lock", lock, partial(self._lock, cells, locked=True))
        self._entry(menu, "lock-open", unlock, partial(self._lock, cells, locked=False))

    def _menu(self) -> QMenu:
        menu = QMenu(self._page)
        menu.setObjectName("roster_menu")
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _entry(self, menu: QMenu, icon: str, words: str, run: Callable[[], object]) -> None:
        action = menu.addAction(self._desk.theme.icon(icon), words)
        # Qt would hand over whether the entry is checked, which none of them takes.
        action.triggered.connect(lambda _checked=False: run())
