"""Going through every page and dialog and closing the window leaves nothing; going to and fro does not pile up."""

import threading
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

import patrol_desk.ui
from patrol_desk.app import Options, run
from patrol_desk.app.scenes import SCENES
from patrol_desk.app.stage import Stage
from patrol_desk.app.stations import Stations
from patrol_desk.common.clock import FixedClock
from patrol_desk.services.station import Station
from patrol_desk.ui.shell.pages import PAGES
from patrol_desk.ui.shell.window import Window
from patrol_desk.ui.widgets.dialog import Dialog
from tests.helpers.desk import NOON, SIZE, Act, DeskTest, check_nothing_left, copy_station
from tests.helpers.stations import key_source

pytestmark = pytest.mark.first

OWN_WINDOW = "error"
"""The scene of the one window beside the desk's: that of an unforeseen error, which trusts nothing of the desk's."""
ROUNDS = 17
"""Of six pages: just over a hundred switches."""
MORE = 12
"""Objects that may be there after them and were not before: one tooltip, one toast."""


def objects(window: Window) -> Counter[str]:
    """Return how many objects of each kind the window owns, once those that are to go have gone."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return Counter(type(one).__name__ for one in window.findChildren(QObject))


def test_every_page_and_dialog_leaves_nothing(qapp: QApplication, sample_station: Path, tmp_path: Path) -> None:
    """No task, timer, thread, process or widget outlives the window; nothing but it ever takes the focus."""
    path = copy_station(sample_station, tmp_path)
    before, windows = set(threading.enumerate()), list[Window]()
    timers: list[QTimer] = []
    strangers: list[str] = []
    played: list[str] = []
    dialogs: set[type[Dialog]] = set()

    async def script(window: Window) -> None:
        windows.append(window)
        window.resize(*SIZE)
        stage = Stage(window)
        stations = Stations(stage, path, lambda: Station.open(path, key_source(path), clock=FixedClock(NOON)))
        for scene in SCENES:
            await stations.open_for(scene)
            await scene.act(stage)
            await stage.settled()
            played.append(scene.name)
            dialogs.update(type(one) for one in window.findChildren(Dialog) if one.isVisible())
            timers.extend(window.findChildren(QTimer))
            if scene.name != OWN_WINDOW:
                strangers.extend(f"{scene.name}: {kind}" for kind in stray_windows(qapp, window))
            if scene.dialog:
                stage.keys("Esc")
                await stage.settled()
        window.close()

    run(Options(settings=tmp_path / "desk.ini", compact=False, bare=True), script)
    check_nothing_left(windows, before)
    assert len(played) == len(SCENES)
    assert timers
    assert not [timer.objectName() for timer in timers if shiboken6.isValid(timer) and timer.isActive()]
    assert not strangers
    unseen = [f"{kind.__module__}.{kind.__name__}" for kind in dialog_kinds() - dialogs]
    assert not unseen, f"in no scene, and so in no picture: {unseen}"


def dialog_kinds() -> set[type[Dialog]]:
    """Return the desk's classes of dialogs that are opened as they are, without those that others are made from.

    A class that some test made for itself is none of the desk's.
    """
    for module in walk_packages(patrol_desk.ui.__path__, "patrol_desk.ui."):
        import_module(module.name)
    found, made_from = set[type[Dialog]](), set[type[Dialog]]()
    line = [Dialog]
    while line:
        kind = line.pop()
        below = [one for one in kind.__subclasses__() if one.__module__.startswith(patrol_desk.ui.__name__)]
        line.extend(below)
        (made_from if below else found).add(kind)
    assert made_from > {Dialog}
    return found


def stray_windows(qapp: QApplication, window: Window) -> list[str]:
    """Return the kinds of windows that stand beside the one window and its popups; the focus must not have left it."""
    popups = qapp.activePopupWidget()
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not window]
    found = [type(one).__name__ for one in shown if one is not popups and not is_tip(one)]
    if popups is None and not window.isActiveWindow():
        found.append("the focus was lost: a widget was shown before it had a parent")
    return found


def is_tip(widget: QWidget) -> bool:
    """Say whether a window is a tooltip."""
    return widget.inherits("QTipLabel")


def test_a_hundred_switches_pile_nothing_up(desk_test: Callable[[Act], None]) -> None:
    """Pages are built once: after a hundred switches the window owns what it owned before."""
    counts: list[Counter[str]] = []

    async def act(test: DeskTest) -> None:
        names = [page.name for page in PAGES]
        for turn in range(ROUNDS + 2):
            for name in names:
                await test.page(name)
            if turn in {1, ROUNDS + 1}:
                counts.append(objects(test.window))

    desk_test(act)
    first, last = counts
    assert first.total() > 500
    more = last - first
    assert more.total() <= MORE, more.most_common(12)


def test_a_widget_left_behind_would_be_found(desk_test: Callable[[Act], None]) -> None:
    """The count sees a child that every visit adds, and a window that stands alone is seen."""

    async def act(test: DeskTest) -> None:
        before = objects(test.window)
        kept = [QObject(test.window) for _ in range(MORE + 1)]
        assert (objects(test.window) - before).total() == len(kept) > MORE
        alone = QWidget()
        alone.show()
        await test.settled()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        assert "QWidget" in stray_windows(application, test.window)
        alone.close()
        alone.deleteLater()
        for one in kept:
            one.deleteLater()

    desk_test(act)
