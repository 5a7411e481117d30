"""Evaluate and improve seat prices."""

from dataclasses import dataclass

import numpy as np

from patrol_desk.engine.bound.lagrange import (
    Bench,
    Economy,
    fill_table,
    full_economy,
    heads_economy,
    new_bench,
    people_part,
    seats_part,
)
from patrol_desk.engine.core.instance import Instance, Int64
from patrol_desk.engine.core.state import State, to_plan
from patrol_desk.engine.figures import cost_parts
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.rule_costs import Duties, alone_cost


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """A bound, and by how many heads seats and people disagree per group (the supergradient)."""

    bound: int
    slope: Int64


class Pricing:
    """The bound as a function of the prices, for one economy.

    Parameters
    ----------
    problem, instance
        The problem and its layout.
    locked
        The state of the locked pairs alone.
    economy
        What counts.
    constant
        What the locked pairs cost whatever else is planned.
    """

    def __init__(self, instance: Instance, bench: Bench, economy: Economy, constant: int) -> None:
        self._instance = instance
        self._bench = bench
        self._economy = economy
        self._constant = constant

    @classmethod
    def of_cost(cls, problem: Problem, instance: Instance, locked: State) -> "Pricing":
        """Return the pricing of the whole cost."""
        plan = to_plan(instance, locked)
        parts = cost_parts(problem, plan)
        constant = parts.load + parts.queue + parts.near + parts.wish + parts.change
        constant += alone_cost(problem, plan, Duties.of(problem, plan))
        return cls(instance, new_bench(instance, locked), full_economy(instance), constant)

    @classmethod
    def of_heads(cls, instance: Instance, locked: State, *, every: bool = False) -> "Pricing":
        """Return the pricing in which only missing minimum heads count, or with `every` all desired ones alike."""
        return cls(instance, new_bench(instance, locked), heads_economy(instance, every=every), 0)

    def __call__(self, prices: Int64) -> Evaluation:
        """Return bound and slope at the prices."""
        bench = self._bench
        heads = np.zeros(len(prices), dtype=np.int64)
        seats = seats_part(self._instance, self._economy, bench, prices, heads)
        bench.chosen[:] = bench.locked_heads
        fill_table(self._instance, bench, prices)
        earned = int((prices * bench.locked_heads).sum())
        earned += people_part(self._instance, self._economy, bench, 0, len(self._instance.person))
        return Evaluation(seats - earned + self._constant, heads - bench.chosen)
