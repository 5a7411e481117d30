"""The engine's own process: a problem comes in by a pipe, progress and the result go out by it."""

import threading
from multiprocessing.connection import Connection

from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.engine.options import Progress, SolveOptions
from patrol_desk.engine.plan import SolveResult
from patrol_desk.engine.problem import Problem

STOP = "stop"
"""What the parent sends to end the search with the best plan so far."""

Line = Progress | SolveResult | Message
"""What the child sends: progress, then the result or the sentence that says why there is none."""


Order = tuple[Problem, SolveOptions]
"""What the parent sends first: what to solve and how."""


def serve(pipe: "Connection[Line, Order | str]") -> None:
    """Solve one problem and send what happens; the entry point of the spawned process.

    The problem comes by the pipe and not with the call: a system that hands a call's values to a process which dies
    while it starts would wait for it for ever.

    Parameters
    ----------
    pipe
        The child's end. The order comes first; "stop", or the parent's end being closed, ends the search.
    """
    try:
        order = pipe.recv()
    except (EOFError, OSError):
        return  # the parent is gone; nobody is left to tell
    assert not isinstance(order, str)
    problem, options = order
    asked = threading.Event()
    listener = threading.Thread(target=_listen, args=(pipe, asked), name="engine-stop", daemon=True)
    listener.start()
    try:
        from patrol_desk.engine.solve import solve

        _send(pipe, solve(problem, options, lambda step: _send(pipe, step), asked.is_set))
    except PatrolError as error:
        _send(pipe, error.message)
    except MemoryError:
        _send(pipe, Message("engine.out_of_memory"))


def _listen(pipe: "Connection[Line, Order | str]", asked: threading.Event) -> None:
    """Wait for "stop"; a parent that is gone counts as one."""
    try:
        pipe.recv()
    except (EOFError, OSError):
        asked.set()
    asked.set()


def _send(pipe: "Connection[Line, Order | str]", line: Line) -> None:
    try:
        pipe.send(line)
    except (BrokenPipeError, ConnectionResetError):
        raise SystemExit(1) from None  # the parent is gone; nobody is left to tell
