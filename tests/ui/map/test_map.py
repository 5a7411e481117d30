"""The map, worked by mouse and by key, on the small sample."""

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QLineEdit, QWidget

from patrol_desk.app.job import FixedPicker
from patrol_desk.models import Checkpoint, MapFeature
from patrol_desk.services.planning import edits
from patrol_desk.services.planning.board import CellState
from patrol_desk.storage import bulk
from patrol_desk.ui.pages.map.importing import GeoDialog
from patrol_desk.ui.pages.map.page import MapPage
from patrol_desk.ui.pages.map.picture import Chosen
from patrol_desk.ui.pages.today.fill_dialog import FillDialog
from tests.helpers.desk import WEEK, Act, DeskTest


async def open_map(test: DeskTest) -> MapPage:
    """Go to the map."""
    page = await test.page("map")
    assert isinstance(page, MapPage)
    assert page.week is not None
    return page


def place_of(page: MapPage, chosen: Chosen) -> QPoint:
    """Return where something is on the canvas."""
    place = page.canvas.picture.place(chosen)
    assert place is not None
    x, y = page.canvas.sight.at(*place)
    return QPoint(round(x), round(y))


def chosen_post(page: MapPage) -> int:
    """Return the chosen post."""
    chosen = page.canvas.picture.chosen
    assert chosen is not None
    assert chosen[0] == "post"
    return chosen[1]


async def gap_at(test: DeskTest, page: MapPage) -> tuple[int, int]:
    """Make a gap in a shift to come by taking somebody off, and return shift and post."""
    board = await test.desk.boards.get(WEEK)
    cells = [(row.index, shift.index) for shift in board.shifts[12:] for row in board.rows]
    row, shift = next(c for c in cells if 0 < board.cell(*c).minimum == board.cell(*c).heads)
    await test.desk.write("减员", edits.remove, board, [board.holders(row, shift)[-1].assignment_id])
    await test.settled()
    assert page.week is not None
    post = next(n for n, each in enumerate(page.week.posts) if each.row == row)
    page.show_shift(shift)
    assert page.week.marks[shift][post].state is CellState.BELOW_MINIMUM
    return shift, post


def test_a_click_shows_a_card_beside_the_point(desk_test: Callable[[Act], None]) -> None:
    """Never over it; its buttons lead to the roster's cell; a click on nothing closes it."""

    async def act(test: DeskTest) -> None:
        page = await open_map(test)
        assert page.canvas.hasFocus()
        assert page.week is not None
        post = page.week.by_coverage(page.shift)[0]
        at = place_of(page, ("post", post))
        test.click(page.canvas, at)
        assert page.card.isVisible()
        assert not page.card.geometry().contains(at)
        assert page.week.posts[post].name in page.card.accessibleName()
        test.click(page.canvas, QPoint(5, 5))
        assert not page.card.isVisible()
        test.click(page.canvas, at)
        test.click(page.card.roster)
        await test.settled()
        assert test.frame.page is not None
        assert test.frame.page.name == "roster"

    desk_test(act)


def test_the_worst_point_is_reached_and_filled_by_keyboard(desk_test: Callable[[Act], None]) -> None:
    """Tab goes by coverage, Enter into the card, the preview asks, the file holds it, undo takes it back."""

    async def act(test: DeskTest) -> None:
        page = await open_map(test)
        shift, post = await gap_at(test, page)
        page.canvas.setFocus()
        test.key(Qt.Key.Key_Tab)
        assert page.week is not None
        assert chosen_post(page) == page.week.by_coverage(shift)[0]
        while chosen_post(page) != post:
            test.key(Qt.Key.Key_Tab)
        before = page.week.marks[shift][post].heads
        test.key(Qt.Key.Key_Return)
        assert test.focus() is page.card.fill
        test.key(Qt.Key.Key_Return)
        await test.until(lambda: any(d.isVisible() for d in test.window.findChildren(FillDialog)))
        test.keys("Ctrl+Return")
        await test.settled()
        assert page.week.marks[shift][post].heads == before + 1
        test.keys("Ctrl+Z")
        await test.settled()
        assert page.week.marks[shift][post].heads == before

    desk_test(act)


