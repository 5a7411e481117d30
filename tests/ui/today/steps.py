"""What several tests of the day's page do."""

from datetime import date

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from patrol_desk.common.weeks import Week
from patrol_desk.models import DutyRequest, RequestState
from patrol_desk.services.planning import edits
from patrol_desk.services.today import TodayGap
from patrol_desk.storage import queries
from patrol_desk.storage.reads import planning
from patrol_desk.ui.pages.today.page import TodayPage
from patrol_desk.ui.pages.today.request_dialog import RequestDialog
from tests.helpers.desk import WEEK, DeskTest


def today(test: DeskTest) -> TodayPage:
    """Return the day's page, which is the first one shown."""
    page = test.frame.page
    assert isinstance(page, TodayPage)
    return page


def on_page(test: DeskTest, name: str) -> bool:
    """Say whether the page of a name is shown."""
    page = test.frame.page
    return page is not None and page.name == name


def request_states(test: DeskTest) -> list[RequestState]:
    """Return the states of all requests, read from the file anew."""
    with test.fresh() as station, station.read() as session:
        return [row.state for row in queries.many(session, DutyRequest)]


async def request_dialog(test: DeskTest) -> RequestDialog:
    """Open the dialog of leave and swaps by its key."""
    test.keys("F3")
    await test.until(lambda: test.window.findChild(RequestDialog) is not None)
    dialog = test.window.findChild(RequestDialog)
    assert dialog is not None
    await test.until(dialog.isVisible)
    return dialog


async def drop_out(test: DeskTest, count: int) -> list[TodayGap]:
    """Take people off posts that run now or later today, and return the gaps for which somebody can be found."""
    board = await test.desk.boards.get(WEEK)
    cells = [(row.index, shift.index) for shift in board.shifts[9:12] for row in board.rows]
    full = [cell for cell in cells if (state := board.cell(*cell)).minimum and state.heads == state.desired]
    chosen = [board.holders(*cell)[-1].assignment_id for cell in full[:count]]
    await test.desk.write("减员", edits.remove, board, chosen)
    await test.settled()
    listed = today(test).panel.gaps.list
    await test.until(lambda: any(listed.model_.best(gap) is not None for gap in listed.in_sight()))
    await test.settled()
    return [gap for gap in listed.model_.gaps if listed.model_.best(gap) is not None]


def stored(test: DeskTest, gap: TodayGap) -> set[str]:
    """Return who stands in a gap's place and shift, read from the file anew."""
    with test.fresh() as station, station.read() as session:
        newest = planning.versions_of(session, str(gap.week))[0]
        rows = planning.assignments_of(session, newest.id)
    return {row.person_id for row in rows if (row.checkpoint_id, row.pattern_id, row.on_date) == gap.key}


def duties(test: DeskTest, week: Week = WEEK) -> set[tuple[str, str, str, date]]:
    """Return all duties of a week's newest version, read from the file anew."""
    with test.fresh() as station, station.read() as session:
        newest = planning.versions_of(session, str(week))[0]
        rows = planning.assignments_of(session, newest.id)
    return {(row.person_id, row.checkpoint_id, row.pattern_id, row.on_date) for row in rows}


def words(widget: QWidget) -> str:
    """Return all words of the labels inside a widget."""
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    buttons = [button.text() for button in widget.findChildren(QAbstractButton) if button.isVisibleTo(widget)]
    return "\n".join([*labels, *buttons])
