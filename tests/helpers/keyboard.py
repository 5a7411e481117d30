"""Working the window with nothing but keys: what is pressed goes where the focus is, and only Tab moves that."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QWidget

from patrol_desk.ui.pages.roster.page import RosterPage
from tests.helpers.desk import DeskTest

MOST = 90
"""Tabs after which a control counts as out of reach."""


class Keys:
    """Presses keys and looks; never clicks, never gives the focus, never calls what a key would have to cause.

    Parameters
    ----------
    test
        The window.
    """

    def __init__(self, test: DeskTest) -> None:
        self.test = test

    async def press(self, *sequences: str) -> None:
        """Press keys as a menu writes them, each where the focus is then, and wait until the window has settled."""
        for sequence in sequences:
            self.test.keys(sequence)
            await self.test.settled()

    async def page(self, *sequences: str) -> None:
        """Go to a page by its keys, from wherever the focus is."""
        self.test.window.activateWindow()
        await self.test.until(self.test.window.isActiveWindow)
        await self.press(*sequences)

    def at(self, name: str) -> bool:
        """Say whether the focus is on a control of that object name, or in it."""
        widget: QWidget | None = self.test.focus()
        while widget is not None:
            if widget.objectName() == name:
                return True
            widget = widget.parentWidget()
        return False

    def to(self, name: str) -> None:
        """Press Tab until a control has the focus; raise LookupError when it never has."""
        passed = [self._named()]
        for _ in range(MOST):
            if self.at(name):
                return
            self.test.key(Qt.Key.Key_Tab)
            passed.append(self._named())
        raise LookupError(name, list(dict.fromkeys(passed)))

    def replace(self, text: str) -> None:
        """Type a text in place of what a field holds."""
        self.test.keys("Ctrl+A")
        self.test.write(text)

    def choose(self, text: str) -> None:
        """Choose an entry of the box that has the focus with the arrow keys."""
        box = self.test.focus()
        assert isinstance(box, QComboBox), self._named()
        self.test.key(Qt.Key.Key_Home)
        for _ in range(box.count()):
            if box.currentText() == text:
                return
            self.test.key(Qt.Key.Key_Down)
        raise LookupError(text)

    async def answer(self, name: str, sequence: str) -> None:
        """Wait until something of that name is asked, and press a key there."""
        await self.test.until(lambda: self.shows(name))
        await self.press(sequence)

    def shows(self, name: str) -> bool:
        """Say whether something of that name can be seen."""
        return any(widget.isVisible() for widget in self.test.window.findChildren(QWidget, name))

    async def clear_a_cell(self) -> tuple[str, int]:
        """By checkpoint: walk back from the last cell to one with people, take them off; return place and shift."""
        await self.page("Ctrl+2", "Alt+1", "Ctrl+End")
        page = self.test.frame.page
        assert isinstance(page, RosterPage)

        def heads() -> int:
            here = page.grid.current()
            return 0 if here is None or page.board is None else page.board.cell(*here).heads

        await self.walk(Qt.Key.Key_Left, lambda: heads() > 0)
        await self.press("Delete")
        if self.shows("confirmDo"):
            await self.press("Ctrl+Return")
        await self.test.until(lambda: not heads())
        here = page.grid.current()
        assert here is not None
        assert page.board is not None
        return page.board.rows[here[0]].code, here[1]

    async def file(self, path: Path) -> None:
        """Type a path into the dialog of files that opens, and press Enter."""
        test = self.test
        await test.until(lambda: isinstance(QApplication.activeWindow(), QFileDialog))
        test.keys("Ctrl+A")
        test.write(str(path))
        test.key(Qt.Key.Key_Return)
        await test.until(lambda: not isinstance(QApplication.activeWindow(), QFileDialog))
        # What a screen's window manager does when a dialog has closed.
        test.window.activateWindow()
        await test.until(test.window.isActiveWindow)
        await test.settled()

    async def walk(self, key: Qt.Key, seen: Callable[[], bool], most: int = 60) -> None:
        """Press a key until something can be seen; raise LookupError when it never can."""
        for _ in range(most):
            if seen():
                return
            self.test.key(key)
            await self.test.settled()
        raise LookupError(key.name)

    def _named(self) -> str:
        widget = self.test.focus()
        return widget.objectName() or widget.accessibleName() or type(widget).__name__
