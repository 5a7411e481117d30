"""The engine's bench judges every run by the checker, goes on where it stopped, and writes down what it found."""

import json
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from patrol_desk.bench.engine import bench_engine, report
from patrol_desk.bench.jobs import GROWTH_SIZES, PEERS, EngineOptions, plan_runs
from patrol_desk.bench.kept import KeptRows
from patrol_desk.bench.publishing import engine_options, new_rows_file, publish, run_and_publish
from patrol_desk.bench.tables import engine_text
from patrol_desk.common.clock import FixedClock
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.messages.render import render
from patrol_desk.samples.problems import FAMILIES

DOCUMENT = Path(__file__).parents[2] / "docs" / "bench.md"

SMALL = EngineOptions(
    families=("small",), seeds=1, moves=2_000, scale=0.2, peers=("cpsat",), peer_seconds=1.0, growth=(200, 400), jobs=2
)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """Return the file of rows and the report of one small run."""
    rows = tmp_path_factory.mktemp("bench") / "rows.jsonl"
    return rows, bench_engine(SMALL, rows)


def rows_of(found: Mapping[str, object], kind: str) -> list[dict[str, Any]]:
    """Return the rows of a kind."""
    rows = found["rows"]
    assert isinstance(rows, list)
    return [row for row in rows if row["kind"] == kind]


def test_the_figures_are_the_checkers_and_can_be_written_down(measured: tuple[Path, dict[str, Any]]) -> None:
    """No rule broken, no figure in dispute, nobody free; bounds on the right side of what they bound."""
    found = json.loads(json.dumps(measured[1]))
    assert (found["faults"], found["complete"]) == ([], True)
    for row in rows_of(found, "solver") + rows_of(found, "growth"):
        assert (row["violations"], row["figures_differ"], row["free_candidates"]) == (0, 0, 0)
        assert row["shortage"] >= row["shortage_bound"]
        assert row["tier_points"] >= row["tier_bound"]
        assert row["cost"] >= row["cost_bound"]
        assert row["gaps_explained"] == 1
        assert row["peak_mb"] > 50
    (summary,) = found["summaries"]
    assert summary["worst"]["cost_over_greedy"] <= 1
    assert summary["worst"]["tier_over_greedy"] <= 1


def test_peers_are_judged_by_the_same_checker(measured: tuple[Path, dict[str, Any]]) -> None:
    """The greedies come with the instance, CP-SAT in a run of its own; none may break a rule."""
    (instance,), (cpsat,) = rows_of(measured[1], "instance"), rows_of(measured[1], "cpsat")
    assert instance["greedy_violations"] == instance["plain_greedy_violations"] == cpsat["violations"] == 0
    assert instance["people"] == 120
    assert instance["ratio"] > 0.5
    assert cpsat["cost"] >= rows_of(measured[1], "solver")[0]["cost_bound"]
    assert cpsat["booleans"] > 0


def test_growth_is_told_by_size(measured: tuple[Path, dict[str, Any]]) -> None:
    """One run a size, and an exponent for each figure."""
    found = measured[1]
    assert [row["people"] for row in rows_of(found, "growth")] == [200, 400]
    growth = found["growth"]
    assert isinstance(growth, dict)
    assert growth["peak_mb"] is not None


def test_what_is_done_is_not_done_again(measured: tuple[Path, dict[str, Any]]) -> None:
    """A second run over the same rows starts no process and says the same."""
    rows, found = measured
    before = rows.read_bytes()
    told: list[tuple[Message, int, int]] = []
    again = bench_engine(SMALL, rows, progress=lambda what, done, total: told.append((what, done, total)))
    assert again == found
    assert rows.read_bytes() == before
    assert [(done, total) for _, done, total in told] == [(5, 5)]


