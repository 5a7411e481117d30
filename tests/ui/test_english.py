"""In English no page or dialog shows a Chinese word that is not data; switching back brings every word back."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QWidget,
)
from sqlalchemy import String, select

from patrol_desk.app import Options, run
from patrol_desk.app.scenes import EMPTY, SCENES, Scene
from patrol_desk.app.stage import Stage
from patrol_desk.app.stations import Stations
from patrol_desk.common.clock import FixedClock
from patrol_desk.models import Base
from patrol_desk.services.station import Station
from patrol_desk.ui.i18n import language
from patrol_desk.ui.shell.errors import ErrorWindow
from patrol_desk.ui.shell.window import Window
from tests.helpers.desk import NOON, SIZE, copy_station
from tests.helpers.stations import key_source

pytestmark = pytest.mark.first

HAN = re.compile(r"[\u3400-\u9fff]")
NOT_HAN = "(?<![\u3400-\u9fff]){}(?![\u3400-\u9fff])"
ROWS = 10
OWN_NAME = {"中", "中文"}
"""A language is written in itself, whichever is spoken."""
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


def texts_of(root: QWidget) -> Iterator[tuple[str, str]]:
    """Yield (place, text) of everything that can be read on a widget and in it."""
    yield type(root).__name__, root.windowTitle()
    for widget in (root, *root.findChildren(QWidget)):
        if widget.isVisible():
            place = f"{type(widget).__name__} {widget.objectName()}".strip()
            yield from ((place, text) for text in words_of(widget) if text)


def words_of(widget: QWidget) -> Iterator[str]:
    """Yield what one widget says: itself, by tip, to a screen reader, in its menu, in its rows."""
    yield widget.toolTip()
    yield widget.accessibleName()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(place) for place in range(widget.count()))
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from cells_of(widget.model())
    for menu in widget.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly):
        yield from (action.text() for action in menu.actions())


def cells_of(model: QAbstractItemModel) -> Iterator[str]:
    """Yield headings and the first rows of a model."""
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    rows = min(model.rowCount(QModelIndex()), ROWS)
    for column in range(columns):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(rows):
            index = model.index(row, column)
            yield from (text for role in ROLES if isinstance(text := model.data(index, role), str))


def nameless(root: QWidget) -> Iterator[str]:
    """Yield the controls that Tab reaches and of which a screen reader could say nothing."""
    for widget in root.findChildren(QWidget):
        reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        if not (reached and widget.isVisible() and widget.isEnabled()) or widget.focusProxy() is not None:
            continue
        heard = QAccessible.queryAccessibleInterface(widget)
        if not heard.text(QAccessible.Text.Name).strip():
            above = [type(one).__name__ for one in ancestors(widget)][:3]
            yield f"{type(widget).__name__} {widget.objectName()!r} in {' < '.join(above)}"


def ancestors(widget: QWidget) -> Iterator[QWidget]:
    """Yield a widget's parents, nearest first."""
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


class Data:
    """The strings of a station's file: names of people, places, squads, skills and whatever else was typed in."""

    def __init__(self, path: Path) -> None:
        found: set[str] = set()
        with Station.open(path, key_source(path), clock=FixedClock(NOON)) as station, station.read() as session:
            for table in Base.metadata.sorted_tables:
                for column in table.columns:
                    if isinstance(column.type, String):
                        values = session.scalars(select(column).distinct())
                        found.update(value for value in values if isinstance(value, str) and HAN.search(value))
        found |= OWN_NAME
        longest = sorted(found, key=len, reverse=True)
        # A word of one character is data only where it stands alone: 急 is a skill, but not a part of 急救证.
        parts = (re.escape(word) if len(word) > 1 else NOT_HAN.format(re.escape(word)) for word in longest)
        self._held = re.compile("|".join(parts))

    def foreign(self, text: str) -> bool:
        """Say whether a text holds Chinese that is not data."""
        return HAN.search(text) is not None and HAN.search(self._held.sub("", text)) is not None


Faults = list[str]
SAID = {"roster-edited", "notice", "today-arrivals"}
"""Scenes in which something is said once, in the language of that moment."""
PLAYED = [scene for scene in SCENES if scene.station != EMPTY]
"""The import page shows files, whose names and headings are data: it is read in its own tests."""


