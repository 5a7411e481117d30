"""One pass over a plan: every rule in one visible list, then the figures."""

from collections.abc import Callable, Iterator
from typing import Final

from patrol_desk.engine.plan import Certificate, Plan
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.verify import alone, closeness, counts, streaks, teams
from patrol_desk.engine.verify.bound import bounds
from patrol_desk.engine.verify.cost import cost_parts, heads, single_squad_share
from patrol_desk.engine.verify.duties import Duties, read_duties
from patrol_desk.engine.verify.report import CheckReport, Violation

Rule = Callable[[Problem, Duties], Iterator[Violation]]

_RULES: Final[tuple[Rule, ...]] = (
    alone.status,
    alone.begun,
    alone.availability,
    alone.leave,
    alone.insured,
    alone.workday_eve,
    alone.skill,
    alone.reach,
    closeness.overlap,
    closeness.rest,
    counts.day_cap,
    counts.week_cap,
    streaks.consecutive_days,
    streaks.nights_in_row,
    counts.seats,
    counts.twice,
    teams.novice,
    teams.apart,
    teams.together,
    counts.locked,
    teams.lead,
    teams.official,
)
"""In the order of `report.RULES`, of which the first, ``reference``, is the look-up's, and of `report.WISHES`."""


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
        violations.extend(sorted(rule(problem, duties), key=_place))
    soft = tuple(violation for violation in violations if not violation.hard and not violation.hint)
    covered, parts = heads(problem, duties), cost_parts(problem, duties, sum(violation.points for violation in soft))
    proven = None if certificate is None else bounds(problem, certificate)
    return CheckReport(
        violations=tuple(violation for violation in violations if violation.hard),
        seats=covered.seats,
        filled=covered.filled,
        shortage=covered.seats - covered.filled,
        shortage_bound=None if proven is None else proven.shortage,
        desired_shortage=covered.desired_shortage,
        cost=parts.total,
        cost_bound=None if proven is None else proven.cost,
        single_squad_share=single_squad_share(problem, duties),
        parts=parts,
        soft=soft,
        hints=tuple(violation for violation in violations if violation.hint),
    )


def _place(violation: Violation) -> tuple[int, int, int]:
    return violation.person, violation.shift, violation.group
