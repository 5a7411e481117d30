"""The roster by person: filters, locking, removing, taking a gap."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from patrol_desk.services.finding.readings import pinyin
from patrol_desk.ui.pages.roster.grid.line_model import Line
from patrol_desk.ui.pages.roster.page import RosterPage
from patrol_desk.ui.pages.roster.persons.panel import takeable
from patrol_desk.ui.pages.roster.views import PERSONS, POINTS
from tests.helpers.desk import Act, DeskTest
from tests.ui.roster.steps import make_gap, roster, stored

Desk = Callable[[Act], None]


async def by_person(d: DeskTest) -> RosterPage:
    """Go to the view by key."""
    page = await roster(d)
    d.keys("Alt+3")
    await d.settled()
    assert page.views.chosen == PERSONS
    assert page.views.persons.grid.hasFocus()
    return page


def somebody(page: RosterPage) -> tuple[Line, int]:
    """Return the line and shift of a duty."""
    week = page.views.persons.look.week
    assert week is not None
    for line in page.views.persons.grid.cells.lines:
        if line.kind == "person":
            for shift, cell in enumerate(week.cells(line.index)):
                if cell.row >= 0:
                    return line, shift
    raise LookupError


def test_a_duty_is_locked_unlocked_and_removed_by_key(desk_test: Desk) -> None:
    """A duty is locked, unlocked and removed by key, and Enter leads to its cell."""

    async def act(d: DeskTest) -> None:
        page = await by_person(d)
        grid = page.views.persons.grid
        QAbstractItemModelTester(grid.cells, QAbstractItemModelTester.FailureReportingMode.Fatal, grid.cells)
        line, shift = somebody(page)
        grid.go_to(line, shift)
        (duty,) = page.views.duties_chosen()
        place = stored(d).where(duty)
        assert place is not None
        d.key(Qt.Key.Key_L)
        await d.settled()
        assert stored(d).stand.held[duty].row.locked
        assert page.views.persons.look.cells(line.index)[shift].locked
        d.key(Qt.Key.Key_L)
        await d.settled()
        assert not stored(d).stand.held[duty].row.locked
        d.key(Qt.Key.Key_Delete)
        await d.settled()
        assert duty not in stored(d).stand.held
        assert grid.here() == (line, shift)
        d.keys("Ctrl+Z")
        await d.settled()
        assert stored(d).where(duty) == place
        d.key(Qt.Key.Key_Return)
        assert page.views.chosen == POINTS
        assert page.grid.current() == place

    desk_test(act)


def test_filters_leave_whom_they_name(desk_test: Desk) -> None:
    """Search and filters leave whom they name; the squads of the others go."""

    async def act(d: DeskTest) -> None:
        page = await by_person(d)
        view, week = page.views.persons, page.views.persons.look.week
        assert week is not None
        line, _ = somebody(page)
        name = week.row(line.index).name
        field = d.find(QLineEdit, "person_search")
        field.setFocus()
        d.write(name)
        shown = [week.row(one.index).name for one in view.grid.cells.lines if one.kind == "person"]
        assert shown
        assert all(name in each for each in shown)
        d.key(Qt.Key.Key_Escape, field)
        view.grid.setFocus()
        d.key(Qt.Key.Key_Slash)
        assert field.hasFocus()
        d.write("".join(word[0] for word in pinyin(name).split()))
        assert line in view.grid.cells.lines
        assert view.grid.here() is not None
        d.key(Qt.Key.Key_Escape, field)
        d.write("谁也不是")
        assert not view.grid.cells.lines
        assert page.views.persons.filters.count.text() == "0 人"
        d.key(Qt.Key.Key_Escape, field)
        view.filters.duties.setFocus()
        d.click(d.find(QAbstractButton, "free"))
        free = [one.index for one in view.grid.cells.lines if one.kind == "person"]
        assert all(not week.row(person).duties for person in free)
        assert line.index not in free

    desk_test(act)


def test_a_gap_is_taken_from_the_panel_by_key(desk_test: Desk) -> None:
    """A gap is taken from the panel by key, and one undo takes it back."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        place = await make_gap(d, page)
        d.keys("Alt+3")
        await d.settled()
        view, week = page.views.persons, page.views.persons.look.week
        assert week is not None
        line = next(
            one for one in view.grid.cells.lines
            if one.kind == "person" and any(gap.row == place[0] for gap in takeable(week, one.index, place[1]))
        )  # fmt: skip
        view.grid.go_to(line, place[1])
        await d.settled()
        d.key(Qt.Key.Key_Tab)
        listed = page.views.person_panel.gap_list
        assert listed.hasFocus()
        d.key(Qt.Key.Key_Down, times=[pair.row for pair in listed.pairs.items].index(place[0]))
        d.key(Qt.Key.Key_Return)
        await d.settled()
        assert [holder.person_id for holder in stored(d).holders(*place)] == [week.row(line.index).person_id]
        d.keys("Ctrl+Z")
        await d.settled()
        assert not stored(d).cell(*place).heads

    desk_test(act)
