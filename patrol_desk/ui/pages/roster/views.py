"""The three views of one week: which is shown, and what its keys and its panel do."""

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget

from patrol_desk.common.actor import Actor
from patrol_desk.services.planning.board import Board, Candidate
from patrol_desk.services.planning.board.persons import PersonWeek
from patrol_desk.services.planning.board.spares import Spares, board_gaps, spares
from patrol_desk.services.planning.board.squads import SquadRow, SquadWeek
from patrol_desk.services.planning.weeks import squads_of
from patrol_desk.services.station import Station
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.roster.finding import guess_week
from patrol_desk.ui.pages.roster.grid.line_model import Line
from patrol_desk.ui.pages.roster.grid.line_view import LineView
from patrol_desk.ui.pages.roster.persons.panel import PersonPanel, Takeable, takeable
from patrol_desk.ui.pages.roster.persons.view import PersonView
from patrol_desk.ui.pages.roster.squads.panel import SquadPanel
from patrol_desk.ui.pages.roster.squads.standing import Standings
from patrol_desk.ui.pages.roster.squads.view import SquadView
from patrol_desk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from patrol_desk.services.planning.board.persons import NameKeys
    from patrol_desk.ui.pages.roster.page import RosterPage

POINTS, SQUADS, PERSONS = "points", "squads", "persons"
_STILL_S = 0.03