def test_shifts_are_gone_through_without_reading(desk_test: Callable[[Act], None]) -> None:
    """By arrow keys, by click, by the buttons and by playing; over the end into the next week."""

    async def act(test: DeskTest) -> None:
        page = await open_map(test)
        bars = page.strip.bars
        bars.setFocus()
        test.key(Qt.Key.Key_Home)
        assert page.shift == 0
        read: list[object] = []
        test.desk.read = lambda *args, **_: read.append(args)  # type: ignore[method-assign, assignment]  # watched
        test.key(Qt.Key.Key_Right, times=3)
        assert page.shift == 3
        test.click(bars, bars.rect_of(9).center())
        assert page.shift == 9
        label = test.find(QLabel, "map_shift").text()
        test.key(Qt.Key.Key_Right, page.canvas)
        QTest.keyClick(page.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        assert page.shift == 10
        assert test.find(QLabel, "map_shift").text() != label
        test.key(Qt.Key.Key_Space)
        assert page.timer.isActive()
        page.timer.timeout.emit()
        assert page.shift == 11
        test.click(test.find(QAbstractButton, "map_play"))
        assert not page.timer.isActive()
        test.key(Qt.Key.Key_End, bars)
        assert page.shift == 27
        assert not read
        del test.desk.read
        test.click(test.find(QAbstractButton, "map_after"))
        await test.settled()
        assert (test.desk.week, page.week.week if page.week else None, page.shift) == (WEEK.plus(1), WEEK.plus(1), 0)
        test.click(test.find(QAbstractButton, "map_before"))
        await test.settled()
        assert (test.desk.week, page.shift) == (WEEK, 27)

    desk_test(act)


def test_wheel_drag_and_keys_move_the_ground(desk_test: Callable[[Act], None]) -> None:
    """The point under the wheel stays; dragging moves; arrows, plus, minus and 0 do the same."""

    async def act(test: DeskTest) -> None:
        page = await open_map(test)
        canvas = page.canvas
        town = canvas.sight
        at = QPointF(300, 200)
        under = town.ground(at.x(), at.y())
        wheel = QWheelEvent(
            at, canvas.mapToGlobal(at), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(canvas, wheel)
        assert canvas.sight.scale > town.scale
        assert max(abs(a - b) for a, b in zip(canvas.sight.ground(at.x(), at.y()), under, strict=True)) < 0.01
        test.key(Qt.Key.Key_0, canvas)
        assert canvas.sight == town
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(200, 200))
        QTest.mouseMove(canvas, QPoint(260, 230))
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(260, 230))
        assert canvas.sight == town.moved(60, 30)
        assert page.canvas.picture.chosen is None
        for there, back in ((Qt.Key.Key_Left, Qt.Key.Key_Right), (Qt.Key.Key_Up, Qt.Key.Key_Down)):
            before = canvas.sight
            test.key(there, canvas)
            assert canvas.sight != before
            test.key(back, canvas)
        test.key(Qt.Key.Key_Plus, canvas)
        assert canvas.sight.scale > town.scale
        test.key(Qt.Key.Key_Minus, canvas, times=2)
        assert canvas.sight.scale < town.scale

    desk_test(act)


def test_places_are_found_while_typing(desk_test: Callable[[Act], None]) -> None:
    """By initials; Enter brings the first to the middle and chooses it; what is not there is said."""

    async def act(test: DeskTest) -> None:
        page = await open_map(test)
        assert page.week is not None
        muster = page.week.musters[-1]
        page.canvas.setFocus()
        test.keys("/")
        assert test.focus() is page.search
        test.write(muster.code.lower())
        assert page.search.hits.isVisible()
        test.key(Qt.Key.Key_Return)
        assert page.canvas.picture.chosen == ("muster", len(page.week.musters) - 1)
        assert abs(page.canvas.sight.east - muster.east) < 1
        assert not page.search.hits.isVisible()
        assert page.card.isVisible()
        field = test.find(QLineEdit, "map_search")
        field.setFocus()
        test.write("zzqq")
        assert "zzqq" in str(page.search.hits.model().index(0, 0).data())

    desk_test(act)


