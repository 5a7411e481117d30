"""How well the visits of low-demand checkpoints hide, over a year of draws."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Progress, no_progress
from patrol_desk.engine.visits import (
    Hits,
    LotteryRules,
    LotteryState,
    VisitWeek,
    Watched,
    by_account,
    by_day,
    count_error,
    draw_week,
    independent_entropy,
    judge,
    marginals,
    watch,
)

Row = dict[str, object]
Bool = NDArray[np.bool_]
Float = NDArray[np.float64]
Int = NDArray[np.int64]

WEEKS: Final = 52
TRAINING: Final = 26

CHECKPOINTS: Final = 364
LOW_DEMAND: Final = 1 / 3
"""Share of the checkpoints that nobody holds by the week and that are visited: an assumption."""

VISITS_A_WEEK: Final = 2.0
"""Visits that the township can make at such a checkpoint in the mean: an assumption."""

RISKS: Final = (1.0, 1.03, 1.06)
"""Worth of a checkpoint to an observer, by tier. At visits in one shift of fourteen, a twentieth doubles its visits."""

NIGHT_RISK: Final = 1.01
"""Factor for the night's shift."""

CLOSED: Final = 0.25
"""Share of the checkpoints that are not visited at night: a park that is locked, a school."""

SHIFTS_A_DAY: Final = 4
UPPER: Final = 0.5
BARS: Final = {"count_error": 0, "entropy": 0.85, "hit_rate": 0.6}


@dataclass(frozen=True, slots=True, eq=False)
class _Town:
    """Low-demand checkpoints of a made-up township: the week that is drawn, and (C, T) where and how likely."""

    week: VisitWeek
    possible: Bool
    probability: Float
    start: Int
    day: NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class _Year:
    """A year of draws: (C, W, T) visits, and (C, W) what was left in each window at the beginning of the week."""

    visited: Bool
    left: Int
    weeks_left: Int
    windows: Int


def bench_visits(seeds: int = 5, *, scale: float = 1.0, progress: Progress = no_progress) -> dict[str, object]:
    """Draw a year of visits with some secrets and return what the observers make of it.

    Beside the lottery stand two others, judged in the same way: independent draws with the same probabilities, which
    hide perfectly but keep no count, and the same number every week, which keeps all counts and hides badly.

    Parameters
    ----------
    seeds
        How many secrets, each in a township of its own.
    scale
        Share of the township's checkpoints.
    progress
        Told before each year.

    Raises
    ------
    InvalidDataError
        No seed is asked for.
    """
    if seeds < 1:
        raise InvalidDataError(Message("bench.no_seeds", {"value": seeds}))
    runs = []
    for seed in range(seeds):
        progress(Message("bench.visits", {"seed": seed}), seed, seeds)
        runs.append(_run(seed, scale))
    figures = {name: [run[name] for run in runs] for name in ("lottery", "independent", "same_every_week")}
    worst = _worst(figures["lottery"])
    return {
        "bench": "visits",
        "options": {"seeds": seeds, "scale": scale, "weeks": WEEKS, "training": TRAINING},
        "bars": BARS,
        "worst": worst,
        "reached": _reached(worst),
        "runs": runs,
    }


def _reached(worst: Mapping[str, float]) -> bool:
    enough = worst["entropy"] >= BARS["entropy"]
    return enough and all(worst[name] <= BARS[name] for name in ("count_error", "hit_rate"))


def _worst(rows: list[Row]) -> dict[str, float]:
    values = {name: [float(value) for row in rows if isinstance(value := row[name], int | float)] for name in BARS}
    return {name: min(found) if name == "entropy" else max(found) for name, found in values.items()}


def _run(seed: int, scale: float) -> dict[str, Row]:
    rng = np.random.default_rng([seed, 11])
    town = _town(rng, max(2, round(CHECKPOINTS * LOW_DEMAND * scale)))
    secret = sha256(f"bench {seed}".encode()).digest()  # a bench's secret is none
    year = _drawn(town, secret)
    return {
        "lottery": _judged(town, year.visited, year) | _kept(town, year),
        "independent": _judged(town, rng.random(year.visited.shape) < town.probability[:, None]),
        "same_every_week": _judged(town, _same_every_week(town, rng)),
    }


