"""The doctor's page: gaps, where everybody went, ways weighed and applied as one step; all of it by key as well."""

import csv
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from patrol_desk.app.job import FixedPicker
from patrol_desk.common.weeks import Week
from patrol_desk.models import KnownGap
from patrol_desk.services.planning.doctoring import gap_groups
from patrol_desk.storage import queries
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.planning.doctor.consult import Stage
from patrol_desk.ui.pages.planning.doctor.page import DoctorPage
from patrol_desk.ui.widgets.table import DataTable
from tests.helpers.desk import WEEK, Act, DeskTest

DRAFT = WEEK.plus(1)
EMPTY = WEEK.plus(2)


async def opened(test: DeskTest, week: Week = DRAFT) -> DoctorPage:
    """Go to the page with a week and wait for what it finds."""
    test.window.activateWindow()
    await test.until(test.window.isActiveWindow)
    page = await test.page("doctor", week=week)
    assert isinstance(page, DoctorPage)
    await test.settled()
    return page


def stage(page: DoctorPage) -> Stage:
    """Return what goes on."""
    return page.consult.stage


def missing(test: DeskTest, week: Week = DRAFT) -> int:
    """Return the minimum heads that a week lacks, from the file itself."""
    with test.fresh() as station:
        return sum(group.missing for group in gap_groups(station, station.system_actor(), week, 0))


def test_by_keys_alone_a_way_is_chosen_applied_and_undone(desk_test: Callable[[Act], None]) -> None:
    """F8 walks the gaps, Tab reaches the ways, Space ticks, Ctrl+Enter applies, Ctrl+Z takes all of it back."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)
        found = page.consult.diagnosis
        assert found is not None
        assert found.missing == missing(test) > 0
        assert page.gaps.group() == found.groups[0]
        if len(found.groups) > 1:
            test.keys("F8")
            assert page.gaps.group() == found.groups[1]
            test.keys("Shift+F8")
        assert page.gaps.group() == found.groups[0]
        first = page.ways.cards[0]
        for _ in range(20):
            test.key(Qt.Key.Key_Tab)
            if test.focus() is first.box:
                break
        assert test.focus() is first.box
        assert not page.ways.apply_button.isEnabled()
        test.key(Qt.Key.Key_Space)
        await test.settled()
        assert page.consult.effect == first.way.told
        if first.way.asks_reason:
            page.ways.reason.setFocus()
            test.write("会展抽调")
        test.keys("Ctrl+Return")
        await test.settled()
        assert page.consult.stage is Stage.FOUND
        assert missing(test) == first.way.told.after
        test.keys("Ctrl+Z")
        await test.settled()
        assert missing(test) == found.missing
        test.keys("Esc")
        await test.settled()
        assert test.frame.page is not page
        assert test.frame.page is not None
        assert test.frame.page.name == "planning"

    desk_test(act)


def test_ways_are_weighed_together_and_heads_left_open_need_a_reason(desk_test: Callable[[Act], None]) -> None:
    """The sum comes from a plan that is made; without a reason nothing can be applied; the reason is kept."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)
        opened_way = next(card for card in page.ways.cards if card.way.asks_reason)
        others = [card for card in page.ways.cards if card is not opened_way][:1]
        for card in (opened_way, *others):
            test.click(card)
        await test.settled()
        effect = page.consult.effect
        assert effect is not None
        assert effect.filled >= opened_way.way.told.filled
        assert not page.ways.apply_button.isEnabled()
        reason = test.find(QLineEdit, "doctor_reason")
        reason.setFocus()
        test.write("会展抽调")
        test.click(test.find(QAbstractButton, "doctor_apply"))
        await test.settled()
        with test.fresh() as station, station.read() as session:
            gap = queries.first(session, KnownGap)
            assert gap is not None
            assert gap.reason == "会展抽调"
        assert missing(test) == effect.after == 0
        assert page.consult.diagnosis is not None
        assert page.consult.diagnosis.groups == ()
        assert not page.side.isVisible()
        assert test.find(QAbstractButton, "doctor_back").isEnabled()

    desk_test(act)


