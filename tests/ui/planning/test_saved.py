"""Candidates kept by name, by key: saved, held beside the draft, accepted, planned from, deleted."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from patrol_desk.services.planning.saved import list_saved
from patrol_desk.ui.pages.planning.page import PlanningPage
from patrol_desk.ui.pages.planning.saved_dialog import SavedDialog
from patrol_desk.ui.pages.planning.session import Stage
from patrol_desk.ui.widgets.table import DataTable
from tests.helpers.desk import Act, DeskTest
from tests.ui.planning.test_planning import EMPTY, opened, run_until_plan, stage, versions
from tests.ui.today.steps import words


def kept(test: DeskTest) -> list[str]:
    """Return the names of what is kept of the week, from the file itself."""
    with test.fresh() as station:
        return [one.name for one in list_saved(station, station.system_actor(), EMPTY)]


async def ran(test: DeskTest) -> PlanningPage:
    """Run until there is a plan, and stop."""
    page = await opened(test, EMPTY)
    await run_until_plan(test, page)
    test.keys("Esc")
    await test.settled()
    assert stage(page) is Stage.ENDED
    return page


async def keep(test: DeskTest, name: str) -> None:
    """Keep the result by a name."""
    test.keys("Ctrl+S")
    await test.until(lambda: bool(test.window.findChildren(QLineEdit, "saved_name")))
    test.find(QLineEdit, "saved_name").clear()
    test.write(name)
    test.key(Qt.Key.Key_Return)
    await test.settled()


async def show(test: DeskTest) -> SavedDialog:
    """Show what is kept, the newest held against today's data."""
    test.keys("Ctrl+Shift+S")
    await test.until(lambda: bool(test.window.findChildren(SavedDialog)))
    (dialog,) = test.window.findChildren(SavedDialog)
    await test.until(lambda: dialog.chosen() is None or dialog.opened is not None)
    return dialog


def test_a_candidate_is_kept_and_accepted_later(desk_test: Callable[[Act], None]) -> None:
    """Kept twice, the run given up, one deleted and brought back, then accepted and undone: the file says so."""

    async def act(test: DeskTest) -> None:
        page = await ran(test)
        await keep(test, "甲")
        assert page.session.can_accept, "keeping is no reason to plan again"
        await keep(test, "甲")
        assert "已有叫“甲”的方案" in words(test.window)
        await keep(test, "乙")
        assert kept(test) == ["甲", "乙"]
        page.discard()
        await test.settled()
        assert test.find(QPushButton, "plan_kept").text() == "方案 2"
        dialog = await show(test)
        assert dialog.opened is not None
        assert "按现在的数据全部可排" in dialog.verdict.text()
        test.keys("Ctrl+Shift+L")
        await test.settled()
        assert "Everything still fits" in dialog.verdict.text()
        test.keys("Ctrl+Shift+L")
        await test.settled()
        test.keys("Del")
        await test.until(lambda: bool(test.window.findChildren(QPushButton, "confirmDo")))
        test.keys("Ctrl+Return")
        await test.settled()
        assert kept(test) == ["甲"]
        test.keys("Ctrl+Z")
        await test.settled()
        assert kept(test) == ["甲", "乙"]
        dialog = await show(test)
        count = len(dialog.opened.plan.assignments) if dialog.opened is not None else 0
        test.keys("Ctrl+Return")
        await test.settled()
        assert [duties for _, _, duties in versions(test, EMPTY)] == [count]
        test.keys("Ctrl+Z")
        await test.settled()
        assert versions(test, EMPTY) == []

    desk_test(act)


def test_a_kept_candidate_is_planned_from_and_an_empty_list_says_how(desk_test: Callable[[Act], None]) -> None:
    """Nothing kept: the sentence says how. R begins a run near the candidate; a second one meanwhile is refused."""

    async def act(test: DeskTest) -> None:
        page = await opened(test, EMPTY)
        dialog = await show(test)
        assert "还没有保存方案" in test.find(QLabel, "saved_verdict").text()
        assert not test.find(QPushButton, "saved_accept").isEnabled()
        dialog.reject()
        await test.settled()
        page = await ran(test)
        await keep(test, "甲")
        page.discard()
        await test.settled()
        dialog = await show(test)
        test.find(DataTable, "saved_table").setFocus()
        test.keys("R")
        await test.until(lambda: page.session.point is not None and page.session.point.coverage is not None)
        assert page.session.start is not None
        assert page.session.start.mode.value == "least-change"
        page.saving.again_asked.emit("x")
        assert "先停止，再开始新的编排" in words(test.window)
        test.keys("Esc")
        await test.settled()
        assert stage(page) is Stage.ENDED

    desk_test(act)
