"""What giving way does to a whole plan: heads, fair share, way, and who has to be told."""

from dataclasses import dataclass

import numpy as np

from patrol_desk.engine.figures import jain
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import NO_PLACE, Problem
from patrol_desk.engine.rules.person import metres


@dataclass(frozen=True, slots=True)
class Effect:
    """A plan before something gave way and one after it, both really made.

    Parameters
    ----------
    before, after
        Minimum heads missing.
    fairness_before, fairness_after
        Jain's index of the duties of those on the roster, 0 … 1.
    way_before, way_after
        Mean way to a duty in metres.
    changes, people
        Assignments that are new, and whom they concern.
    """

    before: int
    after: int
    fairness_before: float
    fairness_after: float
    way_before: float
    way_after: float
    changes: int
    people: int

    @property
    def filled(self) -> int:
        """Minimum heads missing before and no longer."""
        return self.before - self.after


def effect_of(problem: Problem, missing: tuple[int, int], before: Plan, after: Plan) -> Effect:
    """Return the effect of going from one plan to another.

    Parameters
    ----------
    problem
        The problem before.
    missing
        Minimum heads that are missing before, and after.
    before, after
        Both plans.
    """
    old = {(person, group) for person, group in before.assignments.tolist()}
    new = [pair for pair in map(tuple, after.assignments.tolist()) if pair not in old]
    return Effect(
        before=missing[0],
        after=missing[1],
        fairness_before=_fairness(problem, before),
        fairness_after=_fairness(problem, after),
        way_before=_way(problem, before),
        way_after=_way(problem, after),
        changes=len(new),
        people=len({person for person, _ in new}),
    )


def _fairness(problem: Problem, plan: Plan) -> float:
    able = problem.people.on_roster & (problem.people.cap_week > 0)
    duties = np.bincount(plan.assignments[:, 0], minlength=len(able))[able].astype(np.int64)
    return jain(duties)


def _way(problem: Problem, plan: Plan) -> float:
    demand = problem.demand
    person, group = plan.assignments[:, 0], plan.assignments[:, 1]
    home = problem.people.home[person].astype(np.int64)
    place = demand.place[demand.task_checkpoint[demand.group_task[group]]].astype(np.int64)
    known = _known(home) & _known(place)
    if not known.any():
        return 0.0
    return float(metres(((home[known] - place[known]) ** 2).sum(axis=1)).mean())


def _known(points: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.asarray((points != NO_PLACE).all(axis=1))
