"""The roster page: the week by checkpoint, by squad, by person."""

import asyncio
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.weeks import Week
from patrol_desk.services.planning.board import Board, BoardFigures
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.dialogs.printing.outdated import OutdatedBanner
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.page import Page
from patrol_desk.ui.pages.roster.actions import Actions
from patrol_desk.ui.pages.roster.copying.flow import Copying
from patrol_desk.ui.pages.roster.finding import find_candidates, guess_place, prove_figures
from patrol_desk.ui.pages.roster.grid.week_view import WeekView
from patrol_desk.ui.pages.roster.inspector.panel import Inspector
from patrol_desk.ui.pages.roster.kpis import kpis
from patrol_desk.ui.pages.roster.toolbar import Toolbar
from patrol_desk.ui.pages.roster.versions.banner import CompareBanner, RunBanner
from patrol_desk.ui.pages.roster.views import POINTS, Views
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.kpi import KpiStrip
from patrol_desk.ui.widgets.states import StateStack, state_button

if TYPE_CHECKING:
    from patrol_desk.ui.dialogs.printing.request import PrintRequest

_MINUTE_MS = 60_000
_STILL_S = 0.03
"""How long the current cell must stay before its candidates are looked for."""
_PROVE_S = 0.3
"""How long a board must stay before its bound is computed again."""


