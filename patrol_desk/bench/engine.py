"""How good plans are against their proven bounds and against greedy, family by family."""

import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from statistics import median
from typing import Final

import numpy as np

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Progress, no_progress
from patrol_desk.engine.plan import Figures, Plan, SolveResult
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.verify import CheckReport, check
from patrol_desk.samples.problems import FAMILIES, family, greedy

Row = dict[str, object]

_HIGHER_IS_BETTER: Final = ("single_squad_share",)

_SUMMED_UP: Final = (
    "gap",
    "gap_rest",
    "shortage",
    "shortage_bound",
    "shortage_ratio",
    "single_squad_share",
    "seconds",
    "first_plan_seconds",
    "peak_mb",
    "violations",
    "figures_differ",
    "greedy_shortage",
    "greedy_cost_ratio",
    "greedy_seconds",
    "check_seconds",
)


@dataclass(frozen=True, slots=True)
class _Job:
    """One run: a family, a seed, a size, and how long to search."""

    name: str
    seed: int
    scale: float
    moves: int | None
    time_limit: float | None


def bench_engine(
    families: Sequence[str] = (),
    seeds: int = 10,
    *,
    moves: int | None = None,
    time_limit: float | None = None,
    scale: float = 1.0,
    progress: Progress = no_progress,
) -> dict[str, object]:
    """Solve every family with some seeds and return the figures of each run, their median and the worst.

    Every plan is judged by the independent checker, bounds included. Each run has a process of its own, so that its
    memory is its own; compiled code is loaded before the clock starts. Peers of the same run: the solver's compiled
    greedy, and the sample's plain one.

    Parameters
    ----------
    families
        Names out of `FAMILIES`; none for all.
    seeds
        How many seeds, from 0.
    moves, time_limit
        As in `SolveOptions`; None for the defaults.
    scale
        Share of each family's size.
    progress
        Told before each run.

    Raises
    ------
    InvalidDataError
        There is no such family, or no seed is asked for.
    """
    names = tuple(families) or FAMILIES
    for name in names:
        if name not in FAMILIES:
            raise InvalidDataError(Message("bench.no_such_family", {"value": name, "right": list(FAMILIES)}))
    if seeds < 1:
        raise InvalidDataError(Message("bench.no_seeds", {"value": seeds}))
    found: dict[str, object] = {}
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        for number, name in enumerate(names):
            rows = []
            for seed in range(seeds):
                done, total = number * seeds + seed, len(names) * seeds
                progress(Message("bench.engine", {"family": name, "seed": seed}), done, total)
                rows.append(pool.submit(_run, _Job(name, seed, scale, moves, time_limit)).result())
            found[name] = {"median": _summary(rows, worst=False), "worst": _summary(rows, worst=True), "runs": rows}
    options = {"seeds": seeds, "moves": moves, "time_limit": time_limit, "scale": scale}
    return {"bench": "engine", "options": options, "families": found}


def _run(job: _Job) -> Row:
    """Solve and judge one problem in this process."""
    from patrol_desk.engine.solve import SolveOptions, solve

    solve(family("small", 0, 0.1), SolveOptions(moves=1_000))
    problem = family(job.name, job.seed, job.scale)
    result = solve(problem, SolveOptions(seed=job.seed, moves=job.moves, time_limit=job.time_limit))
    began = time.perf_counter()
    report = check(problem, result.plan, result.certificate)
    seconds = time.perf_counter() - began
    row: Row = {"seed": job.seed, "check_seconds": round(seconds, 3)} | _judged(result, report)
    peer, peer_seconds = _compiled_greedy(problem)  # after the solver, whose peak of memory it must not raise
    judged_peer, plain = check(problem, peer), check(problem, greedy(problem))
    return row | {
        "greedy_shortage": judged_peer.shortage,
        "greedy_cost_ratio": round(judged_peer.cost / max(report.cost, 1), 4),
        "greedy_single_squad_share": round(judged_peer.single_squad_share, 4),
        "greedy_seconds": round(peer_seconds, 3),
        "plain_greedy_shortage": plain.shortage,
        "plain_greedy_cost_ratio": round(plain.cost / max(report.cost, 1), 4),
        "better_than_greedy": report.cost <= min(judged_peer.cost, plain.cost),
    }


def _compiled_greedy(problem: Problem) -> tuple[Plan, float]:
    """Return the plan of the solver's compiled greedy, and its seconds from problem to plan."""
    from patrol_desk.engine.core.greedy import fill_greedily
    from patrol_desk.engine.core.instance import build
    from patrol_desk.engine.core.state import empty_state, to_plan

    began = time.perf_counter()
    instance = build(problem)
    state = empty_state(problem, instance)
    fill_greedily(instance, state, lambda: False)
    return to_plan(instance, state), time.perf_counter() - began


def _judged(result: SolveResult, report: CheckReport) -> Row:
    """Return the figures of a run; those that can be recomputed are the checker's."""
    claimed = result.figures
    bound = report.cost_bound or 0
    over = report.cost - bound
    rest = bound - report.parts.minimum - report.parts.desired
    short = report.shortage_bound or 0
    return {
        "seats": report.seats,
        "shortage": report.shortage,
        "shortage_bound": short,
        "shortage_ratio": round(report.shortage / max(short, 1), 5) if report.shortage else 1.0,
        "exact": report.shortage == report.shortage_bound,
        "cost": report.cost,
        "cost_bound": bound,
        "gap": round(over / max(bound, 1), 5),
        "gap_rest": round(over / max(rest, 1), 5),
        "single_squad_share": round(report.single_squad_share, 5),
        "seconds": round(claimed.seconds, 2),
        "first_plan_seconds": round(claimed.first_plan_seconds, 2),
        "peak_mb": round(claimed.peak_mb, 1),
        "moves": claimed.moves,
        "violations": len(report.own_violations),
        "figures_differ": _differences(claimed, report),
    }


def _differences(claimed: Figures, report: CheckReport) -> int:
    """Count the figures in which solver and checker do not agree."""
    names = ("seats", "filled", "shortage", "shortage_bound", "desired_shortage", "cost", "cost_bound", "parts")
    different: int = sum(getattr(claimed, name) != getattr(report, name) for name in names)
    return different + int(not np.isclose(claimed.single_squad_share, report.single_squad_share))


def _summary(rows: Sequence[Row], *, worst: bool) -> Row:
    """Return the median or the worst of each figure."""
    summed: Row = {}
    for name in _SUMMED_UP:
        values = [value for row in rows if isinstance(value := row[name], (int, float))]
        if values and worst:
            summed[name] = min(values) if name in _HIGHER_IS_BETTER else max(values)
        elif values:
            summed[name] = median(values)
    summed["better_than_greedy"] = all(row["better_than_greedy"] for row in rows)
    return summed
