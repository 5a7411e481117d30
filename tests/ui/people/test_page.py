"""The page of people does its job by keys and mouse, and what it saved is in the file."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMenu, QWidget

from patrol_desk.models import (
    AuditEntry,
    Availability,
    Certificate,
    Leave,
    LeaveReason,
    Person,
    PersonStatus,
    Squad,
    SquadMembership,
)
from patrol_desk.services.people import person_detail, update_person
from patrol_desk.storage import bulk, queries
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.people.page import PeoplePage
from patrol_desk.ui.pages.people.picking import PickTable
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import Chip, Label
from tests.helpers.desk import WEEK, Act, DeskTest

Start = Callable[[Act], None]
TODAY = date(2026, 11, 25)


async def open_page(d: DeskTest) -> PeoplePage:
    """Go to the page; the table has the focus."""
    page = await d.page("people")
    assert isinstance(page, PeoplePage)
    assert d.focus() is page.table
    return page


def stored(d: DeskTest, person_id: str) -> Person:
    """Return a person as a new session reads it."""
    with d.fresh() as station, station.read() as session:
        found = queries.first(session, Person, id=person_id)
    assert found is not None
    return found


def current(page: PeoplePage) -> str:
    """Return the id of the person in the panel."""
    assert page.panel.detail is not None
    return page.panel.detail.id


def text_of(d: DeskTest, name: str) -> str:
    """Return what a label says."""
    return d.find(QLabel, name).text()


async def pick(d: DeskTest, menu: QMenu, words: str) -> None:
    """Click an entry of an open menu; the screen gives the window the focus back, which the test's must be told."""
    action = next(action for action in menu.actions() if action.text() == words)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    d.window.activateWindow()
    await d.until(lambda: QApplication.activeWindow() is d.window)


async def shown(d: DeskTest, name: str) -> QWidget:
    """Wait until a dialog is open and return it."""
    await d.until(lambda: any(w.isVisible() for w in d.window.findChildren(QWidget, name)))
    return d.find(QWidget, name)


def test_somebody_is_found_while_typing(desk_test: Start) -> None:
    """Initials and last digits narrow the list at each key; Down and Enter open the person; nothing found says so."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        row = page.model.row_at(7)
        QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page.model)
        d.write("/")
        assert d.focus() is page.filters.search
        initials = "".join(part[0] for part in row.sort_name.split())
        d.write(initials)
        assert page.model.place_of(row.id) is not None
        assert 0 < page.model.rowCount() < 100
        assert text_of(d, "people_count").startswith(f"{page.model.rowCount()} / ")
        d.key(Qt.Key.Key_Escape)
        with d.fresh() as station, station.read() as session:
            phone = bulk.rows(session, Person, ("phone",), where={"id": row.id})[0][0]
        d.write(phone[-6:])
        assert [found.id for found in page.model.shown_rows()] == [row.id]
        d.key(Qt.Key.Key_Down)
        d.key(Qt.Key.Key_Return)
        await d.settled()
        assert text_of(d, "person_name") == row.name
        assert phone not in text_of(d, "person_phone")
        d.click(page.filters.search)
        d.write("zzz")
        assert page.states.state() == "notice"
        d.click(next(button for button in page.states.findChildren(Button) if button.isVisible()))
        assert page.states.state() == "content"
        for column in range(1, page.model.columnCount()):
            page.model.sort(column)

    desk_test(act)


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


def test_ticked_people_are_retired_with_numbers_and_come_back(desk_test: Start) -> None:
    """Space ticks, the dialog tells how many duties it touches and wants a reason; the file has it; restore works."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        page.model.sort(page.model.column_of("duties"))
        people = [page.model.row_at(place).id for place in (0, 1)]
        page.table.setFocus()
        d.key(Qt.Key.Key_Home)
        d.key(Qt.Key.Key_Space)
        d.key(Qt.Key.Key_Down)
        d.key(Qt.Key.Key_Space)
        assert text_of(d, "bulk_count") == "已选 2 人"
        d.click(d.find(Button, "bulk_retire"))
        dialog = await shown(d, "retire_dialog")
        assert "个班次" in text_of(d, "dialog_told")
        d.click(d.find(Button, "dialog_do"))
        assert dialog.isVisible()
        d.write("迁往外地")
        d.keys("Ctrl+Return")
        await d.settled()
        for person_id in people:
            person = stored(d, person_id)
            assert (person.status, person.status_reason) == (PersonStatus.INACTIVE, "迁往外地")
            assert page.model.place_of(person_id) is None
        d.click(d.find(QAbstractButton, "retired"))
        assert page.model.place_of(people[0]) is not None
        page.model.ticks.set(people)
        d.click(d.find(Button, "bulk_restore"))
        await d.settled()
        assert stored(d, people[1]).status is PersonStatus.ACTIVE

    desk_test(act)


