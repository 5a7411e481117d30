"""A week is planned in the window: watched, stopped, compared, accepted, undone; nothing is left behind."""

import multiprocessing
import subprocess
import sys
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from patrol_desk.common.actor import Actor
from patrol_desk.common.weeks import Week
from patrol_desk.models import Leave, LeaveReason, VersionState
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage.reads import planning
from patrol_desk.ui.i18n import say
from patrol_desk.ui.itemmodels.rows import RowsModel
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.planning.page import PlanningPage
from patrol_desk.ui.pages.planning.run_panel import MARKED
from patrol_desk.ui.pages.planning.session import Stage
from patrol_desk.ui.widgets.table import DataTable
from tests.helpers.desk import WEEK, Act, DeskTest

EMPTY = WEEK.plus(2)
DRAFT = WEEK.plus(1)
AUTO, HALF_MINUTE = 0, 1


async def opened(test: DeskTest, week: Week) -> PlanningPage:
    """Go to the page with a week."""
    test.window.activateWindow()
    await test.until(test.window.isActiveWindow)
    page = await test.page("planning", week=week)
    assert isinstance(page, PlanningPage)
    await test.settled()
    return page


def stage(page: PlanningPage) -> Stage:
    """Return how far the run is."""
    return page.session.stage


def versions(test: DeskTest, week: Week) -> list[tuple[int, VersionState, int]]:
    """Return number, state and duties of each version, newest first, from the file itself."""
    with test.fresh() as station, station.read() as session:
        found = planning.versions_of(session, str(week))
        return [(one.number, one.state, len(planning.assignments_of(session, one.id))) for one in found]


async def run_until_plan(test: DeskTest, page: PlanningPage) -> None:
    """Start a run that would take half a minute and wait for its first plan."""
    box = test.find(QComboBox, "plan_limit")
    box.setFocus()
    test.key(Qt.Key.Key_Home, box)
    test.key(Qt.Key.Key_Down, box)
    assert box.currentIndex() == HALF_MINUTE
    test.click(test.find(QPushButton, "plan_start"))
    await test.until(lambda: page.session.point is not None and page.session.point.coverage is not None)


def test_an_empty_week_is_planned_accepted_and_undone(desk_test: Callable[[Act], None]) -> None:
    """By keys alone: start, stop with Esc, accept with Ctrl+Enter, undo with Ctrl+Z; the file says so each time."""

    async def act(test: DeskTest) -> None:
        page = await opened(test, EMPTY)
        assert versions(test, EMPTY) == []
        assert page.setup.modes.chosen() == "fresh"
        page.setup.limit.setCurrentIndex(HALF_MINUTE)
        test.keys("Ctrl+R")
        await test.until(lambda: page.session.point is not None and page.session.point.coverage is not None)
        assert stage(page) is Stage.RUNNING
        assert not page.candidate.accept_button.isEnabled()
        test.keys("Esc")
        await test.settled()
        assert stage(page) is Stage.ENDED
        assert not multiprocessing.active_children()
        result = page.session.result
        assert result is not None
        assert result.stopped == "user"
        test.keys("Ctrl+Return")
        await test.settled()
        duties = len(result.solved.plan.assignments)
        assert versions(test, EMPTY) == [(1, VersionState.DRAFT, duties)]
        assert stage(page) is Stage.ACCEPTED
        test.keys("Ctrl+Z")
        await test.settled()
        assert versions(test, EMPTY) == []
        assert stage(page) is Stage.IDLE
        assert test.find(QPushButton, "plan_start").isEnabled()

    desk_test(act)