def test_a_stop_keeps_what_there_is(measured: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    """Rows of before the stop come back; the report says that it is not complete. So with a bound of minutes."""
    rows = tmp_path / "rows.jsonl"
    shutil.copy(measured[0], rows)
    more = EngineOptions(families=("small",), seeds=2, moves=2_000, scale=0.2, peers=(), growth=())
    stopped = bench_engine(more, rows, cancelled=lambda: True)
    assert (stopped["complete"], len(rows_of(stopped, "solver"))) == (False, 1)
    assert bench_engine(more, rows, minutes=0)["complete"] is False


def test_progress_tells_the_time_that_is_left(tmp_path: Path) -> None:
    """After each run: which, how many of how many, and about how long."""
    told: list[tuple[Message, int, int]] = []
    options = EngineOptions(families=("small",), seeds=1, moves=500, scale=0.1, peers=(), growth=())
    bench_engine(options, tmp_path / "r.jsonl", progress=lambda what, done, total: told.append((what, done, total)))
    assert [(done, total) for _, done, total in told] == [(0, 2), (1, 2), (2, 2)]
    assert "about 0.0 minutes" in render(told[-1][0], "en")
    assert "small" in render(told[1][0], "zh")


def test_tables_and_history_are_written_into_the_document(
    measured: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    """The marked sections are filled anew each time; each publishing adds one file of history."""
    document = tmp_path / "bench.md"
    shutil.copy(DOCUMENT, document)
    clock = FixedClock(datetime(2026, 11, 28, tzinfo=UTC))
    publish(document, measured[1], clock)
    once = document.read_text(encoding="utf-8")
    publish(document, {**measured[1], "complete": False}, clock)
    twice = document.read_text(encoding="utf-8")
    assert sorted(path.name for path in (tmp_path / "history").iterdir()) == [
        "engine-2026-11-28-2.json", "engine-2026-11-28.json",
    ]  # fmt: skip
    assert "Not measured yet" not in once
    assert "| small | default | 1 |" in once
    assert "stopped before its end" in twice
    assert "stopped before its end" not in once
    assert twice.count("### Runs") == once.count("### Runs") == 1
    (row,) = rows_of(measured[1], "solver")
    assert f"{row['gap']:.2%} / {row['gap']:.2%}" in once
    kept = json.loads((tmp_path / "history" / "engine-2026-11-28.json").read_text(encoding="utf-8"))
    assert kept["summaries"][0]["median"]["gap"] == row["gap"]
    assert "rows" not in kept


def test_reached_bars_stand_together_and_missed_ones_apart(measured: tuple[Path, dict[str, Any]]) -> None:
    """A missed bar has a row of its own with its verdict; the reached ones of a figure share one."""
    found = measured[1]
    bars = [
        bar | {"family": family, "limit": limit, "worst": worst, "verdict": verdict}
        for bar in found["bars"]
        if bar["bar"]["figure"] == "violations"
        for family, limit, worst, verdict in (
            ("small", None, 0.0, "reached"),
            ("large", 30.0, 0.0, "reached"),
            ("large", 60.0, 0.0, "reached"),
            ("slack", 15.0, 2.0, "not reached"),
        )
    ]
    text = engine_text({**found, "bars": bars})
    assert "3 of 4 reached by every seed" in text
    assert "| violations | slack, 15 s | ≤ 0 | 0 | 2 | not reached |" in text
    assert "| violations | ≤ 0 | 0 | small, large (30 s, 60 s) |" in text
    assert "Not by every seed" not in engine_text({**found, "bars": bars[:3]})


def test_a_gap_without_a_bound_is_told_as_such(measured: tuple[Path, dict[str, Any]]) -> None:
    """A run that had no time for a bound shows no percentage of a thousand digits."""
    found = measured[1]
    (summary,) = found["summaries"]
    huge = {**summary, "worst": {**summary["worst"], "gap": 3.6e7, "tier_ratio": 2.8e7}}
    text = engine_text({**found, "summaries": [huge]})
    assert text.count("/ unproven") == 2


def test_a_document_without_the_section_is_refused(measured: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    """Nothing is written anywhere."""
    document = tmp_path / "notes.md"
    document.write_text("nothing here", encoding="utf-8")
    with pytest.raises(InvalidDataError) as caught:
        publish(document, measured[1], FixedClock(datetime(2026, 11, 28, tzinfo=UTC)))
    assert "engine" in render(caught.value.message, "en")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.md"]


def test_the_command_line_s_options_become_the_bench_s(measured: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    """What is left out takes the default; a named document is written."""
    document = tmp_path / "bench.md"
    shutil.copy(DOCUMENT, document)
    given = {
        "families": ("small",), "seeds": 1, "seeds_of": {}, "moves": 2_000, "time_limit": None, "scale": 0.2, "jobs": 2,
        "peers": ("cpsat",), "peer_seconds": 1.0, "growth": (200, 400), "minutes": None, "rows": measured[0],
        "docs": document, "progress": lambda *_told: None, "cancelled": lambda: False,
    }  # fmt: skip
    assert engine_options(given) == SMALL
    assert engine_options({**given, "peers": None, "growth": None}).growth == GROWTH_SIZES
    assert engine_options({**given, "scale": None}).scale == 1.0
    assert run_and_publish(given)["faults"] == []
    assert "| small |" in document.read_text(encoding="utf-8")
    assert new_rows_file(FixedClock(datetime(2026, 11, 28, 21, 30, tzinfo=UTC))).name == "engine-20261128-213000.jsonl"


def test_a_run_without_figures_is_a_fault(tmp_path: Path) -> None:
    """The report names it, and its tables still can be written."""
    kept = KeptRows(tmp_path / "rows.jsonl")
    jobs = plan_runs(EngineOptions(families=("small",), seeds=1, peers=("cpsat",), growth=(200,)))
    for job in jobs:
        kept.add(job, {"failed": "exit code 1"})
    found = report(SMALL, list(kept.rows.values())) | {"complete": True}
    assert found["faults"] == [job.key for job in jobs if job.kind != "cpsat"]
    document = tmp_path / "bench.md"
    shutil.copy(DOCUMENT, document)
    publish(document, found, FixedClock(datetime(2026, 11, 28, tzinfo=UTC)))
    assert "failed runs: 3" in document.read_text(encoding="utf-8")


def test_every_family_is_run_seed_by_seed_under_its_limits() -> None:
    """Limits of the table, fewer seeds where asked for, peers on the first seed, growth after it."""
    jobs = plan_runs(EngineOptions(seeds=2, seeds_of={"large": 1}))
    solved = [(job.family, job.seed, job.limit) for job in jobs if job.kind == "solver"]
    assert [limit for name, seed, limit in solved if (name, seed) == ("large", 0)] == [30.0, 60.0]
    assert [limit for name, seed, limit in solved if (name, seed) == ("saturated", 1)] == [15.0, 30.0]
    assert ("large", 1, 30.0) not in solved
    assert {name for name, _, _ in solved} == set(FAMILIES)
    assert [seed for _, seed, _ in solved] == sorted(seed for _, seed, _ in solved)
    assert {(job.family, job.seed) for job in jobs if job.kind in PEERS} == {(name, 0) for name in FAMILIES}
    assert len({job.key for job in jobs}) == len(jobs)
    assert all(job.expected_seconds > 0 for job in jobs)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"families": ("none",)}, "rest_11h"),
        ({"seeds_of": {"none": 1}}, "rest_11h"),
        ({"seeds": 0}, "at least 1"),
        ({"seeds_of": {"large": 0}}, "at least 1"),
        ({"jobs": 0}, "at least 1"),
        ({"growth": (0,)}, "at least 1"),
        ({"peers": ("gurobi",)}, "timefold"),
    ],
)
def test_what_cannot_be_run_is_told(options: dict[str, Any], words: str) -> None:
    """What cannot be run is told."""
    with pytest.raises(InvalidDataError) as caught:
        EngineOptions(**options)
    assert words in render(caught.value.message, "en")
