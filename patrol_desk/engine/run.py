"""One solver run under way: its clock, its best plan, whom it tells, and whether it should stop."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

import numpy as np

from patrol_desk.common.message import Message
from patrol_desk.engine.core.cost import state_cost
from patrol_desk.engine.core.instance import Instance, Int64
from patrol_desk.engine.core.state import State, clone, to_plan
from patrol_desk.engine.options import Progress, SolveOptions
from patrol_desk.engine.problem import Problem


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
    best, best_cost
        The best state so far.
    duals
        (G,) seat prices of the flow, zero before it has run.
    moves
        Moves of the local search so far.
    first_plan_seconds
        When the first plan was told of.
    stopped
        Why the run ends: ``moves``, ``time`` or ``user``.
    """

    problem: Problem
    instance: Instance
    options: SolveOptions
    locked: State
    tell: Callable[[Progress], None]
    asked_to_stop: Callable[[], bool]
    began: float
    best: State
    best_cost: int
    duals: Int64
    moves: int = 0
    first_plan_seconds: float = -1.0
    stopped: str = field(default="moves")

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return perf_counter() - self.began

    @property
    def seconds_left(self) -> float:
        """Seconds until the time limit; infinite without one."""
        limit = self.options.time_limit
        return float("inf") if limit is None else limit - self.seconds

    def stop(self) -> bool:
        """Say whether the user asked to stop or the time is over, and remember which."""
        if self.stopped == "user" or self.asked_to_stop():
            self.stopped = "user"
        elif self.seconds_left <= 0:
            self.stopped = "time"
        return self.stopped != "moves"

    def say(self, code: str, **params: object) -> None:
        """Tell what is going on."""
        self.tell(Progress(Message(f"engine.{code}", params), self.seconds, self.moves, self.shortage, self.best_cost))

    def offer(self, state: State, code: str, **params: object) -> bool:
        """Keep a state if it is the best so far, and tell of it with its plan.

        Missing minimum heads count first; the rest only decides between plans that are equal there.
        """
        cost = int(state_cost(self.instance, state))
        rank = (missing_minimum(self.instance, state), cost)
        better = self.first_plan_seconds < 0 or rank < (missing_minimum(self.instance, self.best), self.best_cost)
        plan = None
        if better:
            self.best, self.best_cost = clone(state), cost
            plan = to_plan(self.instance, state)
        if self.first_plan_seconds < 0:
            self.first_plan_seconds = self.seconds
        message = Message(f"engine.{code}", params)
        self.tell(Progress(message, self.seconds, self.moves, self.shortage, self.best_cost, plan))
        return better

    @property
    def shortage(self) -> int:
        """Minimum heads missing in the best plan, -1 before there is one."""
        if self.first_plan_seconds < 0:
            return -1
        return int(np.maximum(self.instance.minimum - self.best.heads, 0).sum())


def missing_minimum(instance: Instance, state: State) -> int:
    """Return the points of all missing minimum heads."""
    return int((instance.fill * np.maximum(instance.minimum - state.heads, 0)).sum())
