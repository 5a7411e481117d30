"""`engine solve` and `engine check` before files that are not what they should be: a sentence, and an exit code."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from patrol_desk.cli.program import run
from patrol_desk.engine.formats import write_certificate, write_plan, write_problem
from patrol_desk.engine.formats.problem_writer import document_of
from patrol_desk.engine.plan import Certificate, Plan
from patrol_desk.engine.problem import KindRules, Problem
from patrol_desk.samples.problems import tiny

Document = dict[str, Any]
Said = tuple[int, str, str]


def nothing(*_: object) -> Any:  # noqa: ANN401 - stands for a bench and for a window, which return different things
    """Stand for what these commands do not call."""
    raise AssertionError


def said(capsys: pytest.CaptureFixture[str], *words: object) -> Said:
    """Run a command in English; return its exit code, its output and its complaints."""
    code = run(["engine", *map(str, words), "--lang=en"], bench=nothing, window=nothing)
    output = capsys.readouterr()
    return code, output.out, output.err


@pytest.fixture
def problem() -> Problem:
    """Return a problem whose locks break nothing, with weighted rules of its own."""
    found = tiny(4, people=5, shifts=4, groups=6)
    kinds = (KindRules(official=30),)
    return replace(found, locked=found.locked[:0], rules=replace(found.rules, kinds=kinds, cap_day=9, rest_min=0))


@pytest.fixture
def files(problem: Problem, tmp_path: Path) -> Path:
    """Write the problem, an empty plan and a certificate that proves nothing; return their folder."""
    none = np.zeros(len(problem.demand.group_task), dtype=np.int32)
    write_problem(tmp_path / "problem.json", problem)
    write_plan(tmp_path / "plan.json", problem, Plan.empty())
    write_certificate(tmp_path / "proof.json", problem, Certificate(none, none))
    return tmp_path


def test_wrong_paths_are_named(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whichever of the files is missing, or is a folder, the sentence names it; the code is 1."""
    good = [files / "problem.json", files / "plan.json", "--certificate", files / "proof.json"]
    assert said(capsys, "check", *good)[0] == 0
    for place in (0, 1, 3):
        for wrong in ("missing.json", "."):
            words = [*good[:place], files / wrong, *good[place + 1 :]]
            code, out, complaint = said(capsys, "check", *words)
            assert (code, out) == (1, "")
            assert str(files / wrong) in complaint
    code, _, complaint = said(capsys, "solve", files / "no.json", "--out", files / "new.json")
    assert (code, "no.json" in complaint) == (1, True)
    assert not (files / "new.json").exists()


