"""Copying a day, and cells to and from a spreadsheet."""

from collections.abc import Callable
from itertools import permutations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton

from patrol_desk.services.planning.edits import Copied, Span, preview_copy
from patrol_desk.ui.pages.roster.copying.clipboard import as_table, from_table
from tests.helpers.desk import Act, DeskTest
from tests.ui.roster.steps import DRAFT, board_of, held_cells, people_at, roster, stored

Desk = Callable[[Act], None]


def test_a_table_comes_back_as_it_went() -> None:
    """A table comes back as it went, whatever its cells hold."""
    rows = [["甲、乙", ""], ['有"引号"', "两\n行"], ["a\tb", "<b>"]]
    data = as_table(rows)
    assert from_table(data.text()) == rows
    assert "&lt;b&gt;" in data.html()
    assert from_table("甲\t乙\r\n丙\r\n") == [["甲", "乙"], ["丙"]]


def test_cells_are_copied_and_pasted_elsewhere_by_key(desk_test: Desk) -> None:
    """By keys alone: cells are copied, emptied and pasted back, in one step each."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        board = board_of(page)
        cell = next(c for c in held_cells(board) if len(set(people_at(board, *c))) > 1)
        names = [holder.name for holder in board.holders(*cell)]
        page.grid.go_to(*cell)
        d.keys("Ctrl+C")
        assert QApplication.clipboard().text() == "、".join(names)
        d.keys("Ctrl+Shift+C")
        heading, line = from_table(QApplication.clipboard().text())
        assert line == [board.rows[cell[0]].name, "、".join(names)]
        assert heading[0] == ""
        QApplication.clipboard().setText(names[0])
        before = people_at(board, *cell)
        d.keys("Ctrl+V")
        await d.until(lambda: (do := d.window.findChild(QPushButton, "paste_do")) is not None and do.isEnabled())
        assert d.find(QPushButton, "paste_do").hasFocus()
        d.keys("Ctrl+Return")
        await d.settled()
        assert people_at(stored(d), *cell) == [board.holders(*cell)[0].person_id]
        d.keys("Ctrl+Z")
        await d.settled()
        assert people_at(stored(d), *cell) == before

    desk_test(act)


def test_an_unknown_name_is_listed_and_skipped(desk_test: Desk) -> None:
    """An unknown name is listed and skipped, its cell keeps who is there, and Esc leaves without writing."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        board = board_of(page)
        cell = held_cells(board)[0]
        before = people_at(board, *cell)
        page.grid.go_to(*cell)
        QApplication.clipboard().setText("谁也不是")
        d.keys("Ctrl+V")
        await d.until(lambda: (told := d.window.findChild(QLabel, "paste_told")) is not None and bool(told.text()))
        box = d.find(QComboBox, "paste_meant_0")
        assert box.count() == 1
        assert not box.isEnabled()
        assert not d.find(QPushButton, "paste_do").isEnabled()
        d.key(Qt.Key.Key_Escape)
        await d.settled()
        assert d.window.findChild(QPushButton, "paste_do") is None
        assert people_at(stored(d), *cell) == before
        QApplication.clipboard().setText("")
        d.keys("Ctrl+V")
        await d.settled()
        assert d.window.findChild(QPushButton, "paste_do") is None

    desk_test(act)


def possible(d: DeskTest) -> tuple[Span, Copied]:
    """Return two days of the week between which something can be copied, and what."""
    with d.fresh() as station:
        for first, to in permutations(DRAFT.days, 2):
            span = Span(first, to, clear=True)
            told = preview_copy(station, station.system_actor(), span)
            if told.copied and told.removed:
                return span, told
    raise LookupError


def duties(d: DeskTest) -> set[tuple[object, ...]]:
    """Return the stored duties, each by what makes it that duty."""
    return {item.row.key for item in stored(d).stand.held.values()}


def test_a_day_is_copied_after_its_numbers_were_shown(desk_test: Desk) -> None:
    """By keys alone: a day is copied to the day chosen, after its numbers were shown; one undo takes it back."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        span, wanted = possible(d)
        day, other = DRAFT.days.index(span.first), DRAFT.days.index(span.to)
        dates = [shift.on_date for shift in board_of(page).shifts]
        page.grid.go_to(0, dates.index(span.first))
        before = duties(d)
        d.desk.commands.start("roster.copy_day")
        await d.settled()
        assert d.find(QComboBox, "copy_from").hasFocus()
        assert d.find(QComboBox, "copy_from").currentIndex() == day
        d.key(Qt.Key.Key_Tab)
        box = d.find(QComboBox, "copy_to")
        assert box.hasFocus()
        d.key(Qt.Key.Key_Home)
        d.key(Qt.Key.Key_Down, times=other)
        assert box.currentIndex() == other
        d.key(Qt.Key.Key_Tab)
        d.key(Qt.Key.Key_Space)
        await d.settled()
        told = d.find(QLabel, "copy_told").text()
        assert f"{wanted.copied}" in told
        assert f"{wanted.removed}" in told
        assert duties(d) == before
        d.keys("Ctrl+Return")
        await d.settled()
        after = duties(d)
        assert len(after) == len(before) + wanted.copied - wanted.removed
        assert {key for key in after if key[3] != span.to} == {key for key in before if key[3] != span.to}
        d.keys("Ctrl+Z")
        await d.settled()
        assert duties(d) == before

    desk_test(act)
