"""One person is edited by keys and mouse, and what was saved is in the file."""

from datetime import date

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from patrol_desk.models import (
    AuditEntry,
    Availability,
    Certificate,
    Leave,
    LeaveReason,
    PersonStatus,
)
from patrol_desk.services.people import person_detail, update_person
from patrol_desk.storage import bulk
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.people.bars import Lines
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import Label
from tests.helpers.desk import WEEK, DeskTest
from tests.helpers.people_page import TODAY, Start, current, open_page, pick, shown, stored, text_of


def test_fields_and_cells_are_saved_in_one_step_and_undone(desk_test: Start) -> None:
    """By keyboard alone: the name is changed, cells are painted, Ctrl+S saves, Ctrl+Z takes all back."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        d.key(Qt.Key.Key_Return)
        await d.settled()
        person_id, tabs = current(page), page.panel.tabs
        before = stored(d, person_id)
        assert d.focus() is tabs
        d.key(Qt.Key.Key_Tab)
        name = d.find(QLineEdit, "name")
        assert d.focus() is name
        d.keys("Ctrl+A")
        d.write("欧阳静怡")
        tabs.setFocus()
        d.key(Qt.Key.Key_Right, times=2)
        assert tabs.chosen() == "times"
        grid = page.panel.times.grid
        grid.setFocus()
        d.write("3")
        d.key(Qt.Key.Key_Space)
        d.key(Qt.Key.Key_Down)
        d.write("1")
        d.key(Qt.Key.Key_Space)
        d.key(Qt.Key.Key_Right)
        d.key(Qt.Key.Key_Return)
        cells = page.panel.times.cells()
        assert cells
        assert text_of(d, "person_unsaved") == f"{len(cells) + 1} 处未保存"
        d.keys("Ctrl+S")
        await d.settled()
        assert stored(d, person_id).name == "欧阳静怡"
        with d.fresh() as station, station.read() as session:
            detail = person_detail(station, d.desk.actor, person_id, WEEK)
            assert len(bulk.rows(session, Availability, ("id",), where={"person_id": person_id})) >= 2
        patterns = [pattern.id for pattern in detail.patterns]
        assert detail.availability[patterns[0]][0] == 1
        assert detail.availability[patterns[1]][:2] == (3, 3)
        row = page.model.row_at(page.model.place_of(person_id) or 0)
        assert row.name == "欧阳静怡"
        assert text_of(d, "person_unsaved") == ""
        d.keys("Ctrl+Z")
        await d.settled()
        assert stored(d, person_id).name == before.name
        assert text_of(d, "person_name") == before.name

    desk_test(act)


def test_the_painter_takes_a_drag_and_a_whole_day(desk_test: Start) -> None:
    """A fast drag leaves no gap; a weekday's head paints the column; discard goes back."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        page.panel.tabs.choose("times")
        grid = page.panel.times.grid
        d.click(page.panel.times.brushes.findChild(QAbstractButton, "brush_3") or grid)
        first, last = grid.rect_of(0, 0).center(), grid.rect_of(0, 6).center()
        QTest.mousePress(grid, Qt.MouseButton.LeftButton, pos=first)
        QTest.mouseMove(grid, last)
        QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=last)
        assert grid.counts()[1] >= 7
        d.click(grid, QPoint(grid.rect_of(0, 2).center().x(), 4))
        assert grid.counts()[1] >= 7 + len(page.panel.detail.patterns if page.panel.detail else ()) - 1
        assert grid.cells()
        d.click(d.find(Button, "person_discard"))
        assert not grid.cells()
        d.click(grid, QPoint(4, grid.rect_of(1, 0).center().y()))
        d.click(d.find(Button, "person_save"))
        await d.settled()
        with d.fresh() as station:
            detail = person_detail(station, d.desk.actor, current(page), WEEK)
        assert detail.availability[detail.patterns[1].id] == (1,) * 7

    desk_test(act)


