"""Areas, periods and temporary duties of a file do what the engine's own functions do, and are written as applied."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.engine.formats import demand_reader
from patrol_desk.engine.formats.files import dump_document, parse_document
from patrol_desk.engine.formats.problem_reader import problem_of
from patrol_desk.engine.formats.problem_writer import document_of
from patrol_desk.engine.influence import PriorityArea, SecurityPeriod, apply
from patrol_desk.engine.problem import ALWAYS, WAITED_MOST, Problem, Rules
from patrol_desk.engine.weights import Weights
from patrol_desk.messages.render import render
from patrol_desk.samples.problems import tiny
from tests.engine.formats.schema import faults, shipped
from tests.engine.formats.test_round_trip import differences

Document = dict[str, Any]


def read(document: Document) -> Problem:
    """Return the problem of a document that follows the schema."""
    assert faults(document, shipped("problem")) == []
    return problem_of(parse_document(json.dumps(document).encode(), "problem"))


@given(st.integers(0, 10**6), st.integers(-500, 4_000), st.integers(1, 3_000), st.integers(1, 3))
def test_a_file_with_areas_and_periods_is_what_the_engine_makes_of_them(
    seed: int, start: int, minutes: int, more: int
) -> None:
    """Read, the demand is that of `apply`; written and read again, nothing changes any more."""
    problem = tiny(seed, people=3, shifts=6, checkpoints=3, groups=9, full=True)
    span = {"from": start, "until": start + minutes}
    document = document_of(problem) | {
        "priority_areas": [{"name": "a", "checkpoints": ["c0", "c2"], "raise": more, **span}],
        "security_periods": [
            {"name": "p", "kinds": ["patrol_stop"], "checkpoints": ["c1"], "minimum": more, **span},
            {"name": "q", "desired_percent": 50, **span},
        ],
        "locked": [],
        "baseline": [],
    }
    found = read(document)
    areas = [PriorityArea("a", start, start + minutes, (0, 2), more)]
    periods = [
        SecurityPeriod("p", start, start + minutes, (1,), (1,), minimum=more),
        SecurityPeriod("q", start, start + minutes, desired_percent=50),
    ]
    wanted = apply(problem.demand, problem.shifts, areas, periods, len(problem.weights.minimum))
    order = np.argsort(wanted.group_task, kind="stable")
    for name in ("group_task", "group_capability", "minimum", "desired", "held", "surge_minimum", "surge_desired"):
        assert np.array_equal(getattr(found.demand, name), getattr(wanted, name)[order]), name
    assert np.array_equal(found.demand.task_tier, wanted.task_tier)
    assert np.array_equal(found.demand.raised, wanted.raised)
    again = problem_of(parse_document(dump_document(document_of(found)), "problem"))
    assert differences(found, again) == []


def base() -> Document:
    """Return a document with three shifts on three days, one checkpoint and a plain and a typed seat."""
    return {
        "format": "patrol-desk/problem",
        "version": 1,
        "monday": "2026-11-23",
        "days": 3,
        "skills": ["first_aid"],
        "shifts": [{"id": f"t{day}", "start": day * 1440 + 1140, "end": day * 1440 + 1320} for day in range(3)],
        "checkpoints": [{"id": "gate"}],
        "people": [{"id": "a"}, {"id": "b"}],
        "demand": [
            {"checkpoint": "gate", "shift": "t0", "seats": [{"skill": "first_aid", "minimum": 2}]},
            {"checkpoint": "gate", "shift": "t1", "seats": [{"minimum": 1}]},
        ],
    }


@pytest.mark.parametrize(
    ("until", "surged"),
    [("2026-11-23", 1), ("2026-11-24", 2), ("2026-11-24T19:00", 1), ("2026-11-24T19:01", 2), (1440, 1)],
)
def test_a_date_alone_lasts_its_whole_day(until: object, surged: int) -> None:
    """A moment ends what lasts; a day ends it when it is over."""
    period = {"name": "p", "from": "2026-11-23", "until": until, "minimum": 1}
    found = read(base() | {"security_periods": [period]})
    assert int((found.demand.surge_minimum > 0).sum()) == surged


def test_seats_that_a_period_adds_can_be_locked_by_name() -> None:
    """A task of typed seats alone gets plain ones; whoever is locked there is found."""
    period = {"name": "p", "from": 0, "until": 5_000, "minimum_percent": 40}
    pair = {"person": "b", "checkpoint": "gate", "shift": "t0"}
    found = read(base() | {"security_periods": [period], "locked": [pair]})
    assert found.demand.group_task.tolist() == [0, 0, 1]
    assert found.demand.group_capability.tolist() == [1, -1, -1]
    assert found.demand.minimum.tolist() == [2, 1, 2]
    assert found.locked.tolist() == [[1, 1]]


@pytest.mark.parametrize(
    ("when", "shifts"),
    [
        ({"from": 0, "until": "2026-11-24"}, [0, 1]),
        ({"from": 1141, "until": 9_000}, [1, 2]),
        ({"shifts": ["t2", "t0"]}, [2, 0]),
    ],
)
def test_a_temporary_duty_is_a_checkpoint_with_tasks_in_its_shifts(when: Document, shifts: list[int]) -> None:
    """Its kind is its own unless it says otherwise, and areas and periods concern it as any other."""
    duty = {"id": "fair", "place": [5, 6], "tier": 2, "seats": [{"minimum": 1, "desired": 3, "held": 2}], **when}
    area = {"name": "a", "checkpoints": ["fair"], "from": 0, "until": 9_000}
    found = read(base() | {"temporary_duties": [duty], "priority_areas": [area]})
    assert found.demand.task_shift[2:].tolist() == shifts
    assert found.demand.task_tier[2:].tolist() == [1] * len(shifts)
    assert found.demand.held[2:].tolist() == [2] * len(shifts)
    assert [kind.name for kind in found.rules.kinds] == ["fixed_post", "temporary_duty"]
    assert found.demand.kind.tolist() == [0, 1]
    assert found.demand.place.tolist()[1] == [5, 6]
    known = {"kinds": [{"name": "temporary_duty", "reach_m": 9_000}, {"name": "x"}]}
    own = read(base() | {"temporary_duties": [duty | {"kind": "x"}], "rules": known})
    assert (own.demand.kind.tolist(), len(own.rules.kinds)) == ([0, 1], 2)


def test_temporary_duties_do_not_multiply_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Duties times shifts are bounded as the demand itself is."""
    monkeypatch.setattr(demand_reader, "MAX_TASKS", 4)
    duties = [{"id": f"f{number}", "from": 0, "until": 9_000, "seats": [{"minimum": 1}]} for number in range(2)]
    with pytest.raises(InvalidDataError) as caught:
        read(base() | {"temporary_duties": duties})
    assert "temporary_duties[0] there are more than 4 tasks" in render(caught.value.message, "en")


def test_insurance_is_told_by_the_day_or_once() -> None:
    """A digit a day, or one answer for all of them."""
    people = [{"id": "a", "insured": "101"}, {"id": "b", "insured": False}, {"id": "c", "insured": True}, {"id": "d"}]
    found = read(base() | {"people": people}).people.insured.tolist()
    assert found == [[True, False, True], [False] * 3, [True] * 3, [True] * 3]


def test_what_is_left_out_is_as_published() -> None:
    """A file without any of it is a problem without any of it."""
    found = read(base())
    assert differences(found.rules, Rules()) == []
    assert differences(found.weights, Weights()) == []
    assert (found.begin, len(found.apart), len(found.together), len(found.habit)) == (ALWAYS, 0, 0, 0)
    assert not found.people.novice.any()
    assert (found.people.waited == WAITED_MOST).all()
    for name in ("visits", "blind_hours", "held", "raised", "surge_minimum", "surge_desired"):
        assert not getattr(found.demand, name).any()
    assert found.shifts.night.tolist() == [False] * 3
