"""What a plan costs and covers, computed from the problem and the plan alone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from patrol_desk.engine.plan import CostParts, Figures, Plan
from patrol_desk.engine.problem import CLASSES, FINE, MEMBER, PREFER, Problem
from patrol_desk.engine.rule_costs import Duties, distances, habit_cost, queue_cost, rule_cost, spread_cost

Int64 = NDArray[np.int64]


def jain(duties: Int64) -> float:
    """Return Jain's fairness index (Σx)² / (n Σx²) (Jain, Chiu, Hawe 1984); 1 when nobody has a duty."""
    squares = float((duties * duties).sum())
    return float(duties.sum()) ** 2 / (len(duties) * squares) if squares else 1.0


@dataclass(frozen=True, slots=True)
class Coverage:
    """Heads asked for, covered and missing, and how many patrols are of one squad."""

    seats: int
    filled: int
    desired_shortage: int
    single_squad_share: float


def coverage(problem: Problem, plan: Plan) -> Coverage:
    """Count heads and patrols of one squad."""
    demand = problem.demand
    heads = np.bincount(plan.assignments[:, 1], minlength=len(demand.group_task))
    wished = np.maximum(demand.desired - np.maximum(heads, demand.minimum), 0)
    teams, squads, _ = _teams(problem, plan)
    patrols = int((teams >= 2).sum())
    single = int(((teams >= 2) & (squads == 1)).sum())
    share = single / patrols if patrols else 1.0
    return Coverage(int(demand.minimum.sum()), int(np.minimum(heads, demand.minimum).sum()), int(wished.sum()), share)


def cost_parts(problem: Problem, plan: Plan) -> CostParts:
    """Return the objective, level by level (`docs/scheduler.md`).

    Somebody who is locked into two seats of one task counts once there, except for the way and the wish of each seat.
    """
    demand, weights = problem.demand, problem.weights
    person, group = (plan.assignments[:, column].astype(np.int64) for column in (0, 1))
    task = demand.group_task[group].astype(np.int64)
    shift = demand.task_shift[task].astype(np.int64)
    heads = np.bincount(group, minlength=len(demand.group_task))
    fill = np.asarray(weights.minimum, dtype=np.int64)[demand.task_tier[demand.group_task]]
    wished = np.maximum(demand.desired - np.maximum(heads, demand.minimum), 0)
    teams, squads, led = _teams(problem, plan)
    duties = Duties.of(problem, plan)
    several = teams >= 2
    wish = problem.people.availability[person, shift]
    return CostParts(
        minimum=int((fill * np.maximum(demand.minimum - heads, 0)).sum()),
        desired=int(wished.sum()) * weights.desired,
        spread=spread_cost(problem, duties),
        load=_load(problem, duties.person, duties.shift),
        queue=queue_cost(problem, duties),
        cohesion=int((squads[several] - 1).sum()) * weights.extra_squad + int((~led[several]).sum()) * weights.no_lead,
        near=int((distances(problem, plan) // 100).sum()) * weights.near,
        wish=int(np.where(wish >= PREFER, 0, np.where(wish == FINE, 1, 3)).sum()) * weights.wish,
        change=_changes(problem, person, task) * weights.change,
        habit=habit_cost(problem, duties),
        rules=rule_cost(problem, plan, duties),
    )


def _load(problem: Problem, person: Int64, shift: Int64) -> int:
    people = len(problem.people.ids)
    duties = np.zeros((people, len(CLASSES)), dtype=np.int64)
    np.add.at(duties, (person, problem.shifts.load_class[shift]), 1)
    before = problem.people.load.astype(np.int64)
    total, total_before = duties.sum(axis=1), before.sum(axis=1)
    growth = int((total * (2 * total_before + total)).sum())
    by_class = (duties * (2 * before + duties)).sum(axis=0)
    return problem.weights.load * growth + int(by_class @ np.asarray(problem.weights.load_class, dtype=np.int64))


def _changes(problem: Problem, person: Int64, task: Int64) -> int:
    """Return how many baseline pairs are given up."""
    tasks = max(len(problem.demand.task_shift), 1)
    old = problem.baseline.astype(np.int64)
    wanted = old[:, 0] * tasks + problem.demand.group_task[old[:, 1]]
    return int((~np.isin(wanted, person * tasks + task)).sum())


def _teams(problem: Problem, plan: Plan) -> tuple[Int64, Int64, NDArray[np.bool_]]:
    """Return per task: heads, distinct squads, and whether a most frequent squad has its leader or deputy there."""
    people, demand = problem.people, problem.demand
    tasks = len(demand.task_shift)
    rows = np.column_stack([plan.assignments[:, 0], demand.group_task[plan.assignments[:, 1]]])
    person, task = np.unique(rows, axis=0).T.astype(np.int64)
    squad = people.squad[person].astype(np.int64)
    squad = np.where(squad >= 0, squad, len(problem.squads) + person)
    leads = (people.role[person] != MEMBER) & (people.squad[person] >= 0)
    keys, inverse, size = np.unique(
        task * (len(problem.squads) + len(people.ids) + 1) + squad, return_inverse=True, return_counts=True
    )
    of_task = keys // (len(problem.squads) + len(people.ids) + 1)
    squad_led = np.bincount(inverse.reshape(-1), weights=leads, minlength=len(keys)) > 0
    most = np.zeros(tasks, dtype=np.int64)
    np.maximum.at(most, of_task, size)
    led = np.zeros(tasks, dtype=np.bool_)
    led[of_task[squad_led & (size == most[of_task])]] = True
    return np.bincount(task, minlength=tasks), np.bincount(of_task, minlength=tasks), led


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What only the run itself knows; see `Figures`."""

    seconds: float = 0.0
    first_plan_seconds: float = 0.0
    peak_mb: float = 0.0
    seed: int = 0
    moves: int = 0
    stopped: str = "moves"


def figures(problem: Problem, plan: Plan, shortage_bound: int, cost_bound: int, facts: RunFacts) -> Figures:
    """Return the figures of a plan.

    `gap_rest` leaves out what missing heads cost: (cost - bound) / (bound - missing heads of the plan in points). When
    the plan misses as few as possible this is the shortage's part of the bound; else it makes the figure larger.
    """
    parts = cost_parts(problem, plan)
    covered = coverage(problem, plan)
    missing = covered.seats - covered.filled
    over = parts.total - cost_bound
    rest = cost_bound - parts.minimum - parts.desired
    return Figures(
        seats=covered.seats,
        filled=covered.filled,
        shortage=missing,
        shortage_bound=shortage_bound,
        exact=missing == shortage_bound,
        desired_shortage=covered.desired_shortage,
        cost=parts.total,
        cost_bound=cost_bound,
        gap=over / max(cost_bound, 1),
        gap_rest=over / max(rest, 1),
        single_squad_share=covered.single_squad_share,
        seconds=facts.seconds,
        first_plan_seconds=facts.first_plan_seconds,
        peak_mb=facts.peak_mb,
        seed=facts.seed,
        moves=facts.moves,
        stopped=facts.stopped,
        parts=parts,
    )