class Views(QObject):
    """The switch between the views, the two views beside that by checkpoint, and their panels.

    Parameters
    ----------
    page
        Whose week.
    """

    def __init__(self, page: "RosterPage") -> None:
        super().__init__(page)
        self._page = page
        self._desk = page.desk
        theme = page.desk.theme
        self.chosen = POINTS
        self.week: SquadWeek | None = None
        self.segments = Segmented(theme)
        self.segments.setObjectName("roster_views")
        self.squads, self.persons = SquadView(theme), PersonView(theme)
        self.squad_panel, self.person_panel = SquadPanel(theme), PersonPanel(theme)
        self.stack, self.sides = QStackedWidget(), QStackedWidget()
        for view in (page.view, self.squads, self.persons):
            self.stack.addWidget(view)
        for panel in (page.inspector, self.squad_panel, self.person_panel):
            self.sides.addWidget(panel)
        self.segments.changed.connect(self.choose)
        self.standings = Standings(page, self, self.squads.look)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        for view in (self.squads, self.persons):
            view.grid.moved_to.connect(self._inspect)
            view.grid.asked.connect(self._ask)
        self.persons.filters.changed.connect(self._inspect)
        squad, person = self.squad_panel, self.person_panel
        for panel in (squad, person):
            panel.closed.connect(lambda: self._page.show_panel(False))
            panel.left.connect(self.focus)
            panel.cell_asked.connect(self.go_to_cell)
        squad.fill_asked.connect(self._fill)
        squad.fill_all_asked.connect(self._fill_gaps)
        squad.print_asked.connect(lambda: self._desk.tasks.start("roster.print", self._print_squad(), owner=self._page))
        person.take_asked.connect(self._take)
        person.person_asked.connect(lambda person_id: self._desk.go(Target("people", person_id)))

    def commands(self) -> None:
        """Register the keys that choose a view."""
        add = self._page.command
        add("roster.points", lambda: tr("按点位"), "map-pin", "Alt+1", lambda: self.choose(POINTS))
        add("roster.squads", lambda: tr("按小组"), "users", "Alt+2", lambda: self.choose(SQUADS))
        add("roster.persons", lambda: tr("按人员"), "user", "Alt+3", lambda: self.choose(PERSONS))
        add("roster.search", lambda: tr("找姓名或小组"), "search", "", self._search)

    @property
    def view(self) -> LineView | None:
        """The view in sight; None: that by checkpoint."""
        return {SQUADS: self.squads, PERSONS: self.persons}.get(self.chosen)

    def choose(self, name: str) -> None:
        """Show another view of the week; the shift under the keys stays."""
        if not self._page.isVisible():
            self._desk.go(Target("roster"))
        shift = self._shift()
        self.chosen = name
        self.segments.choose(name)
        place = (POINTS, SQUADS, PERSONS).index(name)
        self.stack.setCurrentIndex(place)
        self.sides.setCurrentIndex(place)
        self._catch_up(shift)
        self._page.say_figures()
        self.focus()

    def _shift(self) -> int:
        view = self.view
        return (self._page.grid if view is None else view.grid).currentIndex().column()

    def _catch_up(self, shift: int) -> None:
        """Bring the view in sight to the board and the shift of the one before."""
        board, view = self._page.board, self.view
        if board is None:
            return
        if view is not None:
            self.show_board(board)
            here = view.grid.here()
            if here is not None and 0 <= shift < len(board.shifts):
                view.grid.go_to(here[0], shift)
            self._inspect()
        elif shift >= 0 and self._page.grid.currentIndex().isValid():
            self._page.grid.go_to_line(self._page.grid.currentIndex().row(), shift)

    def focus(self) -> None:
        """Give the cells in sight the focus."""
        view = self.view
        (self._page.grid if view is None else view.grid).setFocus()

    def show_board(self, board: Board) -> None:
        """Show a board in the view in sight; the others follow when they are chosen."""
        view = self.view
        if view is None:
            return
        if self.week is None or self.week.board is not board:
            self.week = SquadWeek(board)
        view.set_now(self._desk.now)
        if view.week is not self.week:
            view.show_week(self.week)
            self._inspect()
            if view is self.squads:
                work = self._guess(self.week)
                self._desk.tasks.start("roster.guessing", work, owner=self._page, exclusive="roster.guessing")
                self.standings.read()
            if self.persons.look.week is not None and view is self.persons:
                work = self._read_keys(self.persons.look.week)
                self._desk.tasks.start("roster.keys", work, owner=self._page, exclusive="roster.keys")

    def retranslate(self) -> None:
        """Set the texts anew."""
        names = [(POINTS, tr("按点位"), None), (SQUADS, tr("按小组"), None), (PERSONS, tr("按人员"), None)]
        self.segments.set_choices(names)
        self.segments.setAccessibleName(tr("视图"))
        self.squad_panel.retranslate()
        self.person_panel.retranslate()
        self._inspect()

    def _search(self) -> None:
        self.choose(PERSONS)
        self.persons.filters.search.focus()

    # The panels

    def _inspect(self, *_where: int) -> None:
        view, week = self.view, self.week
        here = None if view is None else view.grid.here()
        if week is None or here is None or view is None or view.week is not week:
            return
        line, shift = here
        if self.chosen == PERSONS and line.kind == "person":
            assert self.persons.look.week is not None
            self.sides.setCurrentWidget(self.person_panel)
            self.person_panel.show_person(self.persons.look.week, line.index, shift)
            work = self._find_gaps(self.persons.look.week, line.index, shift)
        else:
            self.sides.setCurrentWidget(self.squad_panel)
            squad = week.rows[line.group]
            self.squad_panel.show_squad(week, squad, shift, len(board_gaps(week, squad)))
            self.standings.show()
            if view is self.squads:
                self._tell_guesses()
            else:
                known = self.squads.guesses if self.squads.week is week else None
                self.squad_panel.show_guesses(squad, known or ())
            work = self._find_spares(week, line, shift)
        self._desk.tasks.start("roster.beside", work, owner=self._page, exclusive="roster.beside")

    async def _find_spares(self, week: SquadWeek, line: Line, shift: int) -> None:
        await asyncio.sleep(_STILL_S)
        place = line.index if line.kind == "place" else None
        found = await self._desk.read(find_spares, week, week.rows[line.group], shift, place)
        if week is self.week:
            self.squad_panel.show_spares(week, shift, found)

    async def _guess(self, week: SquadWeek) -> None:
        found = await self._desk.read(guess_week, week.board)
        if week is self.week:
            self.squads.guesses = found
            self._page.say_figures()
            self._tell_guesses()

    def _tell_guesses(self) -> None:
        """Show what of the squad in sight an observer can foresee."""
        week, here = self.week, self.squads.grid.here()
        if week is not None and here is not None and self.squads.week is week:
            self.squad_panel.show_guesses(week.rows[here[0].group], self.squads.guesses or ())

    async def _read_keys(self, week: "PersonWeek") -> None:
        self.persons.take_keys(week, await self._desk.read(find_keys, week))

    async def _find_gaps(self, week: "PersonWeek", person: int, shift: int) -> None:
        await asyncio.sleep(_STILL_S)
        found = await self._desk.read(find_gaps, week, person, shift)
        if week is self.persons.look.week:
            self.person_panel.show_gaps(week, found)

    # Keys

    def _ask(self, wish: str) -> None:
        here = None if self.view is None else self.view.grid.here()
        if wish in {"earlier", "later"}:
            self._page.actions_.go_weeks(1 if wish == "later" else -1)
        elif wish == "search":
            self._search()
        elif here is None:
            return
        elif wish == "list":
            self._page.show_panel(True)
            panel = self.sides.currentWidget()
            if isinstance(panel, SquadPanel | PersonPanel):
                panel.enter()
        elif wish == "fill":
            self._open(*here)
        elif wish in {"lock", "remove"}:
            self._change(wish)

    def _open(self, line: Line, shift: int) -> None:
        """Go on from a line: a squad to its people, a checkpoint or a duty to its cell."""
        if line.kind == "place":
            self.go_to_cell(line.index, shift)
        elif line.kind == "squad" and self.chosen == SQUADS:
            self.choose(PERSONS)
            self.persons.grid.go_to(Line("squad", line.group, line.group), shift)
        elif line.kind == "squad":
            self.persons.toggle(line.group)
        else:
            row = self.persons.look.cells(line.index)[shift].row
            if row >= 0:
                self.go_to_cell(row, shift)
            elif not self.person_panel.enter():
                self._desk.tell(tr("这一班没有此人可去的缺口。"))

    def go_to_cell(self, row: int, shift: int) -> None:
        """Go to a cell by checkpoint."""
        self.choose(POINTS)
        self._page.grid.go_to(row, shift)

    def duties_chosen(self) -> tuple[str, ...]:
        """Return the ids of the duties of the people and shifts that are selected."""
        week, grid = self.persons.look.week, self.persons.grid
        block = grid.block()
        if week is None or block is None or self.chosen != PERSONS:
            return ()
        found: list[str] = []
        for index in grid.selectedIndexes() or [grid.currentIndex()]:
            line = grid.cells.lines[index.row()]
            if line.kind == "person":
                found.extend(week.assignments(line.index, index.column()))
        return tuple(found)

    def _change(self, wish: str) -> None:
        ids = self.duties_chosen()
        board = self._page.board
        if not ids or board is None:
            self._desk.tell(tr("选中的格子里没有班。"))
            return
        locked = [each for each in ids if board.stand.held[each].row.locked]
        editing = self._page.actions_.editing
        if wish == "lock":
            editing.start("roster.lock", editing.lock_duties(ids, locked=len(locked) < len(ids)))
        else:
            editing.start("roster.remove", editing.remove_duties(ids))

    # Edits from the panels

    def _fill(self, candidate: Candidate, row: int, shift: int) -> None:
        editing = self._page.actions_.editing
        editing.start("roster.fill", editing.fill_with(candidate, row, shift))

    def _take(self, row: int, shift: int) -> None:
        view = self.persons
        here = view.grid.here()
        if here is None or view.look.week is None or here[0].kind != "person":
            return
        row_ = view.look.week.row(here[0].index)
        editing = self._page.actions_.editing
        editing.start("roster.fill", editing.put(row_.person_id, row_.name, row, shift))

    async def _print_squad(self) -> None:
        """Open the print dialog on the week of the squad in sight."""
        from patrol_desk.ui.dialogs.printing.dialog import open_print
        from patrol_desk.ui.dialogs.printing.request import PrintRequest

        here, week = None if self.view is None else self.view.grid.here(), self.week
        if here is None or week is None:
            return
        people = PersonWeek(week).of_squad(week.rows[here[0].group])
        ids = {week.board.frame.week_problem.person_ids[person] for person in people}
        squads = await self._desk.read(squads_of, week.board.week, ids)
        open_print(self._desk, PrintRequest(week.board.week, squads, "squad-week"))

    def _fill_gaps(self) -> None:
        view, week = self.view, self.week
        here = None if view is None else view.grid.here()
        if here is not None and week is not None:
            editing = self._page.actions_.editing
            squad = week.rows[here[0].group]
            editing.start("roster.fill", editing.fill_squad(week, squad))


def find_spares(
    station: Station, actor: Actor, week: SquadWeek, squad: SquadRow, shift: int, place: int | None
) -> Spares:
    """Return who of a squad could be drawn, as the desk's reader threads ask for it."""
    del station, actor  # The board holds all that is asked.
    return spares(week, squad, shift, place)


def find_keys(station: Station, actor: Actor, week: "PersonWeek") -> "NameKeys":
    """Return what names are searched by, as the desk's reader threads ask for it."""
    del station, actor
    return week.keys


def find_gaps(station: Station, actor: Actor, week: "PersonWeek", person: int, shift: int) -> tuple[Takeable, ...]:
    """Return the gaps somebody could take, as the desk's reader threads ask for it."""
    del station, actor
    return takeable(week, person, shift)
