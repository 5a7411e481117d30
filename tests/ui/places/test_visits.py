"""The tab of a checkpoint's visits: read when in sight, re-read after a draw, hidden from those who do not plan."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar

from patrol_desk.common.actor import Actor
from patrol_desk.common.weeks import Week
from patrol_desk.models import Checkpoint, Role, VisitDraw
from patrol_desk.services.places import update_checkpoint
from patrol_desk.services.planning.visit_record import VisitState
from patrol_desk.services.planning.visits import draw_visits
from patrol_desk.storage import bulk
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.places.page import PlacesPage
from patrol_desk.ui.pages.places.visits_tab import VisitsTab
from tests.helpers.desk import Act, DeskTest
from tests.ui.places.steps import opened, said

VISITS = 3


async def tab(test: DeskTest, *, weekly: int = 0) -> tuple[PlacesPage, VisitsTab]:
    """Go to the tab of the first checkpoint by key, after it was made one that is visited so often."""
    page = await opened(test)
    detail = page.place.detail
    assert detail is not None
    if weekly:
        changed = {"weekly_visits": weekly}
        await test.desk.write("巡访", update_checkpoint, detail.id, detail.row.row_version, changed)
        await test.settled()
    bar = test.find(QTabBar, "detail_tabs")
    bar.setFocus()
    test.key(Qt.Key.Key_Right, bar, times=VISITS)
    await test.settled()
    assert bar.tabText(bar.currentIndex()) == "到访记录"
    return page, page.place.visits


def visited(test: DeskTest) -> str:
    """Return a checkpoint that the sample has visited by lot."""
    with test.fresh() as station, station.read() as session:
        rows = bulk.rows(session, Checkpoint, ["id", "weekly_visits"], order_by=("code",))
        return next(str(row[0]) for row in rows if row[1])


def drawn_in(visits: VisitsTab, week: Week) -> set[date]:
    """Return the days of a week for which a visit is shown that is only drawn yet."""
    lines = visits.model.shown_rows()
    return {line.on for line in lines if line.state is VisitState.DRAWN and line.on in week.days}


def test_one_that_is_manned_says_so(desk_test: Callable[[Act], None]) -> None:
    """And what to fill in to have its visits noted; the next one is read without being asked for."""

    async def act(test: DeskTest) -> None:
        page, visits = await tab(test)
        assert visits.states.state() == "notice"
        assert "没有巡访" in said(test)
        page.checkpoints.list.table.setFocus()
        test.key(Qt.Key.Key_Down, page.checkpoints.list.table)
        await test.settled()
        assert visits.record is not None
        assert visits.record.checkpoint_id == page.place.record_id()

    desk_test(act)


def test_visits_are_listed_and_a_draw_adds_to_them(desk_test: Callable[[Act], None]) -> None:
    """Past and planned with their squads; figures above; what is drawn elsewhere appears; so does a language."""

    async def act(test: DeskTest) -> None:
        page, visits = await tab(test)
        test.desk.go(Target("places", visited(test)))
        await test.settled()
        assert visits.states.state() == "content"
        states = {line.state for line in visits.model.shown_rows()}
        assert {VisitState.DONE, VisitState.PLANNED} <= states
        assert "今后还有" in visits.note.text()
        assert "第 48 周" in visits.note.text()
        assert [figure.title for figure in visits.figures.figures()] == ["每周到访", "不同时间", "最长间隔", "猜中"]
        assert visits.figures.figures()[-1].value.endswith("%")
        week = test.desk.week.plus(2)
        assert not drawn_in(visits, week)
        await test.desk.write("抽签", draw_visits, week)
        await test.settled()
        with test.fresh() as station, station.read() as session:
            where = {"checkpoint_id": page.place.record_id(), "week": str(week)}
            stored = {row[0] for row in bulk.rows(session, VisitDraw, ["on_date"], where=where)}
        assert stored
        assert drawn_in(visits, week) == stored
        test.desk.language_wanted.emit("en")
        await test.settled()
        assert "to come" in visits.note.text()
        assert visits.table.accessibleName() == "Visits"

    desk_test(act)


def test_what_can_be_foreseen_is_told(desk_test: Callable[[Act], None]) -> None:
    """A manned post that is called visited comes at the same hours every week."""

    async def act(test: DeskTest) -> None:
        _, visits = await tab(test, weekly=2)
        assert visits.guess is not None
        assert len(visits.hints()) == min(3, len(visits.guess.foreseen))
        assert bool(visits.hints()) == bool(visits.guess.foreseen)
        assert (visits.figures.figures()[-1].tone == "amber") == bool(visits.hints())

    desk_test(act)


def test_who_does_not_plan_sees_the_past_alone(desk_test: Callable[[Act], None]) -> None:
    """A viewer is told that visits to come are kept from them; an unknown role is refused in words."""

    async def act(test: DeskTest) -> None:
        page, visits = await tab(test, weekly=2)
        assert any(line.state is VisitState.PLANNED for line in visits.model.shown_rows())
        detail = page.place.detail
        assert detail is not None
        test.desk.actor = Actor(None, "看看", Role.VIEWER)
        page.checkpoints.reload()
        await test.settled()
        coming = {VisitState.DRAWN, VisitState.DRAFT}
        rows = visits.model.shown_rows()
        assert rows
        assert all(line.begins <= test.desk.now for line in rows)
        assert not coming & {line.state for line in rows}
        assert "只有能排班的账号看得到" in visits.note.text()
        assert "第 48 周" not in visits.note.text()
        assert visits.hints() == []
        test.desk.actor = Actor(None, "无", "nobody")
        visits.show_detail(detail)
        await test.settled()
        assert visits.states.state() == "notice"

    desk_test(act)
