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
from patrol_desk.engine.search.relay import relay
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


def rings(instance: Instance, state: State, search: Search) -> list[tuple[int, int]]:
    """Return the slots of mixed tasks, each with every other squad that stands there."""
    found: list[tuple[int, int]] = []
    for task in search.mixed[: search.mixed_count[0]].tolist():
        slots = range(instance.task_first[task], instance.task_first[task + 1])
        own = {slot: int(instance.pool[state.holder[slot]]) for slot in slots if state.holder[slot] >= 0}
        found += [(slot, pool) for slot in own for pool in sorted(set(own.values()) - {own[slot]})]
    return found


@pytest.mark.parametrize("name", ["saturated", "full_rules", "rest_11h"])
def test_a_ring_keeps_the_rules_and_changes_the_cost_by_what_it_says(name: str) -> None:
    """People change seats along their squads; taken back, everything is as before."""
    problem = family(name, 1, 0.03)
    instance, state, search = begun(problem, 1)
    lengths: set[int] = set()
    for slot, pool in rings(instance, state, search)[:60]:
        before, cost = picture(state), int(state_cost(instance, state))
        change = relay(instance, state, search, slot, pool, HARD_COST // 2)
        if change == FAILED:
            assert picture(state) == before
            continue
        lengths.add(int(search.log_count[0]))
        assert int(state_cost(instance, state)) == cost + change
        assert instance.pool[state.holder[slot]] == pool
        assert check(problem, to_plan(instance, state)).own_violations == ()
        undo(instance, state, search)
        assert picture(state) == before
    assert len(lengths) > 1


def test_a_ring_leaves_no_head_missing_and_makes_a_patrol_whole() -> None:
    """At a limit of nothing rings only help: fewer patrols are mixed, and no seat is opened."""
    problem = family("saturated", 1, 0.03)
    instance, state, search = begun(problem, 1)
    heads, mixed = state.heads.copy(), int(search.mixed_count[0])
    for slot, pool in rings(instance, state, search):
        if state.holder[slot] < 0 or instance.pool[state.holder[slot]] == pool:
            continue
        change = relay(instance, state, search, slot, pool, 0)
        if change != FAILED:
            settle(instance, state, search, change)
    assert search.mixed_count[0] < mixed
    assert state.heads.tolist() == heads.tolist()
    assert search.cost[0] == state_cost(instance, state)


def test_who_is_locked_or_of_the_squad_stays_where_he_is() -> None:
    """No ring through a locked seat, an empty one, or one that the squad holds."""
    instance, state, search = begun(family("saturated", 1, 0.03), 1)
    slot, pool = next(
        (slot, pool)
        for slot, pool in rings(instance, clone(state), search)
        if relay(instance, clone(state), search, slot, pool, ANY) != FAILED
    )
    assert relay(instance, state, search, slot, int(instance.pool[state.holder[slot]]), ANY) == FAILED
    state.fixed[slot] = 1
    assert relay(instance, state, search, slot, pool, ANY) == FAILED


def team(instance: Instance, state: State, task: int) -> set[int]:
    """Return who stands in a task."""
    holders = state.holder[instance.task_first[task] : instance.task_first[task + 1]]
    return set(holders[holders >= 0].tolist())


def test_two_teams_of_a_shift_change_places_as_a_whole() -> None:
    """Among the moves are some in which two patrols of two or more take each other's post, each still of one squad."""
    instance, state, search = begun(family("slack", 2, 0.02), 2)
    run_slice(instance, state, search, logarithms(), 20_000, 10 * 1024)
    swapped = 0
    for _ in range(1200):
        before = clone(state)
        change = one_move(instance, state, search, ANY)
        tasks = sorted({int(instance.slot_task[slot]) for slot in search.log_slot[: search.log_count[0]]})
        if change not in (FAILED, BROKEN_OFF) and len(tasks) == 2:
            old, new = ([team(instance, one, task) for task in tasks] for one in (before, state))
            swapped += old == new[::-1] and len(old[0]) > 1
        if change != FAILED:
            undo(instance, state, search)
    assert swapped > 0
