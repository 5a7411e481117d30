"""What is taken up where: from the cells, the lines of squads and people, and the panels beside them."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from patrol_desk.services.planning.board import Candidate, Holder
from patrol_desk.services.squad_colours import NO_SQUAD_COLOUR
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.roster.editing import Editing
from patrol_desk.ui.pages.roster.grid.line_model import Line
from patrol_desk.ui.pages.roster.grid.painting import pip_near
from patrol_desk.ui.pages.roster.moving.carry import Carry
from patrol_desk.ui.pages.roster.moving.surfaces import (
    Landing,
    PersonSurface,
    PointSurface,
    Spot,
    SquadSurface,
    Surface,
)
from patrol_desk.ui.pages.roster.moving.verdict import Mover, Post

if TYPE_CHECKING:
    from patrol_desk.ui.pages.roster.page import RosterPage


class Carrying(QObject):
    """Begins to carry in all three views, and does what a drop asks for.

    Parameters
    ----------
    page
        Whose views.
    editing
        Writes.
    """

    def __init__(self, page: "RosterPage", editing: Editing) -> None:
        super().__init__(page)
        self._page = page
        self._editing = editing
        views = page.views
        self.squads, self.persons = SquadSurface(views.squads.grid), PersonSurface(views.persons.grid)
        self.points = PointSurface(page.grid)
        self.carry = Carry((self.points, self.squads, self.persons), page.desk.host)
        self.carry.dropped.connect(self._dropped)
        page.grid.carry_asked.connect(self._pip)
        page.inspector.carry_asked.connect(self._from_inspector)
        views.squads.grid.carry_asked.connect(self._from_squads)
        views.persons.grid.carry_asked.connect(self._from_persons)
        views.squads.grid.asked.connect(self._asked)
        views.persons.grid.asked.connect(self._asked)
        squad, person = views.squad_panel, views.person_panel
        squad.spare_list.carry_asked.connect(lambda row, point: self._spare(row, point, keys=False))
        squad.spare_list.key_asked.connect(lambda row, wish: self._by_key(wish, partial(self._spare, row)))
        squad.duty_list.carry_asked.connect(lambda row, point: self._duty(row, point, keys=False))
        squad.duty_list.key_asked.connect(lambda row, wish: self._by_key(wish, partial(self._duty, row)))
        person.gap_list.carry_asked.connect(lambda row, point: self._gap(row, point, keys=False))
        person.gap_list.key_asked.connect(lambda row, wish: self._by_key(wish, partial(self._gap, row)))

    def _dropped(self, landing: Landing, surface: Surface, spot: Spot) -> None:
        over = (surface.grid, spot)
        self._editing.start("roster.move", self._editing.place(landing.mover, landing.row, landing.shift, over))

    @staticmethod
    def _by_key(wish: str, begin: "partial[None]") -> None:
        if wish == "move":
            begin(QPoint(), keys=True)

    # By checkpoint

    def _pip(self, row: int, shift: int, pip: int, point: QPoint) -> None:
        holders = self._holders(row, shift)
        if pip < len(holders):
            self.carry.begin(Mover.of_holder(holders[pip]), point)

    def _from_inspector(self, who: Holder | Candidate, point: QPoint) -> None:
        self.carry.begin(Mover.of_holder(who) if isinstance(who, Holder) else Mover.of_candidate(who), point)

    def _holders(self, row: int, shift: int) -> tuple[Holder, ...]:
        board = self._page.board
        return () if board is None else board.holders(row, shift)

    # By squad and by person

    def _from_squads(self, line: Line, shift: int, at: QPoint, point: QPoint) -> None:
        """Take up the one whose pip was pressed."""
        board, grid = self._page.board, self._page.views.squads.grid
        found = grid.cell_at(at)
        if board is None or found is None:
            return
        rect = grid.cell_rect(*found).adjusted(0, 0, -1, -1)
        number = pip_near(rect, board.cell(line.index, shift), grid.theme, at)
        holders = self._holders(line.index, shift)
        if number is not None and number < len(holders):
            self.carry.begin(Mover.of_holder(holders[number]), point, over=self.squads)

    def _from_persons(self, line: Line, shift: int, _at: QPoint, point: QPoint) -> None:
        post = self._post(line, shift)
        if post is not None:
            self.carry.begin(post, point, over=self.persons)

    def _post(self, line: Line, shift: int) -> Post | None:
        """Return the duty of a person in a shift."""
        board, week = self._page.board, self._page.views.persons.look.week
        if board is None or week is None or line.kind != "person":
            return None
        duty = next(iter(week.assignments(line.index, shift)), None)
        place = None if duty is None else board.where(duty)
        if duty is None or place is None:
            return None
        card = board.person(week.row(line.index).person_id)
        return Post(duty, *place, board.rows[place[0]].name, card.colour, card.person_id, card.name)

    def _asked(self, wish: str) -> None:
        """M in the lines: take up the duty, or whoever stands at the checkpoint."""
        view = self._page.views.view
        here = None if view is None else view.grid.here()
        if wish != "move" or here is None or view is None:
            return
        line, shift = here
        post = self._post(line, shift)
        if post is not None:
            self.carry.begin(post, QPoint(), keys=True, over=self.persons)
        elif line.kind == "place":
            self.take_up(line.index, shift, self.squads, (view.grid.currentIndex().row(), shift))
        else:
            self._page.desk.tell(tr("选中的格子里没有班。"))

    def take_up(self, row: int, shift: int, over: Surface, spot: Spot) -> None:
        """Take up by key who stands in a cell; of several a menu asks whom."""
        holders = self._holders(row, shift)
        if not holders:
            self._page.desk.tell(tr("选中的格子里没有人。"))
        elif len(holders) == 1:
            self.carry.begin(Mover.of_holder(holders[0]), QPoint(), keys=True, over=over)
        else:
            self._ask_whom(holders, over, spot)

    def _ask_whom(self, holders: tuple[Holder, ...], over: Surface, spot: Spot) -> None:
        menu = QMenu(self._page)
        menu.setObjectName("roster_menu")
        menu.aboutToHide.connect(menu.deleteLater)
        for holder in holders:
            action = menu.addAction(
                self._page.desk.theme.icon("arrow-left-right"), tr("换班：{name}…", name=holder.name)
            )
            begin = partial(self.carry.begin, Mover.of_holder(holder), QPoint(), keys=True, over=over)
            action.triggered.connect(partial(_without_check, begin))
        menu.popup(over.grid.viewport().mapToGlobal(over.grid.cell_rect(*spot).bottomLeft()))
        menu.setActiveAction(menu.actions()[0])

    # From the panels

    def _spare(self, number: int, point: QPoint, *, keys: bool) -> None:
        """Take up somebody who could be drawn."""
        self._to_squads(Mover.of_candidate(self._page.views.squad_panel.spare_model.items[number]), point, keys=keys)

    def _duty(self, number: int, point: QPoint, *, keys: bool) -> None:
        """Take up somebody of the squad who is on duty."""
        pair = self._page.views.squad_panel.duty_list.pairs.items[number]
        holder = next((one for one in self._holders(pair.row, pair.shift) if one.assignment_id == pair.key), None)
        if holder is not None:
            self._to_squads(Mover.of_holder(holder), point, keys=keys)

    def _to_squads(self, mover: Mover, point: QPoint, *, keys: bool) -> None:
        """Carry over the lines of squads; in the view by person, where the panel shows too, there is no such line."""
        if self._page.views.view is self._page.views.squads:
            self.carry.begin(mover, point, keys=keys, over=self.squads)
        else:
            self._page.desk.tell(tr("这里没有点位的格子。按 Alt+2 在小组下面的点位上放。"))

    def _gap(self, number: int, point: QPoint, *, keys: bool) -> None:
        """Take up a gap that looks for somebody."""
        board = self._page.board
        pair = self._page.views.person_panel.gap_list.pairs.items[number]
        if board is not None:
            post = Post("", pair.row, pair.shift, board.rows[pair.row].name, NO_SQUAD_COLOUR)
            self.carry.begin(post, point, keys=keys, over=self.persons)


def _without_check(begin: "partial[None]", _checked: bool = False) -> None:
    """Begin; Qt hands over whether the entry is checked."""
    begin()
