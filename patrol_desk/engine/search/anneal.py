"""The local search: slices of moves under a falling threshold, so that progress, stop and the best plan surface."""

import math
from collections.abc import Callable
from typing import Final

import numpy as np

from patrol_desk.engine.bound.proof import CostProof, prove
from patrol_desk.engine.compiled import kernel
from patrol_desk.engine.core.cost import state_cost, team_cost
from patrol_desk.engine.core.forks import fill_by_forks
from patrol_desk.engine.core.instance import Instance, Int64
from patrol_desk.engine.core.state import State, clone
from patrol_desk.engine.run import Run
from patrol_desk.engine.search.exchange import FAILED, Search, draw, mark_loose, new_search, settle, undo
from patrol_desk.engine.search.moves import one_move

SLICE: Final = 200_000
"""Moves between two looks at the stop sign: some 0.1 s when compiled."""

LEAST_SLICES: Final = 50
"""Slices of a short search at least: each has one temperature."""

HOT: Final = 40.0
COLD: Final = 6.0
"""Temperature at the beginning and the end, in points: what is typically accepted as a step for the worse."""

LONGEST_PAUSE: Final = 16
"""Slices between two attempts to fill a seat by chains, at most."""

MOVES_PER_SEAT: Final = 3000
LEAST_MOVES: Final = 20_000

GRAIN: Final = 1024
"""Temperatures and logarithms are whole multiples of 1/1024: the search computes with whole numbers only, so that it
runs the same compiled or not, on every machine."""


def logarithms() -> Int64:
    """Return -ln of (i + ½) / 1024 in units of 1/1024: Metropolis' rule as a threshold."""
    return np.array([round(-math.log((i + 0.5) / GRAIN) * GRAIN) for i in range(GRAIN)], dtype=np.int64)


@kernel
def begin_search(instance: Instance, state: State, search: Search) -> None:
    """Note the cost, and which tasks are short or mixed."""
    search.cost[0] = state_cost(instance, state)
    for task in range(len(instance.task_shift)):
        search.cohesion[task] = team_cost(instance, state, task)
        mark_loose(instance, state, search, task)


@kernel
def run_slice(instance: Instance, state: State, search: Search, table: Int64, moves: int, temperature: int) -> None:
    """Make some moves at one temperature (1/1024 points)."""
    for _ in range(moves):
        limit = (temperature * int(table[draw(search, 1024)])) >> 20
        change = one_move(instance, state, search, limit)
        if change <= limit:
            settle(instance, state, search, change)
        elif change != FAILED:
            undo(instance, state, search)


def default_moves(instance: Instance) -> int:
    """Return a number of moves that fits the size."""
    return max(LEAST_MOVES, MOVES_PER_SEAT * len(instance.slot_group))


class Mending:
    """Chains and forks between the slices: the search walks over plans that miss as many heads; from some one is open.

    A barren attempt doubles the number of slices until the next one.
    """

    def __init__(self) -> None:
        self._pause = self._left = 1

    def due(self) -> bool:
        """Count a slice and say whether an attempt is due after it."""
        self._left -= 1
        return self._left <= 0

    def mend(self, instance: Instance, state: State, stop: Callable[[], bool]) -> bool:
        """Try to fill the seats that lack a minimum head; return whether one was filled."""
        filled = fill_by_forks(instance, state, stop) > 0
        self._pause = 1 if filled else min(2 * self._pause, LONGEST_PAUSE)
        self._left = self._pause
        return filled


def search_phase(run: Run) -> None:
    """Improve the best plan until moves or time are used up, or somebody says stop."""
    instance = run.instance
    if len(instance.slot_group) == 0 or len(instance.person) == 0:
        return
    options = run.options
    budget = options.moves
    if budget is None and options.time_limit is None:
        budget = default_moves(instance)
    state = clone(run.best)
    search = new_search(instance, options.seed)
    table = logarithms()
    begin_search(instance, state, search)
    began, limit = run.seconds, run.seconds_left
    mending = Mending()
    proof = CostProof(run)
    while (budget is None or run.moves < budget) and not run.stop():
        done = max(run.moves / budget if budget else 0.0, (run.seconds - began) / limit if limit > 0 else 1.0)
        moves = SLICE if budget is None else min(SLICE, max(budget // LEAST_SLICES, 1), budget - run.moves)
        temperature = round(HOT * (COLD / HOT) ** min(done, 1.0) * GRAIN)
        run_slice(instance, state, search, table, moves, temperature)
        run.moves += moves
        proof.follow(done, run.seconds - began)
        if run.shortage > 0 and mending.due() and mending.mend(instance, state, run.stop):
            begin_search(instance, state, search)
        before = run.shortage
        run.offer(state, int(search.cost[0]), "search", moves=run.moves)
        if run.shortage < before:
            prove(run, 0)
