"""Violations with the caller's ids in their sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from patrol_desk.common.message import Message
from patrol_desk.engine.problem import HARD, HINT, Problem
from patrol_desk.engine.verify.duties import Duties
from patrol_desk.engine.verify.geometry import Int64
from patrol_desk.engine.verify.report import Violation


@dataclass(frozen=True, slots=True)
class Strength:
    """How strictly a rule is kept: hard, only told, left out, or at so many points, times how often a break counts."""

    value: int = HARD
    times: int = 1

    @property
    def off(self) -> bool:
        """The township does without the rule."""
        return self.value == 0

    @property
    def hard(self) -> bool:
        """No plan may break the rule."""
        return self.value == HARD

    @property
    def hint(self) -> bool:
        """A break is told and costs nothing."""
        return self.value == HINT

    @property
    def points(self) -> int:
        """What the break costs."""
        return max(self.value, 0) * self.times


ALWAYS_HARD: Final = Strength()


def about(
    problem: Problem,
    duties: Duties,
    row: int,
    rule: str,
    more: Mapping[str, object],
    *,
    locked: bool,
    code: str = "",
    strength: Strength = ALWAYS_HARD,
) -> Violation:
    """Return the violation of one duty.

    Parameters
    ----------
    problem, duties, row
        The duty is this row of the duties.
    rule
        Id of the rule.
    more
        Further parameters of the sentence.
    locked
        Only locked assignments take part.
    code
        Code of the sentence after ``check.``; the rule's id when empty.
    strength
        How strictly the rule is kept, and how often this break counts.
    """
    person, shift = int(duties.person[row]), int(duties.shift[row])
    params = {
        "person": problem.people.ids[person],
        "shift": problem.shifts.ids[shift],
        "checkpoint": checkpoint_of(problem, duties, row),
        **more,
    }
    message = Message(f"check.{code or rule}", params)
    return Violation(
        rule,
        person,
        shift,
        int(duties.group[row]),
        locked=locked,
        message=message,
        hard=strength.hard,
        points=strength.points,
        hint=strength.hint,
    )


def checkpoint_of(problem: Problem, duties: Duties, row: int) -> str:
    """Return the caller's id of the checkpoint of one duty."""
    return problem.demand.checkpoints[int(problem.demand.task_checkpoint[duties.task[row]])]


def run_starts(*columns: Int64) -> Int64:
    """Return where each run of equal rows begins; the columns are sorted."""
    change = np.zeros(len(columns[0]), dtype=np.bool_)
    change[:1] = True
    for column in columns:
        change[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(change)


def runs(order: Int64, *columns: Int64) -> list[Int64]:
    """Return `order` cut where the columns, taken in that order, change; nothing for no rows."""
    if not len(order):
        return []
    return [np.asarray(rows) for rows in np.split(order, run_starts(*(column[order] for column in columns))[1:])]