def _town(rng: Generator, count: int) -> _Town:
    slots = 7 * SHIFTS_A_DAY
    number = np.arange(slots)
    start, night = number // SHIFTS_A_DAY * 1440 + number % SHIFTS_A_DAY * 360, number % SHIFTS_A_DAY == 0
    possible = ~(night & (rng.random((count, 1)) < CLOSED))
    risk = rng.choice(RISKS, (count, 1)) * np.where(night, NIGHT_RISK, 1.0)
    checkpoint, slot = np.nonzero(possible)
    wanted = marginals(risk[possible], round(VISITS_A_WEEK * count), np.full(len(slot), UPPER))
    probability = np.zeros(possible.shape)
    probability[possible] = wanted
    week = VisitWeek(
        checkpoints=tuple(f"c{place:03d}" for place in range(count)),
        place=rng.integers(0, 8_000, (count, 2)).astype(np.int32),
        cell_checkpoint=checkpoint.astype(np.int32),
        cell_start=start[slot].astype(np.int32),
        probability=wanted,
    )
    return _Town(week, possible, probability, start, (number // SHIFTS_A_DAY).astype(np.int8))


def _drawn(town: _Town, secret: bytes) -> _Year:
    names, state = town.week.checkpoints, LotteryState()
    visited = np.zeros((len(names), WEEKS, len(town.start)), dtype=np.bool_)
    rows = np.zeros((3, len(names), WEEKS), dtype=np.int64)
    for week in range(WEEKS):
        drawn, state = draw_week(state, secret, town.week)
        visited[:, week][town.possible] = drawn
        accounts = [state.accounts[name] for name in names]
        rows[0, :, week] = [account.left for account in accounts] + visited[:, week].sum(axis=1)
        rows[1, :, week] = [account.weeks_left + 1 for account in accounts]
        rows[2, :, week] = [account.windows for account in accounts]
    return _Year(visited, rows[0], rows[1], rows[2])


def _same_every_week(town: _Town, rng: Generator) -> Bool:
    """Visit each checkpoint exactly as often as is due, rounded, in every week."""
    visited = np.zeros((len(town.possible), WEEKS, len(town.start)), dtype=np.bool_)
    for place, due in enumerate(np.maximum(np.rint(town.week.due), 1).astype(np.int64).tolist()):
        chance = town.probability[place] / town.probability[place].sum()
        for week in range(WEEKS):
            visited[place, week, rng.choice(len(chance), due, replace=False, p=chance)] = True
    return visited


def _judged(town: _Town, visited: Bool, year: _Year | None = None) -> Row:
    """Return what the observers make of a year."""
    shifts = Watched(visited, town.possible, TRAINING)
    most = independent_entropy(shifts, town.probability)
    found = watch(shifts)
    losses = [hits.loss for hits in found.values()]
    row: Row = {}
    if year is not None:
        inside = judge(shifts, by_account(shifts, year.left, year.weeks_left))
        losses.append(inside.loss)
        row["insider"] = _hits(inside)
    entropy = min(losses, key=lambda loss: float(loss.sum())) / most
    days = watch(by_day(shifts, town.day))
    return row | {
        "entropy": round(float(entropy.mean()), 4),
        "entropy_per_checkpoint": _spread(entropy),
        "hit_rate": round(max(hits.rate for hits in (*found.values(), *days.values())), 4),
        "by_shift": {name: _hits(hits) for name, hits in found.items()},
        "by_day": {name: _hits(hits) for name, hits in days.items()},
        "longest_gap_days": _spread(_longest_gap(town, visited)),
    }


def _kept(town: _Town, year: _Year) -> Row:
    """Return how exactly a lottery keeps its counts: over each checkpoint's long window, and in each week."""
    rules = LotteryRules()
    first = (year.windows == 0).sum(axis=1) + 1
    error = count_error(year.visited, town.week.due, first, first + rules.window * rules.long)
    total = year.visited.sum(axis=(0, 2)) - round(float(town.week.probability.sum()))
    return {"count_error": int(error.max()), "weekly_total_error": int(np.abs(total).max())}


def _longest_gap(town: _Town, visited: Bool) -> Float:
    """Return (C,) days between two visits, start to start, at their longest."""
    when = (np.arange(visited.shape[1])[:, None] * 7 * 1440 + town.start).ravel()
    flat = visited.reshape(len(visited), -1)
    return np.array([np.diff(when[row], prepend=0, append=when[-1]).max() / 1440 for row in flat])


def _hits(hits: Hits) -> Mapping[str, object]:
    told = hits.told[~np.isnan(hits.told)]
    return {"rate": round(hits.rate, 4), "named": _spread(hits.named), "told": _spread(told)}


def _spread(values: Float) -> dict[str, float]:
    """Return mean, median, the 5th and 95th percentile and the extremes over the checkpoints."""
    low, middle, high = np.percentile(values, [5, 50, 95])
    parts = {"mean": values.mean(), "p5": low, "median": middle, "p95": high, "min": values.min(), "max": values.max()}
    return {name: round(float(value), 4) for name, value in parts.items()}
