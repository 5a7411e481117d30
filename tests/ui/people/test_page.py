"""The list of people does its job by keys and mouse, and what it saved is in the file."""

from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QMenu, QWidget

from patrol_desk.models import (
    Certificate,
    Leave,
    Person,
    PersonStatus,
    Squad,
    SquadMembership,
)
from patrol_desk.storage import bulk, queries
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.people.picking import PickTable
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import Chip
from tests.helpers.desk import DeskTest
from tests.helpers.people_page import TODAY, Start, open_page, pick, shown, stored, text_of


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
