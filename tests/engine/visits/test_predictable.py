"""A place that comes back to its habits is told, with the numbers behind it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.common.message import Message
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.visits.predictable import Past, in_a_row, scores, warnings
from patrol_desk.messages.render import LANGUAGES, render
from patrol_desk.samples.problems import tiny


def past(*rows: tuple[int, int, int], weeks: int = 8) -> Past:
    """Return a past of (weeks ago, squad, task)."""
    return Past(weeks, np.array(rows, dtype=np.int32).reshape(-1, 3), 4)


def codes(found: tuple[Message, ...]) -> list[tuple[str, object]]:
    """Return code and times of each sentence."""
    return [(message.code, message.params["times"]) for message in found]


def test_the_fourth_week_in_a_row_is_told_and_the_third_is_not() -> None:
    """The same squad, weekday, shift and place three weeks running: this one would be the fourth."""
    before = past((1, 0, 2), (2, 0, 2), (3, 0, 2), (3, 0, 2))
    assert codes(warnings(before, 0, 2, low_demand=False)) == [("visits.squad_in_a_row", 4)]
    assert warnings(past((1, 0, 2), (2, 0, 2)), 0, 2, low_demand=False) == ()
    assert warnings(before, 1, 2, low_demand=False) == ()
    assert warnings(before, 0, 1, low_demand=False) == ()


def test_a_gap_breaks_the_row_but_often_is_often() -> None:
    """Six of eight weeks are told as such; five are not; nor is anything when few weeks are known."""
    six = past(*((ago, 0, 1) for ago in (2, 3, 4, 6, 7, 8)))
    assert codes(warnings(six, 0, 1, low_demand=False)) == [("visits.squad_often", 6)]
    assert warnings(past(*((ago, 0, 1) for ago in (2, 3, 4, 6, 7))), 0, 1, low_demand=False) == ()
    assert warnings(past(*((ago, 0, 1) for ago in (2, 3, 4, 5)), weeks=5), 0, 1, low_demand=False) == ()


def test_at_a_low_demand_checkpoint_the_time_itself_is_told() -> None:
    """Whoever came: visited at that hour for the fifth week."""
    before = past((1, 0, 3), (2, 1, 3), (3, -1, 3), (4, 0, 3))
    assert codes(warnings(before, 2, 3, low_demand=True)) == [("visits.time_in_a_row", 5)]
    assert codes(warnings(before, -1, 3, low_demand=True)) == [("visits.time_in_a_row", 5)]
    assert warnings(before, 2, 3, low_demand=False) == ()


def test_sentences_hold_their_numbers_in_both_languages() -> None:
    """With names in place of the indices."""
    found = warnings(past(*((ago, 0, 1) for ago in range(1, 8))), 0, 1, low_demand=True)
    names = {"squad": "石桥队", "checkpoint": "石桥市场", "shift": "周二早班"}
    said = [render(Message(message.code, {**message.params, **names}), "en") for message in found]
    assert said == [
        "石桥队 at 石桥市场 on 周二早班 for week 8 in a row: an observer can foresee it",
        "石桥市场 is visited on 周二早班 for week 8 in a row: an observer can foresee it",
    ]
    for code in ("squad_often", "time_often"):
        for language in LANGUAGES:
            text = render(Message(f"visits.{code}", {**names, "times": 6, "weeks": 8}), language)
            assert "6" in text
            assert "8" in text


@given(st.sets(st.integers(1, 12)))
def test_weeks_in_a_row_end_at_the_first_gap(agos: set[int]) -> None:
    """All weeks up to the count are there, the next one is not."""
    count = in_a_row(frozenset(agos))
    assert set(range(1, count + 1)) <= agos
    assert count + 1 not in agos


def test_scores_of_a_week() -> None:
    """Each checkpoint by itself: how often the squad, and any visit, was there; the longest row."""
    problem = tiny(1, people=6, shifts=4, checkpoints=2, groups=6)
    squads = np.array([0, 0, 1, 1, -1, -1], dtype=np.int32)
    problem = replace(
        problem,
        people=replace(problem.people, squad=squads, role=np.zeros(6, dtype=np.int8)),
        locked=np.zeros((0, 2), dtype=np.int32),
        baseline=np.zeros((0, 2), dtype=np.int32),
    )
    demand = problem.demand
    here, there = (int(np.argmax(demand.task_checkpoint == place)) for place in (0, 1))
    groups = [int(np.argmax(demand.group_task == task)) for task in (here, there)]
    plan = Plan(np.array([(0, groups[0]), (4, groups[1])], dtype=np.int32))
    before = past((1, 0, here), (2, 0, here), (4, 1, here), (1, -1, there), weeks=4)
    one, other = scores(before, problem, plan)
    assert (one.checkpoint, one.patrols, one.squad, one.time, one.worst) == (0, 1, 0.5, 0.75, 3)
    assert (other.checkpoint, other.patrols, other.squad, other.time, other.worst) == (1, 1, 0.0, 0.25, 0)
    assert scores(before, problem, Plan.empty()) == ()


def test_habit_counts_each_week_once() -> None:
    """Several people of a squad in one week are one time; who has no squad is no habit."""
    before = past((1, 0, 2), (1, 0, 2), (3, 0, 2), (2, 1, 0), (2, -1, 0))
    assert before.habit().tolist() == [[0, 2, 2], [1, 0, 1]]
    assert past().habit().shape == (0, 3)


@pytest.mark.parametrize("weeks", [0, 8])
def test_a_township_without_a_past_is_not_predictable(weeks: int) -> None:
    """Nothing was seen, nothing can be foreseen."""
    assert warnings(past(weeks=weeks), 0, 0, low_demand=True) == ()
