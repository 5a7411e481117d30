"""Working the window from a script: for pictures and for measuring."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QKeySequence, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from patrol_desk.ui.desk import Desk
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.page import Page
from patrol_desk.ui.shell.frame import DeskFrame
from patrol_desk.ui.shell.window import Window
from patrol_desk.ui.widgets.dialog import Dialog

TURNS = 5
"""Turns of the event loop without work, after which the window counts as settled."""

W = TypeVar("W", bound=QWidget)


class Stage:
    """The window and what a script does with it, by keys and clicks as a user would.

    Parameters
    ----------
    window
        The open window.
    """

    def __init__(self, window: Window) -> None:
        self.window = window
        self.files = Path()
        """Folder of a township's files, for scripts that import."""

    @property
    def frame(self) -> DeskFrame:
        """The inside of the window; a station must be open."""
        assert self.window.frame is not None
        return self.window.frame

    @property
    def desk(self) -> Desk:
        """The open desk."""
        return self.frame.desk

    async def page(self, name: str, record_id: str | None = None, **detail: object) -> Page:
        """Go to a page and wait until it has settled."""
        # Without a window manager nobody gives the focus back when a menu or a dialog of the system has gone.
        self.window.activateWindow()
        self.desk.go(Target(name, record_id, detail))
        await self.settled()
        page = self.frame.page
        assert page is not None
        return page

    async def settled(self) -> None:
        """Wait until nothing is under way, but for what waits for the user's answer in a dialog."""
        quiet = 0
        while quiet < TURNS:
            quiet = 0 if self._busy() else quiet + 1
            await (asyncio.sleep(0) if quiet else self._turn())
            QCoreApplication.sendPostedEvents()

    def _busy(self) -> bool:
        frame = self.window.frame
        if frame is not None and frame.desk.busy:
            return True
        return bool(self.window.tasks.running) and not self._asking()

    def _asking(self) -> bool:
        """Say whether a dialog waits for an answer; they stand right in the window, so the pages need no search."""
        within = self.window.findChildren(Dialog, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return any(dialog.isVisible() for dialog in within)

    async def _turn(self) -> None:
        """Let the loop go on for a moment."""
        turned = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_later(0.005, turned.set_result, None)
        await turned

    async def until(self, true: Callable[[], bool], seconds: float = 60.0) -> None:
        """Wait until something holds; raise TimeoutError after a while."""
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
        """Press keys as written on a menu, where the focus is."""
        QTest.keySequence(widget or self.focus(), QKeySequence(sequence))

    def write(self, text: str) -> None:
        """Type Latin letters and digits where the focus is."""
        QTest.keyClicks(self.focus(), text)

    def focus(self) -> QWidget:
        """Return the widget that gets the keys: what has popped up, what has the focus, or the window."""
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.window

    def find(self, kind: type[W], name: str) -> W:
        """Return the first visible widget of that kind and object name; raise LookupError when there is none."""
        for widget in self.window.findChildren(kind, name):
            if widget.isVisible():
                return widget
        raise LookupError(name)

    def shoot(self, file: Path) -> None:
        """Save a picture of the window with what has popped up over it."""
        file.parent.mkdir(parents=True, exist_ok=True)
        picture = self.window.grab()
        painter = QPainter(picture)
        for popup in QApplication.topLevelWidgets():
            if popup is not self.window and popup.isVisible():
                painter.drawPixmap(self.window.mapFromGlobal(popup.mapToGlobal(QPoint())), popup.grab())
        painter.end()
        picture.save(str(file))
