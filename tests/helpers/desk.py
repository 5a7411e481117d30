"""The desk in a test: the real window, the real event loop, a real encrypted station, real keys and mouse."""

import asyncio
import multiprocessing
import shutil
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from patrol_desk.app import Options, run
from patrol_desk.common.clock import FixedClock
from patrol_desk.common.weeks import Week
from patrol_desk.engine.options import SolveOptions
from patrol_desk.samples import generate, write_sample
from patrol_desk.services.planning.publish import publish
from patrol_desk.services.planning.run import plan_week
from patrol_desk.services.station import Station
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.page import Page
from patrol_desk.ui.shell.frame import DeskFrame
from patrol_desk.ui.shell.window import Window
from tests.helpers.stations import key_source

MONDAY = date(2026, 11, 23)
WEEK = Week.of(MONDAY)
NOON = datetime(2026, 11, 25, 6, 26, tzinfo=UTC)
"""Wednesday 14:26 at the station."""
SIZE = (1440, 900)

W = TypeVar("W", bound=QWidget)
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


@dataclass
class DeskTest:
    """What a test does with the window; every action is an event as a user makes it."""

    window: Window
    path: Path

    @property
    def frame(self) -> DeskFrame:
        """The inside of the window."""
        assert self.window.frame is not None
        return self.window.frame

    @property
    def desk(self) -> Desk:
        """The open desk."""
        return self.frame.desk

    async def page(self, name: str, **detail: object) -> Page:
        """Go to a page and wait until it has settled."""
        self.desk.go(Target(name, detail=detail))
        await self.settled()
        page = self.frame.page
        assert page is not None
        assert page.name == name
        return page

    async def settled(self) -> None:
        """Wait until no task and no write is under way and every event has been handled."""
        quiet = 0
        while quiet < 3:
            busy = bool(self.window.tasks.running)
            await self.window.tasks.idle()
            if self.window.frame is not None:
                await self.window.frame.desk.settled()
            await asyncio.sleep(0)
            QCoreApplication.sendPostedEvents()
            quiet = 0 if busy or self.window.tasks.running else quiet + 1

    async def until(self, true: Callable[[], bool], seconds: float = 20.0) -> None:
        """Wait until something holds; fail after a while."""
        loop = asyncio.get_running_loop()
        held = loop.create_future()

        def look() -> None:
            if held.done():
                return
            if true():
                held.set_result(None)
            else:
                loop.call_later(0.01, look)

        look()
        async with asyncio.timeout(seconds):
            await held

    def keys(self, sequence: str, widget: QWidget | None = None) -> None:
        """Press keys as written on a menu, e.g. ``Ctrl+K``, where the focus is."""
        QTest.keySequence(widget or self.focus(), QKeySequence(sequence))

    def key(self, key: Qt.Key, widget: QWidget | None = None, times: int = 1) -> None:
        """Press one key where the focus is."""
        for _ in range(times):
            QTest.keyClick(widget or self.focus(), key)

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

    def focus(self) -> QWidget:
        """Return the widget that has the focus, the window when none has."""
        return QApplication.focusWidget() or self.window

    def find(self, kind: type[W], name: str) -> W:
        """Return the one visible widget of that kind and object name."""
        found: list[W] = [widget for widget in self.window.findChildren(kind, name) if widget.isVisible()]
        assert len(found) == 1, f"{len(found)} of {name}"
        return found[0]

    def fresh(self) -> Station:
        """Open the file once more, to read what is really in it; use it as a context manager."""
        return Station.open(self.path, key_source(self.path), clock=FixedClock(NOON))

    def shoot(self, path: Path) -> None:
        """Save a picture of the window."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.window.grab().save(str(path))


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
