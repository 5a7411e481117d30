"""Runs of a bench have processes of their own, are stopped when asked, and take down nobody but themselves."""

import os

import pytest

from patrol_desk.bench.jobs import Job
from patrol_desk.bench.pool import Pool, lanes_of
from tests.helpers import bench_work

Row = dict[str, object]


def jobs(count: int, cores: int = 1) -> list[Job]:
    """Return some jobs that differ by their seed."""
    return [Job("solver", "small", seed, 0.1, cores=cores) for seed in range(count)]


def test_every_job_has_a_process_of_its_own() -> None:
    """Rows come from as many processes as there are jobs, none of them this one."""
    rows: dict[int, Row] = {}
    pool = Pool(bench_work.told, 2, lambda job, row: rows.update({job.seed: row}), lambda: False)
    assert pool.run(jobs(3))
    assert sorted(rows) == [0, 1, 2]
    assert len({row["pid"] for row in rows.values()} | {os.getpid()}) == 4


@pytest.mark.skipif(
    not hasattr(os, "sched_getaffinity") or (os.cpu_count() or 1) < 2, reason="needs two cores on Linux"
)
def test_two_at_a_time_are_held_to_their_share_and_one_that_needs_both_gets_both() -> None:
    """Two lanes share the cores out; a job of two cores takes both lanes."""
    rows: list[Row] = []
    assert Pool(bench_work.told, 2, lambda _job, row: rows.append(row), lambda: False).run(jobs(1) + jobs(1, cores=2))
    assert rows[0]["cores"] == list(lanes_of(2)[0])
    assert rows[1]["cores"] == sorted(core for lane in lanes_of(2) for core in lane)
    assert lanes_of(1) == [()]


def test_a_process_that_falls_over_is_a_failed_row_and_the_next_job_runs() -> None:
    """Its exit code is told; the others keep theirs."""
    rows: list[Row] = []
    assert Pool(bench_work.falls_over, 1, lambda _job, row: rows.append(row), lambda: False).run(jobs(3))
    assert rows == [{"seed": 0}, {"failed": "exit code 3"}, {"seed": 2}]


def test_a_stop_ends_what_runs() -> None:
    """A run that would never end is given up; its row is lost."""
    asked: list[bool] = []
    rows: list[Row] = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > 2

    assert not Pool(bench_work.never_ends, 1, lambda _job, row: rows.append(row), cancelled).run(jobs(2))
    assert rows == []


def test_too_much_memory_ends_a_run() -> None:
    """A run beyond its bound is a failed row that says so."""
    rows: list[Row] = []
    pool = Pool(bench_work.hoards, 1, lambda _job, row: rows.append(row), lambda: False, memory_mb=200)
    assert pool.run(jobs(1))
    assert rows == [{"failed": "more than 200 MB"}]


def test_a_run_that_hangs_is_ended() -> None:
    """A run far beyond what is expected of it is a failed row."""
    rows: list[Row] = []
    job = Job("solver", "small", 0, 0.001)
    pool = Pool(bench_work.never_ends, 1, lambda _job, row: rows.append(row), lambda: False, overtime=-29.0)
    assert pool.run([job])
    assert rows == [{"failed": "hung"}]


def test_enough_begins_no_further_run() -> None:
    """What runs is waited for, the rest is left."""
    rows: list[Row] = []
    pool = Pool(bench_work.told, 1, lambda _job, row: rows.append(row), lambda: False)
    assert pool.run(jobs(3), lambda: len(rows) >= 1)
    assert len(rows) == 1
