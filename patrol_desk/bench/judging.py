"""Figures of a plan that do not come from whoever made it: all by the independent checker."""

from dataclasses import replace
from typing import Final

import numpy as np

from patrol_desk.engine.explain import explain
from patrol_desk.engine.plan import Certificate, Figures, Plan, SolveResult
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.verify import CheckReport, bounds, check
from patrol_desk.engine.verify import gaps as empty_seats
from patrol_desk.engine.weights import Weights

Row = dict[str, object]

GAPS_TRIED: Final = 200
"""Gaps of a plan in which the checker tries everybody."""

_NOTHING: Final = Weights(
    desired=0, load=0, load_class=(0, 0, 0, 0), extra_squad=0, no_lead=0, near=0, wish=0, change=0, visit=0, blind=0,
    queue=0, habit=0,
)  # fmt: skip


def judged(problem: Problem, result: SolveResult) -> Row:
    """Return the figures of a run; those that can be recomputed are the checker's."""
    report, claimed = check(problem, result.plan, result.certificate), result.figures
    bound = report.cost_bound or 0
    over = report.cost - bound
    rest = bound - report.parts.minimum - report.parts.desired
    tiers = tier_bound(problem, result.certificate)
    return judged_plan(report) | {
        "shortage_bound": report.shortage_bound or 0,
        "shortage_ratio": _ratio(report.shortage, report.shortage_bound or 0),
        "exact": report.shortage == report.shortage_bound,
        "tier_bound": tiers,
        "tier_ratio": _ratio(report.parts.minimum, tiers),
        "cost_bound": bound,
        "gap": round(over / max(bound, 1), 5),
        "gap_rest": round(over / max(rest, 1), 5),
        "seconds": round(claimed.seconds, 2),
        "first_plan_seconds": round(claimed.first_plan_seconds, 2),
        "peak_mb": round(claimed.peak_mb, 1),
        "moves": claimed.moves,
        "stopped": claimed.stopped,
        "figures_differ": differences(claimed, report),
        **_gaps(problem, result.plan),
    }


def judged_plan(report: CheckReport) -> Row:
    """Return what the checker says of anybody's plan."""
    return {
        "seats": report.seats,
        "shortage": report.shortage,
        "tier_points": report.parts.minimum,
        "cost": report.cost,
        "single_squad_share": round(report.single_squad_share, 5),
        "violations": len(report.own_violations),
        "broken": sorted({violation.rule for violation in report.own_violations}),
    }


def tier_bound(problem: Problem, certificate: Certificate) -> int:
    """Return a proven bound on the missing minimum heads in points, from the prices of the cost.

    With every other weight at 0, prices that are whole tiers prove best; the run's own prices, rounded to the nearest
    tier or down to one, are tried, and the tier of each seat that the shortage's proof has a price for. Any prices are
    valid (see `engine.verify.bound`), so the best counts.
    """
    bare = replace(problem, weights=replace(_NOTHING, minimum=problem.weights.minimum))
    levels = np.array([0, *reversed(problem.weights.minimum)], dtype=np.int64)
    price = certificate.cost_prices.astype(np.int64)
    worth = np.asarray(problem.weights.minimum, dtype=np.int64)[problem.demand.task_tier[problem.demand.group_task]]
    under = np.clip(np.searchsorted(levels, price, side="right") - 1, 0, len(levels) - 1)
    lower, upper = levels[under], levels[np.minimum(under + 1, len(levels) - 1)]
    best = 0
    scarce = np.where(certificate.shortage_prices > 0, worth, 0)
    for rounded in (np.where(price - lower <= upper - price, lower, upper), lower, scarce):
        prices = np.minimum(rounded, worth).astype(np.int32)
        best = max(best, bounds(bare, Certificate(certificate.shortage_prices, prices)).cost)
    return best


def differences(claimed: Figures, report: CheckReport) -> int:
    """Count the figures in which solver and checker do not agree."""
    names = ("seats", "filled", "shortage", "shortage_bound", "desired_shortage", "cost", "cost_bound", "parts")
    different: int = sum(getattr(claimed, name) != getattr(report, name) for name in names)
    return different + int(not np.isclose(claimed.single_squad_share, report.single_squad_share))


def _gaps(problem: Problem, plan: Plan) -> Row:
    """Count the seat groups with a gap, those of them that are explained, and who could stand in one after all.

    A gap is explained when the reasons account for everybody. That nobody could fill it is the checker's word: it tries
    all people in gaps drawn at random.
    """
    gaps = explain(problem, plan, nearest=3)
    people = len(problem.people.ids)
    told = sum(bool(gap.reasons) and sum(count for _, count in gap.counts) == people for gap in gaps)
    return {
        "gaps": len(gaps),
        "gaps_explained": round(told / len(gaps), 4) if gaps else 1.0,
        "free_candidates": sum(len(gap.free) for gap in empty_seats(problem, plan, sample=GAPS_TRIED)),
    }


def _ratio(value: int, bound: int) -> float:
    return round(value / max(bound, 1), 5) if value else 1.0
