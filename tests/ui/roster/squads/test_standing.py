"""By squad: how far each squad's week has come is shown beside it, and marked by key and by button."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from patrol_desk.services.planning.told import SquadStanding, week_standing
from patrol_desk.ui.dialogs.printing.dialog import PrintDialog
from patrol_desk.ui.pages.roster.page import RosterPage
from patrol_desk.ui.pages.roster.publishing.telling import TellingDialog, mark_text
from tests.helpers.desk import WEEK, Act, DeskTest
from tests.ui.roster.steps import roster

Desk = Callable[[Act], None]


def squad(d: DeskTest, name: str) -> SquadStanding:
    """Return how far a squad is, read from the file anew."""
    with d.fresh() as station:
        standing = week_standing(station, station.system_actor(), WEEK)
    return next(one for one in standing.squads if one.name == name)


def shown(page: RosterPage) -> list[str]:
    """Return the right ends of the three lines."""
    return [pair.right for pair in page.views.standings.section.lines.pairs.items]


def test_a_squad_is_marked_beside_its_row(desk_test: Desk) -> None:
    """T and Y mark the squad under the keys, the button takes the mark away; each is one step of undo."""

    async def act(d: DeskTest) -> None:
        page = await roster(d, WEEK)
        d.keys("Alt+2")
        await d.settled()
        week, grid = page.views.week, page.views.squads.grid
        assert week is not None
        standings = page.views.squads.look.standings
        line = next(one for one in grid.cells.lines if week.rows[one.group].name in standings)
        name = week.rows[line.group].name
        grid.go_to(line, 0)
        await d.settled()
        assert shown(page) == [mark_text(None)] * 3
        d.key(Qt.Key.Key_T)
        await d.settled()
        assert squad(d, name).told is not None
        assert squad(d, name).confirmed is None
        d.key(Qt.Key.Key_Y)
        await d.settled()
        assert squad(d, name).confirmed is not None
        assert shown(page) == [mark_text(None), mark_text(squad(d, name).told), mark_text(squad(d, name).confirmed)]
        d.click(d.find(QAbstractButton, "squad_confirmed"))
        await d.settled()
        assert squad(d, name).confirmed is None
        d.keys("Ctrl+Z")
        await d.settled()
        assert squad(d, name).confirmed is not None
        assert page.views.squads.look.standings[name].confirmed is not None

    desk_test(act)


def test_all_squads_are_one_click_away(desk_test: Desk) -> None:
    """The link opens the list; in the view by person the panel of a squad has no such part."""

    async def act(d: DeskTest) -> None:
        page = await roster(d, WEEK)
        d.keys("Alt+2")
        await d.settled()
        d.click(d.find(QAbstractButton, "squad_standing_all"))
        await d.until(lambda: d.window.findChild(TellingDialog) is not None)
        d.key(Qt.Key.Key_Escape)
        await d.settled()
        d.keys("Alt+3")
        await d.settled()
        grid = page.views.persons.grid
        grid.go_to(next(line for line in grid.cells.lines if line.kind == "squad"), 0)
        await d.settled()
        assert not page.views.standings.section.isVisible()

    desk_test(act)


def test_nothing_is_marked_before_the_week_is_published(desk_test: Desk) -> None:
    """A draft has nobody to tell: the panel says so, and T writes nothing."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        d.keys("Alt+2")
        await d.settled()
        assert page.views.standings.section.isVisible()
        assert shown(page) == []
        d.key(Qt.Key.Key_T)
        await d.settled()
        assert d.desk.undo.next_undo() is None

    desk_test(act)


def test_a_squads_week_is_printed_from_its_panel(desk_test: Desk) -> None:
    """The button below the panel opens the print dialog on the squad in sight, and on no other."""

    async def act(d: DeskTest) -> None:
        page = await roster(d, WEEK)
        d.keys("Alt+2")
        await d.settled()
        week, grid = page.views.week, page.views.squads.grid
        assert week is not None
        line = next(one for one in grid.cells.lines if week.rows[one.group].name in page.views.squads.look.standings)
        grid.go_to(line, 0)
        await d.settled()
        d.click(d.find(QAbstractButton, "squad_print"))
        await d.until(lambda: d.window.findChild(PrintDialog) is not None)
        dialog = d.window.findChild(PrintDialog)
        assert dialog is not None
        await d.until(lambda: bool(dialog.choice.chosen()))
        assert dialog.looks.option == "squad-week"
        assert dialog.choice.chosen() == [page.views.squads.look.standings[week.rows[line.group].name].code]
        d.key(Qt.Key.Key_Escape)
        await d.settled()

    desk_test(act)
