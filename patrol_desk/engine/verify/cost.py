"""The objective part by part, and the figures, from a plan's duties alone."""

from dataclasses import dataclass

import numpy as np

from patrol_desk.engine.plan import CostParts
from patrol_desk.engine.problem import CLASSES, DEPUTY, FINE, PREFER, WAITED_MOST, Problem
from patrol_desk.engine.verify.duties import Duties
from patrol_desk.engine.verify.geometry import Int64, metres, squared
from patrol_desk.engine.verify.sentences import run_starts
from patrol_desk.engine.verify.spread import blind_hours, missing_visits


@dataclass(frozen=True, slots=True)
class Heads:
    """Minimum heads asked for and covered, and desired heads beyond the minimum that are missing."""

    seats: int
    filled: int
    desired_shortage: int


def heads(problem: Problem, duties: Duties) -> Heads:
    """Return how well the demand is covered."""
    standing, demand = _standing(problem, duties), problem.demand
    filled = np.minimum(standing, demand.minimum)
    missing = np.maximum(demand.desired - np.maximum(demand.minimum, standing), 0)
    return Heads(int(demand.minimum.sum(dtype=np.int64)), int(filled.sum()), int(missing.sum()))


def cost_parts(problem: Problem, duties: Duties, rules: int = 0) -> CostParts:
    """Return the objective part by part, in points; `rules` are those of the weighted rules."""
    demand, weights = problem.demand, problem.weights
    standing = _standing(problem, duties)
    tier = np.asarray(weights.minimum, dtype=np.int64)[demand.task_tier[demand.group_task]]
    missing = np.maximum(demand.minimum - standing, 0)
    wished = np.maximum(demand.desired - np.maximum(demand.minimum, standing), 0)
    checkpoint = demand.task_checkpoint[duties.task]
    distance = metres(squared(problem.people.home[duties.person], demand.place[checkpoint]))
    single = duties.one_per_task()
    return CostParts(
        minimum=int((tier * missing).sum()),
        desired=weights.desired * int(wished.sum()),
        spread=weights.visit * missing_visits(problem, single) + weights.blind * blind_hours(problem, single),
        load=_load(problem, single),
        queue=weights.queue * _turns(problem, single),
        cohesion=_cohesion(problem, single),
        near=weights.near * int((distance // 100).sum()),
        wish=weights.wish * int(_unwished(problem)[duties.person, duties.shift].sum()),
        change=weights.change * _changed(problem, duties),
        habit=weights.habit * _habit(problem, single),
        rules=rules,
    )


def single_squad_share(problem: Problem, duties: Duties) -> float:
    """Return the share of the patrols of two or more that are of one squad; 1 when there are none."""
    single = duties.one_per_task()
    many, squads, _ = _patrols(problem, single)
    return float((squads[many] == 1).mean()) if many.any() else 1.0


def _standing(problem: Problem, duties: Duties) -> Int64:
    return np.bincount(duties.group, minlength=len(problem.demand.group_task)).astype(np.int64)


def _load(problem: Problem, duties: Duties) -> int:
    """Sum over people of weight · ((L + x)² - L²), over all duties and per class."""
    before = problem.people.load.astype(np.int64)
    kind = problem.shifts.load_class[duties.shift].astype(np.int64)
    cells = np.bincount(duties.person * len(CLASSES) + kind, minlength=before.size)
    now = cells.reshape(before.shape).astype(np.int64)
    growth = now * (2 * before + now)
    total_now, total_before = now.sum(axis=1), before.sum(axis=1)
    all_growth = int((total_now * (2 * total_before + total_now)).sum())
    weights = problem.weights
    return weights.load * all_growth + int(growth.sum(axis=0) @ np.asarray(weights.load_class, dtype=np.int64))


def _turns(problem: Problem, duties: Duties) -> int:
    """Sum over duties the weeks by which somebody waited less for one of the class than those who waited longest."""
    waited = problem.people.waited[duties.person, problem.shifts.load_class[duties.shift]].astype(np.int64)
    return int((WAITED_MOST - waited).sum())


def _habit(problem: Problem, duties: Duties) -> int:
    """Sum over the people of a squad in a task how often the squad stood there in past weeks."""
    tasks = max(len(problem.demand.task_shift), 1)
    squad = problem.people.squad[duties.person].astype(np.int64)
    keys, people = np.unique(squad * tasks + duties.task, return_counts=True)
    habit = problem.habit.astype(np.int64)
    wanted = habit[:, 0] * tasks + habit[:, 1]
    at = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    if not len(keys):
        return 0
    return int((habit[:, 2] * np.where(keys[at] == wanted, people[at], 0)).sum())


def _squads(problem: Problem, duties: Duties) -> Int64:
    """Return the squad of each duty; who has none counts as an own squad beyond the last."""
    squad = problem.people.squad[duties.person].astype(np.int64)
    return np.where(squad < 0, len(problem.squads) + duties.person, squad)


def _patrols(problem: Problem, duties: Duties) -> tuple[np.ndarray[tuple[int], np.dtype[np.bool_]], Int64, Int64]:
    """Return per patrol: of two or more, number of distinct squads, has a lead of a most frequent squad."""
    squad = _squads(problem, duties)
    order = np.lexsort((squad, duties.task))
    task, squad = duties.task[order], squad[order]
    leads = (problem.people.role[duties.person[order]] >= DEPUTY) & (problem.people.squad[duties.person[order]] >= 0)
    cell = run_starts(task, squad)
    size = np.diff(np.append(cell, len(task)))
    has_lead = np.add.reduceat(leads.astype(np.int64), cell) > 0 if len(cell) else np.zeros(0, dtype=np.bool_)
    patrol = run_starts(task[cell])
    people = np.diff(np.append(cell[patrol], len(task)))
    squads = np.diff(np.append(patrol, len(cell)))
    if not len(cell):
        return people >= 2, squads, squads
    top = np.repeat(np.maximum.reduceat(size, patrol), squads)
    led = np.add.reduceat((has_lead & (size == top)).astype(np.int64), patrol)
    return people >= 2, squads, led


def _cohesion(problem: Problem, duties: Duties) -> int:
    many, squads, led = _patrols(problem, duties)
    weights = problem.weights
    return weights.extra_squad * int((squads[many] - 1).sum()) + weights.no_lead * int((led[many] == 0).sum())


def _unwished(problem: Problem) -> Int64:
    """Return (P, T): 3 for avoid (or unavailable), 1 for fine, 0 for prefer."""
    wish = problem.people.availability
    return np.where(wish >= PREFER, 0, np.where(wish == FINE, 1, 3)).astype(np.int64)


def _changed(problem: Problem, duties: Duties) -> int:
    """Count the baseline pairs whose person no longer serves in that task."""
    tasks = max(len(problem.demand.task_shift), 1)
    old = problem.baseline.astype(np.int64)
    kept = np.isin(old[:, 0] * tasks + problem.demand.group_task[old[:, 1]], duties.person * tasks + duties.task)
    return int((~kept).sum())