Play = Callable[..., None]


@pytest.fixture
def played(qapp: QApplication, sample_station: Path, tmp_path: Path) -> Play:
    """Return what plays scenes in a window and hands each to a function (stage, scene, data)."""
    del qapp
    path = copy_station(sample_station, tmp_path)
    data = Data(path)

    def play(look: Callable[..., object], scenes: Sequence[Scene] = PLAYED) -> None:
        async def script(window: Window) -> None:
            window.resize(*SIZE)
            stage = Stage(window)
            stations = Stations(stage, path, lambda: Station.open(path, key_source(path), clock=FixedClock(NOON)))
            for scene in scenes:
                await stations.open_for(scene)
                await look(stage, scene, data)  # type: ignore[misc]  # a coroutine

        run(Options(settings=tmp_path / "desk.ini", compact=False, bare=True), script)

    return play


async def speak(stage: Stage, wanted: str, scene: Scene) -> None:
    """Switch to a language by key, unless it is spoken already."""
    if language() != wanted:
        # Without a window manager nobody gives the focus back when a window of its own has gone.
        stage.window.activateWindow()
        await stage.until(stage.window.isActiveWindow)
        stage.keys("Ctrl+Shift+L")
        await stage.settled()
    assert language() == wanted, scene.name


def in_error() -> bool:
    """Say whether the window of an error stands, which is one of its own and goes a moment after its key."""
    return any(isinstance(one, ErrorWindow) and one.isVisible() for one in QApplication.topLevelWidgets())


def read(stage: Stage) -> Counter[tuple[str, str]]:
    """Return what can be read now, and how often."""
    return Counter(texts_of(stage.window))


def test_no_chinese_word_in_the_english_window(played: Play) -> None:
    """Pages are switched while they stand, dialogs are opened in English; back in Chinese all words are back."""
    faults: Faults = []
    lost: Faults = []
    mute: set[str] = set()
    seen: list[str] = []

    async def look(stage: Stage, scene: Scene, data: Data) -> None:
        said = scene.dialog or scene.name in SAID
        await speak(stage, "en" if said else "zh", scene)
        await scene.act(stage)
        await stage.settled()
        before = read(stage)
        await speak(stage, "en", scene)
        english = before if said else read(stage)
        faults.extend(f"{scene.name}: {place}: {text!r}" for place, text in english if data.foreign(text))
        faults.extend(f"{scene.name}: command: {word!r}" for word in commands_of(stage) if data.foreign(word))
        mute.update(f"{scene.name}: {control}" for control in nameless(stage.window))
        seen.append(scene.name)
        if scene.dialog:
            stage.keys("Esc")
            await stage.settled()
            await stage.until(lambda: not in_error())
        if not said:
            await speak(stage, "zh", scene)
            lost.extend(
                f"{scene.name}: {place}: {text!r}" for place, text in before - read(stage) if not passing(place)
            )
            assert english != before

    played(look)
    assert len(seen) == len(PLAYED)
    told = [
        f"{kind} {one}" for kind, some in (("Chinese", faults), ("lost", lost), ("mute", mute)) for one in sorted(some)
    ]
    assert not told, "\n".join(told)


def passing(place: str) -> bool:
    """Say whether what can be read there goes by itself after some seconds."""
    return place.endswith((" notice", " notice_text", " notice_close"))


def commands_of(stage: Stage) -> list[str]:
    """Return the words of all commands that can be started now."""
    return [] if stage.window.frame is None else [command.text() for command in stage.desk.commands.all()]


def test_a_chinese_word_would_be_found(played: Play) -> None:
    """The same look in the Chinese window finds words everywhere, and data is told from words."""
    found: Counter[str] = Counter()

    async def look(stage: Stage, scene: Scene, data: Data) -> None:
        await scene.act(stage)
        await stage.settled()
        found[scene.name] = sum(data.foreign(text) for _, text in texts_of(stage.window))
        assert not data.foreign("榕树一队 Eve")
        assert data.foreign("榕树一队 晚班人")

    played(look, [scene for scene in PLAYED if scene.name in {"today", "people"}])
    assert found["today"] > 10
    assert found["people"] > 10
