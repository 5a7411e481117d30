"""A problem that cannot be right cannot be made; the sentence names the place, the value and what would be right."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
import pytest

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.engine.options import SolveOptions
from patrol_desk.engine.problem import NO_PLACE, Demand, People, Problem, Rules, Shifts
from patrol_desk.engine.weights import Weights
from patrol_desk.messages.render import render
from patrol_desk.samples.problems import tiny

Spoil = Callable[[Problem], object]
Part = TypeVar("Part", Problem, People, Shifts, Demand)


def swapped(owner: Part, field: str, value: object) -> Part:
    """Return a copy of part of a problem with one field replaced, rightly or wrongly."""
    fields: dict[str, Any] = {field: value}
    return replace(owner, **fields)


def people(field: str, value: object) -> Spoil:
    """Return what replaces a field of the people."""
    return lambda problem: swapped(problem, "people", swapped(problem.people, field, value))


def whole(field: str, value: object) -> Spoil:
    """Return what replaces a field of the problem."""
    return lambda problem: swapped(problem, field, value)


def changed(part: str, field: str, index: object, value: int) -> Spoil:
    """Return what writes one value into a copy of an array."""

    def spoil(problem: Problem) -> Problem:
        owner = getattr(problem, part) if part else problem
        array = getattr(owner, field).copy()
        array[index] = value
        return swapped(problem, part, swapped(owner, field, array)) if part else swapped(problem, field, array)

    return spoil


def with_pairs(field: str, rows: list[tuple[int, ...]]) -> Spoil:
    """Return what replaces locked, baseline or busy."""
    return whole(field, np.array(rows, dtype=np.int32))


FAULTS: list[tuple[Spoil, str, str]] = [
    (people("squad", [0, 1]), "not_an_array", "people.squad"),
    (people("squad", np.zeros(4, dtype=np.int64)), "wrong_type", "people.squad"),
    (people("squad", np.zeros(3, dtype=np.int32)), "wrong_shape", "people.squad"),
    (people("ids", ("a", "a", "b", "c")), "name_twice", "people.ids"),
    (people("ids", ["a", "b", "c", "d"]), "names_not_text", "people.ids"),
    (changed("people", "squad", 1, 7), "out_of_range", "people.squad"),
    (changed("people", "squad", 1, -2), "out_of_range", "people.squad"),
    (changed("people", "role", 0, 3), "out_of_range", "people.role"),
    (changed("people", "cap_week", 0, -1), "out_of_range", "people.cap_week"),
    (changed("people", "load", (2, 1), -1), "out_of_range", "people.load"),
    (changed("people", "availability", (1, 2), 4), "out_of_range", "people.availability"),
    (changed("people", "capability", (0, 0), 4), "out_of_range", "people.capability"),
    (changed("people", "home", (0, 0), 2_000_000), "out_of_range", "people.home"),
    (changed("people", "home", (0, 1), NO_PLACE), "half_a_place", "people.home"),
    (changed("", "squad_base", (0, 1), NO_PLACE), "half_a_place", "squad_base"),
    (changed("shifts", "end", 1, -500_000), "empty_shift", "shifts.end"),
    (changed("shifts", "start", 1, -500_000), "shifts_not_sorted", "shifts.start"),
    (changed("shifts", "day", 0, 3), "out_of_range", "shifts.day"),
    (changed("shifts", "load_class", 0, 4), "out_of_range", "shifts.load_class"),
    (changed("demand", "task_checkpoint", 0, 9), "out_of_range", "demand.task_checkpoint"),
    (changed("demand", "task_tier", 0, 3), "out_of_range", "demand.task_tier"),
    (changed("demand", "group_task", 0, 99), "out_of_range", "demand.group_task"),
    (changed("demand", "group_capability", 0, 2), "out_of_range", "demand.group_capability"),
    (changed("demand", "minimum", 0, 99), "minimum_above_desired", "demand.minimum"),
    (changed("demand", "minimum", 0, -1), "out_of_range", "demand.minimum"),
    (with_pairs("locked", [(0, 99)]), "out_of_range", "locked[:, 1]"),
    (with_pairs("baseline", [(99, 0)]), "out_of_range", "baseline[:, 0]"),
    (with_pairs("locked", [(0, 0), (0, 0)]), "pair_twice", "locked"),
    (with_pairs("busy", [(0, 100, 100)]), "empty_shift", "busy"),
    (with_pairs("busy", [(0, 100)]), "wrong_shape", "busy"),
    (whole("locked", []), "not_an_array", "locked"),
    (lambda problem: replace(problem, days=0), "number_out_of_range", "days"),
    (lambda problem: replace(problem, rules=Rules(rest_min=-1)), "number_out_of_range", "rules.rest_min"),
    (lambda problem: replace(problem, capabilities=("driver", "leader")), "first_capability", "capabilities"),
    (lambda problem: replace(problem, weights=Weights(minimum=(5,))), "out_of_range", "demand.task_tier"),
]


@pytest.mark.parametrize(("spoil", "code", "field"), FAULTS)
def test_what_cannot_be_right_is_refused_with_its_place(spoil: Spoil, code: str, field: str) -> None:
    """Each fault has its sentence in both languages, and the sentence names the field."""
    problem = next(found for seed in range(50) if _rich(found := tiny(seed)))
    with pytest.raises(InvalidDataError) as refused:
        spoil(problem)
    assert refused.value.message.code == f"engine.{code}"
    assert refused.value.message.params["field"] == field
    assert field in render(refused.value.message, "zh")
    assert field in render(refused.value.message, "en")


def _rich(problem: Problem) -> bool:
    """Say whether the sample has a task of a lower tier and homes that are known."""
    return bool((problem.demand.task_tier > 0).any() and (problem.people.home[0] != NO_PLACE).all())


def test_the_same_task_twice_is_refused() -> None:
    """A checkpoint occurs once in a shift."""
    problem = tiny(3, groups=6)
    both = np.array([0, 0], dtype=np.int32)
    tier = both.astype(np.int8)
    one = replace(
        problem.demand,
        group_task=both[:1],
        group_capability=tier[:1],
        minimum=both[:1],
        desired=both[:1],
        task_checkpoint=both,
        task_shift=both,
        task_tier=tier,
    )
    with pytest.raises(InvalidDataError) as refused:
        replace(problem, demand=one, locked=problem.locked[:0], baseline=problem.baseline[:0])
    assert refused.value.message.code == "engine.task_twice"


def test_the_same_group_twice_is_refused() -> None:
    """A capability is asked for once in a task."""
    problem = tiny(3, groups=6)
    both = np.array([0, 0], dtype=np.int32)
    demand = replace(problem.demand, group_task=both, group_capability=both.astype(np.int8), minimum=both, desired=both)
    with pytest.raises(InvalidDataError) as refused:
        replace(problem, demand=demand, locked=problem.locked[:0], baseline=problem.baseline[:0])
    assert refused.value.message.code == "engine.group_twice"


def test_frozen_is_frozen() -> None:
    """Nobody can change the arrays of a problem behind its back."""
    problem = tiny(1)
    with pytest.raises(ValueError, match="read-only"):
        problem.people.home[0, 0] = 1


@pytest.mark.parametrize("options", [{"seed": -1}, {"moves": -1}, {"time_limit": -0.5}, {"time_limit": float("nan")}])
def test_options_that_mean_nothing_are_refused(options: dict[str, float]) -> None:
    """A negative number of moves is a slip, not a wish."""
    with pytest.raises(InvalidDataError) as refused:
        SolveOptions(**options)  # type: ignore[arg-type]  # wrong on purpose
    assert refused.value.message.params["field"] in options
