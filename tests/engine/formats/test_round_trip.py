"""What is written is read again as it was."""

import gzip
import json
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.engine.formats import (
    problem_hash,
    read_certificate,
    read_plan,
    read_problem,
    write_certificate,
    write_plan,
    write_problem,
)
from patrol_desk.engine.formats.files import dump_document, parse_document
from patrol_desk.engine.formats.problem_reader import problem_of
from patrol_desk.engine.formats.problem_writer import document_of
from patrol_desk.engine.plan import Certificate, Figures, Plan
from patrol_desk.engine.problem import Problem
from patrol_desk.messages.render import render
from patrol_desk.samples.problems import FAMILIES, family, greedy, tiny
from tests.engine.formats.schema import faults, shipped

SEEDS = st.integers(0, 10**6)


GROUPED = (
    *(f"problem.demand.{name}" for name in ("group_", "minimum", "desired", "held", "surge_")),
    "problem.locked",
    "problem.baseline",
)
"""What follows the order of the seat groups."""


def differences(one: object, other: object, path: str = "problem") -> list[str]:
    """Return the fields in which two problems differ."""
    if is_dataclass(one):
        names = [field.name for field in fields(one)]
        return [d for name in names for d in differences(getattr(one, name), getattr(other, name), f"{path}.{name}")]
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return [] if one.dtype == other.dtype and np.array_equal(one, other) else [path]
    return [] if one == other else [path]


def certificate_of(problem: Problem, seed: int) -> Certificate:
    """Return random prices and wages; some people earn nothing."""
    rng = np.random.default_rng(seed)
    prices = rng.integers(-2, 3, (2, len(problem.demand.group_task))).astype(np.int32)
    wages = rng.integers(-2, 3, (len(problem.people.ids), len(problem.shifts.ids))).astype(np.int32)
    wages[rng.random(len(wages)) < 0.5] = 0
    return Certificate(prices[0].copy(), prices[1].copy(), wages)


@pytest.mark.parametrize("full", [False, True])
@given(seed=SEEDS)
def test_a_problem_is_read_as_it_was_written(seed: int, *, full: bool) -> None:
    """A problem is read as it was written."""
    problem = tiny(seed, people=6, shifts=5, checkpoints=3, groups=8, full=full)
    document = document_of(problem)
    assert faults(json.loads(json.dumps(document)), shipped("problem")) == []
    assert differences(problem, problem_of(parse_document(dump_document(document), "problem"))) == []


@pytest.mark.parametrize("name", FAMILIES)
def test_a_problem_of_each_family_is_read_as_it_was_written(name: str) -> None:
    """With all that the family has, and within the schema; only the groups are put in the order of their tasks."""
    problem = family(name, 2, scale=0.05)
    document = document_of(problem)
    assert faults(json.loads(json.dumps(document)), shipped("problem")) == []
    again = problem_of(parse_document(dump_document(document), "problem"))
    moved = () if (np.diff(problem.demand.group_task) >= 0).all() else GROUPED
    assert [place for place in differences(problem, again) if not place.startswith(moved)] == []
    assert problem_hash(again) == problem_hash(problem)
    assert differences(again, problem_of(parse_document(dump_document(document_of(again)), "problem"))) == []


@given(SEEDS, st.lists(st.text(min_size=1, max_size=20).filter(lambda t: t.isprintable()), min_size=4, unique=True))
def test_any_printable_id_survives(seed: int, names: list[str]) -> None:
    """Any printable id survives."""
    problem = tiny(seed, people=4)
    named = replace(problem, people=replace(problem.people, ids=tuple(names[:4])))
    assert differences(named, problem_of(parse_document(dump_document(document_of(named)), "problem"))) == []


@pytest.mark.parametrize("name", ["problem.json", "problem.json.gz"])
def test_files_packed_and_plain_hold_the_same(tmp_path: Path, name: str) -> None:
    """Files packed and plain hold the same."""
    problem = family("locked", 3, scale=0.02)
    write_problem(tmp_path / name, problem)
    assert differences(problem, read_problem(tmp_path / name)) == []
    assert (tmp_path / name).read_bytes().startswith(b"\x1f\x8b") == name.endswith(".gz")
    first = (tmp_path / name).read_bytes()
    write_problem(tmp_path / name, problem)
    assert (tmp_path / name).read_bytes() == first
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    """A file with a byte order mark is read."""
    problem = tiny(1)
    (tmp_path / "p.json").write_bytes(b"\xef\xbb\xbf" + dump_document(document_of(problem)))
    assert differences(problem, read_problem(tmp_path / "p.json")) == []


