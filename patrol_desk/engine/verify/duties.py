"""A plan looked up in its problem: one row per duty, whatever nonsense the plan holds."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from patrol_desk.common.message import Message
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.verify.geometry import Int64
from patrol_desk.engine.verify.report import Violation

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Duties:
    """The rows of a plan that refer to something, each once, ordered by person and group.

    Parameters
    ----------
    person, group, task, shift
        (A,) indices into the problem.
    locked
        (A,) the problem locks this very pair.
    repeats
        (A,) how often the plan holds the row.
    """

    person: Int64
    group: Int64
    task: Int64
    shift: Int64
    locked: Bools
    repeats: Int64

    def take(self, rows: Int64) -> "Duties":
        """Return some of the rows, in the order given."""
        return Duties(
            self.person[rows],
            self.group[rows],
            self.task[rows],
            self.shift[rows],
            self.locked[rows],
            self.repeats[rows],
        )

    def one_per_task(self) -> "Duties":
        """Return each (person, task) once, locked if every row is: who stands twice in a patrol serves once."""
        width = int(self.task.max(initial=0)) + 1
        _, first, inverse = np.unique(self.person * width + self.task, return_index=True, return_inverse=True)
        single = self.take(first)
        locked = np.ones(len(first), dtype=np.bool_)
        np.logical_and.at(locked, inverse.reshape(-1), self.locked)
        return Duties(single.person, single.group, single.task, single.shift, locked, single.repeats)


def read_duties(problem: Problem, plan: Plan) -> tuple[Duties, list[Violation]]:
    """Return the rows that can be looked up, and a ``reference`` violation for each that cannot."""
    rows, violations = _whole_rows(plan)
    people, groups = len(problem.people.ids), len(problem.demand.group_task)
    person, group = rows[:, 0], rows[:, 1]
    good = (person >= 0) & (person < people) & (group >= 0) & (group < groups)
    for row in np.flatnonzero(~good):
        violations.append(_unknown(int(row), int(person[row]), int(group[row]), people, groups))
    keys, repeats = np.unique(person[good] * max(groups, 1) + group[good], return_counts=True)
    return duties_of(problem, keys, repeats), violations


def duties_of(problem: Problem, keys: Int64, repeats: Int64 | None = None) -> Duties:
    """Return the duties of pairs given as person × G + group."""
    person, group = np.divmod(keys, max(len(problem.demand.group_task), 1))
    task = problem.demand.group_task[group].astype(np.int64)
    shift = problem.demand.task_shift[task].astype(np.int64)
    once = np.ones(len(keys), dtype=np.int64)
    locked = np.isin(keys, locked_keys(problem))
    return Duties(person, group, task, shift, locked, once if repeats is None else repeats.astype(np.int64))


def locked_keys(problem: Problem) -> Int64:
    """Return the locked pairs as person × G + group, sorted, each once."""
    pairs = problem.locked.astype(np.int64)
    return np.unique(pairs[:, 0] * max(len(problem.demand.group_task), 1) + pairs[:, 1])


def _whole_rows(plan: Plan) -> tuple[Int64, list[Violation]]:
    given = np.asarray(plan.assignments)
    if given.ndim == 2 and given.shape[1] == 2 and given.dtype.kind in "iu" and given.dtype != np.uint64:
        return given.astype(np.int64), []
    message = Message("check.reference_shape", {"shape": str(given.shape), "type": str(given.dtype)})
    return np.zeros((0, 2), dtype=np.int64), [Violation("reference", -1, -1, -1, locked=False, message=message)]


def _unknown(row: int, person: int, group: int, people: int, groups: int) -> Violation:
    message = Message(
        "check.reference",
        {"row": row + 1, "person": person, "people": people - 1, "group": group, "groups": groups - 1},
    )
    return Violation("reference", -1, -1, -1, locked=False, message=message)
