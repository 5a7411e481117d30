"""Compile every kernel ahead of the first plan."""

from dataclasses import replace
from time import perf_counter

import numpy as np

from patrol_desk.engine.options import SolveOptions
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Demand, People, Problem, Shifts
from patrol_desk.engine.repair import LivePlan, replan
from patrol_desk.engine.solve import solve


def warm() -> float:
    """Solve a small problem in which every part of the engine has work; return the seconds it took."""
    began = perf_counter()
    options = SolveOptions(seed=1, moves=2000)
    solve(_problem(), options)
    full = _as_many_seats_as_people_but_one(_problem())
    _repair(full, solve(full, options).plan)
    return perf_counter() - began


def _as_many_seats_as_people_but_one(problem: Problem) -> Problem:
    """Return the problem with one seat a patrol but the first, and one duty a person: one person has none."""
    seats = np.where(problem.demand.group_capability < 0, 1, 0).astype(np.int32)
    seats[0] = 0
    return replace(
        problem,
        demand=replace(problem.demand, minimum=seats, desired=seats),
        people=replace(problem.people, cap_week=np.ones_like(problem.people.cap_week)),
    )


def _repair(problem: Problem, plan: Plan) -> None:
    """Let somebody leave: first whoever is idle steps in; then they can only let somebody else go there."""
    rows, people, demand = plan.assignments, problem.people, problem.demand
    gone, (idle,) = int(rows[0, 0]), np.setdiff1d(np.arange(len(people.ids)), rows[:, 0])
    LivePlan.of(problem, plan).drop_out(gone)
    leave, availability = people.leave.copy(), people.availability.copy()
    leave[gone] = True
    availability[idle, demand.task_shift[demand.group_task[rows[0, 1]]]] = 0
    replan(replace(problem, people=replace(people, leave=leave, availability=availability), baseline=rows))


def _problem() -> Problem:
    """Return twelve people of three squads, six shifts and two checkpoints with more seats than people."""
    people, days, places = 12, 3, 2
    shifts = days * 2
    start = np.array([day * 1440 + minute for day in range(days) for minute in (480, 1320)], dtype=np.int32)
    tasks = np.array([(place, shift) for shift in range(shifts) for place in range(places)], dtype=np.int32)
    count = len(tasks)
    spread = np.arange(people, dtype=np.int32)
    return Problem(
        people=People(
            ids=tuple(f"p{number}" for number in range(people)),
            squad=spread % 3,
            role=np.where(spread < 3, 2, 0).astype(np.int8),
            on_roster=np.ones(people, dtype=np.bool_),
            capability=np.where(spread < 3, 1, 0).astype(np.uint32)[:, None].repeat(days, axis=1),
            home=np.stack([spread * 100, spread * 50], axis=1).astype(np.int32),
            cap_week=np.full(people, 2, dtype=np.int8),
            load=np.zeros((people, 4), dtype=np.int32),
            availability=np.full((people, shifts), 2, dtype=np.int8),
            leave=np.zeros((people, shifts), dtype=np.bool_),
        ),
        shifts=Shifts(
            ids=tuple(f"t{number}" for number in range(shifts)),
            start=start,
            end=start + 240,
            day=np.arange(shifts, dtype=np.int8) // 2,
            load_class=np.arange(shifts, dtype=np.int8) % 2,
        ),
        demand=Demand(
            checkpoints=("c0", "c1"),
            place=np.array([[0, 0], [900, 400]], dtype=np.int32),
            task_checkpoint=tasks[:, 0].copy(),
            task_shift=tasks[:, 1].copy(),
            task_tier=np.zeros(count, dtype=np.int8),
            group_task=np.repeat(np.arange(count, dtype=np.int32), 2),
            group_capability=np.tile(np.array([-1, 0], dtype=np.int8), count),
            minimum=np.tile(np.array([2, 1], dtype=np.int32), count),
            desired=np.tile(np.array([3, 1], dtype=np.int32), count),
        ),
        days=days,
        squads=("s0", "s1", "s2"),
        squad_base=np.zeros((3, 2), dtype=np.int32),
    )
