"""Duties, gaps and people are carried in the views by squad and by person, by mouse and by keys."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from patrol_desk.services.planning.board import Conflict
from patrol_desk.services.planning.board.spares import spares
from patrol_desk.services.planning.board.squads import SquadWeek
from patrol_desk.ui.pages.roster.grid.line_model import Line
from patrol_desk.ui.pages.roster.grid.lined import LineGrid
from patrol_desk.ui.pages.roster.grid.painting import pip_rects
from patrol_desk.ui.pages.roster.moving.dialog import ConflictDialog
from patrol_desk.ui.pages.roster.page import RosterPage
from patrol_desk.ui.pages.roster.persons.panel import takeable
from tests.helpers.desk import Act, DeskTest
from tests.ui.roster.steps import board_of, drag, held_cells, make_gap, people_at, roster, stored

Desk = Callable[[Act], None]


async def shown(d: DeskTest, keys: str) -> RosterPage:
    """Go to a view by key."""
    page = await roster(d)
    d.keys(keys)
    await d.settled()
    return page


def pairs(page: RosterPage) -> Iterator[tuple[tuple[int, int], str, Line, Line]]:
    """Return each duty to come, its line, and the line of somebody near by."""
    board, lines = board_of(page), page.views.persons.grid.cells.lines
    for number, line in enumerate(lines):
        for item in board.stand.by_person.get(line.index, ()) if line.kind == "person" else ():
            cell = board.frame.place_of(item.cell)
            for other in lines[max(number - 16, 0) : number + 17] if not board.past[cell[1]] else ():
                if other.kind == "person" and other.index != line.index:
                    yield cell, item.row.id, line, other


def conflicts(page: RosterPage, cell: tuple[int, int], other: Line, *without: str) -> tuple[Conflict, ...]:
    """Return what stands against somebody in a cell, notes apart."""
    board = board_of(page)
    person_id = board.frame.week_problem.person_ids[other.index]
    return tuple(one for one in board.conflicts(person_id, *cell, without=frozenset(without)) if one.severity != "note")


def place(grid: LineGrid, line: Line, shift: int) -> tuple[int, int]:
    """Return the cell of a line."""
    return grid.cells.lines.index(line), shift


def test_a_duty_is_dragged_to_somebody_else(desk_test: Desk) -> None:
    """The box of a duty is let go on another person's line: that one has it; one undo gives it back."""

    async def act(d: DeskTest) -> None:
        page = await shown(d, "Alt+3")
        grid = page.views.persons.grid
        board = board_of(page)
        cell, duty, source, target, other = next(
            (*found, theirs[0]) for found in pairs(page)
            if len(theirs := board.stand.by_person.get(found[3].index, ())) == 1
            and not conflicts(page, found[0], found[3], found[1], theirs[0].row.id)
        )  # fmt: skip
        grid.go_to(target, other.cell % len(board.shifts))
        d.key(Qt.Key.Key_Delete)
        await d.settled()
        grid.go_to(source, cell[1])
        before = people_at(stored(d), *cell)
        start = grid.cell_rect(*place(grid, source, cell[1])).center()
        end = grid.cell_rect(*place(grid, target, cell[1])).center()
        drag(grid.viewport(), start, grid.viewport(), end, drop=False)
        assert d.window.findChild(QWidget, "carry_ghost") is not None
        d.key(Qt.Key.Key_Escape)
        await d.settled()
        assert people_at(stored(d), *cell) == before
        drag(grid.viewport(), start, grid.viewport(), end)
        await d.settled()
        week = page.views.persons.look.week
        assert week is not None
        taker = week.row(target.index).person_id
        assert stored(d).stand.held[duty].row.person_id == taker
        d.keys("Ctrl+Z")
        await d.settled()
        assert people_at(stored(d), *cell) == before

    desk_test(act)


def test_a_duty_is_handed_over_by_keys_against_a_rule_with_a_reason(desk_test: Desk) -> None:
    """M takes it up, the arrows go, Enter puts it down; a rule of the station is overridden with a reason."""

    async def act(d: DeskTest) -> None:
        page = await shown(d, "Alt+3")
        grid = page.views.persons.grid
        cell, duty, source, target = next(
            found for found in pairs(page)
            if (blocks := [one for one in conflicts(page, found[0], found[3], found[1]) if one.severity == "block"])
            and all(one.overridable for one in blocks)
        )  # fmt: skip
        grid.go_to(source, cell[1])
        d.key(Qt.Key.Key_M)
        assert page.actions_.carry.active
        steps = place(grid, target, 0)[0] - place(grid, source, 0)[0]
        d.key(Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up, times=abs(steps))
        d.key(Qt.Key.Key_Return)
        await d.until(lambda: d.window.findChild(ConflictDialog) is not None)
        assert d.window.findChild(QPushButton, "conflict_swap") is None
        d.key(Qt.Key.Key_2)
        d.write("本人电话同意", d.find(QLineEdit, "override_words"))
        d.keys("Ctrl+Return")
        await d.settled()
        week = page.views.persons.look.week
        assert week is not None
        held = stored(d).stand.held[duty].row
        assert held.person_id == week.row(target.index).person_id
        assert stored(d).overrides[held.key]

    desk_test(act)


def test_nothing_is_taken_up_where_nobody_has_a_duty(desk_test: Desk) -> None:
    """M on an empty cell, and on a squad's own line, says so and carries nothing."""

    async def act(d: DeskTest) -> None:
        page = await shown(d, "Alt+3")
        grid = page.views.persons.grid
        free = next(
            (line, shift) for line in grid.cells.lines if line.kind == "person"
            for shift, cell in enumerate(page.views.persons.look.cells(line.index)) if cell.row < 0
        )  # fmt: skip
        for line, shift in (free, (grid.cells.lines[0], 0)):
            grid.go_to(line, shift)
            d.key(Qt.Key.Key_M)
            assert not page.actions_.carry.active
        await d.settled()

    desk_test(act)


