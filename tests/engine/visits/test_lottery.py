"""The weekly draw: exact counts in the long run, loose ones in the short, all from secret and state alone."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.engine.visits import Account, LotteryRules, LotteryState, count_error, draw_week
from tests.engine.visits.towns import SECRET, draw_weeks, week_of

RULES = LotteryRules()


@given(
    st.lists(st.floats(0.2, 4), min_size=1, max_size=5),
    st.binary(min_size=32, max_size=32),
    st.integers(1, 4),
    st.floats(0, 1),
)
def test_no_window_misses_what_is_due_by_more_than_the_jitter(
    due: list[float], secret: bytes, window: int, nearby: float
) -> None:
    """At each window's end visits made and due differ by one at most, and by none where the account is settled."""
    rules = LotteryRules(window, long=3, nearby_places=nearby, nearby_times=nearby)
    week = week_of(due, slots=24, step=420)
    _, states = draw_weeks(week, 4 * window, secret, rules)
    for name, rate in zip(week.checkpoints, week.due.tolist(), strict=True):
        for number, state in enumerate(states):
            account = state.accounts[name]
            assert account.owed == (number + 1) * round(rate * 1_000_000)
            if account.weeks_left == 0:
                missed = account.made - (account.owed + 500_000) // 1_000_000
                assert abs(missed) <= (0 if (account.windows - 1) % 3 == 0 else 1)
                assert account.left == 0


def test_the_weeks_total_is_what_the_township_can_make() -> None:
    """Every week has the same number of visits; a fraction shows in the mean."""
    visited, _ = draw_weeks(week_of([2.0, 1.5, 2.5, 1.0] * 5), 30)
    assert set(visited.sum(axis=(0, 2)).tolist()) == {35}
    fraction, _ = draw_weeks(week_of([1.1, 1.1, 1.15] * 3), 40)
    totals = fraction.sum(axis=(0, 2))
    assert set(totals.tolist()) <= {10, 11}
    assert len(set(totals.tolist())) == 2


def test_weekly_counts_are_loose_and_long_ones_exact() -> None:
    """No checkpoint has the same number every week, and each long window holds exactly what is due."""
    due = [2.0, 1.0, 3.0, 1.7] * 5
    week = week_of(due, slots=28, step=360)
    visited, states = draw_weeks(week, 52)
    weekly = visited.sum(axis=2)
    assert (weekly.max(axis=1) - weekly.min(axis=1) >= 2).all()
    opened = [sum(state.accounts[name].windows == 0 for state in states) + 1 for name in week.checkpoints]
    first = np.array(opened)
    assert set(first.tolist()) == {1, 2, 3, 4}
    error = count_error(visited, np.array(due), first, first + RULES.window * RULES.long)
    assert error.tolist() == [0] * 20
    shorter = count_error(visited, np.array(due), first, first + RULES.window * (RULES.long - 1))
    assert shorter.max() == 1


def test_each_cell_is_visited_as_often_as_it_should_be() -> None:
    """Over many secrets and weeks a cell's share lies within four and a half standard errors of its probability."""
    week = week_of([1.0, 2.0, 1.5, 2.5])
    chance = week.probability * np.tile(np.linspace(0.7, 1.3, 14), 4)
    uneven = type(week)(week.checkpoints, week.place, week.cell_checkpoint, week.cell_start, chance)
    weeks, secrets = 24, 40
    count = np.zeros(len(chance))
    for number in range(secrets):
        visited, _ = draw_weeks(uneven, weeks, bytes([number]) * 32)
        count += visited.sum(axis=1).ravel()
    share, error = count / (weeks * secrets), np.sqrt(chance * (1 - chance) / (weeks * secrets))
    assert (np.abs(share - chance) < 4.5 * error).all()
    assert np.corrcoef(share, chance)[0, 1] > 0.95


def test_the_same_secret_and_state_repeat_a_draw_and_another_secret_does_not() -> None:
    """The draw follows from what is handed in: neither clock nor date nor an earlier call changes it."""
    week = week_of([2.0] * 10)
    first, states = draw_weeks(week, 6)
    again, _ = draw_weeks(week, 6)
    other, _ = draw_weeks(week, 6, SECRET[::-1])
    assert (first == again).all()
    assert (first != other).any(axis=(0, 2)).all()
    assert (first[:, 0] != first[:, 1]).any()
    resumed, state = draw_week(states[2], SECRET, week)
    assert (resumed.reshape(10, -1) == first[:, 3]).all()
    assert state == states[3]


def test_a_state_can_be_written_down() -> None:
    """Whole numbers only: what is read back is the same state."""
    _, states = draw_weeks(week_of([1.3, 0.7]), 7)
    data = json.loads(json.dumps(states[-1].as_data()))
    assert LotteryState.of_data(data["draws"], data["accounts"]) == states[-1]
    assert LotteryState.of_data(0, {}) == LotteryState()


def test_a_checkpoint_that_comes_later_or_rests_keeps_its_account() -> None:
    """An account waits while its checkpoint has no cells, and a new one is opened for a new checkpoint."""
    _, states = draw_weeks(week_of([2.0, 2.0]), 3)
    before = states[-1].accounts["c1"]
    alone = week_of([2.0])
    _, resting = draw_week(states[-1], SECRET, alone)
    assert resting.accounts["c1"] == before
    _, back = draw_week(resting, SECRET, week_of([2.0, 2.0, 2.0]))
    assert back.accounts["c1"].owed == before.owed + 2_000_000
    assert back.accounts["c2"].owed == 2_000_000


def test_more_than_a_week_can_hold_is_made_up_for_later() -> None:
    """A window's rest that finds too few cells, or more than the township can make, stays owed."""
    week = week_of([2.0], slots=2, step=720)
    late = LotteryState(5, {"c0": Account(owed=8_000_000, made=2, windows=1, weeks_left=1, left=8)})
    drawn, state = draw_week(late, SECRET, week)
    assert drawn.sum() == 2
    assert state.accounts["c0"] == Account(owed=10_000_000, made=4, windows=2, weeks_left=0, left=6)
    _, after = draw_week(state, SECRET, week)
    opened = after.accounts["c0"]
    assert opened.left + opened.made in {17, 18, 19}  # 10 were owed, and 8 are due in the next four weeks


def test_an_empty_week_is_drawn() -> None:
    """A township without such checkpoints draws nothing."""
    drawn, state = draw_week(LotteryState(), SECRET, week_of([]))
    assert drawn.tolist() == []
    assert state == LotteryState(1, {})


@pytest.mark.parametrize("secret", [b"", b"x" * 31])
def test_no_draw_without_a_secret(secret: bytes) -> None:
    """A short secret is refused before anything is drawn."""
    with pytest.raises(ValueError, match="short_secret"):
        draw_week(LotteryState(), secret, week_of([1.0]))
