"""Scenes of the map."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLineEdit

from patrol_desk.app.stage import Stage
from patrol_desk.services.planning.board import CellState
from patrol_desk.ui.pages.map.page import MapPage


async def open_map(stage: Stage) -> MapPage:
    """Show the map of the present shift with its first layers."""
    page = await stage.page("map")
    assert isinstance(page, MapPage)
    return page


def whole(page: MapPage) -> None:
    """Show the town, wherever the scene before has looked."""
    week = page.week
    assert week is not None
    assert week.core is not None
    page.canvas.look(page.canvas.sight.fitted(week.core))


async def plain(stage: Stage) -> None:
    """Show the map with nothing chosen."""
    page = await open_map(stage)
    whole(page)
    page.choose(None)


async def chosen(stage: Stage) -> None:
    """Choose the first shift with a gap, and its worst post by Tab."""
    page = await open_map(stage)
    week = page.week
    assert week is not None
    states = [[mark.state for mark in row] for row in week.marks]
    short = [shift for shift, row in enumerate(states) if CellState.BELOW_MINIMUM in row]
    page.show_shift(short[0] if short else page.shift)
    page.choose(None)
    page.canvas.setFocus()
    QTest.keyClick(page.canvas, Qt.Key.Key_Tab)
    await stage.settled()
    place = page.canvas.picture.place(page.canvas.picture.chosen)
    assert place is not None
    page.canvas.locate(*place)


async def squads(stage: Stage) -> None:
    """Show the squads' areas."""
    await plain(stage)
    QTest.mouseClick(stage.find(QAbstractButton, "squads"), Qt.MouseButton.LeftButton)


async def distance(stage: Stage) -> None:
    """Show how far the muster points are, with rings and homes."""
    await plain(stage)
    QTest.mouseClick(stage.find(QAbstractButton, "distance"), Qt.MouseButton.LeftButton)
    for layer in ("homes", "rings"):
        tick = stage.find(QCheckBox, f"map_layer_{layer}")
        if not tick.isChecked():
            QTest.keyClick(tick, Qt.Key.Key_Space)


async def search(stage: Stage) -> None:
    """Look for a place by pinyin."""
    await plain(stage)
    QTest.mouseClick(stage.find(QAbstractButton, "coverage"), Qt.MouseButton.LeftButton)
    for layer in ("homes", "rings"):
        tick = stage.find(QCheckBox, f"map_layer_{layer}")
        if tick.isChecked():
            QTest.keyClick(tick, Qt.Key.Key_Space)
    field = stage.find(QLineEdit, "map_search")
    field.setFocus()
    QTest.keyClicks(field, "sq")


async def measure(stage: Stage) -> None:
    """Measure a way of three points."""
    page = await open_map(stage)
    stage.find(QLineEdit, "map_search").clear()
    whole(page)
    button = stage.find(QAbstractButton, "map_measure")
    if not button.isChecked():
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    middle = page.canvas.rect().center()
    for dx, dy in ((-160, 60), (-20, -80), (190, 20)):
        at = middle.__class__(middle.x() + dx, middle.y() + dy)
        QTest.mouseClick(page.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
