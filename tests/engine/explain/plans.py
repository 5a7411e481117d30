"""Plans for problems with every rule, made with nothing but the checker."""

import numpy as np

from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.verify import gaps


def filled(problem: Problem, heads: int) -> Plan:
    """Return the locked pairs with some heads added one after the other, each as the checker allows it."""
    plan = Plan(problem.locked)
    for turn in range(heads):
        free = [(gap.group, gap.free) for gap in gaps(problem, plan) if len(gap.free)]
        if not free:
            break
        group, people = free[turn * 7 % len(free)]
        rows = [*plan.assignments.tolist(), [int(people[turn * 5 % len(people)]), group]]
        plan = Plan(np.array(sorted(rows), dtype=np.int32))
    return plan
