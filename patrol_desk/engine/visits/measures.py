"""How well the visits hide: exactness of the counts, entropy, and how often the best observer is right.

What counts as a hit is not a matter of course: with a visit in one slot of ten, "never" is right nine times in ten and
tells nobody anything. Two standard definitions are free of that, both are measured, and the larger is the hit rate:

named
    The observer names the slots of which he is surest, at each checkpoint as many as there are weeks; each guess is
    made with everything seen before the slot. The share of these that were visited: precision at k, one name a week.
    He does not choose the surest of each week when it is over: a guess that rises until a visit comes is at its
    highest just then, whoever makes it.
told
    He is shown a slot that was visited and one that was not, and says which is which by his guesses. The share of these
    pairs in which he is right, half for equal guesses: the two-alternative forced choice, which equals the area under
    the ROC curve (Hanley, McNeil 1982). 0.5 is mere luck, whatever the base rate; it counts both those who wait for
    a visit and those who look for a safe hour, and is the harder of the two on us when visits are few.

Guesses on single shifts and on whole days are both measured; the larger counts.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from patrol_desk.engine.visits.observers import OBSERVERS, Bool, Float, Watched


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """How often one observer is right.

    Parameters
    ----------
    named, told
        (C,) the shares; `told` is NaN where the guessed weeks saw only visits, or none.
    loss
        (C,) nats by which the observer is surprised over the guessed weeks.
    """

    named: Float
    told: Float
    loss: Float

    @property
    def rate(self) -> float:
        """The larger of both shares, each the mean over the checkpoints."""
        return max(float(self.named.mean()), float(np.nanmean(self.told)))


def watch(watched: Watched) -> dict[str, Hits]:
    """Return how often each observer is right."""
    return {name: judge(watched, observer(watched)) for name, observer in OBSERVERS.items()}


def by_day(watched: Watched, day: NDArray[np.int8]) -> Watched:
    """Return the same in days: visited when any of the day's slots was.

    Parameters
    ----------
    watched
        C checkpoints, T slots a week.
    day
        (T,) day of each slot, 0 … 6.
    """
    days = range(int(day.max()) + 1)
    visited = np.stack([watched.visited[:, :, day == one].any(axis=2) for one in days], axis=2)
    possible = np.stack([watched.possible[:, day == one].any(axis=1) for one in days], axis=1)
    return Watched(visited, possible, watched.training)


def judge(watched: Watched, guess: Float) -> Hits:
    """Return how often guesses (C, W, T) are right in the weeks after those of learning."""
    visited, guess = watched.visited[:, watched.training :], guess[:, watched.training :]
    open_slots = np.broadcast_to(watched.possible[:, None], visited.shape)
    pairs = [(guess[place][slots], visited[place][slots]) for place, slots in enumerate(open_slots)]
    named = np.array([_named(said, came, visited.shape[1]) for said, came in pairs])
    told = np.array([_told(said, came) for said, came in pairs])
    surprise = -np.where(visited, np.log(guess), np.log1p(-guess))
    return Hits(named, told, np.where(open_slots, surprise, 0.0).sum(axis=(1, 2)))


def _named(guess: Float, visited: Bool, names: int) -> float:
    """Return the share visited among the surest guesses; where equal ones are too many, their mean counts."""
    names = min(names, len(guess))
    if not names:
        return 0.0
    edge = np.sort(guess)[-names]
    above, at = guess > edge, guess == edge
    rest = names - int(above.sum())
    return float(visited[above].sum() + rest * visited[at].mean()) / names


def _told(guess: Float, visited: Bool) -> float:
    """Return the share of (visited, not visited) pairs in which the visited slot has the higher guess."""
    yes, no = int(visited.sum()), int((~visited).sum())
    if not yes or not no:
        return float("nan")
    _, group, count = np.unique(guess, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[group]
    return float((rank[visited].sum() - yes * (yes + 1) / 2) / (yes * no))


def independent_entropy(watched: Watched, probability: Float) -> Float:
    """Return (C,) nats of independent draws with these probabilities over the guessed weeks: the most there can be.

    Parameters
    ----------
    watched
        C checkpoints, T slots.
    probability
        (C, T) of a visit in each slot of a week.
    """
    p = np.clip(np.where(watched.possible, probability, 0.0), 1e-12, 1 - 1e-12)
    bits = -(p * np.log(p) + (1 - p) * np.log1p(-p))
    weeks = watched.visited.shape[1] - watched.training
    entropy: Float = np.where(watched.possible, bits, 0.0).sum(axis=1) * weeks
    return entropy


def count_error(visited: Bool, due: Float, first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return (C,) visits by which the count over each checkpoint's long window misses what is due in it.

    Parameters
    ----------
    visited
        (C, W, T).
    due
        (C,) visits a week.
    first, last
        (C,) weeks at which the long window begins and ends; the account was settled at both.
    """
    weeks = np.arange(visited.shape[1])
    until = [((weeks < end[:, None])[:, :, None] & visited).sum(axis=(1, 2)) for end in (first, last)]
    owed = [np.floor(due * end + 0.5).astype(np.int64) for end in (first, last)]
    missed: NDArray[np.int64] = (until[1] - owed[1]) - (until[0] - owed[0])
    return np.abs(missed)
