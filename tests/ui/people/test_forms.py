"""Availability forms go out, come back filled, and whoever has not answered is seen; the file is read anew."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from patrol_desk.app.job import FixedPicker
from patrol_desk.common.clock import FixedClock
from patrol_desk.models import Availability, FormAnswer, Person
from patrol_desk.services.handon.unanswered import unanswered_squads
from patrol_desk.storage import bulk, queries
from patrol_desk.ui.dialogs.printing.dialog import PrintDialog
from patrol_desk.ui.pages.importing.page import ImportPage
from patrol_desk.ui.pages.people.squads.view import SquadsView
from patrol_desk.ui.widgets.buttons import Button
from tests.helpers.desk import DeskTest
from tests.helpers.people_page import Start, open_page, pick, shown
from tests.ui.today.steps import today, words


def waited(d: DeskTest) -> list[str]:
    """Return the codes of the squads waited for, as a new session reads them."""
    with d.fresh() as station:
        return [one.code for one in unanswered_squads(station, station.system_actor())]


def later(d: DeskTest) -> None:
    """Let a day pass."""
    clock = d.desk.clock
    assert isinstance(clock, FixedClock)
    clock.advance(timedelta(days=1))


async def squads(d: DeskTest) -> SquadsView:
    """Go to the groups."""
    page = await d.page("people")
    d.click(d.find(QAbstractButton, "squads"))
    await d.settled()
    view = page.findChild(SquadsView)
    assert view is not None
    return view


async def hand_out(d: DeskTest, folder: Path, codes: Sequence[str] = ()) -> None:
    """Hand forms on as workbooks from the open print dialog, of these squads or of all that are ticked."""
    dialog = d.window.findChild(PrintDialog)
    assert dialog is not None
    await d.until(lambda: dialog.choice.model.rowCount() > 0 and dialog.hand_on_button.isEnabled())
    if codes:
        rows = dialog.choice.model.all_rows()
        dialog.choice.model.ticks.set([row.id for row in rows if row.line.code in codes])
    await d.settled()
    dialog.picker = FixedPicker(folder, folder / "none")
    action = dialog.hand_on_button.findChild(QAction, "hand_on_xlsx")
    assert action is not None
    action.trigger()
    await d.until(lambda: not dialog.work.busy and bool(list(folder.glob("*.xlsx"))))
    await d.settled()
    d.key(Qt.Key.Key_Escape, dialog)
    await d.settled()


def fill(file: Path) -> str:
    """Say that the first person of a form never serves on Tuesdays; return the person's code."""
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    heading = next(cells for cells in sheet.iter_rows() if any(cell.value == "周二" for cell in cells))
    tuesday = next(cell.column for cell in heading if cell.value == "周二")
    row = int(heading[0].row or 0) + 1
    code = str(sheet.cell(row, 1).value)
    while str(sheet.cell(row, 1).value) == code:
        held = sheet.cell(row, tuesday)
        held.value = "不可" if held.value != "不可" else "优先"
        row += 1
    book.save(file)
    return code


async def take_in(d: DeskTest, folder: Path) -> None:
    """Import the files of a folder by keys."""
    await d.settled()
    page = d.frame.page
    assert isinstance(page, ImportPage)
    page.picker = FixedPicker(folder, folder / "none")
    d.keys("Ctrl+O")
    await d.settled()
    for _ in ("files", "preview"):
        d.keys("Ctrl+Return")
        await d.settled()
    await d.until(lambda: any(b.isVisible() for b in d.window.findChildren(Button, "confirmDo")))
    d.click(d.find(Button, "confirmDo"))
    await d.until(lambda: page.step == "result")
    await d.settled()


def tuesdays(d: DeskTest, code: str) -> list[int]:
    """Return what somebody said of Tuesdays, as a new session reads it."""
    with d.fresh() as station, station.read() as session:
        person = queries.first(session, Person, code=code)
        assert person is not None
        rows = bulk.rows(session, Availability, ("tuesday",), where={"person_id": person.id}, order_by=("pattern_id",))
    return [int(row[0]) for row in rows]


