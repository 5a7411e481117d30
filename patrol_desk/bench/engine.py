"""How good plans are against their proven bounds and against peers, family by family."""

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from patrol_desk.bench.jobs import EngineOptions, Job, plan_runs
from patrol_desk.bench.kept import KeptRows
from patrol_desk.bench.machine import machine_facts
from patrol_desk.bench.measuring import measure
from patrol_desk.bench.pool import Pool
from patrol_desk.bench.summary import faults, judgements, numbers, slope, summaries
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Cancelled, Progress, never_cancelled, no_progress

Row = dict[str, object]

GROWING: Final = ("seconds", "cpu_seconds", "peak_mb", "gap", "gap_rest")
"""Figures whose growth with the size is told."""


def bench_engine(
    options: EngineOptions,
    rows: Path,
    *,
    minutes: float | None = None,
    progress: Progress = no_progress,
    cancelled: Cancelled = never_cancelled,
) -> dict[str, object]:
    """Solve every family with some seeds and return the figures of each run, their median, their worst and the bars.

    Every plan is judged by the independent checker, bounds included. Each run has a process of its own, so that its
    memory is its own; compiled code is loaded before the clock starts. Peers on the same instances in the same run:
    the solver's compiled greedy, the sample's plain one, plain CP-SAT and Timefold.

    Parameters
    ----------
    options
        What to run.
    rows
        Where rows are kept; what an earlier run has left there is not run again.
    minutes
        Begin no further run after so many.
    progress
        Told before each run, with the time that is left.
    cancelled
        Once it says True what is under way is given up; what there is comes back.

    Returns
    -------
    dict
        ``faults`` names the rows that prove a fault of the engine or of a peer: nothing is well while it is not empty.
    """
    kept = KeptRows(rows)
    jobs = plan_runs(options)
    waiting = [job for job in jobs if job.key not in kept.rows]
    if waiting:
        _warm()
    told = _Told(waiting, len(jobs), progress)

    def keep(job: Job, row: Row) -> None:
        kept.add(job, row)
        told.ended(job)

    pool = Pool(measure, options.jobs, keep, cancelled)
    told.tell()
    whole = pool.run(waiting, told.later_than(minutes))
    found = [kept.rows[job.key] for job in jobs if job.key in kept.rows]
    return report(options, found) | {"complete": whole and len(found) == len(jobs), "rows_file": str(rows)}


def report(options: EngineOptions, rows: Sequence[Row]) -> dict[str, object]:
    """Return everything that is told of some rows, ready for JSON."""
    summed = summaries(rows)
    return {
        "bench": "engine",
        "options": asdict(options),
        "machine": machine_facts(),
        "summaries": [asdict(summary) for summary in summed],
        "bars": [{**asdict(judgement), "verdict": judgement.verdict} for judgement in judgements(summed)],
        "growth": growth([row for row in rows if row["kind"] == "growth"]),
        "faults": faults(rows),
        "rows": list(rows),
    }


def growth(rows: Sequence[Mapping[str, object]]) -> dict[str, float | None]:
    """Return, per figure, the exponent with which it grows in the number of people."""
    usable = [row for row in rows if "failed" not in row]
    sizes = numbers(usable, "people")
    return {
        name: _rounded(slope(sizes, values)) for name in GROWING if len(values := numbers(usable, name)) == len(sizes)
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _warm() -> None:
    """Compile every kernel before the first clock starts, in a process that is gone afterwards."""
    from patrol_desk.engine.warm import warm

    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        pool.submit(warm).result()


class _Told:
    """Tells how far a bench is, and guesses how long it still takes.

    Parameters
    ----------
    waiting, whole
        The jobs to run, and how many there are with those of earlier.
    progress
        Whom to tell.
    """

    def __init__(self, waiting: Sequence[Job], whole: int, progress: Progress) -> None:
        self._progress = progress
        self._whole = whole
        self._done = whole - len(waiting)
        self._expected = sum(job.expected_seconds * job.cores for job in waiting)
        self._behind = 0.0
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        """Since the first run began."""
        return time.monotonic() - self._began

    def later_than(self, minutes: float | None) -> Callable[[], bool]:
        """Return what says whether so many minutes are over."""
        return lambda: minutes is not None and self.seconds >= minutes * 60

    def ended(self, job: Job) -> None:
        """Take note that a job is done, and tell."""
        self._done += 1
        self._behind += job.expected_seconds * job.cores
        self.tell(job)

    def tell(self, job: Job | None = None) -> None:
        """Tell how much is done and left; before the first job has ended nothing is guessed."""
        if job is None:
            self._progress(Message("bench.engine_begins"), self._done, self._whole)
            return
        left = self.seconds / self._behind * (self._expected - self._behind)
        what = {"family": job.family, "seed": job.seed, "kind": job.kind, "minutes": round(left / 60, 1)}
        self._progress(Message("bench.engine", what), self._done, self._whole)
