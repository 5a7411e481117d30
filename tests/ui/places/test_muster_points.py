"""Muster points and their equipment are kept in the window; each change is one step that can be undone."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QPushButton

from patrol_desk.ui.widgets.dialog import Dialog
from tests.helpers.desk import Act, DeskTest
from tests.ui.places.steps import muster_points, musters, said, stock


async def dialog(test: DeskTest, name: str) -> None:
    """Wait until a dialog is open."""
    await test.until(lambda: any(found.isVisible() for found in test.window.findChildren(Dialog, name)))


def test_a_stock_is_counted_by_typing_its_number(desk_test: Callable[[Act], None]) -> None:
    """Enter goes to the equipment, a digit begins the number, Ctrl+S saves two lines as two steps."""

    async def act(test: DeskTest) -> None:
        page = await musters(test)
        models = (page.musters.list.model, page.muster.stock.model, page.muster.served)
        testers = [QAbstractItemModelTester(m, QAbstractItemModelTester.FailureReportingMode.Fatal) for m in models]
        test.key(Qt.Key.Key_Return)
        await test.settled()
        assert page.muster.stock.table.hasFocus()
        before = stock(test)
        test.write("17")
        test.key(Qt.Key.Key_Return)
        test.key(Qt.Key.Key_Down)
        test.key(Qt.Key.Key_Return)
        test.key(Qt.Key.Key_Up)
        assert page.muster.dirty() == 2
        assert stock(test) == before
        test.keys("Ctrl+S")
        await test.settled()
        second = before["ZB-A1-02"][0] + 1
        assert stock(test) == before | {"ZB-A1-01": (17, False), "ZB-A1-02": (second, False)}
        assert page.muster.dirty() == 0
        test.keys("Ctrl+Z")
        test.keys("Ctrl+Z")
        await test.settled()
        assert stock(test) == before
        del testers

    desk_test(act)


def test_equipment_is_added_and_taken_out(desk_test: Callable[[Act], None]) -> None:
    """A wrong quantity is said while typing; taking out is confirmed."""

    async def act(test: DeskTest) -> None:
        await musters(test)
        before = stock(test)
        test.click(test.find(QPushButton, "add_equipment"))
        await dialog(test, "new_record")
        test.write("ZB-A1-77")
        test.write("扩音器", test.find(QLineEdit, "name"))
        quantity = test.find(QLineEdit, "quantity")
        quantity.setFocus()
        test.keys("Ctrl+A")
        test.write("两个")
        assert "不是整数" in said(test)
        test.keys("Ctrl+A")
        test.write("2")
        test.keys("Ctrl+Return")
        await test.settled()
        assert stock(test) == before | {"ZB-A1-77": (2, False)}
        test.click(test.find(QPushButton, "retire_equipment"))
        await dialog(test, "confirm")
        test.click(test.find(QPushButton, "confirmDo"))
        await test.settled()
        assert stock(test)["ZB-A1-01"] == (before["ZB-A1-01"][0], True)

    desk_test(act)


def test_a_muster_point_is_made_edited_and_retired(desk_test: Callable[[Act], None]) -> None:
    """All by key until the confirmation; the numbers in it are those of the equipment; undo brings it back."""

    async def act(test: DeskTest) -> None:
        page = await musters(test)
        before = muster_points(test)
        test.keys("Ctrl+N")
        await dialog(test, "new_record")
        test.write("A9")
        test.write("榕树篮球场", test.find(QLineEdit, "name"))
        test.keys("Ctrl+Return")
        await test.settled()
        assert muster_points(test) == before | {"A9": ("榕树篮球场", False)}
        assert page.muster.title() == "榕树篮球场"
        page.muster.tabs.setCurrentIndex(1)
        test.write("东", test.find(QLineEdit, "name"))
        test.keys("Ctrl+S")
        await test.settled()
        assert muster_points(test)["A9"][0] == "榕树篮球场东"
        page.musters.list.table.setFocus()
        test.key(Qt.Key.Key_Home)
        await test.settled()
        pieces = page.musters.list.model.row_at(0).pieces
        test.click(test.find(QPushButton, "retire_muster"))
        await dialog(test, "confirm")
        assert f"{pieces} 件一起移出库存" in said(test)
        test.click(test.find(QPushButton, "confirmDo"))
        await test.settled()
        assert muster_points(test)["A1"][1] is True
        assert page.musters.list.model.row_at(0).code == "A2"
        test.keys("Ctrl+Z")
        await test.settled()
        assert muster_points(test)["A1"][1] is False

    desk_test(act)


def test_a_served_checkpoint_is_opened_from_the_muster_point(desk_test: Callable[[Act], None]) -> None:
    """Enter on a line of the checkpoints within two kilometres goes to it in the other list."""

    async def act(test: DeskTest) -> None:
        page = await musters(test)
        page.muster.tabs.setCurrentIndex(2)
        near = page.muster.served.row_at(0)
        page.muster.served_table.setFocus()
        test.key(Qt.Key.Key_Home)
        test.key(Qt.Key.Key_Return)
        await test.settled()
        assert page.kind.chosen() == "checkpoints"
        assert page.place.title() == near.name

    desk_test(act)
