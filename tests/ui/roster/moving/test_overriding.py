"""A rule of the station's own is overridden with a reason: from the list of those kept away, by key, and by drag."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from patrol_desk.common.actor import Actor
from patrol_desk.engine.settings import Override as RuleSetting
from patrol_desk.engine.settings import defaults
from patrol_desk.models import OverrideReason, Role, RuleOverride
from patrol_desk.services.planning.board import Blocked, Board
from patrol_desk.services.rules import save_rules
from patrol_desk.storage import queries
from patrol_desk.ui.pages.roster.moving.dialog import ConflictDialog
from patrol_desk.ui.pages.roster.page import RosterPage
from tests.helpers.desk import Act, DeskTest
from tests.ui.roster.steps import board_of, cells, drag, held_cells, make_gap, middle, people_at, pip, roster, stored

Desk = Callable[[Act], None]


def overrides(d: DeskTest) -> list[RuleOverride]:
    """Return the overrides as another program reads them."""
    with d.fresh() as station, station.read() as session:
        return queries.many(session, RuleOverride)


def dialog_of(d: DeskTest) -> ConflictDialog:
    """Return the open dialog."""
    dialog = d.window.findChild(ConflictDialog)
    assert dialog is not None
    return dialog


async def kept_away(d: DeskTest, page: RosterPage, *, can: bool) -> tuple[tuple[int, int], Blocked]:
    """Stand on a gap, on somebody in the list whom only rules of the station keep away, or others."""
    await make_gap(d, page)
    board = board_of(page)
    for cell in cells(board):
        if board.past[cell[1]] or board.next_gap(cell[0], cell[1] - 1) != cell:
            continue
        for row, one in enumerate(board.candidates(*cell).blocked):
            blocks = [each for each in board.conflicts(one.person_id, *cell) if each.severity == "block"]
            if all(each.overridable for each in blocks) is can:
                page.grid.go_to(*cell)
                await d.settled()
                QTest.mouseClick(d.find(QPushButton, "all_blocked"), Qt.MouseButton.LeftButton)
                page.grid.setFocus()
                tab_to(d, page)
                d.key(Qt.Key.Key_Home)
                d.key(Qt.Key.Key_Down, times=row)
                return cell, one
    raise LookupError


def tab_to(d: DeskTest, page: RosterPage) -> None:
    """Go to the list of those kept away by Tab."""
    for _ in range(12):
        d.key(Qt.Key.Key_Tab)
        if page.inspector.blocked_list.hasFocus():
            return
    raise LookupError


def test_somebody_kept_away_is_put_there_by_keys_alone(desk_test: Desk) -> None:
    """Enter on the row, a digit for the reason, a sentence, Enter, Enter; one step of undo takes all of it back."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        cell, one = await kept_away(d, page, can=True)
        before = people_at(stored(d), *cell)
        d.key(Qt.Key.Key_Return)
        await d.until(lambda: d.window.findChild(ConflictDialog) is not None)
        button = d.find(QPushButton, "conflict_override")
        assert not button.isEnabled()
        d.key(Qt.Key.Key_2)
        assert d.find(QPushButton, "override_willing").isChecked()
        assert not button.isEnabled()
        d.write("agreed by phone")
        assert button.isEnabled()
        d.key(Qt.Key.Key_Return)
        assert button.hasFocus()
        d.key(Qt.Key.Key_Return)
        await d.settled()
        assert people_at(stored(d), *cell) == sorted([*before, one.person_id])
        kept = overrides(d)
        assert {row.person_id for row in kept} == {one.person_id}
        assert {(row.reason, row.words) for row in kept} == {(OverrideReason.WILLING, "agreed by phone")}
        assert board_of(page).cell(*cell).broken
        assert any(holder.overridden for holder in board_of(page).holders(*cell))
        d.keys("Ctrl+Z")
        await d.settled()
        assert overrides(d) == []
        assert people_at(stored(d), *cell) == before

    desk_test(act)


