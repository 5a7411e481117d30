"""The engine in a process of its own: problem in through a pipe, progress lines and the result out.

The other end is `jobs.engine_client`. What goes through the pipe: to the child ``STOP``; from the child
``(PROGRESS, Progress)``, then one of ``(RESULT, SolveResult)``, ``(FAULT, Message)`` and ``(CRASH, name of the error)``.
"""

import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Final

from patrol_desk.common.errors import PatrolError
from patrol_desk.engine.options import Progress, SolveOptions
from patrol_desk.engine.problem import Problem

STOP: Final = "stop"
PROGRESS: Final = "progress"
RESULT: Final = "result"
FAULT: Final = "fault"
CRASH: Final = "crash"

LEAST_PAUSE: Final = 0.1
"""Seconds at least between two lines of the same kind, so that the pipe never fills."""


def serve(pipe: Connection) -> None:
    """Solve what comes through the pipe, tell of it, and end.

    Parameters
    ----------
    pipe
        The child's end; a pair (`Problem`, `SolveOptions`) is sent first.
    """
    stop = threading.Event()
    try:
        problem, options = pipe.recv()
        threading.Thread(target=_listen, args=(pipe, stop), name="engine-stop", daemon=True).start()
        answer = _answer(problem, options, pipe, stop)
    except MemoryError:
        answer = (CRASH, "MemoryError")
    except (EOFError, OSError):
        return  # Nobody is there any more to solve for.
    _send(pipe, answer)


def _answer(problem: Problem, options: SolveOptions, pipe: Connection, stop: threading.Event) -> tuple[str, object]:
    from patrol_desk.engine.solve import solve  # lazy: numba and the kernels load in the child only

    speaker = _Speaker(pipe, stop)
    try:
        return RESULT, solve(problem, options, speaker.tell, stop.is_set)
    except PatrolError as error:
        return FAULT, error.message
    except (ArithmeticError, LookupError, TypeError, ValueError, RuntimeError) as error:
        return CRASH, type(error).__name__


def _listen(pipe: Connection, stop: threading.Event) -> None:
    """Wait for "stop", or for the desk to be gone."""
    with suppress(EOFError, OSError):
        pipe.recv()
    stop.set()


def _send(pipe: Connection, what: tuple[str, object]) -> bool:
    """Send, unless the desk is gone; say whether it was sent."""
    try:
        pipe.send(what)
    except OSError:
        return False
    return True


class _Speaker:
    """Passes progress on, not too often."""

    def __init__(self, pipe: Connection, stop: threading.Event) -> None:
        self._pipe = pipe
        self._stop = stop
        self._last = float("-inf")
        self._kind = ""

    def tell(self, line: Progress) -> None:
        """Send a line when it is of a new kind, or the last one is long enough ago."""
        kind = f"{line.message.code} {line.plan is not None}"
        if kind == self._kind and line.seconds - self._last < LEAST_PAUSE:
            return
        self._last, self._kind = line.seconds, kind
        if not _send(self._pipe, (PROGRESS, line)):
            self._stop.set()
