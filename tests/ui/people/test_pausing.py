"""Somebody is paused from the panel, found by the filter, and comes back; the file has each step."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton

from patrol_desk.models import PersonPause
from patrol_desk.storage import bulk
from patrol_desk.ui.pages.people.filters import PAUSED
from patrol_desk.ui.pages.people.pausing import PauseDialog
from patrol_desk.ui.widgets.labels import Chip
from tests.helpers.desk import DeskTest
from tests.helpers.people_page import TODAY, Start, current, open_page, pick, shown


def pauses(d: DeskTest, person_id: str) -> list[tuple[object, ...]]:
    """Return somebody's pauses as a new session reads them."""
    columns = ("from_on", "until_on", "reason")
    with d.fresh() as station, station.read() as session:
        rows = bulk.rows(session, PersonPause, columns, where={"person_id": person_id, "ended_on": None})
        return [tuple(row) for row in rows]


def test_somebody_is_paused_found_and_resumed(desk_test: Start) -> None:
    """The dialog wants a reason and says what it touches; chip, list and filter follow; Ctrl+Z brings it back."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        busy = next(row for row in page.model.all_rows() if row.duties and row.leave is None)
        page.table.go_to(busy.id)
        d.key(Qt.Key.Key_Return)
        await d.settled()
        assert current(page) == busy.id
        d.click(d.find(QAbstractButton, "person_more"))
        await pick(d, page.panel.head.menu, "暂停…")
        dialog = await shown(d, "pause_dialog")
        assert isinstance(dialog, PauseDialog)
        await d.until(lambda: "不排班" in dialog.told.text())
        d.keys("Ctrl+Return")
        assert dialog.isVisible(), "a pause has a reason"
        d.write("Reise")
        d.keys("Ctrl+Return")
        await d.settled()
        assert pauses(d, busy.id) == [(TODAY, None, "Reise")]
        assert "已暂停" in {chip.text() for chip in page.panel.head.findChildren(Chip)}
        action = next(a for a in page.filters.findChildren(QAction) if a.data() == ("status", PAUSED))
        action.trigger()
        await d.settled()
        assert [row.id for row in page.model.shown_rows()] == [busy.id]
        assert str(page.model.index(0, page.model.column_of("state")).data()) == "已暂停"
        d.click(d.find(QAbstractButton, "person_more"))
        await pick(d, page.panel.head.menu, "结束暂停")
        await d.settled()
        assert pauses(d, busy.id) == []
        d.keys("Ctrl+Z")
        await d.settled()
        assert pauses(d, busy.id) == [(TODAY, None, "Reise")]
        d.keys("Ctrl+Z")
        await d.settled()
        assert pauses(d, busy.id) == []

    desk_test(act)


def test_a_second_pause_is_refused_with_its_reason(desk_test: Start) -> None:
    """The person alone is told since when the other one lasts."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        row = page.model.row_at(0)
        for reason in ("one", "two"):
            d.desk.tasks.start("test", page.deeds.pause([row]))
            await shown(d, "pause_dialog")
            d.write(reason)
            d.keys("Ctrl+Return")
            await d.settled()
        assert pauses(d, row.id) == [(TODAY, None, "one")]

    desk_test(act)