def test_the_run_is_shown_as_it_goes(desk_test: Callable[[Act], None]) -> None:
    """Figures, phases, curve and log agree with the run; the comparison comes while it goes on."""

    async def act(test: DeskTest) -> None:
        page = await opened(test, EMPTY)
        await run_until_plan(test, page)
        await test.until(lambda: page.session.comparison is not None)
        await test.until(lambda: page.session.point is not None and page.session.point.proven)
        point = page.session.point
        assert point is not None
        test.click(test.find(QPushButton, "plan_stop"))
        await test.settled()
        last = page.session.point
        assert last is not None
        assert last.coverage is not None
        assert last.proven
        shown = [figure.value for figure in page.run_panel.figures.figures()]
        assert shown[0] == f"{last.coverage * 100:.1f}"
        assert shown[2] == "0"
        assert shown[3] == str(last.short)
        assert page.run_panel.figures.figures()[2].note == "已证明不可能更高"
        assert {phase.state for phase in page.run_panel.phases.phases()} == {"done"}
        chart = page.run_panel.chart
        assert chart is not None
        told = [say(line.head) for line in page.session.log if line.head.code in MARKED]
        assert [mark.text for mark in chart.marks()] == told
        assert chart.samples()[-1].cost == last.cost > 0
        test.click(test.find(QWidget, "cost"))
        assert chart.curve_shown()[1][-1] == last.cost
        assert all(low <= last.cost for low in chart.bound_shown()[1])
        test.click(test.find(QWidget, "coverage"))
        assert chart.curve_shown()[1][-1] == last.coverage * 100
        log = test.find(DataTable, "plan_log")
        words = [log.model().index(row, 1).data() for row in range(log.model().rowCount())]
        assert "有了第一个方案" in words
        assert "覆盖率不可能更高" in words
        assert chart.samples()[-1].coverage == last.coverage * 100
        table = {figure.name: figure.candidate for figure in page.candidate.table.figures()}
        assert table["最低缺口"] == str(last.short)

    desk_test(act)


def test_filling_gaps_touches_nobody_and_adds(desk_test: Callable[[Act], None]) -> None:
    """In the draft of the next week only additions are listed, each by name and place."""

    async def act(test: DeskTest) -> None:
        page = await opened(test, DRAFT)
        ((number, state, before),) = versions(test, DRAFT)
        assert (number, state) == (1, VersionState.DRAFT)
        assert page.setup.modes.chosen() == "gaps"
        await run_until_plan(test, page)
        test.keys("Esc")
        await test.settled()
        comparison = page.session.comparison
        assert comparison is not None
        assert {change.kind for change in comparison.changes} <= {"added"}
        assert comparison.kept == before
        model = test.find(DataTable, "plan_changes").model()
        assert model.rowCount() == len(comparison.changes)

    desk_test(act)


def test_a_published_week_gets_a_new_draft_beside_it(desk_test: Callable[[Act], None]) -> None:
    """Least change of week 48: version 1 stays in force, the candidate becomes draft 2."""

    async def act(test: DeskTest) -> None:
        page = await opened(test, WEEK)
        card = test.find(QWidget, "mode_least-change")
        test.click(card)
        await test.settled()
        assert page.setup.modes.chosen() == "least-change"
        assert page.candidate.accept_button.text() == "采用为草稿 v2"
        await run_until_plan(test, page)
        test.click(test.find(QPushButton, "plan_stop"))
        await test.settled()
        test.click(test.find(QPushButton, "candidate_accept"))
        await test.settled()
        assert [(number, state) for number, state, _ in versions(test, WEEK)] == [
            (2, VersionState.DRAFT),
            (1, VersionState.PUBLISHED),
        ]

    desk_test(act)