def test_files_in_each_others_place_are_told_apart(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A plan for a problem, a certificate for a plan: the sentence names the file, what it is and what it should be."""
    code, _, complaint = said(capsys, "check", files / "plan.json", files / "problem.json")
    assert code == 1
    for word in ("plan.json", "patrol-desk/plan", "patrol-desk/problem"):
        assert word in complaint
    _, _, complaint = said(capsys, "check", files / "problem.json", files / "proof.json")
    for word in ("proof.json", "patrol-desk/certificate", "patrol-desk/plan"):
        assert word in complaint


@pytest.mark.parametrize("name", ["plan.json", "proof.json"])
def test_a_problem_changed_since_is_told(
    name: str, files: Path, problem: Problem, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither its plan nor its certificate says anything of the new one, until the entry is taken out."""
    write_problem(files / "problem.json", replace(problem, weights=replace(problem.weights, near=77)))
    bare = json.loads((files / "plan.json").read_text(encoding="utf-8"))
    del bare["problem"]
    (files / "bare.json").write_text(json.dumps(bare), encoding="utf-8")
    words = [files / "problem.json", files / ("plan.json" if name == "plan.json" else "bare.json")]
    code, _, complaint = said(capsys, "check", *words, "--certificate", files / "proof.json")
    assert code == 1
    assert name in complaint
    assert "another problem" in complaint
    assert said(capsys, "check", files / "problem.json", files / "bare.json")[0] == 0


def test_the_bounds_are_recomputed_whatever_the_files_claim(
    files: Path, problem: Problem, capsys: pytest.CaptureFixture[str]
) -> None:
    """Figures in a certificate or plan are not believed; better prices prove more."""
    document = json.loads((files / "proof.json").read_text(encoding="utf-8"))
    document["figures"] = {"shortage_bound": 10**6, "cost_bound": 10**9}
    (files / "proof.json").write_text(json.dumps(document), encoding="utf-8")
    words = ["check", files / "problem.json", files / "plan.json", "--certificate", files / "proof.json", "--json"]
    code, out, _ = said(capsys, *words)
    found = json.loads(out)
    assert code == 0
    assert found["shortage_bound"] == 0
    assert found["cost_bound"] <= found["cost"]
    ones = np.ones(len(problem.demand.group_task), dtype=np.int32)
    write_certificate(files / "proof.json", problem, Certificate(ones, ones * 500))
    assert json.loads(said(capsys, *words)[1])["cost_bound"] > found["cost_bound"]


def test_gaps_are_tried_when_asked_for(files: Path, problem: Problem, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty plan leaves gaps that somebody could fill: counted, named, and in JSON; a sample is one of them."""
    words = ["check", files / "problem.json", files / "plan.json"]
    code, out, _ = said(capsys, *words, "--gaps")
    gaps = int((problem.demand.minimum > 0).sum())
    assert code == 0
    assert f"{gaps} gaps looked at" in out
    assert "could be added without breaking a rule" in out
    found = json.loads(said(capsys, *words, "--gaps", "--json")[1])
    assert found["gaps"] == gaps
    assert found["fillable"][0]["person"] in problem.people.ids
    assert json.loads(said(capsys, *words, "--gaps", 1, "--json")[1])["gaps"] == 1
    assert "gaps" not in json.loads(said(capsys, *words, "--json")[1])


def test_broken_rules_give_the_code_and_softened_ones_do_not(
    files: Path, problem: Problem, capsys: pytest.CaptureFixture[str]
) -> None:
    """A patrol without an official costs points; somebody who stands twice breaks a rule."""
    able = [
        (person, group)
        for person in range(5)
        for group in range(len(problem.demand.group_task))
        if said_nothing(files, problem, capsys, [(person, group)])
    ]
    write_plan(files / "plan.json", problem, Plan(np.array(able[:1], dtype=np.int32)))
    code, out, _ = said(capsys, "check", files / "problem.json", files / "plan.json")
    assert code == 0
    assert "Weighted rule official: broken 1 times, 30 points." in out
    write_plan(files / "plan.json", problem, Plan(np.array(able[:1] * 2, dtype=np.int32)))
    code, out, _ = said(capsys, "check", files / "problem.json", files / "plan.json")
    assert code == 1
    assert "  twice  " in out
    found = json.loads(said(capsys, "check", files / "problem.json", files / "plan.json", "--json")[1])
    assert [row["rule"] for row in found["violations"]] == ["twice"]
    assert [(row["rule"], row["points"]) for row in found["soft"]] == [("official", 30)]


def said_nothing(
    files: Path, problem: Problem, capsys: pytest.CaptureFixture[str], rows: list[tuple[int, int]]
) -> bool:
    """Say whether a plan breaks no rule."""
    write_plan(files / "try.json", problem, Plan(np.array(rows, dtype=np.int32)))
    return said(capsys, "check", files / "problem.json", files / "try.json")[0] == 0


def put(*path: str | int, value: object) -> Callable[[Document], None]:
    """Return what puts a value at a place of a document."""

    def change(document: Document) -> None:
        spot: Any = document
        for key in path[:-1]:
            spot = spot[key]
        spot[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (put("people", 1, "cap_week", value=-1), ["people[1].cap_week", "-1", "from 0 to 127"]),
        (put("shifts", 0, "end", value=0), ["shifts[0].end", "after the start"]),
        (put("demand", 0, "seats", value=[{"skill": "flying", "minimum": 1}]), ["seats[0].skill", "flying", "skill"]),
        (put("demand", 0, "seats", value=[{"minimum": 10_001}]), ["seats[0].minimum", "10001", "10000"]),
        (put("apart", value=[["p0", "p1"], ["p1", "p0"]]), ["apart[1]", "apart[0]"]),
        (put("together", value=[["p0", "p0"]]), ["together[0]", "two different people"]),
        (put("days", value=61), ["days", "61", "60"]),
        (put("rules", "cap_day", value=-1), ["rules.cap_day", "-1"]),
        (put("locked", value=[{"person": "p0", "checkpoint": "c0", "shift": "t99"}]), ["locked[0].shift", "t99"]),
    ],
)
def test_solving_a_problem_that_cannot_be_ends_in_a_sentence(
    change: Callable[[Document], None],
    words: list[str],
    files: Path,
    problem: Problem,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It names the file, the place, the value and what would be right; no plan is written; the code is 1."""
    document: Any = document_of(problem)
    change(document)
    (files / "bad.json").write_text(json.dumps(document), encoding="utf-8")
    code, out, complaint = said(capsys, "solve", files / "bad.json", "--out", files / "new.json")
    assert (code, out) == (1, "")
    assert [word for word in ["bad.json", *words] if word not in complaint] == []
    assert not (files / "new.json").exists()


def test_a_problem_too_large_for_the_file_format_ends_in_a_sentence(
    files: Path, problem: Problem, capsys: pytest.CaptureFixture[str]
) -> None:
    """More shifts than a file may hold are counted, not read."""
    document: Any = document_of(problem)
    document["shifts"] = [{"id": f"t{number}", "start": number, "end": number + 1} for number in range(501)]
    (files / "bad.json").write_text(json.dumps(document), encoding="utf-8")
    code, _, complaint = said(capsys, "solve", files / "bad.json", "--out", files / "new.json")
    assert code == 1
    assert "shifts has 501 entries; at most 500" in complaint


def test_a_lock_that_breaks_a_rule_is_solved_and_told(
    files: Path, problem: Problem, capsys: pytest.CaptureFixture[str]
) -> None:
    """The lock stays in the plan, its fault is marked as the input's, and the code is 0."""
    away = problem.people.availability.copy()
    away[0] = 0
    locked = np.array([(0, 0)], dtype=np.int32)
    broken = replace(problem, people=replace(problem.people, availability=away), locked=locked)
    write_problem(files / "problem.json", broken)
    words = [files / "problem.json", "--out", files / "plan.json", "--certificate", files / "proof.json"]
    assert said(capsys, "solve", *words, "--moves", 200)[0] == 0
    code, out, _ = said(
        capsys, "check", files / "problem.json", files / "plan.json", "--certificate", files / "proof.json", "--json"
    )
    found = json.loads(out)
    assert code == 0
    assert "availability" in {row["rule"] for row in found["violations"]}
    assert all(row["locked"] for row in found["violations"])
    assert found["cost_bound"] <= found["cost"]
