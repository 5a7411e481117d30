"""What is asked of one run only, by key: a rule switched, squads chosen; kept with the version, gone afterwards."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton

from patrol_desk.models import PlanVersion
from patrol_desk.services.planning.wishes import Wishes
from patrol_desk.services.rules import read_rules
from patrol_desk.storage import queries
from patrol_desk.ui.pages.planning.session import Stage
from patrol_desk.ui.pages.planning.squad_dialog import SquadsDialog
from patrol_desk.ui.widgets.search_field import SearchField
from tests.helpers.desk import Act, DeskTest
from tests.ui.planning.test_planning import EMPTY, opened, run_until_plan, stage
from tests.ui.today.steps import words


def kept(test: DeskTest) -> list[Wishes]:
    """Return what the versions of all weeks keep of it, from the file itself."""
    with test.fresh() as station, station.read() as session:
        found = [Wishes.of(row.figures) for row in queries.many(session, PlanVersion)]
    return [wishes for wishes in found if wishes]


async def squads_dialog(test: DeskTest) -> SquadsDialog:
    """Wait for the dialog in which squads are chosen, and return it."""
    await test.until(lambda: any(one.isVisible() for one in test.window.findChildren(SquadsDialog)))
    (dialog,) = test.window.findChildren(SquadsDialog)
    await test.until(dialog.table.hasFocus)
    return dialog


def test_a_rule_and_squads_are_asked_for_one_run(desk_test: Callable[[Act], None]) -> None:
    """Rest is switched off and two squads are chosen; after accepting the version says so and the page asks nothing."""

    async def act(test: DeskTest) -> None:
        page = await opened(test, EMPTY)
        with test.fresh() as station:
            before = read_rules(station, station.system_actor())
        box = test.find(QComboBox, "plan_rule_rest_minutes")
        assert box.currentText() == "必须"
        box.setFocus()
        test.key(Qt.Key.Key_End, box)
        assert page.setup.asked() == ({"rest_minutes": "off"}, frozenset())
        test.click(test.find(QPushButton, "plan_squads"))
        dialog = await squads_dialog(test)
        first, second = dialog.model.shown_rows()[:2]
        for row in (first, second):
            dialog.table.setFocus()
            dialog.table.go_to(row.id)
            test.key(Qt.Key.Key_Space, dialog.table)
        field = test.find(SearchField, "plan_squads_find")
        test.write("zzz", field)
        await test.until(lambda: [row.id for row in dialog.model.shown_rows()] == [first.id, second.id])
        assert f"2 个小组，{first.people + second.people} 人" in words(dialog)
        test.keys("Ctrl+Return")
        await test.settled()
        assert "本次：改了 1 条规则、只排 2 个小组" in words(page)
        test.keys("Ctrl+Shift+L")
        await test.settled()
        assert box.currentText() == "Off"
        test.keys("Ctrl+Shift+L")
        await test.settled()
        await run_until_plan(test, page)
        assert "改了 1 条规则、只排 2 个小组" in " ".join(one.text() for one in page.run_panel.findChildren(QLabel))
        assert not box.isEnabled()
        test.keys("Esc")
        await test.settled()
        test.keys("Ctrl+Return")
        await test.settled()
        assert stage(page) is Stage.ACCEPTED
        assert kept(test) == [Wishes({"rest_minutes": "off"}, frozenset({first.id, second.id}))]
        assert page.setup.asked() == ({}, frozenset())
        with test.fresh() as station:
            assert read_rules(station, station.system_actor()) == before

    desk_test(act)


def test_what_was_asked_is_taken_back(desk_test: Callable[[Act], None]) -> None:
    """One button puts rules and squads back; all squads again by the dialog's button, too."""

    async def act(test: DeskTest) -> None:
        page = await opened(test, EMPTY)
        box = test.find(QComboBox, "plan_rule_reach_m")
        box.setFocus()
        test.key(Qt.Key.Key_Down, box)
        assert page.setup.asked()[0] == {"reach_m": "weighted"}
        page.setup.choose_squads(frozenset({"x"}))
        test.click(test.find(QPushButton, "plan_asked_reset"))
        assert page.setup.asked() == ({}, frozenset())
        assert box.currentText() == "必须"
        page.choose_squads()
        dialog = await squads_dialog(test)
        dialog.table.setFocus()
        test.keys("Ctrl+A")
        test.key(Qt.Key.Key_Space, dialog.table)
        assert "只排" in words(dialog)
        test.click(test.find(QPushButton, "plan_squads_all"))
        assert "没有勾选：全部小组都排。" in words(dialog)
        test.keys("Ctrl+Return")
        await test.settled()
        assert page.setup.asked() == ({}, frozenset())

    desk_test(act)
