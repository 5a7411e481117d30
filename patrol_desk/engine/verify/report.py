"""What the checker says of a plan."""

from dataclasses import dataclass, field
from typing import Final

from patrol_desk.common.message import Message
from patrol_desk.engine.plan import CostParts

RULES: Final = (
    "reference",
    "status",
    "begun",
    "availability",
    "leave",
    "insured",
    "workday_eve",
    "skill",
    "reach",
    "overlap",
    "rest",
    "day_cap",
    "week_cap",
    "consecutive_days",
    "nights_in_row",
    "seats",
    "twice",
    "novice",
    "apart",
    "together",
    "locked",
)
"""Ids of the rules that can be hard, in the order in which they are reported."""

WISHES: Final = ("lead", "official")
"""Ids of the rules that are never hard."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule.

    Parameters
    ----------
    rule
        Id out of `RULES` or, among those that are not hard, `WISHES`.
    person, shift, group
        Indices into the problem, -1 where the rule speaks of none.
    locked
        Only assignments that the problem itself locks take part: the fault is in the input, not in the plan.
    message
        Who, what and by how much; its parameters hold the caller's ids.
    hard
        No plan may break it; otherwise the township keeps it as far as possible, or only wants to be told.
    points
        What the break of a weighted rule costs.
    hint
        The township only wants to be told.
    """

    rule: str
    person: int
    shift: int
    group: int
    locked: bool
    message: Message
    hard: bool = True
    points: int = 0
    hint: bool = False


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Every broken rule and every figure of a plan, recomputed.

    Parameters
    ----------
    violations
        Of the hard rules, in the order of `RULES`, then by person and shift.
    soft
        Breaks of weighted rules, in the same order; their points are ``parts.rules``.
    hints
        Breaks of rules of which the township only wants to be told, in the same order.
    seats, filled, shortage
        Minimum heads asked for, covered, and missing: seats = filled + shortage.
    shortage_bound
        No plan that keeps the rules misses fewer; None without a certificate.
    desired_shortage
        Desired heads beyond the minimum that are missing.
    cost, parts
        Points, and the same part by part.
    cost_bound
        No plan that keeps the rules costs less; None without a certificate.
    single_squad_share
        Share of the patrols of two or more whose people are all of one squad; 1 when there are none.
    """

    violations: tuple[Violation, ...]
    seats: int
    filled: int
    shortage: int
    shortage_bound: int | None
    desired_shortage: int
    cost: int
    cost_bound: int | None
    single_squad_share: float
    parts: CostParts = field(default_factory=CostParts)
    soft: tuple[Violation, ...] = ()
    hints: tuple[Violation, ...] = ()

    @property
    def own_violations(self) -> tuple[Violation, ...]:
        """The violations in which the plan's own choices take part, without those the input locked."""
        return tuple(violation for violation in self.violations if not violation.locked)
