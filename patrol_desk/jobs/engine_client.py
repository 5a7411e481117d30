"""The engine in its own process, seen from the desk: start it, follow it, stop it, and keep the best plan whatever happens.

The process is started with "spawn" and reached through a pipe that a coroutine looks at every 50 ms: on Windows qasync's
loop serves neither asyncio's subprocesses nor pipes. The flow phase hears no stop sign; then the process is ended after
half a second and the best plan it had sent is what counts.
"""

import asyncio
import multiprocessing
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Final

from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.engine import worker
from patrol_desk.engine.options import Progress, SolveOptions
from patrol_desk.engine.plan import Plan, SolveResult
from patrol_desk.engine.problem import Problem

POLL_SECONDS: Final = 0.05
GRACE_SECONDS: Final = 0.3
"""How long a process that was asked to stop may take before it is ended: with the poll less than half a second."""


class EngineError(PatrolError):
    """The engine's process ended without a result.

    Parameters
    ----------
    message
        The sentence for the user.
    plan
        The best plan it had sent; it keeps all rules. None when there was none.
    """

    def __init__(self, message: Message, plan: Plan | None = None) -> None:
        super().__init__(message)
        self.plan = plan


class _State(Enum):
    RUNNING = 0
    DONE = 1


@dataclass(slots=True, eq=False)
class _Follow:
    """What is known of the run so far."""

    plan: Plan | None = None
    result: SolveResult | None = None
    fault: Message | None = None
    crash: str | None = None
    first_plan: float = -1.0


class EngineRun:
    """One run of the engine in its own process.

    Parameters
    ----------
    problem, options
        What to solve and how long.
    on_progress
        Is told each line that arrives, in the thread that polls.
    """

    def __init__(
        self, problem: Problem, options: SolveOptions, on_progress: Callable[[Progress], None] | None = None
    ) -> None:
        self._tell = on_progress
        self._problem = problem
        self._options = options
        self._follow = _Follow()
        self._stop_at: float | None = None
        self._began = time.perf_counter()
        context = multiprocessing.get_context("spawn")
        self._pipe, far_end = context.Pipe()
        self._process: SpawnProcess = context.Process(
            target=worker.serve, args=(far_end,), name="patrol-desk-engine", daemon=True
        )
        self._process.start()
        far_end.close()
        # The pipe holds less than a problem: sending would wait until the child has started.
        self._sender = threading.Thread(target=_send, args=(self._pipe, (problem, options)), daemon=True)
        self._sender.start()

    @property
    def pid(self) -> int | None:
        """Number of the engine's process."""
        return self._process.pid

    def cancel(self) -> None:
        """Ask the engine to stop; at most half a second later the run is over."""
        if self._stop_at is None:
            self._stop_at = time.perf_counter()
            if not self._sender.is_alive():
                _send(self._pipe, worker.STOP)

    async def wait(self) -> SolveResult:
        """Follow the run to its end.

        A cancelled task ends the process before the cancellation goes on.

        Raises
        ------
        EngineError
            The process died, failed, or was stopped before its first plan; the best plan so far is in it.
        """
        try:
            while self._step() is _State.RUNNING:
                await asyncio.sleep(POLL_SECONDS)
        finally:
            self.close()
        return self._outcome()

    def wait_blocking(self, stop: Callable[[], bool] | None = None) -> SolveResult:
        """Follow the run to its end without an event loop; `stop` is asked at each look. Raises as `wait`."""
        try:
            while self._step() is _State.RUNNING:
                if stop is not None and stop():
                    self.cancel()
                self._pipe.poll(POLL_SECONDS)
        finally:
            self.close()
        return self._outcome()

    def close(self) -> None:
        """End the process if it still runs, and let go of the pipe."""
        if self._process.is_alive():
            if self._follow.result is None:
                self._process.terminate()
            self._process.join(GRACE_SECONDS)
        if self._process.is_alive():
            self._process.kill()
        self._process.join()
        self._sender.join()
        self._pipe.close()

    def _step(self) -> _State:
        """Read what has arrived and say whether the run goes on."""
        alive = self._process.is_alive()  # Asked before reading: what a dying process has sent is still read.
        over = self._read()
        if over or not alive:
            return _State.DONE
        if self._stop_at is not None and time.perf_counter() - self._stop_at > GRACE_SECONDS:
            return _State.DONE
        return _State.RUNNING

    def _read(self) -> bool:
        """Take in all that has arrived; return whether the run is over."""
        try:
            while self._pipe.poll():
                kind, what = self._pipe.recv()
                if self._take(kind, what):
                    return True
        except (EOFError, OSError):
            return True
        return False

    def _take(self, kind: str, what: object) -> bool:
        """Take in one thing; return whether it is the last."""
        follow = self._follow
        if isinstance(what, Progress):
            if what.plan is not None:
                follow.plan = what.plan
                if follow.first_plan < 0:
                    follow.first_plan = time.perf_counter() - self._began
            if self._tell is not None:
                self._tell(what)
        elif isinstance(what, SolveResult):
            follow.result = what
        elif isinstance(what, Message):
            follow.fault = what
        else:
            follow.crash = str(what)
        return kind != worker.PROGRESS

    def _outcome(self) -> SolveResult:
        follow = self._follow
        if follow.result is not None:
            return replace(follow.result, figures=replace(follow.result.figures, **self._times()))
        if follow.fault is not None:
            raise EngineError(follow.fault, follow.plan)
        if follow.crash is not None:
            raise EngineError(Message("engine.child_failed", {"kind": follow.crash}), follow.plan)
        if self._stop_at is not None:
            if follow.plan is None:
                raise EngineError(Message("engine.stopped_early"))
            return self._from_plan(follow.plan)
        code = "engine.child_died" if follow.plan is not None else "engine.child_died_early"
        raise EngineError(Message(code, {"code": self._process.exitcode}), follow.plan)

    def _times(self) -> dict[str, float]:
        """Return the times as the user feels them, start of the process included."""
        return {"seconds": time.perf_counter() - self._began, "first_plan_seconds": self._follow.first_plan}

    def _from_plan(self, plan: Plan) -> SolveResult:
        """Return the result of a run that was ended: its last plan, and bounds of nothing."""
        from patrol_desk.engine.figures import RunFacts, unproven  # lazy: few runs end like this

        return unproven(self._problem, plan, RunFacts(**self._times(), seed=self._options.seed, stopped="user"))


def _send(pipe: Connection, what: object) -> None:
    """Send, unless the process is gone already: then the next look finds that out."""
    try:
        pipe.send(what)
    except OSError:
        return


async def run(
    problem: Problem, options: SolveOptions, on_progress: Callable[[Progress], None] | None = None
) -> SolveResult:
    """Solve in a process of its own; cancelling the task ends the process. Raises `EngineError` as `EngineRun.wait`."""
    return await EngineRun(problem, options, on_progress).wait()


def run_blocking(
    problem: Problem,
    options: SolveOptions,
    on_progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> SolveResult:
    """Solve in a process of its own and wait for it; for the command line.

    Parameters
    ----------
    problem, options
        What to solve and how long.
    on_progress
        Is told each line of progress.
    stop
        Is asked every 50 ms; once it says True the best plan is returned within half a second.

    Raises
    ------
    EngineError
        The process died or failed, or was stopped before its first plan; the best plan so far is in it.
    """
    return EngineRun(problem, options, on_progress).wait_blocking(stop)
