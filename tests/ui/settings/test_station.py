"""Station, shifts and holidays on the page: by keys and clicks, read back from the file, undone."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from patrol_desk.common.actor import Actor
from patrol_desk.models import Role
from patrol_desk.services.settings.holidays import HolidayRow, read_holidays
from patrol_desk.services.settings.station import StationSheet, read_station
from patrol_desk.ui.pages.settings.holidays import HolidaysPart
from patrol_desk.ui.pages.settings.station import StationPart
from patrol_desk.ui.widgets.year_view import YearView
from tests.helpers.desk import Act, DeskTest
from tests.ui.settings.test_looks import opened


def stored(test: DeskTest) -> StationSheet:
    """Return station and shifts from the file itself."""
    with test.fresh() as station:
        return read_station(station, station.system_actor())


def holidays(test: DeskTest) -> dict[date, HolidayRow]:
    """Return the days from the file itself."""
    with test.fresh() as station:
        return {row.on_date: row for row in read_holidays(station, station.system_actor())}


def field(test: DeskTest, name: str) -> QLineEdit:
    """Return a field of the form that is open."""
    return [line for line in test.window.findChildren(QLineEdit, name) if line.isVisible()][-1]


def fill(test: DeskTest, name: str, text: str) -> None:
    """Write a text in place of what a field holds."""
    line = field(test, name)
    line.setFocus()
    line.selectAll()
    test.write(text)


def test_the_station_is_saved_by_key_and_undone(desk_test: Callable[[Act], None]) -> None:
    """What cannot be right is told at the foot and keeps the button off."""

    async def act(test: DeskTest) -> None:
        page = await opened(test, "station")
        before = stored(test).card
        assert before is not None
        fill(test, "duty_phone", "abc")
        assert "abc" in page.part.fault()
        assert not test.find(QPushButton, "settings_save").isEnabled()
        fill(test, "duty_phone", "0769-22110000")
        test.keys("Ctrl+S")
        await test.settled()
        after = stored(test).card
        assert after is not None
        assert after.duty_phone == "0769-22110000"
        assert page.part.dirty() == 0
        page.index.list.setFocus()
        test.keys("Ctrl+Z")
        await test.settled()
        back = stored(test).card
        assert back is not None
        assert back.duty_phone == before.duty_phone

    desk_test(act)


def test_a_shift_is_made_refused_and_ended(desk_test: Callable[[Act], None]) -> None:
    """A mark that is taken is told in the dialog; ending says how many demands go, and comes back by undo."""

    async def act(test: DeskTest) -> None:
        page = await opened(test, "station")
        part = page.part
        assert isinstance(part, StationPart)
        before = stored(test).shifts
        test.click(test.find(QPushButton, "shift_add"))
        await test.settled()
        for name, text in (("code", "Z9"), ("name", "通宵"), ("mark", before[0].mark), ("start_minute", "23:00")):
            fill(test, name, text)
        test.keys("Return")
        await test.settled()
        assert len(stored(test).shifts) == len(before)
        fill(test, "mark", "通")
        fill(test, "length_minutes", "0")
        test.keys("Return")
        await test.settled()
        assert len(stored(test).shifts) == len(before)
        fill(test, "length_minutes", "420")
        test.keys("Return")
        await test.settled()
        made = next(row for row in stored(test).shifts if row.code == "Z9")
        assert (made.start_minute, made.length_minutes) == (23 * 60, 420)
        busy = next(row for row in before if row.demands)
        part.table.go_to(busy.id)
        test.click(test.find(QPushButton, "shift_end"))
        await test.settled()
        test.click(test.find(QPushButton, "confirmDo"))
        await test.settled()
        assert busy.id not in {row.id for row in stored(test).shifts}
        part.table.setFocus()
        test.keys("Ctrl+Z")
        await test.settled()
        assert next(row for row in stored(test).shifts if row.id == busy.id).demands == busy.demands

    desk_test(act)


def test_a_day_is_added_changed_and_removed_by_keys_alone(desk_test: Callable[[Act], None]) -> None:
    """The arrows walk the year, Enter opens a day; undo brings a removed one back."""

    async def act(test: DeskTest) -> None:
        page = await opened(test, "holidays")
        part = page.part
        assert isinstance(part, HolidaysPart)
        view = test.find(YearView, "year_view")
        view.setFocus()
        test.key(Qt.Key.Key_Down)
        test.key(Qt.Key.Key_Right)
        day = view.day
        assert day == date(2026, 12, 3)
        test.key(Qt.Key.Key_Return)
        await test.settled()
        fill(test, "name", "集市日")
        test.keys("Return")
        await test.settled()
        made = holidays(test)[day]
        assert (made.name, made.workday, made.announced) == ("集市日", False, True)
        assert "集市日" in view.words(day)
        test.click(view, view.rect_of(day).center())
        await test.settled()
        fill(test, "name", "赶集日")
        test.keys("Return")
        await test.settled()
        assert holidays(test)[day].name == "赶集日"
        part.table.go_to(made.id)
        test.click(test.find(QPushButton, "holiday_remove"))
        await test.settled()
        test.click(test.find(QPushButton, "confirmDo"))
        await test.settled()
        assert day not in holidays(test)
        part.table.setFocus()
        test.keys("Ctrl+Z")
        await test.settled()
        assert holidays(test)[day].name == "赶集日"

    desk_test(act)


def test_who_may_not_change_them_reads_them(desk_test: Callable[[Act], None]) -> None:
    """Buttons are off, fields too, and the reason stands above."""

    async def act(test: DeskTest) -> None:
        test.desk.actor = Actor(None, "只读", Role.VIEWER)
        page = await opened(test, "station")
        assert isinstance(page.part, StationPart)
        assert "只读" in page.part.locked.accessibleName()
        assert not test.find(QPushButton, "shift_add").isEnabled()
        assert not field(test, "duty_phone").isEnabled()
        page = await opened(test, "holidays")
        assert isinstance(page.part, HolidaysPart)
        assert not test.find(QPushButton, "holiday_add").isEnabled()
        assert not test.find(QPushButton, "holidays_import").isEnabled()

    desk_test(act)
