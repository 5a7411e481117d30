"""The figures by which a draft and a candidate are compared."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from patrol_desk.engine.figures import jain
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import NO_PLACE, Problem
from patrol_desk.engine.rules.person import metres

Int64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Standing:
    """How good a plan is, one figure after the other.

    Parameters
    ----------
    seats, filled
        Desired heads asked for and covered; more heads than desired count as desired.
    missing, short
        Desired heads and minimum heads that are missing.
    below_minimum, below_desired
        Cells (checkpoint and shift) with a minimum head missing, and with only a desired one missing.
    duties
        Assignments.
    fairness
        Jain's index of the duties over all rostered people: (Σx)² / (n Σx²), 1 when all serve alike, 1/n when one
        serves for all (R. Jain, D. Chiu, W. Hawe, 1984); 1 while nobody serves.
    mean_distance_m
        From home to checkpoint, over the duties for which both places are known; None without any.
    most_duties
        Most duties of one person.
    """

    seats: int
    filled: int
    missing: int
    short: int
    below_minimum: int
    below_desired: int
    duties: int
    fairness: float
    mean_distance_m: int | None
    most_duties: int

    @property
    def coverage(self) -> float:
        """Share of the desired heads that is covered, 0 to 1; 1 where none is asked for."""
        return self.filled / self.seats if self.seats else 1.0


def wanted_heads(problem: Problem) -> Int64:
    """Return (G,) desired heads, at least the minimum."""
    demand = problem.demand
    wanted: Int64 = np.maximum(demand.desired, demand.minimum).astype(np.int64)
    return wanted


def heads_of(problem: Problem, plan: Plan) -> Int64:
    """Return (G,) heads of a plan per seat group."""
    found: Int64 = np.bincount(plan.assignments[:, 1], minlength=len(problem.demand.group_task)).astype(np.int64)
    return found


def standing_of(problem: Problem, plan: Plan) -> Standing:
    """Return the figures of a plan."""
    demand = problem.demand
    heads, wanted = heads_of(problem, plan), wanted_heads(problem)
    tasks = len(demand.task_shift)
    short = np.bincount(demand.group_task, weights=np.maximum(demand.minimum - heads, 0), minlength=tasks)
    missing = np.bincount(demand.group_task, weights=np.maximum(wanted - heads, 0), minlength=tasks)
    duties = np.bincount(plan.assignments[:, 0], minlength=len(problem.people.ids))
    seats = int(wanted.sum())
    return Standing(
        seats=seats,
        filled=seats - int(missing.sum()),
        missing=int(missing.sum()),
        short=int(short.sum()),
        below_minimum=int((short > 0).sum()),
        below_desired=int(((missing > 0) & (short == 0)).sum()),
        duties=len(plan.assignments),
        fairness=jain(duties[problem.people.on_roster & (problem.people.cap_week > 0)].astype(np.int64)),
        mean_distance_m=_mean_distance(problem, plan),
        most_duties=int(duties.max(initial=0)),
    )


def _mean_distance(problem: Problem, plan: Plan) -> int | None:
    demand = problem.demand
    homes = problem.people.home[plan.assignments[:, 0]]
    checkpoint = demand.task_checkpoint[demand.group_task[plan.assignments[:, 1]]]
    places = demand.place[checkpoint]
    known = (homes[:, 0] != NO_PLACE) & (places[:, 0] != NO_PLACE)
    if not known.any():
        return None
    offset = homes[known].astype(np.int64) - places[known].astype(np.int64)
    away = metres((offset * offset).sum(axis=1))
    return round(float(away.mean()))
