"""What can be guessed of the week is told at the cell, for a squad, in the review, and as a list that leads there."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from patrol_desk.services.planning.visits_predictable import of_board
from patrol_desk.ui.pages.roster.guessing.dialog import GuessDialog
from patrol_desk.ui.pages.roster.publishing.dialog import PublishDialog
from patrol_desk.ui.pages.roster.views import SQUADS
from tests.helpers.desk import WEEK, Act, DeskTest
from tests.ui.roster.steps import board_of, roster, stored

Desk = Callable[[Act], None]


async def opened(d: DeskTest) -> GuessDialog:
    """Wait for the list."""
    await d.until(lambda: d.window.findChild(GuessDialog) is not None)
    dialog = d.window.findChild(GuessDialog)
    assert dialog is not None
    return dialog


def test_the_list_leads_to_the_cell_and_the_cell_says_why(desk_test: Desk) -> None:
    """The list names the easiest checkpoint first; Enter goes to its cell, where the panel says the same."""

    async def act(d: DeskTest) -> None:
        page = await roster(d, WEEK)
        d.desk.commands.start("roster.guesses")
        dialog = await opened(d)
        easy = [place for place in of_board(stored(d, WEEK)) if place.foreseen]
        assert easy
        shown = dialog.model.shown_rows()
        assert {place.id for place in shown[: len(easy)]} == {place.id for place in easy}
        d.key(Qt.Key.Key_Down, dialog.table)
        d.key(Qt.Key.Key_Return, dialog.table)
        await d.settled()
        first = shown[1].foreseen[0]
        assert page.grid.current() == (first.row, first.shift)
        assert page.inspector.habit.isVisible()
        assert any(shown[1].name in words for words in page.inspector.habit.hints())

    desk_test(act)


def test_the_list_closes_without_going_anywhere(desk_test: Desk) -> None:
    """Esc leaves the keys where they were."""

    async def act(d: DeskTest) -> None:
        page = await roster(d, WEEK)
        here = page.grid.current()
        d.desk.commands.start("roster.guesses")
        await opened(d)
        d.key(Qt.Key.Key_Escape)
        await d.settled()
        assert page.grid.current() == here
        assert d.window.findChild(GuessDialog) is None

    desk_test(act)


def test_squads_have_the_figure_and_their_own_habits(desk_test: Desk) -> None:
    """The figure above the squads counts them; the panel lists those of the squad in sight."""

    async def act(d: DeskTest) -> None:
        page = await roster(d, WEEK)
        d.keys("Alt+2")
        await d.settled()
        assert page.views.chosen == SQUADS
        easy = [place for place in of_board(board_of(page)) if place.foreseen]
        assert page.kpis.figures()[-1].value == f"{len(easy)}"
        one = next(one for place in easy for one in place.foreseen if one.squad)
        grid, week = page.views.squads.grid, page.views.week
        assert week is not None
        line = next(line for line in grid.cells.lines if week.rows[line.group].name == one.squad)
        grid.go_to(line, one.shift)
        await d.settled()
        pairs = page.views.squad_panel.hint_list.pairs.items
        assert (one.row, one.shift) in {(pair.row, pair.shift) for pair in pairs}

    desk_test(act)


def test_the_review_leads_to_the_list(desk_test: Desk) -> None:
    """The review says how many checkpoints can be guessed; its way leads to the list, and nothing is published."""

    async def act(d: DeskTest) -> None:
        await roster(d)
        d.click(d.find(QPushButton, "roster_publish"))
        await d.until(lambda: d.window.findChild(PublishDialog) is not None)
        d.click(d.find(QPushButton, "publish_look_list"))
        dialog = await opened(d)
        assert dialog.model.rowCount()
        d.key(Qt.Key.Key_Escape)
        await d.settled()
        version = stored(d).version
        assert version is not None
        assert version.published_at is None

    desk_test(act)
