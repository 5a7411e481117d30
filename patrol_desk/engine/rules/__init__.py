"""The rules, each defined once and listed in one order: the order in which reasons are told."""

from typing import Final

import numpy as np

from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Bool, Problem
from patrol_desk.engine.rules.base import Case, Int64, Rule, RuleBreak
from patrol_desk.engine.rules.person import Availability, Begun, Insured, Leave, Reach, Skill, Status, WorkdayEve
from patrol_desk.engine.rules.runs import ConsecutiveDays, NightsInRow, Run
from patrol_desk.engine.rules.seats import Locked, Seats, Twice
from patrol_desk.engine.rules.team import Apart, Lead, Novice, Official, Together
from patrol_desk.engine.rules.time import DayCap, Overlap, Rest, WeekCap

RULES: Final[tuple[Rule, ...]] = (
    Status(),
    Begun(),
    Availability(),
    Leave(),
    Insured(),
    WorkdayEve(),
    Skill(),
    Reach(),
    Overlap(),
    Rest(),
    DayCap(),
    WeekCap(),
    ConsecutiveDays(),
    NightsInRow(),
    Seats(),
    Twice(),
    Novice(),
    Apart(),
    Together(),
    Locked(),
    Lead(),
    Official(),
)

RUNS: Final = tuple(rule for rule in RULES if isinstance(rule, Run))
"""Those about days in a row."""

__all__ = [
    "RULES",
    "RUNS",
    "Case",
    "Rule",
    "RuleBreak",
    "blocking",
    "conflicts",
    "duty_points",
    "may_serve",
    "may_serve_both",
]


def conflicts(problem: Problem, plan: Plan, person: int, group: int) -> tuple[RuleBreak, ...]:
    """Return every rule that the person in this seat group breaks, given the rest of the plan, soft ones among them."""
    case = Case(problem, plan, person, group)
    return tuple(found for rule in RULES if (found := rule.check(case)) is not None)


def blocking(problem: Problem, plan: Plan, person: int, group: int) -> tuple[RuleBreak, ...]:
    """Return the hard rules among the conflicts."""
    return tuple(found for found in conflicts(problem, plan, person, group) if found.blocks)


def duty_points(problem: Problem) -> Int64 | None:
    """Return (P, T) points of the weighted rules on person and shift, None when no duty costs any."""
    found = [points for rule in RULES if (points := rule.points(problem)) is not None]
    return sum(found[1:], start=found[0]) if found else None


def may_serve(problem: Problem) -> Bool:
    """Return (P, T): True where no hard rule on person and shift stands against it."""
    free = np.ones((len(problem.people.ids), len(problem.shifts.ids)), dtype=np.bool_)
    for rule in RULES:
        mask = rule.person_shift(problem)
        if mask is not None:
            free &= mask
    return free


def may_serve_both(problem: Problem) -> Bool:
    """Return (T, T): True where one person may serve in both shifts; never true for a shift and itself."""
    free = ~np.eye(len(problem.shifts.ids), dtype=np.bool_)
    for rule in RULES:
        mask = rule.shift_pair(problem)
        if mask is not None:
            free &= mask
    return free
