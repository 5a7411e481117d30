"""Leave and swaps on the day's page: by F3 and keys alone, decided from the list, followed by the roster, undone."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFrame, QLabel, QLineEdit, QPushButton

from patrol_desk.models import RequestState
from patrol_desk.services.planning import requests
from patrol_desk.ui.dialogs.printing.dialog import PrintDialog
from tests.helpers.desk import WEEK, Act, DeskTest
from tests.ui.today.steps import duties, request_dialog, request_states, today, words

Desk = Callable[[Act], None]
Duty = tuple[str, str, str, date]


def test_leave_is_granted_by_keys_alone(desk_test: Desk) -> None:
    """F3, a name, Ctrl+Enter: the duty is off the roster and a gap; Ctrl+Z brings it back."""

    async def act(d: DeskTest) -> None:
        before = duties(d)
        dialog = await request_dialog(d)
        line = dialog.first_pick.chosen()
        assert line is not None
        d.write("q9q")
        assert dialog.first_pick.chosen() is None
        assert not d.find(QAbstractButton, "request_grant").isEnabled()
        d.key(Qt.Key.Key_Backspace, times=3)
        d.key(Qt.Key.Key_Down)
        chosen = dialog.first_pick.chosen()
        assert chosen is not None
        assert d.find(QLabel, "request_verdict").text()
        d.keys("Ctrl+Return")
        await d.settled()
        (gone,) = before - duties(d)
        assert gone[0] == chosen.person_id
        listed = today(d).panel.gaps.list
        left = listed.selected()
        assert left is not None
        assert (left.key, d.focus()) == (gone[1:], listed)
        assert request_states(d) == [RequestState.APPROVED]
        d.keys("Ctrl+Z")
        await d.settled()
        assert duties(d) == before
        assert request_states(d) == []

    desk_test(act)


def test_a_request_waits_and_is_decided_from_the_list(desk_test: Desk) -> None:
    """Written down only, it is listed with what stands against it; refused it goes, approved the roster follows."""

    async def act(d: DeskTest) -> None:
        before, section = duties(d), today(d).panel.requests
        assert not section.isVisible()
        await request_dialog(d)
        d.find(QLineEdit, "request_words").setFocus()
        d.write("ill")
        d.click(d.find(QAbstractButton, "request_keep"))
        await d.settled()
        assert request_states(d) == [RequestState.OPEN]
        assert duties(d) == before
        assert "ill" in words(section)
        d.keys("Ctrl+Shift+L")
        await d.settled()
        assert any(f" {mark} " in words(section) for mark in ("AM", "PM", "Eve", "Night"))
        d.keys("Ctrl+Shift+L")
        await d.settled()
        d.click(d.find(QAbstractButton, "request_no"))
        await d.settled()
        assert request_states(d) == [RequestState.REFUSED]
        assert not section.isVisible()
        d.keys("Ctrl+Z")
        await d.settled()
        d.click(d.find(QAbstractButton, "request_yes"))
        await d.settled()
        assert request_states(d) == [RequestState.APPROVED]
        assert len(before - duties(d)) == 1

    desk_test(act)


def test_two_people_swap(desk_test: Desk) -> None:
    """Both duties are chosen; what stands against it is said; each then has the other's place."""

    async def act(d: DeskTest) -> None:
        board = await d.desk.boards.get(WEEK)
        before = duties(d)
        dialog = await request_dialog(d)
        d.click(d.find(QAbstractButton, "swap"))
        grant = d.find(QAbstractButton, "request_grant")
        lines = requests.duty_lines(board)
        pair = next(
            (one, other) for one in lines[:60] for other in lines[:60]
            if one.person_id != other.person_id and one.row != other.row
            and not any(f.severity == "block" for part in requests.judge_swap(board, one.id, other.id) for f in part)
        )  # fmt: skip
        for pick, line in zip((dialog.first_pick, dialog.other_pick), pair, strict=True):
            assert pick.table.go_to(line.id)
        assert grant.isEnabled()
        d.keys("Ctrl+Return")
        await d.settled()
        after = duties(d)
        assert {duty[0] for duty in after - before} == {line.person_id for line in pair}
        assert {duty[1:] for duty in after - before} == {duty[1:] for duty in before - after}
        assert request_states(d) == [RequestState.APPROVED]

    desk_test(act)


def test_leave_of_a_later_week_is_granted_too(desk_test: Desk) -> None:
    """By key to next week's draft: its duties are offered, the chosen one is off that draft; undone, it is back."""

    async def act(d: DeskTest) -> None:
        later = WEEK.plus(1)
        before, this_week = duties(d, later), duties(d)
        dialog = await request_dialog(d)
        box = d.find(QComboBox, "request_week")
        assert box.count() == 2, "the third week has no plan"
        d.key(Qt.Key.Key_Down, box)
        await d.until(lambda: dialog.board.week == later)
        await d.settled()
        chosen = dialog.first_pick.chosen()
        assert chosen is not None
        d.keys("Ctrl+Return")
        await d.settled()
        (gone,) = before - duties(d, later)
        assert gone[0] == chosen.person_id
        assert duties(d) == this_week
        d.keys("Ctrl+Z")
        await d.settled()
        assert duties(d, later) == before
        again = await request_dialog(d)
        d.key(Qt.Key.Key_Down, d.find(QComboBox, "request_week"))
        await d.until(lambda: again.board.week == later)
        d.click(d.find(QAbstractButton, "request_keep"))
        await d.settled()
        d.click(d.find(QAbstractButton, "request_yes"))
        await d.settled()
        assert len(before - duties(d, later)) == 1
        assert duties(d) == this_week

    desk_test(act)


def test_the_slip_of_what_was_just_granted_can_be_printed(desk_test: Desk) -> None:
    """The week is not published anew: the slip tells the draft's changes against the version in force."""

    async def act(d: DeskTest) -> None:
        dialog = await request_dialog(d)
        line = dialog.first_pick.chosen()
        assert line is not None
        d.keys("Ctrl+Return")
        await d.settled()
        before = d.focus()
        (act_now,) = [one for one in d.find(QFrame, "notice").findChildren(QPushButton) if one.text() == "打印变动通知"]
        d.click(act_now)
        await d.until(lambda: d.window.findChild(PrintDialog) is not None)
        await d.settled()
        slip = d.find(PrintDialog, "print_dialog")
        assert slip.looks.kind.id == "change-slip"
        assert len(slip.choice.chosen()) == 1
        assert d.find(QAbstractButton, "print_save_button").isEnabled()
        d.keys("Esc")
        await d.settled()
        assert d.focus() is before

    desk_test(act)