def test_a_packed_file_is_known_by_its_content(tmp_path: Path) -> None:
    """A packed file is known by its content."""
    (tmp_path / "p.json").write_bytes(gzip.compress(dump_document(document_of(tiny(1)))))
    assert differences(tiny(1), read_problem(tmp_path / "p.json")) == []


def test_plans_and_certificates_are_read_as_they_were_written(tmp_path: Path) -> None:
    """Plans and certificates are read as they were written."""
    problem = family("small", 2, scale=0.2)
    plan, certificate = greedy(problem), certificate_of(problem, 4)
    figures = Figures(9, 8, 1, 1, True, 0, 5, 4, 0.25, 0.5, 1.0, 0.1, 0.05, 90.0, 17, 1000, "moves")
    write_plan(tmp_path / "plan.json.gz", problem, plan, figures)
    write_certificate(tmp_path / "certificate.json", problem, certificate, figures)
    write_plan(tmp_path / "bare.json", problem, Plan.empty())
    write_certificate(tmp_path / "bare_certificate.json", problem, certificate)
    assert np.array_equal(read_plan(tmp_path / "plan.json.gz", problem).assignments, plan.assignments)
    assert differences(certificate, read_certificate(tmp_path / "certificate.json", problem)) == []
    assert differences(certificate, read_certificate(tmp_path / "bare_certificate.json", problem)) == []
    assert len(read_plan(tmp_path / "bare.json", problem).assignments) == 0
    document = json.loads(gzip.decompress((tmp_path / "plan.json.gz").read_bytes()))
    assert (document["seed"], document["figures"]["shortage"]) == (17, 1)
    assert document["problem"] == problem_hash(problem)
    assert faults(document, shipped("plan")) == []
    written = json.loads((tmp_path / "certificate.json").read_text(encoding="utf-8"))
    assert faults(written, shipped("certificate")) == []
    assert written["figures"] == {"shortage_bound": 1, "cost_bound": 4}


def test_a_certificate_without_wages_is_read_as_one(tmp_path: Path) -> None:
    """Files from before there were wages prove what they proved."""
    problem = tiny(5)
    certificate = replace(certificate_of(problem, 1), wages=np.zeros((0, 0), dtype=np.int32))
    write_certificate(tmp_path / "certificate.json", problem, certificate)
    assert "wages" not in json.loads((tmp_path / "certificate.json").read_text(encoding="utf-8"))
    assert differences(certificate, read_certificate(tmp_path / "certificate.json", problem)) == []


def test_a_plan_for_another_problem_is_refused_unless_it_does_not_say(tmp_path: Path) -> None:
    """A plan for another problem is refused unless it does not say."""
    problem = tiny(5)
    write_plan(tmp_path / "plan.json", problem, Plan.empty())
    write_certificate(tmp_path / "certificate.json", problem, certificate_of(problem, 1))
    other = replace(problem, weights=replace(problem.weights, near=3))
    for read in (read_plan, read_certificate):
        name = "plan.json" if read is read_plan else "certificate.json"
        with pytest.raises(InvalidDataError) as caught:
            read(tmp_path / name, other)
        assert "another problem" in render(caught.value.message, "en")
        document = json.loads((tmp_path / name).read_text(encoding="utf-8"))
        del document["problem"]
        (tmp_path / name).write_text(json.dumps(document), encoding="utf-8")
        assert read(tmp_path / name, other) is not None


def test_groups_that_do_not_follow_their_tasks_are_put_in_order() -> None:
    """Groups that do not follow their tasks are put in order."""
    problem = tiny(8, groups=8)
    order = np.arange(len(problem.demand.group_task))[::-1]
    demand = problem.demand
    columns = {name: getattr(demand, name)[order].copy() for name in ("group_task", "minimum", "desired")}
    mixed = replace(demand, group_capability=demand.group_capability[order].copy(), **columns)
    none = np.zeros((0, 2), dtype=np.int32)
    again = problem_of(
        parse_document(dump_document(document_of(replace(problem, demand=mixed, locked=none))), "problem")
    )
    assert sorted(again.demand.group_task.tolist()) == again.demand.group_task.tolist()
    assert problem_hash(again) == problem_hash(problem_of(parse_document(dump_document(document_of(again)), "problem")))


def test_shifts_in_any_order_take_their_digits_with_them() -> None:
    """Shifts in any order take their digits with them."""
    document = {
        "format": "patrol-desk/problem",
        "version": 1,
        "shifts": [{"id": "late", "start": 900, "end": 960}, {"id": "early", "start": 100, "end": 200}],
        "checkpoints": [],
        "people": [{"id": "a", "availability": "30"}],
        "demand": [],
    }
    problem = problem_of(parse_document(json.dumps(document).encode(), "problem"))
    assert problem.shifts.ids == ("early", "late")
    assert problem.people.availability.tolist() == [[0, 3]]
