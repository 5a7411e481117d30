"""One pass over a plan: every rule in one visible list, then the figures."""

from collections.abc import Callable, Iterator
from typing import Final

from patrol_desk.engine.plan import Certificate, Plan
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.verify import alone, closeness, counts
from patrol_desk.engine.verify.bound import bounds
from patrol_desk.engine.verify.cost import cost_parts, heads, single_squad_share
from patrol_desk.engine.verify.duties import Duties, read_duties
from patrol_desk.engine.verify.report import CheckReport, Violation

Rule = Callable[[Problem, Duties], Iterator[Violation]]

_RULES: Final[tuple[Rule, ...]] = (
    alone.status,
    alone.availability,
    alone.leave,
    alone.skill,
    alone.reach,
    counts.twice,
    closeness.overlap,
    closeness.rest,
    counts.day_cap,
    counts.week_cap,
    counts.seats,
    counts.locked,
)
"""In the order of `report.RULES`, of which the first, ``reference``, is the look-up's."""


def check(problem: Problem, plan: Plan, certificate: Certificate | None = None) -> CheckReport:
    """Recompute every broken rule, every figure and, from a certificate, the proven bounds.

    Parameters
    ----------
    problem
        What was to be planned.
    plan
        Any plan: rows that refer to nothing are ``reference`` violations and count for nothing else.
    certificate
        Seat prices; without them the report holds no bounds.

    Raises
    ------
    InvalidDataError
        The certificate has not one price per seat group.
    """
    duties, violations = read_duties(problem, plan)
    for rule in _RULES:
        violations.extend(rule(problem, duties))
    covered, parts = heads(problem, duties), cost_parts(problem, duties)
    proven = None if certificate is None else bounds(problem, certificate)
    return CheckReport(
        violations=tuple(violations),
        seats=covered.seats,
        filled=covered.filled,
        shortage=covered.seats - covered.filled,
        shortage_bound=None if proven is None else proven.shortage,
        desired_shortage=covered.desired_shortage,
        cost=parts.total,
        cost_bound=None if proven is None else proven.cost,
        single_squad_share=single_squad_share(problem, duties),
        parts=parts,
    )
