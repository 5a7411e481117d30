"""A checkpoint is taken out of service and put back by key: day, reason, numbers; every step comes back by undo."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QTabBar

from patrol_desk.models import CheckpointStatus
from patrol_desk.services.places import life_effect
from patrol_desk.services.places.effects import LifeEffect
from patrol_desk.ui.pages.places.life_dialog import LifeDialog
from patrol_desk.ui.pages.places.page import PlacesPage
from tests.helpers.desk import Act, DeskTest
from tests.ui.places.steps import opened, said, stored

NEXT_MONDAY = date(2026, 11, 30)


async def asked(test: DeskTest) -> PlacesPage:
    """Open the dialog of the button at the foot."""
    page = await opened(test)
    test.click(test.find(QPushButton, "life"))
    await test.until(lambda: any(each.isVisible() for each in test.window.findChildren(LifeDialog)))
    return page


def effect(test: DeskTest, page: PlacesPage) -> LifeEffect:
    """Return the duties still to come, from the file itself."""
    with test.fresh() as station:
        return life_effect(station, station.system_actor(), page.place.record_id())


def type_day(test: DeskTest, day: date) -> None:
    """Type the first day."""
    test.find(QLineEdit, "on").setFocus()
    test.keys("Ctrl+A")
    test.write(day.isoformat())


def test_suspending_asks_why_says_numbers_and_takes_drafts_along(desk_test: Callable[[Act], None]) -> None:
    """Without a reason it stays open; the file then has it as was said; the change is listed; undo brings all back."""

    async def act(test: DeskTest) -> None:
        page = await asked(test)
        before = effect(test, page)
        assert before.draft_duties > 0
        assert f"{before.draft_duties} 人次将移出" in said(test)
        assert f"已发布的 {before.published_duties} 人次仍排在这里" in said(test)
        test.keys("Ctrl+Return")
        assert "请写明原因" in said(test)
        test.write("门前修路")
        test.keys("Ctrl+Return")
        await test.settled()
        detail = stored(test, "P-001")
        assert detail.row.status is CheckpointStatus.SUSPENDED
        assert [(change.status, change.reason) for change in detail.changes] == [
            (CheckpointStatus.SUSPENDED, "门前修路")
        ]
        after = effect(test, page)
        assert (after.draft_duties, after.published_duties) == (0, before.published_duties)
        test.find(QTabBar, "detail_tabs").setCurrentIndex(2)
        assert page.place.changes.model.row_at(0).reason == "门前修路"
        test.keys("Ctrl+Z")
        await test.settled()
        assert (stored(test, "P-001").row.status, effect(test, page)) == (CheckpointStatus.ACTIVE, before)
        assert stored(test, "P-001").changes == ()

    desk_test(act)


def test_a_day_to_come_counts_from_there_and_can_be_dropped(desk_test: Callable[[Act], None]) -> None:
    """The numbers follow the day while typing; the list marks it; the menu drops it."""

    async def act(test: DeskTest) -> None:
        page = await asked(test)
        whole = effect(test, page)
        later = whole.since(NEXT_MONDAY)
        assert later.published_duties < whole.published_duties
        type_day(test, NEXT_MONDAY)
        assert f"2026-11-30 周一 起的 {later.draft_duties} 人次" in said(test)
        assert f"已发布的 {whole.published_duties} 人次" not in said(test)
        test.write("改造", test.find(QLineEdit, "reason"))
        test.keys("Ctrl+Return")
        await test.settled()
        row = stored(test, "P-001").row
        assert (row.status, row.coming, row.coming_on) == (
            CheckpointStatus.ACTIVE, CheckpointStatus.SUSPENDED, NEXT_MONDAY,
        )  # fmt: skip
        assert "2026-11-30 起将暂停" in page.place.life.accessibleDescription()
        page.place.keep_wanted.emit()
        await test.settled()
        assert stored(test, "P-001").row.coming is None

    desk_test(act)


def test_a_day_that_cannot_be_is_said_while_typing(desk_test: Callable[[Act], None]) -> None:
    """Too far ahead; Esc leaves everything as it was."""

    async def act(test: DeskTest) -> None:
        await asked(test)
        type_day(test, NEXT_MONDAY + timedelta(days=800))
        assert "最多提前一年" in said(test)
        test.keys("Ctrl+A")
        test.write("周一吧")
        assert "不是日期" in said(test)
        test.key(Qt.Key.Key_Escape)
        await test.settled()
        assert stored(test, "P-001").changes == ()

    desk_test(act)


def test_a_planned_one_is_put_in_use_with_what_it_asks_for(desk_test: Callable[[Act], None]) -> None:
    """A new checkpoint without demand is said to ask for nobody; no reason is needed."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)
        test.keys("Ctrl+N")
        await test.until(lambda: any(each.isVisible() for each in test.window.findChildren(QLineEdit, "code")))
        test.write("P-900")
        test.write("石桥新岗", test.find(QLineEdit, "name"))
        test.write("新岗", test.find(QLineEdit, "short_name"))
        test.key(Qt.Key.Key_Down, test.find(QComboBox, "status"))
        test.keys("Ctrl+Return")
        await test.settled()
        assert page.place.title() == "石桥新岗"
        test.click(test.find(QPushButton, "life"))
        await test.until(lambda: any(each.isVisible() for each in test.window.findChildren(LifeDialog)))
        assert "还没有勤务需求" in said(test)
        test.keys("Ctrl+Return")
        await test.settled()
        assert stored(test, "P-900").row.status is CheckpointStatus.ACTIVE

    desk_test(act)
