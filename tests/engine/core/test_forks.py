"""Where a night asks for the evening before it and the morning after it to be given up, a fork finds the way."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.engine.core.forks import fill_by_forks
from patrol_desk.engine.core.greedy import fill_greedily
from patrol_desk.engine.core.instance import Instance, build
from patrol_desk.engine.core.repair import fill_by_chains, fill_order, new_trace
from patrol_desk.engine.core.state import State, empty_state, positions, put, to_plan
from patrol_desk.engine.formats import read_problem
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.verify import check
from patrol_desk.samples.problems import tiny

SHIFTS = (
    {"id": "evening", "start": "2026-11-23T18:00", "end": "2026-11-23T22:00"},
    {"id": "night", "start": "2026-11-23T23:00", "end": "2026-11-24T03:00"},
    {"id": "morning", "start": "2026-11-24T08:00", "end": "2026-11-24T12:00"},
)


def never() -> bool:
    """Never stop."""
    return False


def always() -> bool:
    """Stop at once."""
    return True


def problem_of(folder: Path, people: Sequence[dict[str, object]]) -> Problem:
    """Return one post with one seat in each of the three shifts; the night can be held by a driver only."""
    seats = {"evening": [{"minimum": 1}], "night": [{"skill": "driver", "minimum": 1}], "morning": [{"minimum": 1}]}
    document = {
        "format": "patrol-desk/problem",
        "version": 1,
        "monday": "2026-11-23",
        "skills": ["driver"],
        "shifts": SHIFTS,
        "checkpoints": [{"id": "gate", "place": [0, 0]}],
        "people": people,
        "demand": [{"checkpoint": "gate", "shift": shift, "seats": seat} for shift, seat in seats.items()],
    }
    file = folder / "problem.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return read_problem(file)


def crowded(problem: Problem) -> tuple[Instance, State]:
    """Return the state in which the first person holds the evening and the morning, so that the night is empty."""
    instance = build(problem)
    state = empty_state(problem, instance)
    driver = int(positions(problem, instance)[0])
    for group, wants in enumerate(problem.demand.group_capability):
        if wants < 0:
            put(instance, state, int(instance.slot_first[group]), driver)
    return instance, state


@pytest.fixture
def problem(tmp_path: Path) -> Problem:
    """Give a driver and two more people, of whom one is free in the evening and one in the morning."""
    return problem_of(
        tmp_path,
        [
            {"id": "driver", "skills": ["driver"], "cap_week": 2},
            {"id": "early", "availability": {"morning": "fine"}},
            {"id": "late", "availability": {"evening": "fine"}},
        ],
    )


def test_no_chain_leads_to_the_night(problem: Problem) -> None:
    """Giving up one of the two duties does not make room: this is what forks are for."""
    instance, state = crowded(problem)
    assert fill_by_chains(instance, state, new_trace(instance), fill_order(instance, state)[:1]) == 0


def test_a_fork_fills_the_night_and_both_duties_given_up(problem: Problem) -> None:
    """All three seats are held, and no rule is broken."""
    instance, state = crowded(problem)
    assert fill_by_forks(instance, state, never) == 1
    report = check(problem, to_plan(instance, state))
    assert report.violations == ()
    assert report.shortage == 0


def test_what_cannot_be_filled_again_is_put_back(tmp_path: Path) -> None:
    """Nobody takes the morning: one seat stays empty either way, and the state is as it was."""
    people: list[dict[str, object]] = [
        {"id": "driver", "skills": ["driver"], "cap_week": 2},
        {"id": "late", "availability": {"evening": "fine"}},
    ]
    problem = problem_of(tmp_path, people)
    instance, state = crowded(problem)
    before = state.holder.tolist()
    assert fill_by_forks(instance, state, never) == 0
    assert state.holder.tolist() == before


def test_a_locked_duty_is_not_given_up(problem: Problem) -> None:
    """A lock holds against a fork as against everything else."""
    instance, state = crowded(problem)
    state.fixed[state.holder >= 0] = 1
    assert fill_by_forks(instance, state, never) == 0


def test_a_stop_is_heard(problem: Problem) -> None:
    """Nothing is tried once somebody asked to stop."""
    instance, state = crowded(problem)
    assert fill_by_forks(instance, state, always) == 0


@given(st.integers(0, 10**6), st.booleans())
def test_forks_never_break_a_rule_or_lose_a_head(seed: int, full: bool) -> None:
    """On random problems the state is as good or better, and keeps every rule."""
    problem = tiny(seed, people=8, shifts=6, checkpoints=3, groups=8, full=full)
    instance = build(problem)
    state = empty_state(problem, instance)
    fill_greedily(instance, state, never)
    before = check(problem, to_plan(instance, state)).shortage
    gained = fill_by_forks(instance, state, never)
    report = check(problem, to_plan(instance, state))
    assert report.own_violations == ()
    assert report.shortage <= before - (gained > 0)
