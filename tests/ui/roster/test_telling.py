"""Squads are marked as told and confirmed by keys alone, from the alert of the day's page; the file holds it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from patrol_desk.services.planning.told import SquadStanding, week_standing
from patrol_desk.ui.pages.roster.publishing.telling import TellingDialog
from tests.helpers.desk import WEEK, Act, DeskTest
from tests.ui.today.steps import today, words

Desk = Callable[[Act], None]


def squad(d: DeskTest, squad_id: str) -> SquadStanding:
    """Return how far a squad is, read from the file anew."""
    with d.fresh() as station:
        standing = week_standing(station, station.system_actor(), WEEK)
    return next(one for one in standing.squads if one.id == squad_id)


def test_a_squad_is_told_and_confirms_by_keys_alone(desk_test: Desk) -> None:
    """T, Y, each an undoable step; the alert counts one squad less."""

    async def act(d: DeskTest) -> None:
        alerts = today(d).panel.alerts
        with d.fresh() as station:
            count = len(week_standing(station, station.system_actor(), WEEK).unconfirmed)
        assert f"{count} 个小组还没有确认本周执勤" in words(alerts)
        link = next(one for one in alerts.findChildren(QAbstractButton) if one.text() == "去通知")
        link.setFocus()
        d.key(Qt.Key.Key_Space)
        await d.until(lambda: d.window.findChild(TellingDialog) is not None)
        dialog = d.window.findChild(TellingDialog)
        assert dialog is not None
        await d.until(dialog.table.hasFocus)
        first = dialog.table.current_row()
        if not isinstance(first, SquadStanding):
            d.key(Qt.Key.Key_Home)
            first = dialog.table.current_row()
        assert isinstance(first, SquadStanding)
        d.key(Qt.Key.Key_T)
        await d.until(lambda: squad(d, first.id).told is not None)
        assert squad(d, first.id).confirmed is None
        d.key(Qt.Key.Key_Y)
        await d.until(lambda: squad(d, first.id).confirmed is not None)
        await d.settled()
        # The list keeps its order while it is open: the one just marked is in sight, and the next one below it.
        assert dialog.table.currentIndex().row() == 0
        assert dialog.table.selected_ids() == [first.id]
        d.key(Qt.Key.Key_Escape)
        await d.settled()
        assert f"{count - 1} 个小组还没有确认本周执勤" in words(alerts)
        d.keys("Ctrl+Z")
        await d.settled()
        assert squad(d, first.id).confirmed is None
        assert squad(d, first.id).told is not None

    desk_test(act)
