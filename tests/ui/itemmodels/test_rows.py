"""Rows in a table model, watched by Qt's own tester."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from patrol_desk.ui.itemmodels.rows import ROW_ROLE, Column, RowsModel, tick_column
from patrol_desk.ui.itemmodels.ticks import Ticks


@dataclass(frozen=True, slots=True)
class Person:
    """A row."""

    id: str
    name: str
    hours: int


def people(count: int) -> list[Person]:
    """Return rows whose order by name and by hours differs from their own."""
    return [Person(str(number), f"名{number * 7919 % count:05d}", number * 13 % 60) for number in range(count)]


def columns() -> list[Column[Person]]:
    """Return a column of ticks, one of names, one of hours, one that cannot be sorted by."""
    return [
        tick_column(),
        Column("name", lambda: "姓名", 90, lambda row: row.name, lambda row: row.name),
        Column("hours", lambda: "工时", 60, lambda row: f"{row.hours} h", lambda row: row.hours, align="right"),
        Column("note", lambda: "备注", 60, lambda _row: "", tip=lambda row: f"{row.name}!"),
    ]


@pytest.fixture
def model(qapp: QApplication) -> RowsModel[Person]:
    """Return a model that Qt's tester watches: it aborts the run at the first wrong signal."""
    del qapp
    made: RowsModel[Person] = RowsModel(columns())
    made.setProperty("watched", True)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    return made


def names(model: RowsModel[Person]) -> list[str]:
    """Return the names shown, from the top."""
    return [row.name for row in model.shown_rows()]


def test_a_township_is_sorted_and_filtered_right(model: RowsModel[Person]) -> None:
    """8,500 rows in both directions and by a predicate; what cannot be sorted by changes nothing."""
    rows = people(8500)
    model.set_rows(rows)
    model.sort(1, Qt.SortOrder.AscendingOrder)
    assert names(model) == sorted(row.name for row in rows)
    model.filter(lambda row: "77" in row.name)
    assert names(model) == sorted(row.name for row in rows if "77" in row.name)
    model.sort(2, Qt.SortOrder.DescendingOrder)
    model.sort(3)
    assert [row.hours for row in model.shown_rows()] == sorted(
        (row.hours for row in rows if "77" in row.name), reverse=True
    )
    model.filter(None)
    model.sort(-1)
    assert list(model.shown_rows()) == rows
    assert model.place_of("8499") == 8499
    assert model.place_of("nobody") is None


def test_places_follow_the_row_when_sorted(model: RowsModel[Person]) -> None:
    """An index that somebody keeps stays with its person."""
    model.set_rows(people(50))
    kept = QPersistentModelIndex(model.index(7, 1))
    model.sort(1)
    assert model.row(kept).id == "7"


def test_only_what_differs_is_painted_again(model: RowsModel[Person]) -> None:
    """Equal rows tell nothing; one that differs tells its place; one that comes makes all new."""
    rows = people(20)
    model.set_rows(rows)
    told: list[tuple[int, int]] = []
    resets: list[bool] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    model.modelReset.connect(lambda: resets.append(True))
    model.replace(list(rows))
    assert not told
    model.replace([replace(row, hours=99) if row.id == "5" else row for row in rows])
    assert told == [(5, 5)]
    assert not resets
    model.update_rows([Person("20", "新人", 1)])
    model.remove_rows(["3"])
    assert len(resets) == 2
    assert model.rowCount() == 20


def test_a_change_that_moves_a_row_moves_it(model: RowsModel[Person]) -> None:
    """A row that no longer fits the filter or its place in the order goes where it belongs."""
    model.set_rows(people(30))
    model.sort(2)
    model.filter(lambda row: row.hours < 100)
    model.update_rows([replace(model.row_at(0), hours=59.5)])  # type: ignore[arg-type]  # sorted between whole hours
    assert [row.hours for row in model.shown_rows()] == sorted(row.hours for row in model.shown_rows())
    gone = model.row_at(0).id
    model.update_rows([replace(model.row_at(0), hours=200)])
    assert model.place_of(gone) is None


def test_cells_say_what_a_view_asks(model: RowsModel[Person]) -> None:
    """Text, row, alignment, tool tip, tick and headings."""
    model.set_rows(people(3))
    index = model.index(1, 2)
    assert index.data() == "13 h"
    assert index.data(ROW_ROLE) == model.row_at(1)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "13 h"
    assert index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight.value
    assert model.index(1, 3).data(Qt.ItemDataRole.ToolTipRole).endswith("!")
    assert model.headerData(1, Qt.Orientation.Horizontal) == "姓名"
    assert model.headerData(1, Qt.Orientation.Vertical) is None
    assert model.data(QModelIndex()) is None
    assert model.setData(model.index(1, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert model.index(1, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert not model.setData(index, "x")
    assert model.column_of("note") == 3
    model.retranslate()


def test_ticks_outlive_filtering_but_not_the_row(model: RowsModel[Person]) -> None:
    """A tick belongs to the id."""
    rows = people(10)
    model.set_rows(rows)
    model.ticks.set(["1", "2"])
    model.filter(lambda row: row.id == "9")
    assert model.ticks.ids() == {"1", "2"}
    model.set_rows(rows[2:])
    assert model.ticks.ids() == {"2"}


@given(st.sets(st.sampled_from("abcdef")), st.sets(st.sampled_from("abcdef")))
def test_toggling_ticks_all_or_takes_all_away(held: set[str], touched: set[str]) -> None:
    """Toggling twice leaves either all or none of what was touched, and the others alone."""
    ticks = Ticks()
    ticks.set(held)
    ticks.toggle(touched)
    assert ticks.ids() - touched == held - touched
    assert ticks.state(touched) in {Qt.CheckState.Checked, Qt.CheckState.Unchecked}
    ticks.put(touched, on=True)
    assert all(row_id in ticks for row_id in touched)
    assert len(ticks) == len(held | touched)
    ticks.clear()
    assert not ticks.ids()


def test_a_box_over_the_column_shows_all_some_or_none() -> None:
    """Three states."""
    ticks = Ticks()
    assert ticks.state("ab") == Qt.CheckState.Unchecked
    ticks.put("a", on=True)
    assert ticks.state("ab") == Qt.CheckState.PartiallyChecked
    ticks.put("b", on=True)
    assert ticks.state("ab") == Qt.CheckState.Checked
