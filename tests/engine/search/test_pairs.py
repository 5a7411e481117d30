"""Two of a squad share their duties out as well as can be, and nothing else changes."""

from dataclasses import replace
from itertools import combinations, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.engine.core.cost import state_cost
from patrol_desk.engine.core.greedy import fill_greedily
from patrol_desk.engine.core.instance import Instance, build
from patrol_desk.engine.core.state import State, empty_state, to_plan
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.search.pairs import share_out
from patrol_desk.engine.verify import check
from patrol_desk.samples.problems import family, tiny

SEEDS = st.integers(0, 10**6)
NIGHT = 1


def never() -> bool:
    """Never stop."""
    return False


def always() -> bool:
    """Stop at once."""
    return True


def greedy_state(problem: Problem) -> tuple[Instance, State]:
    """Return the layout and the greedy's plan."""
    instance = build(problem)
    state = empty_state(problem, instance)
    fill_greedily(instance, state, never)
    return instance, state


def one_squad(seed: int, *, full: bool) -> Problem:
    """Return a small problem in which all are of one squad, so that many can share."""
    problem = tiny(seed, people=4, shifts=4, checkpoints=2, groups=5, full=full)
    return replace(problem, people=replace(problem.people, squad=np.zeros(4, dtype=np.int32)))


@given(SEEDS, st.booleans())
def test_the_points_won_are_the_difference_and_every_seat_keeps_its_head(seed: int, full: bool) -> None:
    """With every rule and locked pairs: as many heads in each group, the locked ones the same, no rule broken."""
    problem = one_squad(seed, full=full)
    instance, state = greedy_state(problem)
    heads, before = state.heads.tolist(), int(state_cost(instance, state))
    won = share_out(instance, state, never)
    assert int(state_cost(instance, state)) == before - won <= before
    assert state.heads.tolist() == heads
    report = check(problem, to_plan(instance, state))
    assert report.own_violations == ()
    rows = {tuple(row) for row in to_plan(instance, state).assignments.tolist()}
    assert {tuple(row) for row in problem.locked.tolist()} <= rows


@given(SEEDS, st.booleans())
def test_afterwards_no_two_of_a_squad_can_share_better(seed: int, full: bool) -> None:
    """Every way to divide the duties of any two, judged by the checker: it breaks a rule or costs no less."""
    problem = one_squad(seed, full=full)
    problem = replace(problem, locked=problem.locked[:0])  # what a lock breaks the solver reads more narrowly
    instance, state = greedy_state(problem)
    share_out(instance, state, never)
    rows = to_plan(instance, state).assignments.tolist()
    cost = check(problem, to_plan(instance, state)).cost
    for two in combinations(range(4), 2):
        shared = [row for row in rows if row[0] in two]
        others = [row for row in rows if row not in shared]
        for way in product(two, repeat=len(shared)):
            plan = Plan(np.array([*others, *([who, row[1]] for who, row in zip(way, shared, strict=True))]))
            report = check(problem, plan)
            assert report.own_violations or report.cost >= cost


def test_a_night_goes_to_the_one_of_two_equals_who_had_fewer() -> None:
    """Of a squad whose people are equals but for their nights, those who had fewest serve the night."""
    problem = family("small", 1, scale=0.2)
    people, squads = problem.people, len(problem.squads)
    count = len(people.ids)
    squad = (np.arange(count) * squads // count).astype(np.int32)
    load = np.zeros((count, 4), dtype=np.int32)
    load[::2, NIGHT] = 6
    alike = replace(
        people,
        squad=squad,
        home=problem.squad_base[squad],
        availability=np.full_like(people.availability, 2),
        role=np.zeros_like(people.role),
        load=load,
    )
    instance, _ = greedy_state(replace(problem, people=alike))
    # The nights go to those who had most, as a search that draws by lot might leave some.
    other_way_round = replace(alike, load=np.roll(load, 1, axis=0))
    _, state = greedy_state(replace(problem, people=other_way_round))
    held = (instance.load_class[instance.slot_shift] == NIGHT) & (state.holder >= 0)
    before = instance.class_load[state.holder[held], NIGHT].mean()
    assert share_out(instance, state, never) > 0
    assert instance.class_load[state.holder[held], NIGHT].mean() < before / 2


def test_a_stop_is_heard() -> None:
    """Who says stop at once finds the plan as it was."""
    problem = family("small", 3, scale=0.2)
    instance, state = greedy_state(problem)
    before = state.holder.tolist()
    assert share_out(instance, state, always) == 0
    assert state.holder.tolist() == before
