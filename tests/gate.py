"""Every check in one go: ``python run.py test [--long] [pytest arguments]``.

Lint, format, types, then the tests on all cores, those of the layers below the window with branch coverage and its
floors. With pytest arguments only those tests run and coverage is left out. ``--long`` runs the full counts and writes
what ran to ``out/long.json``.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
# More workers than this only take memory from each other: each holds Qt, numpy and OR-Tools.
MOST_WORKERS = 4
# One more than there are cores: a test that waits for another process leaves its core to the next.
SPARE_WORKERS = 1
# Tests whose branches do not count: what a layer does is to be shown by its own tests, not by a page, a sheet
# or a bench that happened to come by. Counting costs half as much again as the test itself.
UNCOUNTED = ("app", "bench", "e2e", "printing", "samples", "test_gate", "ui")


@dataclass(frozen=True, slots=True)
class Tests:
    """What one run of pytest came to; durations in seconds by test."""

    passed: int
    failed: int
    skipped: int
    durations: Mapping[str, float]

    def __add__(self, other: "Tests") -> "Tests":
        """Return what two runs came to."""
        counts = (self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)
        return Tests(*counts, {**self.durations, **other.durations})


@dataclass(frozen=True, slots=True)
class Coverage:
    """Branches of one package, and the share of them (percent) which the tests must take."""

    package: str
    floor: float
    branches: int
    covered: int

    @property
    def percent(self) -> float:
        """Share of the branches taken; a package without code has none taken."""
        return 100 * self.covered / self.branches if self.branches else 0.0

    @property
    def holds(self) -> bool:
        """Tell whether the floor is reached."""
        return self.percent >= self.floor


@dataclass(slots=True)
class Steps:
    """The steps of the gate as they ran: name, seconds, and whether each passed."""

    done: list[tuple[str, float, bool]] = field(default_factory=list)

    def run(self, name: str, command: list[str], variables: Mapping[str, str] | None = None) -> bool:
        """Run one command to its end, show its output, and keep whether it passed."""
        say(f"== {name}")
        begun = time.monotonic()
        passed = not subprocess.call(command, cwd=ROOT, env=environment(variables or {}))
        self.done.append((name, time.monotonic() - begun, passed))
        return passed

    @contextmanager
    def beside(self, name: str, command: list[str]) -> Iterator[None]:
        """Run one command beside what is done meanwhile; its output is shown when both have ended."""
        begun = time.monotonic()
        options: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "env": environment({})}
        with subprocess.Popen(command, cwd=ROOT, **options) as running:
            with ThreadPoolExecutor(1) as pool:
                waited = pool.submit(lambda: (running.communicate()[0], time.monotonic() - begun))
                yield
            output, took = waited.result()
        say(f"== {name}")
        say(output.decode("utf-8", "replace").rstrip())
        self.done.append((name, took, not running.returncode))

    @property
    def failed(self) -> list[str]:
        """Names of the steps that did not pass."""
        return [name for name, _, passed in self.done if not passed]


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of a step: what is compiled is kept below `out`, for every worker and the second run."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(ROOT / "out" / "compiled"), **more}


def say(line: str) -> None:
    """Print one line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def read_tests(report: Path) -> Tests:
    """Read pytest's JUnit file; a run that wrote none counts as one failure."""
    if not report.is_file():
        return Tests(0, 1, 0, {})
    suite = ET.parse(report).getroot()
    cases = list(suite.iter("testcase"))
    failed = sum(case.find("failure") is not None or case.find("error") is not None for case in cases)
    skipped = sum(case.find("skipped") is not None for case in cases)
    names = [f"{case.get('classname')}::{case.get('name')}" for case in cases]
    durations = {name: float(case.get("time", "0")) for name, case in zip(names, cases, strict=True)}
    return Tests(len(cases) - failed - skipped, failed, skipped, durations)


def read_coverage(report: Mapping[str, Any], floors: Mapping[str, float]) -> list[Coverage]:
    """Sum the branches of each package that has a floor, from coverage's JSON report."""
    found = []
    for package, floor in floors.items():
        parts = [
            about["summary"]
            for name, about in report["files"].items()
            if Path(name.replace("\\", "/")).parts[:2] == ("patrol_desk", package)
        ]
        # A report of a run that imported nothing has no such keys.
        branches = sum(part.get("num_branches", 0) for part in parts)
        found.append(Coverage(package, floor, branches, sum(part.get("covered_branches", 0) for part in parts)))
    return found


