"""Ways out that concern seats: fewer of them, some held by the neighbour, a lock opened, a squad from further away."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from patrol_desk.engine.explain.standing import BIT, Bits, Int64, Standing
from patrol_desk.engine.problem import OFFICIAL, Int32, Problem

OPEN: Final = "open"
"""Heads are knowingly left open."""
NEIGHBOUR: Final = "neighbour"
"""The neighbouring town holds more heads of a joint gate."""
UNLOCK: Final = "unlock"
"""A locked duty may be exchanged."""
SQUAD: Final = "squad"
"""People of a squad that lives too far away help out, locked to the seat."""

JOINT_GATE: Final = "joint_gate"
"""Name of the kind of checkpoint whose heads a neighbouring town may hold."""

SQUADS_MOST: Final = 3
"""Squads proposed, at most: those that help most."""

UNLOCKED_MOST: Final = 3
"""Locked duties tried for each missing head, at most."""

AWAY: Final = BIT["overlap"] | BIT["rest"] | BIT["day_cap"] | BIT["week_cap"]
"""Rules that a duty elsewhere can be the reason of."""

Parts = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]
"""People, groups, heads."""

Kept = list[tuple[Bits, Int64]]
"""For each short group (P,) the rules that keep everybody from it, and squared metres."""


def apply_to(problem: Problem, what: str, parts: Parts) -> Problem:
    """Return the problem in which the seats have given way."""
    people, groups, heads = parts
    if people:
        pairs = np.array(list(zip(people, groups, strict=True)), dtype=np.int32).reshape(-1, 2)
        if what == SQUAD:
            return replace(problem, locked=np.unique(np.concatenate([problem.locked, pairs]), axis=0))
        return replace(problem, locked=_without(problem.locked, pairs))
    less = np.zeros(len(problem.demand.minimum), dtype=np.int32)
    np.add.at(less, list(groups), heads)
    demand = problem.demand
    less = np.minimum(less, demand.minimum)
    minimum, desired, held = demand.minimum - less, demand.desired, demand.held
    if what == NEIGHBOUR:
        desired, held = desired - less, held + less
    demand = replace(
        demand,
        minimum=minimum,
        desired=desired,
        held=held,
        surge_minimum=np.minimum(demand.surge_minimum, minimum),
        surge_desired=np.minimum(demand.surge_desired, desired),
    )
    return replace(problem, demand=demand)


def codes(problem: Problem, group: int) -> tuple[str, str, str]:
    """Return the codes of a seat: checkpoint, shift, capability (empty for any)."""
    demand = problem.demand
    task, asked = int(demand.group_task[group]), int(demand.group_capability[group])
    return (
        demand.checkpoints[int(demand.task_checkpoint[task])],
        problem.shifts.ids[int(demand.task_shift[task])],
        problem.capabilities[asked] if asked >= 0 else "",
    )


def fewer(problem: Problem, standing: Standing, groups: Int64) -> Iterator[tuple[str, Parts]]:
    """Yield what asks for fewer heads: the neighbour holds those of joint gates, or all are left open."""
    demand = problem.demand
    missing = demand.minimum - standing.heads
    kinds = demand.kind[demand.task_checkpoint[demand.group_task[groups]]]
    joint = np.array([problem.rules.kinds[kind].name == JOINT_GATE for kind in kinds.tolist()], dtype=np.bool_)
    official = problem.capabilities.index(OFFICIAL) if OFFICIAL in problem.capabilities else -2
    ordinary = ~np.isin(demand.group_capability[groups], [0, official])
    for what, chosen in ((NEIGHBOUR, groups[joint & ordinary]), (OPEN, groups)):
        if len(chosen):
            yield what, ((), tuple(chosen.tolist()), tuple(missing[chosen].tolist()))


def unlocked(problem: Problem, standing: Standing, groups: Int64, kept: Kept) -> Iterator[tuple[str, Parts]]:
    """Yield the locked duties of the nearest people whom nothing but a duty elsewhere keeps from a gap.

    What has begun is no lock: nobody can be taken off it.
    """
    locked: dict[int, list[int]] = {}
    demand = problem.demand
    start = problem.shifts.start[demand.task_shift[demand.group_task[problem.locked[:, 1]]]]
    for person, group in problem.locked[start >= problem.begin].tolist():
        locked.setdefault(person, []).append(group)
    holders = np.array(sorted(locked), dtype=np.int64)
    pairs: dict[tuple[int, int], None] = {}
    for group, (broken, square) in zip(groups.tolist(), kept, strict=True):
        most = UNLOCKED_MOST * int(demand.minimum[group] - standing.heads[group])
        away = holders[(broken[holders] & ~np.uint32(AWAY)) == 0]
        for person in away[np.lexsort((away, square[away]))][:most].tolist():
            pairs.update({(person, held): None for held in locked[person]})
    if pairs:
        people, held = zip(*sorted(pairs), strict=True)
        yield UNLOCK, (people, held, ())


def squads(problem: Problem, standing: Standing, groups: Int64, kept: Kept) -> Iterator[tuple[str, Parts]]:
    """Yield the squads whose members only live too far away, those that help most first; nobody is asked twice."""
    found: dict[int, list[tuple[int, int]]] = {}
    taken = np.zeros(len(problem.people.ids), dtype=np.bool_)
    squad = problem.people.squad
    for group, (broken, square) in zip(groups.tolist(), kept, strict=True):
        people = np.flatnonzero((broken == BIT["reach"]) & (squad >= 0) & ~taken)
        if not len(people):
            continue
        nearest = int(squad[people[np.argmin(square[people])]])
        members = people[squad[people] == nearest]
        most = int(problem.demand.minimum[group] - standing.heads[group])
        chosen = members[np.lexsort((members, square[members]))][:most]
        taken[chosen] = True
        found.setdefault(nearest, []).extend((int(person), group) for person in chosen.tolist())
    for number in sorted(found, key=lambda each: (-len(found[each]), each))[:SQUADS_MOST]:
        people_of, seats_of = zip(*sorted(found[number]), strict=True)
        yield SQUAD, (people_of, seats_of, ())


def _without(rows: Int32, gone: Int32) -> Int32:
    width = np.int64(1 << 31)
    kept: Int32 = rows[~np.isin(rows[:, 0] * width + rows[:, 1], gone[:, 0] * width + gone[:, 1])]
    return kept
