"""The observers find what there is to find, and nothing where there is nothing."""

import numpy as np
import pytest

from patrol_desk.engine.visits import (
    OBSERVERS,
    Watched,
    by_account,
    by_day,
    count_error,
    independent_entropy,
    judge,
    watch,
)
from tests.engine.visits.towns import draw_weeks, week_of

PLACES, WEEKS, SLOTS, HALF = 40, 40, 14, 20


def watched(visited: np.ndarray[tuple[int, int, int], np.dtype[np.bool_]]) -> Watched:
    """Return what was seen where every slot is possible."""
    return Watched(visited, np.ones((len(visited), visited.shape[2]), dtype=np.bool_), visited.shape[1] // 2)


def nothing(*, chance: float = 0.15) -> np.ndarray[tuple[int, int, int], np.dtype[np.bool_]]:
    """Return (C, W, T) no visit, or independent ones."""
    drawn: np.ndarray[tuple[int, int, int], np.dtype[np.bool_]] = (
        np.random.default_rng(5).random((PLACES, WEEKS, SLOTS)) < chance
    )
    return drawn


def test_independent_draws_tell_nobody_anything() -> None:
    """Every observer is about as good as luck, and loses about the entropy."""
    seen = watched(nothing())
    most = independent_entropy(seen, np.full((PLACES, SLOTS), 0.15))
    for hits in watch(seen).values():
        assert hits.rate < 0.54
        assert float(hits.named.mean()) == pytest.approx(0.15, abs=0.03)
        assert float(hits.loss.sum() / most.sum()) == pytest.approx(1.0, abs=0.08)


def test_always_at_the_same_time_is_seen_by_frequency() -> None:
    """The same weekday and shift every week: every name is right."""
    visited = nothing(chance=0)
    visited[np.arange(PLACES), :, np.arange(PLACES) % SLOTS] = True
    found = watch(watched(visited))
    assert found["frequency"].named.tolist() == [1.0] * PLACES
    assert found["logistic"].rate > 0.99


def test_every_so_often_is_seen_by_the_gap() -> None:
    """Each ninth slot: the weekday wanders, the time since the last visit tells."""
    visited = nothing(chance=0)
    flat = visited.reshape(PLACES, -1)
    for place in range(PLACES):
        flat[place, place % 9 :: 9] = True
    found = watch(watched(visited))
    assert found["gap"].rate > 0.99
    assert found["frequency"].rate < 0.8


def test_two_in_a_row_are_seen_by_the_chain() -> None:
    """Visits that come in pairs: the second is foreseen, and the slot after it is safe."""
    visited = nothing(chance=0.05)
    flat = visited.reshape(PLACES, -1)
    flat[:, 1:] |= flat[:, :-1].copy()
    found = watch(watched(visited))
    assert float(found["markov"].named.mean()) > 0.4
    assert float(found["frequency"].named.mean()) < 0.2


def test_the_same_number_every_week_is_seen_by_the_count() -> None:
    """Exactly two a week, else at random: only who counts knows the week's last days."""
    rng = np.random.default_rng(7)
    visited = nothing(chance=0)
    for place in range(PLACES):
        for week in range(WEEKS):
            visited[place, week, rng.choice(SLOTS, 2, replace=False)] = True
    found = watch(watched(visited))
    assert found["logistic"].rate > 0.7
    assert max(found[name].rate for name in ("frequency", "markov")) < 0.6


def test_our_lottery_hides_from_them_and_less_so_from_its_books() -> None:
    """The bars, small: no observer above 0.6, and 0.85 of the entropy even for one who reads the accounts."""
    week = week_of([1.0, 2.0, 1.5, 2.5] * 12, slots=28, step=360)
    visited, states = draw_weeks(week, 52)
    seen = watched(visited)
    accounts = [[state.accounts[name] for state in states] for name in week.checkpoints]
    made = visited.sum(axis=2)
    left = np.array([[account.left for account in row] for row in accounts]) + made
    weeks_left = np.array([[account.weeks_left + 1 for account in row] for row in accounts])
    inside = judge(seen, by_account(seen, left, weeks_left))
    outside = [hits.rate for hits in watch(seen).values()]
    most = independent_entropy(seen, week.probability.reshape(len(week.checkpoints), -1))
    assert max(outside) < 0.6 < inside.rate
    assert float(inside.loss.sum() / most.sum()) > 0.85


def test_days_are_slots_together() -> None:
    """A day is visited when one of its slots is, and possible when one of them is."""
    visited = nothing(chance=0)
    visited[0, 3, 5] = True
    possible = np.ones((PLACES, SLOTS), dtype=np.bool_)
    possible[1, :2] = False
    days = by_day(Watched(visited, possible, HALF), (np.arange(SLOTS) // 2).astype(np.int8))
    assert np.argwhere(days.visited).tolist() == [[0, 3, 2]]
    assert np.argwhere(~days.possible).tolist() == [[1, 0]]
    assert days.training == HALF


def test_where_no_visit_can_be_nothing_is_guessed() -> None:
    """Closed slots count neither as hits nor as entropy; a place never visited has no pairs to tell apart."""
    visited = nothing()
    possible = np.ones((PLACES, SLOTS), dtype=np.bool_)
    possible[:, ::2] = False
    possible[1] = False
    visited &= possible[:, None]
    visited[0] = False
    seen = Watched(visited, possible, HALF)
    found = judge(seen, OBSERVERS["frequency"](seen))
    assert np.isnan(found.told[:2]).all()
    assert not np.isnan(found.told[2:]).any()
    assert found.named[:2].tolist() == [0.0, 0.0]
    assert found.loss[1] == 0
    assert independent_entropy(seen, np.full((PLACES, SLOTS), 0.5))[2] == pytest.approx(HALF * 7 * np.log(2))


def test_a_guess_is_made_from_the_past_alone() -> None:
    """What happens later changes no guess made before it."""
    visited = nothing()
    other = visited.copy()
    other[:, 30, 6:] = ~other[:, 30, 6:]
    other[:, 31:] = False
    for observer in OBSERVERS.values():
        one, two = observer(watched(visited)), observer(watched(other))
        assert (one[:, :30] == two[:, :30]).all()
        assert (one[:, 30, :7] == two[:, 30, :7]).all()


def test_equal_guesses_count_half_and_by_their_mean() -> None:
    """Who always says the same is right half of the time, and names at the base rate."""
    visited = nothing()
    found = judge(watched(visited), np.full(visited.shape, 0.3))
    assert found.told.tolist() == [0.5] * PLACES
    assert found.named == pytest.approx(visited[:, HALF:].mean(axis=(1, 2)))


def test_a_count_that_misses_is_told() -> None:
    """One visit too few in the window is an error of one, before or after it none."""
    visited = np.zeros((2, 10, 4), dtype=np.bool_)
    visited[:, :, 0] = True
    visited[1, 5, 0] = False
    whole = (np.array([0, 0]), np.array([10, 10]))
    assert count_error(visited, np.ones(2), *whole).tolist() == [0, 1]
    assert count_error(visited, np.ones(2), np.array([6, 6]), np.array([10, 10])).tolist() == [0, 0]
