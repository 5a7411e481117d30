"""One solver run under way: its clock, its best plan, whom it tells, and whether it should stop."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final

import numpy as np

from patrol_desk.common.message import Message
from patrol_desk.engine.bound.prices import Payroll
from patrol_desk.engine.bound.rising import Rising
from patrol_desk.engine.core.instance import Instance, Int64
from patrol_desk.engine.core.state import State, clone, to_plan
from patrol_desk.engine.options import Progress, SolveOptions
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Problem

PLAN_PAUSE: Final = 0.2
"""Seconds at least between two plans that the search tells of; each is some hundred kilobytes in a pipe."""

RESERVED_SHARE: Final = 0.1
RESERVED_SECONDS: Final = 2.0
"""Of a time limit, the part kept for the bounds of the final plan, and the most of it."""


@dataclass(slots=True, eq=False)
class Run:
    """What the phases of one run share.

    Parameters
    ----------
    problem, instance, options
        What is solved and how.
    locked
        The state of the locked pairs alone.
    tell, asked_to_stop
        The caller's two callables.
    began
        Reading of the clock at the start.
    best, best_rank
        The best state so far; its missing minimum heads in points, and its `state_cost`.
    duals
        (G,) seat prices of the flow, zero before it has run.
    constant
        What a plan costs beyond its `state_cost`: the full price of the baseline, of which that counts downwards, and
        what locked pairs cost that no rule would let stand where they stand.
    moves
        Moves of the local search so far.
    first_plan_seconds
        When the first plan was told of.
    stopped
        Why the run ends: ``moves``, ``time`` or ``user``.
    shortage_bound, open_bound
        As in `Progress`.
    head_prices
        (G,) prices that prove `shortage_bound`; zero proves nothing.
    cost_prices, price_bound
        (G,) prices with which the bound on the cost began, and what they prove.
    payroll, rising
        The bound on the cost by wages, and these on their way uphill, once the plan for it is there.
    """

    problem: Problem
    instance: Instance
    options: SolveOptions
    locked: State
    tell: Callable[[Progress], None]
    asked_to_stop: Callable[[], bool]
    began: float
    best: State
    duals: Int64
    head_prices: Int64
    constant: int
    best_rank: tuple[int, int] = (0, 0)
    moves: int = 0
    first_plan_seconds: float = -1.0
    stopped: str = "moves"
    shortage_bound: int = 0
    open_bound: int = 0
    cost_prices: Int64 = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    price_bound: int = 0
    payroll: Payroll | None = None
    rising: Rising | None = None
    _told: float = 0.0
    _told_kind: str = ""
    _untold: bool = False

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return perf_counter() - self.began

    @property
    def seconds_left(self) -> float:
        """Seconds until plans are no longer improved; infinite without a time limit."""
        limit = self.options.time_limit
        if limit is None:
            return float("inf")
        return limit - min(RESERVED_SHARE * limit, RESERVED_SECONDS) - self.seconds

    def stop(self) -> bool:
        """Say whether the user asked to stop or the time is over, and remember which."""
        if self.unwanted():
            return True
        if self.seconds_left <= 0:
            self.stopped = "time"
        return self.stopped != "moves"

    def unwanted(self) -> bool:
        """Say whether the user asked to stop; a time limit alone leaves at least the first plan."""
        if self.stopped != "user" and self.asked_to_stop():
            self.stopped = "user"
        return self.stopped == "user"

    def over(self) -> bool:
        """Say whether the bounds must do with what they have: the user asked to stop, or the whole time is over."""
        self.stop()
        limit = self.options.time_limit
        return self.stopped == "user" or (limit is not None and self.seconds >= limit)

    def over_after(self, share: float) -> Callable[[], bool]:
        """Return what says whether a share of the time limit is used up from now on, or the bounds must do anyway."""
        limit = self.options.time_limit
        until = float("inf") if limit is None else self.seconds + share * limit
        return lambda: self.over() or self.seconds >= until

    def say(self, code: str, **params: object) -> None:
        """Tell what is going on."""
        self._tell(Message(f"engine.{code}", params), None)

    def offer(self, state: State, cost: int, code: str, **params: object) -> None:
        """Keep a state if it is the best so far, and tell of it, now and then with its plan.

        Missing minimum heads count first; the cost only decides between plans that are equal there.
        """
        rank = (missing_minimum(self.instance, state), cost)
        if self.first_plan_seconds < 0 or rank < self.best_rank:
            self.best, self.best_rank = clone(state), rank
            self._untold = True
        plan = None
        if self._untold and (self._told_kind != code or self.seconds - self._told >= PLAN_PAUSE):
            plan = to_plan(self.instance, self.best)
            self._told, self._told_kind, self._untold = self.seconds, code, False
        if self.first_plan_seconds < 0:
            self.first_plan_seconds = self.seconds
        self._tell(Message(f"engine.{code}", params), plan)

    def _tell(self, message: Message, plan: Plan | None) -> None:
        bounds = (self.shortage_bound, self.open_bound)
        told = (message, self.seconds, self.moves, self.shortage, self.best_cost, *bounds, plan, self.cost_bound)
        self.tell(Progress(*told))

    @property
    def cost_bound(self) -> int:
        """Points which no plan can cost less than, as far as that is proven."""
        return self.price_bound if self.rising is None else max(self.price_bound, self.rising.bound)

    @property
    def best_cost(self) -> int:
        """Cost of the best plan."""
        return self.best_rank[1] + self.constant

    @property
    def shortage(self) -> int:
        """Minimum heads missing in the best plan, -1 before there is one."""
        if self.first_plan_seconds < 0:
            return -1
        return int(np.maximum(self.instance.minimum - self.best.heads, 0).sum())


def missing_minimum(instance: Instance, state: State) -> int:
    """Return the points of all missing minimum heads."""
    return int((instance.fill * np.maximum(instance.minimum - state.heads, 0)).sum())
