"""A run as it goes on: points of the curve, phases, and a line in words whenever something happened."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from patrol_desk.common.message import Message
from patrol_desk.engine.options import Progress
from patrol_desk.engine.plan import Plan
from patrol_desk.services.planning.live_figures import Int64, heads_of, wanted_heads
from patrol_desk.services.planning.live_names import Names, SeatRef
from patrol_desk.services.planning.problem import WeekProblem

NAMED: Final = 2
"""Places that a log line names at most."""


class Phase(StrEnum):
    """What a run does, in the order in which it comes to it."""

    READ = "read"
    FIRST = "first"
    COVER = "cover"
    PROVE = "prove"
    IMPROVE = "improve"
    DONE = "done"


PHASES: Final = {
    "engine.greedy": Phase.FIRST,
    "engine.repair": Phase.COVER,
    "engine.flow": Phase.COVER,
    "engine.bound": Phase.PROVE,
    "engine.search": Phase.IMPROVE,
    "engine.done": Phase.DONE,
}


@dataclass(frozen=True, slots=True)
class LogLine:
    """Something worth telling.

    Parameters
    ----------
    seconds
        Since the run began.
    head, detail
        What happened, and the figure behind it.
    places
        Where heads were added and how many, the most first; at most `NAMED`.
    """

    seconds: float
    head: Message
    detail: Message | None = None
    places: tuple[tuple[SeatRef, int], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class LivePoint:
    """One moment of a run.

    Parameters
    ----------
    seconds
        Since the run began.
    phase, sentence
        What goes on.
    coverage
        Share of the desired heads that the best plan covers, 0 to 1; None before there is a plan.
    bound
        Proven: no plan covers a larger share.
    missing, missing_bound
        Desired heads the best plan misses (-1 before there is a plan), and what any plan misses at least.
    short, short_bound
        The same of the minimum heads.
    moves
        Moves of the local search so far.
    improved_at
        Second in which the best plan last became better.
    log
        What happened since the point before.
    plan
        The best plan when it is a new one.
    cost, cost_bound
        Points of the best plan (-1 before there is one), and what any plan costs at least.
    """

    seconds: float
    phase: Phase
    sentence: Message
    coverage: float | None
    bound: float
    missing: int
    missing_bound: int
    short: int
    short_bound: int
    moves: int
    improved_at: float
    log: tuple[LogLine, ...] = ()
    plan: Plan | None = None
    cost: int = -1
    cost_bound: int = 0

    @property
    def proven(self) -> bool:
        """Whether the coverage is proven to be the best there is."""
        return self.missing >= 0 and self.missing <= self.missing_bound

    @property
    def short_proven(self) -> bool:
        """Whether the missing minimum heads are proven to be as few as there can be."""
        return self.short >= 0 and self.short <= self.short_bound


class Pulse:
    """Turns an engine's lines into points.

    Parameters
    ----------
    week_problem, names
        What is planned.
    draft
        Coverage of the present draft, None without one.
    """

    def __init__(self, week_problem: WeekProblem, names: Names, draft: float | None) -> None:
        self._week_problem = week_problem
        self._names = names
        self._draft = draft
        self._wanted = wanted_heads(week_problem.problem)
        self._minimum: NDArray[np.int32] = week_problem.problem.demand.minimum
        self._heads: Int64 | None = None
        self._point = LivePoint(0.0, Phase.READ, Message("live.starting"), None, 1.0, -1, 0, -1, 0, 0, 0.0)
        self._cost = -1

    @property
    def point(self) -> LivePoint:
        """The newest point."""
        return self._point

    def take(self, line: Progress) -> LivePoint:
        """Return the point that a line of the engine makes."""
        before, heads = self._point, self._heads
        if line.plan is not None:
            heads = heads_of(self._week_problem.problem, line.plan)
        missing, short = self._missing(heads)
        better = line.cost >= 0 and line.cost != self._cost
        opened = max(before.missing_bound, line.open_bound)
        seats = int(self._wanted.sum())
        point = LivePoint(
            seconds=line.seconds,
            phase=PHASES.get(line.message.code, before.phase),
            sentence=line.message,
            coverage=None if heads is None else _share(seats - missing, seats),
            bound=_share(seats - opened, seats),
            missing=missing,
            missing_bound=opened,
            short=short,
            short_bound=max(before.short_bound, line.shortage_bound),
            moves=line.moves,
            improved_at=line.seconds if better else before.improved_at,
            plan=line.plan,
            cost=line.cost if line.cost >= 0 else before.cost,
            cost_bound=max(before.cost_bound, line.cost_bound),
        )
        told = tuple(self._log(before, point, heads))
        self._heads, self._cost = heads, line.cost
        self._point = point
        return replace(point, log=told) if told else point

    def _missing(self, heads: Int64 | None) -> tuple[int, int]:
        if heads is None:
            return -1, -1
        return int(np.maximum(self._wanted - heads, 0).sum()), int(np.maximum(self._minimum - heads, 0).sum())

    def _log(self, before: LivePoint, now: LivePoint, heads: Int64 | None) -> Iterator[LogLine]:
        """Yield what is new, the weightiest last."""
        at = now.seconds
        if now.coverage is not None and before.coverage is None:
            params = {"coverage": now.coverage, "short": now.short}
            yield LogLine(at, Message("live.first_plan"), Message("live.first_plan_is", params))
        elif now.coverage is not None and before.coverage is not None and now.missing < before.missing:
            more = Message("live.heads_more", {"count": before.missing - now.missing})
            rise = Message("live.covers_more", {"before": before.coverage, "now": now.coverage})
            yield LogLine(at, more, rise, self._where(heads))
        yield from self._passed(before, now)
        if now.missing_bound > before.missing_bound:
            down = Message("live.bound_down", {"bound": now.bound})
            yield LogLine(at, down, Message("live.nobody_for", {"count": now.missing_bound}))
        if now.proven and not before.proven:
            yield LogLine(
                at, Message("live.cannot_be_better"), Message("live.nobody_for", {"count": now.missing_bound})
            )

    def _passed(self, before: LivePoint, now: LivePoint) -> Iterator[LogLine]:
        was, is_now, draft = before.coverage or 0.0, now.coverage or 0.0, self._draft
        if draft is not None and was <= draft < is_now:
            yield LogLine(
                now.seconds, Message("live.passed_draft"), Message("live.more_than", {"a": is_now, "b": draft})
            )
        if now.short == 0 and before.short != 0:
            count = len(self._week_problem.checkpoint_ids)
            yield LogLine(now.seconds, Message("live.minimum_closed"), Message("live.minimum_all", {"count": count}))

    def _where(self, heads: Int64 | None) -> tuple[tuple[SeatRef, int], ...]:
        """Return the tasks that gained most wanted heads since the plan before."""
        if heads is None or self._heads is None:
            return ()
        gain = np.minimum(heads, self._wanted) - np.minimum(self._heads, self._wanted)
        tasks = np.bincount(self._week_problem.problem.demand.group_task, weights=gain).astype(np.int64)
        order: Sequence[int] = np.argsort(-tasks, kind="stable")[:NAMED].tolist()
        return tuple(
            (self._names.task(self._week_problem, task), int(tasks[task])) for task in order if tasks[task] > 0
        )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