def test_measuring_ends_with_esc(desk_test: Callable[[Act], None]) -> None:
    """A hundred pixels are as many metres as the scale says; by keyboard too; Esc leaves the map as it was."""

    async def act(test: DeskTest) -> None:
        page = await open_map(test)
        test.keys("Ctrl+M")
        for x in (200, 300):
            test.click(page.canvas, QPoint(x, 250))
        metres = 100 / page.canvas.sight.scale
        said = page.canvas.accessibleName()
        assert (f"{metres / 1000:.1f} km" if metres >= 1000 else f"{metres:.0f} m") in said
        test.key(Qt.Key.Key_Right, page.canvas)
        test.key(Qt.Key.Key_Space, page.canvas)
        assert len(page.canvas.picture.measure) == 3
        test.key(Qt.Key.Key_Escape, page.canvas)
        assert not page.canvas.picture.measure
        assert not test.find(QAbstractButton, "map_measure").isChecked()
        test.click(page.canvas, QPoint(300, 250))
        assert not page.canvas.picture.measure

    desk_test(act)


def lonely(test: DeskTest, code: str) -> Checkpoint:
    """Return a checkpoint as the file has it."""
    with test.fresh() as station, station.read() as session:
        from patrol_desk.storage import queries

        found = queries.first(session, Checkpoint, code=code)
        assert found is not None
        return found


def test_what_has_no_coordinates_is_put_on_the_map(desk_test: Callable[[Act], None]) -> None:
    """Chosen from the list, placed by click, stored, undone."""

    async def act(test: DeskTest) -> None:
        from patrol_desk.services.places import list_places, update_checkpoint

        row = (await test.desk.read(list_places))[0]
        await test.desk.write("抹去", update_checkpoint, row.id, row.row_version, {"lon": "", "lat": ""})
        page = await open_map(test)
        assert page.week is not None
        assert [each.code for each in page.week.unplaced] == [row.code]
        test.click(test.find(QAbstractButton, "map_unplaced"))
        await test.until(lambda: bool(test.window.findChildren(QWidget, "map_unplaced_dialog")))
        test.keys("Ctrl+Return")
        await test.settled()
        want = page.week.plane.back(*page.canvas.sight.ground(250, 240))
        test.click(page.canvas, QPoint(250, 240))
        await test.settled()
        stored = lonely(test, row.code)
        assert (stored.lon, stored.lat) == want
        assert page.week is not None
        assert not page.week.unplaced
        assert not page.canvas.pointing
        test.keys("Ctrl+Z")
        await test.settled()
        assert lonely(test, row.code).lon is None

    desk_test(act)


def test_features_are_imported_after_their_numbers(desk_test: Callable[[Act], None], tmp_path: Path) -> None:
    """The datum is named first, nothing is written before the button, and the step can be undone."""
    folder = tmp_path / "files"
    folder.mkdir()
    line = {"type": "LineString", "coordinates": [[113.7, 22.9], [113.72, 22.91]]}
    features = [
        {"type": "Feature", "properties": {"code": "R900", "name": "新开路"}, "geometry": line},
        {"type": "Feature", "properties": {}, "geometry": line},
    ]
    (folder / "路.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8"
    )

    def roads(test: DeskTest) -> list[object]:
        with test.fresh() as station, station.read() as session:
            return [*bulk.rows(session, MapFeature, ["name", "line"], where={"code": "R900"})]

    async def act(test: DeskTest) -> None:
        page = await open_map(test)
        page.acts.picker = FixedPicker(folder, folder)
        test.click(test.find(QAbstractButton, "map_import"))
        await test.until(lambda: bool(test.window.findChildren(GeoDialog)))
        dialog = test.window.findChildren(GeoDialog)[-1]
        await test.until(lambda: dialog.preview is not None and not test.desk.busy)
        assert "新增 1" in test.find(QLabel, "map_import_numbers").text()
        test.click(test.find(QAbstractButton, "GCJ-02"))
        await test.until(lambda: dialog.preview is not None and dialog.preview.datum == "GCJ-02")
        assert not roads(test)
        test.click(test.find(QAbstractButton, "map_import_go"))
        await test.settled()
        (found,) = roads(test)
        assert found[0] == "新开路"  # type: ignore[index]  # a row
        assert found[1] != line["coordinates"]  # type: ignore[index]  # a row
        test.keys("Ctrl+Z")
        await test.settled()
        assert not roads(test)

    desk_test(act)


