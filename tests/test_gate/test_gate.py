"""The gate counts rightly and holds its floors."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests import gate

SAMPLE = """
import pytest
def test_right():
    assert True
def test_wrong():
    assert False
@pytest.mark.skip(reason="only elsewhere")
def test_elsewhere():
    pass
"""


def test_tests_are_counted_as_pytest_counts_them(tmp_path: Path) -> None:
    """The closing line's figures are those of the run itself."""
    (tmp_path / "test_sample.py").write_text(SAMPLE, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--junit-xml=report.xml", "test_sample.py"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert ran.returncode == 1
    tests = gate.read_tests(tmp_path / "report.xml")
    assert (tests.passed, tests.failed, tests.skipped) == (1, 1, 1)
    assert len(tests.durations) == 3


def test_a_run_that_left_no_report_has_failed(tmp_path: Path) -> None:
    """Tests that never ran are not tests that passed."""
    assert gate.read_tests(tmp_path / "report.xml").failed == 1


def test_a_step_beside_others_counts_like_them(capfd: pytest.CaptureFixture[str]) -> None:
    """What it says comes after the others', and its failure is one of the gate."""
    steps = gate.Steps()
    with steps.beside("types", [sys.executable, "-c", "print('two faults'); raise SystemExit(1)"]):
        steps.run("tests", [sys.executable, "-c", "print('all well')"])
    assert [(name, passed) for name, _, passed in steps.done] == [("tests", True), ("types", False)]
    assert steps.failed == ["types"]
    said = capfd.readouterr().out
    assert said.index("all well") < said.index("== types") < said.index("two faults")


def test_two_runs_are_counted_together() -> None:
    """A failure in either is a failure of the gate."""
    both = gate.Tests(3, 0, 1, {"a": 1.0}) + gate.Tests(2, 1, 0, {"b": 2.0})
    assert both == gate.Tests(5, 1, 1, {"a": 1.0, "b": 2.0})


def test_every_test_runs_in_one_of_the_two(tmp_path: Path) -> None:
    """A folder is left out of one run only where the other names it, and each folder named is there."""
    named = {part for part in gate.uncounted(tmp_path, []) if part.startswith("tests/")}
    left_out = {part.removeprefix("--ignore=") for part in gate.counted(tmp_path, []) if part.startswith("--ignore=")}
    assert named == left_out
    assert all((gate.ROOT / folder).is_dir() for folder in named)


def test_branches_are_summed_by_package() -> None:
    """A floor is held by the branches of all files of its package, wherever the tests ran."""
    report = {
        "files": {
            "patrol_desk/engine/solve.py": {"summary": {"num_branches": 60, "covered_branches": 60}},
            "patrol_desk\\engine\\rules\\rest.py": {"summary": {"num_branches": 40, "covered_branches": 34}},
            "patrol_desk/engine_like.py": {"summary": {"num_branches": 100, "covered_branches": 0}},
        }
    }
    (row,) = gate.read_coverage(report, {"engine": 95})
    assert (row.branches, row.covered, row.holds) == (100, 94, False)


def test_a_floor_is_reached_at_its_figure() -> None:
    """95 of 100 is enough for 95 percent."""
    assert gate.Coverage("sync", 95, 100, 95).holds


def test_a_package_without_code_does_not_reach_its_floor() -> None:
    """A renamed package does not slip out of its floor."""
    assert not gate.read_coverage({"files": {}}, {"storage": 95})[0].holds
