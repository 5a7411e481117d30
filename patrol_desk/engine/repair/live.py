"""A plan that stands, laid out once, which answers in milliseconds what a drop-out would ask for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

import numpy as np

from patrol_desk.engine.core.instance import Instance, Int64, build
from patrol_desk.engine.core.state import State, empty_state, positions, put, take, to_plan
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Int32, Problem
from patrol_desk.engine.repair.alternative import Alternative, Hole
from patrol_desk.engine.repair.guard import Guard
from patrol_desk.engine.repair.hunt import DEEPEST, MOVES, Hunt, hunt_seat, new_hunt, walk, walk_back
from patrol_desk.engine.repair.told import Teller

NODES: Final = 400
"""Seat groups looked at around one empty seat, at most."""


@dataclass(frozen=True, slots=True, eq=False)
class LivePlan:
    """A plan as the kernels see it; assignments that break a rule stay where somebody put them.

    Parameters
    ----------
    problem
        What was to be planned.
    instance, state
        The problem laid out with room for all of the plan, and the plan in it. Both change with every repair.
    position
        (people,) index in the instance, -1 for those who are not in it.
    hunt, teller, guard
        Room for the search, words, and the rules that have the last word.
    """

    problem: Problem
    instance: Instance
    state: State
    position: Int64
    hunt: Hunt
    teller: Teller
    guard: Guard

    @classmethod
    def of(cls, problem: Problem, plan: Plan) -> "LivePlan":
        """Lay out a plan whose rows all refer to something."""
        rows = np.unique(plan.assignments, axis=0).reshape(-1, 2).astype(np.int32)
        whole = replace(problem, locked=rows)
        instance = build(whole)
        state = empty_state(whole, instance)
        position = positions(whole, instance)
        live = cls(problem, instance, state, position, new_hunt(len(instance.minimum)), *_tools(problem, instance))
        state.fixed[:] = 0
        for person, group in problem.locked.tolist():
            slot = live.slot_of(person, group)
            if slot >= 0:
                state.fixed[slot] = 1
        return live

    @property
    def plan(self) -> Plan:
        """The plan as it stands."""
        return to_plan(self.instance, self.state)

    def slot_of(self, person: int, group: int) -> int:
        """Return the slot in which a person holds a seat of a group, -1 when they hold none."""
        first = int(self.instance.slot_first[group])
        held = self.state.holder[first : first + int(self.instance.slot_count[group])]
        found = np.flatnonzero(held == self.position[person]) if self.position[person] >= 0 else held[:0]
        return first + int(found[0]) if len(found) else -1

    def duties_of(self, person: int, begin: int | None = None) -> tuple[int, ...]:
        """Return the seat groups a person holds in shifts that start at a minute or later, in order of start."""
        row = int(self.position[person])
        if row < 0:
            return ()
        slots = self.state.duty[row, : self.state.duties[row]]
        start = self.problem.shifts.start[self.instance.slot_shift[slots]]
        order = np.argsort(start, kind="stable")
        return tuple(
            int(self.instance.slot_group[slots[at]]) for at in order if begin is None or int(start[at]) >= begin
        )

    def drop_out(
        self, person: int, groups: Sequence[int] | None = None, most: int = 5, nodes: int = NODES
    ) -> tuple[Hole, ...]:
        """Return what a person's leaving opens and how each seat can be filled; the plan stays as it is.

        Parameters
        ----------
        person
            Who leaves.
        groups
            Seat groups which the person holds; None for all.
        most
            Alternatives for each seat, at most.
        nodes
            Seat groups looked at for each seat, at most: the bound on the time.

        Notes
        -----
        Seats are filled in order of weight, each on top of the best alternative for those before it, so that the first
        alternatives of all holes fit together.
        """
        chosen = self.duties_of(person) if groups is None else tuple(groups)
        left = self._leave(person, chosen)
        if not left:
            return ()
        may = self.instance.allowed[self.position[person]]
        before = may.copy()
        may[:] = 0
        walked: list[Int64] = []
        holes: list[Hole] = []
        try:
            for group, _, _ in left:
                hole, row = self._hole(person, group, most, nodes)
                holes.append(hole)
                if row is not None:
                    walk(self.instance, self.state, row, int(row[2]))
                    walked.append(row)
        finally:
            for row in reversed(walked):
                walk_back(self.instance, self.state, row, int(row[2]))
            self._return(person, left)
            may[:] = before
        return tuple(holes)

    def carry_out(self, person: int, groups: Iterable[int], chosen: Iterable[Alternative]) -> None:
        """Take a person out of some seats and make the moves of alternatives, in their order."""
        for group, _, _ in self._leave(person, tuple(groups)):
            self.instance.allowed[self.position[person], self.instance.task_shift[self.instance.group_task[group]]] = 0
        for alternative in chosen:
            for move in alternative.moves:
                row = int(self.position[move.person])
                if move.leaves >= 0:
                    take(self.instance, self.state, self.slot_of(move.person, move.leaves))
                put(self.instance, self.state, self._empty(move.takes), row)

    def ways(self, group: int, most: int, nodes: int = NODES, deepest: int = DEEPEST) -> list[Int64]:
        """Return rows of moves (`Hunt.found`) that fill an empty seat of a group, best first."""
        count = int(hunt_seat(self.instance, self.state, self.hunt, group, deepest, nodes))
        rows = self.hunt.found[:count].copy()
        order = np.lexsort((rows[:, 0], rows[:, 2], rows[:, 1]))
        allowed = (rows[at] for at in order if self.guard.allows(self.state, rows[at]))
        return list(islice(allowed, most))

    def _hole(self, person: int, group: int, most: int, nodes: int) -> tuple[Hole, Int64 | None]:
        needed = bool(self.state.heads[group] < self.instance.minimum[group])
        rows = self.ways(group, most, nodes)
        found = tuple(self._alternative(row) for row in rows)
        hole = Hole(person, group, needed, found, self.teller.hole(person, group, needed=needed))
        return hole, rows[0] if rows else None

    def _alternative(self, row: Int64) -> Alternative:
        """Return a row of moves as data; moves are told of on the plan before them."""
        slot_group, count = self.instance.slot_group, int(row[2])
        table = row[MOVES : MOVES + 3 * count].reshape(-1, 3)
        moves = []
        for position, old, new in table.tolist():
            leaves, takes = int(slot_group[old]) if old >= 0 else -1, int(slot_group[new])
            person = int(self.instance.person[position])
            duties = int(self.state.duties[position])
            mates = self._holders(takes)
            moves.append(self.teller.move((person, leaves, takes), duties, mates))
        last = int(table[-1, 1])
        opens = int(slot_group[last]) if last >= 0 else -1
        loss, cost = int(row[1]), int(row[0])
        short = opens >= 0 and bool(self.state.heads[opens] <= self.instance.minimum[opens])
        return Alternative(tuple(moves), opens, loss, cost, self.teller.whole(moves, opens, short=short))

    def _holders(self, group: int) -> Int32:
        """Return the people in the task of a group."""
        task = int(self.instance.group_task[group])
        held = self.state.holder[self.instance.task_first[task] : self.instance.task_first[task + 1]]
        there: Int32 = self.instance.person[held[held >= 0]].astype(np.int32)
        return there

    def _empty(self, group: int) -> int:
        first = int(self.instance.slot_first[group])
        held = self.state.holder[first : first + int(self.instance.slot_count[group])]
        return first + int(np.flatnonzero(held < 0)[0])

    def _leave(self, person: int, groups: Iterable[int]) -> list[tuple[int, int, int]]:
        """Empty a person's seats; return (group, slot, fixed), the weightiest seats first."""
        held = [(group, self.slot_of(person, group)) for group in dict.fromkeys(groups)]
        left = [(group, slot, int(self.state.fixed[slot])) for group, slot in held if slot >= 0]
        for _, slot, _ in left:
            take(self.instance, self.state, slot)
            self.state.fixed[slot] = 0
        left.sort(key=lambda seat: (-self._worth(seat[0]), seat[0]))
        return left

    def _worth(self, group: int) -> int:
        short = self.state.heads[group] < self.instance.minimum[group]
        return int(self.instance.fill[group]) if short else 0

    def _return(self, person: int, left: Iterable[tuple[int, int, int]]) -> None:
        for _, slot, fixed in left:
            put(self.instance, self.state, slot, int(self.position[person]))
            self.state.fixed[slot] = fixed


def _tools(problem: Problem, instance: Instance) -> tuple[Teller, Guard]:
    return Teller(problem), Guard(problem, instance)