def test_moved_data_refuses_and_planning_again_is_the_way_out(desk_test: Callable[[Act], None]) -> None:
    """Leave comes in while the run goes on: accepting is not offered, planning again is, and its result is accepted."""

    async def act(test: DeskTest) -> None:
        page = await opened(test, EMPTY)
        await run_until_plan(test, page)
        start = page.session.start
        point = page.session.point
        assert start is not None
        assert point is not None
        person = start.prepared.week_problem.person_ids[0]
        await test.desk.write("请假", add_leave, person, EMPTY)
        test.keys("Esc")
        await test.settled()
        assert page.session.moved
        assert not page.candidate.accept_button.isVisible()
        test.keys("Ctrl+Return")
        await test.settled()
        assert versions(test, EMPTY) == []
        test.click(test.find(QPushButton, "candidate_again"))
        await test.until(lambda: stage(page) is Stage.RUNNING)
        assert page.session.start is not None
        assert page.session.start.mode == "least-change"
        await test.until(lambda: page.session.point is not None and page.session.point.coverage is not None)
        test.keys("Esc")
        await test.settled()
        test.keys("Ctrl+Return")
        await test.settled()
        ((number, _, duties),) = versions(test, EMPTY)
        assert number == 1
        assert duties > 0

    desk_test(act)


def add_leave(station: Station, actor: Actor, person: str, week: Week) -> Done[None]:
    """Write a leave."""
    with station.write(actor, "test.leave") as unit:
        unit.session.add(
            Leave(person_id=person, first_on=week.days[0], last_on=week.days[-1], reason=LeaveReason.FAMILY)
        )
        return finish(unit, None)


def test_a_change_behind_the_desk_is_refused_in_words(desk_test: Callable[[Act], None]) -> None:
    """Another program wrote into the file: the refusal comes from the service, and the way out appears."""

    async def act(test: DeskTest) -> None:
        page = await opened(test, EMPTY)
        await run_until_plan(test, page)
        test.keys("Esc")
        await test.settled()
        with test.fresh() as station:
            start = page.session.start
            assert start is not None
            add_leave(station, station.system_actor(), start.prepared.week_problem.person_ids[0], EMPTY)
        told: list[str] = []
        test.desk.told.connect(lambda notice: told.append(notice.text))
        test.keys("Ctrl+Return")
        await test.settled()
        assert told == ["编排期间数据有改动，结果没有写入。请重新编排。"]
        assert versions(test, EMPTY) == []
        assert page.candidate.again_button.isVisible()
        test.click(test.find(QPushButton, "candidate_drop"))
        await test.settled()
        assert stage(page) is Stage.IDLE

    desk_test(act)


def test_a_run_lives_on_while_another_page_is_shown(desk_test: Callable[[Act], None]) -> None:
    """A second run is refused; the first goes on out of sight and is stopped when one comes back."""

    async def act(test: DeskTest) -> None:
        page = await opened(test, EMPTY)
        await run_until_plan(test, page)
        told: list[str] = []
        test.desk.told.connect(lambda notice: told.append(notice.text))
        test.keys("Ctrl+R")
        assert told == ["正在编排第 50 周；先停止，再开始新的编排。"]
        moves = page.session.point.moves if page.session.point is not None else 0
        test.desk.week = DRAFT
        test.frame.rail.chosen.emit("people")
        await test.until(lambda: page.session.point is not None and page.session.point.moves > moves)
        assert not page.isVisible()
        assert "自动排班运行中" in [
            label.text() for label in test.frame.status.findChildren(QLabel) if label.isVisible()
        ]
        test.frame.go(Target("planning"))
        assert page.isVisible()
        assert stage(page) is Stage.RUNNING
        assert page.session.week == EMPTY
        test.keys("Esc")
        await test.settled()
        assert stage(page) is Stage.ENDED
        assert "自动排班运行中" not in [label.text() for label in test.frame.status.findChildren(QLabel)]

    desk_test(act)


def test_closing_the_window_ends_the_engine(desk_test: Callable[[Act], None]) -> None:
    """The window is closed in the middle of a run: the fixture finds no process, task or thread."""

    async def act(test: DeskTest) -> None:
        page = await opened(test, EMPTY)
        page.setup.limit.setCurrentIndex(HALF_MINUTE)
        test.keys("Ctrl+R")
        await test.until(lambda: page.session.point is not None)
        page.close_down()

    desk_test(act)


