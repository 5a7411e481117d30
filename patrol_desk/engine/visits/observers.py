"""Observers who have watched every checkpoint for half of the weeks and guess the other half."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from patrol_desk.engine.visits.logistic import chances, fit

Float = NDArray[np.float64]
Bool = NDArray[np.bool_]
Int = NDArray[np.int64]

_BINS: Final = 16
"""Classes of the time since the last visit."""

_LEAST: Final = 1e-4
"""No observer is surer than this: a guess of 0 or 1 that fails would cost infinitely much."""


@dataclass(frozen=True, slots=True, eq=False)
class Watched:
    """What there was to see at C checkpoints over W weeks of T slots (shifts, or days).

    Parameters
    ----------
    visited
        (C, W, T) a visit took place.
    possible
        (C, T) a visit can take place; where it cannot, nothing is guessed.
    training
        Weeks at the beginning from which the observers learn; the later ones are guessed.
    """

    visited: Bool
    possible: Bool
    training: int

    @property
    def base(self) -> Float:
        """(C,) share of the possible slots visited while learning, a little pulled to the mean of all."""
        seen = self.visited[:, : self.training].sum(axis=(1, 2))
        slots = np.maximum(self.possible.sum(axis=1) * self.training, 1)
        mean = seen.sum() / max(slots.sum(), 1)
        base: Float = (seen + mean) / (slots + 1)
        return base


Observer = Callable[[Watched], Float]
"""Returns (C, W, T) the probability of a visit, each from what came before it and the weeks of learning."""


def by_frequency(watched: Watched) -> Float:
    """Guess by weekday and shift: the share of the learning weeks in which the slot was visited, pulled to the mean."""
    count = watched.visited[:, : watched.training].sum(axis=1)
    slot = (count + watched.base[:, None] * 2) / (watched.training + 2)
    return _within(np.repeat(slot[:, None], watched.visited.shape[1], axis=1))


def _left_out(watched: Watched) -> Float:
    """Return (C, training, T) the frequency without the own week: who learns to weigh it must not see the answer."""
    seen = watched.visited[:, : watched.training]
    return _within((seen.sum(axis=1)[:, None] - seen + watched.base[:, None, None] * 2) / (watched.training + 1))


def by_gap(watched: Watched) -> Float:
    """Guess by the time since the last visit: how much more often than else a visit follows such a gap."""
    return _by_context(watched, gap_class(watched), _BINS)


def by_markov(watched: Watched) -> Float:
    """Guess by whether each of the last two slots was visited: a Markov chain of order 2."""
    return _by_context(watched, last_two(watched), 4)


def by_logistic(watched: Watched) -> Float:
    """Guess by a logistic regression on all of these and on the counts of the week and the last four weeks."""
    return _regressed(watched, _features(watched))


def by_account(watched: Watched, left: Int, weeks_left: Int) -> Float:
    """Guess as somebody inside who reads the lottery's books, but not its secret: the logistic observer and more.

    Parameters
    ----------
    watched
        C checkpoints, W weeks.
    left, weeks_left
        (C, W) visits and weeks, this one included, left in the window at the beginning of each week.
    """
    so_far = _so_far(watched)
    possible = watched.possible
    later = np.cumsum(possible[:, ::-1], axis=1)[:, ::-1][:, None] + possible.sum(axis=1)[:, None, None] * (
        weeks_left[:, :, None] - 1
    )
    share = _within((left[:, :, None] - so_far) / np.maximum(later, 1))
    features = np.concatenate([_features(watched), _odds(share)[..., None]], axis=-1)
    return _regressed(watched, features)


def _regressed(watched: Watched, features: Float) -> Float:
    """Learn to weigh the features (C, W, T, K) and guess with them."""
    features[:, : watched.training, :, 1] = _odds(_left_out(watched))
    rows = np.zeros(watched.visited.shape, dtype=np.bool_)
    rows[:, : watched.training] = watched.possible[:, None]
    beta = fit(features[rows], watched.visited[rows])
    return _within(chances(features, beta))


OBSERVERS: Final[dict[str, Observer]] = {
    "frequency": by_frequency,
    "gap": by_gap,
    "markov": by_markov,
    "logistic": by_logistic,
}


def _within(guess: Float) -> Float:
    return np.clip(guess, _LEAST, 1 - _LEAST)


def _by_context(watched: Watched, context: Int, classes: int) -> Float:
    """Learn over all checkpoints how much more likely than at its base rate a visit is in each class."""
    rows = np.zeros(watched.visited.shape, dtype=np.bool_)
    rows[:, : watched.training] = watched.possible[:, None]
    base = np.broadcast_to(watched.base[:, None, None], watched.visited.shape)
    happened = np.bincount(context[rows], watched.visited[rows], classes)
    expected = np.bincount(context[rows], base[rows], classes)
    lift = (happened + 1) / (expected + 1)
    return _within(base * lift[context])


def since(watched: Watched) -> Int:
    """Return (C, W, T) slots since the last visit, 1 right after one; before the first one all slots so far."""
    flat = watched.visited.reshape(len(watched.visited), -1)
    number = np.arange(flat.shape[1])
    last = np.maximum.accumulate(np.where(flat, number, -1), axis=1)
    before = np.concatenate([np.full((len(flat), 1), -1), last[:, :-1]], axis=1)
    gaps: Int = (number - before).reshape(watched.visited.shape)
    return gaps


def gap_class(watched: Watched) -> Int:
    """Return (C, W, T) the class of the gap, measured in visits that the base rate would have put into it."""
    expected = since(watched) * watched.base[:, None, None]
    edges = np.quantile(expected[:, : watched.training], np.arange(1, _BINS) / _BINS)
    result: Int = np.searchsorted(edges, expected).astype(np.int64)
    return result


def last_two(watched: Watched) -> Int:
    """Return (C, W, T) 0 … 3: bit 0 the slot before was visited, bit 1 the one before that."""
    flat = watched.visited.reshape(len(watched.visited), -1).astype(np.int64)
    one, two = np.zeros_like(flat), np.zeros_like(flat)
    one[:, 1:], two[:, 2:] = flat[:, :-1], flat[:, :-2]
    return (one + 2 * two).reshape(watched.visited.shape)


def _features(watched: Watched) -> Float:
    """Return (C, W, T, K) what the logistic observer looks at, the first column all ones."""
    visited = watched.visited
    weekly = watched.base[:, None, None] * watched.possible.sum(axis=1)[:, None, None]
    slots = np.cumsum(watched.possible[:, ::-1], axis=1)[:, ::-1][:, None]
    so_far = _so_far(watched)
    quota = np.clip((np.round(weekly) - so_far) / np.maximum(slots, 1), _LEAST, 1 - _LEAST)
    columns = [np.ones(visited.shape)]
    columns += [_odds(observer(watched)) for observer in (by_frequency, by_gap, by_markov)]
    columns += [_odds(np.broadcast_to(quota, visited.shape)), so_far - weekly, 1 / since(watched)]
    columns += [_lately(visited, weeks) - weekly for weeks in (1, 2, 4)]
    return np.stack([np.asarray(column, dtype=np.float64) for column in columns], axis=-1)


def _so_far(watched: Watched) -> Int:
    """Return (C, W, T) visits of the week before the slot."""
    count: Int = np.cumsum(watched.visited, axis=2) - watched.visited
    return count


def _odds(chance: Float) -> Float:
    odds: Float = np.log(chance) - np.log1p(-chance)
    return odds


def _lately(visited: Bool, weeks: int) -> Float:
    """Return (C, W, T) visits a week over the last weeks, from the same slot on, this one left out."""
    flat: Int = np.cumsum(visited.reshape(len(visited), -1), axis=1)
    span = weeks * visited.shape[2]
    before = np.concatenate([np.zeros((len(flat), 1), dtype=flat.dtype), flat], axis=1)
    number = np.arange(flat.shape[1])
    count = before[:, number] - before[:, np.maximum(number - span, 0)]
    length = np.minimum(np.maximum(number, 1), span) / visited.shape[2]
    result: Float = (count / length).reshape(visited.shape)
    return result
