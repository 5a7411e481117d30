"""Priority areas and security periods by key and click, with their numbers while typing, and a year of periods."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QPushButton, QSpinBox, QTableView

from patrol_desk.models import AreaCheckpoint, PriorityArea, SecurityPeriod
from patrol_desk.services.people.codes import following
from patrol_desk.services.places.emphasis_rows import PeriodRow
from patrol_desk.storage import bulk
from patrol_desk.ui.pages.places.emphasis_tabs import AreaTab, PeriodTab
from patrol_desk.ui.pages.places.page import PlacesPage
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.year_view import YearView
from tests.helpers.desk import Act, DeskTest
from tests.ui.places.steps import opened, said


async def dialog(test: DeskTest, name: str) -> None:
    """Wait until a dialog is open."""
    await test.until(lambda: any(found.isVisible() for found in test.window.findChildren(Dialog, name)))


async def areas(test: DeskTest) -> AreaTab:
    """Go to the areas by key."""
    page = await opened(test)
    test.keys("Alt+3")
    await test.settled()
    pane = page.pane("priority_areas")
    assert isinstance(pane, AreaTab)
    return pane


async def periods(test: DeskTest) -> PeriodTab:
    """Go to the periods by key."""
    page = await opened(test)
    test.keys("Alt+4")
    await test.settled()
    pane = page.pane("security_periods")
    assert isinstance(pane, PeriodTab)
    return pane


def stored_periods(test: DeskTest) -> dict[str, tuple[object, ...]]:
    """Return name → first and last day, desired heads more, whether retired, from the file itself."""
    names = ["name", "first_on", "last_on", "more_desired", "ended_on"]
    with test.fresh() as station, station.read() as session:
        return {str(row[0]): (*row[1:4], row[4] is not None) for row in bulk.rows(session, SecurityPeriod, names)}


def listed(test: DeskTest) -> int:
    """Return how many checkpoints stand on lists of areas, from the file itself."""
    with test.fresh() as station, station.read() as session:
        return len(bulk.rows(session, AreaCheckpoint, ["id"], where={"ended_on": None}))


def test_an_area_takes_checkpoints_in_and_gives_them_back(desk_test: Callable[[Act], None]) -> None:
    """Chosen with ticks, taken off by button, undone; the number in the list follows."""

    async def act(test: DeskTest) -> None:
        pane = await areas(test)
        tester = QAbstractItemModelTester(pane.area.lists[0].model)
        before, count = listed(test), pane.list.model.row_at(0).places
        test.click(test.find(QPushButton, "area_add"))
        await dialog(test, "choose_places")
        test.key(Qt.Key.Key_Down)
        test.key(Qt.Key.Key_Space)
        test.keys("Ctrl+Return")
        await test.settled()
        assert listed(test) == before + 1
        assert pane.list.model.row_at(0).places == count + 1
        table = test.find(QTableView, "area_places")
        row = next(row for row in pane.area.lists[0].model.all_rows() if row.reach.value == "listed")
        pane.area.lists[0].table.go_to(row.id)
        table.setFocus()
        test.click(test.find(QPushButton, "area_remove"))
        await test.settled()
        assert listed(test) == before
        pane.list.table.setFocus()
        test.keys("Ctrl+Z")
        await test.settled()
        assert listed(test) == before + 1
        del tester

    desk_test(act)


def test_an_area_says_what_it_changes_before_it_is_saved(desk_test: Callable[[Act], None]) -> None:
    """Another rise tells other numbers at once; discarding tells the old ones; retiring is confirmed with numbers."""

    async def act(test: DeskTest) -> None:
        pane = await areas(test)
        before = said(test)
        assert "排得更靠前" in before
        pane.area.form.put("raised", "0")
        await test.settled()
        assert "重要程度不变" in said(test)
        test.click(test.find(QPushButton, "discard"))
        await test.settled()
        assert "重要程度不变" not in said(test)
        pane.area.form.put("name", "老街片区")
        test.keys("Ctrl+S")
        await test.settled()
        with test.fresh() as station, station.read() as session:
            assert "老街片区" in {row[0] for row in bulk.rows(session, PriorityArea, ["name"])}
        test.click(test.find(QPushButton, "retire_record"))
        await dialog(test, "confirm")
        assert "回到原来的" in said(test)
        test.click(test.find(QPushButton, "confirmDo"))
        await test.settled()
        assert "老街片区" not in {row.name for row in pane.list.model.all_rows()}

    desk_test(act)


def test_a_period_is_begun_on_a_day_of_the_year_and_counted_while_typing(desk_test: Callable[[Act], None]) -> None:
    """A day without one begins a new one there; its numbers follow its fields; a day in it opens it again."""

    async def act(test: DeskTest) -> None:
        pane = await periods(test)
        view = test.find(YearView, "year_view")
        day = date(2026, 12, 24)
        test.click(view, view.rect_of(day).center())
        await dialog(test, "new_record")
        proposed = test.focus()
        assert isinstance(proposed, QLineEdit)
        assert proposed.text() == following([row.code for row in pane.rows]) == proposed.selectedText() != ""
        test.write("SD-9")
        test.key(Qt.Key.Key_Tab)
        test.write("平安夜")
        test.key(Qt.Key.Key_Tab)
        typed = test.focus()
        assert isinstance(typed, QLineEdit)
        assert typed.text() == day.isoformat()
        test.keys("Ctrl+Return")
        await test.settled()
        assert stored_periods(test)["平安夜"] == (day, date(2026, 12, 26), 1, False)
        assert pane.period.title() == "平安夜"
        chosen = pane.list.table.current_row()
        assert isinstance(chosen, PeriodRow)
        assert pane.list.table.selected_ids() == [chosen.id]
        assert "平安夜" in view.words(date(2026, 12, 25))
        told = said(test)
        assert "3 天" in told
        box = next(found for found in pane.period.findChildren(QSpinBox, "more_desired"))
        box.setValue(2)
        await test.settled()
        assert said(test) != told
        test.keys("Ctrl+S")
        await test.settled()
        assert stored_periods(test)["平安夜"][2] == 2
        pane.list.table.go_to(pane.list.model.all_rows()[-1].id)
        await test.settled()
        assert pane.period.title() != "平安夜"
        test.click(view, view.rect_of(date(2026, 12, 25)).center())
        await test.settled()
        assert pane.period.title() == "平安夜"

    desk_test(act)


def test_the_year_is_walked_by_key_and_turned(desk_test: Callable[[Act], None]) -> None:
    """Enter on a day in a period opens that period; the next year has none yet."""

    async def act(test: DeskTest) -> None:
        pane = await periods(test)
        view = test.find(YearView, "year_view")
        row = pane.list.model.all_rows()[0]
        view.day = row.first_on
        view.setFocus()
        test.key(Qt.Key.Key_Return)
        await test.settled()
        assert pane.period.title() == row.name
        test.click(test.find(QPushButton, "year_later"))
        assert "这一年还没有重点时段" in said(test)

    desk_test(act)


def test_a_bad_day_is_said_and_nothing_is_counted(desk_test: Callable[[Act], None]) -> None:
    """The last day before the first: the form says so, saving does not happen; Esc of the question stays."""

    async def act(test: DeskTest) -> None:
        pane = await periods(test)
        before = stored_periods(test)
        pane.period.form.put("last_on", date(2020, 1, 1))
        await test.settled()
        assert "时段止" in said(test)
        test.keys("Ctrl+S")
        await test.settled()
        assert stored_periods(test) == before
        pane.period.discard()

    desk_test(act)


def test_a_checkpoint_leads_to_what_concerns_it(desk_test: Callable[[Act], None]) -> None:
    """From the side of a checkpoint to the area, from the area's table back to the checkpoint."""

    async def act(test: DeskTest) -> None:
        pane = await areas(test)
        place = pane.area.lists[0].model.all_rows()[0]
        pane.area.lists[0].table.go_to(place.id)
        pane.area.lists[0].table.setFocus()
        test.key(Qt.Key.Key_Return)
        await test.settled()
        page = test.frame.page
        assert isinstance(page, PlacesPage)
        assert page.place.title() == place.name
        links = [each for each in page.place.side.findChildren(QPushButton) if each.text() == pane.area.title()]
        test.click(links[0])
        await test.settled()
        assert page.kind.chosen() == "priority_areas"

    desk_test(act)
