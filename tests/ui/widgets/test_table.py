"""The table by key and by mouse."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from patrol_desk.ui.itemmodels.rows import Column, RowsModel, tick_column
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.search_field import SearchField
from patrol_desk.ui.widgets.table import DataTable
from tests.ui.widgets.conftest import put


@dataclass(frozen=True, slots=True)
class Post:
    """A row."""

    id: str
    name: str
    tone: str = ""


@pytest.fixture
def table(host: QWidget, theme: Theme) -> DataTable:
    """Return a table of forty posts with a tick box, a chip and a squad's tick."""
    model: RowsModel[Post] = RowsModel(
        [
            tick_column(),
            Column("name", lambda: "点位", 200, lambda row: row.name, lambda row: row.name, role="strong"),
            Column("id", lambda: "编号", 90, lambda row: row.id, lambda row: int(row.id), align="right"),
            Column("state", lambda: "状态", 90, lambda _row: "启用", chip=lambda row: row.tone, squad=lambda _row: 2),
            Column("icon", lambda: "", 90, lambda _row: "电话", icon=lambda _row: "phone", stretch=True),
        ]
    )
    view = DataTable(theme)
    model.setParent(view)
    view.set_rows_model(model)
    model.set_rows([Post(str(number), f"点{99 - number}", "green" if number % 2 else "") for number in range(40)])
    put(host, view)
    view.setFocus()
    view.go_to("0")
    return view


def shown(table: DataTable) -> list[str]:
    """Return the ids from the top."""
    return [row.id for row in table.rows_model().shown_rows()]


def test_keys_move_tick_open_and_sort(table: DataTable) -> None:
    """End, Home, Space, Enter and S do what the hints say."""
    opened: list[Post] = []
    table.activated_row.connect(opened.append)
    QTest.keyClick(table, Qt.Key.Key_End)
    assert table.selected_ids() == ["39"]
    QTest.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert table.rows_model().ticks.ids() == {"38", "39"}
    QTest.keyClick(table, Qt.Key.Key_Home)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert [row.id for row in opened] == ["0"]
    QTest.keyClick(table, Qt.Key.Key_Right)
    QTest.keyClick(table, Qt.Key.Key_S)
    assert shown(table)[0] == "39"
    QTest.keyClick(table, Qt.Key.Key_S)
    assert shown(table)[0] == "0"
    QTest.keyClick(table, Qt.Key.Key_X)
    assert table.selected_ids() == ["0"]


def test_slash_goes_to_the_search_and_down_comes_back(table: DataTable, host: QWidget, theme: Theme) -> None:
    """The hands stay on the keyboard."""
    field = SearchField(theme)
    put(host, field)
    table.search, field.target = field, table
    QTest.keyClick(table, Qt.Key.Key_Slash)
    assert QApplication.focusWidget() is field
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is table


def test_copying_gives_a_spreadsheet_its_rows(table: DataTable) -> None:
    """Tabs between cells, a line a row, no tick boxes."""
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "点99\t0\t启用\t电话\n点98\t1\t启用\t电话"


def test_the_chosen_row_survives_filtering_and_re_reading(table: DataTable) -> None:
    """Whoever listens is told only when the row with the focus is another one or has changed."""
    told: list[Post | None] = []
    table.current_row_changed.connect(told.append)
    table.go_to("7")
    model = table.rows_model()
    model.filter(lambda row: int(row.id) > 5)
    model.set_rows(list(reversed(model.all_rows())))
    assert table.selected_ids() == ["7"]
    assert [row.id for row in told if row] == ["7"]
    model.filter(lambda row: row.id == "1")
    assert told[-1] is None
    assert not table.go_to("7")


def test_mouse_sorts_by_heading_and_ticks_in_the_first_column(table: DataTable) -> None:
    """A click on a heading sorts, on the box over the ticks takes all, in a cell of it takes one."""
    header, view = table.horizontalHeader(), table.viewport()
    heading = header.viewport()
    QTest.mouseClick(heading, Qt.MouseButton.LeftButton, pos=QPoint(header.sectionPosition(1) + 20, 10))
    assert shown(table)[0] == "39"
    QTest.mouseClick(heading, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert len(table.rows_model().ticks) == 40
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert "39" not in table.rows_model().ticks
    QTest.mouseMove(view, QPoint(100, 70))
    opened: list[Post] = []
    table.activated_row.connect(opened.append)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 70))
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 70))
    assert [row.id for row in opened] == ["37"]
    assert not table.grab().isNull()


def test_a_row_has_a_menu_by_mouse_and_by_key(table: DataTable) -> None:
    """The menu is asked for with its row and a place on the screen."""
    asked: list[str] = []
    table.menu_requested.connect(lambda row, _where: asked.append(row.id))
    view = table.viewport()
    for reason, where in (
        (QContextMenuEvent.Reason.Mouse, QPoint(100, 40)),
        (QContextMenuEvent.Reason.Keyboard, QPoint(0, 0)),
    ):
        QApplication.sendEvent(view, QContextMenuEvent(reason, where, view.mapToGlobal(where)))
    assert asked == ["1", "0"]


def test_rows_grow_with_the_text(table: DataTable, theme: Theme) -> None:
    """130 % makes rows and headings higher at once."""
    before = table.rowHeight(0)
    theme.use(scale=1.3)
    assert table.rowHeight(0) > before
