"""A plan as plain data, and the figures that go with it."""

from dataclasses import astuple, dataclass, field

import numpy as np

from patrol_desk.engine.problem import Int32


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Who serves where and when.

    Parameters
    ----------
    assignments
        (A, 2) rows (person, seat group), sorted; indices into the problem.
    """

    assignments: Int32

    @classmethod
    def empty(cls) -> "Plan":
        """Return the plan in which nobody serves."""
        return cls(np.zeros((0, 2), dtype=np.int32))


@dataclass(frozen=True, slots=True)
class CostParts:
    """The objective, level by level, in points (`Weights`); `total` is their sum.

    Parameters
    ----------
    minimum, desired
        Heads that are missing.
    spread
        Visits that are missing, and blind hours.
    load, queue
        Fairness: growth of the squared loads, and turns taken ahead of others.
    cohesion, near, wish, change
        Further squads and missing leads, way, wishes, baseline given up.
    habit
        Squads at places and times where they stood in past weeks.
    rules
        Breaks of rules that the township keeps only as far as possible.
    """

    minimum: int = 0
    desired: int = 0
    spread: int = 0
    load: int = 0
    queue: int = 0
    cohesion: int = 0
    near: int = 0
    wish: int = 0
    change: int = 0
    habit: int = 0
    rules: int = 0

    @property
    def total(self) -> int:
        """Sum of the parts."""
        return sum(astuple(self))


def _no_wages() -> Int32:
    return np.zeros((0, 0), dtype=np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Certificate:
    """Seat prices and wages from which anybody can recompute the bounds (Lagrangian relaxation).

    Parameters
    ----------
    shortage_prices
        (G,) price of one head per seat group for the bound on missing minimum heads.
    cost_prices
        (G,) the same for the bound on the cost, in points.
    wages
        (P, T) what each person earns by a duty in the shift, in points, for a bound on the cost that tells whole
        patrols apart; none where it is left out, (0, 0).
    """

    shortage_prices: Int32
    cost_prices: Int32
    wages: Int32 = field(default_factory=_no_wages)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a solver run reports; the field names are those of ``plan --json``.

    Parameters
    ----------
    seats, filled, shortage
        Minimum heads asked for, covered, and missing: seats = filled + shortage.
    shortage_bound
        Proven: no plan that keeps the hard rules misses fewer.
    exact
        shortage = shortage_bound.
    cost, cost_bound
        Points; the bound is proven.
    gap
        (cost - cost_bound) / cost_bound; 0 when both are 0.
    gap_rest
        (cost - bound) / (bound - the shortage's part of the bound).
    single_squad_share
        Share of the patrols of two or more whose people are all of one squad; 1 when there are none.
    """

    seats: int
    filled: int
    shortage: int
    shortage_bound: int
    exact: bool
    desired_shortage: int
    cost: int
    cost_bound: int
    gap: float
    gap_rest: float
    single_squad_share: float
    seconds: float
    first_plan_seconds: float
    peak_mb: float
    seed: int
    moves: int
    stopped: str
    parts: CostParts = field(default_factory=CostParts)


@dataclass(frozen=True, slots=True, eq=False)
class SolveResult:
    """A plan, its figures and the certificate for its bounds."""

    plan: Plan
    figures: Figures
    certificate: Certificate
