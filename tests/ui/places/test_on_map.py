"""A place is put on the map by one click, or by key, from its own page; it is stored and can be undone; Esc leaves."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton

from patrol_desk.models import MusterPoint
from patrol_desk.services.places import update_checkpoint
from patrol_desk.storage import bulk
from patrol_desk.ui.pages.map.page import MapPage
from tests.helpers.desk import Act, DeskTest
from tests.ui.places.steps import musters, opened, said, stored


def the_map(test: DeskTest) -> MapPage:
    """Return the map, which must be in sight."""
    page = test.frame.page
    assert isinstance(page, MapPage)
    assert page.week is not None
    return page


def muster_degrees(test: DeskTest, code: str) -> tuple[object, ...]:
    """Return where a muster point is, from the file itself."""
    with test.fresh() as station, station.read() as session:
        return bulk.rows(session, MusterPoint, ["lon", "lat"], where={"code": code})[0]


def test_a_checkpoint_is_moved_by_one_click_and_back_by_undo(desk_test: Callable[[Act], None]) -> None:
    """The map begins where it is; the click is what is stored."""

    async def act(test: DeskTest) -> None:
        await opened(test)
        before = stored(test, "P-001")
        test.click(test.find(QPushButton, "to_map"))
        await test.settled()
        page = the_map(test)
        assert page.canvas.pointing
        assert "榕树市场" in page.canvas.hint()
        at = QPoint(page.canvas.width() // 2 + 60, page.canvas.height() // 2)
        assert page.week is not None
        wanted = page.week.plane.back(*page.canvas.sight.ground(at.x(), at.y()))
        test.click(page.canvas, at)
        await test.settled()
        after = stored(test, "P-001")
        assert after.lon is not None
        assert after.lat is not None
        assert (round(after.lon, 5), round(after.lat, 5)) == (round(wanted[0], 5), round(wanted[1], 5))
        assert the_map(test).canvas.pointing is False
        assert "已标出 榕树市场" in said(test)
        test.keys("Ctrl+Z")
        await test.settled()
        assert (stored(test, "P-001").lon, stored(test, "P-001").lat) == (before.lon, before.lat)

    desk_test(act)


def test_one_without_coordinates_is_placed_by_key(desk_test: Callable[[Act], None]) -> None:
    """The button says so; the cross in the middle is taken with Space."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)
        row = page.checkpoints.list.model.row_at(0)
        await test.desk.write("清空", update_checkpoint, row.id, row.row_version, {"lon": "", "lat": ""})
        await test.settled()
        assert test.find(QPushButton, "to_map").text() == "在地图上标出"
        test.keys("Ctrl+Shift+M")
        await test.settled()
        test.key(Qt.Key.Key_Space, the_map(test).canvas)
        await test.settled()
        assert stored(test, row.code).lon is not None

    desk_test(act)


def test_escape_leaves_everything_where_it_is(desk_test: Callable[[Act], None]) -> None:
    """A muster point this time; a click afterwards places nothing."""

    async def act(test: DeskTest) -> None:
        page = await musters(test)
        code = page.musters.list.model.row_at(0).code
        before = muster_degrees(test, code)
        test.click(test.find(QPushButton, "to_map"))
        await test.settled()
        canvas = the_map(test).canvas
        test.key(Qt.Key.Key_Escape, canvas)
        assert not canvas.pointing
        test.click(canvas, QPoint(30, 200))
        await test.settled()
        assert muster_degrees(test, code) == before
        await musters(test)
        test.click(test.find(QPushButton, "to_map"))
        await test.settled()
        test.click(canvas, QPoint(canvas.width() // 2 + 40, canvas.height() // 2))
        await test.settled()
        assert muster_degrees(test, code) != before

    desk_test(act)
