"""How many points a plan of a problem can cost at most, so that no sum leaves the whole numbers of the machine."""

from typing import Final

import numpy as np

from patrol_desk.engine.parts import WAITED_MOST, ProblemParts

MOST: Final = 2**61
"""Points that any plan may cost: sums and differences of two such costs still fit 64 bits."""

_HUNDREDS: Final = 28_285
"""Hundreds of metres between the farthest two places that a problem may hold."""


def most_points(problem: ProblemParts) -> int:
    """Return points that no plan exceeds which keeps the caps, locked assignments apart; rough, but never too few."""
    weights, demand = problem.weights, problem.demand
    tasks, shifts = len(demand.task_shift), len(problem.shifts.ids)
    duties = _duties(problem)
    heads = int(np.maximum(demand.desired, 1).sum(dtype=np.int64)) + len(problem.locked)
    alone = _HUNDREDS * weights.near + 3 * weights.wish + WAITED_MOST * weights.queue
    hours = problem.days * 24 * int(np.count_nonzero(demand.blind_hours))
    return (
        max(weights.minimum) * int(demand.minimum.sum(dtype=np.int64))
        + weights.desired * heads
        + weights.visit * int(demand.visits.sum(dtype=np.int64))
        + weights.blind * hours
        + _growth(problem)
        + alone * duties
        + weights.extra_squad * duties
        + weights.no_lead * tasks
        + weights.change * len(problem.baseline)
        + weights.habit * int(problem.habit[:, 2].sum(dtype=np.int64)) * max(heads, 1)
        + _rules(problem, duties, shifts)
    )


def _duties(problem: ProblemParts) -> int:
    """Return the most assignments of all people; who is locked beyond the cap serves all the same."""
    caps = np.minimum(problem.people.cap_week.astype(np.int64), len(problem.shifts.ids))
    return int(caps.sum()) + len(problem.locked)


def _growth(problem: ProblemParts) -> int:
    """Return the most points of growing loads: each duty counts by twice the load before it and all that come."""
    weights, people = problem.weights, problem.people
    most = len(problem.shifts.ids) + len(problem.locked)
    before = int(people.load.sum(axis=1, dtype=np.int64).max(initial=0))
    return (weights.load + max(weights.load_class)) * _duties(problem) * (2 * before + most)


def _rules(problem: ProblemParts, duties: int, shifts: int) -> int:
    """Return the most points of weighted rules."""
    rules, tasks = problem.rules, len(problem.demand.task_shift)
    pairs = len(problem.apart) + len(problem.together)
    close = duties * (shifts + len(problem.busy) + len(problem.locked))
    of_kind = max(_HUNDREDS * max(kind.reach, 0) for kind in rules.kinds) * duties
    of_patrol = max(max(kind.novice, 0) + max(kind.lead, 0) + max(kind.official, 0) for kind in rules.kinds) * tasks
    days = max(rules.consecutive, 0) + max(rules.nights, 0)
    return (
        max(rules.rest, 0) * close
        + (max(rules.insured, 0) + max(rules.workday_eve, 0) + days) * duties
        + max(rules.apart, rules.together, 0) * pairs * tasks
        + of_kind
        + of_patrol
    )
