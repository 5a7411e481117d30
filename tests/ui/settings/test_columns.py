"""A table keeps the columns that its user chose, and their widths."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from patrol_desk.ui.pages.settings.keys import KeysPart
from patrol_desk.ui.settings import Settings
from patrol_desk.ui.widgets.table import DataTable
from patrol_desk.ui.widgets.table_columns import ColumnKeeper
from tests.helpers.desk import Act, DeskTest
from tests.ui.settings.test_looks import opened


def test_columns_are_chosen_by_key_and_remembered(desk_test: Callable[[Act], None]) -> None:
    """C opens the choice; a column stays hidden through a change of the look and for the next start."""

    async def act(test: DeskTest) -> None:
        part = (await opened(test, "keys")).part
        assert isinstance(part, KeysPart)
        place, header = part.model.column_of("page"), part.table.horizontalHeader()
        part.table.setFocus()
        test.key(Qt.Key.Key_C)
        menu = next(each for each in part.table.findChildren(QMenu, "columns_menu") if each.isVisible())
        titles = [action.text() for action in menu.actions()]
        assert "按键" not in titles, "the first column always stays"
        menu.actions()[titles.index("在哪一页")].trigger()
        menu.close()
        assert header.isSectionHidden(place)
        test.keys("Ctrl+=")
        assert header.isSectionHidden(place)
        test.keys("Ctrl+0")
        kept = Settings(test.desk.settings.file).state("columns keys")
        assert kept == {"hidden": ["page"]}
        keeper = part.table.findChild(ColumnKeeper)
        assert isinstance(keeper, ColumnKeeper)
        menu = keeper.menu()
        menu.actions()[-1].trigger()
        menu.close()
        assert not header.isSectionHidden(place)

    desk_test(act)


def test_a_width_that_was_dragged_stays(desk_test: Callable[[Act], None]) -> None:
    """Dragging a heading's edge is remembered at 100 %, whatever the size of the text is then."""

    async def act(test: DeskTest) -> None:
        part = (await opened(test, "keys")).part
        assert isinstance(part, KeysPart)
        header = part.table.horizontalHeader()
        before = header.sectionSize(0)
        edge = QPoint(before - 1, header.height() // 2)
        QTest.mouseMove(header.viewport(), edge)
        QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, edge)
        QTest.mouseMove(header.viewport(), edge + QPoint(60, 0))
        QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, edge)
        wide = header.sectionSize(0)
        assert wide > before
        test.keys("Ctrl+=")
        test.keys("Ctrl+0")
        assert header.sectionSize(0) == wide

    desk_test(act)


def test_what_the_page_hides_and_what_the_user_hides_go_apart(desk_test: Callable[[Act], None]) -> None:
    """A table that nobody set up keeps its columns too; a change of language undoes neither hiding."""

    async def act(test: DeskTest) -> None:
        await test.page("people")
        table = test.find(DataTable, "people_table")
        columns, header = table.rows_model().columns, table.horizontalHeader()
        phone = next(place for place, column in enumerate(columns) if column.key == "phone")
        table.leave_out("a wish of the page", ("role",))
        keeper = table.findChild(ColumnKeeper)
        assert isinstance(keeper, ColumnKeeper)
        menu = keeper.menu()
        next(action for action in menu.actions() if action.text() == columns[phone].title()).trigger()
        menu.close()
        test.keys("Ctrl+Shift+L")
        await test.settled()
        spare = {column.key for column in columns if column.spare}
        hidden = {columns[place].key for place in range(header.count()) if header.isSectionHidden(place)}
        assert hidden == {"phone", "role"} | spare
        kept = Settings(test.desk.settings.file).state("columns people_table")
        assert isinstance(kept, dict)
        assert set(kept) == {"hidden"}
        assert set(kept["hidden"]) == {"phone"} | spare

    desk_test(act)
