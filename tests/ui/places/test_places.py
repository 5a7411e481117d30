"""Checkpoints are found, made, edited, taken out of service; unsaved edits are never lost without a question."""

import re
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from patrol_desk.models import CheckpointStatus
from patrol_desk.ui.pages.places.filters import FilterButton
from patrol_desk.ui.pages.places.page import PlacesPage
from patrol_desk.ui.widgets.dialog import Dialog
from tests.helpers.desk import Act, DeskTest
from tests.ui.places.steps import codes, opened, said, stored


async def dialog(test: DeskTest, name: str) -> None:
    """Wait until a dialog is open."""
    await test.until(lambda: any(found.isVisible() for found in test.window.findChildren(Dialog, name)))


def shown(page: PlacesPage) -> list[str]:
    """Return the codes in the list."""
    return [row.code for row in page.checkpoints.list.model.shown_rows()]


def test_typing_narrows_the_list_and_escape_shows_all(desk_test: Callable[[Act], None]) -> None:
    """By initials, name and code; a search without a hit says so and offers the way back."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)
        tester = QAbstractItemModelTester(
            page.checkpoints.list.model, QAbstractItemModelTester.FailureReportingMode.Fatal
        )
        everything = shown(page)
        assert everything == codes(test)
        test.keys("/")
        test.write("rssc")
        assert shown(page) == ["P-001"]
        test.key(Qt.Key.Key_Escape)
        assert shown(page) == everything
        test.write("没有这个")
        assert shown(page) == []
        assert "没有找到“没有这个”" in said(test)
        test.key(Qt.Key.Key_Escape)
        test.write("P-004")
        test.key(Qt.Key.Key_Down)
        await test.settled()
        assert page.place.title() == stored(test, "P-004").row.name
        del tester

    desk_test(act)


def test_filters_and_sorting_show_what_was_asked_for(desk_test: Callable[[Act], None]) -> None:
    """By status and tier; a click on a heading sorts; the foot counts; copied rows are tab-separated."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)
        test.find(FilterButton, "filter_status").choose([CheckpointStatus.SUSPENDED, CheckpointStatus.PLANNED])
        assert {row.status for row in page.checkpoints.list.model.shown_rows()} == {
            CheckpointStatus.SUSPENDED, CheckpointStatus.PLANNED,
        }  # fmt: skip
        active = sum(row.status is CheckpointStatus.ACTIVE for row in page.checkpoints.list.model.all_rows())
        assert active > 10
        assert f"启用 {active}" in page.checkpoints.list.foot_left.text()
        page.checkpoints.list.clear_filters()
        table = page.checkpoints.list.table
        header = table.horizontalHeader()
        place = page.checkpoints.list.model.column_of("demand")
        at = header.viewport().rect().center()
        at.setX(header.sectionViewportPosition(place) + header.sectionSize(place) // 2)
        test.click(header.viewport(), at)
        sums = [row.minimum for row in page.checkpoints.list.model.shown_rows()]
        assert sums == sorted(sums)
        table.setFocus()
        test.key(Qt.Key.Key_End)
        test.keys("Shift+Up")
        test.keys("Ctrl+C")
        lines = QGuiApplication.clipboard().text().split("\n")
        assert [len(line.split("\t")) for line in lines] == [7, 7]
        await test.settled()

    desk_test(act)


def test_a_checkpoint_is_made_in_the_dialog(desk_test: Callable[[Act], None]) -> None:
    """What is wrong is said while typing; the new one is chosen in the list; undo takes it away."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)
        before = codes(test)
        test.keys("Ctrl+N")
        await dialog(test, "new_record")
        test.write("P-001")
        assert "P-001”已属于另一条记录" in said(test)
        test.keys("Ctrl+A")
        test.write("P-900")
        test.keys("Ctrl+Return")
        assert any(found.isVisible() for found in test.window.findChildren(Dialog, "new_record")), "a name is missing"
        assert "还没有填执勤点名称" in said(test)
        test.write("石桥新岗", test.find(QLineEdit, "name"))
        test.write("新岗", test.find(QLineEdit, "short_name"))
        test.key(Qt.Key.Key_Down, test.find(QComboBox, "status"))
        test.keys("Ctrl+Return")
        await test.settled()
        assert sorted(codes(test)) == sorted([*before, "P-900"])
        assert stored(test, "P-900").row.status is CheckpointStatus.PLANNED
        assert page.place.title() == "石桥新岗"
        test.keys("Ctrl+Z")
        await test.settled()
        assert codes(test) == before

    desk_test(act)


def test_basics_are_edited_and_judged_while_typing(desk_test: Callable[[Act], None]) -> None:
    """A wrong value is not saved and says why; a right one is in the file, with the tier chosen beside it."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)
        page.place.tabs.setFocus()
        test.key(Qt.Key.Key_Right)
        name, lon = test.find(QLineEdit, "name"), test.find(QLineEdit, "lon")
        name.setFocus()
        test.keys("Ctrl+A")
        test.write("榕树菜市场")
        lon.setFocus()
        test.keys("Ctrl+A")
        test.write("22.9")
        assert "经度和纬度像是写反了" in said(test)
        test.keys("Ctrl+S")
        await test.settled()
        assert stored(test, "P-001").row.name == "榕树市场"
        test.keys("Ctrl+A")
        test.write("113.68")
        third = page.place.side.tier.findChild(QWidget, "3")
        assert third is not None
        test.click(third)
        assert page.place.dirty_text() == "3 项未保存"
        test.keys("Ctrl+S")
        await test.settled()
        detail = stored(test, "P-001")
        assert (detail.row.name, detail.lon, detail.row.tier) == ("榕树菜市场", 113.68, 3)
        assert page.place.title() == "榕树菜市场"
        assert page.checkpoints.list.model.row_at(0).name == "榕树菜市场"

    desk_test(act)


def test_unsaved_edits_ask_before_another_row_is_shown(desk_test: Callable[[Act], None]) -> None:
    """Keep editing stays, discarding goes on, saving saves and goes on."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)

        async def edit_and_move(answer: str) -> None:
            page.place.demand.grid.setFocus()
            test.key(Qt.Key.Key_Plus)
            page.checkpoints.list.table.setFocus()
            test.key(Qt.Key.Key_Down)
            await dialog(test, "unsaved")
            test.click(test.find(QPushButton, answer))
            await test.settled()

        before = stored(test, "P-001").row.desired
        await edit_and_move("unsaved_stay")
        assert (page.place.dirty(), page.place.detail is not None and page.place.detail.row.code) == (1, "P-001")
        page.place.discard()
        await edit_and_move("unsaved_discard")
        assert page.place.detail is not None
        assert page.place.detail.row.code == "P-002"
        assert stored(test, "P-001").row.desired == before
        page.checkpoints.list.table.setFocus()
        test.key(Qt.Key.Key_Up)
        await test.settled()
        await edit_and_move("unsaved_save")
        assert page.place.detail.row.code == "P-002"
        assert stored(test, "P-001").row.desired == before + 1

    desk_test(act)


def test_unsaved_edits_ask_before_the_page_is_left(desk_test: Callable[[Act], None]) -> None:
    """The page stays until it is answered, and then goes where one wanted to go."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)
        page.place.demand.grid.setFocus()
        test.key(Qt.Key.Key_Plus)
        test.keys("Ctrl+1")
        await dialog(test, "unsaved")
        assert test.frame.page is page
        test.key(Qt.Key.Key_Escape)
        await test.settled()
        assert test.frame.page is page
        test.keys("Alt+2")
        await dialog(test, "unsaved")
        test.key(Qt.Key.Key_Escape)
        await test.settled()
        assert page.kind.chosen() == "checkpoints"
        test.keys("Ctrl+1")
        await dialog(test, "unsaved")
        test.click(test.find(QPushButton, "unsaved_discard"))
        await test.settled()
        assert test.frame.page is not None
        assert test.frame.page.name == "today"

    desk_test(act)


def test_what_somebody_else_changed_is_not_overwritten(desk_test: Callable[[Act], None]) -> None:
    """The other's state is shown, one's own edit stays unsaved over it, and can then be saved knowingly."""

    async def act(test: DeskTest) -> None:
        from patrol_desk.services.places import update_checkpoint

        page = await opened(test)
        page.place.form.put("name", "我的名字")
        with test.fresh() as station:
            actor = station.system_actor()
            row = page.place.detail.row if page.place.detail is not None else None
            assert row is not None
            update_checkpoint(station, actor, row.id, row.row_version, {"name": "别人的名字", "address": "别人的路"})
        test.keys("Ctrl+S")
        await test.settled()
        assert stored(test, "P-001").row.name == "别人的名字"
        assert "刚被别人改过" in said(test)
        assert page.place.form.dirty_keys() == ["name"]
        assert page.place.form.value("address") == "别人的路"
        test.keys("Ctrl+S")
        await test.settled()
        detail = stored(test, "P-001")
        assert (detail.row.name, detail.address) == ("我的名字", "别人的路")

    desk_test(act)


def test_no_chinese_word_stays_in_the_english_window(desk_test: Callable[[Act], None]) -> None:
    """Both lists, both details: only data is Chinese."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)
        page.place.demand.grid.setFocus()
        test.key(Qt.Key.Key_Plus)
        await test.settled()
        test.keys("Ctrl+Shift+L")
        await test.settled()
        for sentence in (page.place.demand.effect.text(), page.place.dirty_text(), page.place.save_button.text()):
            assert not re.search("[\u4e00-\u9fff]", sentence), sentence
        assert page.checkpoints.list.model.headerData(0, Qt.Orientation.Horizontal) == "Code"
        page.place.discard()
        test.keys("Ctrl+Shift+L")

    desk_test(act)