def test_a_person_is_made_with_checks_while_typing(desk_test: Start) -> None:
    """Ctrl+N, a free code waits, a wrong phone is told at once and keeps the save back; then the person is there."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        taken = page.model.row_at(0).code
        d.keys("Ctrl+N")
        await d.settled()
        code = d.find(QLineEdit, "code")
        assert code.text()
        assert d.focus() is d.find(QLineEdit, "name")
        d.keys("Ctrl+S")
        d.write("单小明")
        phone = d.find(QLineEdit, "phone")
        d.click(phone)
        d.write("1380000")
        assert any("11 位" in label.text() for label in page.panel.basics.findChildren(Label) if label.isVisible())
        d.keys("Ctrl+S")
        await d.settled()
        assert text_of(d, "person_name") == "新增人员"
        d.write("1111")
        d.click(code)
        d.keys("Ctrl+A")
        wanted = code.text()
        d.write(taken)
        await d.settled()
        assert "code" in page.panel.basics.forms[0].errors()
        d.keys("Ctrl+A")
        d.write(wanted)
        d.keys("Ctrl+S")
        await d.settled()
        assert text_of(d, "person_name") == "单小明"
        person = stored(d, current(page))
        assert (person.name, person.phone, person.code) == ("单小明", "13800001111", wanted)
        assert page.table.selected_ids() == [person.id]
        d.keys("Ctrl+Z")
        await d.settled()
        assert page.model.place_of(person.id) is None

    desk_test(act)


def test_unsaved_edits_are_never_lost_silently(desk_test: Start) -> None:
    """Another row, another page: the desk asks; staying keeps the edit, dropping goes on, saving saves."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        first, second = page.model.row_at(0), page.model.row_at(1)

        def edit(name: str) -> None:
            page.panel.tabs.choose("basics")
            d.click(d.find(QLineEdit, "name"))
            d.keys("Ctrl+A")
            d.write(name)

        edit("甲甲")
        page.table.setFocus()
        d.key(Qt.Key.Key_Down)
        await shown(d, "unsaved_dialog")
        d.key(Qt.Key.Key_Escape)
        await d.settled()
        assert current(page) == first.id
        assert page.table.selected_ids() == [first.id]
        assert page.panel.unsaved() == 1
        d.key(Qt.Key.Key_Down, page.table)
        await shown(d, "unsaved_dialog")
        d.click(d.find(Button, "unsaved_drop"))
        await d.settled()
        assert current(page) == second.id
        edit("乙乙")
        d.keys("Ctrl+4")
        await shown(d, "unsaved_dialog")
        assert d.frame.page is page
        d.click(d.find(Button, "unsaved_save"))
        await d.settled()
        assert d.frame.page is not page
        assert stored(d, second.id).name == "乙乙"
        assert stored(d, first.id).name == first.name

    desk_test(act)


def test_a_number_shows_for_a_while_and_the_log_knows(desk_test: Start) -> None:
    """The click is audited; the number hides again by itself and when another person is shown."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        person_id = current(page)
        timer = page.panel.head.findChild(QTimer)
        assert timer is not None
        assert timer.interval() == 10_000
        masked = text_of(d, "person_phone")
        d.click(d.find(Button, "reveal_phone"))
        await d.settled()
        assert text_of(d, "person_phone") == stored(d, person_id).phone
        timer.start(1)
        await d.until(lambda: text_of(d, "person_phone") == masked)
        with d.fresh() as station, station.read() as session:
            entries = bulk.rows(session, AuditEntry, ("record_id",), where={"action": "person.reveal_phone"})
        assert person_id in {row[0] for row in entries}
        timer.setInterval(10_000)
        d.click(d.find(Button, "reveal_phone"))
        await d.settled()
        d.key(Qt.Key.Key_Down, page.table)
        await d.settled()
        assert "****" in text_of(d, "person_phone")
        assert not timer.isActive()

    desk_test(act)


def test_somebody_else_changed_the_person_meanwhile(desk_test: Start) -> None:
    """Nothing is overwritten: the desk says so and reads again when told."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        detail = page.panel.detail
        assert detail is not None
        update_person(d.desk.station, d.desk.actor, detail.id, {"name": "先到"}, seen=detail.row_version)
        d.click(d.find(QLineEdit, "name"))
        d.keys("Ctrl+A")
        d.write("后到")
        d.keys("Ctrl+S")
        await shown(d, "confirm")
        d.click(d.find(Button, "confirmDo"))
        await d.settled()
        assert text_of(d, "person_name") == "先到"
        assert stored(d, detail.id).name == "先到"

    desk_test(act)


