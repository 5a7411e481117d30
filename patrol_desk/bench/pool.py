"""Runs jobs in fresh processes, some at a time, within bounds of memory and time."""

import os
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Final

import psutil

from patrol_desk.bench.jobs import Job
from patrol_desk.common.progress import Cancelled

Row = dict[str, object]

Lane = tuple[int, ...]
"""The cores of one of several processes at a time; none: it is not held to any."""

MEMORY_MB: Final = 8_000
"""A run that holds more than this is ended: no peer may take the machine down."""

OVERTIME: Final = 600.0
"""Seconds beyond ten times what is expected of it after which a run counts as hung."""

POLL_SECONDS: Final = 0.5


@dataclass(slots=True)
class _Running:
    """One process under way."""

    job: Job
    process: SpawnProcess
    pipe: "Connection[None, Row]"
    lanes: list[Lane]
    began: float = field(default_factory=time.monotonic)


class Pool:
    """Runs jobs in order, as many at a time as there are lanes; every job has a process of its own.

    Parameters
    ----------
    work
        What a process does with its job; a function of a module.
    lanes
        How many processes at a time. With more than one each is held to its own share of the cores.
    keep
        Is handed each row as soon as it is there; one that holds ``failed`` says why there are no figures.
    cancelled
        Asked twice a second; once it says True what is running is ended and its rows are lost.
    memory_mb, overtime
        Most memory of one process; seconds beyond ten times the expected ones after which it is ended.
    """

    def __init__(
        self,
        work: Callable[[Job], Row],
        lanes: int,
        keep: Callable[[Job, Row], None],
        cancelled: Cancelled,
        *,
        memory_mb: float = MEMORY_MB,
        overtime: float = OVERTIME,
    ) -> None:
        self._work = work
        self._keep = keep
        self._cancelled = cancelled
        self._memory_mb = memory_mb
        self._overtime = overtime
        self._free = lanes_of(lanes)
        self._lanes = lanes
        self._running: list[_Running] = []

    def run(self, jobs: Sequence[Job], enough: Callable[[], bool] = lambda: False) -> bool:
        """Run the jobs; False when somebody stopped them.

        Parameters
        ----------
        jobs
            What to run.
        enough
            Once it says True no further job is begun; what runs is waited for.
        """
        waiting = list(jobs)
        try:
            while waiting or self._running:
                if self._cancelled():
                    return False
                if enough():
                    waiting.clear()
                while waiting and len(self._free) >= self._needs(waiting[0]):
                    self._start(waiting.pop(0))
                self._listen()
        finally:
            for running in self._running:
                _end(running.process)
        return True

    def _needs(self, job: Job) -> int:
        return min(job.cores, self._lanes)

    def _start(self, job: Job) -> None:
        context = get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        needs = self._needs(job)
        lanes, self._free = self._free[:needs], self._free[needs:]
        cores = tuple(core for lane in lanes for core in lane)
        process = context.Process(target=serve, args=(theirs, self._work, job, cores), name="bench")
        process.start()
        theirs.close()
        self._running.append(_Running(job, process, ours, lanes))

    def _listen(self) -> None:
        ready = connection.wait([running.pipe for running in self._running], POLL_SECONDS)
        for running in list(self._running):
            if running.pipe in ready:
                self._finish(running, _row_of(running))
            elif (reason := self._too_much(running)) is not None:
                _end(running.process)
                self._finish(running, {"failed": reason})

    def _finish(self, running: _Running, row: Row) -> None:
        running.process.join()
        running.pipe.close()
        self._running.remove(running)
        self._free += running.lanes
        self._keep(running.job, row)

    def _too_much(self, running: _Running) -> str | None:
        """Say what a process takes too much of."""
        held = 0.0
        with suppress(psutil.Error):  # it may just have ended, which the pipe tells next
            held = psutil.Process(running.process.pid).memory_info().rss / 1e6
        if held > self._memory_mb:
            return f"more than {self._memory_mb:.0f} MB"
        if time.monotonic() - running.began > 10 * running.job.expected_seconds + self._overtime:
            return "hung"
        return None


def lanes_of(count: int) -> list[Lane]:
    """Share the cores out among so many processes; one alone, or more than there are cores, is held to none."""
    cores = os.cpu_count() or 1
    if count == 1 or count > cores:
        return [()] * count
    return [tuple(range(lane, cores, count)) for lane in range(count)]


def serve(pipe: "Connection[Row, None]", work: Callable[[Job], Row], job: Job, cores: Lane) -> None:
    """Do one job and send its row; the entry point of the spawned process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the whole group; the parent ends its processes
    myself = psutil.Process()
    if cores and hasattr(myself, "cpu_affinity"):
        myself.cpu_affinity(list(cores))
    pipe.send(work(job))
    pipe.close()


def _row_of(running: _Running) -> Row:
    """Return what the process sent; one that ended without a row has told why on its standard error."""
    try:
        return running.pipe.recv()
    except EOFError:
        running.process.join()
        return {"failed": f"exit code {running.process.exitcode}"}


def _end(process: SpawnProcess) -> None:
    """End a process and what it has started."""
    with suppress(psutil.Error):  # it may have ended by itself
        for child in psutil.Process(process.pid).children(recursive=True):
            child.kill()
    process.kill()
    process.join()
