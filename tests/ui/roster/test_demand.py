"""The demand of a cell is changed where it is seen, and a conflict leads to its rule."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPushButton

from patrol_desk.ui.pages.roster.demand.dialog import DemandDialog
from patrol_desk.ui.pages.roster.moving.dialog import SETTINGS, ConflictDialog
from patrol_desk.ui.pages.roster.moving.verdict import Mover
from patrol_desk.ui.pages.roster.page import RosterPage
from patrol_desk.ui.pages.settings.page import SettingsPage
from patrol_desk.ui.pages.settings.rules import RulesPart
from tests.helpers.desk import Act, DeskTest
from tests.ui.roster.steps import board_of, cells, roster, stored

Desk = Callable[[Act], None]


async def asked(d: DeskTest, page: RosterPage) -> tuple[tuple[int, int], DemandDialog]:
    """Press E on a cell to come whose minimum is at least one."""
    board = board_of(page)
    cell = next(at for at in cells(board) if board.cell(*at).minimum and not board.past[at[1]])
    page.grid.go_to(*cell)
    d.key(Qt.Key.Key_E, page.grid)
    await d.until(lambda: d.window.findChild(DemandDialog) is not None)
    dialog = d.window.findChild(DemandDialog)
    assert dialog is not None
    return cell, dialog


def test_demand_goes_up_from_now_on_by_keys(desk_test: Desk) -> None:
    """E opens it, the arrow raises the minimum, Enter writes it; one undo takes it back."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        cell, dialog = await asked(d, page)
        before = stored(d).cell(*cell)
        assert not d.find(QPushButton, "demand_save").isEnabled()
        d.key(Qt.Key.Key_Up, times=2)
        assert dialog.least.value() == before.minimum + 2
        d.key(Qt.Key.Key_Return)
        await d.settled()
        after = stored(d).cell(*cell)
        assert after.minimum == before.minimum + 2
        assert after.desired >= after.minimum
        assert board_of(page).cell(*cell).minimum == after.minimum
        d.keys("Ctrl+Z")
        await d.settled()
        assert stored(d).cell(*cell).minimum == before.minimum

    desk_test(act)


def test_demand_goes_up_on_one_day_with_a_reason(desk_test: Desk) -> None:
    """On one day only the minimum goes up, and with it the desired number; the same shift of other weeks stays."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        cell, dialog = await asked(d, page)
        before = stored(d).cell(*cell)
        d.click(d.find(QAbstractButton, "once"))
        more = before.desired - before.minimum + 1
        for _ in range(more):
            d.click(dialog.least.more)
        assert dialog.wished.spin.text() == str(before.desired + 1)
        for _ in range(2):
            d.click(dialog.wished.less)
        assert [part.spin.text() for part in (dialog.least, dialog.wished)] == [str(before.desired)] * 2
        d.click(dialog.least.more)
        assert not d.find(QPushButton, "demand_save").isEnabled()
        d.write("temple fair", d.find(QLineEdit, "demand_reason"))
        d.key(Qt.Key.Key_Return)
        await d.settled()
        after = stored(d).cell(*cell)
        assert (after.minimum, after.desired) == (before.desired + 1, before.desired + 1)
        assert board_of(page).cell(*cell).desired == after.desired
        d.keys("Ctrl+Z")
        await d.settled()
        assert stored(d).cell(*cell) == before

    desk_test(act)


def test_demand_goes_down_on_one_day_with_a_reason(desk_test: Desk) -> None:
    """On one day only: nothing is saved without a reason; with one the minimum goes down, the desired number stays."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        cell, dialog = await asked(d, page)
        before = stored(d).cell(*cell)
        d.click(d.find(QAbstractButton, "once"))
        d.click(dialog.least.less)
        save = d.find(QPushButton, "demand_save")
        assert not save.isEnabled()
        d.write("集市停办", d.find(QLineEdit, "demand_reason"))
        assert save.isEnabled()
        d.click(save)
        await d.settled()
        after = stored(d).cell(*cell)
        assert (after.minimum, after.desired) == (before.minimum - 1, before.desired)
        assert board_of(page).cell(*cell).minimum == after.minimum
        cell_again, again = await asked(d, page)
        if cell_again == cell:
            d.click(d.find(QAbstractButton, "once"))
            assert again.reason.text() == "集市停办"
        d.key(Qt.Key.Key_Escape)
        await d.settled()
        assert stored(d).cell(*cell).minimum == after.minimum

    desk_test(act)


def test_a_conflict_leads_to_its_rule_in_the_settings(desk_test: Desk) -> None:
    """The short name of a rule the station sets opens the settings on its row; nothing is assigned."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        board = board_of(page)
        gaps = ((gap.row, gap.shift) for gap in board.gaps(board.now, board.shifts[-1].ends_at))
        cell, one, rule = next(
            (cell, one, found.rule) for cell in gaps for one in board.candidates(*cell).blocked
            for found in board.conflicts(one.person_id, *cell) if found.severity == "block" and found.rule in SETTINGS
        )  # fmt: skip
        editing = page.actions_.editing
        editing.start("roster.fill", editing.place(Mover.of_blocked(one), *cell))
        await d.until(lambda: d.window.findChild(ConflictDialog) is not None)
        d.click(d.find(QPushButton, f"conflict_rule_{rule}"))
        await d.settled()
        settings = d.window.findChild(SettingsPage)
        assert settings is not None
        assert isinstance(settings.part, RulesPart)
        assert settings.part.chosen == (SETTINGS[rule], None)
        focus = d.focus()
        assert settings.part.rows[settings.part.chosen].isAncestorOf(focus)
        assert stored(d).cell(*cell).heads == board.cell(*cell).heads

    desk_test(act)