def test_many_get_leave_a_cap_and_another_squad(desk_test: Start) -> None:
    """Each bulk edit is one step; the file has it for all of them."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        people = [page.model.row_at(place).id for place in range(4)]
        page.model.ticks.set(people)
        d.click(d.find(Button, "bulk_leave"))
        await shown(d, "leave_dialog")
        last = d.find(QLineEdit, "last_on")
        d.click(last)
        d.keys("Ctrl+A")
        d.write("20261124")
        assert page.desk.tasks.running
        d.keys("Ctrl+Return")
        assert d.find(QWidget, "leave_dialog").isVisible()
        d.keys("Ctrl+A")
        d.write("2026-12-31")
        d.keys("Ctrl+Return")
        await d.settled()
        d.click(d.find(Button, "bulk_cap"))
        await shown(d, "cap_dialog")
        d.keys("Ctrl+Return")
        await d.settled()
        d.click(d.find(Button, "bulk_squad"))
        await shown(d, "squad_dialog")
        table = d.find(PickTable, "pick_table")
        squad = table.picks.row_at(5)
        d.write(squad.note.split()[0])
        assert table.picks.rowCount() == 1
        d.key(Qt.Key.Key_Return)
        await d.settled()
        with d.fresh() as station, station.read() as session:
            leave = bulk.rows(session, Leave, ("person_id", "last_on"), where={"person_id": people})
            caps = bulk.rows(session, Person, ("weekly_cap",), where={"id": people})
            moved = bulk.rows(session, SquadMembership, ("squad_id",), where={"person_id": people, "until_on": None})
        assert {row[0] for row in leave if row[1] == date(2026, 12, 31)} | {row[0] for row in leave} == set(people)
        assert {row[0] for row in caps} == {2}
        assert {row[0] for row in moved} == {squad.id}
        for _ in range(3):
            d.keys("Ctrl+Z")
            await d.settled()
        page.table.setFocus()
        d.key(Qt.Key.Key_Escape)
        assert not page.model.ticks.ids()

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


def test_rows_are_copied_for_a_spreadsheet(desk_test: Start) -> None:
    """Headings and the ticked rows, tab by tab; numbers stay masked, nothing can run."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        page.model.ticks.set([page.model.row_at(place).id for place in (0, 2)])
        d.keys("Ctrl+C")
        lines = QGuiApplication.clipboard().text().split("\n")
        assert len(lines) == 3
        assert lines[0].split("\t")[:3] == ["姓名", "编号", "小组"]
        assert lines[1].split("\t")[4].count("*") == 4
        assert lines[2].split("\t")[1] == page.model.row_at(2).code

    desk_test(act)


def test_filters_are_chips_that_go_away(desk_test: Start) -> None:
    """Squads by a dialog, skills and time by menus; a chip's cross takes its filter away."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        total = page.model.rowCount()
        d.click(d.find(Button, "filter_squads"))
        await shown(d, "pick")
        table = d.find(PickTable, "pick_table")
        squad = table.picks.row_at(0)
        d.write(squad.note.split()[0])
        d.key(Qt.Key.Key_Down)
        d.key(Qt.Key.Key_Space)
        d.click(d.find(Button, "pick_do"))
        await d.settled()
        with d.fresh() as station, station.read() as session:
            assert queries.first(session, Squad, id=squad.id) is not None
        assert {row.squad.id for row in page.model.shown_rows() if row.squad} == {squad.id}
        d.click(d.find(Button, "filter_skills"))
        menu = next(menu for menu in page.filters.findChildren(QMenu) if menu.isVisible())
        skill = menu.actions()[0].text()
        await pick(d, menu, skill)
        assert all(skill in {held.name for held in row.skills} for row in page.model.shown_rows())
        chip = d.find(Chip, "chip_squads")
        d.click(chip, QPoint(chip.width() - 6, chip.height() // 2))
        d.key(Qt.Key.Key_Delete, d.find(Chip, "chip_skills"))
        assert page.model.rowCount() == total
        with d.fresh() as station, station.read() as session:
            assert bulk.rows(session, Certificate, ("id",))
        d.keys("Ctrl+Shift+L")
        await d.settled()
        assert d.find(Button, "people_new").text() == "Add person"
        d.keys("Ctrl+Shift+L")

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


def test_other_pages_lead_to_people(desk_test: Start) -> None:
    """A person, a squad, a response team, certificates that run out: whatever filter was on before."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        member = next(row for row in page.model.all_rows() if row.team and row.squad and not row.retired)
        assert member.squad is not None
        page.filters.search.setText("zzz")
        d.desk.go(Target("people", member.id))
        await d.settled()
        assert text_of(d, "person_name") == member.name
        await d.page("people", squad_id=member.squad.id)
        assert {row.squad and row.squad.id for row in page.model.shown_rows()} == {member.squad.id}
        await d.page("people", team_id=member.team_id)
        assert {row.team for row in page.model.shown_rows()} == {member.team}
        assert member.team in d.find(Chip, "chip_team").text()
        await d.page("people", filter="expiring")
        limit = TODAY + timedelta(days=30)
        assert all(row.expires_on and TODAY <= row.expires_on <= limit for row in page.model.shown_rows())

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
