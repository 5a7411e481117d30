"""Rounds of chains fill as many seats, counted by worth, as any matching can, and never break a rule."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.engine.core import rounds
from patrol_desk.engine.core.forks import fill_by_forks
from patrol_desk.engine.core.greedy import fill_greedily
from patrol_desk.engine.core.instance import Instance, build
from patrol_desk.engine.core.repair import fill_by_chains, fill_order, new_trace
from patrol_desk.engine.core.rounds import fill_in_rounds
from patrol_desk.engine.core.state import State, clone, empty_state, to_plan
from patrol_desk.engine.verify import check
from patrol_desk.samples.problems import family, tiny
from tests.engine.verify import naive

SEEDS = st.integers(0, 10**6)


def never() -> bool:
    """Never stop."""
    return False


def missing_points(instance: Instance, state: State) -> int:
    """Return what the missing heads cost."""
    least = np.maximum(instance.minimum - state.heads, 0)
    more = np.maximum(instance.desired - np.maximum(instance.minimum, state.heads), 0)
    return int((least * instance.fill).sum() + instance.points.desired * more.sum())


@given(SEEDS, st.booleans())
def test_rounds_keep_the_rules_and_only_gain(seed: int, full: bool) -> None:
    """Each chain fills a seat or trades it for a dearer one; locked pairs stay."""
    problem = tiny(seed, people=8, shifts=6, checkpoints=3, groups=8, full=full)
    instance = build(problem)
    state = empty_state(problem, instance)
    fill_greedily(instance, state, never)
    before, locked = missing_points(instance, state), state.holder[state.fixed == 1].tolist()
    gained = fill_in_rounds(instance, state, never)
    assert check(problem, to_plan(instance, state)).own_violations == ()
    assert state.holder[state.fixed == 1].tolist() == locked
    assert (missing_points(instance, state) < before) == (gained > 0)


@given(SEEDS)
def test_no_single_chain_is_left(seed: int) -> None:
    """What one chain after the other could still fill, the rounds have filled."""
    problem = family("saturated", seed % 20, scale=0.015)
    instance = build(problem)
    state = empty_state(problem, instance)
    fill_greedily(instance, state, never)
    fill_in_rounds(instance, state, never)
    left = clone(state)
    assert fill_by_chains(instance, left, new_trace(instance), fill_order(instance, left)) == 0


@given(SEEDS)
def test_from_nothing_at_all_the_rounds_and_forks_reach_the_best_coverage(seed: int) -> None:
    """Where every plan can be tried, none misses fewer minimum heads."""
    problem = tiny(seed, people=3, shifts=3)
    instance = build(problem)
    state = empty_state(problem, instance)
    fill_in_rounds(instance, state, never)
    fill_by_forks(instance, state, never)
    least = min(naive.shortage(problem, rows) for rows in naive.plans(problem))
    assert np.maximum(instance.minimum - state.heads, 0).sum() == least


@pytest.mark.parametrize("looks", [0, 1, 2, 3])
def test_a_stop_between_any_two_steps_leaves_a_sound_plan(looks: int) -> None:
    """Stopped at once nothing changes; stopped later what was filled stays."""
    problem = family("saturated", 3, scale=0.02)
    instance = build(problem)
    state = empty_state(problem, instance)
    asked = iter(range(looks))
    gained = fill_in_rounds(instance, state, lambda: next(asked, None) is None)
    assert (gained > 0) == (looks > 0)
    assert check(problem, to_plan(instance, state)).own_violations == ()


@pytest.mark.parametrize("patience", [0, 1])
def test_little_patience_misses_nothing(monkeypatch: pytest.MonkeyPatch, patience: int) -> None:
    """Rounds that end early are followed by others until no chain is left."""
    problem = family("saturated", 4, scale=0.03)
    instance = build(problem)
    state = empty_state(problem, instance)
    fill_greedily(instance, state, never)
    hasty = clone(state)
    fill_in_rounds(instance, state, never)
    monkeypatch.setattr(rounds, "PATIENCE", patience)
    fill_in_rounds(instance, hasty, never)
    assert missing_points(instance, hasty) == missing_points(instance, state)
