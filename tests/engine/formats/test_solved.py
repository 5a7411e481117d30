"""What the solver reports of a plan, anybody can recompute from the three files alone."""

from pathlib import Path

import pytest

from patrol_desk.engine.formats import (
    read_certificate,
    read_plan,
    read_problem,
    write_certificate,
    write_plan,
    write_problem,
)
from patrol_desk.engine.solve import SolveOptions, solve
from patrol_desk.engine.verify import check
from patrol_desk.samples.problems import family


@pytest.mark.parametrize("name", ["saturated", "locked", "rest_11h", "scarce_skills"])
def test_the_checker_finds_every_figure_again_from_the_files(tmp_path: Path, name: str) -> None:
    """Problem, plan and certificate go through files; no rule is broken, and every figure is the same."""
    problem = family(name, 3, scale=0.04)
    result = solve(problem, SolveOptions(seed=1, moves=5_000))
    write_problem(tmp_path / "problem.json.gz", problem)
    write_plan(tmp_path / "plan.json", problem, result.plan, result.figures)
    write_certificate(tmp_path / "certificate.json", problem, result.certificate, result.figures)
    again = read_problem(tmp_path / "problem.json.gz")
    plan, certificate = read_plan(tmp_path / "plan.json", again), read_certificate(tmp_path / "certificate.json", again)
    report, figures = check(again, plan, certificate), result.figures
    assert report.own_violations == ()
    for key in ("seats", "filled", "shortage", "shortage_bound", "desired_shortage", "cost", "cost_bound", "parts"):
        assert getattr(report, key) == getattr(figures, key)
    assert report.single_squad_share == pytest.approx(figures.single_squad_share)
    assert report.shortage_bound is not None
    assert report.cost_bound is not None
    assert report.shortage_bound <= report.shortage
    assert report.cost_bound <= report.cost