def test_giving_up_leaves_the_draft_alone(desk_test: Callable[[Act], None]) -> None:
    """Discarding a run ends its process soon and leaves nothing to accept."""

    async def act(test: DeskTest) -> None:
        before = versions(test, DRAFT)
        page = await opened(test, DRAFT)
        await run_until_plan(test, page)
        test.click(test.find(QPushButton, "plan_discard"))
        assert stage(page) is Stage.IDLE
        assert page.session.result is None
        await test.settled()
        assert not multiprocessing.active_children()
        assert versions(test, DRAFT) == before
        assert test.find(QPushButton, "plan_start").isEnabled()

    desk_test(act)


def test_what_cannot_be_filled_is_listed_with_reasons(desk_test: Callable[[Act], None]) -> None:
    """The sample leaves seats open on purpose: each says how many people which rule keeps away, and what would help."""

    async def act(test: DeskTest) -> None:
        page = await opened(test, EMPTY)
        await run_until_plan(test, page)
        test.keys("Esc")
        await test.settled()
        outcome = page.session.outcome
        assert outcome is not None
        assert outcome.unfilled.heads > 0
        test.click(test.find(QWidget, "open"))
        table = test.find(DataTable, "plan_open")
        assert table.model().rowCount() == len(outcome.unfilled.seats)
        table.setFocus()
        seats = outcome.unfilled.seats
        helped = next(place for place, seat in enumerate(seats) if seat.proposal is not None)
        helpless = next(place for place, seat in enumerate(seats) if seat.proposal is None)
        for place, words in ((helped, "可以："), (helpless, "放宽哪一条都补不上")):
            test.key(Qt.Key.Key_Home, table)
            test.key(Qt.Key.Key_Down, table, times=place)
            await test.settled()
            assert table.currentIndex().row() == place
            reasons = test.find(QLabel, "plan_reasons").text()
            assert words in reasons
            assert say(seats[place].reasons[0]) in reasons

    desk_test(act)


def test_seed_and_size_give_the_same_plan_again(desk_test: Callable[[Act], None]) -> None:
    """Without a time limit the same seed gives the same duties; the options come from the fields."""

    async def act(test: DeskTest) -> None:
        page = await opened(test, EMPTY)
        seed = test.find(QLineEdit, "plan_seed")
        assert seed.text() == "202650"
        seed.setFocus()
        seed.selectAll()
        test.write("12a3")
        assert seed.text() == "123"
        options = page.setup.options()
        assert (options.seed, options.time_limit, options.moves) == (123, None, None)
        test.click(test.find(QPushButton, "plan_dice"))
        assert seed.text() != "123"
        seed.clear()
        assert page.setup.options().seed == 0

    desk_test(act)


def test_both_languages_and_the_models_hold(desk_test: Callable[[Act], None]) -> None:
    """Switched in the middle, no Chinese is left but names; the lists are sound models."""

    async def act(test: DeskTest) -> None:
        page = await opened(test, EMPTY)
        models = [table.model() for table in page.findChildren(DataTable)]
        testers = [QAbstractItemModelTester(model, page) for model in models]
        await run_until_plan(test, page)
        test.keys("Ctrl+Shift+L")
        test.keys("Esc")
        await test.settled()
        assert page.run_panel.stop_button.text() == "Stop and keep best"
        assert [figure.name for figure in page.candidate.table.figures()][:2] == ["Coverage", "Minimum gap"]
        assert all(isinstance(model, RowsModel) for model in models)
        assert len(testers) == 3
        test.keys("Ctrl+Shift+L")
        await test.settled()
        assert page.run_panel.again_button.text() == "再排一次"

    desk_test(act)


def test_opening_the_page_imports_neither_chart_nor_solver() -> None:
    """What takes long to import comes in threads, after the page is shown."""
    heavy = "{'pyqtgraph', 'numba', 'ortools'}"
    code = f"import patrol_desk.ui.pages.planning.page, sys; sys.exit(len({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
