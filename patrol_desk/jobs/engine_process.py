"""The engine's process as its parent sees it: started, listened to, stopped, never waited for in vain."""

import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.engine.options import Progress, SolveOptions
from patrol_desk.engine.plan import Plan, SolveResult
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.worker import STOP, Line, Order, serve
from patrol_desk.jobs.unproven import unproven

GRACE_SECONDS = 0.3
"""How long the engine may finish after "stop" before its best plan is taken and its process ended."""


class EngineLostError(PatrolError):
    """The engine's process ended before it had a result.

    Parameters
    ----------
    message
        What happened.
    best
        The best plan it had sent, None when it had sent none.
    """

    def __init__(self, message: Message, best: SolveResult | None) -> None:
        super().__init__(message)
        self.best = best


class EngineProcess:
    """One solver run in a spawned process.

    Parameters
    ----------
    problem, options
        What to solve and how.
    on_progress
        Is told every line of progress, from `listen`.
    """

    def __init__(self, problem: Problem, options: SolveOptions, on_progress: Callable[[Progress], None]) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._pipe: Connection[Order | str, Line] = ours
        self._problem = problem
        self._options = options
        self._on_progress = on_progress
        self._began = time.perf_counter()
        self._stop_asked_at: float | None = None
        self._best: Plan | None = None
        self._last: Progress | None = None
        self._first_plan_seconds = 0.0
        self._process = context.Process(target=serve, args=(theirs,), name="engine", daemon=True)
        self._process.start()
        theirs.close()
        self._tell((problem, options))

    @property
    def pid(self) -> int | None:
        """Id of the process."""
        return self._process.pid

    def listen(self, seconds: float) -> SolveResult | None:
        """Take in what the engine has sent, waiting for the first line at most so long; return the result if it came.

        Raises
        ------
        EngineLostError
            The process ended without a result; its best plan comes with the error.
        PatrolError
            The engine refused the problem, or ran out of memory.
        """
        wait = seconds
        try:
            while self._pipe.poll(wait):
                found = self._take(self._pipe.recv())
                if found is not None:
                    return found
                wait = 0.0
        except (EOFError, OSError) as error:
            raise EngineLostError(Message("jobs.engine_lost"), self._taken("lost")) from error
        return self._overdue()

    def stop(self) -> None:
        """Ask the engine to end with its best plan; asking again changes nothing."""
        if self._stop_asked_at is not None:
            return
        self._stop_asked_at = time.perf_counter()
        self._tell(STOP)

    def close(self) -> None:
        """End the process, whatever it does, and give everything back."""
        self._pipe.close()
        self._process.join(GRACE_SECONDS if self._stop_asked_at is None else 0)
        if self._process.is_alive():
            self._process.kill()
        self._process.join()
        self._process.close()

    def _tell(self, what: Order | str) -> None:
        try:
            self._pipe.send(what)
        except (BrokenPipeError, ConnectionResetError):
            return  # it has ended; `listen` finds its last words, if it had any

    def _take(self, line: Line) -> SolveResult | None:
        if isinstance(line, SolveResult):
            return line
        if isinstance(line, Message):
            raise PatrolError(line)
        self._last = line
        if line.plan is not None:
            if self._best is None:
                self._first_plan_seconds = line.seconds
            self._best = line.plan
        self._on_progress(line)
        return None

    def _overdue(self) -> SolveResult | None:
        """Return the best plan when "stop" was asked for long enough ago, None otherwise."""
        if self._stop_asked_at is None or time.perf_counter() - self._stop_asked_at < GRACE_SECONDS:
            return None
        return self._taken("user")

    def _taken(self, why: str) -> SolveResult | None:
        """Return the best plan sent so far as a result without a proof."""
        if self._best is None:
            return None
        return unproven(
            self._problem,
            self._best,
            seed=self._options.seed,
            moves=self._last.moves if self._last else 0,
            seconds=time.perf_counter() - self._began,
            first_plan_seconds=self._first_plan_seconds,
            stopped=why,
        )
