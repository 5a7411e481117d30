"""What patrols need is set in the form, raised cells are flagged, and the list goes to a file as it is filtered."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QMenu, QSpinBox, QWidget

from patrol_desk.services.places import save_period
from patrol_desk.ui.pages.places.demand_model import CELL_ROLE
from patrol_desk.ui.pages.places.page import PlacesPage
from tests.helpers.desk import WEEK, Act, DeskTest
from tests.helpers.people_page import pick
from tests.ui.places.steps import opened, said, stored


class Chosen:
    """Answers every question for a path with one."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.titles: list[str] = []

    async def file(self, host: QWidget, title: str, folder: Path, pattern: str) -> Path | None:
        """Give nothing."""
        del host, title, folder, pattern
        return None

    async def files(self, host: QWidget, title: str, folder: Path, pattern: str) -> list[Path]:
        """Give nothing."""
        del host, title, folder, pattern
        return []

    async def folder(self, host: QWidget, title: str, folder: Path) -> Path | None:
        """Give nothing."""
        del host, title, folder
        return None

    async def save(self, host: QWidget, title: str, suggestion: Path, pattern: str) -> Path | None:
        """Give the path."""
        del host, suggestion, pattern
        self.titles.append(title)
        return self.path


async def export(test: DeskTest, page: PlacesPage, words: str) -> None:
    """Export the list by the button and its menu."""
    test.click(test.find(QAbstractButton, "export"))
    menu = next(menu for menu in page.findChildren(QMenu, "export_menu") if menu.isVisible())
    await pick(test, menu, words)
    await test.settled()


def test_the_list_goes_to_a_file_as_it_is_filtered(desk_test: Callable[[Act], None], tmp_path: Path) -> None:
    """Only what is listed, told by number; nothing where nothing is listed or no path was chosen."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)
        test.keys("/")
        test.write("P-00")
        await test.settled()
        count = page.checkpoints.list.model.rowCount()
        assert 0 < count < len(page.checkpoints.list.model.all_rows())
        page.export.picker = picker = Chosen(tmp_path / "表")
        await export(test, page, "一张表，CSV")
        lines = (tmp_path / "表.csv").read_text(encoding="utf-8-sig").splitlines()
        assert len(lines) == count + 1
        assert all("P-00" in line for line in lines[1:])
        assert picker.titles == [f"导出 {count} 个点位"]
        assert f"已导出 {count} 个点位" in said(test)
        page.export.picker = Chosen(None)
        await export(test, page, "一张表，XLSX")
        page.checkpoints.list.search.setText("没有这个")
        await test.settled()
        await export(test, page, "一张表，XLSX")
        assert "没有导出" in said(test)
        test.keys("Alt+2")
        await test.settled()
        assert not any(button.isVisible() for button in page.findChildren(QAbstractButton, "export"))

    desk_test(act)
    assert list(tmp_path.glob("*.xlsx")) == []


def test_needs_are_saved_and_raised_cells_are_flagged(desk_test: Callable[[Act], None]) -> None:
    """Tick, number, Ctrl+S; one step back by Ctrl+Z. A period of the week flags its cells and names itself."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)
        row = page.checkpoints.list.model.row(page.checkpoints.list.table.currentIndex())
        before = stored(test, row.code)
        page.place.tabs.setCurrentIndex(1)
        await test.settled()
        test.find(QCheckBox, "needs_leader").click()
        spin = test.find(QSpinBox, "blind_hours")
        spin.setFocus()
        test.key(Qt.Key.Key_Up, spin)
        test.keys("Ctrl+S")
        await test.settled()
        after = stored(test, row.code)
        assert (after.needs_leader, after.blind_hours) == (not before.needs_leader, before.blind_hours + 1)
        page.checkpoints.list.focus_table()
        test.keys("Ctrl+Z")
        await test.settled()
        again = stored(test, row.code)
        assert (again.needs_leader, again.blind_hours) == (before.needs_leader, before.blind_hours)
        days = {"first_on": WEEK.days[0], "last_on": WEEK.days[6]}
        values = {"code": "S9", "name": "年货节周", "more_minimum": 1, "more_desired": 1, "percent": 0, **days}
        await test.desk.write("test", save_period, values)
        await test.settled()
        model = page.place.demand.model
        asked = [cell for cell in stored(test, row.code).cells if cell.desired]
        places = {pattern.id: number for number, pattern in enumerate(model.patterns)}
        for cell in asked:
            index = model.index(places[cell.pattern_id], cell.weekday)
            assert index.data(CELL_ROLE).raised
            assert "年货节周" in index.data(Qt.ItemDataRole.AccessibleTextRole)
        assert asked
        assert model.raises()

    desk_test(act)