def check_coverage(folder: Path) -> bool:
    """Print the table of branch coverage; tell whether every floor is reached."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    floors = settings["tool"]["patrol_desk"]["coverage_floors"]
    report = json.loads((folder / "coverage.json").read_text(encoding="utf-8"))
    rows = read_coverage(report, floors)
    say("package     branches   taken  percent   floor")
    for row in rows:
        verdict = "" if row.holds else "  BELOW ITS FLOOR"
        say(f"{row.package:<10}{row.branches:>10}{row.covered:>8}{row.percent:>9.1f}{row.floor:>8.1f}{verdict}")
    return all(row.holds for row in rows)


def pytest_command(arguments: list[str], report: Path) -> list[str]:
    """Return the command for some tests on all cores, modules in the order in which they are collected."""
    workers = str(min(MOST_WORKERS, (os.cpu_count() or 1) + SPARE_WORKERS))
    command = [sys.executable, "-m", "pytest", f"--junit-xml={report}", "--durations=15"]
    return [*command, "-n", workers, "--dist", "loadscope", "--no-loadscope-reorder", *arguments]


def uncounted(folder: Path, chosen: list[str]) -> list[str]:
    """Return the command for the tests that need no coverage."""
    return pytest_command([*chosen, *(f"tests/{name}" for name in UNCOUNTED)], folder / "uncounted.xml")


def counted(folder: Path, chosen: list[str]) -> list[str]:
    """Return the command for all other tests, with branch coverage."""
    coverage = ["--cov", "--cov-report=", f"--cov-report=json:{folder / 'coverage.json'}"]
    left_out = [f"--ignore=tests/{name}" for name in UNCOUNTED]
    return pytest_command([*chosen, *coverage, *left_out], folder / "counted.xml")


def write_long(folder: Path, steps: Steps, tests: Tests) -> None:
    """Write what a long run did, for the record."""
    about = {
        "python": platform.python_version(),
        "system": platform.system(),
        "cores": os.cpu_count(),
        "steps": [{"name": name, "seconds": round(took, 1), "passed": passed} for name, took, passed in steps.done],
        "passed": tests.passed,
        "failed": tests.failed,
        "skipped": tests.skipped,
        "durations": dict(sorted(tests.durations.items(), key=lambda item: -item[1])),
    }
    (folder / "long.json").write_text(json.dumps(about, ensure_ascii=False, indent=1), encoding="utf-8")


def run_all(steps: Steps, folder: Path, chosen: list[str]) -> Tests:
    """Run every test and hold the floors; return what both runs came to."""
    here = {"COVERAGE_FILE": str(folder / "coverage.data")}
    steps.run("pytest, what no branch is counted of", uncounted(folder, chosen))
    steps.run("pytest, all else", counted(folder, chosen), here)
    begun = time.monotonic()
    held = (folder / "coverage.json").is_file() and check_coverage(folder)
    steps.done.append(("coverage floors", time.monotonic() - begun, held))
    return read_tests(folder / "uncounted.xml") + read_tests(folder / "counted.xml")


def main(arguments: list[str]) -> int:
    """Run every step, even after one failed, and end with the count of the tests."""
    parser = argparse.ArgumentParser(prog="run.py test", description=__doc__, add_help=False)
    parser.add_argument("--long", action="store_true")
    options, rest = parser.parse_known_args(arguments)
    folder = ROOT / "out"
    shutil.rmtree(folder / "gate", ignore_errors=True)
    (folder / "gate").mkdir(parents=True)
    steps = Steps()
    python = [sys.executable, "-m"]
    steps.run("ruff check", [*python, "ruff", "check", "."])
    steps.run("ruff format", [*python, "ruff", "format", "--check", "."])
    chosen = ["--long"] if options.long else []
    with steps.beside("mypy --strict", [*python, "mypy", "--strict"]):
        if rest:
            steps.run("pytest", pytest_command([*chosen, *rest], folder / "gate" / "tests.xml"))
            tests = read_tests(folder / "gate" / "tests.xml")
        else:
            tests = run_all(steps, folder / "gate", chosen)
    if options.long:
        write_long(folder, steps, tests)
    for name, seconds, passed in steps.done:
        say(f"{'passed' if passed else 'FAILED'}  {seconds:>6.1f} s  {name}")
    say(f"{tests.passed} passed, {tests.failed} failed" + (f", {tests.skipped} skipped" if tests.skipped else ""))
    return 1 if steps.failed or tests.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
