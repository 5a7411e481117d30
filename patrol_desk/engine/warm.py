"""Compile every kernel ahead of time, so that the first real plan does not wait for it."""

from time import perf_counter

import numpy as np

from patrol_desk.engine.options import SolveOptions
from patrol_desk.engine.problem import PREFER, Demand, People, Problem, Shifts


def warm() -> float:
    """Solve a tiny problem that passes through every kernel; return the seconds it took.

    The compiled code is kept in the user's cache folder (`engine.compiled`); a second call takes a second or two.
    """
    from patrol_desk.engine.solve import solve  # lazy: numba loads only when it is used

    began = perf_counter()
    solve(tiny_problem(), SolveOptions(moves=1000))
    return perf_counter() - began


def tiny_problem() -> Problem:
    """Return twelve people, two checkpoints, six shifts, with a locked and a baseline pair and one seat too many."""
    rng = np.random.default_rng(7)
    people, days, per_day = 12, 3, 2
    shifts = days * per_day
    start = np.array([day * 1440 + hour * 60 for day in range(days) for hour in (8, 20)], dtype=np.int32)
    squad = (np.arange(people) % 2).astype(np.int32)
    home = np.column_stack([squad * 2000, np.arange(people) * 100]).astype(np.int32)
    lead = (np.arange(people) < 2).astype(np.uint32)
    return Problem(
        people=People(
            ids=tuple(f"p{number}" for number in range(people)),
            squad=squad,
            role=(2 * lead).astype(np.int8),
            on_roster=np.ones(people, dtype=np.bool_),
            capability=np.repeat(lead[:, None], days, axis=1),
            home=home,
            cap_week=np.full(people, 2, dtype=np.int8),
            load=np.zeros((people, 4), dtype=np.int32),
            availability=rng.integers(0, PREFER + 1, (people, shifts)).astype(np.int8),
            leave=np.zeros((people, shifts), dtype=np.bool_),
        ),
        shifts=Shifts(
            ids=tuple(f"t{number}" for number in range(shifts)),
            start=start,
            end=start + np.int32(240),
            day=np.repeat(np.arange(days), per_day).astype(np.int8),
            load_class=np.tile([0, 1], days).astype(np.int8),
        ),
        demand=_tiny_demand(shifts),
        days=days,
        squads=("a", "b"),
        squad_base=np.array([[0, 600], [2000, 600]], dtype=np.int32),
        locked=np.array([[3, 0]], dtype=np.int32),
        baseline=np.array([[4, 2]], dtype=np.int32),
    )


def _tiny_demand(shifts: int) -> Demand:
    """Return two tasks a shift: one of two or three heads, one with a seat for a leader."""
    tasks = 2 * shifts
    return Demand(
        checkpoints=("x", "y"),
        place=np.array([[0, 0], [2000, 0]], dtype=np.int32),
        task_checkpoint=np.tile([0, 1], shifts).astype(np.int32),
        task_shift=np.repeat(np.arange(shifts), 2).astype(np.int32),
        task_tier=(np.arange(tasks) % 3).astype(np.int8),
        group_task=np.concatenate([np.arange(tasks), np.arange(0, tasks, 4)]).astype(np.int32),
        group_capability=np.concatenate([np.full(tasks, -1), np.zeros(tasks // 4)]).astype(np.int8),
        minimum=np.concatenate([np.full(tasks, 2), np.ones(tasks // 4)]).astype(np.int32),
        desired=np.concatenate([np.full(tasks, 3), np.ones(tasks // 4)]).astype(np.int32),
    )
