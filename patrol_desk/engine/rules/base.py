"""What a rule is: masks for the solver, its strength, and one sentence for the person who asks why not."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from patrol_desk.common.message import Message
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import HARD, HINT, Bool, Int32, KindRules, Problem

Int64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RuleBreak:
    """One rule that one person in one seat group breaks.

    Parameters
    ----------
    rule
        Its id.
    message
        The sentence that says so.
    strength
        `HARD`, `HINT`, or the points which each break of the rule costs.
    """

    rule: str
    message: Message
    strength: int = HARD

    @property
    def blocks(self) -> bool:
        """Whether no plan may break the rule; otherwise the break costs points, or is a hint."""
        return self.strength == HARD

    @property
    def hints(self) -> bool:
        """Whether the break is only told: it costs nothing."""
        return self.strength == HINT


@dataclass(frozen=True, eq=False)
class Case:
    """One person in one seat group, beside what else the plan asks of that person.

    Parameters
    ----------
    problem, plan
        The plan may hold the pair already; it is then looked at as if it were added last.
    person, group
        Indices into the problem.
    """

    problem: Problem
    plan: Plan
    person: int
    group: int

    @cached_property
    def task(self) -> int:
        """Index of the group's task."""
        return int(self.problem.demand.group_task[self.group])

    @cached_property
    def shift(self) -> int:
        """Index of the task's shift."""
        return int(self.problem.demand.task_shift[self.task])

    @cached_property
    def day(self) -> int:
        """Day on which the shift starts."""
        return int(self.problem.shifts.day[self.shift])

    @cached_property
    def checkpoint(self) -> int:
        """Index of the task's checkpoint."""
        return int(self.problem.demand.task_checkpoint[self.task])

    @cached_property
    def kind(self) -> KindRules:
        """What holds at checkpoints of this kind."""
        return self.problem.rules.kinds[int(self.problem.demand.kind[self.checkpoint])]

    @cached_property
    def team(self) -> Int32:
        """The others in the task, each once, in the order of the problem's people."""
        others = self._others
        there = np.unique(others[self.problem.demand.group_task[others[:, 1]] == self.task, 0])
        team: Int32 = there[there != self.person].astype(np.int32)
        return team

    @cached_property
    def _others(self) -> Int32:
        rows = self.plan.assignments
        same = np.flatnonzero((rows[:, 0] == self.person) & (rows[:, 1] == self.group))
        return rows if len(same) == 0 else np.delete(rows, same[0], axis=0)

    @cached_property
    def held(self) -> bool:
        """Whether the plan holds the pair already."""
        return len(self._others) < len(self.plan.assignments)

    @cached_property
    def duties(self) -> Int32:
        """Groups which the person serves besides this one."""
        groups: Int32 = self._others[self._others[:, 0] == self.person, 1]
        return groups

    @cached_property
    def duty_shifts(self) -> Int32:
        """Shifts of the other tasks the person serves in; a second seat of one task is `twice`, not one more duty."""
        demand = self.problem.demand
        tasks = np.setdiff1d(demand.group_task[self.duties], [self.task])
        shifts: Int32 = demand.task_shift[tasks]
        return shifts

    @cached_property
    def others_in_group(self) -> int:
        """Heads in the group besides this one."""
        return int((self._others[:, 1] == self.group).sum())

    @cached_property
    def busy(self) -> Int32:
        """(n, 2) start and end of the person's duties outside the problem, in minutes."""
        busy = self.problem.busy
        spans: Int32 = busy[busy[:, 0] == self.person, 1:]
        return spans


class Rule(ABC):
    """One rule. What does not concern it stays None; masks and pairs are those of a hard rule and forbid nothing else.

    Attributes
    ----------
    id
        The name under which checks, explanations and files know the rule.
    """

    id: ClassVar[str]

    def person_shift(self, problem: Problem) -> Bool | None:
        """Return (P, T): True where the rule lets the person serve in the shift."""
        del problem
        return None

    def person_checkpoint(self, problem: Problem) -> Bool | None:
        """Return (P, C): True where the rule lets the person serve at the checkpoint."""
        del problem
        return None

    def shift_pair(self, problem: Problem) -> Bool | None:
        """Return (T, T): True where the rule lets one person serve in both shifts."""
        del problem
        return None

    def points(self, problem: Problem) -> Int64 | None:
        """Return (P, T): points of a weighted rule for each duty of the person in the shift."""
        del problem
        return None

    def strength(self, problem: Problem, case: Case) -> int:
        """Return `HARD`, `HINT`, 0 where the rule is off, or the points of each break."""
        del problem, case
        return HARD

    @abstractmethod
    def sentence(self, case: Case) -> Message | None:
        """Return why the person cannot stand there, or None when this rule has nothing against it."""

    def check(self, case: Case) -> RuleBreak | None:
        """Return how the case breaks the rule, if it does."""
        strength = self.strength(case.problem, case)
        message = self.sentence(case) if strength else None
        return None if message is None else RuleBreak(self.id, message, strength)

    def _say(self, **params: object) -> Message:
        return Message(f"rule.{self.id}", params)
