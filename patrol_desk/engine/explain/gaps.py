"""Every gap of a plan, explained."""

from dataclasses import dataclass

import numpy as np

from patrol_desk.common.message import Message
from patrol_desk.engine.explain.relax import Relaxation, cheapest_relaxation
from patrol_desk.engine.explain.standing import ORDER, Bits, Int64, Standing
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Problem


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who might have filled a gap, and the first rule that keeps them from it."""

    person: int
    rule: str
    metres: int
    message: Message


@dataclass(frozen=True, slots=True)
class Gap:
    """Minimum heads that are missing in one seat group, and why.

    Parameters
    ----------
    group, missing
        Index of the seat group, and how many heads it lacks.
    counts
        Per rule, in the order in which it is asked, how many people it is the first to keep away; their sum and `free`
        are all people.
    nearest
        Candidates on the roster, those whom fewest rules keep away first, then by distance.
    relaxation
        The cheapest single rule to relax, or None when none would free anybody.
    free
        People whom no rule keeps away: there are none unless the plan could be filled up further.
    message
        Checkpoint, shift and how many are missing.
    """

    group: int
    missing: int
    counts: tuple[tuple[str, int], ...]
    nearest: tuple[Candidate, ...]
    relaxation: Relaxation | None
    free: tuple[int, ...]
    message: Message

    @property
    def reasons(self) -> tuple[Message, ...]:
        """How many people each rule keeps away, as sentences, the most first."""
        ordered = sorted(self.counts, key=lambda entry: -entry[1])
        return tuple(Message(f"explain.kept_{rule}", {"count": count}) for rule, count in ordered)


def explain(problem: Problem, plan: Plan, nearest: int = 10) -> tuple[Gap, ...]:
    """Return an explanation of every missing minimum head, by seat group.

    Parameters
    ----------
    problem
        What was to be planned.
    plan
        A plan whose rows all refer to something.
    nearest
        Most candidates named for each gap.
    """
    standing = Standing.of(problem, plan)
    missing = problem.demand.minimum - standing.heads
    groups = np.flatnonzero(missing > 0)
    checkpoint = problem.demand.task_checkpoint[problem.demand.group_task[groups]]
    found: dict[int, Gap] = {}
    for place in np.unique(checkpoint).tolist():
        square = standing.square(place)
        for group in groups[checkpoint == place].tolist():
            found[group] = _gap(standing, group, int(missing[group]), square, nearest)
    return tuple(found[group] for group in sorted(found))


def first_rules(broken: Bits) -> Int64:
    """Return (n,) the first rule of `ORDER` in each set of broken ones; the number of rules for none."""
    lowest = np.bitwise_count((broken & (~broken + np.uint32(1))) - np.uint32(1)).astype(np.int64)
    first: Int64 = np.where(broken == 0, len(ORDER), lowest)
    return first


def _gap(standing: Standing, group: int, missing: int, square: Int64, nearest: int) -> Gap:
    problem = standing.problem
    task = int(problem.demand.group_task[group])
    shift = int(problem.demand.task_shift[task])
    broken = standing.broken(group, square)
    first = first_rules(broken)
    counts = np.bincount(first, minlength=len(ORDER) + 1).tolist()
    metres = np.sqrt(square.astype(np.float64)).astype(np.int64)
    return Gap(
        group=group,
        missing=missing,
        counts=tuple((rule, count) for rule, count in zip(ORDER, counts, strict=False) if count),
        nearest=_nearest(standing, group, broken, metres, nearest),
        relaxation=cheapest_relaxation(standing, group, missing, broken, metres),
        free=tuple(np.flatnonzero(first == len(ORDER)).tolist()),
        message=Message(
            "explain.gap",
            {
                "checkpoint": problem.demand.checkpoints[int(problem.demand.task_checkpoint[task])],
                "shift": problem.shifts.ids[shift],
                "missing": missing,
                "minimum": int(problem.demand.minimum[group]),
            },
        ),
    )


def _nearest(standing: Standing, group: int, broken: Bits, metres: Int64, most: int) -> tuple[Candidate, ...]:
    kept = np.bitwise_count(broken).astype(np.int64)
    people = np.flatnonzero((kept > 0) & standing.problem.people.on_roster)
    if len(people) > most:
        rank = kept[people] * 10**9 + metres[people]
        people = people[np.argpartition(rank, most)[:most]] if most else people[:0]
    people = people[np.lexsort((people, metres[people], kept[people]))]
    rules = [ORDER[rule] for rule in first_rules(broken[people]).tolist()]
    return tuple(
        Candidate(person, rule, int(metres[person]), sentence_of(standing, group, person, rule, int(metres[person])))
        for person, rule in zip(people.tolist(), rules, strict=True)
    )


def sentence_of(standing: Standing, group: int, person: int, rule: str, metres: int) -> Message:
    """Return how a rule keeps a person from a seat of a group, with its numbers."""
    problem = standing.problem
    asked, task = int(problem.demand.group_capability[group]), int(problem.demand.group_task[group])
    shift = int(problem.demand.task_shift[task])
    params = {
        "person": problem.people.ids[person],
        "shift": problem.shifts.ids[shift],
        "metres": metres,
        "reach_m": problem.rules.reach_of(int(problem.demand.kind[problem.demand.task_checkpoint[task]])),
        "capability": problem.capabilities[max(asked, 0)],
        "minutes": int(standing.apart[shift, person]),
        "needed": problem.rules.rest_min,
        "duties": int(standing.week[person]),
        "cap": int(problem.people.cap_week[person]),
        "cap_day": problem.rules.cap_day,
        "most_days": problem.rules.consecutive_days,
        "most_nights": problem.rules.nights_in_row,
    }
    return Message(f"explain.candidate_{rule}", params)
