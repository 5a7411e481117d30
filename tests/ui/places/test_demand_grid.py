"""Demand is edited in the grid by mouse and by key alone; nothing is written before it is saved."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QPushButton

from patrol_desk.ui.pages.places.demand_grid import DemandGrid
from patrol_desk.ui.pages.places.page import PlacesPage
from patrol_desk.ui.pages.places.stepper import Stepper
from patrol_desk.ui.widgets.dialog import Dialog
from tests.helpers.desk import Act, DeskTest
from tests.ui.places.steps import opened, seats, stored

MARKET = "P-001"
EVE = 2


def counts(test: DeskTest, code: str, pattern: int, weekday: int) -> tuple[int, int]:
    """Return minimum and desired heads of a cell, from the file itself."""
    found = seats(test, code, pattern, weekday)
    return sum(seat.minimum for seat in found), sum(seat.desired for seat in found)


def cell(grid: DemandGrid, row: int, column: int) -> QPoint:
    """Return the middle of a cell in the grid's viewport."""
    return grid.visualRect(grid.model().index(row, column)).center()


async def grid_of(test: DeskTest) -> tuple[PlacesPage, DemandGrid]:
    """Open the first checkpoint and give its grid the focus, by Enter."""
    page = await opened(test)
    test.key(Qt.Key.Key_Return)
    await test.settled()
    grid = page.place.demand.grid
    assert grid.hasFocus()
    return page, grid


def test_a_range_is_dragged_numbers_are_set_and_saved(desk_test: Callable[[Act], None]) -> None:
    """Mouse: drag over three evenings, plus one desired head, save; a fresh session sees it, undo takes it back."""

    async def act(test: DeskTest) -> None:
        page, grid = await grid_of(test)
        before = [counts(test, MARKET, EVE, day) for day in (4, 5, 6)]
        QTest.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, pos=cell(grid, EVE, 4))
        QTest.mouseMove(grid.viewport(), cell(grid, EVE, 5))
        QTest.mouseMove(grid.viewport(), cell(grid, EVE, 6))
        QTest.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, pos=cell(grid, EVE, 6))
        assert [key[1] for key in grid.chosen_keys()] == [4, 5, 6]
        wished = test.find(Stepper, "wished")
        test.click(wished.more)
        await test.settled()
        assert page.place.dirty_text() == "3 格未保存"
        assert "第 48 周" in page.place.demand.effect.text()
        assert [counts(test, MARKET, EVE, day) for day in (4, 5, 6)] == before, "nothing is written before saving"
        test.click(test.find(QPushButton, "save"))
        await test.settled()
        assert [counts(test, MARKET, EVE, day) for day in (4, 5, 6)] == [(low, high + 1) for low, high in before]
        assert page.place.dirty() == 0
        test.keys("Ctrl+Z")
        await test.settled()
        assert [counts(test, MARKET, EVE, day) for day in (4, 5, 6)] == before

    desk_test(act)


def test_all_of_it_by_key_alone(desk_test: Callable[[Act], None]) -> None:
    """Shift and arrows choose, Enter goes to the numbers and back, digits are typed, Ctrl+S saves."""

    async def act(test: DeskTest) -> None:
        page, grid = await grid_of(test)
        test.keys("Ctrl+Home")
        test.key(Qt.Key.Key_Down, times=3)
        test.keys("Shift+Right")
        assert [(key[0] == page.place.demand.model.patterns[3].id, key[1]) for key in grid.chosen_keys()] == [
            (True, 0), (True, 1),
        ]  # fmt: skip
        test.key(Qt.Key.Key_Return)
        test.keys("Ctrl+A")
        test.write("4")
        test.key(Qt.Key.Key_Tab)
        test.keys("Ctrl+A")
        test.write("6")
        test.key(Qt.Key.Key_Return)
        assert grid.hasFocus()
        test.keys("Ctrl+S")
        await test.settled()
        assert [counts(test, MARKET, 3, day) for day in (0, 1)] == [(4, 6), (4, 6)]
        test.key(Qt.Key.Key_Delete)
        test.keys("Ctrl+S")
        await test.settled()
        assert [seats(test, MARKET, 3, day) for day in (0, 1)] == [(), ()]

    desk_test(act)


