"""Starts Qt and the event loop, opens the window, and ends when it has closed."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtWidgets import QApplication

from patrol_desk.app.garbage import Garbage
from patrol_desk.app.memory import keep_little
from patrol_desk.common.errors import PatrolError
from patrol_desk.ui.i18n.catalog import Translation
from patrol_desk.ui.settings import LANGUAGE, LAST_STATION, SCALE, THEME, TOUR, Settings
from patrol_desk.ui.shell.window import Window
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.theme.theme import SYSTEM, THEMES
from patrol_desk.ui.widgets.heard import tell_roles

if TYPE_CHECKING:
    from patrol_desk.services.station import Station

Script = Callable[[Window], Awaitable[None]]


SWITCH_SECONDS = 0.0005
"""How long a busy thread keeps the interpreter: the window asks for it back after every call of Qt's."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the window starts.

    Parameters
    ----------
    station
        File to open at once; None: the one opened last, or the start page.
    settings
        File of what is remembered; None: the user's own.
    compact
        Low rows; None: by the screen.
    bare
        Open nothing: the script will.
    sample
        Open the sample township; make it first when there is none.
    """

    station: Path | None = None
    settings: Path | None = None
    compact: bool | None = None
    bare: bool = False
    sample: bool = False


def run(options: Options | None = None, script: Script | None = None) -> int:
    """Show the window until it is closed and return the exit code.

    Parameters
    ----------
    options
        How it starts.
    script
        Works the window: a test, a benchmark, the making of pictures. The window closes when it ends.
    """
    keep_little()
    sys.setswitchinterval(SWITCH_SECONDS)
    # qasync takes Qt's binding that is imported already.
    import qasync

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    prepare(app)

    def make_loop() -> asyncio.AbstractEventLoop:
        loop = qasync.QEventLoop(app)
        # qasync's own executor starts Qt threads, which Python knows only half.
        loop.set_default_executor(helpers)
        return loop

    with ThreadPoolExecutor(2, "patrol-desk-helper") as helpers, asyncio.Runner(loop_factory=make_loop) as runner:
        runner.run(work(app, options or Options(), script))
    return 0


def prepare(app: QApplication) -> None:
    """Give the application its name and take its end into our own hands."""
    app.setApplicationName("patrol-desk")
    app.setStyle("Fusion")
    # The end of the last window is not the end: writes under way come first.
    app.setQuitOnLastWindowClosed(False)
    tell_roles(app)


async def work(app: QApplication, options: Options, script: Script | None) -> None:
    """Open the window, wait for its end, give everything back."""
    settings = Settings(options.settings or settings_file())
    window = make_window(app, settings, compact=options.compact)
    window.show()
    # A screen without a window manager gives the focus to nobody who does not ask.
    window.activateWindow()
    garbage = Garbage(lambda: bool(window.tasks.running))
    window.station_opened.connect(garbage.settle)
    if script is None:
        window.station_opened.connect(lambda _station: offer_tour(window))
    try:
        if not options.bare:
            await open_first(window, options)
        if script is None:
            await window.done.wait()
        else:
            await script(window)
    finally:
        await window.close_down()
        window.hide()
        window.deleteLater()
        garbage.stop()


def make_window(app: QApplication, settings: Settings, *, compact: bool | None = None) -> Window:
    """Return the window with the look and language that are remembered."""
    name = settings.get(THEME)
    theme = Theme(name if name in (*THEMES, SYSTEM) else "light", settings.get(SCALE), compact=compact)
    translation = Translation(app)
    translation.use(settings.get(LANGUAGE))
    theme.apply()
    return Window(theme, settings, translation)


async def open_first(window: Window, options: Options) -> None:
    """Open the given station or the one opened last; the start page for anything that needs a question."""
    if options.sample:
        window.open_start(sample=True)
        return
    path = options.station or _remembered(window.settings)
    if path is None or not path.exists():
        window.open_start()
        return
    try:
        window.open_station(await asyncio.to_thread(_open, path))
    except PatrolError as error:
        window.open_start(path, error.message)


def offer_tour(window: Window) -> None:
    """Begin the tour when a sample is opened for the first time."""
    if window.frame is not None and not window.settings.get(TOUR):
        window.frame.desk.commands.start("tour")


def _open(path: Path) -> "Station":
    """Open a file that needs no passphrase; imported here because the window is painted before it is needed."""
    from patrol_desk.services.station import Station

    return Station.open(path)


def settings_file() -> Path:
    """Return the user's own settings file."""
    return Path(platformdirs.user_config_dir("patrol-desk", appauthor=False)) / "desk.ini"


def _remembered(settings: Settings) -> Path | None:
    kept = settings.get(LAST_STATION)
    return Path(kept) if kept else None
