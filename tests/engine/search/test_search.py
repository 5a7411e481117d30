"""The changes of cost which the search computes are the differences of the cost, and an undone move leaves no trace."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.engine.core.cost import state_cost, task_cost
from patrol_desk.engine.core.features import HARD_COST
from patrol_desk.engine.core.greedy import fill_greedily
from patrol_desk.engine.core.instance import Instance, build
from patrol_desk.engine.core.state import State, clone, empty_state, to_plan
from patrol_desk.engine.core.teams import habit_cost
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.search.anneal import begin_search, logarithms, run_slice
from patrol_desk.engine.search.exchange import FAILED, Search, draw, new_search, settle, undo
from patrol_desk.engine.search.moves import ANY, BROKEN_OFF, one_move
from patrol_desk.engine.search.rotation import ring
from patrol_desk.engine.verify import check
from patrol_desk.samples.problems import family, tiny

SEEDS = st.integers(0, 10**6)


def begun(problem: Problem, seed: int) -> tuple[Instance, State, Search]:
    """Return layout, greedy state and search of a problem."""
    instance = build(problem)
    state = empty_state(problem, instance)
    fill_greedily(instance, state, lambda: False)
    search = new_search(instance, seed)
    begin_search(instance, state, search)
    return instance, state, search


def wants_work(instance: Instance, state: State, task: int) -> bool:
    """Say whether a task costs anything but its habits."""
    return bool(task_cost(instance, state, task) > habit_cost(instance, state, task))


def squads(instance: Instance, state: State, task: int) -> set[int]:
    """Return the squads (or people without one) of whoever stands in a task."""
    holders = state.holder[instance.task_first[task] : instance.task_first[task + 1]]
    return set(instance.pool[holders[holders >= 0]].tolist())


def picture(state: State) -> list[list[int]]:
    """Return what a state holds, duties in no order."""
    duties = [sorted(row[:count].tolist()) for row, count in zip(state.duty, state.duties, strict=True)]
    return [state.holder.tolist(), state.heads.tolist(), state.at.ravel().tolist(), *duties]


@given(SEEDS, st.booleans())
def test_each_change_is_the_difference_and_can_be_undone(seed: int, full: bool) -> None:
    """Move after move: the change told is the change made; taken back, everything is as before."""
    problem = tiny(seed, people=8, shifts=6, checkpoints=3, groups=8, full=full)
    instance, state, search = begun(problem, seed)
    if len(instance.slot_group) == 0 or len(instance.person) == 0:
        return
    for move in range(60):
        before, cost = picture(state), int(state_cost(instance, state))
        change = one_move(instance, state, search, ANY)
        if change == FAILED:
            assert picture(state) == before
            continue
        assert change == BROKEN_OFF or int(state_cost(instance, state)) == cost + change
        if change < HARD_COST // 2:
            assert check(problem, to_plan(instance, state)).own_violations == ()
        if move % 2 or change >= HARD_COST // 2:
            undo(instance, state, search)
            assert picture(state) == before
        else:
            settle(instance, state, search, change)
        assert search.cost[0] == state_cost(instance, state)
    loose = {task for task in range(len(instance.task_shift)) if wants_work(instance, state, task)}
    assert set(search.loose[: search.loose_count[0]].tolist()) == loose
    mixed = {task for task in range(len(instance.task_shift)) if len(squads(instance, state, task)) > 1}
    assert set(search.mixed[: search.mixed_count[0]].tolist()) == mixed


def test_a_cold_search_only_improves() -> None:
    """At temperature zero the cost never rises."""
    instance, state, search = begun(family("small", 3, scale=0.2), 1)
    costs = [int(search.cost[0])]
    for _ in range(20):
        run_slice(instance, state, search, logarithms(), 500, 0)
        costs.append(int(search.cost[0]))
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] < costs[0]


@pytest.mark.parametrize("seed", [0, 1, 2**31 - 1])
def test_draws_are_even_and_within_range(seed: int) -> None:
    """Every number comes up about as often, whatever the seed."""
    _, _, search = begun(tiny(1), seed)
    counts = np.bincount([draw(search, 10) for _ in range(20_000)], minlength=10)
    assert len(counts) == 10
    assert ((counts > 1800) & (counts < 2200)).all()


def test_a_copy_is_independent() -> None:
    """The best plan kept does not change when the search goes on."""
    instance, state, search = begun(family("small", 3, scale=0.1), 1)
    kept = clone(state)
    before = picture(kept)
    run_slice(instance, state, search, logarithms(), 2000, 60 * 1024)
    assert picture(kept) == before != picture(state)


def test_a_ring_of_three_keeps_the_rules_and_changes_the_cost_by_what_it_says() -> None:
    """Where a swap of two fits nobody, three change seats; taken back, everything is as before."""
    problem = family("saturated", 1, 0.05)
    instance, state, search = begun(problem, 1)
    found = 0
    for task in search.mixed[: search.mixed_count[0]].tolist()[:40]:
        slot = int(instance.task_first[task])
        mate = int(state.holder[slot + 1])
        if mate < 0:
            continue
        key = int(instance.pool[mate]) * len(instance.day) + int(instance.task_shift[task])
        first, last = instance.lists.pool_shift_first[key : key + 2]
        for comer in instance.lists.pool_shift_people[first:last].tolist():
            before, cost = picture(state), int(state_cost(instance, state))
            change = ring(instance, state, search, slot, comer, ANY)
            if change == FAILED:
                assert picture(state) == before
                continue
            found += 1
            assert int(state_cost(instance, state)) == cost + change
            assert check(problem, to_plan(instance, state)).own_violations == ()
            undo(instance, state, search)
            assert picture(state) == before
    assert found > 0
