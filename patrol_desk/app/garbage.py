"""When Python looks for garbage: small looks often, the whole look only while nobody seems to work at the desk.

A whole look over a township's objects holds every thread for over 100 ms.
"""

import gc

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

IDLE_MS = 60_000
YOUNG = 20_000
NEVER = 1_000_000


class Garbage(QObject):
    """Takes the collector over until `stop`."""

    def __init__(self) -> None:
        super().__init__()
        self._before = gc.get_threshold()
        self._seen: tuple[object, ...] = ()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look_if_idle)
        self._timer.start(IDLE_MS)
        gc.set_threshold(YOUNG, 50, NEVER)

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
        gc.set_threshold(*self._before)

    def _look_if_idle(self) -> None:
        """Look when neither the pointer nor the focus has moved for a minute."""
        now = (QCursor.pos().toTuple(), id(QApplication.focusWidget()))
        if now == self._seen:
            self.look()
        self._seen = now
