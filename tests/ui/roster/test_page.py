"""Getting about on the page: keys, gaps, groups, weeks, versions, both languages."""

import re
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget

from patrol_desk.ui.i18n import language
from patrol_desk.ui.pages.roster.grid.model import CellModel, NameModel
from patrol_desk.ui.pages.roster.page import RosterPage
from patrol_desk.ui.pages.roster.versions.dialog import VersionsDialog
from patrol_desk.ui.pages.roster.week_picker import WeekSheet
from tests.helpers.desk import WEEK, Act, DeskTest
from tests.ui.roster.steps import DRAFT, EMPTY, board_of, click_cell, held_cells, make_gap, roster, stored

Desk = Callable[[Act], None]

HAN = re.compile(r"[\u4e00-\u9fff]")


def test_the_models_keep_qts_contract(desk_test: Desk) -> None:
    """The models keep qts contract."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        cells = CellModel()
        names = NameModel(cells)
        for model in (cells, names):
            QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
        first = board_of(page)
        cells.set_board(first)
        changed: list[tuple[int, int]] = []
        cells.dataChanged.connect(lambda low, _high, _roles: changed.append((low.row(), low.column())))
        gap = await make_gap(d, page)
        cells.set_board(board_of(page))
        line = cells.lines.of_row(gap[0])
        assert sorted(changed) == [(cells.lines.head_of(cells.lines[line].group), gap[1]), (line, gap[1])]
        await roster(d, WEEK)
        cells.set_board(board_of(page))
        cells.set_board(None)
        assert cells.rowCount() == names.rowCount() == 0

    desk_test(act)


def test_arrows_pass_heads_and_stop_at_folded_ones(desk_test: Desk) -> None:
    """Arrows pass heads and stop at folded ones."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        board, grid = board_of(page), page.grid
        last = board.groups[0].count - 1
        grid.go_to(last, 5)
        d.key(Qt.Key.Key_Down)
        assert grid.current() == (last + 1, 5)
        d.key(Qt.Key.Key_Space)
        head = grid.currentIndex().row()
        assert grid.folded(1)
        assert grid.cells.lines[head].head
        assert not grid.picked_cells()
        d.key(Qt.Key.Key_Up)
        assert grid.current() == (last, 5)
        d.key(Qt.Key.Key_Down, times=2)
        assert grid.current() == (board.groups[2].first, 5)
        d.key(Qt.Key.Key_Up)
        assert grid.currentIndex().row() == head
        d.key(Qt.Key.Key_Space)
        assert grid.current() == (board.groups[1].first, 5)
        d.key(Qt.Key.Key_End)
        assert grid.current() == (board.groups[1].first, len(board.shifts) - 1)
        d.keys("Ctrl+Home")
        assert grid.current() == (0, 0)
        d.keys("Shift+Right")
        d.keys("Shift+Down")
        assert set(grid.picked_cells()) == {(row, shift) for row in (0, 1) for shift in (0, 1)}
        d.key(Qt.Key.Key_PageDown)
        assert grid.currentIndex().row() > 10

    desk_test(act)


def test_f8_goes_from_gap_to_gap(desk_test: Desk) -> None:
    """F8 goes from gap to gap."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        page.grid.go_to(0, 0)
        seen = []
        for _ in range(3):
            d.key(Qt.Key.Key_F8)
            await d.settled()
            here = page.grid.current()
            assert here is not None
            cell = board_of(page).cell(*here)
            assert cell.heads < cell.desired
            seen.append(here)
        assert len(set(seen)) == 3
        d.keys("Shift+F8")
        assert page.grid.current() == seen[1]

    desk_test(act)


def test_weeks_by_key_and_from_the_sheet(desk_test: Desk) -> None:
    """Weeks by key and from the sheet."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        d.key(Qt.Key.Key_BracketLeft)
        await d.settled()
        assert board_of(page).week == WEEK
        d.click(d.find(QAbstractButton, "week_button"))
        await d.settled()
        sheet = page.findChild(WeekSheet)
        assert sheet is not None
        row = next(row for row in sheet.rows if row.state.week == DRAFT)
        QTest.mouseClick(row, Qt.MouseButton.LeftButton)
        await d.settled()
        assert board_of(page).week == DRAFT

    desk_test(act)


def test_an_empty_week_takes_the_one_before(desk_test: Desk) -> None:
    """An empty week takes the one before."""

    async def act(d: DeskTest) -> None:
        page = await d.page("roster", week=EMPTY)
        assert isinstance(page, RosterPage)
        assert page.states.state() == "notice"
        d.click(d.find(QPushButton, "empty_copy"))
        await d.until(lambda: (do := d.window.findChild(QPushButton, "copy_do")) is not None and do.isEnabled())
        assert not held_cells(stored(d, EMPTY))
        d.click(d.find(QPushButton, "copy_do"))
        await d.settled()
        assert page.states.state() == "content"
        assert len(held_cells(stored(d, EMPTY))) > 50
        d.keys("Ctrl+Z")
        await d.settled()
        assert not held_cells(stored(d, EMPTY))

    desk_test(act)


def test_a_published_week_is_changed_and_compared(desk_test: Desk) -> None:
    """A published week is changed and compared."""

    async def act(d: DeskTest) -> None:
        page = await roster(d, WEEK)
        cell = next(cell for cell in held_cells(board_of(page)) if board_of(page).cell(*cell).heads == 1
                    or not board_of(page).cell(*cell).past)  # fmt: skip
        click_cell(page, *cell)
        holder = board_of(page).holders(*cell)[0]
        page.inspector.seat_asked.emit(holder, "remove")
        await d.settled()
        assert board_of(page).cell(*cell).changed
        d.keys("Ctrl+D")
        assert page.compare.isVisible()
        assert page.grid.canvas.pictures.compare
        d.click(d.find(QPushButton, "compare_list"))
        await d.until(lambda: d.window.findChild(VersionsDialog) is not None)
        dialog = d.window.findChild(VersionsDialog)
        assert dialog is not None
        await d.until(lambda: dialog.changes.changes.rowCount() == 1)
        assert dialog.changes.changes.row_at(0).change.person_id == holder.person_id
        d.key(Qt.Key.Key_Escape)
        await d.settled()
        d.keys("Ctrl+D")
        assert not page.compare.isVisible()

    desk_test(act)


def test_the_english_page_has_no_chinese_but_names(desk_test: Desk) -> None:
    """The english page has no chinese but names."""

    async def act(d: DeskTest) -> None:
        d.window.use_language("en")
        page = await roster(d)
        gap = await make_gap(d, page)
        page.grid.go_to(*gap)
        await d.settled()
        assert language() == "en"
        board = board_of(page)
        data = {board.rows[gap[0]].name, board.rows[gap[0]].community}
        labels = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
        words = labels + [button.text() for button in page.findChildren(QAbstractButton) if button.isVisible()]
        left = [word for word in words if HAN.search(word) and not any(name in word for name in data)]
        assert not left
        names = [one.accessibleName() for one in page.findChildren(QWidget) if one.isVisible()]
        assert not [name for name in names if HAN.search(name) and not any(own in name for own in data)]

    desk_test(act)


def test_the_panel_is_closed_and_opened(desk_test: Desk) -> None:
    """The panel is closed and opened."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        wide = page.grid.width()
        d.click(d.find(QPushButton, "inspector_close"))
        await d.settled()
        assert page.grid.width() > wide
        assert page.grid.hasFocus()
        d.click(d.find(QPushButton, "roster_panel"))
        assert page.side.isVisible()

    desk_test(act)
