"""The window: a start page until a station is open, then rail, pages and status bar."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget
from typing_extensions import override

from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.ui.i18n import language, say, tr
from patrol_desk.ui.i18n.catalog import Translation
from patrol_desk.ui.resources import resource
from patrol_desk.ui.settings import LANGUAGE, SCALE, THEME, WINDOW, Settings
from patrol_desk.ui.tasks import Tasks
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.theme.theme import STEPS

if TYPE_CHECKING:
    from patrol_desk.services.station import Station
    from patrol_desk.ui.pages.start.page import StartPage
    from patrol_desk.ui.shell.frame import DeskFrame


class Window(QMainWindow):
    """The one window of the program.

    Parameters
    ----------
    theme, settings, translation
        The look, what is remembered, the language.
    """

    closed = Signal()
    station_opened = Signal(object)

    def __init__(self, theme: Theme, settings: Settings, translation: Translation) -> None:
        super().__init__()
        self.theme = theme
        self.settings = settings
        self.tasks = Tasks(self.report)
        self.frame: DeskFrame | None = None
        self.start: StartPage | None = None
        self.done = asyncio.Event()
        self._translation = translation
        self._closing = False
        self._stack = QStackedWidget()
        self._stack.setObjectName("shell")
        self.setCentralWidget(self._stack)
        self.setMinimumSize(1024, 640)
        self.setWindowIcon(QIcon(str(resource("icons", "desk.svg"))))
        self._restore_size()
        self._keys()
        self.retranslate()

    def open_start(self, path: Path | None = None, why: Message | None = None, *, sample: bool = False) -> None:
        """Show the start page: sample township, new station, one that exists.

        Parameters
        ----------
        path
            A file that could not be opened without a question, e.g. for its passphrase.
        why
            What stood in the way.
        sample
            Go on to the sample township at once.
        """
        from patrol_desk.ui.pages.start.page import StartPage

        self.start = StartPage(self.theme, self.settings, self.tasks)
        self.start.opened.connect(self.open_station)
        self.start.left.connect(self.close)
        self.start.language_chosen.connect(self.use_language)
        self._stack.addWidget(self.start)
        self._stack.setCurrentWidget(self.start)
        self.start.setFocus()
        if path is not None:
            self.start.offer(path, why)
        if sample:
            self.start.begin_sample()

    def open_station(self, station: "Station") -> None:
        """Show an open station; the start page goes."""
        from patrol_desk.ui.shell.frame import DeskFrame

        self.frame = DeskFrame(self, station)
        self._stack.addWidget(self.frame)
        self._stack.setCurrentWidget(self.frame)
        if self.start is not None:
            self._drop(self.start)
            self.start = None
        self.retranslate()
        self.frame.begin()
        self.station_opened.emit(station)

    def leave_station(self) -> None:
        """Close the station and show the start page."""
        self.tasks.start("leave", self._leave())

    def use_language(self, name: str) -> None:
        """Speak Chinese or English from now on."""
        self.settings.set(LANGUAGE, name)
        self._translation.use(name)

    def use_look(self, name: str) -> None:
        """Light, dark, or as the system is, from now on."""
        self.settings.set(THEME, name)
        self.theme.use(name=name)

    def use_scale(self, step: int) -> None:
        """Grow (+1) or shrink (-1) the text, or set it back (0)."""
        now = self.theme.scale
        if step > 0:
            scale = next((each for each in STEPS if each > now), STEPS[-1])
        elif step < 0:
            scale = next((each for each in reversed(STEPS) if each < now), STEPS[0])
        else:
            scale = 1.0
        self.set_scale(scale)

    def set_scale(self, scale: float) -> None:
        """Show text and rows in a size, 1.0 for the usual one."""
        self.settings.set(SCALE, scale)
        self.theme.use(scale=scale)

    def report(self, doing: str, error: BaseException) -> None:
        """Tell the user of an error: a sentence if it has one, else the error window."""
        if isinstance(error, PatrolError):
            if self.frame is not None:
                self.frame.desk.tell(say(error.message), "error")
            elif self.start is not None:
                self.start.tell(say(error.message))
            return
        from patrol_desk.ui.shell.errors import ErrorWindow, trace_of

        self._keep_state()
        ErrorWindow(doing, trace_of(error), self).show()

    def retranslate(self) -> None:
        """Set the window's title."""
        name = "" if self.frame is None else self.frame.station_name
        self.setWindowTitle(tr("巡防台") if not name else tr("巡防台 — {name}", name=name))

    async def close_down(self) -> None:
        """Stop tasks, finish writes, give the station back."""
        if self.frame is not None:
            self.frame.close_down()
        await self.tasks.close()
        if self.frame is not None:
            await self.frame.desk.close()
            self.frame.desk.station.close()
        self._keep_state()
        self._translation.stop()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the page ask about unsaved edits, then let `main` finish the work."""
        if self.frame is not None and not self.frame.may_close(self.close):
            event.ignore()
            return
        event.accept()
        self.done.set()
        self.closed.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    async def _leave(self) -> None:
        frame = self.frame
        if frame is None or not frame.may_close(self.leave_station):
            return
        frame.close_down()
        await frame.desk.close()
        frame.desk.station.close()
        self.frame = None
        self.open_start()
        self._drop(frame)
        self.retranslate()

    def _keep_state(self) -> None:
        """Write what is remembered now: after a fault nobody knows how the program will end."""
        self.settings.set(WINDOW, bytes(self.saveGeometry().toBase64().data()).decode("ascii"))
        self.settings.close()

    def _drop(self, widget: QWidget) -> None:
        self._stack.removeWidget(widget)
        widget.deleteLater()

    def _restore_size(self) -> None:
        kept = self.settings.get(WINDOW)
        if not kept or not self.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii"))):
            room = QApplication.primaryScreen().availableGeometry()
            self.resize(min(1440, room.width()), min(900, room.height()))

    def _keys(self) -> None:
        self._key("Ctrl+Shift+L", lambda: self.use_language("zh" if language() == "en" else "en"))
        for keys, step in (("Ctrl+=", 1), ("Ctrl++", 1), ("Ctrl+-", -1), ("Ctrl+0", 0)):
            self._key(keys, partial(self.use_scale, step))

    def _key(self, keys: str, run: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(run)