def test_the_whole_circle_of_a_form(desk_test: Start, tmp_path: Path) -> None:
    """Out as XLSX, one filled and read back, one given back unchanged: list, alert and badge shrink each time."""
    folder = tmp_path / "forms"
    folder.mkdir()

    async def act(d: DeskTest) -> None:
        view = await squads(d)
        assert not view.forms.isVisible()
        three = [line.code for line in view.list.groups.lines() if line.kind == "squad"][:3]
        from patrol_desk.ui.pages.people.squads.form_acts import print_forms

        print_forms(d.desk, three)
        await hand_out(d, folder, three)
        assert waited(d) == three
        assert view.forms.isVisible()
        assert "3 个小组" in view.forms.accessibleName()
        d.click(d.find(Button, "forms_only"))
        assert [line.code for line in view.list.groups.shown()] == three
        assert "征集表未交回" in str(view.list.groups.index(1, 0).data())
        later(d)
        returned = tmp_path / "returned"
        returned.mkdir()
        file = next(file for file in folder.glob("*.xlsx") if three[0] in file.name)
        code = fill(file.rename(returned / file.name))
        before = tuesdays(d, code)
        d.click(d.find(Button, "forms_import"))
        await take_in(d, returned)
        assert tuesdays(d, code) != before
        assert waited(d) == three[1:]
        view = await squads(d)
        assert [line.code for line in view.list.groups.shown()] == three[1:]
        d.click(d.find(Button, "forms_back"))
        dialog = await shown(d, "pick")
        d.write(three[1])
        d.key(Qt.Key.Key_Down)
        d.key(Qt.Key.Key_Space)
        d.click(dialog.findChild(Button, "pick_do") or dialog)
        await d.settled()
        assert waited(d) == three[2:]
        d.keys("Ctrl+Z")
        await d.settled()
        assert waited(d) == three[1:]

    desk_test(act)


def test_one_squad_is_marked_from_its_menu_and_the_filter_clears(desk_test: Start, tmp_path: Path) -> None:
    """The chip of the squad goes, the last one answered takes the line away, and every group is listed again."""
    folder = tmp_path / "forms"
    folder.mkdir()

    async def act(d: DeskTest) -> None:
        await open_page(d)
        view = await squads(d)
        only = view.list.groups.shown()[0]
        from patrol_desk.ui.pages.people.squads.form_acts import print_forms

        print_forms(d.desk, [only.code])
        await hand_out(d, folder)
        assert waited(d) == [only.code]
        d.click(d.find(Button, "forms_only"))
        view.left.clear()
        assert not view.forms.only.isChecked()
        d.click(d.find(Button, "forms_only"))
        await d.settled()
        assert d.find(QWidget, "group_form").isVisible()
        later(d)
        d.click(d.find(QAbstractButton, "group_more"))
        await pick(d, d.window.findChildren(QMenu, "group_menu")[0], "征集表已交回")
        await d.settled()
        assert waited(d) == []
        assert not view.forms.isVisible()
        assert len(view.list.groups.shown()) == len(view.list.groups.lines())
        with d.fresh() as station, station.read() as session:
            assert len(bulk.rows(session, FormAnswer, ("squad_id",))) == 1
        d.keys("Ctrl+Shift+L")
        await d.settled()

    desk_test(act)


def test_the_day_says_who_has_not_answered(desk_test: Start, tmp_path: Path) -> None:
    """The alert counts them and opens the forms of these squads, or leads to the import."""
    folder = tmp_path / "forms"
    folder.mkdir()

    async def act(d: DeskTest) -> None:
        view = await squads(d)
        two = [line.code for line in view.list.groups.lines() if line.kind == "squad"][:2]
        from patrol_desk.ui.pages.people.squads.form_acts import print_forms

        print_forms(d.desk, two)
        await hand_out(d, folder, two)
        await d.page("today")
        alerts = today(d).panel.alerts
        assert "2 个小组未交回可执勤时间征集表" in words(alerts)
        ways = {button.text(): button for button in alerts.findChildren(QAbstractButton)}
        ways["打印征集表"].setFocus()
        d.key(Qt.Key.Key_Space)
        await d.until(lambda: d.window.findChild(PrintDialog) is not None)
        dialog = d.window.findChild(PrintDialog)
        assert dialog is not None
        await d.until(lambda: dialog.choice.model.rowCount() > 0)
        assert dialog.choice.chosen() == two
        assert dialog.looks.kind.id == "availability"
        d.key(Qt.Key.Key_Escape, dialog)
        await d.settled()
        ways["导入收回的表"].setFocus()
        d.key(Qt.Key.Key_Space)
        await d.settled()
        assert isinstance(d.frame.page, ImportPage)

    desk_test(act)
