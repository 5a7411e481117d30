"""Where a roster can be guessed: squads and visits that come back to the same place at the same time.

A drawn schedule loses its worth when hands make it regular again, which is why ARMOR warned its users of such edits
(Pita et al. 2008). What an observer learns from is how often something was seen in the last weeks: a squad, or anybody,
at a checkpoint on that weekday in that shift.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from patrol_desk.common.message import Message
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Int32, Problem

Float = NDArray[np.float64]

IN_A_ROW: Final = 4
"""From so many weeks in a row on, this one included, a place is told to be predictable."""

OFTEN: Final = 0.75
"""The same from this share of the weeks, when there are enough of them."""

ENOUGH_WEEKS: Final = 6


@dataclass(frozen=True, eq=False)
class Past:
    """Who stood at the tasks of a week in the weeks before it.

    Parameters
    ----------
    weeks
        Weeks that were looked at, W.
    rows
        (n, 3) (weeks ago 1 … W, squad or -1, task of the coming week): somebody of that squad, or of none, stood at the
        task's checkpoint on its weekday in its shift. Rows may occur more than once.
    tasks
        J, tasks of the coming week.
    """

    weeks: int
    rows: Int32
    tasks: int

    @cached_property
    def of_squad(self) -> dict[tuple[int, int], frozenset[int]]:
        """(squad, task) → weeks ago in which the squad stood there; who has no squad is left out."""
        found: dict[tuple[int, int], set[int]] = {}
        for ago, squad, task in self.rows.tolist():
            if squad >= 0:
                found.setdefault((squad, task), set()).add(ago)
        return {key: frozenset(agos) for key, agos in found.items()}

    @cached_property
    def of_anybody(self) -> dict[int, frozenset[int]]:
        """Task → weeks ago in which anybody stood there."""
        found: dict[int, set[int]] = {}
        for ago, _squad, task in self.rows.tolist():
            found.setdefault(task, set()).add(ago)
        return {key: frozenset(agos) for key, agos in found.items()}

    def habit(self) -> Int32:
        """Return (n, 3) rows (squad, task, times), sorted: the habit of a planning problem."""
        rows = sorted((squad, task, len(agos)) for (squad, task), agos in self.of_squad.items())
        return np.array(rows, dtype=np.int32).reshape(-1, 3)


@dataclass(frozen=True, slots=True)
class PlaceScore:
    """How well one checkpoint's coming week can be guessed.

    Parameters
    ----------
    checkpoint
        Index.
    patrols
        Tasks that the week holds there.
    squad
        Mean over the patrols of the share of past weeks in which the squad that was there most often stood there: how
        often an observer who names, for each patrol, a squad of it by habit was right so far; 0 for new ones.
    time
        The same for a visit by anybody at that weekday and shift.
    worst
        Most weeks in a row, this one included, in which one squad has stood at one of the patrols; 0 without a squad.
    """

    checkpoint: int
    patrols: int
    squad: float
    time: float
    worst: int


def in_a_row(agos: frozenset[int]) -> int:
    """Return for how many weeks before this one it has been so without a gap."""
    count = 0
    while count + 1 in agos:
        count += 1
    return count


def scores(past: Past, problem: Problem, plan: Plan) -> tuple[PlaceScore, ...]:
    """Return the score of each checkpoint that the plan holds, by index.

    Parameters
    ----------
    past
        The weeks before.
    problem, plan
        The coming week.
    """
    demand = problem.demand
    squads: dict[int, set[int]] = {}
    for person, group in plan.assignments.tolist():
        squads.setdefault(int(demand.group_task[group]), set()).add(int(problem.people.squad[person]))
    at: dict[int, list[int]] = {}
    for task in sorted(squads):
        at.setdefault(int(demand.task_checkpoint[task]), []).append(task)
    return tuple(_score(past, place, at[place], squads) for place in sorted(at))


def _score(past: Past, place: int, tasks: list[int], squads: dict[int, set[int]]) -> PlaceScore:
    weeks = max(past.weeks, 1)
    known = past.of_squad
    seen = [[known.get((squad, task), frozenset()) for squad in sorted(squads[task] - {-1})] for task in tasks]
    best = [max((len(agos) for agos in held), default=0) for held in seen]
    rows = [in_a_row(agos) + 1 for held in seen for agos in held]
    visited = [len(past.of_anybody.get(task, ())) for task in tasks]
    return PlaceScore(
        checkpoint=place,
        patrols=len(tasks),
        squad=sum(best) / (len(tasks) * weeks),
        time=sum(visited) / (len(tasks) * weeks),
        worst=max(rows, default=0),
    )


def warnings(past: Past, squad: int, task: int, *, low_demand: bool) -> tuple[Message, ...]:
    """Return what becomes predictable when a squad is put at a task.

    Parameters
    ----------
    past
        The weeks before.
    squad, task
        Who, -1 for somebody without a squad, and where.
    low_demand
        The checkpoint is visited only now and then: also the time itself must not be guessed.

    Returns
    -------
    tuple
        Sentences with the parameters ``squad`` and ``task`` (indices, for the caller to put names in their place),
        ``times`` (this week included) and ``weeks``.
    """
    found = []
    if squad >= 0:
        found.append(_told("squad", past, past.of_squad.get((squad, task), frozenset()), squad, task))
    if low_demand:
        found.append(_told("time", past, past.of_anybody.get(task, frozenset()), squad, task))
    return tuple(message for message in found if message is not None)


def _told(what: str, past: Past, agos: frozenset[int], squad: int, task: int) -> Message | None:
    params = {"squad": squad, "task": task}
    row = in_a_row(agos) + 1
    if row >= IN_A_ROW:
        return Message(f"visits.{what}_in_a_row", {**params, "times": row, "weeks": past.weeks})
    if past.weeks >= ENOUGH_WEEKS and len(agos) >= OFTEN * past.weeks:
        return Message(f"visits.{what}_often", {**params, "times": len(agos), "weeks": past.weeks})
    return None
