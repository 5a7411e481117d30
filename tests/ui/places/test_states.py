"""What stands on the page when something is missing, wrong or narrow; and what closing the window asks."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from patrol_desk.common.actor import Actor
from patrol_desk.models import Role
from patrol_desk.services.places import update_checkpoint
from patrol_desk.ui.widgets.dialog import Dialog
from tests.helpers.desk import Act, DeskTest
from tests.ui.places.steps import opened, said, stored


def test_a_list_that_cannot_be_read_says_why_and_tries_again(desk_test: Callable[[Act], None]) -> None:
    """Here the role may not read; with the right one the same button shows the list."""

    async def act(test: DeskTest) -> None:
        chief = test.desk.actor
        test.desk.actor = Actor(None, "审计员", Role.AUDITOR)
        page = await opened(test)
        assert page.checkpoints.list.states.state() == "notice"
        assert "审计员" in said(test)
        test.desk.actor = chief
        again = [button for button in test.window.findChildren(QPushButton) if button.text() == "重新读取"]
        test.click(next(button for button in again if button.isVisible()))
        await test.settled()
        assert page.checkpoints.list.model.rowCount() == 24
        assert page.place.title() == stored(test, "P-001").row.name

    desk_test(act)


def test_a_narrow_window_gives_the_side_column_a_tab(desk_test: Callable[[Act], None]) -> None:
    """Nothing is cut off: the optional columns of the list go first, and all comes back with the width."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)
        wide = page.place.tabs.count()
        test.window.resize(1024, 700)
        await test.settled()
        assert page.place.tabs.count() == wide + 1
        assert page.place.side.parentWidget() is page.place.stack
        header = page.checkpoints.list.table.horizontalHeader()
        assert header.isSectionHidden(page.checkpoints.list.model.column_of("community"))
        assert header.sectionSize(page.checkpoints.list.model.column_of("name")) > 60
        test.window.resize(1440, 900)
        await test.settled()
        assert page.place.tabs.count() == wide
        assert page.place.side.isVisible()
        assert not header.isSectionHidden(page.checkpoints.list.model.column_of("community"))

    desk_test(act)


def test_a_place_without_coordinates_says_what_to_do(desk_test: Callable[[Act], None]) -> None:
    """The sketch asks for them; the change made elsewhere is shown without being asked for."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)
        row = page.place.detail
        assert row is not None
        await test.desk.write("test", update_checkpoint, row.id, row.row.row_version, {"lon": "", "lat": ""})
        await test.settled()
        assert page.place.detail is not None
        assert page.place.detail.sketch is None
        assert not page.place.grab().isNull(), "painting it all is no trouble"

    desk_test(act)


def test_closing_the_window_asks_about_unsaved_edits(desk_test: Callable[[Act], None]) -> None:
    """It stays open until the answer, then closes by itself; what was saved on the way is in the file."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)
        before = stored(test, "P-001").row.desired
        page.place.demand.grid.setFocus()
        test.keys("+")
        test.window.close()
        await test.until(lambda: bool(test.window.findChildren(Dialog, "unsaved")))
        assert test.window.isVisible()
        test.click(test.find(QPushButton, "unsaved_save"))
        await test.until(lambda: not test.window.isVisible())
        assert stored(test, "P-001").row.desired == before + 1

    desk_test(act)