class RosterPage(Page):
    """A week of cells, the inspector beside it, and everything a planner does with both."""

    name: ClassVar[str] = "roster"
    icon: ClassVar[str] = "calendar-days"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.view = WeekView(desk.theme)
        self.grid = self.view.grid
        self.inspector = Inspector(desk.theme)
        self.kpis = KpiStrip(desk.theme)
        self.states = StateStack(desk.theme)
        self.toolbar = Toolbar(desk, self.bar)
        self.compare, self.run_line = CompareBanner(desk.theme), RunBanner(desk.theme)
        self.views = Views(self)
        self.bar.left(self.views.segments)
        self.board: Board | None = None
        self._figures: BoardFigures | None = None
        self._figures_of: Board | None = None
        self._wanted: Target | None = None
        self._by_hand: Week | None = None
        self._focus_wanted = False
        self._panel_wanted = True
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE_MS)
        self._clock.timeout.connect(self._tick)
        self._build()
        self.actions_ = Actions(self)
        self.views.commands()
        self.copying = Copying(self)
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.outdated = OutdatedBanner(self.desk, lambda: self.desk.week, "roster")
        column.addWidget(self.outdated)
        column.addWidget(self.kpis)
        column.addWidget(self.compare)
        column.addWidget(self.run_line)
        column.addWidget(self.views.stack, 1)
        self._content = content
        self.states.hold(content)
        self.set_body(self.states)
        self.set_side(self.views.sides, "inspector")
        self.setFocusProxy(self.views.stack)

    def _connect(self) -> None:
        desk = self.desk
        desk.week_changed.connect(self._other_week)
        desk.boards.changed.connect(self._fresh_board)
        self.grid.moved_to.connect(self._inspect)
        self.grid.picked.connect(self._picked)

    @override
    def label(self) -> str:
        return tr("排班")

    @override
    def retranslate(self) -> None:
        self.bar.title(tr("排班"))
        self.toolbar.retranslate()
        self.views.retranslate()
        self.toolbar.weeks.show_week(self.desk.week)
        self.inspector.retranslate()
        self.compare.retranslate()
        self.run_line.retranslate()
        if self.board is not None:
            self.say_figures()
            self._show_state(self.board)
            self._reinspect()
            self._prove(self.board)

    @override
    def enter(self, target: Target | None) -> None:
        self._wanted = target if target is not None and (target.record_id or target.detail) else self._wanted
        wanted = self._wanted_week()
        self._clock.start()
        if wanted is not None and wanted != self.desk.week:
            self.desk.week = wanted
        else:
            self.reload()
        self._focus_wanted = True

    @override
    def leave(self) -> bool:
        self._clock.stop()
        self.actions_.carry.cancel()
        return True

    @override
    def close_down(self) -> None:
        self._clock.stop()

    @override
    def on_changes(self, changes: ChangeSet) -> None:
        self.reload()

    @override
    def print_request(self) -> "PrintRequest | None":
        from patrol_desk.ui.dialogs.printing.request import PrintRequest

        return PrintRequest(self.desk.week)

    # Loading

    def reload(self) -> None:
        """Read the week in view again, as far as anything changed."""
        self.desk.tasks.start("roster.load", self._load(), owner=self, exclusive="roster.load")

    async def _load(self) -> None:
        week = self.desk.week
        self.toolbar.weeks.show_week(week)
        if self.board is None or self.board.week != week:
            self.states.loading()
        try:
            board = await self.desk.boards.get(week)
        except PatrolError as error:
            self.states.error(say(error.message), state_button(self.desk.theme, tr("重试"), self.reload))
            return
        if week == self.desk.week:
            self._show(board)

    def _fresh_board(self, week: Week) -> None:
        board = self.desk.boards.held(week)
        if board is not None and week == self.desk.week and self.isVisible():
            self._show(board)

    def _other_week(self, week: Week) -> None:
        self.toolbar.weeks.show_week(week)
        if self.isVisible():
            self.reload()

    def _tick(self) -> None:
        """Go on with the clock: shifts begin and end while the page is open."""
        if self.board is not None:
            self._show(self.board)

    # Showing

    def _show(self, given: Board) -> None:
        board = given.at(self.desk.now)
        other_week = self.board is None or self.board.week != board.week
        changed = board is not self.board
        self.board = board
        self.view.show_board(board)
        self.view.set_now(self.desk.now)
        self.views.show_board(board)
        if changed:
            self.say_figures(proving=board.packed is not None)
            self.compare.show_board(board)
            self.run_line.show_board(board)
            self._prove(board)
        self._show_state(board)
        self.outdated.begin()
        self._go_to_wanted(board, first=other_week)
        if changed:
            self._reinspect()

    def say_figures(self, *, proving: bool = False) -> None:
        """Show the figures of the view in sight."""
        view = self.views.view
        if view is not None:
            self.kpis.show(view.kpis())
        elif self.board is not None:
            self.kpis.show(kpis(self._proven_figures(self.board), proving=proving))

    def _proven_figures(self, board: Board) -> BoardFigures:
        return self._figures if self._figures is not None and self._figures_of is board else board.figures()

    def _show_state(self, board: Board) -> None:
        """Show the cells, or why there are none and what to do about it."""
        theme, focus = self.desk.theme, QApplication.focusWidget()
        self._focus_wanted = self._focus_wanted or (focus is not None and self._content.isAncestorOf(focus))
        planned = board.version is not None
        publishable = planned and board.version is not None and board.version.state.value == "draft"
        self.toolbar.show_state(planned=planned, publishable=publishable, demand=board.has_demand)
        # The button that published is out of use now: the keys go on in the roster, not at the button beside it.
        spent = focus is not None and self.isAncestorOf(focus) and not focus.isEnabled()
        self._focus_wanted = self._focus_wanted or spent
        shown = planned or (self._by_hand == board.week and board.has_demand)
        self.side.setVisible(shown and self._panel_wanted)
        self.toolbar.show_panel(offer=shown and not self._panel_wanted)
        if not board.has_demand and not planned:
            button = state_button(theme, tr("去点位填写需求"), lambda: self.desk.go(Target("places")), "map-pin")
            self.states.empty("map-pin", tr("这一周没有勤务需求，没有要排的班。先在点位里填写需求。"), button)
            self._focus_on(button)
        elif not shown:
            sentence, buttons = tr("本周还没有排班。可复制上周，或自动排班。"), self._empty_buttons()
            self.states.empty("calendar-days", sentence, buttons)
            self._focus_on(buttons.findChild(Button, "empty_plan"))
        else:
            self.states.content()
            if self._focus_wanted:
                self._focus_wanted = False
                self.views.focus()

    def _focus_on(self, button: QWidget | None) -> None:
        """Give a button of an empty week the focus, unless a dialog or another page has it."""
        if button is not None and self.isVisible() and self._focus_wanted:
            button.setFocus()

    def show_panel(self, shown: bool) -> None:
        """Open the panel beside the cells or close it; it stays so for other weeks."""
        self._panel_wanted = shown
        if self.board is not None:
            self._show_state(self.board)

    def _empty_buttons(self) -> QWidget:
        theme = self.desk.theme
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        plan = Button(theme, "wand-sparkles", "primary", "Ctrl+R")
        plan.setText(tr("自动排班"))
        plan.clicked.connect(self.actions_.plan)
        copy = Button(theme, "copy")
        copy.setText(tr("复制上周"))
        copy.clicked.connect(self.actions_.copy_week)
        hand = Button(theme, "pencil", "ghost")
        hand.setText(tr("手工排班"))
        hand.clicked.connect(self.plan_by_hand)
        for button, name in ((plan, "empty_plan"), (copy, "empty_copy"), (hand, "empty_hand")):
            button.setObjectName(name)
            row.addWidget(button)
        return buttons

    def plan_by_hand(self) -> None:
        """Show the cells of a week without a plan."""
        self._by_hand = self.desk.week
        if self.board is not None:
            self._show_state(self.board)
            self.grid.setFocus()

    def _prove(self, board: Board) -> None:
        if board.packed is not None:
            self.desk.tasks.start("roster.prove", self._proven(board), owner=self, exclusive="roster.prove")

    async def _proven(self, board: Board) -> None:
        await asyncio.sleep(_PROVE_S)
        figures = await self.desk.read(prove_figures, board)
        if board is self.board:
            self._figures, self._figures_of = figures, board
            self.say_figures()

    # Where the page is

    def _wanted_week(self) -> Week | None:
        detail = self._wanted.detail if self._wanted is not None else {}
        week, day = detail.get("week"), _day(detail.get("on_date"))
        if isinstance(week, Week):
            return week
        return None if day is None else Week.of(day)

    def _go_to_wanted(self, board: Board, *, first: bool) -> None:
        """Go to the cell that was asked for; at first to the first gap, else stay."""
        wanted, self._wanted = self._wanted, None
        place = None
        if wanted is not None:
            checkpoint = str(wanted.detail.get("checkpoint_id") or wanted.record_id or "")
            day = _day(wanted.detail.get("on_date"))
            if checkpoint and day is not None:
                place = board.locate(checkpoint, str(wanted.detail.get("pattern_id", "")), day)
        if place is None and (first or not self.grid.currentIndex().isValid()) and board.rows and board.shifts:
            place = board.next_gap(0, -1, red_only=True) or (0, 0)
        if place is not None:
            if wanted is not None and self.views.chosen != POINTS:
                self.views.choose(POINTS)
            self.grid.go_to(*place)

    # The inspector

    def _reinspect(self) -> None:
        index = self.grid.currentIndex()
        if index.isValid():
            self._inspect(index.row(), index.column())
        else:
            self.inspector.show_nothing()
        self._picked()

    def _inspect(self, line: int, shift: int) -> None:
        board = self.board
        if board is None or line >= len(self.grid.cells.lines) or shift >= len(board.shifts):
            return
        found = self.grid.cells.lines[line]
        self.desk.tasks.cancel("roster.candidates")
        if found.head:
            self.inspector.show_group(board, found.group, shift)
            return
        self.inspector.show_cell(board, found.row, shift)
        habit = self._guess(board, found.row, shift)
        self.desk.tasks.start("roster.habit", habit, owner=self, exclusive="roster.habit")
        if any(seat.holder is None for seat in self.inspector.seat_model.items):
            work = self._find(board, found.row, shift)
            self.desk.tasks.start("roster.candidates", work, owner=self, exclusive="roster.candidates")

    async def _find(self, board: Board, row: int, shift: int) -> None:
        await asyncio.sleep(_STILL_S)
        found = await self.desk.read(find_candidates, board, row, shift)
        if board is self.board and self.inspector.shown == (row, shift):
            self.inspector.show_candidates(found)

    async def _guess(self, board: Board, row: int, shift: int) -> None:
        await asyncio.sleep(_STILL_S)
        found = await self.desk.read(guess_place, board, row)
        if board is self.board and self.inspector.shown == (row, shift):
            self.inspector.habit.show_place(found, shift)

    def _picked(self) -> None:
        board = self.board
        if board is None:
            return
        cells = self.grid.picked_cells()
        held = [board.cell(*cell) for cell in cells]
        heads = sum(cell.heads for cell in held)
        locked = bool(heads) and all(cell.locked for cell in held if cell.heads)
        self.inspector.show_many(len(cells), heads, locked=locked)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.toolbar.fit(self.width())


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    return date.fromisoformat(value) if isinstance(value, str) else None
