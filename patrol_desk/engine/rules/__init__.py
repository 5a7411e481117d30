"""The hard rules, each defined once and listed in one order: the order in which reasons are told."""

from typing import Final

import numpy as np

from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Bool, Problem
from patrol_desk.engine.rules.base import Case, Rule, RuleBreak
from patrol_desk.engine.rules.person import Availability, Leave, Reach, Skill, Status
from patrol_desk.engine.rules.seats import Locked, Seats, Twice
from patrol_desk.engine.rules.time import DayCap, Overlap, Rest, WeekCap

RULES: Final[tuple[Rule, ...]] = (
    Status(),
    Availability(),
    Leave(),
    Skill(),
    Reach(),
    Overlap(),
    Rest(),
    DayCap(),
    WeekCap(),
    Seats(),
    Twice(),
    Locked(),
)

__all__ = ["RULES", "Case", "Rule", "RuleBreak", "conflicts", "may_serve", "may_serve_both"]


def conflicts(problem: Problem, plan: Plan, person: int, group: int) -> tuple[RuleBreak, ...]:
    """Return every hard rule that the person in this seat group breaks, given the rest of the plan."""
    case = Case(problem, plan, person, group)
    return tuple(found for rule in RULES if (found := rule.check(case)) is not None)


def may_serve(problem: Problem) -> Bool:
    """Return (P, T): True where no rule on person and shift stands against it."""
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