def test_the_funnel_and_the_nearest_agree_with_what_was_found(desk_test: Callable[[Act], None]) -> None:
    """Each bar is what the bar before left less whom a rule keeps away; Enter opens a person."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)
        testers = [
            QAbstractItemModelTester(page.gaps.groups, page),
            QAbstractItemModelTester(page.panel.table.model(), page),
        ]
        group = page.gaps.group()
        assert group is not None
        steps = page.panel.funnel.steps()
        assert [step.left for step in steps] == [group.pool, *(step.left for step in group.funnel)]
        assert steps[-1].left == group.serving + group.free
        table = test.find(DataTable, "doctor_near")
        assert table.model().rowCount() == len(group.nearest)
        ways = [row.person.metres for row in table.rows_model().shown_rows()]
        assert ways == sorted(ways)
        test.click(test.find(QWidget, "rule"))
        broken = [row.person.broken for row in table.rows_model().shown_rows()]
        assert broken == sorted(broken)
        test.keys("Ctrl+Shift+L")
        await test.settled()
        assert page.ways.apply_button.text() == "Apply and fill"
        test.keys("Ctrl+Shift+L")
        table.setFocus()
        test.key(Qt.Key.Key_Home, table)
        test.key(Qt.Key.Key_Return, table)
        await test.settled()
        assert test.frame.page is not None
        assert test.frame.page.name == "people"
        assert len(testers) == 2

    desk_test(act)


def test_a_stop_says_so_and_a_week_without_plan_too(desk_test: Callable[[Act], None]) -> None:
    """Esc while it looks stops it; nothing is written; a week without a plan names what to do."""

    async def act(test: DeskTest) -> None:
        before = missing(test)
        test.window.activateWindow()
        test.desk.go(Target("doctor", None, {"week": DRAFT}))
        page = test.frame.page
        assert isinstance(page, DoctorPage)
        assert stage(page) is Stage.LOOKING
        test.keys("Esc", page)
        await test.settled()
        assert stage(page) is Stage.STOPPED
        assert page.isVisible()
        assert missing(test) == before
        test.desk.week = EMPTY
        await test.settled()
        assert stage(page) is Stage.FAILED
        assert page.consult.failure is not None
        assert any(label.text() for label in page.findChildren(QLabel) if label.isVisible())

    desk_test(act)


def test_the_auto_plan_page_leads_here(desk_test: Callable[[Act], None]) -> None:
    """While the draft has gaps, its button opens the doctor on the same week."""

    async def act(test: DeskTest) -> None:
        await test.page("planning", week=DRAFT)
        test.click(test.find(QAbstractButton, "plan_doctor"))
        await test.settled()
        page = test.frame.page
        assert isinstance(page, DoctorPage)
        assert page.consult.diagnosis is not None
        assert page.consult.diagnosis.week == DRAFT

    desk_test(act)


def test_findings_are_saved_as_a_file(desk_test: Callable[[Act], None], tmp_path: Path) -> None:
    """Ctrl+S: every gap, those nearest and every way stand in it, in the language in force; nothing before they are."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)
        found = page.consult.diagnosis
        assert found is not None
        for language, first, file in (("zh", "类别", tmp_path / "a.csv"), ("en", "Kind", tmp_path / "b.csv")):
            page.picker = FixedPicker(tmp_path, file)
            page.gaps.setFocus()
            test.keys("Ctrl+S")
            await test.settled()
            with file.open(encoding="utf-8-sig", newline="") as stream:
                heads, *rows = list(csv.reader(stream))
            assert heads[0] == first
            assert len(rows) == sum(1 + len(group.nearest) for group in found.groups) + len(found.proposals)
            assert sum(int(row[6]) for row in rows if row[6]) == found.missing
            assert {len(row) for row in rows} == {len(heads)}
            if language == "zh":
                test.keys("Ctrl+Shift+L")
                await test.settled()

    desk_test(act)