def test_enter_takes_the_way_out_and_escape_nothing(desk_test: Desk) -> None:
    """The primary is what needs no override; Ctrl+Enter alone does nothing while reason and sentence are missing."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        cell, one = await kept_away(d, page, can=True)
        d.key(Qt.Key.Key_Return)
        await d.until(lambda: d.window.findChild(ConflictDialog) is not None)
        d.keys("Ctrl+Return")
        assert dialog_of(d).isVisible()
        d.key(Qt.Key.Key_Escape)
        await d.settled()
        assert one.person_id not in people_at(stored(d), *cell)
        assert overrides(d) == []

    desk_test(act)


def test_what_law_forbids_has_no_override(desk_test: Desk) -> None:
    """The dialog says so instead of offering reasons."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        await kept_away(d, page, can=False)
        d.key(Qt.Key.Key_Return)
        await d.until(lambda: d.window.findChild(ConflictDialog) is not None)
        dialog = dialog_of(d)
        assert dialog.findChild(QPushButton, "conflict_override") is None
        assert dialog.findChild(QLineEdit, "override_words") is None
        d.key(Qt.Key.Key_2)
        d.keys("Ctrl+Return")
        await d.settled()
        assert overrides(d) == []

    desk_test(act)


def test_a_drag_can_override(desk_test: Desk) -> None:
    """A pip dropped where a rule of the station stands against it is moved once the reason is given."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        await make_gap(d, page)
        source, target, person = movable(board_of(page))
        middle(page, *target)
        number = [holder.person_id for holder in board_of(page).holders(*source)].index(person)
        view = page.grid.viewport()
        drag(view, pip(page, *source, number), view, page.grid.cell_rect(*target).center())
        await d.until(lambda: d.window.findChild(ConflictDialog) is not None)
        d.click(d.find(QPushButton, "override_emergency"))
        d.find(QLineEdit, "override_words").setFocus()
        d.write("flood watch")
        told = " ".join(label.text() for label in d.find(ConflictDialog, "conflict_dialog").findChildren(QLabel))
        missing = board_of(page).figures().shortage_heads
        d.keys("Ctrl+Return")
        await d.settled()
        # What the person leaves counts as well as what they fill.
        assert f"{missing} → {board_of(page).figures().shortage_heads}" in told
        after = stored(d)
        assert person in people_at(after, *target)
        assert person not in people_at(after, *source)
        assert {row.words for row in overrides(d)} == {"flood watch"}

    desk_test(act)


def movable(board: Board) -> tuple[tuple[int, int], tuple[int, int], str]:
    """Return a cell, another one near it, and who of the first could be moved there by override only."""
    for source in held_cells(board)[:60]:
        for holder in board.holders(*source):
            without = frozenset({holder.assignment_id})
            gone = replace(board, stand=board.stand.patched(without, ()), _cells={})
            for target in cells(board):
                near = abs(target[0] - source[0]) <= 8 and abs(target[1] - source[1]) <= 6
                if target == source or not near or not gone.cell(*target).desired:
                    continue
                found = board.conflicts(holder.person_id, *target, without=without)
                blocks = [one for one in found if one.severity == "block"]
                if blocks and all(one.overridable for one in blocks):
                    return source, target, holder.person_id
    raise LookupError


def test_who_may_not_override_a_rule_reads_who_may(desk_test: Desk) -> None:
    """The rules are the chief's to override: a clerk has no field for a reason, and is told whose they are."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        chief, codes = d.desk.actor, [rule.code for rule in defaults().rules.values() if rule.who]
        await d.desk.write("rules", save_rules, [RuleSetting(code, who="chief") for code in codes])
        await d.settled()
        d.desk.actor = Actor(None, "内勤甲", Role.CLERK)
        await kept_away(d, page, can=True)
        d.key(Qt.Key.Key_Return)
        await d.until(lambda: d.window.findChild(ConflictDialog) is not None)
        said = " ".join(label.text() for label in dialog_of(d).findChildren(QLabel))
        assert "只有所长可以破例，您是内勤" in said
        assert dialog_of(d).findChild(QPushButton, "conflict_override") is None
        assert dialog_of(d).findChild(QLineEdit, "override_words") is None
        d.key(Qt.Key.Key_Escape)
        await d.settled()
        assert overrides(d) == []
        d.desk.actor = chief

    desk_test(act)
