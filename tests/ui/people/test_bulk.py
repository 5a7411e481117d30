"""Ticked people are changed, exported and stepped on together; the file has it."""

from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel

from patrol_desk.app.job import FixedPicker
from patrol_desk.models import ActivityClass, PersonStatus
from patrol_desk.ui.pages.people.export_dialog import ExportDialog
from patrol_desk.ui.widgets.buttons import Button
from tests.helpers.desk import DeskTest
from tests.helpers.people_page import Start, current, open_page, pick, shown, stored


def choose(d: DeskTest, name: str, value: str) -> None:
    """Choose an entry of a box by its key, as its list would."""
    box = d.find(QComboBox, name)
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_many_are_changed_in_one_step_that_says_who_cannot(desk_test: Start) -> None:
    """Two fields of four people; the preview counts, the file has both, one Ctrl+Z takes all of it back."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        people = [row for row in page.model.all_rows() if not row.retired][:4]
        page.model.ticks.set([row.id for row in people])
        d.click(d.find(Button, "bulk_edit"))
        await shown(d, "bulk_dialog")
        assert not d.find(Button, "dialog_do").isEnabled()
        choose(d, "all_cap", "6")
        choose(d, "all_activity", ActivityClass.CALL_OUT.value)
        await d.until(lambda: d.find(QLabel, "dialog_told").text().startswith("4 人中 4 人会改"))
        assert d.find(Button, "dialog_do").isEnabled()
        choose(d, "all_status", PersonStatus.VETTED.value)
        await d.until(lambda: "不能改" in d.find(QLabel, "dialog_told").text())
        choose(d, "all_status", "")
        await d.until(lambda: "不能改" not in d.find(QLabel, "dialog_told").text())
        d.keys("Ctrl+Return")
        await d.settled()
        assert d.find(QLabel, "notice_text").text().startswith("已批量修改 4 人")
        for row in people:
            person = stored(d, row.id)
            assert (person.weekly_cap, person.activity_class) == (6, ActivityClass.CALL_OUT)
        d.keys("Ctrl+Z")
        await d.settled()
        assert [stored(d, row.id).weekly_cap for row in people] == [row.cap for row in people]

    desk_test(act)


def test_ticked_people_go_to_files(desk_test: Start, tmp_path: Path) -> None:
    """The folder that was chosen holds their rows, as the import takes them."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        page.deeds.picker = FixedPicker(tmp_path / "out", tmp_path)
        people = [row for row in page.model.all_rows() if not row.retired][:2]
        page.model.ticks.set([row.id for row in people])
        d.click(d.find(Button, "bulk_export"))
        await shown(d, "export_dialog")
        d.keys("Ctrl+Return")
        await d.settled()
        text = (tmp_path / "out" / "人员.csv").read_text("utf-8-sig")
        assert all(row.code in text for row in people)
        assert len(text.splitlines()) == 3

    desk_test(act)


def test_a_list_of_chosen_columns_goes_to_a_workbook(desk_test: Start, tmp_path: Path) -> None:
    """The columns ticked, code and name always; the number of people is told; no phone unless it was ticked."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        page.deeds.picker = FixedPicker(tmp_path, tmp_path / "list.xlsx")
        people = [row for row in page.model.all_rows() if not row.retired][:3]
        page.model.ticks.set([row.id for row in people])
        d.click(d.find(Button, "bulk_export"))
        dialog = await shown(d, "export_dialog")
        assert isinstance(dialog, ExportDialog)
        choose(d, "export_form", "xlsx")
        dialog.table.picks.ticks.set({"weekly_cap"})
        assert dialog.table.picks.ticks.ids() == {"code", "name", "weekly_cap"}
        assert dialog.told.text().startswith("3 人，3 列。")
        dialog.table.picks.ticks.put({"phone"}, on=True)
        assert "个人信息" in dialog.told.text()
        dialog.table.picks.ticks.put({"phone"}, on=False)
        d.keys("Ctrl+Return")
        await d.settled()
        rows = list(openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0].values)
        assert rows[0] == ("人员编号", "姓名", "每周上限")
        assert {row[0] for row in rows[1:]} == {row.code for row in people}

    desk_test(act)


def test_somebody_steps_back_with_a_reason(desk_test: Start) -> None:
    """From the panel's menu: another status from today on; a step back without a reason is refused with a sentence."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        row = next(row for row in page.model.shown_rows() if row.status is PersonStatus.ACTIVE)
        page.table.go_to(row.id)
        d.key(Qt.Key.Key_Return, page.table)
        await d.settled()
        person_id = current(page)
        for reason, status in (("", PersonStatus.ACTIVE), ("证件过期", PersonStatus.AWAITING_TRAINING)):
            d.click(d.find(Button, "person_more"))
            await pick(d, page.panel.head.menu, "改状态…")
            await shown(d, "status_dialog")
            choose(d, "step_status", PersonStatus.AWAITING_TRAINING.value)
            d.write(reason)
            d.keys("Ctrl+Return")
            await d.settled()
            assert stored(d, person_id).status is status
        assert stored(d, person_id).status_reason == "证件过期"

    desk_test(act)