def test_leave_of_one_is_added_changed_and_withdrawn(desk_test: Start) -> None:
    """From the tab of times; the file has it at each step."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        page.panel.tabs.choose("times")
        person_id = current(page)

        def leave() -> list[tuple[date, LeaveReason]]:
            with d.fresh() as station, station.read() as session:
                rows = bulk.rows(
                    session, Leave, ("last_on", "reason"), where={"person_id": person_id, "ended_on": None}
                )
            return [(row[0], row[1]) for row in rows]

        before = leave()
        d.click(d.find(Button, "add_leave"))
        await shown(d, "leave_dialog")
        d.click(d.find(QLineEdit, "first_on"))
        for field in ("first_on", "last_on"):
            d.click(d.find(QLineEdit, field))
            d.keys("Ctrl+A")
            d.write("20270301")
        d.keys("Ctrl+Return")
        await d.settled()
        assert (date(2027, 3, 1), LeaveReason.PERSONAL) in leave()
        d.click(d.window.findChildren(Button, "leave_pencil")[0])
        await shown(d, "leave_dialog")
        d.click(d.find(QLineEdit, "last_on"))
        d.key(Qt.Key.Key_Up)
        d.keys("Ctrl+Return")
        await d.settled()
        assert (date(2027, 3, 2), LeaveReason.PERSONAL) in leave()
        d.click(d.window.findChildren(Button, "leave_x")[0])
        await d.settled()
        assert leave() == before

    desk_test(act)


def test_the_panels_menu_acts_on_the_person_in_view(desk_test: Start) -> None:
    """Retire from the menu, close the panel with Esc, restore from the menu."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        person_id = current(page)

        async def choose(words: str) -> None:
            d.click(d.find(Button, "person_more"))
            await pick(d, page.panel.head.menu, words)

        await choose("停用")
        await shown(d, "retire_dialog")
        d.write("生病")
        d.keys("Ctrl+Return")
        await d.settled()
        assert stored(d, person_id).status is PersonStatus.INACTIVE
        d.key(Qt.Key.Key_Escape, page.table)
        assert not page.side.isVisible()
        d.desk.go(Target("people", person_id))
        await d.settled()
        await choose("恢复在队")
        await d.settled()
        assert stored(d, person_id).status is PersonStatus.ACTIVE
        await choose("调整小组")
        await shown(d, "squad_dialog")
        d.key(Qt.Key.Key_Escape)
        await d.settled()

    desk_test(act)


def test_a_certificate_is_added_and_withdrawn(desk_test: Start) -> None:
    """From the tab of skills; the list and the file have it at each step."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        bare = next(row for row in page.model.shown_rows() if not row.skills and row.expires_on is None)
        d.desk.go(Target("people", bare.id))
        await d.settled()
        page.panel.tabs.choose("proofs")
        d.click(d.find(Button, "add_certificate"))
        await shown(d, "proof_dialog")
        d.click(d.find(QLineEdit, "number"))
        d.write("ZS-1")
        d.click(d.find(QLineEdit, "expires_on"))
        d.write("20270301")
        d.keys("Ctrl+Return")
        await d.settled()
        with d.fresh() as station, station.read() as session:
            rows = bulk.rows(session, Certificate, ("number", "expires_on"), where={"person_id": bare.id})
        assert rows == [("ZS-1", date(2027, 3, 1))]
        place = page.model.place_of(bare.id)
        assert place is not None
        assert len(page.model.row_at(place).skills) == 1
        d.click(d.find(Button, "certificate_pencil"))
        await shown(d, "proof_dialog")
        d.click(d.find(QLineEdit, "expires_on"))
        d.key(Qt.Key.Key_Up)
        d.keys("Ctrl+Return")
        await d.settled()
        d.click(d.find(Button, "certificate_x"))
        await d.settled()
        with d.fresh() as station, station.read() as session:
            ended = bulk.rows(session, Certificate, ("expires_on", "ended_on"), where={"person_id": bare.id})
        assert ended == [(date(2027, 3, 2), TODAY)]

    desk_test(act)


def test_the_tabs_tell_a_persons_record(desk_test: Start) -> None:
    """A click or Home and End choose a tab; past duties and squads are read aloud as they are in the file."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        row = next(row for row in page.model.shown_rows() if row.minutes and row.duties)
        d.desk.go(Target("people", row.id))
        await d.settled()
        tabs = page.panel.tabs
        d.click(tabs, tabs.rect_of("service").center())
        d.window.grab()
        with d.fresh() as station:
            detail = person_detail(station, d.desk.actor, row.id, d.desk.week)
        told = [lines.accessibleDescription() for lines in page.panel.service.findChildren(Lines)]
        assert len(told) == 2
        assert detail.duties[0].checkpoint in told[0]
        assert all(served.checkpoint in told[1] for served in detail.served)
        d.key(Qt.Key.Key_Home, tabs)
        assert tabs.chosen() == "basics"
        d.key(Qt.Key.Key_Left, tabs)
        assert tabs.chosen() == "belonging"
        assert detail.memberships[0].name in page.panel.belonging.lines[0].accessibleDescription()

    desk_test(act)


def test_another_persons_week_is_copied(desk_test: Start) -> None:
    """The model is found by code; the whole week is the same afterwards."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        person_id = current(page)
        model = next(row for row in page.model.shown_rows() if row.free and row.id != person_id)
        page.panel.tabs.choose("times")
        d.click(d.find(Button, "copy_availability"))
        await shown(d, "pick")
        d.write(model.code)
        d.key(Qt.Key.Key_Return)
        await d.settled()
        with d.fresh() as station:
            weeks = [person_detail(station, d.desk.actor, one, WEEK).availability for one in (person_id, model.id)]
        assert weeks[0] == weeks[1]
        assert not page.panel.unsaved()

    desk_test(act)
