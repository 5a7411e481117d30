"""The documented examples are read, solved as told, and follow the shipped schemas."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from patrol_desk.engine.formats import (
    certificate_file,
    demand_reader,
    influence_reader,
    people_reader,
    plan_file,
    problem_hash,
    problem_reader,
    read_certificate,
    read_plan,
    read_problem,
    rules_reader,
    write_problem,
)
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import NO_PLACE
from patrol_desk.engine.verify import RULES, check
from tests.engine.formats.schema import faults, shipped

DOCS = Path(__file__).parents[3] / "docs" / "formats.md"

KINDS = ("problem", "full", "plan", "certificate")
SCHEMAS = {"full": "problem"}


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
    problem_file, _, plan_file, certificate_file = files(tmp_path)
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


def test_the_second_example_is_applied_and_checked_as_the_document_says(tmp_path: Path) -> None:
    """Tiers, heads, duties and every figure that the text names."""
    problem = read_problem(files(tmp_path)[1])
    demand = problem.demand
    assert demand.checkpoints == ("School", "East gate", "Old well", "Lantern fair")
    assert (demand.task_tier.tolist(), demand.raised.tolist()) == ([1, 1, 2, 0], [1, 0, 0, 0])
    assert (demand.minimum.tolist(), demand.desired.tolist()) == ([2, 2, 0, 1], [2, 2, 1, 1])
    assert (demand.surge_minimum.tolist(), demand.held.tolist()) == ([0, 1, 0, 0], [0, 1, 0, 0])
    assert [problem.rules.kinds[kind].name for kind in demand.kind] == [
        "fixed_post",
        "joint_gate",
        "patrol_stop",
        "temporary_duty",
    ]
    assert problem.begin == 4 * 1440 + 720
    rows = [(0, 0), (1, 0), (2, 1), (3, 1), (3, 3), (0, 2)]
    report = check(problem, Plan(np.array(sorted(rows), dtype=np.int32)))
    assert report.violations == ()
    assert (report.seats, report.shortage, report.desired_shortage) == (5, 0, 0)
    assert (report.parts.rules, report.parts.queue, report.parts.habit) == (120, 9, 100)
    worse = check(problem, Plan(np.array([(1, 3), (2, 3)], dtype=np.int32)))
    assert [violation.rule for violation in worse.violations] == ["insured", "seats"]
    assert [v.rule for v in check(problem, Plan(np.array([(1, 3)], dtype=np.int32))).violations] == ["novice"]


def test_the_second_example_is_written_as_it_was_applied(tmp_path: Path) -> None:
    """What the program writes holds no areas, periods or duties, and reads as the same problem."""
    problem = read_problem(files(tmp_path)[1])
    write_problem(tmp_path / "again.json", problem)
    assert not {"temporary_duties", "priority_areas", "security_periods"} & set(
        json.loads((tmp_path / "again.json").read_text(encoding="utf-8"))
    )
    assert problem_hash(read_problem(tmp_path / "again.json")) == problem_hash(problem)


@pytest.mark.parametrize("kind", KINDS)
def test_the_examples_follow_the_shipped_schemas(kind: str) -> None:
    """The examples follow the shipped schemas."""
    assert faults(examples()[kind], shipped(SCHEMAS.get(kind, kind))) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_schemas_refuse_what_is_unknown(kind: str) -> None:
    """The schemas refuse what is unknown."""
    assert faults(examples()[kind] | {"more": 1}, shipped(SCHEMAS.get(kind, kind))) == [": unknown more"]
    assert faults(examples()[kind] | {"version": 2}, shipped(SCHEMAS.get(kind, kind))) == [".version: not 1"]


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

    def known(keys: tuple[tuple[str, ...], tuple[str, ...]]) -> set[str]:
        return {name for names in keys for name in names}

    assert names_at(schema, "properties") == {*problem_reader.REQUIRED, *problem_reader.OPTIONAL}
    assert names_at(schema, "properties", "people", *inside) == {*people_reader.REQUIRED, *people_reader.OPTIONAL}
    assert names_at(schema, "properties", "weights", "properties") == set(rules_reader.WEIGHT_KEYS)
    assert names_at(schema, "properties", "rules", "properties") == set(rules_reader.RULE_KEYS)
    assert names_at(schema, "properties", "rules", "properties", "kinds", *inside) == known(rules_reader.KIND_KEYS)
    for name, keys in {
        "shifts": problem_reader.SHIFT_KEYS,
        "habit": problem_reader.HABIT_KEYS,
        "checkpoints": demand_reader.CHECKPOINT_KEYS,
        "demand": demand_reader.TASK_KEYS,
        "temporary_duties": demand_reader.DUTY_KEYS,
        "priority_areas": influence_reader.AREA_KEYS,
        "security_periods": influence_reader.PERIOD_KEYS,
    }.items():
        assert names_at(schema, "properties", name, *inside) == known(keys), name
    for name in ("demand", "temporary_duties"):
        seats = names_at(schema, "properties", name, *inside, "seats", *inside)
        assert seats == known(demand_reader.SEAT_KEYS)
    prices = {*certificate_file.ENTRY_REQUIRED, *certificate_file.ENTRY_OPTIONAL}
    assert names_at(shipped("certificate"), "properties", "prices", *inside) == prices
    assert names_at(shipped("certificate"), "properties", "wages", *inside) == set(certificate_file.WAGES)
    assert names_at(shipped("certificate"), "properties") == {*certificate_file.REQUIRED, *certificate_file.OPTIONAL}
    assert names_at(shipped("plan"), "properties") == {*plan_file.REQUIRED, *plan_file.OPTIONAL}


def test_every_name_and_rule_is_in_the_document() -> None:
    """Nothing that the reader takes or the checker reports is left untold."""
    text = DOCS.read_text(encoding="utf-8")
    keys = (
        *problem_reader.OPTIONAL,
        *people_reader.OPTIONAL,
        *rules_reader.RULE_KEYS,
        *rules_reader.WEIGHT_KEYS,
        *(name for names in rules_reader.KIND_KEYS for name in names),
        *(name for names in problem_reader.SHIFT_KEYS for name in names),
        *(name for names in demand_reader.CHECKPOINT_KEYS for name in names),
        *(name for names in demand_reader.TASK_KEYS for name in names),
        *(name for names in demand_reader.SEAT_KEYS for name in names),
        *(name for names in demand_reader.DUTY_KEYS for name in names),
        *(name for names in influence_reader.AREA_KEYS for name in names),
        *(name for names in influence_reader.PERIOD_KEYS for name in names),
        *RULES[1:],
    )
    assert [name for name in keys if f"`{name}`" not in text] == []
