"""Every page and dialog on a low screen, twice: dark with longer words, and light with larger text.

Each is heard (names and roles), read (contrast sampled from pixels, words that fit) and walked through by Tab.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from patrol_desk.app import Options, run
from patrol_desk.app.scenes import SCENES, Scene
from patrol_desk.app.stage import Stage
from patrol_desk.app.stations import Stations
from patrol_desk.common.clock import FixedClock
from patrol_desk.services.station import Station
from patrol_desk.ui.i18n import words
from patrol_desk.ui.shell.window import Window
from tests.helpers.desk import NOON, copy_station
from tests.helpers.stations import key_source
from tests.ui.audit.longer import longer, render_longer, speak_longer
from tests.ui.audit.reading import (
    cut,
    disorder,
    faint,
    nameless,
    ringless,
    scope_of,
    stops_of,
    told,
    walk,
    without_role,
)
from tests.ui.audit.sizes import LOW_SCREEN

pytestmark = pytest.mark.first

LARGEST = 1.3
MARKED = {
    "demand_grid", "free_people", "map_points", "members", "person_grid", "roster_grid", "squad_grid", "today_duty",
    "today_gaps", "year_view",
}  # fmt: skip
"""Tables and boards that frame the cell, row or card they stand on, with the focus or without, in sight or not."""

OF_A_POST = "map_fill"
"""On the card of a post with a gap: on the map Tab goes from post to post, and the card changes with it."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found, and which controls were seen with the focus before."""

    faults: list[str]
    ringed: set[str]


async def look(stage: Stage, scene: Scene, audit: Audit) -> None:
    """Find what is wrong with what stands there."""
    scope = scope_of(stage)
    stops = stops_of(scope)
    found = [f"no name: {each}" for each in nameless(stops)]
    found += [f"no role: {each}" for each in without_role(stops)]
    found += [f"cut: {each}" for each in cut(scope)]
    found += [f"faint: {each}" for each in faint(scope.window(), scope)]
    found += [f"no ring: {each}" for each in rings(stage, stops, audit.ringed)]
    audit.faults.extend(f"{scene.name}: {each}" for each in found)


def rings(stage: Stage, stops: list[QWidget], known: set[str]) -> Iterator[str]:
    """Yield the controls whose focus cannot be seen."""
    shown = [stop for stop in stops if stop.objectName() not in MARKED]
    yield from ringless(stage, shown, known)


async def go_round(stage: Stage, scene: Scene, audit: Audit) -> None:
    """Find what Tab does not reach, and where it goes against the order of reading."""
    stops = stops_of(scope_of(stage))
    way = walk(stage, stops)
    back = walk(stage, stops, Qt.Key.Key_Backtab)
    found = [f"order: {each}" for each in disorder(way)]
    found += [
        f"not reached: {told(stop)}"
        for stop in stops
        if isValid(stop)
        and stop.isVisible()
        and stop.isEnabled()
        and stop not in way
        and stop not in back
        and stop.objectName() != OF_A_POST
    ]
    audit.faults.extend(f"{scene.name}: {each}" for each in found)


Look = Callable[[Stage, Scene, Audit], object]


@contextmanager
def english(window: Window) -> Iterator[None]:
    """Speak English."""
    window.use_language("en")
    yield


@contextmanager
def longer_words(window: Window) -> Iterator[None]:
    """Speak English with every text two fifths longer for a while."""
    application, patched = QApplication.instance(), pytest.MonkeyPatch()
    assert isinstance(application, QApplication)
    window.use_language("en")
    translator = speak_longer(application)
    patched.setattr(words, "render", render_longer)
    try:
        yield
    finally:
        patched.undo()
        application.removeTranslator(translator)


def play(path: Path, folder: Path, look_at: Look, theme: str, scale: float = 1.0) -> list[str]:
    """Play every scene in one window of one look and return the faults, each once."""
    audit = Audit([], set())

    async def script(window: Window) -> None:
        window.resize(*LOW_SCREEN)
        stage = Stage(window)
        stations = Stations(stage, path, lambda: Station.open(path, key_source(path), clock=FixedClock(NOON)))
        window.theme.use(name=theme, scale=scale)
        with longer_words(window) if scale == 1.0 else english(window):
            for scene in SCENES:
                await stations.open_for(scene)
                await scene.act(stage)
                await stage.settled()
                held = QApplication.focusWidget()
                await look_at(stage, scene, audit)  # type: ignore[misc]  # a coroutine
                if held is not None and isValid(held) and held.isVisible():
                    held.setFocus()
                if scene.dialog:
                    stage.keys("Esc")
                    await stage.settled()

    run(Options(settings=folder / "desk.ini", compact=True, bare=True), script)
    once = {fault.partition(": ")[2]: fault for fault in reversed(audit.faults)}
    return sorted(once.values())


def test_every_page_and_dialog_holds_longer_words(qapp: QApplication, sample_station: Path, tmp_path: Path) -> None:
    """In the dark look: names, roles, contrast, words two fifths longer, the focus, and the way of Tab."""
    del qapp

    async def both(stage: Stage, scene: Scene, audit: Audit) -> None:
        await look(stage, scene, audit)
        await go_round(stage, scene, audit)

    faults = play(copy_station(sample_station, tmp_path), tmp_path, both, "dark")
    assert not faults, "\n".join(faults)


def test_every_page_and_dialog_holds_larger_text(qapp: QApplication, sample_station: Path, tmp_path: Path) -> None:
    """In the light look, at the largest text: contrast, words that fit, the focus."""
    del qapp
    faults = play(copy_station(sample_station, tmp_path), tmp_path, look, "light", LARGEST)
    assert not faults, "\n".join(faults)


def test_longer_words_are_longer() -> None:
    """By two fifths of what is said, with every placeholder kept; a mark of one character stays."""
    assert longer("{count} people") == "{count} peopleer"
    assert len(longer("Withdraw the certificate")) >= 1.4 * len("Withdraw the certificate") - 1
    assert longer("h") == "h"
