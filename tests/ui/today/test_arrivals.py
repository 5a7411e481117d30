"""Arrivals on the day's page: one key a person or patrol, who is missing, who stands in."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QPushButton

from patrol_desk.common.clock import FixedClock
from patrol_desk.models import Attendance, AttendanceState
from patrol_desk.services.planning import edits
from patrol_desk.services.planning.edits import propose_stand_ins
from patrol_desk.storage import queries
from patrol_desk.ui.pages.today.duty_layout import lay_out
from patrol_desk.ui.pages.today.duty_model import FIRST_SHIFT
from patrol_desk.ui.pages.today.duty_view import DutyView, notes_of
from patrol_desk.ui.pages.today.stand_in_dialog import StandInDialog
from tests.helpers.desk import NOON, WEEK, Act, DeskTest
from tests.ui.today.steps import duties, today, words

PRESENT, LATE, ABSENT = AttendanceState.PRESENT, AttendanceState.LATE, AttendanceState.ABSENT
DAY = (NOON + timedelta(hours=8)).date()


def entries(test: DeskTest) -> dict[str, AttendanceState]:
    """Return what is written of the day, read from the file anew."""
    with test.fresh() as station, station.read() as session:
        return {row.person_id: row.state for row in queries.many(session, Attendance, on_date=DAY)}


def patrol(view: DutyView) -> list[str]:
    """Return the ids of the patrol with the focus in the running shift."""
    return [head.person_id for head in view.duty.post(view.currentIndex().row(), FIRST_SHIFT)[1]]


def pair_row(view: DutyView) -> int:
    """Return the first row on which at least two people stand now."""
    return next(row for row in range(view.duty.rowCount()) if len(view.duty.post(row, FIRST_SHIFT)[1]) >= 2)


async def replaceable(test: DeskTest) -> tuple[int, int, str]:
    """Clear the week's end; return row, place in the patrol and id of somebody for whom another could now stand in."""
    model = today(test).duty.duty
    board = await test.desk.boards.get(WEEK)
    late = [shift.index for shift in board.shifts if shift.on_date > DAY]
    await test.desk.write("清空", edits.clear, board, [(row.index, shift) for row in board.rows for shift in late])
    await test.settled()
    board = await test.desk.boards.get(WEEK)
    shift = model.column(FIRST_SHIFT).shift
    for row in range(model.rowCount()):
        for number, head in enumerate(model.post(row, FIRST_SHIFT)[1]):
            key = (head.person_id, model.place(row).checkpoint_id, shift.pattern_id, shift.on_date)
            if propose_stand_ins(board, [key])[0].candidate is not None:
                return row, number, head.person_id
    raise LookupError


def test_one_key_marks_a_patrol_or_a_person(desk_test: Callable[[Act], None]) -> None:
    """F2 goes to the first open patrol, A marks it and goes on; one of it late, one cleared, undone with Ctrl+Z."""

    async def act(test: DeskTest) -> None:
        view = today(test).duty
        due = view.duty.column(FIRST_SHIFT).due
        assert notes_of(view.duty.column(FIRST_SHIFT))[0] == f"应到 {due} 人 · 已到 0 人 · 未到 {due} 人"
        test.keys("F2")
        row = pair_row(view)
        view.setCurrentIndex(view.duty.index(row, FIRST_SHIFT))
        people = patrol(view)
        test.key(Qt.Key.Key_A)
        assert view.currentIndex().row() > row
        await test.settled()
        assert entries(test) == dict.fromkeys(people, PRESENT)
        view.setCurrentIndex(view.duty.index(row, FIRST_SHIFT))
        test.key(Qt.Key.Key_X)
        await test.settled()
        assert "这一组都已登记" in words(test.window)
        test.key(Qt.Key.Key_Right)
        test.key(Qt.Key.Key_L)
        await test.settled()
        test.key(Qt.Key.Key_Backspace)
        await test.settled()
        assert entries(test) == {people[0]: LATE} | dict.fromkeys(people[2:], PRESENT)
        left = due - len(people) + 1
        assert notes_of(view.duty.column(FIRST_SHIFT))[0].endswith(f"未到 {left} 人")
        test.keys("Ctrl+Z")
        await test.settled()
        assert entries(test) == {people[0]: LATE} | dict.fromkeys(people[1:], PRESENT)

    desk_test(act)


