"""The desk in a test: the real window, the real event loop, a real encrypted station, real keys and mouse."""

import asyncio
import multiprocessing
import shutil
import threading
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from typing_extensions import override

from patrol_desk.app import Options, run
from patrol_desk.app.stage import Stage, W
from patrol_desk.common.clock import FixedClock
from patrol_desk.common.weeks import Week
from patrol_desk.engine.options import SolveOptions
from patrol_desk.samples import generate, write_sample
from patrol_desk.services.planning.publish import publish
from patrol_desk.services.planning.run import plan_week
from patrol_desk.services.station import Station
from patrol_desk.ui.shell.window import Window
from tests.helpers.stations import key_source

MONDAY = date(2026, 11, 23)
WEEK = Week.of(MONDAY)
NOON = datetime(2026, 11, 25, 6, 26, tzinfo=UTC)
"""Wednesday 14:26 at the station."""
SIZE = (1440, 900)

Act = Callable[["DeskTest"], Awaitable[None]]


def _composed(text: str) -> QInputMethodEvent:
    """Return what an input method sends when it has composed a text."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    return event


def make_station(path: Path, *, moves: int = 300) -> None:
    """Make an encrypted sample of 600 people: week 48 published, week 49 a draft, week 50 empty."""
    with Station.create(path, key_source(path), chief=None, clock=FixedClock(NOON)) as station:
        actor = station.system_actor()
        with station.write(actor, "sample") as unit:
            write_sample(unit, generate("small", 1, MONDAY))
            unit.commit()
        for week in (WEEK, WEEK.plus(1)):
            plan_week(station, actor, week, SolveOptions(seed=1, moves=moves))
            if week == WEEK:
                publish(station, actor, week)


def copy_station(source: Path, folder: Path) -> Path:
    """Copy a station's file and key file into a folder and return the copy."""
    for file in source.parent.glob(source.stem + "*"):
        shutil.copy(file, folder / file.name)
    return folder / source.name


class DeskTest(Stage):
    """What a test does with the window; every action is an event as a user makes it."""

    def __init__(self, window: Window, path: Path) -> None:
        super().__init__(window)
        self.path = path

    def key(self, key: Qt.Key, widget: QWidget | None = None, times: int = 1) -> None:
        """Press one key where the focus is."""
        for _ in range(times):
            QTest.keyClick(widget or self.focus(), key)

    @override
    def write(self, text: str, widget: QWidget | None = None) -> None:
        """Type a text where the focus is, character by character."""
        for character in text:
            target = widget or self.focus()
            if character.isascii():
                QTest.keyClicks(target, character)
            else:
                QCoreApplication.sendEvent(target, _composed(character))

    def click(
        self, widget: QWidget, at: QPoint | None = None, *, button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:  # fmt: skip
        """Click into a widget, in its middle unless told."""
        view = widget.viewport() if isinstance(widget, QAbstractItemView) else widget
        QTest.mouseClick(view, button, modifiers, at or view.rect().center())

    @override
    def find(self, kind: type[W], name: str) -> W:
        """Return the one visible widget of that kind and object name."""
        found = [widget for widget in self.window.findChildren(kind, name) if widget.isVisible()]
        assert len(found) == 1, f"{len(found)} of {name}"
        return found[0]

    def fresh(self) -> Station:
        """Open the file once more, to read what is really in it; use it as a context manager."""
        return Station.open(self.path, key_source(self.path), clock=FixedClock(NOON))


def act_in_window(act: Act, path: Path, folder: Path, now: datetime = NOON) -> None:
    """Open a station in the real window, let a test work it, close it, and see that nothing is left behind.

    Parameters
    ----------
    act
        The test's work.
    path
        The station; its key file beside it.
    folder
        Place for the settings.
    now
        Where the clock stands.
    """
    before = set(threading.enumerate())
    left: list[Window] = []
    stray: list[str] = []

    async def script(window: Window) -> None:
        left.append(window)
        window.resize(*SIZE)
        window.open_station(Station.open(path, key_source(path), clock=FixedClock(now)))
        test = DeskTest(window, path)
        await test.settled()
        await act(test)
        await test.settled()
        stray.extend(task.get_name() for task in asyncio.all_tasks() if task is not asyncio.current_task())
        window.close()

    run(Options(settings=folder / "desk.ini", compact=False, bare=True), script)
    assert not stray, f"tasks left: {stray}"
    check_nothing_left(left, before)


def check_nothing_left(windows: list[Window], threads: set[threading.Thread]) -> None:
    """Fail when a closed window left a widget, a thread or a process."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
    assert not [window for window in windows if shiboken6.isValid(window)]
    tops = [type(widget).__name__ for widget in QApplication.topLevelWidgets()]
    assert not tops, f"widgets left: {tops}"
    others = [thread.name for thread in threading.enumerate() if thread not in threads and "Qt" not in thread.name]
    assert not others, f"threads left: {others}"
    assert not multiprocessing.active_children()
