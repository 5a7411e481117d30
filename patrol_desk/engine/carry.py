"""What one week's plan hands on to the next: duties per class, and the weeks since the last one."""

from dataclasses import dataclass, replace

import numpy as np

from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import CLASSES, WAITED_MOST, Int8, Int32, Problem


@dataclass(frozen=True, slots=True, eq=False)
class Carry:
    """The duties of the last weeks.

    Parameters
    ----------
    duties
        (W, P, 4) duties per week, person and class (`CLASSES`), the last week first.
    waited
        (P, 4) whole weeks since the last duty of each class, 0 … `WAITED_MOST`.
    window
        Weeks whose duties count as load; at most so many are kept.
    """

    duties: Int32
    waited: Int8
    window: int

    @classmethod
    def nothing(cls, people: int, window: int) -> "Carry":
        """Return the carry of people who have not served yet."""
        duties = np.zeros((0, people, len(CLASSES)), dtype=np.int32)
        return cls(duties, np.full((people, len(CLASSES)), WAITED_MOST, dtype=np.int8), window)

    @property
    def load(self) -> Int32:
        """(P, 4) duties of the window."""
        load: Int32 = self.duties.sum(axis=0, dtype=np.int32)
        return load

    def into(self, problem: Problem) -> Problem:
        """Return the problem of the week that follows, with this load and this duty queue."""
        return replace(problem, people=replace(problem.people, load=self.load, waited=self.waited))


def duties_by_class(problem: Problem, plan: Plan) -> Int32:
    """Return (P, 4) the duties of each person per class; two seats of one task are one duty."""
    demand = problem.demand
    pairs = plan.assignments.astype(np.int64)
    held = np.unique(pairs[:, 0] * len(demand.task_shift) + demand.group_task[pairs[:, 1]])
    person, task = held // max(len(demand.task_shift), 1), held % max(len(demand.task_shift), 1)
    counts = np.zeros((len(problem.people.ids), len(CLASSES)), dtype=np.int32)
    np.add.at(counts, (person, problem.shifts.load_class[demand.task_shift[task]]), 1)
    return counts


def carry_over(carry: Carry, problem: Problem, plan: Plan) -> Carry:
    """Return what the next week is told, once this one has been served as planned.

    Parameters
    ----------
    carry
        What this week was told; people in the order of the problem.
    problem, plan
        This week.
    """
    counts = duties_by_class(problem, plan)
    duties = np.concatenate([counts[None], carry.duties])[: carry.window]
    waited = np.minimum(carry.waited.astype(np.int64) + 1, WAITED_MOST)
    waited[counts > 0] = 0
    return Carry(duties, waited.astype(np.int8), carry.window)
