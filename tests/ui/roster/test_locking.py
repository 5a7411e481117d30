"""Cells, rows, days and the week are locked and unlocked; what is locked stays where it is."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton

from patrol_desk.services.planning.board import Board
from tests.helpers.desk import Act, DeskTest
from tests.ui.roster.steps import board_of, click_cell, held_cells, middle, roster, stored

Desk = Callable[[Act], None]


def locked(board: Board, cells: list[tuple[int, int]]) -> bool:
    """Say whether everybody in the cells is locked."""
    return all(board.cell(*cell).locked for cell in cells if board.cell(*cell).heads)


def test_l_locks_a_cell_and_unlocks_it(desk_test: Desk) -> None:
    """L locks a cell and unlocks it."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        cell = held_cells(board_of(page))[0]
        click_cell(page, *cell)
        d.key(Qt.Key.Key_L)
        await d.settled()
        assert stored(d).cell(*cell).locked
        d.key(Qt.Key.Key_Delete)
        await d.settled()
        assert stored(d).cell(*cell).heads
        d.key(Qt.Key.Key_L)
        await d.settled()
        assert not stored(d).cell(*cell).some_locked

    desk_test(act)


def test_shift_l_locks_the_row(desk_test: Desk) -> None:
    """Shift l locks the row."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        row, shift = held_cells(board_of(page))[0]
        click_cell(page, row, shift)
        d.keys("Shift+L")
        await d.settled()
        after = stored(d)
        assert locked(after, [(row, other.index) for other in after.shifts])
        assert not after.cell(*next(cell for cell in held_cells(after) if cell[0] != row)).locked
        d.keys("Ctrl+Z")
        await d.settled()
        assert not stored(d).cell(row, shift).locked

    desk_test(act)


def test_the_day_is_locked_from_its_heading(desk_test: Desk) -> None:
    """The day is locked from its heading."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        heading, first = page.view.header, held_cells(board_of(page))[0]
        QTest.mouseClick(heading, Qt.MouseButton.LeftButton, pos=QPoint(10, 6))
        picked = page.grid.picked_cells()
        day = board_of(page).shifts[0].on_date
        assert {board_of(page).shifts[shift].on_date for _, shift in picked} == {day}
        assert {row for row, _ in picked} == {row.index for row in board_of(page).rows}
        d.key(Qt.Key.Key_L)
        await d.settled()
        after = stored(d)
        of_day = [shift.index for shift in after.shifts if shift.on_date == day]
        assert locked(after, [(row.index, shift) for row in after.rows for shift in of_day])
        others = [cell for cell in held_cells(after) if cell[1] not in of_day]
        assert not any(after.cell(*cell).some_locked for cell in others)
        assert first in held_cells(after)

    desk_test(act)


def test_the_menu_locks_the_week_and_unlocks_it(desk_test: Desk) -> None:
    """The menu locks the week and unlocks it."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        for name, wanted in (("lock_week", True), ("unlock_week", False)):
            d.click(d.find(QPushButton, "roster_lock"))
            menu = next(menu for menu in page.findChildren(QMenu) if menu.isVisible())
            action = next(action for action in menu.actions() if action.objectName() == name)
            QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
            await d.settled()
            after = stored(d)
            assert all(after.cell(*cell).locked is wanted for cell in held_cells(after))
        assert isinstance(action, QAction)

    desk_test(act)


def test_a_row_is_picked_by_its_name_and_a_block_by_dragging(desk_test: Desk) -> None:
    """A row is picked by its name and a block by dragging."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        row = 2
        line = page.grid.cells.lines.of_row(row)
        name = page.view.names.visualRect(page.view.names.model().index(line, 0)).center()
        QTest.mouseClick(page.view.names.viewport(), Qt.MouseButton.LeftButton, pos=name)
        assert set(page.grid.picked_cells()) == {(row, shift.index) for shift in board_of(page).shifts}
        start, end = middle(page, 0, 3), middle(page, 2, 6)
        view = page.grid.viewport()
        QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(view, start + QPoint(12, 6))
        QTest.mouseMove(view, end)
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
        assert set(page.grid.picked_cells()) == {(row, shift) for row in range(3) for shift in range(3, 7)}
        click_cell(page, 1, 10, Qt.KeyboardModifier.ControlModifier)
        assert (1, 10) in page.grid.picked_cells()
        d.key(Qt.Key.Key_Escape)
        assert page.grid.picked_cells() == ((1, 10),)

    desk_test(act)