def test_a_leader_and_a_skill_are_asked_for_within_the_sum(desk_test: Callable[[Act], None]) -> None:
    """The kinds of seat are set below; the sum of the cell stays, an unsaved step goes back by Ctrl+Z in the grid."""

    async def act(test: DeskTest) -> None:
        page, grid = await grid_of(test)
        grid.choose([(page.place.demand.model.patterns[0].id, 0)])
        low, high = counts(test, MARKET, 0, 0)
        leader = test.find(Stepper, "seat_least_0")
        leader.setFocus()
        test.key(Qt.Key.Key_Up)
        assert "其余席位不限" in page.place.demand.seats.rest.text()
        test.keys("Ctrl+S")
        await test.settled()
        held = seats(test, MARKET, 0, 0)
        assert [seat.minimum for seat in held if seat.leader] == [1]
        assert counts(test, MARKET, 0, 0) == (low, high)
        grid.setFocus()
        test.key(Qt.Key.Key_Plus)
        assert page.place.dirty() == 1
        test.keys("Ctrl+Z")
        await test.settled()
        assert page.place.dirty() == 0
        assert seats(test, MARKET, 0, 0) == held, "the saved step is not undone by the grid's own step back"

    desk_test(act)


def test_cells_go_to_a_spreadsheet_and_come_back(desk_test: Callable[[Act], None]) -> None:
    """Ctrl+C gives counts as text and keeps the kinds of seat for the grid; text from elsewhere is read or refused."""

    async def act(test: DeskTest) -> None:
        page, grid = await grid_of(test)
        patterns = page.place.demand.model.patterns
        grid.choose([(patterns[EVE].id, 0), (patterns[EVE].id, 1)])
        test.keys("Ctrl+C")
        low, high = counts(test, MARKET, EVE, 0)
        assert QGuiApplication.clipboard().text().split("\t")[0] == (f"{low}/{high}" if high else "")
        grid.choose([(patterns[3].id, 0)])
        test.keys("Ctrl+V")
        QGuiApplication.clipboard().setText("2/3\t1\n\t4")
        grid.choose([(patterns[0].id, 2)])
        test.keys("Ctrl+V")
        test.keys("Ctrl+S")
        await test.settled()
        assert seats(test, MARKET, 3, 0) == seats(test, MARKET, EVE, 0)
        assert [counts(test, MARKET, *place) for place in ((0, 2), (0, 3), (1, 2), (1, 3))] == [
            (2, 3), (1, 1), (0, 0), (4, 4),
        ]  # fmt: skip
        QGuiApplication.clipboard().setText("很多")
        test.keys("Ctrl+V")
        await test.settled()
        assert page.place.dirty() == 0

    desk_test(act)


def test_demand_is_copied_from_and_to_other_checkpoints(desk_test: Callable[[Act], None]) -> None:
    """From one: into the grid, unsaved. To several: at once, one step to undo."""

    async def act(test: DeskTest) -> None:
        page, grid = await grid_of(test)
        test.click(test.find(QPushButton, "copy_from"))
        await test.until(lambda: bool(test.window.findChildren(Dialog, "choose_places")))
        test.write("P-002")
        test.key(Qt.Key.Key_Down)
        test.key(Qt.Key.Key_Return)
        await test.settled()
        assert page.place.dirty() > 0
        test.keys("Ctrl+S")
        await test.settled()
        own = [held.seats for held in stored(test, MARKET).cells]
        assert own == [held.seats for held in stored(test, "P-002").cells]
        before = [[held.seats for held in stored(test, code).cells] for code in ("P-003", "P-004")]
        grid.setFocus()
        test.keys("Ctrl+A")
        test.click(test.find(QPushButton, "copy_to"))
        await test.until(lambda: bool(test.window.findChildren(Dialog, "choose_places")))
        for code in ("P-003", "P-004"):
            test.keys("Ctrl+A")
            test.write(code)
            test.key(Qt.Key.Key_Down)
            test.key(Qt.Key.Key_Space)
            test.keys("/")
        test.keys("Ctrl+Return")
        await test.settled()
        assert [[held.seats for held in stored(test, code).cells] for code in ("P-003", "P-004")] == [own, own]
        test.keys("Ctrl+Z")
        await test.settled()
        assert [[held.seats for held in stored(test, code).cells] for code in ("P-003", "P-004")] == before

    desk_test(act)


def test_the_grids_model_keeps_qts_rules(desk_test: Callable[[Act], None]) -> None:
    """Under Qt's own tester: another checkpoint, edits, a step back, discarding; screen readers get sentences."""

    async def act(test: DeskTest) -> None:
        page, grid = await grid_of(test)
        model = page.place.demand.model
        tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        test.keys("Ctrl+A")
        test.key(Qt.Key.Key_Plus, times=2)
        test.keys("Ctrl+Z")
        spoken = str(model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole))
        assert "周一" in spoken
        assert "未保存" in spoken
        test.click(test.find(QPushButton, "discard"))
        assert page.place.dirty() == 0
        page.checkpoints.list.table.setFocus()
        test.key(Qt.Key.Key_Down)
        await test.settled()
        assert page.place.title() != ""
        assert grid.chosen_keys(), "something is always chosen"
        del tester

    desk_test(act)
