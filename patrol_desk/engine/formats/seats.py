"""Seat groups by the names a file uses: checkpoint, shift and skill."""

from dataclasses import dataclass

import numpy as np

from patrol_desk.engine.formats.node import Node
from patrol_desk.engine.problem import Demand, Int32, Problem, Shifts

MAX_PAIRS = 2_000_000

_REQUIRED = ("checkpoint", "shift")


@dataclass(frozen=True, slots=True)
class Names:
    """Every id of a problem with its index, and the group of each (checkpoint, shift, capability)."""

    people: dict[str, int]
    checkpoints: dict[str, int]
    shifts: dict[str, int]
    capabilities: dict[str, int]
    groups: dict[tuple[int, int, int], int]

    @classmethod
    def of(cls, people: tuple[str, ...], shifts: Shifts, demand: Demand, capabilities: tuple[str, ...]) -> "Names":
        """Return the names of the parts of a problem."""
        checkpoint = demand.task_checkpoint[demand.group_task].tolist()
        shift = demand.task_shift[demand.group_task].tolist()
        keys = zip(checkpoint, shift, demand.group_capability.tolist(), strict=True)
        return cls(
            numbered(people),
            numbered(demand.checkpoints),
            numbered(shifts.ids),
            numbered(capabilities),
            {key: group for group, key in enumerate(keys)},
        )

    @classmethod
    def of_problem(cls, problem: Problem) -> "Names":
        """Return the names of a problem."""
        return cls.of(problem.people.ids, problem.shifts, problem.demand, problem.capabilities)

    def group(self, node: Node, fields: dict[str, Node]) -> int:
        """Return the seat group that checkpoint, shift and skill name."""
        checkpoint = fields["checkpoint"].reference(self.checkpoints, "checkpoint")
        shift = fields["shift"].reference(self.shifts, "shift")
        skill = fields["skill"].reference(self.capabilities, "skill") if "skill" in fields else -1
        if (checkpoint, shift, skill) not in self.groups:
            raise node.fault("no_such_seat")
        return self.groups[checkpoint, shift, skill]

    def pairs(self, node: Node | None) -> Int32:
        """Return the (person, seat group) pairs of a list of assignments, in the order of the file."""
        rows: list[tuple[int, int]] = []
        for entry in node.items(MAX_PAIRS) if node is not None else ():
            fields = entry.fields(("person", *_REQUIRED), ("skill",))
            rows.append((fields["person"].reference(self.people, "person"), self.group(entry, fields)))
        return np.array(rows, dtype=np.int32).reshape(-1, 2)


def numbered(names: tuple[str, ...]) -> dict[str, int]:
    """Return each name with its index."""
    return {name: index for index, name in enumerate(names)}


def task_entry(problem: Problem, task: int) -> dict[str, object]:
    """Return checkpoint and shift of a task, as a file names them."""
    demand = problem.demand
    return {
        "checkpoint": demand.checkpoints[int(demand.task_checkpoint[task])],
        "shift": problem.shifts.ids[int(demand.task_shift[task])],
    }


def seat_entry(problem: Problem, group: int) -> dict[str, object]:
    """Return checkpoint, shift and, for a typed seat, skill of a group, as a file names them."""
    demand = problem.demand
    task, capability = int(demand.group_task[group]), int(demand.group_capability[group])
    entry = task_entry(problem, task)
    return entry if capability < 0 else entry | {"skill": problem.capabilities[capability]}


def pair_entries(problem: Problem, pairs: Int32) -> list[dict[str, object]]:
    """Return (person, seat group) pairs as a file names them."""
    return [{"person": problem.people.ids[p], **seat_entry(problem, g)} for p, g in pairs.tolist()]
