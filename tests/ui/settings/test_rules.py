"""Rules and weights on the page: edited in place, tried on the week, saved as one step, asked about on leaving."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QMenu, QPushButton, QSlider

from patrol_desk.common.actor import Actor
from patrol_desk.common.changes import ChangeSet
from patrol_desk.models import Role
from patrol_desk.services.rules import RuleLine, read_rules
from patrol_desk.ui.pages.settings.broken_dialog import BrokenDialog
from patrol_desk.ui.pages.settings.page import SettingsPage
from patrol_desk.ui.pages.settings.rules import RulesPart
from patrol_desk.ui.shell.errors import ErrorWindow
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.segmented import Segmented
from tests.helpers.desk import Act, DeskTest
from tests.ui.settings.test_looks import opened


def stored(test: DeskTest, code: str) -> RuleLine:
    """Return a rule from the file itself."""
    with test.fresh() as station:
        rules = read_rules(station, station.system_actor()).rules
    return next(line for line in rules if line.rule.code == code and line.kind is None)


def level(test: DeskTest, code: str) -> int:
    """Return how much a level is cared about, from the file itself."""
    with test.fresh() as station:
        levels = read_rules(station, station.system_actor()).levels
    return next(each.number for each in levels if each.code == code)


async def at_rules(test: DeskTest) -> tuple[SettingsPage, RulesPart]:
    """Go to the rules and wait until the week is counted."""
    page = await opened(test, "rules")
    part = page.part
    assert isinstance(part, RulesPart)
    await test.until(lambda: part.outcome is not None)
    return page, part


async def counted(test: DeskTest, part: RulesPart) -> None:
    """Wait until the week was counted again."""
    before = part.outcome
    await test.until(lambda: part.outcome is not before)
    await test.settled()


def test_a_rule_is_tried_saved_and_taken_back_by_keys_alone(desk_test: Callable[[Act], None]) -> None:
    """The panel says how many duties a longer rest would block; Ctrl+S writes it, Ctrl+Z takes it back."""

    async def act(test: DeskTest) -> None:
        page, part = await at_rules(test)
        line = test.find(QLineEdit, "number_rest_minutes")
        line.setFocus()
        await counted(test, part)
        line.selectAll()
        test.write("2880")
        await counted(test, part)
        assert part.outcome is not None
        blocked = part.outcome.then["rest_minutes", None]
        assert blocked > part.outcome.now["rest_minutes", None] == 0
        assert str(blocked) in test.find(QLabel, "rule_effect").text()
        assert "48 h" in test.find(QLabel, "rule_speech").text()
        assert test.find(QLabel, "settings_unsaved").text() == "1 处未保存"
        assert stored(test, "rest_minutes").number == 480
        test.keys("Ctrl+S")
        await test.settled()
        assert stored(test, "rest_minutes").number == 2880
        assert part.dirty() == 0
        page.index.list.setFocus()
        test.keys("Ctrl+Z")
        await test.settled()
        assert stored(test, "rest_minutes").number == 480
        assert test.find(QLineEdit, "number_rest_minutes").text() == "480"

    desk_test(act)


def test_a_number_that_cannot_be_right_is_told_and_not_saved(desk_test: Callable[[Act], None]) -> None:
    """The sentence names rule, value, bounds and unit; Up goes on from a good number by half hours."""

    async def act(test: DeskTest) -> None:
        _page, part = await at_rules(test)
        line = test.find(QLineEdit, "number_rest_minutes")
        line.setFocus()
        line.selectAll()
        test.write("9999")
        told = test.find(QLabel, "settings_unsaved").text()
        assert "9999" in told
        assert "0 到 2880 分钟" in told
        assert not test.find(QPushButton, "settings_save").isEnabled()
        test.keys("Ctrl+S")
        await test.settled()
        assert stored(test, "rest_minutes").number == 480
        test.click(test.find(QPushButton, "settings_discard"))
        assert line.text() == "480"
        line.setFocus()
        test.key(Qt.Key.Key_Up)
        assert line.text() == "510"
        assert part.dirty() == 1
        test.click(test.find(QPushButton, "settings_discard"))

    desk_test(act)


def test_strengths_and_weights_are_one_step(desk_test: Callable[[Act], None]) -> None:
    """A rule turned off and a level cared about more are written together and undone together."""

    async def act(test: DeskTest) -> None:
        page, part = await at_rules(test)
        row = part.rows["insured", None]
        assert isinstance(row.strength, Segmented)
        test.click(row.strength.findChildren(QAbstractButton, "off")[0])
        wish = test.find(QSlider, "care_wish")
        wish.setFocus()
        test.key(Qt.Key.Key_End)
        assert part.dirty() == 2
        test.keys("Ctrl+S")
        await test.settled()
        assert (stored(test, "insured").strength, level(test, "care_wish")) == ("off", 3)
        page.index.list.setFocus()
        test.keys("Ctrl+Z")
        await test.settled()
        assert (stored(test, "insured").strength, level(test, "care_wish")) == ("hard", 1)
        wish.setValue(2)
        test.click(test.find(QPushButton, "care_defaults"))
        assert part.dirty() == 0

    desk_test(act)


def test_what_would_break_is_shown_on_the_roster(desk_test: Callable[[Act], None]) -> None:
    """The list gives each duty with its sentence, Enter goes to its cell; leaving asks about the edit first."""

    async def act(test: DeskTest) -> None:
        _page, part = await at_rules(test)
        line = test.find(QLineEdit, "number_reach_m")
        line.setFocus()
        line.selectAll()
        test.write("100")
        await counted(test, part)
        assert part.outcome is not None
        test.click(test.find(QPushButton, "rule_show"))
        await test.settled()
        dialog = test.find(BrokenDialog, "broken_duties")
        assert dialog.model.rowCount() == min(part.outcome.then["reach_m", None], 500)
        first = dialog.model.row_at(0)
        test.key(Qt.Key.Key_Return)
        await test.until(lambda: bool(test.window.findChildren(Dialog, "unsaved")))
        test.click(test.find(QPushButton, "unsaved_discard"))
        await test.settled()
        assert test.frame.page is not None
        assert test.frame.page.name == "roster"
        board = await test.desk.boards.get(test.desk.week)
        assert board.locate(first.checkpoint_id, first.pattern_id, first.on_date) is not None
        assert stored(test, "reach_m").number != 100

    desk_test(act)


def test_who_may_not_change_rules_reads_them_with_the_reason(desk_test: Callable[[Act], None]) -> None:
    """Fields are read-only, the line above says whose right is missing."""

    async def act(test: DeskTest) -> None:
        test.desk.actor = Actor(None, "只读", Role.VIEWER)
        _page, part = await at_rules(test)
        assert test.find(QLineEdit, "number_rest_minutes").isReadOnly()
        assert not test.find(QSlider, "care_wish").isEnabled()
        assert "只读" in part.locked.accessibleName()
        assert not test.find(QPushButton, "settings_save").isEnabled()

    desk_test(act)


def test_a_change_from_a_later_week_on_is_listed_and_withdrawn(desk_test: Callable[[Act], None]) -> None:
    """Until then the table says what holds now, the panel what is to come; withdrawn, it does not come; undo works."""

    async def act(test: DeskTest) -> None:
        page, part = await at_rules(test)
        test.find(QComboBox, "who_rest_minutes").setFocus()
        test.keys("Home")
        test.keys("Down")
        assert test.find(QComboBox, "who_rest_minutes").currentText() == "所长"
        since = test.find(QComboBox, "rule_since")
        since.setFocus()
        test.keys("Down")
        test.keys("Down")
        monday = part.panel.since.chosen()
        assert monday is not None
        test.keys("Ctrl+S")
        await test.settled()
        assert part.dirty() == 0
        assert (stored(test, "rest_minutes").who, coming(test)) == ("clerk", [(monday, "rest_minutes", "chief")])
        assert test.find(QComboBox, "who_rest_minutes").currentText() == "排班的人"
        test.find(QPushButton, "withdraw_rest_minutes").setFocus()
        test.keys("Space")
        await test.settled()
        assert coming(test) == []
        assert not part.panel.coming.isVisible()
        page.index.list.setFocus()
        test.keys("Ctrl+Z")
        await test.settled()
        assert len(coming(test)) == 1
        assert test.find(QPushButton, "withdraw_rest_minutes").isVisible()

    desk_test(act)


def coming(test: DeskTest) -> list[tuple[date, str, str]]:
    """Return what is to come of rules, from the file itself: when, which, and who may override it then."""
    with test.fresh() as station:
        found = read_rules(station, station.system_actor()).coming
    return [(one.since, one.line.code, one.line.who) for one in found if isinstance(one.line, RuleLine)]


def test_a_kind_of_place_gets_its_own_rule_and_loses_it(desk_test: Callable[[Act], None]) -> None:
    """The line begins as the township's, is saved as the kind's own, and goes again."""

    async def act(test: DeskTest) -> None:
        _page, part = await at_rules(test)
        test.find(QLineEdit, "number_reach_m").setFocus()
        await test.settled()
        assert part.chosen == ("reach_m", None)
        test.click(test.find(QPushButton, "rule_kinds"))
        menu = test.focus()
        assert isinstance(menu, QMenu)
        menu.actions()[0].trigger()
        menu.close()
        # Without a window manager nobody gives the focus back when a menu has gone.
        test.window.activateWindow()
        await test.until(test.window.isActiveWindow)
        await test.settled()
        line = test.find(QLineEdit, "number_reach_m.fixed_post")
        line.setFocus()
        line.selectAll()
        test.write("2500")
        test.keys("Ctrl+S")
        await test.settled()
        assert own_reach(test) == 2500
        test.find(QLineEdit, "number_reach_m.fixed_post").setFocus()
        test.click(test.find(QPushButton, "rule_drop"))
        test.keys("Ctrl+S")
        await test.settled()
        assert own_reach(test) is None
        assert ("reach_m", "fixed_post") not in part.rows

    desk_test(act)


def test_what_changes_while_the_week_is_counted_is_counted_anew(desk_test: Callable[[Act], None]) -> None:
    """No error, and no figures of what was: the count under way is dropped for one of what is."""

    async def act(test: DeskTest) -> None:
        _page, part = await at_rules(test)
        await test.settled()
        line = test.find(QLineEdit, "number_rest_minutes")
        line.setFocus()
        test.key(Qt.Key.Key_Up)
        await test.until(lambda: "settings trial" in test.window.tasks.running)
        before, trial = part.outcome, part.trial
        part.on_changes(ChangeSet.of("leave", ["somebody's"]))
        await test.until(lambda: part.outcome is not before)
        await test.settled()
        assert part.trial is not trial
        assert not test.window.findChildren(ErrorWindow)
        test.click(test.find(QPushButton, "settings_discard"))

    desk_test(act)


def own_reach(test: DeskTest) -> int | None:
    """Return the reach that is set for fixed posts, from the file itself."""
    with test.fresh() as station:
        rules = read_rules(station, station.system_actor()).rules
    own = [line for line in rules if (line.rule.code, line.kind) == ("reach_m", "fixed_post") and line.is_set]
    return own[0].number if own else None
