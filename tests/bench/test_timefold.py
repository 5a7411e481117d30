"""Timefold as a peer: which tool is missing, and what it does where all are there."""

import shutil
from importlib.util import find_spec

import numpy as np
import pytest

from patrol_desk.bench import timefold
from patrol_desk.bench.timefold import java_version, missing_tool, solve_by_timefold
from patrol_desk.engine.verify import check
from patrol_desk.messages.render import render
from patrol_desk.samples.problems import family, greedy


def test_a_missing_tool_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Java first, then the package."""
    monkeypatch.setattr(timefold, "java_version", lambda: 11)
    missing = missing_tool()
    assert missing is not None
    assert "Java 17" in render(missing, "en")
    monkeypatch.setattr(timefold, "java_version", lambda: 21)
    monkeypatch.setattr(timefold, "find_spec", lambda _name: None)
    missing = missing_tool()
    assert missing is not None
    assert "patrol-desk[timefold]" in render(missing, "zh")
    monkeypatch.setattr(timefold, "find_spec", lambda _name: object())
    assert missing_tool() is None


def test_without_java_there_is_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """No program of that name is version 0."""
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert java_version() == 0


@pytest.mark.skipif(shutil.which("java") is None, reason="needs Java")
def test_the_version_is_the_major_one() -> None:
    """8 is told as 1.8, all later ones by their number."""
    assert 8 <= java_version() < 100


@pytest.mark.long
@pytest.mark.skipif(
    find_spec("timefold") is None or java_version() < 17, reason="needs the extra `timefold` and Java 17"
)
def test_it_improves_a_greedy_plan_by_the_rules() -> None:
    """Its plan of a problem with every rule breaks none, and costs less than what it began from."""
    problem = family("full_rules", 1, 0.05)
    start = greedy(problem)
    plan = solve_by_timefold(problem, start, 10.0)
    before, after = check(problem, start), check(problem, plan)
    assert after.own_violations == ()
    assert after.cost < before.cost
    assert np.array_equal(plan.assignments, np.unique(plan.assignments, axis=0))
