"""What a caller may ask of a solver run, and what it is told on the way."""

from dataclasses import dataclass

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.engine.plan import Plan


@dataclass(frozen=True, slots=True)
class SolveOptions:
    """How long and with which seed to solve.

    Parameters
    ----------
    seed
        Same problem, seed and `moves`: same plan.
    moves
        Moves of the local search; None picks a number that fits the problem's size, unless a time limit is given.
    time_limit
        Seconds for the whole run; the search then goes on until they are over (or `moves` are made).

    Raises
    ------
    InvalidDataError
        A number is negative or not one.
    """

    seed: int = 0
    moves: int | None = None
    time_limit: float | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.seed < 2**31:
            raise _bad("seed", self.seed, "0 … 2³¹-1")
        if self.moves is not None and self.moves < 0:
            raise _bad("moves", self.moves, "≥ 0")
        if self.time_limit is not None and not self.time_limit >= 0:
            raise _bad("time_limit", self.time_limit, "≥ 0 s")


def _bad(name: str, value: float, right: str) -> InvalidDataError:
    return InvalidDataError(Message("engine.bad_option", {"field": name, "value": value, "right": right}))


@dataclass(frozen=True, slots=True, eq=False)
class Progress:
    """One line of progress.

    Parameters
    ----------
    message
        What is going on.
    seconds
        Since the run began.
    moves
        Moves of the local search so far.
    shortage, cost
        Of the best plan so far; -1 before there is one.
    shortage_bound, open_bound
        Proven so far: no plan that keeps the hard rules misses fewer minimum heads, or fewer desired heads in all.
    plan
        The best plan, when it is a new one; it keeps all rules.
    cost_bound
        Proven so far: no plan that keeps the hard rules costs fewer points.
    """

    message: Message
    seconds: float
    moves: int = 0
    shortage: int = -1
    cost: int = -1
    shortage_bound: int = 0
    open_bound: int = 0
    plan: Plan | None = None
    cost_bound: int = 0
