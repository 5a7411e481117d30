"""Solve some small problems and write their plans; run once compiled and once with ``NUMBA_DISABLE_JIT=1``."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from patrol_desk.engine.core.features import starts
from patrol_desk.engine.core.instance import Instance, build
from patrol_desk.engine.core.state import State, empty_state, positions, to_plan
from patrol_desk.engine.network.flow import enter
from patrol_desk.engine.options import SolveOptions
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.repair.doubles import fill_by_doubles, find_doubles
from patrol_desk.engine.repair.least import fill_with_least_change
from patrol_desk.engine.repair.live import LivePlan
from patrol_desk.engine.solve import solve
from patrol_desk.samples.problems import family, tiny

DROP_OUTS = 3
"""People of each plan who are asked about."""


def problems() -> list[Problem]:
    """Return problems which together pass through every branch of the kernels."""
    small = family("small", 1, scale=0.03)
    twice = replace(small, rules=replace(small.rules, cap_day=2, rest_min=60))
    locked = family("locked", 2, scale=0.004)
    tinies = [tiny(seed, people=8, shifts=6, checkpoints=3, groups=8, full=seed >= 8) for seed in range(24)]
    return [*tinies, small, twice, locked]


def plans() -> list[list[list[int]]]:
    """Return the plan of each problem, and what would be done if some of its people dropped out."""
    found: list[list[list[int]]] = []
    for problem in problems():
        plan = solve(problem, SolveOptions(seed=3, moves=600)).plan
        found += [plan.assignments.tolist(), *dropped_out(problem, plan), *mended(problem, plan)]
    return found


def mended(problem: Problem, plan: Plan) -> list[list[list[int]]]:
    """Return the plan mended after every fifth person has left, and the doubles if every seat were wanted."""
    stays = np.arange(len(problem.people.ids)) % 5 > 0
    gone = replace(problem.people, on_roster=problem.people.on_roster & stays)
    changed = replace(problem, people=gone, locked=problem.locked[:0], baseline=plan.assignments)
    instance = build(changed)
    state, position = empty_state(changed, instance), positions(changed, instance)
    rows = plan.assignments.astype(np.int64)
    rows = rows[position[rows[:, 0]] >= 0]
    enter(instance, state, np.column_stack([position[rows[:, 0]], rows[:, 1]]))
    fill_with_least_change(instance, state, lambda: False)
    fill_by_doubles(instance, state, lambda: False)
    return [to_plan(instance, state).assignments.tolist(), doubles(instance, state)]


def doubles(instance: Instance, state: State) -> list[list[int]]:
    """Return the first doubles of a plan, as if every seat were wanted."""
    groups = np.flatnonzero(instance.slot_count > 0)
    shift = instance.task_shift[instance.group_task[groups]]
    wanted = starts(shift, len(instance.day)), groups[np.argsort(shift, kind="stable")].astype(np.int64)
    rows = np.zeros((50, 4), dtype=np.int64)
    count = find_doubles(instance, state, wanted, np.zeros(len(instance.day), dtype=np.int64), rows)
    return [list(row) for row in rows[:count].tolist()]


def dropped_out(problem: Problem, plan: Plan) -> list[list[list[int]]]:
    """Return the removals and additions of every way to fill what some of those on duty would leave."""
    live = LivePlan.of(problem, plan)
    people = np.unique(plan.assignments[:, 0])[:DROP_OUTS].tolist()
    ways = [way for person in people for hole in live.drop_out(person) for way in hole.alternatives]
    return [[list(pair) for pair in (*way.removals, *way.additions)] for way in ways]


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(plans()), encoding="utf-8")
