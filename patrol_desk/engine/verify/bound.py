"""Proven bounds from seat prices, by weak duality.

Take out the constraint that the heads of each seat group are the people who stand there, at a price u per head
(A. M. Geoffrion, Lagrangean relaxation for integer programming, 1974). What remains falls apart into seats and people:

    L(u) = Σ_g min_h [short_g(h) + u_g · h] + Σ_p min_S [Σ_{g ∈ S} (c_pg - u_g) + load growth of S]

with S any schedule that one person may keep alone. For any u, good or bad, no plan costs less than L(u). Cohesion is
left out, and of somebody with very many schedules a class's load grows by its first step only; both make the bound
smaller, never wrong.
"""

from dataclasses import dataclass, replace

import numpy as np

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.engine.plan import Certificate
from patrol_desk.engine.problem import CLASSES, Problem
from patrol_desk.engine.verify.bound_people import Economy, Forced, paid_part, people_part
from patrol_desk.engine.verify.geometry import Int64


@dataclass(frozen=True, slots=True)
class Bounds:
    """No plan that keeps the rules misses fewer minimum heads, or costs fewer points."""

    shortage: int
    cost: int


def bounds(problem: Problem, certificate: Certificate) -> Bounds:
    """Recompute both bounds from a certificate; neither is below 0.

    Raises
    ------
    InvalidDataError
        The certificate has not one price per seat group.
    """
    groups = len(problem.demand.group_task)
    for name, prices in (("shortage_prices", certificate.shortage_prices), ("cost_prices", certificate.cost_prices)):
        if np.shape(prices) != (groups,):
            found = list(np.shape(prices))
            raise InvalidDataError(Message("check.certificate_size", {"field": name, "found": found, "groups": groups}))
    table = (len(problem.people.ids), len(problem.shifts.ids))
    if certificate.wages.size and np.shape(certificate.wages) != table:
        found = list(np.shape(certificate.wages))
        more = {"found": found, "people": table[0], "shifts": table[1]}
        raise InvalidDataError(Message("check.certificate_wages", more))
    economies = [_heads_only(problem, certificate), _points(problem, certificate)]
    forced = Forced.of(problem)
    people = people_part(problem, economies, forced)
    shortage, cost = (
        max(0, _seat_part(problem, economy, forced) + part) for economy, part in zip(economies, people, strict=True)
    )
    if certificate.wages.size:
        cost = max(cost, paid_part(problem, _unpriced(economies[1]), forced, certificate.wages.astype(np.int64)))
    return Bounds(shortage, cost)


def _unpriced(economy: Economy) -> Economy:
    """Return an economy in which seats pay nothing: people earn wages."""
    return replace(economy, price=np.zeros_like(economy.price))


def _heads_only(problem: Problem, certificate: Certificate) -> Economy:
    """Only missing minimum heads count, one each."""
    ones = np.ones(len(problem.demand.group_task), dtype=np.int64)
    none = np.zeros(len(CLASSES), dtype=np.int64)
    return Economy(certificate.shortage_prices.astype(np.int64), ones, 0, 0, 0, none, 0)


def _points(problem: Problem, certificate: Certificate) -> Economy:
    weights, demand = problem.weights, problem.demand
    tier = np.asarray(weights.minimum, dtype=np.int64)[demand.task_tier[demand.group_task]]
    return Economy(
        price=certificate.cost_prices.astype(np.int64),
        minimum=tier,
        desired=weights.desired,
        duty=1,
        load=weights.load,
        load_class=np.asarray(weights.load_class, dtype=np.int64),
        change=weights.change,
    )


def _seat_part(problem: Problem, economy: Economy, forced: Forced) -> int:
    """Σ_g min_h [short_g(h) + u_g · h]: linear between the corners, so only those are tried."""
    demand = problem.demand
    minimum, desired = demand.minimum.astype(np.int64), demand.desired.astype(np.int64)
    least, most = forced.heads, np.maximum(desired, forced.heads)
    best: Int64 | None = None
    for corner in (least, most, np.clip(minimum, least, most), np.clip(desired, least, most)):
        missing = np.maximum(minimum - corner, 0)
        wished = np.maximum(desired - np.maximum(minimum, corner), 0)
        value = economy.minimum * missing + economy.desired * wished + economy.price * corner
        best = value if best is None else np.minimum(best, value)
    return int(best.sum()) if best is not None else 0
