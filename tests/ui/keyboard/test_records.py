"""人员 and its groups, 点位 with each tab, 地图, 导入, 设置: the main job of each by keys alone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from patrol_desk.models import (
    Assignment,
    Community,
    Demand,
    EquipmentLoan,
    GridCell,
    Person,
    PriorityArea,
    Record,
    SecurityPeriod,
    SquadMembership,
    Township,
)
from patrol_desk.storage import bulk
from patrol_desk.ui.pages.map.page import MapPage
from patrol_desk.ui.pages.people.page import PeoplePage
from tests.helpers.desk import Act, DeskTest
from tests.helpers.keyboard import Keys

NEW = "单小明"


def rows(d: DeskTest, model: type[Record], *columns: str) -> list[tuple[Any, ...]]:
    """Return columns of a table, from the file itself."""
    with d.fresh() as station, station.read() as session:
        return [tuple(row) for row in bulk.rows(session, model, columns)]


async def somebody_is_added_and_corrected(d: DeskTest, keys: Keys) -> None:
    """人员: a new person, found again by initials, with a telephone."""
    await keys.page("Ctrl+3", "Ctrl+N")
    d.write(NEW)
    await keys.press("Ctrl+S")
    assert (NEW, None) in rows(d, Person, "name", "phone")
    await keys.page("Ctrl+3", "Esc", "/")
    assert keys.at("people_search")
    d.write("dxm")
    await keys.press("Down", "Return")
    keys.to("phone")
    d.write("13800001111")
    await keys.press("Ctrl+S")
    assert (NEW, "13800001111") in rows(d, Person, "name", "phone")


async def a_member_changes_squads(d: DeskTest, keys: Keys) -> None:
    """Groups: from the list to a member, who is moved to another squad."""
    await keys.page("Ctrl+1", "Ctrl+3")
    before = len(rows(d, SquadMembership, "id"))
    keys.to("books")
    await keys.press("Right", "Right")
    page = d.frame.page
    assert isinstance(page, PeoplePage)
    view = page.modes.squads
    assert view is not None
    keys.to("group_list")
    await keys.press("Return")
    assert keys.at("members")
    await keys.press("End", "M")
    await d.until(lambda: keys.shows("transfer_dialog"))
    assert view.detail is not None
    source = view.detail.line.id
    other = next(line for line in view.list.groups.shown() if line.id != source and line.kind == "squad")
    d.write(other.code)
    await keys.press("Return")
    assert len(rows(d, SquadMembership, "id")) == before + 1
    keys.to("squads")
    await keys.press("Left")


async def a_post_asks_for_more(d: DeskTest, keys: Keys) -> None:
    """点位: from the list to the demand of a checkpoint, one head more in all shifts of a day."""
    await keys.page("Ctrl+4", "Alt+1")
    before = sorted(rows(d, Demand, "id", "desired"))
    await keys.press("Return")
    assert keys.at("demand_grid")
    d.key(Qt.Key.Key_Plus)
    await keys.press("Ctrl+S")
    assert sorted(rows(d, Demand, "id", "desired")) != before


async def equipment_is_lent(d: DeskTest, keys: Keys) -> None:
    """Muster points: from the list to the stock, and out to somebody."""
    await keys.page("Ctrl+4", "Alt+2", "Return")
    assert keys.at("stock")
    d.write("l")
    await d.until(lambda: keys.shows("borrower"))
    d.write("1")
    await keys.press("Return")
    await d.until(lambda: keys.shows("new_record"))
    await keys.press("Ctrl+Return")
    assert len(rows(d, EquipmentLoan, "id")) == 1


async def divisions_are_added(d: DeskTest, keys: Keys) -> None:
    """Areas, periods, communities and grid cells: each made by its code and name, the first two with their days."""
    for tab, model, days in (
        ("Alt+3", PriorityArea, True),
        ("Alt+4", SecurityPeriod, True),
        ("Alt+5", Community, False),
        ("Alt+6", GridCell, False),
    ):
        await keys.page("Ctrl+4", tab, "Ctrl+N")
        await d.until(lambda: keys.shows("new_record"))
        keys.to("code")
        keys.replace(f"K-{tab[-1]}")
        keys.to("name")
        keys.replace(f"键盘{tab[-1]}")
        for name, day in (("first_on", "2026-12-01"), ("last_on", "2026-12-05")) if days else ():
            keys.to(name)
            keys.replace(day)
        await keys.press("Ctrl+Return")
        assert f"键盘{tab[-1]}" in [name for (name,) in rows(d, model, "name")], tab
        # The new one is open beside the list: its name is mended there.
        keys.to("name")
        keys.replace(f"键盘改{tab[-1]}")
        await keys.press("Ctrl+S")
        assert f"键盘改{tab[-1]}" in [name for (name,) in rows(d, model, "name")], tab


async def a_gap_on_the_map_is_filled(d: DeskTest, keys: Keys) -> None:
    """地图: along the time strip to the shift of a gap, to its place by name, and filled."""
    await keys.page("Ctrl+2", "]")
    place, shift = await keys.clear_a_cell()
    before = len(rows(d, Assignment, "id"))
    await keys.page("Ctrl+5")
    page = d.frame.page
    assert isinstance(page, MapPage)
    keys.to("map_bars")
    await keys.walk(Qt.Key.Key_Right, lambda: page.shift == shift)
    await keys.press("Ctrl+F")
    d.write(place.lower())
    await keys.press("Return", "Return")
    assert keys.at("map_fill")
    await keys.press("Return")
    await d.until(lambda: keys.shows("fill_table"))
    await keys.press("Ctrl+Return")
    assert len(rows(d, Assignment, "id")) > before


async def a_file_is_imported(d: DeskTest, keys: Keys, file: Path) -> None:
    """导入: a file named, checked, previewed, confirmed."""
    await keys.page("Ctrl+6")
    d.keys("Ctrl+O")
    await keys.file(file)
    await keys.press("Ctrl+Return", "Ctrl+Return")
    await keys.answer("confirmDo", "Return")
    await d.until(lambda: ("键盘村",) in rows(d, Community, "name"))


async def the_station_gets_another_number(d: DeskTest, keys: Keys) -> None:
    """设置: found by typing, changed and saved."""
    await keys.page("Ctrl+,")
    keys.to("duty_phone")
    keys.replace("0769-22110000")
    await keys.press("Ctrl+S")
    assert rows(d, Township, "duty_phone") == [("0769-22110000",)]


def test_the_records_by_keyboard_alone(desk_test: Callable[[Act], None], tmp_path: Path) -> None:
    """Each page from its key to a change that a new session reads."""
    file = tmp_path / "communities.csv"
    file.write_text("村（社区）编号,村（社区）名称\nK-77,键盘村\n", encoding="utf-8")

    async def act(d: DeskTest) -> None:
        keys = Keys(d)
        await somebody_is_added_and_corrected(d, keys)
        await a_member_changes_squads(d, keys)
        await a_post_asks_for_more(d, keys)
        await equipment_is_lent(d, keys)
        await divisions_are_added(d, keys)
        await a_gap_on_the_map_is_filled(d, keys)
        await the_station_gets_another_number(d, keys)
        await a_file_is_imported(d, keys, file)

    desk_test(act)