def test_the_map_leaves_as_picture_and_paper(desk_test: Callable[[Act], None], tmp_path: Path) -> None:
    """Twice as large, and one page of A4 landscape; homes are on neither; the log says so."""
    from PySide6.QtGui import QImage

    async def act(test: DeskTest) -> None:
        import pikepdf

        page = await open_map(test)
        test.key(Qt.Key.Key_Space, test.find(QCheckBox, "map_layer_homes"))
        await test.settled()
        assert page.canvas.picture.density is not None
        picture, paper = tmp_path / "图.png", tmp_path / "图.pdf"
        page.acts.picker = FixedPicker(tmp_path, picture)
        test.click(test.find(QAbstractButton, "map_export"))
        await test.settled()
        image = QImage(str(picture))
        assert image.width() == 2 * (page.canvas.width() + 40)
        page.acts.picker = FixedPicker(tmp_path, paper)
        test.click(test.find(QAbstractButton, "map_print"))
        await test.settled()
        with pikepdf.open(paper) as pdf:
            assert len(pdf.pages) == 1
            box = [float(value) for value in pdf.pages[0].mediabox]
        assert box[2] > box[3]
        assert round(box[2]) == 842

    desk_test(act)


def test_layers_modes_and_both_looks(desk_test: Callable[[Act], None]) -> None:
    """Each layer and mode paints something else; language and theme switch at once."""

    async def act(test: DeskTest) -> None:
        page = await open_map(test)
        pictures = []
        # The keys are on the map at first, which shows; a click on a mode takes them.
        for name in ("coverage", "squads", "distance", "coverage"):
            test.click(test.find(QAbstractButton, name))
            pictures.append(page.canvas.grab().toImage())
        assert pictures[0] == pictures[3]
        assert pictures[0] != pictures[1] != pictures[2]
        for layer, row in page.panel.rows.items():
            before = page.canvas.grab().toImage()
            test.key(Qt.Key.Key_Space, row.tick)
            await test.settled()
            assert page.canvas.grab().toImage() != before, layer
            test.key(Qt.Key.Key_Space, row.tick)
        test.keys("Ctrl+Shift+L")
        await test.settled()
        assert test.find(QAbstractButton, "map_measure").text() == "Measure"
        test.desk.theme.use(name="dark")
        assert page.canvas.grab().toImage() != pictures[0]
        test.desk.theme.use(name="light")

    desk_test(act)


def test_another_page_leads_to_a_place(desk_test: Callable[[Act], None]) -> None:
    """A target's record is brought to the middle and chosen; Tab leaves after Esc."""

    async def act(test: DeskTest) -> None:
        page = await open_map(test)
        assert page.week is not None
        post = page.week.posts[3]
        await test.page("today")
        await test.page("map", post.id)
        assert chosen_post(page) == 3
        assert abs(page.canvas.sight.north - post.north) < 1
        page.canvas.setFocus()
        test.key(Qt.Key.Key_Escape)
        assert page.canvas.picture.chosen is None
        test.key(Qt.Key.Key_Tab)
        assert not page.canvas.hasFocus()

    desk_test(act)
