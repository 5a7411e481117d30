"""When Python looks for garbage: in the window's thread alone, little and often, and wholly only while nobody works.

A look in another thread could take a widget apart there, which Qt does not survive. A whole look over a township's
objects holds every thread for over 100 ms.
"""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

BEAT_MS = 250
"""Printing makes some hundred thousand objects a second; the window is held for those of one beat."""
IDLE_BEATS = 240
MANY = 200_000
"""Objects whose examination would be felt, at 0.3 ms a thousand: they are set aside until nobody works."""
OLDER_EVERY = 40


class Garbage(QObject):
    """Takes the collector over until `stop`.

    Parameters
    ----------
    busy
        Whether something is under way that somebody may be watching, such as a run: it is not held up for a whole look.
    """

    def __init__(self, busy: Callable[[], bool]) -> None:
        super().__init__()
        self._busy = busy
        self._was_on = gc.isenabled()
        self._seen: tuple[object, ...] = ()
        self._still = 0
        self._beats = 0
        self._passed = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.beat)
        self._timer.start(BEAT_MS)
        gc.disable()

    def settle(self) -> None:
        """Set aside everything there is now, so that later looks do not go through it again."""
        gc.freeze()

    def look(self) -> None:
        """Go through everything once, then set it aside."""
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def stop(self) -> None:
        """Give the collector back as it was."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_on:
            gc.enable()

    def beat(self) -> None:
        """Look a little, at each beat; wholly once nothing was touched and nothing ran for `IDLE_BEATS`."""
        self._look_a_little()
        now = (QCursor.pos().toTuple(), id(QApplication.focusWidget()))
        self._still = self._still + 1 if now == self._seen and not self._busy() else 0
        self._seen = now
        # Once: what comes up while nothing is touched is little, and goes with the small looks.
        if self._still == IDLE_BEATS:
            self.look()

    def _look_a_little(self) -> None:
        """Look at what is new, each time at the newest, now and then at what these looks have left as well."""
        self._beats += 1
        older = self._beats % OLDER_EVERY == 0
        new = gc.get_count()[0]
        self._passed += new
        if (self._passed if older else new) > MANY:
            gc.freeze()
        else:
            gc.collect(1 if older else 0)
        if older:
            self._passed = 0
