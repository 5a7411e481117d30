"""The engine runs beside the desk: it reports, stops when asked, and its end is never the desk's."""

import asyncio
import pickle
import subprocess
import sys
from collections.abc import Callable
from multiprocessing import Pipe, spawn

import numpy as np
import psutil
import pytest

from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.engine import solve as solving
from patrol_desk.engine.options import Progress, SolveOptions
from patrol_desk.engine.plan import SolveResult
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.verify import check
from patrol_desk.engine.warm import warm
from patrol_desk.engine.worker import STOP, serve
from patrol_desk.jobs.engine_client import EngineLostError, run, run_blocking
from patrol_desk.jobs.engine_process import EngineProcess
from patrol_desk.samples.problems import tiny

ENDLESS = SolveOptions(seed=1, moves=2**40)
"""A search that only "stop" ends."""

PIPE_HOLDS = 2**16
"""Bytes that can be written to a pipe of which nobody reads."""


@pytest.fixture
def problem() -> Problem:
    """Give a small problem with something to search."""
    return tiny(3, people=12, shifts=8, checkpoints=4, groups=12)


def test_the_result_is_that_of_the_solver(problem: Problem) -> None:
    """Another process, the same plan; progress came on the way and the first of it with a plan."""
    lines: list[Progress] = []
    options = SolveOptions(seed=5, moves=2000)
    there = run_blocking(problem, options, lines.append)
    here = solving.solve(problem, options)
    assert there.plan.assignments.tolist() == here.plan.assignments.tolist()
    assert there.figures.cost == here.figures.cost
    assert any(line.plan is not None for line in lines)


def test_a_stop_keeps_the_best_plan(problem: Problem) -> None:
    """An endless search ends when asked, with a plan that keeps every rule and a proof that holds."""
    seen: list[Progress] = []
    result = run_blocking(problem, ENDLESS, seen.append, lambda: any(line.plan is not None for line in seen))
    report = check(problem, result.plan, result.certificate)
    assert result.figures.stopped == "user"
    assert [violation for violation in report.violations if not violation.locked] == []
    assert (report.shortage, report.cost) == (result.figures.shortage, result.figures.cost)
    assert report.shortage_bound is not None
    assert report.shortage_bound <= report.shortage


def test_a_loop_stays_awake(problem: Problem) -> None:
    """While the engine works, other tasks of the loop go on; then the result is there."""

    async def both() -> tuple[SolveResult, int]:
        ticks = 0

        async def tick() -> None:
            nonlocal ticks
            while True:
                ticks += 1
                await asyncio.sleep(0)

        ticking = asyncio.create_task(tick())
        result = await run(problem, SolveOptions(seed=1, moves=500))
        ticking.cancel()
        return result, ticks

    result, ticks = asyncio.run(both())
    assert result.figures.moves == 500
    assert ticks > 10


def test_a_stop_reaches_the_engine_from_a_loop(problem: Problem) -> None:
    """The coroutine returns the best plan as the waiting call does."""
    seen: list[Progress] = []
    result = asyncio.run(run(problem, ENDLESS, seen.append, lambda: bool(seen)))
    assert result.figures.stopped == "user"


def test_cancelling_the_task_ends_the_process(problem: Problem) -> None:
    """A window that closes leaves no engine behind."""

    async def cancelled() -> None:
        begun = asyncio.Event()
        task = asyncio.create_task(run(problem, ENDLESS, lambda _line: begun.set()))
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())
    assert [child for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())] == []


def wait_for(engine: EngineProcess, condition: Callable[[], bool]) -> SolveResult | None:
    """Listen until the condition holds or a result came."""
    while not condition():
        found = engine.listen(0.05)
        if found is not None:
            return found
    return None


def test_a_killed_engine_hands_over_its_best_plan(problem: Problem) -> None:
    """Out of memory or shot by the system: a sentence, and the best plan sent so far."""
    seen: list[Progress] = []
    engine = EngineProcess(problem, ENDLESS, seen.append)
    try:
        wait_for(engine, lambda: any(line.plan is not None for line in seen))
        psutil.Process(engine.pid).kill()
        with pytest.raises(EngineLostError) as lost:
            wait_for(engine, lambda: False)
    finally:
        engine.close()
    assert lost.value.message.code == "jobs.engine_lost"
    best = lost.value.best
    assert best is not None
    assert best.figures.stopped == "lost"
    assert [violation for violation in check(problem, best.plan).violations if not violation.locked] == []


