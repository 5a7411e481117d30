"""The phases of a run before the local search: greedy plan, chains, flow; and the bounds after it."""

from typing import Final

import numpy as np

from patrol_desk.engine.bound.ascent import climb, deficient_set, most_worth, starting_prices
from patrol_desk.engine.bound.bench import new_bench
from patrol_desk.engine.bound.prices import HIGHEST, Payroll, Pricing
from patrol_desk.engine.bound.rising import Rising
from patrol_desk.engine.core.cost import state_cost
from patrol_desk.engine.core.forks import fill_by_forks
from patrol_desk.engine.core.greedy import fill_greedily
from patrol_desk.engine.core.instance import Int64
from patrol_desk.engine.core.repair import fill_directly
from patrol_desk.engine.core.rounds import fill_in_rounds
from patrol_desk.engine.core.state import State, clone, to_plan
from patrol_desk.engine.core.teams import seat_units
from patrol_desk.engine.figures import cost_parts
from patrol_desk.engine.network.build import Network, build_network
from patrol_desk.engine.network.flow import enter, read_out, seat_prices, solve_flow
from patrol_desk.engine.network.hubs import make_hubs
from patrol_desk.engine.network.windows import cut_windows
from patrol_desk.engine.problem import HARD
from patrol_desk.engine.repair.replan import keep_baseline
from patrol_desk.engine.run import Run
from patrol_desk.engine.search.pairs import share_out

SECONDS_PER_ARC: Final = 12e-6
FLOW_SHARE: Final = 0.1
"""How long the flow takes at most, measured at 28,000 people, and the most of the time left that it may take.

The chains cover as much without it; within a time limit the search makes more of the time than the flow does.
"""

CLIMB_STEPS: Final = 40
HEAD_STEPS: Final = 60
FIRST_SHARE: Final = 0.05
"""Steps of the bounds on cost and heads before the search, and the share of a time limit which the former may take."""

FIRST_STEP: Final = 1 / 6
"""Share of what a duty costs by which prices change at first."""


def greedy_phase(run: Run) -> None:
    """Make the first plan; where there is one to keep, from that, and only what is empty is filled around it."""
    run.say("greedy")
    if len(run.problem.baseline):
        _offer(run, keep_baseline(run.problem, run.instance, run.locked, run.unwanted), "greedy")
        return
    state = clone(run.locked)
    fill_greedily(run.instance, state, run.unwanted)
    _offer(run, state, "greedy")
    if not run.stop():
        _mend(run, state)


def _mend(run: Run, state: State) -> None:
    """Fill what is empty by chains and forks."""
    run.say("repair")
    fill_in_rounds(run.instance, state, run.stop)
    fill_by_forks(run.instance, state, run.stop)
    _offer(run, state, "repair")


def _offer(run: Run, state: State, code: str) -> None:
    run.offer(state, int(state_cost(run.instance, state)), code)


def flow_phase(run: Run) -> None:
    """Solve the network, read the plan out and repair what the windows and the pruning cost.

    When the time limit leaves no room for the flow, the first plan stays.
    """
    network = _network(run)
    arcs = sum(len(layer) for layer in network.layers)
    if arcs * SECONDS_PER_ARC > FLOW_SHARE * run.seconds_left:
        return
    run.say("flow")
    flows = solve_flow(network)
    state = clone(run.locked)
    enter(run.instance, state, read_out(network, flows))
    seat_units(run.instance, state, 1)
    run.duals = seat_prices(network, flows, most_worth(run.instance))
    _mend(run, state)


def sharing_phase(run: Run) -> None:
    """Let each two of a squad share their duties out anew: the search has drawn by lot and may have missed some."""
    state = clone(run.best)
    if share_out(run.instance, state, run.over) > 0:
        run.offer(state, int(state_cost(run.instance, state)), "search", moves=run.moves)


def closing_phase(run: Run) -> None:
    """Leave no seat of the minimum empty for which anybody is free: what the search has opened may be such a seat."""
    state = clone(run.best)
    if run.stopped != "user" and fill_directly(run.instance, state) > 0:
        _offer(run, state, "repair")


def _network(run: Run) -> Network:
    shifts = run.problem.shifts
    start = shifts.start.astype(np.int64)
    rules = run.problem.rules
    ready = shifts.end.astype(np.int64) + (rules.rest_min if rules.rest == HARD else 0)
    bench = new_bench(run.instance, run.locked)
    windows = cut_windows(run.instance, bench, start, ready)
    return build_network(run.problem, run.instance, bench, windows, make_hubs(run.problem, run.instance))


def shortage_prices(run: Run) -> Int64:
    """Return prices for the bound on missing heads: the deficient set, improved when it does not prove the plan."""
    pricing = Pricing.of_heads(run.instance, run.locked)
    most = np.minimum(run.instance.minimum, 1)
    found = [deficient_set(run.instance, run.best, run.instance.minimum), run.head_prices]
    return climb(pricing, found, most, run.shortage, HEAD_STEPS, run.over)[0]


def begin_cost_bound(run: Run) -> None:
    """Begin with the bound on the cost: prices from duals and levels, some steps uphill, and the wages that they pay.

    The search goes on with the wages.
    """
    run.say("bound")
    step = _begin_prices(run)
    payroll = Payroll(run.problem, run.instance, run.locked)
    wages = payroll.of_prices(run.cost_prices)
    run.payroll = payroll
    run.rising = Rising(payroll, [wages], np.full(len(wages), HIGHEST), step, least=-HIGHEST)


def _begin_prices(run: Run) -> float:
    """Note the first prices and what they prove; return by how many points they changed at first."""
    parts = cost_parts(run.problem, to_plan(run.instance, run.best))
    duties = max(1, int(run.best.heads.sum()))
    duty = (parts.load + parts.near + parts.wish) / duties
    step = max(1.0, duty * FIRST_STEP)
    pricing = Pricing.of_cost(run.problem, run.instance, run.locked)
    candidates = starting_prices(run.instance, run.best, run.duals, round(duty))
    prices = Rising(pricing, candidates, most_worth(run.instance), step)
    prices.rise(CLIMB_STEPS, 0.0, run.over_after(FIRST_SHARE))
    run.cost_prices, run.price_bound = prices.prices, prices.bound
    return step
