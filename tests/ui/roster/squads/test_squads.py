"""The roster by squad: keys, what opens, the panel, and what it writes."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton

from patrol_desk.services.planning.board import Board
from patrol_desk.services.planning.board.spares import board_gaps, spares
from patrol_desk.services.planning.board.squads import SquadWeek
from patrol_desk.ui.pages.roster.grid.line_model import Line
from patrol_desk.ui.pages.roster.page import RosterPage
from patrol_desk.ui.pages.roster.squads.panel import PairList
from patrol_desk.ui.pages.roster.views import PERSONS, POINTS, SQUADS
from tests.helpers.desk import Act, DeskTest
from tests.ui.roster.steps import board_of, held_cells, make_gap, roster, stored

Desk = Callable[[Act], None]


async def by_squad(d: DeskTest) -> RosterPage:
    """Go to the view by key."""
    page = await roster(d)
    d.keys("Alt+2")
    await d.settled()
    assert page.views.chosen == SQUADS
    assert page.views.squads.grid.hasFocus()
    return page


def test_squads_open_to_their_places_and_lead_to_cells_and_people(desk_test: Desk) -> None:
    """By keys alone: squads open to their places, Enter leads to a cell, or to the people; the shift stays."""

    async def act(d: DeskTest) -> None:
        page = await by_squad(d)
        view, week = page.views.squads, page.views.week
        assert week is not None
        grid = view.grid
        QAbstractItemModelTester(grid.cells, QAbstractItemModelTester.FailureReportingMode.Fatal, grid.cells)
        assert [line.kind for line in grid.cells.lines] == ["squad"] * len(week.rows)
        shift = grid.currentIndex().column()
        for number, line in enumerate(grid.cells.lines):
            shown = grid.cells.index(number, shift).data()
            assert shown == f"{week.cell(week.rows[line.group], shift).duty}"
        number = next(n for n, row in enumerate(week.rows) if week.places(row))
        d.key(Qt.Key.Key_Down, times=number)
        d.key(Qt.Key.Key_Space)
        lines = grid.cells.lines[number + 1 : number + 1 + len(week.places(week.rows[number]))]
        assert [(line.index, line.own) for line in lines] == list(week.places(week.rows[number]))
        d.key(Qt.Key.Key_Down)
        d.key(Qt.Key.Key_Return)
        assert page.views.chosen == POINTS
        assert page.grid.current() == (lines[0].index, shift)
        assert page.grid.hasFocus()
        d.keys("Alt+2")
        assert grid.here() == (lines[0], shift)
        d.key(Qt.Key.Key_Up)
        d.key(Qt.Key.Key_Return)
        assert page.views.chosen == PERSONS
        assert page.views.persons.grid.here() == (Line("squad", number, number), shift)

    desk_test(act)


def own_cell(board: Board) -> tuple[tuple[int, int], str]:
    """Return a cell with one person at a checkpoint of their squad's own, whom another can follow, and the squad."""
    week = SquadWeek(board)
    owners = {(row.name, place): row for row in week.rows for place, own in week.places(row) if own}
    for cell in held_cells(board):
        holder, *more = board.holders(*cell)
        row = owners.get((holder.squad, cell[0]))
        if row is None or more:
            continue
        imagined = replace(board, stand=board.stand.patched([holder.assignment_id], ()), _cells={})
        found = spares(SquadWeek(imagined), row, cell[1], cell[0]).ranked
        if found and not found[0].warnings:
            return cell, row.name
    raise LookupError


def test_the_panel_names_who_stands_and_fills_a_gap(desk_test: Desk) -> None:
    """The panel names who stands there, and puts the first who can be drawn into the squad's gap."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        place, squad = own_cell(board_of(page))
        page.grid.go_to(*place)
        d.key(Qt.Key.Key_Delete, page.grid)
        await d.settled()
        d.keys("Alt+2")
        await d.settled()
        week, view = page.views.week, page.views.squads
        assert week is not None
        number = next(n for n, row in enumerate(week.rows) if row.name == squad)
        row = week.rows[number]
        assert spares(week, row, place[1], place[0]).ranked
        view.toggle(number)
        line = next(one for one in view.grid.cells.lines if one.group == number and one.index == place[0])
        assert view.grid.go_to(line, place[1])
        await d.settled()
        duties = d.find(PairList, "squad_on_duty").pairs.items
        assert len(duties) == week.cell(row, place[1]).duty
        d.key(Qt.Key.Key_Tab)
        assert page.views.squad_panel.spare_list.hasFocus()
        d.key(Qt.Key.Key_Return)
        await d.settled()
        assert stored(d).cell(*place).heads == 1
        d.keys("Ctrl+Z")
        await d.settled()
        assert stored(d).cell(*place).heads == 0

    desk_test(act)


def test_a_squads_gaps_are_filled_after_a_question(desk_test: Desk) -> None:
    """All gaps of a squad's own places are filled in one step, after a question with the number."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        cell = held_cells(board_of(page))[-1]
        page.grid.go_to(*cell)
        await make_gap(d, page)
        d.keys("Alt+2")
        await d.settled()
        week, view = page.views.week, page.views.squads
        assert week is not None
        number = next(n for n, row in enumerate(week.rows) if board_gaps(week, row))
        gaps = board_gaps(week, week.rows[number])
        view.grid.go_to(Line("squad", number, number), 0)
        await d.settled()
        before = stored(d)
        d.click(d.find(QPushButton, "squad_fill"))
        await d.until(lambda: d.window.findChild(QPushButton, "confirmDo") is not None)
        d.click(d.find(QPushButton, "confirmDo"))
        await d.settled()
        after = stored(d)
        grown = sum(after.cell(*gap).heads - before.cell(*gap).heads for gap in gaps)
        assert grown == len(after.stand.held) - len(before.stand.held) > 0
        d.keys("Ctrl+Z")
        await d.settled()
        assert len(stored(d).stand.held) == len(before.stand.held)

    desk_test(act)
