"""What a run says it has proven while it goes on holds for every plan there is."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.engine.options import Progress, SolveOptions
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.solve import solve
from patrol_desk.samples.problems import family, tiny
from tests.engine.verify import naive


def missing(problem: Problem, rows: list[naive.Pair]) -> int:
    """Return the desired heads that a plan leaves empty."""
    demand = problem.demand
    heads = np.bincount([group for _, group in rows], minlength=len(demand.group_task))
    return int(np.maximum(np.maximum(demand.desired, demand.minimum) - heads, 0).sum())


@given(st.integers(0, 10**6))
def test_no_plan_beats_a_bound_told_on_the_way(seed: int) -> None:
    """Every line's bounds are at most what the best of all plans misses, and they only rise."""
    problem = tiny(seed, people=3, shifts=3)
    lines: list[Progress] = []
    solve(problem, SolveOptions(moves=500), lines.append)
    every = list(naive.plans(problem))
    fewest = min(naive.shortage(problem, rows) for rows in every)
    fewest_open = min(missing(problem, rows) for rows in every)
    assert max(line.cost_bound for line in lines) <= min(naive.cost(problem, rows) for rows in every)
    assert [line.cost_bound for line in lines] == sorted(line.cost_bound for line in lines)
    told = [(line.shortage_bound, line.open_bound) for line in lines]
    assert max(shortage for shortage, _ in told) <= fewest
    assert max(opened for _, opened in told) <= fewest_open
    assert told == sorted(told)


def test_the_proof_is_there_before_the_search_ends() -> None:
    """A saturated small township knows while it still searches that its coverage cannot be better."""
    lines: list[Progress] = []
    result = solve(family("small", 4, scale=0.2), SolveOptions(moves=20_000), lines.append)
    first = next(line for line in lines if line.message.code == "engine.search")
    assert first.shortage_bound == first.shortage == result.figures.shortage_bound
