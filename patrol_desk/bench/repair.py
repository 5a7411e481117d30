"""How fast and how little a plan changes when people drop out, one by one or two in a hundred.

Whether one change is possible at all, somebody just taking the seat, is for the independent checker to say.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import process_time
from typing import Final

import numpy as np
from numpy.random import Generator

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Progress, no_progress
from patrol_desk.engine.options import SolveOptions
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.repair import Hole, LivePlan, kept, replan
from patrol_desk.engine.solve import solve
from patrol_desk.engine.verify import check, who_could_join
from patrol_desk.samples.problems import FAMILIES, family

Row = dict[str, object]

DEFAULT_FAMILIES: Final = ("slack", "saturated")
DROP_OUTS: Final = 300
LEAVE: Final = 0.02
MOVES: Final = 200_000
"""Moves of the search by which the plan to be repaired is made."""

BARS: Final = {
    "slack": {"one_change_done_of_possible": 1.0, "p95_ms": 5.0},
    "saturated": {"top_tier_gaps": 0, "p95_ms": 250.0},
    "replan": {"shifts_kept": 0.99, "posts_kept": 0.97},
}


@dataclass(frozen=True, slots=True)
class RepairOptions:
    """How much is tried: moves for each plan, share of the family's size, and drop-outs for each plan."""

    moves: int | None = None
    scale: float = 1.0
    drop_outs: int = DROP_OUTS


def bench_repair(
    families: Sequence[str] = (),
    seeds: int = 1,
    options: RepairOptions | None = None,
    progress: Progress = no_progress,
) -> dict[str, object]:
    """Repair drop-outs and re-plan without two in a hundred, and return what it took and what it kept.

    Parameters
    ----------
    families
        Names out of `FAMILIES`; a township with slack and a saturated one where none is named.
    seeds
        How many problems of each.
    options
        How much is tried.
    progress
        Told before each problem.

    Raises
    ------
    InvalidDataError
        There is no such family, or no seed is asked for.
    """
    names = tuple(families) or DEFAULT_FAMILIES
    for name in names:
        if name not in FAMILIES:
            raise InvalidDataError(Message("bench.no_such_family", {"value": name, "right": list(FAMILIES)}))
    if seeds < 1:
        raise InvalidDataError(Message("bench.too_few", {"value": seeds}))
    asked = options or RepairOptions()
    rows = []
    for done, (name, seed) in enumerate((name, seed) for name in names for seed in range(1, seeds + 1)):
        progress(Message("bench.repair", {"family": name, "seed": seed}), done, len(names) * seeds)
        rows.append(_run(name, seed, asked))
    faults = [row["family"] for row in rows if _at_fault(row)]
    return {"bench": "repair", "bars": BARS, "runs": rows, "faults": faults}


def _run(name: str, seed: int, options: RepairOptions) -> Row:
    problem = family(name, seed, options.scale)
    moves = MOVES if options.moves is None else options.moves
    plan = solve(problem, SolveOptions(seed=seed, moves=moves)).plan
    rng = np.random.default_rng([seed, FAMILIES.index(name)])
    row: Row = {
        "family": name,
        "seed": seed,
        "people": len(problem.people.ids),
        "seats": int(problem.demand.minimum.sum()),
    }
    found, holes = _drop_outs(problem, plan, rng, options.drop_outs)
    row["drop_outs"] = found | _one_change(problem, plan, holes)
    gone = rng.random(len(problem.people.ids)) < LEAVE
    people = replace(problem.people, on_roster=problem.people.on_roster & ~gone)
    changed = replace(problem, people=people, baseline=plan.assignments, locked=problem.locked[:0])
    rest = Plan(plan.assignments[~gone[plan.assignments[:, 0]]])
    began = process_time()
    after = replan(changed)
    row["replan"] = _judged(changed, plan, after) | {"seconds": round(process_time() - began, 2)}
    began = process_time()
    solved = solve(changed, SolveOptions(seed=seed, moves=moves))
    row["least_change"] = _judged(changed, plan, solved.plan) | {"seconds": round(process_time() - began, 2)}
    row["shortage_bound"] = solved.figures.shortage_bound
    row["shortage_before"] = check(problem, plan).shortage
    row["shortage_unrepaired"] = check(changed, rest).shortage
    row["broken"] = len(check(changed, after).violations)
    return row


def _at_fault(row: Row) -> bool:
    """Say whether a plan breaks a rule, or somebody should take a seat who must not."""
    drop_outs = row["drop_outs"]
    assert isinstance(drop_outs, dict)
    return bool(row["broken"] or drop_outs["one_change_disputed"])


def _judged(problem: Problem, before: Plan, after: Plan) -> Row:
    share, report = kept(problem, before, after), check(problem, after)
    return {
        "shifts_kept": round(share.shifts, 5),
        "posts_kept": round(share.posts, 5),
        "shortage": report.shortage,
        "desired_shortage": report.desired_shortage,
        "cost": report.cost,
    }


def _drop_outs(problem: Problem, plan: Plan, rng: Generator, count: int) -> tuple[Row, list[Hole]]:
    began = process_time()
    live = LivePlan.of(problem, plan)
    laid_out = process_time() - began
    rows = plan.assignments[rng.permutation(len(plan.assignments))[: count + 1]].tolist()
    live.drop_out(rows[0][0], [rows[0][1]])  # compiles, where it is the first
    spent: list[float] = []
    holes: list[Hole] = []
    for person, group in rows[1:]:
        began = process_time()
        holes += live.drop_out(person, [group])
        spent.append(1000 * (process_time() - began))
    middle, high, most = np.percentile(spent, [50, 95, 100])
    best = [hole.alternatives[0] for hole in holes if hole.alternatives]
    return {
        "count": len(holes),
        "layout_seconds": round(laid_out, 3),
        "median_ms": round(float(middle), 2),
        "p95_ms": round(float(high), 2),
        "worst_ms": round(float(most), 2),
        "changes": dict(sorted(Counter(found.changes for found in best).items())),
        "unfilled": len(holes) - len(best),
        "opens_minimum": sum(found.loss > problem.weights.desired for found in best),
        "top_tier_gaps": sum(_leaves_top_gap(problem, hole) for hole in holes),
    }, holes


def _one_change(problem: Problem, plan: Plan, holes: Sequence[Hole]) -> dict[str, int]:
    """Count the seats which, as the checker says, somebody could just take; for how many of them that is done first.

    Disputed are those who should just take a seat and, as the checker says, must not.
    """
    possible = done = disputed = 0
    for hole in holes:
        left = Plan(plan.assignments[(plan.assignments != (hole.person, hole.group)).any(axis=1)])
        could = set(who_could_join(problem, left, hole.group).tolist()) - {hole.person}
        first = hole.alternatives[0] if hole.alternatives else None
        possible += bool(could)
        if first is not None and first.changes == 1 and first.opens < 0:
            done += bool(could)
            disputed += first.moves[0].person not in could
    return {"one_change_possible": possible, "one_change_done": done, "one_change_disputed": disputed}


def _leaves_top_gap(problem: Problem, hole: Hole) -> bool:
    """Say whether a minimum head of the top tier is missing in the end."""
    tier = int(problem.demand.task_tier[problem.demand.group_task[hole.group]])
    if not hole.alternatives:
        return hole.needed and tier == 0
    return hole.alternatives[0].loss >= problem.weights.minimum[0]