def test_a_gap_is_dragged_from_the_panel_to_somebody(desk_test: Desk) -> None:
    """A gap of the panel lands on a person in its own shift, and nowhere else."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        cell = await make_gap(d, page)
        d.keys("Alt+3")
        await d.settled()
        view, week = page.views.persons, page.views.persons.look.week
        assert week is not None
        line = next(
            one for one in view.grid.cells.lines
            if one.kind == "person"
            and any(gap.row == cell[0] and not gap.warnings for gap in takeable(week, one.index, cell[1]))
        )  # fmt: skip
        view.grid.go_to(line, cell[1])
        await d.settled()
        listed = page.views.person_panel.gap_list
        number = [pair.row for pair in listed.pairs.items].index(cell[0])
        at = listed.visualRect(listed.pairs.index(number)).center()
        wrong = view.grid.cell_rect(*place(view.grid, line, (cell[1] + 1) % len(week.board.shifts)))
        drag(listed.viewport(), at, view.grid.viewport(), wrong.center())
        await d.settled()
        assert not people_at(stored(d), *cell)
        right = view.grid.cell_rect(*place(view.grid, line, cell[1]))
        drag(listed.viewport(), at, view.grid.viewport(), right.center())
        await d.settled()
        assert people_at(stored(d), *cell) == [week.row(line.index).person_id]

    desk_test(act)


def open_place(page: RosterPage, cell: tuple[int, int]) -> tuple[Line, tuple[int, int]]:
    """Unfold a squad of whose own a checkpoint is, and return its line and cell."""
    week, grid = page.views.week, page.views.squads.grid
    assert week is not None
    group = next(n for n, row in enumerate(week.rows) if (cell[0], True) in week.places(row))
    if page.views.squads.folded(group):
        page.views.squads.toggle(group)
    line = Line("place", cell[0], group)
    grid.go_to(line, cell[1])
    return line, place(grid, line, cell[1])


def test_somebody_is_carried_between_a_squads_checkpoints(desk_test: Desk) -> None:
    """A pip is dragged to another checkpoint below the squad; M and the arrows bring somebody there too."""

    async def act(d: DeskTest) -> None:
        page = await shown(d, "Alt+2")
        week, grid = page.views.week, page.views.squads.grid
        assert week is not None
        board = week.board
        moves = (
            (cell, (row, cell[1]), holder) for cell in held_cells(board) if not board.past[cell[1]]
            for holder in board.holders(*cell)[:1]
            for row in {place for squad in week.rows for place, own in week.places(squad) if own}
            if row != cell[0] and board.rows[row].community == board.rows[cell[0]].community
            and any((cell[0], True) in week.places(squad) for squad in week.rows)
            and not {one.severity for one in
                     board.conflicts(holder.person_id, row, cell[1], without=frozenset({holder.assignment_id}))}
            & {"block", "warn"}
        )  # fmt: skip
        source, target, holder = next(moves)
        line, here = open_place(page, source)
        there = place(grid, Line("place", target[0], line.group), target[1])
        rect = grid.cell_rect(*here).adjusted(0, 0, -1, -1)
        start = pip_rects(rect, board.cell(*source), page.desk.theme.scale)[0].center()
        drag(grid.viewport(), start, grid.viewport(), grid.cell_rect(*there).center())
        await d.settled()
        assert holder.person_id in people_at(stored(d), *target)
        assert holder.person_id not in people_at(stored(d), *source)
        d.keys("Ctrl+Z")
        await d.settled()
        assert holder.person_id in people_at(stored(d), *source)

    desk_test(act)


async def emptied(d: DeskTest, page: RosterPage) -> tuple[tuple[int, int], int]:
    """Empty a cell to which somebody of the squad whose own it is can be drawn; return it and the squad's number."""
    board = board_of(page)
    for cell in held_cells(board):
        gone = frozenset(holder.assignment_id for holder in board.holders(*cell))
        imagined = SquadWeek(replace(board, stand=board.stand.patched(gone, ()), _cells={}))
        own = [(n, row) for n, row in enumerate(imagined.rows) if (cell[0], True) in imagined.places(row)]
        for number, row in own if not board.past[cell[1]] else ():
            ranked = spares(imagined, row, cell[1], cell[0]).ranked
            if ranked and not ranked[0].warnings:
                page.grid.go_to(*cell)
                d.key(Qt.Key.Key_Delete, page.grid)
                if len(gone) > 1:
                    await d.until(lambda: d.window.findChild(QPushButton, "confirmDo") is not None)
                    d.click(d.find(QPushButton, "confirmDo"))
                await d.settled()
                return cell, number
    raise LookupError


def test_who_can_be_drawn_is_carried_to_a_gap_by_keys(desk_test: Desk) -> None:
    """In the panel M takes somebody up; Enter puts them into the checkpoint's cell under the keys."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        cell, group = await emptied(d, page)
        d.keys("Alt+2")
        await d.settled()
        grid = page.views.squads.grid
        page.views.squads.toggle(group)
        grid.go_to(Line("place", cell[0], group), cell[1])
        await d.settled()
        drawn = page.views.squad_panel.spare_model.items
        d.key(Qt.Key.Key_Tab)
        assert page.views.squad_panel.spare_list.hasFocus()
        d.key(Qt.Key.Key_M)
        assert grid.hasFocus()
        assert page.actions_.carry.active
        d.key(Qt.Key.Key_Return)
        await d.settled()
        assert drawn[0].person_id in people_at(stored(d), *cell)

    desk_test(act)
