"""The documented examples are read, solved as told, and follow the shipped schemas."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from patrol_desk.engine.formats import (
    certificate_file,
    people_reader,
    plan_file,
    problem_reader,
    read_certificate,
    read_plan,
    read_problem,
)
from patrol_desk.engine.problem import NO_PLACE
from patrol_desk.engine.verify import check
from tests.engine.formats.schema import faults, shipped

DOCS = Path(__file__).parents[3] / "docs" / "formats.md"

KINDS = ("problem", "plan", "certificate")


def examples() -> dict[str, dict[str, object]]:
    """Return the examples of the document by kind."""
    blocks = re.findall(r"```json\n(.*?)```", DOCS.read_text(encoding="utf-8"), flags=re.DOTALL)
    return dict(zip(KINDS, (json.loads(block) for block in blocks), strict=True))


def files(folder: Path) -> list[Path]:
    """Write the examples as files."""
    paths = [folder / f"{kind}.json" for kind in KINDS]
    for path, document in zip(paths, examples().values(), strict=True):
        path.write_text(json.dumps(document), encoding="utf-8")
    return paths


def test_the_documented_example_is_checked_as_the_document_says(tmp_path: Path) -> None:
    """The documented example is checked as the document says."""
    problem_file, plan_file, certificate_file = files(tmp_path)
    problem = read_problem(problem_file)
    plan = read_plan(plan_file, problem)
    report = check(problem, plan, read_certificate(certificate_file, problem))
    assert report.violations == ()
    assert (report.seats, report.shortage, report.shortage_bound) == (4, 1, 1)
    assert report.cost_bound is not None
    assert 199_000 <= report.cost_bound <= report.cost


def test_the_documented_defaults_hold(tmp_path: Path) -> None:
    """The documented defaults hold."""
    problem = read_problem(files(tmp_path)[0])
    assert problem.shifts.start.tolist() == [1140, 1320]
    assert problem.shifts.load_class.tolist() == [0, 1]
    assert problem.capabilities == ("leader", "first_aid")
    assert problem.people.availability.tolist() == [[3, 0], [2, 2], [0, 3], [2, 2]]
    assert problem.people.capability[:, 0].tolist() == [1, 2, 0, 0]
    assert problem.people.cap_week.tolist() == [1, 2, 1, 1]
    assert problem.people.leave[3].tolist() == [True, False]
    assert np.all(problem.squad_base == NO_PLACE)
    assert problem.rules.rest_min == 480


@pytest.mark.parametrize("kind", KINDS)
def test_the_examples_follow_the_shipped_schemas(kind: str) -> None:
    """The examples follow the shipped schemas."""
    assert faults(examples()[kind], shipped(kind)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_schemas_refuse_what_is_unknown(kind: str) -> None:
    """The schemas refuse what is unknown."""
    assert faults(examples()[kind] | {"more": 1}, shipped(kind)) == [": unknown more"]
    assert faults(examples()[kind] | {"version": 2}, shipped(kind)) == [".version: not 1"]


def names_at(schema: object, *path: str) -> set[str]:
    """Return the names that a schema knows at some place."""
    for key in path:
        assert isinstance(schema, dict)
        schema = schema[key]
    assert isinstance(schema, dict)
    return set(schema)


def test_schema_and_reader_know_the_same_names() -> None:
    """What the reader takes the schema describes, and nothing else."""
    schema = shipped("problem")
    inside = ("items", "properties")
    assert names_at(schema, "properties") == {*problem_reader.REQUIRED, *problem_reader.OPTIONAL}
    assert names_at(schema, "properties", "people", *inside) == {*people_reader.REQUIRED, *people_reader.OPTIONAL}
    assert names_at(schema, "properties", "weights", "properties") == set(problem_reader.WEIGHT_KEYS)
    assert names_at(schema, "properties", "rules", "properties") == set(problem_reader.RULE_KEYS)
    shifts = {name for names in problem_reader.SHIFT_KEYS for name in names}
    assert names_at(schema, "properties", "shifts", *inside) == shifts
    prices = {*certificate_file.ENTRY_REQUIRED, *certificate_file.ENTRY_OPTIONAL}
    assert names_at(shipped("certificate"), "properties", "prices", *inside) == prices
    assert names_at(shipped("plan"), "properties") == {*plan_file.REQUIRED, *plan_file.OPTIONAL}
