"""The last word on a repair belongs to the rules about teams and days in a row, where a problem has hard ones."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

import numpy as np

from patrol_desk.engine.core.instance import Instance, Int64
from patrol_desk.engine.core.state import State, take
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Int32, Problem
from patrol_desk.engine.repair.hunt import MOVES, walk, walk_back
from patrol_desk.engine.rules.base import Case, Rule
from patrol_desk.engine.rules.runs import ConsecutiveDays, NightsInRow
from patrol_desk.engine.rules.team import Apart, Novice, Together

ASKED: Final[tuple[Rule, ...]] = (Novice(), Apart(), Together(), ConsecutiveDays(), NightsInRow())


class Guard:
    """Asks the rules about the people whom a repair touches; asks nothing where no such rule is hard."""

    def __init__(self, problem: Problem, instance: Instance) -> None:
        self._problem, self._instance = problem, instance
        self.active = bool(instance.teams.hard or instance.runs.hard)

    def allows(self, state: State, moves: Int64) -> bool:
        """Say whether a row of moves (`Hunt.found`) breaks no such rule that is not broken already."""
        if not self.active:
            return True
        count = int(moves[2])
        table = moves[MOVES : MOVES + 3 * count].reshape(-1, 3)
        slots = table[:, 1:].ravel()
        tasks = np.unique(self._instance.slot_task[slots[slots >= 0]])
        before = self._breaks(state, tasks, table[:, 0])
        done = int(walk(self._instance, state, moves, count))
        after = self._breaks(state, tasks, table[:, 0])
        walk_back(self._instance, state, moves, done)
        return after <= before

    def clear(self, state: State) -> None:
        """Take people out of seats until no such rule is broken, except by locked pairs."""
        if not self.active:
            return
        again = True
        while again:
            again = False
            for task in range(len(self._instance.task_shift)):
                slot = self._offender(state, task)
                while slot >= 0:
                    take(self._instance, state, slot)
                    again = True
                    slot = self._offender(state, task)

    def _offender(self, state: State, task: int) -> int:
        """Return the first slot of a task whose holder may leave and breaks a rule, -1 for none."""
        first, last = self._instance.task_first[task : task + 2]
        for slot in range(int(first), int(last)):
            if state.holder[slot] >= 0 and state.fixed[slot] == 0:
                row = int(state.holder[slot])
                plan = self._around(state, np.array([task]), np.array([row]))
                if self._found(plan, int(self._instance.person[row]), int(self._instance.slot_group[slot])):
                    return slot
        return -1

    def _breaks(self, state: State, tasks: Int64, movers: Int64) -> Counter[str]:
        """Count the rules broken in some tasks and by some people."""
        plan = self._around(state, tasks, movers)
        there = np.isin(self._problem.demand.group_task[plan.assignments[:, 1]], tasks)
        moved = np.isin(plan.assignments[:, 0], self._instance.person[movers])
        found: Counter[str] = Counter()
        for person, group in plan.assignments[there | moved].tolist():
            found.update(self._found(plan, person, group))
        return found

    def _found(self, plan: Plan, person: int, group: int) -> Iterable[str]:
        case = Case(self._problem, plan, person, group)
        return [rule.id for rule in ASKED if (found := rule.check(case)) is not None and found.blocks]

    def _around(self, state: State, tasks: Int64, people: Int64) -> Plan:
        """Return the part of the plan that rules look at: all seats of the tasks, all duties of whoever is there."""
        instance = self._instance
        slots = np.concatenate([np.arange(instance.task_first[task], instance.task_first[task + 1]) for task in tasks])
        holders = state.holder[slots]
        everybody = np.unique(np.concatenate([holders[holders >= 0], people]))
        held = [int(slot) for row in everybody for slot in state.duty[row, : state.duties[row]]]
        mates = {
            int(slot)
            for task in np.unique(instance.slot_task[held]).tolist()
            for slot in range(int(instance.task_first[task]), int(instance.task_first[task + 1]))
            if state.holder[slot] >= 0
        }
        rows = sorted((int(instance.person[state.holder[slot]]), int(instance.slot_group[slot])) for slot in mates)
        table: Int32 = np.array(rows, dtype=np.int32).reshape(-1, 2)
        return Plan(table)
