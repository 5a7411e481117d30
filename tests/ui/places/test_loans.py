"""Equipment is lent and taken back in the window, by keyboard alone; each is one step that can be undone."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QPushButton, QSpinBox, QTabBar

from patrol_desk.models import EquipmentItem, EquipmentLoan, Person
from patrol_desk.storage import bulk
from patrol_desk.ui.pages.places.page import PlacesPage
from patrol_desk.ui.widgets.dialog import Dialog
from tests.helpers.desk import Act, DeskTest
from tests.ui.places.steps import musters, said, stock


async def dialog(test: DeskTest, name: str) -> None:
    """Wait until a dialog is open."""
    await test.until(lambda: any(found.isVisible() for found in test.window.findChildren(Dialog, name)))


def loans(test: DeskTest) -> list[tuple[str, str, int, str, bool, int]]:
    """Return item, person's code, quantity, numbers, whether it came back and what is missing, from the file itself."""
    with test.fresh() as station, station.read() as session:
        items = dict(bulk.rows(session, EquipmentItem, ["id", "code"]))
        people = dict(bulk.rows(session, Person, ["id", "code"]))
        rows = bulk.rows(
            session, EquipmentLoan, ["item_id", "person_id", "quantity", "numbers", "returned_at", "missing"],
            order_by=("lent_at", "id"),
        )  # fmt: skip
        return [
            (items[i], people[p], count, numbers, back is not None, gone) for i, p, count, numbers, back, gone in rows
        ]


async def lend_two(test: DeskTest) -> PlacesPage:
    """Lend two pieces of the first stock to the first person of the list, by key."""
    page = await musters(test)
    test.key(Qt.Key.Key_Return)
    await test.settled()
    test.write("l")
    await dialog(test, "borrower")
    test.write("1")
    test.key(Qt.Key.Key_Return)
    await dialog(test, "new_record")
    test.keys("Ctrl+A")
    test.write("2")
    test.key(Qt.Key.Key_Tab)
    test.write("03、07")
    test.keys("Ctrl+Return")
    await test.settled()
    return page


def test_equipment_is_lent_and_taken_back_by_key(desk_test: Callable[[Act], None]) -> None:
    """L, initials, Enter, number, Ctrl+Enter; R goes to what is out, R again takes it back; undo of both."""

    async def act(test: DeskTest) -> None:
        page = await lend_two(test)
        tester = QAbstractItemModelTester(page.muster.stock.loans.model)
        ((item, person, count, numbers, back, missing),) = loans(test)
        assert (item, count, numbers, back, missing) == ("ZB-A1-01", 2, "03、07", False, 0)
        row = page.muster.stock.model.row_at(0)
        assert (row.out, row.inside) == (2, row.quantity - 2)
        assert page.musters.list.model.row_at(0).out == 2
        assert "2 件" in said(test)
        assert page.muster.stock.table.hasFocus()
        test.write("r")
        assert page.muster.stock.loans.table.hasFocus()
        test.write("r")
        await test.settled()
        assert loans(test) == [(item, person, count, numbers, True, 0)]
        assert page.muster.stock.loans.model.rowCount() == 0
        assert page.muster.stock.table.hasFocus()
        test.keys("Ctrl+Z")
        await test.settled()
        assert loans(test) == [(item, person, count, numbers, False, 0)]
        test.keys("Ctrl+Z")
        await test.settled()
        assert loans(test) == []
        del tester

    desk_test(act)


def test_what_is_missing_is_said_with_its_reason(desk_test: Callable[[Act], None]) -> None:
    """Shift+R asks; without a reason it does not close; the stock has fewer afterwards."""

    async def act(test: DeskTest) -> None:
        await musters(test)
        before = stock(test)["ZB-A1-01"][0]
        await lend_two(test)
        test.write("r")
        test.keys("Shift+R")
        await dialog(test, "new_record")
        test.keys("Ctrl+Return")
        assert "请写明原因" in said(test)
        test.write("掉进河里", test.find(QLineEdit, "remark"))
        test.keys("Ctrl+Return")
        await test.settled()
        assert loans(test)[0][4:] == (True, 1)
        assert stock(test)["ZB-A1-01"][0] == before - 1

    desk_test(act)


def test_a_time_that_has_passed_is_said_while_typing(desk_test: Callable[[Act], None]) -> None:
    """The form stays open; of more than there are in stock the number box keeps to what there is."""

    async def act(test: DeskTest) -> None:
        page = await musters(test)
        inside = page.muster.stock.model.row_at(0).inside
        test.click(test.find(QPushButton, "lend"))
        await dialog(test, "borrower")
        test.write("1")
        test.key(Qt.Key.Key_Return)
        await dialog(test, "new_record")
        assert test.find(QSpinBox, "quantity").maximum() == inside
        day = test.find(QLineEdit, "due_on")
        day.setFocus()
        test.keys("Ctrl+A")
        test.write("2026-01-05")
        test.find(QLineEdit, "due_time").setFocus()
        test.keys("Ctrl+A")
        test.write("18:30")
        test.keys("Ctrl+Return")
        assert "已经过去" in said(test)
        test.key(Qt.Key.Key_Escape)
        await test.settled()
        assert loans(test) == []

    desk_test(act)


def test_the_history_tells_who_lent_and_took_back(desk_test: Callable[[Act], None]) -> None:
    """By key to its tab; a loan is out there, then back, and gone again after undo."""

    async def act(test: DeskTest) -> None:
        page = await lend_two(test)
        history = page.muster.history
        tester = QAbstractItemModelTester(history.model)
        tabs = test.find(QTabBar, "detail_tabs")
        tabs.setFocus()
        test.key(Qt.Key.Key_Right, times=3)
        await test.settled()
        (row,) = history.model.all_rows()
        assert (row.numbers, row.returned_at, bool(row.lent_by), row.returned_by) == ("03、07", None, True, "")
        assert history.table.isVisible()
        tabs.setFocus()
        test.key(Qt.Key.Key_Left, times=3)
        page.muster.stock.loans.focus()
        test.write("r")
        await test.settled()
        tabs.setFocus()
        test.key(Qt.Key.Key_Right, times=3)
        await test.settled()
        (row,) = history.model.all_rows()
        assert (row.returned_at is not None, bool(row.returned_by)) == (True, True)
        page.musters.list.table.setFocus()
        test.keys("Ctrl+Z")
        test.keys("Ctrl+Z")
        await test.settled()
        assert history.model.rowCount() == 0
        assert "还没有借还记录" in said(test)
        del tester

    desk_test(act)
