"""When garbage is looked for: wholly only while nobody works, and once."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from patrol_desk.app.garbage import IDLE_BEATS, Garbage


class Knot:
    """Holds itself, so that only a look of the collector takes it."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def running() -> list[str]:
    """Return the names of what is under way."""
    return []


@pytest.fixture
def garbage(qapp: QApplication, running: list[str]) -> Iterator[Garbage]:
    """Return the collector taken over; given back afterwards."""
    del qapp
    made = Garbage(lambda: bool(running))
    yield made
    made.stop()
    made.deleteLater()


def set_aside(garbage: Garbage) -> "weakref.ref[Knot]":
    """Return what tells whether a knot is still there that small looks do not come upon."""
    knot = Knot()
    found = weakref.ref(knot)
    garbage.settle()
    return found


def beat(garbage: Garbage, times: int = IDLE_BEATS + 1) -> None:
    """Let so many beats go by in which nobody touches anything."""
    for _ in range(times):
        garbage.beat()


def test_a_run_is_not_held_up(garbage: Garbage, running: list[str]) -> None:
    """While something runs nothing is looked at wholly, however long; a minute after its end it is."""
    running.append("run")
    knot = set_aside(garbage)
    beat(garbage, 3 * IDLE_BEATS)
    assert knot() is not None
    running.clear()
    beat(garbage, IDLE_BEATS - 1)
    assert knot() is not None
    beat(garbage, 1)
    assert knot() is None


def test_who_stays_away_is_looked_after_once(garbage: Garbage, running: list[str]) -> None:
    """One whole look for each time that nobody works; the next one follows when something was done in between."""
    beat(garbage)
    knot = set_aside(garbage)
    beat(garbage, 3 * IDLE_BEATS)
    assert knot() is not None
    running.append("read")
    beat(garbage, 1)
    running.clear()
    beat(garbage)
    assert knot() is None


def test_small_looks_take_what_is_new(garbage: Garbage) -> None:
    """What came up and went since the last beat goes with the next ones."""
    knot = weakref.ref(Knot())
    garbage.beat()
    assert knot() is None
    garbage.stop()
    assert gc.isenabled()
