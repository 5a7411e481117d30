"""Steps that the roster's tests share: opening the page, finding cells, working them by key and mouse."""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from patrol_desk.common.weeks import Week
from patrol_desk.services.planning.board import Board, open_board
from patrol_desk.ui.pages.roster.page import RosterPage
from tests.helpers.desk import WEEK, DeskTest

DRAFT = WEEK.plus(1)
EMPTY = WEEK.plus(2)

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


async def roster(d: DeskTest, week: Week = DRAFT) -> RosterPage:
    """Open the page on a week; the cells have the focus."""
    page = await d.page("roster", week=week)
    assert isinstance(page, RosterPage)
    page.grid.setFocus()
    return page


def board_of(page: RosterPage) -> Board:
    """Return the board in view."""
    assert page.board is not None
    return page.board


def stored(d: DeskTest, week: Week = DRAFT) -> Board:
    """Return the week as a fresh opening of the file has it."""
    with d.fresh() as station:
        return open_board(station, station.system_actor(), week)


def people_at(board: Board, row: int, shift: int) -> list[str]:
    """Return the ids of those who stand in a cell, sorted."""
    return sorted(holder.person_id for holder in board.holders(row, shift))


def cells(board: Board) -> list[tuple[int, int]]:
    """Return all cells in reading order."""
    return [(row.index, shift.index) for row in board.rows for shift in board.shifts]


async def make_gap(d: DeskTest, page: RosterPage, *, ranked: int = 1) -> tuple[int, int]:
    """Empty a cell that several people could fill, the first without a warning, and return it."""
    board = board_of(page)
    for cell in held_cells(board):
        gone = frozenset(holder.assignment_id for holder in board.holders(*cell))
        imagined = replace(board, stand=board.stand.patched(gone, ()), _cells={})
        found = imagined.candidates(*cell).ranked
        if len(found) > ranked and not any(one.warnings for one in found[: ranked + 1]):
            page.grid.go_to(*cell)
            d.key(Qt.Key.Key_Delete, page.grid)
            if len(gone) > 1:
                await d.until(lambda: d.window.findChild(QPushButton, "confirmDo") is not None)
                d.click(d.find(QPushButton, "confirmDo"))
            await d.settled()
            assert not board_of(page).cell(*cell).heads
            return cell
    raise LookupError


def held_cells(board: Board) -> list[tuple[int, int]]:
    """Return the cells in which somebody stands."""
    return [cell for cell in cells(board) if board.cell(*cell).heads]


def middle(page: RosterPage, row: int, shift: int) -> QPoint:
    """Return the middle of a cell's figures, in the viewport, after bringing the cell into view."""
    index = page.grid.cells.index(page.grid.cells.lines.of_row(row), shift)
    page.grid.scrollTo(index)
    rect = page.grid.cell_rect(row, shift)
    return QPoint(rect.center().x(), rect.top() + rect.height() // 3)


def click_cell(
    page: RosterPage, row: int, shift: int, modifiers: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT
) -> None:
    """Click a cell."""
    QTest.mouseClick(page.grid.viewport(), button, modifiers, middle(page, row, shift))


def pip(page: RosterPage, row: int, shift: int, number: int = 0) -> QPoint:
    """Return where a pip of a cell is, in the viewport."""
    from patrol_desk.ui.pages.roster.grid.painting import pip_rects

    middle(page, row, shift)
    rect = page.grid.cell_rect(row, shift).adjusted(0, 0, -1, -1)
    return pip_rects(rect, board_of(page).cell(row, shift), page.desk.theme.scale)[number].center()


def drag(start: QWidget, at: QPoint, end: QWidget, to: QPoint, *, drop: bool = True) -> None:
    """Press at a place of a widget, move to a place of another, and let go there."""
    target = start.mapFromGlobal(end.mapToGlobal(to))
    QTest.mousePress(start, LEFT, NONE, at)
    QTest.mouseMove(start, at + QPoint(0, -QApplication.startDragDistance() - 2))
    QTest.mouseMove(start, target - QPoint(3, 0))
    QTest.mouseMove(start, target)
    if drop:
        QTest.mouseRelease(start, LEFT, NONE, target)
