"""What of a candidate is accepted, and what the run is asked to care about: by key, read back from the file."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QSlider

from patrol_desk.common.clock import STATION_UTC_OFFSET
from patrol_desk.services.rules import read_rules
from patrol_desk.storage.reads import planning
from patrol_desk.ui.pages.planning.session import Stage
from patrol_desk.ui.widgets.table import DataTable
from tests.helpers.desk import NOON, WEEK, Act, DeskTest
from tests.ui.planning.test_planning import EMPTY, opened, run_until_plan, stage, versions


def test_only_ticked_changes_are_written_and_undone(desk_test: Callable[[Act], None]) -> None:
    """By key: all are unticked, two ticked; the file holds these two duties, and after undo none."""

    async def act(test: DeskTest) -> None:
        page = await opened(test, EMPTY)
        assert versions(test, EMPTY) == []
        await run_until_plan(test, page)
        test.keys("Esc")
        await test.settled()
        comparison = page.session.comparison
        assert comparison is not None
        count = len(comparison.changes)
        assert page.candidate.changes.counts() == (count, count)
        assert count > 2
        table = test.find(DataTable, "plan_changes")
        table.setFocus()
        test.keys("Ctrl+A", table)
        test.key(Qt.Key.Key_Space, table)
        assert page.candidate.changes.counts() == (0, count)
        assert not page.candidate.accept_button.isEnabled()
        test.key(Qt.Key.Key_Home, table)
        for _ in range(2):
            test.key(Qt.Key.Key_Space, table)
            test.key(Qt.Key.Key_Down, table)
        chosen = page.candidate.changes.chosen()
        assert chosen == comparison.changes[:2]
        assert page.candidate.accept_button.text() == "采用所选 2 处"
        test.key(Qt.Key.Key_Slash, table)
        person = chosen[0].person
        test.write(person)
        shown = [row.change.person for row in page.candidate.changes.model.shown_rows()]
        assert person in shown
        assert len(shown) < count
        assert all(person in name for name in shown)
        test.keys("Ctrl+Return")
        await test.settled()
        assert [duties for _, _, duties in versions(test, EMPTY)] == [2]
        assert stage(page) is Stage.ACCEPTED
        test.keys("Ctrl+Z")
        await test.settled()
        assert versions(test, EMPTY) == []

    desk_test(act)


def begun_duties(test: DeskTest) -> list[tuple[str, str, str, date]]:
    """Return who stands where before today in the newest version, from the file itself."""
    with test.fresh() as station, station.read() as session:
        seats = planning.assignments_of(session, planning.versions_of(session, str(WEEK))[0].id)
    return sorted(
        (seat.person_id, seat.checkpoint_id, seat.pattern_id, seat.on_date)
        for seat in seats
        if seat.on_date < NOON.date()
    )


def test_a_week_under_way_is_planned_anew_from_now_on(desk_test: Callable[[Act], None]) -> None:
    """On Wednesday all of it is planned anew by mouse and key; what was served stays, and it says so."""

    async def act(test: DeskTest) -> None:
        before = begun_duties(test)
        page = await opened(test, WEEK)
        assert any("已开始的班次不动" in label.text() for label in page.findChildren(QLabel))
        test.click(test.find(QAbstractButton, "mode_fresh"))
        await test.settled()
        await run_until_plan(test, page)
        test.keys("Esc")
        await test.settled()
        comparison = page.session.comparison
        assert comparison is not None
        assert comparison.changes
        now = (NOON + STATION_UTC_OFFSET).replace(tzinfo=None)
        assert all(change.seat.on_date >= now.date() for change in comparison.changes)
        test.keys("Ctrl+Return")
        await test.settled()
        assert stage(page) is Stage.ACCEPTED
        assert begun_duties(test) == before

    desk_test(act)


def cares(test: DeskTest) -> dict[str, int]:
    """Return how much each level is cared about in the week that is planned, from the file itself."""
    with test.fresh() as station:
        return {level.code: level.number for level in read_rules(station, station.system_actor(), EMPTY.monday).levels}


def test_weights_are_moved_by_key_written_and_put_back(desk_test: Callable[[Act], None]) -> None:
    """Two moves in a row are one step; the defaults come back by the button, and undo brings the weights again."""

    async def act(test: DeskTest) -> None:
        page = await opened(test, EMPTY)
        before = cares(test)
        near = test.find(QSlider, "weight_care_near")
        near.setFocus()
        test.key(Qt.Key.Key_Right, near, times=2)
        wish = test.find(QSlider, "weight_care_wish")
        test.key(Qt.Key.Key_Right, wish)
        assert page.setup.weights.pending
        await test.until(lambda: not page.setup.weights.pending)
        await test.settled()
        changed = cares(test)
        assert changed["care_near"] == near.maximum()
        assert changed["care_wish"] == before["care_wish"] + 1
        test.click(test.find(QAbstractButton, "plan_weights_reset"))
        await test.settled()
        assert cares(test) == before
        assert near.value() == before["care_near"]
        test.keys("Ctrl+Z")
        await test.settled()
        assert cares(test) == changed
        test.keys("Ctrl+Z")
        await test.settled()
        assert cares(test) == before

    desk_test(act)