def test_an_engine_killed_before_any_plan_has_none(problem: Problem) -> None:
    """Nothing is made up; asking a dead engine to stop is no fault."""
    engine = EngineProcess(problem, ENDLESS, lambda _line: None)
    psutil.Process(engine.pid).kill()
    engine.stop()
    engine.stop()
    try:
        with pytest.raises(EngineLostError) as lost:
            wait_for(engine, lambda: False)
    finally:
        engine.close()
    assert lost.value.best is None


def test_an_engine_that_dies_while_it_starts_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shot by a virus scanner before it could read its problem: a sentence, however much there was to read."""
    large = tiny(3, people=3000, shifts=8, checkpoints=4, groups=12)
    assert len(pickle.dumps(large)) > PIPE_HOLDS
    monkeypatch.setattr(spawn, "get_command_line", lambda **_handles: [sys.executable, "-c", "raise SystemExit(1)"])
    engine = EngineProcess(large, ENDLESS, lambda _line: None)
    try:
        with pytest.raises(EngineLostError) as lost:
            wait_for(engine, lambda: False)
    finally:
        engine.close()
    assert lost.value.best is None


class Ends:
    """A pipe's two ends in one process, and what the child's end was told."""

    def __init__(self, problem: Problem | None = None, options: SolveOptions | None = None) -> None:
        self.parent, self.child = Pipe()
        if problem is not None:
            self.parent.send((problem, options or SolveOptions()))

    def lines(self) -> list[object]:
        """Return everything that was sent."""
        found = []
        while self.parent.poll():
            found.append(self.parent.recv())
        return found


def test_the_child_sends_progress_and_result(problem: Problem) -> None:
    """The entry point itself: lines of progress, then the result."""
    ends = Ends(problem, SolveOptions(seed=1, moves=100))
    serve(ends.child)
    *progress, result = ends.lines()
    assert all(isinstance(line, Progress) for line in progress)
    assert isinstance(result, SolveResult)


@pytest.mark.parametrize(
    ("fault", "code"),
    [(MemoryError(), "engine.out_of_memory"), (PatrolError(Message("engine.bad_option")), "engine.bad_option")],
)
def test_the_child_says_why_there_is_no_result(
    fault: Exception, code: str, problem: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refusal or a lack of memory crosses the pipe as a sentence."""

    def fail(*_args: object) -> SolveResult:
        raise fault

    monkeypatch.setattr(solving, "solve", fail)
    ends = Ends(problem)
    serve(ends.child)
    (line,) = ends.lines()
    assert isinstance(line, Message)
    assert line.code == code


def test_a_child_whose_parent_is_gone_ends(problem: Problem) -> None:
    """Nobody listens any more: the process ends instead of searching on."""
    ends = Ends(problem, ENDLESS)
    ends.parent.close()
    with pytest.raises(SystemExit):
        serve(ends.child)


def test_a_child_whose_parent_was_gone_before_it_began_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an order there is nothing to do and nobody to tell."""
    solved = list[object]()
    monkeypatch.setattr(solving, "solve", solved.append)
    ends = Ends()
    ends.parent.close()
    serve(ends.child)
    assert not solved


def test_a_child_asked_before_it_began_stops_at_once(problem: Problem) -> None:
    """A stop that came first is not lost."""
    ends = Ends(problem, ENDLESS)
    ends.parent.send(STOP)
    serve(ends.child)
    result = ends.lines()[-1]
    assert isinstance(result, SolveResult)
    assert result.figures.stopped == "user"


def test_a_refusal_of_the_engine_is_raised_here(problem: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the child says in place of a result is the caller's error."""
    engine = EngineProcess(problem, SolveOptions(seed=1, moves=10), lambda _line: None)
    try:
        monkeypatch.setattr(engine._pipe.__class__, "recv", lambda _self: Message("engine.out_of_memory"))  # noqa: SLF001 - the pipe is what is broken here
        with pytest.raises(PatrolError) as refused:
            wait_for(engine, lambda: False)
    finally:
        monkeypatch.undo()
        engine.close()
    assert refused.value.message.code == "engine.out_of_memory"


def test_warming_compiles_everything() -> None:
    """It solves a real little problem; a second call finds it done."""
    assert warm() > 0
    assert np.isfinite(warm())


def test_warming_compiles_what_puts_a_plan_right() -> None:
    """The first drop-out and the first change in mid-week do not wait for the compiler."""
    script = (
        "from patrol_desk.engine.warm import warm; from patrol_desk.engine.repair import doubles, hunt, least; warm();"
        "kernels = hunt.hunt_seat, hunt.walk, hunt.walk_back, least.look_back, least._fill_one, doubles.find_doubles;"
        "print([kernel.__name__ for kernel in kernels if not kernel.signatures])"
    )
    assert subprocess.check_output([sys.executable, "-c", script], text=True).strip() == "[]"
