"""Gaps of one kind together: a shift and a kind of seat, over all checkpoints; where its people have gone.

A person counts once: at the short checkpoint at which they get furthest through the rules, in the order of `ORDER`.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from patrol_desk.common.message import Message
from patrol_desk.engine.explain.gaps import first_rules, sentence_of
from patrol_desk.engine.explain.matching import unfillable
from patrol_desk.engine.explain.standing import BIT, ORDER, Bits, Int64, Standing
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import HARD, Bool, Problem
from patrol_desk.engine.rules import may_serve
from patrol_desk.engine.rules.person import metres

ALONE: Final = ("availability", "leave", "skill", "reach", "rest", "week_cap", "status")
"""Rules of which it is told how somebody could serve all the same when only that one is in the way."""


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """One rule: how many people it is the first to keep away, and how many are left after it."""

    rule: str
    kept: int
    left: int
    message: Message


@dataclass(frozen=True, slots=True)
class Nearly:
    """Somebody who might fill a gap.

    Parameters
    ----------
    person, group
        Who, and the short seat group to which they are nearest.
    rule, broken
        The first rule in the way, and how many there are.
    metres
        From home to the checkpoint.
    message, serve
        Why not, and how they could serve all the same.
    """

    person: int
    group: int
    rule: str
    broken: int
    metres: int
    message: Message
    serve: Message


@dataclass(frozen=True, slots=True)
class Shortage:
    """The gaps of one shift and one kind of seat.

    Parameters
    ----------
    shift, capability
        Indices into the problem; -1 for seats that anybody may hold.
    groups, missing
        Seat groups that are short, and by how many heads each.
    needed, filled
        Minimum heads asked for at all checkpoints, and how many of them are there.
    proven
        Of the missing heads, how many are missing in every plan.
    pool
        People who have the capability on the day; all people where none is asked for.
    funnel
        Where they have gone, rule by rule; what the last step leaves are those who hold such a seat.
    serving, free
        Who hold such a seat; whom nothing keeps away: nobody, unless the plan could be filled up further.
    nearest
        Those whom fewest rules keep away first, then by distance.
    message
        ``周五 夜 需 14 名驾驶员，合格 11 人，缺 3``.
    """

    shift: int
    capability: int
    groups: tuple[int, ...]
    missing: tuple[int, ...]
    needed: int
    filled: int
    proven: int
    pool: int
    funnel: tuple[FunnelStep, ...]
    serving: int
    free: int
    nearest: tuple[Nearly, ...]
    message: Message


def shortages(problem: Problem, plan: Plan, nearest: int = 10) -> tuple[Shortage, ...]:
    """Return the gaps of a plan by shift and kind of seat, in order of time.

    Parameters
    ----------
    problem, plan
        What was to be planned, and a plan whose rows all refer to something.
    nearest
        Most people named for each.
    """
    standing = Standing.of(problem, plan)
    demand = problem.demand
    short = np.flatnonzero(demand.minimum > standing.heads)
    shift = demand.task_shift[demand.group_task]
    keys = sorted({(int(shift[group]), int(demand.group_capability[group])) for group in short.tolist()})
    may = may_serve(problem)
    return tuple(_shortage(standing, plan, key, may[:, key[0]], nearest) for key in keys)


def _shortage(standing: Standing, plan: Plan, key: tuple[int, int], may: Bool, nearest: int) -> Shortage:
    problem, demand = standing.problem, standing.problem.demand
    shift, capability = key
    same = (demand.task_shift[demand.group_task] == shift) & (demand.group_capability == capability)
    groups = np.flatnonzero(same & (demand.minimum > 0))
    short = groups[demand.minimum[groups] > standing.heads[groups]]
    holds = _holds(problem, shift, capability)
    serving = np.unique(plan.assignments[same[plan.assignments[:, 1]], 0])
    squares = np.stack([_square(standing, group) for group in short.tolist()])
    broken = np.stack([standing.broken(group, square) for group, square in zip(short.tolist(), squares, strict=True)])
    outside = holds.copy()
    outside[serving] = False
    first = np.max(np.stack([first_rules(row & ~np.uint32(BIT["skill"])) for row in broken]), axis=0)[outside]
    counts = np.bincount(first, minlength=len(ORDER) + 1)
    pool = int(outside.sum()) + len(serving)
    needed = int(demand.minimum[groups].sum())
    filled = int(np.minimum(demand.minimum[groups], standing.heads[groups]).sum())
    params = {
        "shift": problem.shifts.ids[shift],
        "needed": needed,
        "able": filled,
        "missing": needed - filled,
        "capability": problem.capabilities[capability] if capability >= 0 else "",
    }
    return Shortage(
        shift=shift,
        capability=capability,
        groups=tuple(short.tolist()),
        missing=tuple((demand.minimum[short] - standing.heads[short]).tolist()),
        needed=needed,
        filled=filled,
        proven=_proven(standing, groups, may & holds),
        pool=pool,
        funnel=_funnel(counts, pool),
        serving=len(serving),
        free=int(counts[len(ORDER)]),
        nearest=_nearest(standing, short, (broken, squares), nearest),
        message=Message("explain.shortage" if capability < 0 else "explain.shortage_typed", params),
    )


def _square(standing: Standing, group: int) -> Int64:
    demand = standing.problem.demand
    return standing.square(int(demand.task_checkpoint[demand.group_task[group]]))


def _holds(problem: Problem, shift: int, capability: int) -> Bool:
    """Return (P,) who has the capability on the day of the shift; all where none is asked for."""
    if capability < 0:
        return np.ones(len(problem.people.ids), dtype=np.bool_)
    held = problem.people.capability[:, int(problem.shifts.day[shift])] >> np.uint32(capability) & np.uint32(1)
    return np.asarray(held == 1)


def _funnel(counts: Int64, pool: int) -> tuple[FunnelStep, ...]:
    left, found = pool, []
    for rule, kept in zip(ORDER, counts.tolist(), strict=False):
        if kept:
            left -= kept
            found.append(FunnelStep(rule, kept, left, Message(f"explain.kept_{rule}", {"count": kept})))
    return tuple(found)


def _proven(standing: Standing, groups: Int64, may: Bool) -> int:
    """Return how many minimum heads of the groups nobody can fill, whatever else the plan gives up for them.

    Locked people hold their seats whether or not the rules let them, and are counted nowhere else.
    """
    problem, demand = standing.problem, standing.problem.demand
    there = problem.locked[np.isin(problem.locked[:, 1], groups)]
    held = np.bincount(there[:, 1], minlength=len(demand.minimum))
    people = may.copy()
    people[there[:, 0]] = False
    chosen = np.flatnonzero(people)
    near = np.ones((len(chosen), len(groups)), dtype=np.bool_)
    for column, group in enumerate(groups.tolist()):
        kind = int(demand.kind[demand.task_checkpoint[demand.group_task[group]]])
        if problem.rules.kinds[kind].reach == HARD:
            near[:, column] = _square(standing, group)[chosen] <= problem.rules.reach_of(kind) ** 2
    need = np.maximum(demand.minimum[groups] - held[groups], 0).astype(np.int32)
    return unfillable(near, need)


def _nearest(standing: Standing, short: Int64, tables: tuple[Bits, Int64], most: int) -> tuple[Nearly, ...]:
    """Return those whom fewest rules keep away, each at the short group that is nearest to them by that measure.

    Whoever stands in a patrol already does not come near its other seats.
    """
    broken, squares = tables
    count = np.where(broken & np.uint32(BIT["twice"]), 0, np.bitwise_count(broken)).astype(np.int64)
    ways = metres(squares.reshape(-1)).reshape(squares.shape).astype(np.int64)
    rank = np.where(count > 0, count, len(ORDER) + 1) * 10**9 + ways
    best = np.argmin(rank, axis=0)
    every = np.arange(broken.shape[1])
    able = standing.problem.people.on_roster & (count[best, every] > 0)
    people = np.flatnonzero(able)
    people = people[np.lexsort((people, rank[best[people], people]))][:most]
    found = []
    for person in people.tolist():
        row = int(best[person])
        group, bits, way = int(short[row]), int(broken[row, person]), int(ways[row, person])
        rule = ORDER[int(first_rules(np.array([bits], dtype=np.uint32))[0])]
        told = sentence_of(standing, group, person, rule, way)
        number = int(count[row, person])
        found.append(Nearly(person, group, rule, number, way, told, _serve(rule, number, told)))
    return tuple(found)


def _serve(rule: str, broken: int, told: Message) -> Message:
    """Return how somebody could serve all the same."""
    if broken > 1:
        return Message("explain.serve_several", {"count": broken})
    if rule not in ALONE:
        return Message("explain.serve_exchange")
    reach, way = int(str(told.params["reach_m"])), int(str(told.params["metres"]))
    new = -(-way // 1000) if way > reach else 0
    return Message(f"explain.serve_{rule}", {"new_reach_km": new, "capability": told.params["capability"]})
