"""Median, worst and bars out of the rows of the engine's bench."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from patrol_desk.bench.jobs import PEERS
from patrol_desk.bench.settings import BARS, Bar

Row = Mapping[str, object]

HIGHER_IS_BETTER: Final = ("single_squad_share", "gaps_explained")

PEER_NAMES: Final = ("greedy", "plain_greedy", *PEERS)

_SUMMED_UP: Final = (
    "seats", "shortage", "shortage_bound", "shortage_ratio", "tier_ratio", "exact", "gap", "gap_rest",
    "single_squad_share", "seconds", "cpu_seconds", "first_plan_seconds", "peak_mb", "moves", "violations",
    "figures_differ", "gaps", "gaps_explained", "free_candidates", "check_seconds", "tier_over_greedy",
    *(f"cost_over_{name}" for name in PEER_NAMES),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Summary:
    """The runs of a family under a limit.

    Parameters
    ----------
    family, limit
        Which runs; a limit of None is the engine's defaults.
    seeds
        How many there are.
    median, worst
        Of each figure that any of them has.
    """

    family: str
    limit: float | None
    seeds: int
    median: dict[str, float]
    worst: dict[str, float]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One bar, held against one summary."""

    bar: Bar
    family: str
    limit: float | None
    median: float
    worst: float

    @property
    def verdict(self) -> str:
        """``reached`` by every seed, by the ``median`` only, or ``not reached``."""
        if self.bar.reached(self.worst):
            return "reached"
        return "median" if self.bar.reached(self.median) else "not reached"


def summaries(rows: Iterable[Row]) -> tuple[Summary, ...]:
    """Return one summary for each family and limit, in the order of the rows."""
    ordered = list(rows)
    beside = _peers(ordered)
    grouped: dict[tuple[str, float | None], list[Row]] = {}
    for row in ordered:
        if row["kind"] == "solver" and "failed" not in row:
            limit = row["limit"]
            key = (str(row["family"]), float(limit) if isinstance(limit, (int, float)) else None)
            grouped.setdefault(key, []).append({**row, **_against(row, beside.get(_instance_of(row), {}))})
    return tuple(
        Summary(name, limit, len(found), _each(found, worst=False), _each(found, worst=True))
        for (name, limit), found in grouped.items()
    )


def numbers(rows: Sequence[Row], name: str) -> list[float]:
    """Return a figure's values in the rows that have it."""
    return [float(value) for row in rows if isinstance(value := row.get(name), (int, float))]


def judgements(found: Sequence[Summary]) -> tuple[Judgement, ...]:
    """Hold every bar against every summary that it concerns and that has its figure."""
    return tuple(
        Judgement(bar, summary.family, summary.limit, summary.median[bar.figure], summary.worst[bar.figure])
        for bar in BARS
        for summary in found
        if bar.concerns(summary.family, summary.limit) and bar.figure in summary.median
    )


def slope(sizes: Sequence[float], values: Sequence[float]) -> float | None:
    """Return the exponent b of value ~ size^b: the slope of the least-squares line through the logarithms."""
    points = [(math.log(size), math.log(value)) for size, value in zip(sizes, values, strict=True) if value > 0]
    if len(points) < 2:
        return None
    across = sum(x for x, _ in points) / len(points)
    up = sum(y for _, y in points) / len(points)
    spread = sum((x - across) ** 2 for x, _ in points)
    return sum((x - across) * (y - up) for x, y in points) / spread if spread else None


def faults(rows: Iterable[Row]) -> list[str]:
    """Return the keys of our own rows that prove a fault: no figures, a broken rule, figures that differ.

    A foreign peer that fails or breaks a rule is told in the tables; it is no fault of ours.
    """
    own = (row for row in rows if row["kind"] not in PEERS)
    return [str(row["key"]) for row in own if "failed" in row or any(_positive(row, name) for name in _FAULTS)]


_FAULTS: Final = ("violations", "figures_differ", "free_candidates", "greedy_violations", "plain_greedy_violations")


def _positive(row: Row, name: str) -> bool:
    value = row.get(name)
    return isinstance(value, (int, float)) and value > 0


def _instance_of(row: Row) -> tuple[object, object, object]:
    return row["family"], row["seed"], row["scale"]


def _peers(rows: Sequence[Row]) -> dict[tuple[object, object, object], dict[str, Row]]:
    """Return, per instance, each peer's figures by its name."""
    found: dict[tuple[object, object, object], dict[str, Row]] = {}
    for row in rows:
        if row["kind"] == "instance":
            for name in ("greedy", "plain_greedy"):
                figures = {key.removeprefix(f"{name}_"): value for key, value in row.items()}
                found.setdefault(_instance_of(row), {})[name] = figures
        elif row["kind"] in PEER_NAMES:
            found.setdefault(_instance_of(row), {})[str(row["kind"])] = row
    return found


def _against(row: Row, peers: Mapping[str, Row]) -> dict[str, object]:
    """Return a run's cost over each peer's, and its missing heads in points over the compiled greedy's.

    A peer whose plan breaks a rule, or that has none, is left out.
    """
    found: dict[str, object] = {}
    for name, peer in peers.items():
        theirs, ours = peer.get("cost"), row["cost"]
        if isinstance(theirs, int) and isinstance(ours, int) and not _positive(peer, "violations"):
            found[f"cost_over_{name}"] = round(ours / max(theirs, 1), 5)
    ours, theirs = row["tier_points"], peers.get("greedy", {}).get("tier_points")
    if isinstance(ours, int) and isinstance(theirs, int):
        found["tier_over_greedy"] = round(ours / max(theirs, 1), 5)
    return found


def _each(rows: Sequence[Row], *, worst: bool) -> dict[str, float]:
    summed: dict[str, float] = {}
    for name in _SUMMED_UP:
        values = numbers(rows, name)
        if values:
            pick: Callable[[list[float]], float] = median
            if worst:
                pick = min if name in HIGHER_IS_BETTER or name == "exact" else max
            summed[name] = round(pick(values), 5)
    return summed
