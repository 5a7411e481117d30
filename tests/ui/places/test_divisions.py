"""Communities and grid cells in the window: made, edited, opened, kept while something belongs to them."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton, QTabBar

from patrol_desk.models import Community, GridCell
from patrol_desk.storage import bulk
from patrol_desk.ui.pages.places.division_tabs import CellTab, CommunityTab
from patrol_desk.ui.widgets.dialog import Dialog
from tests.helpers.desk import Act, DeskTest
from tests.ui.places.steps import opened, said


async def dialog(test: DeskTest, name: str) -> None:
    """Wait until a dialog is open."""
    await test.until(lambda: any(found.isVisible() for found in test.window.findChildren(Dialog, name)))


def names(test: DeskTest, model: type[Community] | type[GridCell]) -> set[str]:
    """Return the names in force, from the file itself."""
    with test.fresh() as station, station.read() as session:
        return {str(row[0]) for row in bulk.rows(session, model, ["name"], where={"ended_on": None})}


def test_a_community_shows_what_belongs_to_it_and_leads_there(desk_test: Callable[[Act], None]) -> None:
    """By key to the tab, from its table to the checkpoint."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)
        test.keys("Alt+5")
        await test.settled()
        pane = page.pane("communities")
        assert isinstance(pane, CommunityTab)
        testers = [QAbstractItemModelTester(each.model) for each in pane.community.lists]
        row = pane.list.model.row_at(0)
        assert f"{row.places} 个执勤点" in said(test)
        tabs = test.find(QTabBar, "detail_tabs")
        tabs.setFocus()
        test.key(Qt.Key.Key_Right)
        assert [each.count for each in pane.community.lists[1].model.all_rows()]
        test.key(Qt.Key.Key_Left)
        first = pane.community.lists[0].model.row_at(0)
        pane.community.lists[0].table.go_to(first.id)
        pane.community.lists[0].table.setFocus()
        test.key(Qt.Key.Key_Return)
        await test.settled()
        assert page.kind.chosen() == "checkpoints"
        assert page.place.title() == first.name
        del testers

    desk_test(act)


def test_a_community_is_made_renamed_and_retired(desk_test: Callable[[Act], None]) -> None:
    """One that is used is kept with the numbers of what belongs to it."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)
        test.keys("Alt+5")
        await test.settled()
        test.click(test.find(QPushButton, "retire_record"))
        await dialog(test, "confirm")
        test.click(test.find(QPushButton, "confirmDo"))
        await test.settled()
        assert "先把它们改到别处" in said(test)
        test.keys("Ctrl+N")
        await dialog(test, "new_record")
        test.write("C-900")
        test.key(Qt.Key.Key_Tab)
        test.write("新村")
        test.keys("Ctrl+Return")
        await test.settled()
        assert "新村" in names(test, Community)
        pane = page.pane("communities")
        assert isinstance(pane, CommunityTab)
        assert pane.community.title() == "新村"
        assert "还没有边界" in said(test)
        pane.community.form.put("name", "新村社区")
        test.keys("Ctrl+S")
        await test.settled()
        assert "新村社区" in names(test, Community)
        test.click(test.find(QPushButton, "retire_record"))
        await dialog(test, "confirm")
        test.click(test.find(QPushButton, "confirmDo"))
        await test.settled()
        assert "新村社区" not in names(test, Community)
        pane.list.table.setFocus()
        test.keys("Ctrl+Z")
        await test.settled()
        assert "新村社区" in names(test, Community)

    desk_test(act)


def test_a_grid_cell_is_made_in_a_community(desk_test: Callable[[Act], None]) -> None:
    """It belongs to the community chosen; its table leads to the checkpoint."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)
        test.keys("Alt+6")
        await test.settled()
        test.keys("Ctrl+N")
        await dialog(test, "new_record")
        test.write("G-900")
        test.key(Qt.Key.Key_Tab)
        test.write("新网格")
        test.keys("Ctrl+Return")
        await test.settled()
        pane = page.pane("grid_cells")
        assert isinstance(pane, CellTab)
        assert pane.cell.title() == "新网格"
        assert "新网格" in names(test, GridCell)
        pane.cell.form.put("name", "新网格一")
        test.keys("Ctrl+S")
        await test.settled()
        assert "新网格一" in names(test, GridCell)
        used = next(row for row in pane.list.model.all_rows() if row.places)
        pane.list.reveal(used.id)
        await test.settled()
        first = pane.cell.lists[0].model.row_at(0)
        pane.cell.lists[0].table.go_to(first.id)
        pane.cell.lists[0].table.setFocus()
        test.key(Qt.Key.Key_Return)
        await test.settled()
        assert page.place.title() == first.name

    desk_test(act)
