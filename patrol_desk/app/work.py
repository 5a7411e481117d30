"""What is measured in the window: the first page, going through pages, finding, scrolling."""

import asyncio
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QWidget
from typing_extensions import override

from patrol_desk.app.stage import Stage
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.shell.pages import PAGES
from patrol_desk.ui.shell.window import Window

if TYPE_CHECKING:
    from patrol_desk.ui.pages.map.canvas import MapCanvas

WHEELS = 200
FILTERS = ("chen", "lzq", "0417", "zhang", "wj")
QUERIES = ("chen", "lzq", "shiqiao", "0417", "@wang", "#dong", ">dayin")


class _PaintWatch(QObject):
    """Remembers when a widget was last painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.painted = asyncio.Event()
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.painted.set()
        return super().eventFilter(watched, event)


async def first_page_ready(window: Window) -> None:
    """Wait until the first page has painted its data and has answered a key."""
    stage = Stage(window)
    await stage.until(lambda: window.frame is not None and window.frame.page is not None)
    page = stage.frame.page
    assert page is not None
    await stage.until(lambda: _filled_view(page) is not None)
    view = _filled_view(page)
    assert view is not None
    watch = _PaintWatch(view.viewport())
    view.viewport().update()
    await watch.painted.wait()
    before = QApplication.focusWidget()
    QTest.keyClick(stage.focus(), Qt.Key.Key_Tab)
    await stage.until(lambda: QApplication.focusWidget() is not before)


def _filled_view(page: QWidget) -> QAbstractItemView | None:
    """Return the first visible table that has rows."""
    for view in page.findChildren(QAbstractItemView):
        model: QAbstractItemModel | None = view.model()
        if view.isVisible() and model is not None and model.rowCount() > 0:
            return view
    return None


async def page_switches(stage: Stage, rounds: int = 5) -> dict[str, float]:
    """Return page → worst milliseconds from the switch to the painted page, each visited before."""
    names = [page.name for page in PAGES]
    for name in names:
        await stage.page(name)
    worst = dict.fromkeys(names, 0.0)
    for _ in range(rounds):
        for name in names:
            watch = _PaintWatch(stage.frame.pages[name])
            begun = time.perf_counter()
            stage.desk.go(Target(name))
            await watch.painted.wait()
            worst[name] = max(worst[name], (time.perf_counter() - begun) * 1000)
            watch.deleteLater()
            await stage.settled()
    return {name: round(value, 1) for name, value in worst.items()}


async def find_keystrokes(stage: Stage) -> list[float]:
    """Return milliseconds from each key typed into find-anything to the painted hits."""
    await stage.page("today")
    times = []
    for query in QUERIES:
        stage.keys("Ctrl+K")
        await stage.settled()
        field = stage.find(QLineEdit, "finder_field")
        hits = stage.window.findChildren(QAbstractItemView, "finder_list")[-1]
        for character in query:
            begun = time.perf_counter()
            QTest.keyClicks(field, character)
            field.repaint()
            hits.viewport().repaint()
            times.append((time.perf_counter() - begun) * 1000)
            await stage.settled()
        QTest.keyClick(field, Qt.Key.Key_Escape)
        await stage.settled()
    return times


async def filter_keystrokes(stage: Stage) -> list[float]:
    """Return milliseconds from each key typed into the filter of people to the painted page, and of clearing it."""
    page = await stage.page("people")
    field = stage.find(QLineEdit, "people_search")
    field.setFocus()
    times = []
    for query in FILTERS:
        for key in (*query, Qt.Key.Key_Escape):
            begun = time.perf_counter()
            if isinstance(key, str):
                QTest.keyClicks(field, key)
            else:
                QTest.keyClick(field, key)
            page.repaint()
            times.append((time.perf_counter() - begun) * 1000)
            await stage.settled()
    return times


async def memory_over_switches(stage: Stage, switches: int = 1000) -> float:
    """Return by how many MB the program grew over so many page switches, a tenth of them more to warm up."""
    # Not at the head: the start is measured with this module loaded.
    import psutil

    names = [page.name for page in PAGES]
    rss = psutil.Process().memory_info
    before = 0
    for number in range(switches + switches // 10):
        if number == switches // 10:
            before = rss().rss
        await stage.page(names[number % len(names)])
    return round((rss().rss - before) / 1024**2, 1)


async def roster_wheel(stage: Stage) -> list[float]:
    """Return milliseconds of each full repaint of the roster while the wheel turns down and up again."""
    from patrol_desk.ui.pages.roster.grid.view import RosterGrid

    page = await stage.page("roster")
    grid = page.findChild(RosterGrid)
    assert isinstance(grid, RosterGrid)
    area = grid.viewport()
    middle = QPointF(area.rect().center())
    times = []
    for number in range(WHEELS):
        step = -120 if number < WHEELS / 2 else 120
        wheel = QWheelEvent(
            middle, area.mapToGlobal(middle), QPoint(), QPoint(0, step), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        begun = time.perf_counter()
        QCoreApplication.sendEvent(area, wheel)
        area.repaint()
        times.append((time.perf_counter() - begun) * 1000)
        await stage.until(lambda: True)
    return times


async def map_frames(stage: Stage) -> tuple[list[float], list[float]]:
    """Return milliseconds of each frame of the map: while it is dragged and zoomed, and while the shifts go by.

    At the town as it is first seen, every layer on but homes, and nearer, where every label is shown.
    """
    from patrol_desk.ui.pages.map.page import MapPage
    from patrol_desk.ui.pages.map.picture import HOMES, LAYERS

    page = await stage.page("map")
    assert isinstance(page, MapPage)
    await stage.until(lambda: page.week is not None)
    assert page.week is not None
    canvas = page.canvas
    page.panel.set_layers(frozenset(LAYERS) - {HOMES})
    canvas.picture.layers = page.panel.layers()
    pans: list[float] = []
    for zoom in (1.0, 2.0):
        canvas.look(canvas.sight.zoomed(zoom))
        canvas.repaint()
        for number in range(WHEELS):
            way = 12 if number < WHEELS / 2 else -12
            pans.append(_frame(canvas, partial(_drag, canvas, way)))
        pans += [_frame(canvas, way) for way in (canvas.nearer, canvas.nearer, canvas.farther, canvas.farther)]
    shifts = [_frame(page, partial(page.show_shift, shift)) for shift in range(len(page.week.shifts))]
    return pans, shifts


def _drag(canvas: "MapCanvas", pixels: float) -> None:
    canvas.look(canvas.sight.moved(pixels, pixels))


def _frame(widget: QWidget, act: Callable[[], None]) -> float:
    """Do something and return the milliseconds until it is painted."""
    begun = time.perf_counter()
    act()
    widget.repaint()
    return (time.perf_counter() - begun) * 1000