def test_keys_walk_people_and_shifts_and_the_mouse_finds_one(desk_test: Callable[[Act], None]) -> None:
    """Right goes through the patrol into the next shift, Left back; a click chooses one, the menu marks them."""

    async def act(test: DeskTest) -> None:
        view = today(test).duty
        view.setFocus()
        row = pair_row(view)
        view.setCurrentIndex(view.duty.index(row, FIRST_SHIFT))
        post, people = view.duty.post(row, FIRST_SHIFT)
        test.key(Qt.Key.Key_Right, times=len(people))
        assert view.heads() == people[-1:]
        test.key(Qt.Key.Key_Right)
        assert (view.section, view.heads()) == (FIRST_SHIFT + 1, view.duty.post(row, FIRST_SHIFT + 1)[1])
        test.key(Qt.Key.Key_Left)
        assert (view.section, view.heads()) == (FIRST_SHIFT, people[-1:])
        cell = view.visualRect(view.duty.index(row, FIRST_SHIFT))
        spot = lay_out(test.desk.theme, cell, post, people).spots[1]
        test.click(view, spot.rect.center())
        assert view.heads() == people[1:2]
        view.mark(ABSENT)
        await test.settled()
        assert entries(test) == {people[1].person_id: ABSENT}
        narrow = lay_out(test.desk.theme, cell.adjusted(0, 0, -cell.width() // 2, 0), post, people, len(people) - 1)
        assert narrow.spots[-1].number == len(people) - 1
        assert len(narrow.spots) + narrow.hidden == len(people)
        test.click(view, QPoint(cell.right() - 3, cell.center().y()))
        assert view.heads() == view.duty.post(row, FIRST_SHIFT)[1]
        assert not [menu for menu in view.findChildren(QMenu) if menu.isVisible()]

    desk_test(act)


def test_a_shift_to_come_takes_no_entries_yet(desk_test: Callable[[Act], None]) -> None:
    """The evening at half past two: the sentence says from when on, nothing is written; after half past five it is."""

    async def act(test: DeskTest) -> None:
        view = today(test).duty
        view.setFocus()
        evening = FIRST_SHIFT + 1
        assert notes_of(view.duty.column(evening))[0].endswith("17:30 起报到")
        row = next(row for row in range(view.duty.rowCount()) if view.duty.post(row, evening)[1])
        view.setCurrentIndex(view.duty.index(row, evening))
        test.key(Qt.Key.Key_A)
        await test.settled()
        assert "17:30 起才能登记报到" in words(test.window)
        assert not entries(test)
        clock = test.desk.clock
        assert isinstance(clock, FixedClock)
        clock.advance(timedelta(hours=3, minutes=10))
        today(test).tick()
        await test.settled()
        view.setCurrentIndex(view.duty.index(row, FIRST_SHIFT))
        people = patrol(view)
        test.key(Qt.Key.Key_A)
        await test.settled()
        assert set(entries(test)) == set(people)

    desk_test(act)


async def mark_all(test: DeskTest) -> None:
    """Write that everybody of the running shift came, patrol by patrol."""
    view = today(test).duty
    for _ in range(view.duty.rowCount()):
        if not view.next_unmarked():
            break
        test.key(Qt.Key.Key_A, view)
        await test.settled()


def link(test: DeskTest, text: str) -> QPushButton:
    """Return the way an alert offers."""
    return next(one for one in today(test).panel.alerts.findChildren(QPushButton) if one.text() == text)


def test_the_alert_leads_to_the_list_until_all_are_entered(desk_test: Callable[[Act], None]) -> None:
    """Nothing is written: the alert leads to the list. All are: F2 says so, Shift+F2 too."""

    async def act(test: DeskTest) -> None:
        view, alerts = today(test).duty, today(test).panel.alerts
        assert f"{view.duty.column(FIRST_SHIFT).due} 人还没有登记报到" in words(alerts)
        test.click(link(test, "去登记"))
        assert test.focus() is view
        await mark_all(test)
        assert "登记报到" not in words(alerts)
        test.keys("F2")
        assert "这一班的人都已登记" in words(test.window)
        test.keys("Shift+F2")
        await test.settled()
        assert "没有未到的人" in words(test.window)

    desk_test(act)


def test_somebody_stands_in_for_who_is_missing(desk_test: Callable[[Act], None]) -> None:
    """One is absent: proposed, confirmed, and the one who stands in is due; undo puts the first back."""

    async def act(test: DeskTest) -> None:
        view, alerts = today(test).duty, today(test).panel.alerts
        row, number, gone = await replaceable(test)
        await mark_all(test)
        view.setFocus()
        view.setCurrentIndex(view.duty.index(row, FIRST_SHIFT))
        test.key(Qt.Key.Key_Right, times=number + 1)
        test.key(Qt.Key.Key_X)
        await test.settled()
        assert "1 人未到" in words(alerts)
        before = duties(test)
        test.click(link(test, "补位"))
        await test.until(lambda: bool(test.window.findChildren(StandInDialog)))
        (dialog,) = test.window.findChildren(StandInDialog)
        test.keys("Ctrl+Shift+L")
        await test.settled()
        assert "Fill in for the missing" in words(dialog)
        test.keys("Ctrl+Shift+L")
        await test.settled()
        (one,) = dialog.chosen()
        assert one.candidate is not None
        test.keys("Ctrl+Return")
        await test.settled()
        after = duties(test)
        assert {duty[0] for duty in before - after} == {gone}
        assert {duty[0] for duty in after - before} == {one.candidate.person_id}
        assert f"已开始 1 时 26 分 · {one.candidate.name}" in words(alerts), "who stands in has not come yet"
        person = one.candidate.person_id
        await test.until(lambda: person in [head.person_id for head in view.duty.post(row, FIRST_SHIFT)[1]])
        test.keys("F2")
        assert person in [head.person_id for head in view.heads() if head.mark is None]
        test.keys("Ctrl+Z")
        await test.settled()
        assert duties(test) == before

    desk_test(act)
