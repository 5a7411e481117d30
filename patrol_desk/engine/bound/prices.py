"""Bounds as functions of seat prices, and of wages."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from patrol_desk.engine.bound.bench import Bench, Economy, full_economy, heads_economy, new_bench
from patrol_desk.engine.bound.crews import patrols_part
from patrol_desk.engine.bound.lagrange import fill_table, first_wages, people_part, seats_part, weeks_part
from patrol_desk.engine.bound.patrols import new_patrols
from patrol_desk.engine.core.instance import Instance, Int64
from patrol_desk.engine.core.state import State, to_plan
from patrol_desk.engine.figures import cost_parts
from patrol_desk.engine.problem import Int32, Problem
from patrol_desk.engine.rule_costs import Duties, alone_cost

HIGHEST: Final = 1 << 30
"""Wages beyond it are not looked at; they fit a certificate's 32 bits."""


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """A bound, and by how much seats and people disagree per price or wage (the supergradient)."""

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
        return cls(instance, new_bench(instance, locked), full_economy(instance), _constant(problem, instance, locked))

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


def _constant(problem: Problem, instance: Instance, locked: State) -> int:
    """Return what the locked pairs cost whatever else is planned, and all of the baseline but what they keep of it."""
    plan = to_plan(instance, locked)
    parts = cost_parts(problem, plan)
    constant = parts.load + parts.queue + parts.near + parts.wish + parts.change
    return constant + alone_cost(problem, plan, Duties.of(problem, plan))


class Payroll:
    """The bound on the cost as a function of wages: what each person earns by a duty in each shift they may take.

    Parameters
    ----------
    problem, instance
        The problem and its layout.
    locked
        The state of the locked pairs alone.
    """

    def __init__(self, problem: Problem, instance: Instance, locked: State) -> None:
        self._instance = instance
        self._economy = full_economy(instance)
        self._bench = new_bench(instance, locked)
        self._patrols = new_patrols(instance, self._bench, locked)
        self._constant = _constant(problem, instance, locked)

    def __call__(self, wages: Int64) -> Evaluation:
        """Return bound and slope at the wages, (n,), one per entry of `Bench.shift`."""
        bench, patrols = self._bench, self._patrols
        taken, served = np.zeros_like(wages), np.zeros_like(wages)
        seats = patrols_part(self._instance, patrols, bench.locked_heads, wages[patrols.entry], taken)
        earned = weeks_part(self._instance, self._economy, bench, wages, served)
        slope = -served
        slope[patrols.entry] += taken
        return Evaluation(seats - earned + self._constant, slope)

    def of_prices(self, prices: Int64) -> Int64:
        """Return the wages that seat prices pay: what the best seat of a shift is worth to each person, less the way.

        At these wages the bound is at least as high as at the prices, but for seats that only the baseline makes good.
        """
        wages = np.zeros(len(self._bench.shift), dtype=np.int64)
        fill_table(self._instance, self._bench, prices)
        first_wages(self._instance, self._economy, self._bench, wages)
        return np.where(np.abs(wages) < HIGHEST, wages, 0)

    def table(self, wages: Int64, people: int) -> Int32:
        """Return the wages as (people, T), by the problem's people."""
        table = np.zeros((people, self._instance.allowed.shape[1]), dtype=np.int32)
        person = np.repeat(self._instance.person, np.diff(self._bench.first))
        table[person, self._bench.shift] = wages
        return table
