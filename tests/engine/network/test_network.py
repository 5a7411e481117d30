"""The network says nothing that the rules forbid, and its flow is read out whole."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.engine.bound.ascent import most_worth
from patrol_desk.engine.bound.bench import Bench, new_bench
from patrol_desk.engine.core.instance import Instance, build
from patrol_desk.engine.core.state import clone, empty_state, to_plan
from patrol_desk.engine.network import flow as flows
from patrol_desk.engine.network.build import Arcs, Network, build_network
from patrol_desk.engine.network.hubs import make_hubs
from patrol_desk.engine.network.windows import Windows, cut_windows
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.rules import may_serve_both
from patrol_desk.engine.verify import check
from patrol_desk.samples.problems import family, tiny


def windows_of(problem: Problem) -> tuple[Instance, Bench, Windows]:
    """Return the layout, the bench and everybody's windows."""
    instance = build(problem)
    bench = new_bench(instance, empty_state(problem, instance))
    start = problem.shifts.start.astype(np.int64)
    ready = problem.shifts.end.astype(np.int64) + problem.rules.rest_min
    return instance, bench, cut_windows(instance, bench, start, ready)


def most_duties(problem: Problem, shifts: list[int], cap: int) -> int:
    """Return the most of some shifts that one person may serve, by trying all sets."""
    together = may_serve_both(problem)
    for count in range(min(cap, len(shifts)), 0, -1):
        for chosen in itertools.combinations(shifts, count):
            days = problem.shifts.day[list(chosen)]
            pairs = itertools.combinations(chosen, 2)
            if all(together[pair] for pair in pairs) and np.bincount(days).max() <= problem.rules.cap_day:
                return count
    return 0


@given(st.integers(0, 10**6))
def test_one_shift_a_window_keeps_rest_and_day_cap(seed: int) -> None:
    """Any choice of one shift per window is allowed, and the windows lose none of the person's duties."""
    problem = tiny(seed, people=6, shifts=7)
    instance, bench, windows = windows_of(problem)
    together = may_serve_both(problem)
    for person in range(len(instance.person)):
        entries = slice(int(bench.first[person]), int(bench.first[person + 1]))
        shifts, window = bench.shift[entries], windows.of_entry[entries]
        for one, other in itertools.combinations(range(len(shifts)), 2):
            if window[one] >= 0 and window[other] >= 0 and window[one] != window[other]:
                assert together[shifts[one], shifts[other]]
                assert problem.rules.cap_day > 1 or problem.shifts.day[shifts[one]] != problem.shifts.day[shifts[other]]
        if problem.rules.cap_day == 1:
            room = int(instance.cap[person] - bench.locked[person])
            assert windows.number[person] == most_duties(problem, shifts.tolist(), room)


def network_of(problem: Problem, cell_m: int) -> tuple[Instance, Network]:
    """Return the layout and the network with homes grouped by cells of that size."""
    instance, bench, windows = windows_of(problem)
    hubs = make_hubs(problem, instance, cell_m)
    return instance, build_network(problem, instance, bench, windows, hubs)


@pytest.mark.parametrize("cell_m", [0, 1000, 10**6])
@pytest.mark.parametrize("name", ["small", "locked"])
def test_a_flow_becomes_a_plan_without_a_rest(name: str, cell_m: int) -> None:
    """Every unit of flow is a person in a seat; none breaks a rule, so all of them can be entered."""
    problem = family(name, 2, scale=0.05)
    instance, network = network_of(problem, cell_m)
    flow = flows.solve_flow(network)
    pairs = flows.read_out(network, flow)
    state = clone(empty_state(problem, instance))
    assert flows.enter(instance, state, pairs) == 0
    assert len(pairs) == flow[5].sum() > 0
    assert check(problem, to_plan(instance, state)).own_violations == ()
    prices = flows.seat_prices(network, flow, most_worth(instance))
    assert ((prices >= 0) & (prices <= most_worth(instance))).all()


def test_hubs_do_not_depend_on_where_the_map_begins() -> None:
    """The grid lies round each squad's middle: a township moved by some metres has the same hubs and distances."""
    problem = family("small", 2, scale=0.2)
    people, demand = problem.people, problem.demand
    moved = replace(
        problem, people=replace(people, home=people.home + 1234), demand=replace(demand, place=demand.place + 1234)
    )
    here, there = (make_hubs(each, build(each), 1500) for each in (problem, moved))
    assert (here.of_person == there.of_person).all()
    assert (here.near == there.near).all()
    instance = build(problem)
    squads = len(np.unique(instance.pool))
    assert squads == len(make_hubs(problem, instance, 10**6).near) < len(here.near) < len(instance.person)


def test_what_does_not_fit_is_left_out() -> None:
    """Rows that break a rule are counted, not entered."""
    problem = family("small", 2, scale=0.02)
    instance = build(problem)
    state = empty_state(problem, instance)
    group = int(np.argmax(instance.desired))
    everybody = np.column_stack([np.arange(len(instance.person)), np.full(len(instance.person), group)])
    left = flows.enter(instance, state, everybody.astype(np.int64))
    assert left == len(everybody) - state.heads[group]


def test_a_network_that_cannot_balance_is_refused() -> None:
    """A status other than optimal is an error, never a plan."""
    nothing = Arcs.of(0, 1, 0, 0)
    nobody = np.zeros(1, dtype=np.int64)
    broken = Network(
        persons=nothing,
        windows=nothing,
        serves=nothing,
        splits=nothing,
        posts=nothing,
        seats=nothing,
        keeps=nothing,
        serve_person=nobody,
        keep_person=nobody,
        nodes=2,
        group_node=2,
        supply=-1,
    )
    with pytest.raises(ArithmeticError):
        flows.solve_flow(broken)
