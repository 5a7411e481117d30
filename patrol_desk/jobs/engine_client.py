"""Solving in the engine's own process: for a coroutine, and for a caller that waits."""

import asyncio
from collections.abc import Callable

from patrol_desk.common.progress import Cancelled, never_cancelled
from patrol_desk.engine.options import Progress, SolveOptions
from patrol_desk.engine.plan import SolveResult
from patrol_desk.engine.problem import Problem
from patrol_desk.jobs.engine_process import EngineLostError, EngineProcess

__all__ = ["EngineLostError", "run", "run_blocking"]

POLL_SECONDS = 0.05


async def run(
    problem: Problem,
    options: SolveOptions,
    on_progress: Callable[[Progress], None] | None = None,
    stop: Cancelled = never_cancelled,
) -> SolveResult:
    """Solve a problem without holding the event loop; cancelling the task ends the engine's process.

    Parameters
    ----------
    problem, options
        What to solve and how.
    on_progress
        Is told every line of progress, in the loop's thread.
    stop
        Once it says True the best plan so far is returned within half a second.

    Raises
    ------
    EngineLostError
        The process ended without a result; its best plan comes with the error.
    PatrolError
        The engine refused the problem, or ran out of memory.
    """
    engine = await _start(problem, options, on_progress or _silent)
    try:
        while True:
            found = engine.listen(0.0)
            if found is not None:
                return found
            if stop():
                engine.stop()
            await asyncio.sleep(POLL_SECONDS)
    finally:
        # The end of a process is waited for beside the loop, and to its end even when the task is cancelled.
        await asyncio.shield(asyncio.to_thread(engine.close))


async def _start(problem: Problem, options: SolveOptions, on_progress: Callable[[Progress], None]) -> EngineProcess:
    """Start the process in a thread: a problem is larger than a pipe, so starting waits half a second for the child."""
    starting = asyncio.ensure_future(asyncio.to_thread(EngineProcess, problem, options, on_progress))
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        (await starting).close()
        raise


def run_blocking(
    problem: Problem,
    options: SolveOptions,
    on_progress: Callable[[Progress], None] | None = None,
    stop: Cancelled = never_cancelled,
) -> SolveResult:
    """Solve a problem and wait for it; parameters and errors as for `run`."""
    engine = EngineProcess(problem, options, on_progress or _silent)
    try:
        while True:
            found = engine.listen(POLL_SECONDS)
            if found is not None:
                return found
            if stop():
                engine.stop()
    finally:
        engine.close()


def _silent(_line: Progress) -> None:
    """Tell nobody."""
