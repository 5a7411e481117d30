"""Watches the window's thread: how long it was held, and by what."""

import faulthandler
import re
import tempfile
import threading
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from PySide6.QtCore import Qt, QTimer

BEAT_MS = 5
LOOK_SECONDS = 0.01
_FRAME = re.compile(r'File "(?P<file>[^"]*)", line (?P<line>\d+) in (?P<name>\S+)')
_FRAMES = 6


@dataclass(frozen=True, slots=True)
class Stall:
    """A time in which the window could not answer.

    Parameters
    ----------
    seconds
        How long.
    during
        What the script was doing.
    where
        The innermost frames of the window's thread while it was held, outermost first.
    """

    seconds: float
    during: str
    where: tuple[str, ...]


class Watchdog:
    """Lets the event loop beat and looks on from another thread; use it as a context manager in the window's thread.

    Parameters
    ----------
    limit
        Seconds from which a pause of the loop counts as a stall.
    """

    def __init__(self, limit: float = 0.1) -> None:
        self.stalls: list[Stall] = []
        self.during = ""
        self.longest = 0.0
        self._limit = limit
        self._main = threading.get_ident()
        self._last = time.perf_counter()
        self._seen: tuple[str, ...] = ()
        self._over = threading.Event()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._thread = threading.Thread(target=self._look, name="patrol-desk-watchdog")

    def __enter__(self) -> Self:
        """Begin."""
        self._last = time.perf_counter()
        self._timer.start(BEAT_MS)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the thread."""
        self._timer.stop()
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        now = time.perf_counter()
        held = now - self._last
        self._last = now
        self.longest = max(self.longest, held)
        if held > self._limit:
            self.stalls.append(Stall(round(held, 3), self.during, self._seen))
        self._seen = ()

    def _look(self) -> None:
        while not self._over.wait(LOOK_SECONDS):
            if time.perf_counter() - self._last > self._limit * 0.6 and not self._seen:
                self._seen = _stack_of(self._main)


def _stack_of(thread: int) -> tuple[str, ...]:
    """Return the innermost frames of a thread, outermost first.

    They are written down by `faulthandler`, which makes no objects of them: a thread that runs on while its frames are
    walked as objects has ended the program.
    """
    with tempfile.TemporaryFile() as file:
        faulthandler.dump_traceback(file, all_threads=True)
        file.seek(0)
        blocks = file.read().decode("utf-8", "replace").split("\n\n")
    block = next((block for block in blocks if f"0x{thread:016x}" in block.partition("\n")[0]), "")
    frames = list(_FRAME.finditer(block))[:_FRAMES]
    return tuple(
        f"{frame['file'].rpartition('patrol_desk')[2]}:{frame['line']} {frame['name']}" for frame in reversed(frames)
    )
