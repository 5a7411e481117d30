"""Demand is copied to checkpoints of a kind or to ticked ones after the numbers of what that changes."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from patrol_desk.models import CheckpointStatus
from patrol_desk.ui.pages.places.page import PlacesPage
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.labels import Label
from tests.helpers.desk import Act, DeskTest
from tests.ui.places.steps import opened, seats, stored


async def choosing(test: DeskTest) -> PlacesPage:
    """Choose what the first cell is copied to."""
    page = await opened(test)
    test.click(test.find(QPushButton, "copy_to"))
    await test.until(lambda: any(each.isVisible() for each in test.window.findChildren(Dialog, "choose_places")))
    return page


def test_all_of_a_kind_get_the_cell_after_its_numbers(desk_test: Callable[[Act], None]) -> None:
    """One button ticks them; the sentence counts; afterwards all have it, and one undo takes it back."""

    async def act(test: DeskTest) -> None:
        page = await choosing(test)
        told = test.find(Label, "choose_told")
        assert "勾选点位" in told.text()
        like = test.find(QPushButton, "choose_like")
        assert "固定岗" in like.text()
        test.click(like)
        rows = [
            row
            for row in page.checkpoints.list.model.all_rows()
            if row.kind is stored(test, "P-001").row.kind and row.status is not CheckpointStatus.CLOSED
        ]
        assert f"（{len(rows) - 1}）" in like.text()
        sums = sum(row.minimum for row in rows)
        assert "每周最低" in told.text()
        before = {row.code: row.minimum for row in rows}
        pattern, weekday = page.place.demand.grid.chosen_keys()[0]
        text = told.text()
        test.keys("Ctrl+Return")
        await test.settled()
        model = page.place.demand.model
        place = next(number for number, each in enumerate(model.patterns) if each.id == pattern)
        wanted = model.seats((pattern, weekday))
        assert all(seats(test, row.code, place, weekday) == wanted for row in rows)
        after = sum(stored(test, row.code).row.minimum for row in rows)
        assert f"每周最低 {after - sums:+d} 人次" in text
        page.checkpoints.list.table.setFocus()
        test.keys("Ctrl+Z")
        await test.settled()
        assert {row.code: stored(test, row.code).row.minimum for row in rows} == before

    desk_test(act)


def test_a_ticked_one_is_counted_and_escape_changes_nothing(desk_test: Callable[[Act], None]) -> None:
    """Space ticks the first; Esc leaves all as it was."""

    async def act(test: DeskTest) -> None:
        page = await choosing(test)
        before = stored(test, "P-002").cells
        test.key(Qt.Key.Key_Down)
        test.key(Qt.Key.Key_Space)
        text = test.find(Label, "choose_told").text()
        assert "1 个点位改动 1 格" in text or "已经都一样" in text
        test.key(Qt.Key.Key_Escape)
        await test.settled()
        assert stored(test, "P-002").cells == before
        assert page.place.title()

    desk_test(act)
