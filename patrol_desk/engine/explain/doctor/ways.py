"""Ways out of the gaps of a plan, each with what it truly fills."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from patrol_desk.common.message import Message
from patrol_desk.engine.explain.doctor import seats
from patrol_desk.engine.explain.doctor.effect import Effect, effect_of
from patrol_desk.engine.explain.doctor.rematch import rematch
from patrol_desk.engine.explain.doctor.step import DataChange, Step, default_of
from patrol_desk.engine.explain.standing import BIT, Bits, Int64, Standing
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import HARD, UNAVAILABLE, Problem

BURDEN: Final = {
    "week_cap": 1,
    "status": 2,
    "availability": 2,
    "leave": 4,
    "skill": 6,
}
"""What it asks of each person, beside each other; a judgement, which only orders what is offered."""

BURDEN_OF_SEAT: Final = {seats.NEIGHBOUR: 1, seats.UNLOCK: 2, seats.SQUAD: 3, seats.OPEN: 9}
"""The same for each seat; nothing asks more than to leave one open."""

BURDEN_OF_RULE: Final = 5
"""What a changed rule asks of the township, on the same scale, for each head it fills."""

ASKED_MOST: Final = 3
"""People asked for each missing head, at most; those nobody needs in the end are not asked."""

NAMED_MOST: Final = 8
"""People or seats named in a sentence, at most."""

REACH_STEP: Final = 1000
REACH_MOST: Final = 3000
"""Metres by which the reach is widened: a kilometre, and only where that helps nobody another, up to so many."""
REST_STEP: Final = 60


@dataclass(frozen=True, slots=True)
class WayOut:
    """One thing that could give way, and what that fills.

    Parameters
    ----------
    step
        What gives way.
    effect
        Minimum heads that are then filled, by a plan that was really made; or, of fewer heads, are no longer asked for.
    told
        What it does to the whole plan.
    price
        What it asks, on the scale of `BURDEN`; cheapest per head first.
    message
        The proposal in words, with its effect.
    changes
        What would have to be written.
    """

    step: Step
    effect: int
    told: Effect
    price: int
    message: Message
    changes: tuple[DataChange, ...]

    def apply_to(self, problem: Problem) -> Problem:
        """Return the problem in which it has given way."""
        return self.step.apply_to(problem)


def ways_out(
    problem: Problem,
    plan: Plan,
    stop: Callable[[], bool] = lambda: False,
    heard: Callable[[int, int], None] = lambda _done, _total: None,
) -> tuple[WayOut, ...]:
    """Return what could give way so that a plan's gaps are filled, cheapest per head first.

    Parameters
    ----------
    problem, plan
        What was to be planned, and how it was.
    stop
        Is asked before each proposal is tried; those tried so far are returned.
    heard
        Is called with how many proposals have been tried, and of how many.
    """
    base = rematch(problem, plan, stop)
    if base.missing == 0:
        return ()
    found: list[WayOut] = []
    steps = tuple(_steps(problem, base.plan))
    for number, step in enumerate(steps):
        heard(number, len(steps))
        if stop():
            break
        if any(step.id == way.step.id for way in found):
            continue  # less of the same helps already
        after = rematch(step.apply_to(problem), base.plan, stop)
        if after.missing < base.missing:
            effect = effect_of(problem, (base.missing, after.missing), base.plan, after.plan)
            found.append(_way(problem, _needed(problem, step, base.plan, after.plan), effect))
    return tuple(sorted(found, key=lambda way: (way.price / way.effect, -way.effect)))


def summed(problem: Problem, plan: Plan, steps: Iterable[Step]) -> Effect:
    """Return what some things together do; that may be more or less than the sum of each alone."""
    changed = problem
    for step in steps:
        changed = step.apply_to(changed)
    base = rematch(problem, plan)
    after = rematch(changed, base.plan)
    return effect_of(problem, (base.missing, after.missing), base.plan, after.plan)


def _steps(problem: Problem, plan: Plan) -> Iterator[Step]:
    """Yield what is worth trying, by the rules that alone keep people from gaps."""
    standing = Standing.of(problem, plan)
    demand = problem.demand
    missing = demand.minimum - standing.heads
    groups = np.flatnonzero(missing > 0)
    alone = [_alone(standing, group) for group in groups.tolist()]
    yield from _about_people(problem, standing, groups, alone)
    rules = {rule for rule, bit in BIT.items() if any((broken == bit).any() for broken, _ in alone)}
    kinds = np.unique(demand.kind[demand.task_checkpoint[demand.group_task[groups]]]).tolist()
    if any((broken & ~np.uint32(seats.AWAY) == BIT["reach"]).any() for broken, _ in alone):  # others may move up
        yield from _about_reach(problem, kinds)
    if "rest" in rules and problem.rules.rest_min > REST_STEP:
        yield Step("rest", amount=problem.rules.rest_min - REST_STEP)
    for rule in ("rest", "insured", "workday_eve", "consecutive_days", "nights_in_row", "apart", "together"):
        if rule in rules:
            yield Step(rule, amount=default_of(rule).points, soften=True)
    for kind in kinds if "novice" in rules else ():
        if problem.rules.kinds[kind].novice == HARD:
            yield Step("novice", amount=default_of("novice").points, kind=kind, soften=True)
    yield from _about_seats(problem, standing, groups, alone)


def _about_seats(problem: Problem, standing: Standing, groups: Int64, alone: seats.Kept) -> Iterator[Step]:
    found = (
        *seats.fewer(problem, standing, groups),
        *seats.unlocked(problem, standing, groups, alone),
        *seats.squads(problem, standing, groups, alone),
    )
    for rule, (people, seats_of, heads) in found:
        yield Step(rule, people, groups=seats_of, heads=heads)


def _alone(standing: Standing, group: int) -> tuple[Bits, Int64]:
    """Return (P,) the rules that keep everybody from a group, and squared metres to it."""
    demand = standing.problem.demand
    square = standing.square(int(demand.task_checkpoint[demand.group_task[group]]))
    return standing.broken(group, square), square


def _about_people(
    problem: Problem, standing: Standing, groups: Int64, alone: list[tuple[Bits, Int64]]
) -> Iterator[Step]:
    demand = problem.demand
    asked: dict[tuple[str, int], dict[tuple[int, int], None]] = {}
    for group, (broken, square) in zip(groups.tolist(), alone, strict=True):
        most = ASKED_MOST * int(demand.minimum[group] - standing.heads[group])
        shift = int(demand.task_shift[demand.group_task[group]])
        for rule in BURDEN:
            people = np.flatnonzero(broken == BIT[rule])
            if rule == "week_cap":
                people = people[standing.week[people] == problem.people.cap_week[people]]
            chosen = people[np.lexsort((people, square[people]))][:most]
            key = (rule, int(demand.group_capability[group]) if rule == "skill" else 0)
            asked.setdefault(key, {}).update({(person, shift): None for person in chosen.tolist()})
    for (rule, capability), pairs in asked.items():
        if pairs:
            yield _asking(rule, capability, sorted(pairs))


def _asking(rule: str, capability: int, pairs: list[tuple[int, int]]) -> Step:
    """Return the step that concerns some people, shift by shift where people are asked about one."""
    if rule in ("availability", "leave"):
        return Step(rule, tuple(person for person, _ in pairs), tuple(shift for _, shift in pairs))
    people = tuple(sorted({person for person, _ in pairs}))
    return Step(rule, people, amount={"week_cap": 1, "skill": capability}.get(rule, 0))


def _about_reach(problem: Problem, kinds: list[int]) -> Iterator[Step]:
    """Yield kilometres more for the township, and for each kind of checkpoint with gaps where there are several."""
    rules = problem.rules
    for more in range(REACH_STEP, REACH_MOST + 1, REACH_STEP):
        if any(kind.reach_m is None for kind in rules.kinds):
            yield Step("reach", amount=rules.reach_m + more)
        for kind in kinds if len(rules.kinds) > 1 else ():
            if rules.kinds[kind].reach == HARD:
                yield Step("reach", amount=rules.reach_of(kind) + more, kind=kind)


def _needed(problem: Problem, step: Step, before: Plan, after: Plan) -> Step:
    """Return the step without the people whom the plan made with it does not need."""
    if not step.people or step.rule == seats.SQUAD:
        return step
    people, demand = problem.people, problem.demand
    if step.rule == seats.UNLOCK:
        stay = {(person, group) for person, group in after.assignments.tolist()}
        left = [pair for pair in zip(step.people, step.groups, strict=True) if pair not in stay]
        return replace(step, people=tuple(who for who, _ in left), groups=tuple(where for _, where in left))
    old = {(person, group) for person, group in before.assignments.tolist()}
    rows = np.array([row for row in after.assignments.tolist() if tuple(row) not in old], dtype=np.int64).reshape(-1, 2)
    person, group = rows.T
    shift = demand.task_shift[demand.group_task[group]].astype(np.int64)
    if step.rule == "week_cap":
        duties = np.bincount(after.assignments[:, 0], minlength=len(people.ids))
        used = set(np.flatnonzero(duties > people.cap_week).tolist())
        return replace(step, people=tuple(who for who in step.people if who in used))
    if step.rule == "status":
        return replace(step, people=tuple(sorted(set(person[~people.on_roster[person]].tolist()))))
    if step.rule == "skill":
        held = people.capability[person, problem.shifts.day[shift]] >> np.uint32(step.amount) & np.uint32(1)
        trained = person[(demand.group_capability[group] == step.amount) & (held == 0)]
        return replace(step, people=tuple(sorted(set(trained.tolist()))))
    barred = people.availability[person, shift] == UNAVAILABLE
    if step.rule == "leave":
        barred = people.leave[person, shift]
    pairs = sorted(set(zip(person[barred].tolist(), shift[barred].tolist(), strict=True)))
    return replace(step, people=tuple(who for who, _ in pairs), shifts=tuple(when for _, when in pairs))


def _way(problem: Problem, step: Step, told: Effect) -> WayOut:
    effect = told.filled
    if step.groups:
        message = _about_seats_told(problem, step, effect)
        price = BURDEN_OF_SEAT[step.rule] * (sum(step.heads) or len(step.groups))
        return WayOut(step, effect, told, price, message, step.changes(problem))
    names = [problem.people.ids[person] for person in step.people]
    rules = problem.rules
    kind = max(step.kind, 0)
    params = {
        "people": names[:NAMED_MOST],
        "count": len(names),
        "amount": step.amount,
        "effect": effect,
        "capability": problem.capabilities[step.amount] if step.rule == "skill" else "",
        "kind": rules.kinds[kind].name,
        "reach_km": (rules.reach_of(step.kind) if step.kind >= 0 else rules.reach_m) / 1000,
        "new_reach_km": step.amount / 1000,
        "rest_h": rules.rest_min / 60,
        "new_rest_h": step.amount / 60,
    }
    code = f"ways.soften_{step.rule}" if step.soften else f"ways.{step.rule}"
    if step.rule == "reach" and step.kind >= 0:
        code = "ways.reach_of_kind"
    price = BURDEN[step.rule] * len(step.people) if step.people else BURDEN_OF_RULE * effect
    return WayOut(step, effect, told, price, Message(code, params), step.changes(problem))


def _about_seats_told(problem: Problem, step: Step, effect: int) -> Message:
    squad = int(problem.people.squad[step.people[0]]) if step.people else -1
    named = [" ".join(part for part in seats.codes(problem, group) if part) for group in step.groups[:NAMED_MOST]]
    params = {
        "people": [problem.people.ids[person] for person in step.people[:NAMED_MOST]],
        "squad": problem.squads[squad] if squad >= 0 else "",
        "seats": named,
        "count": sum(step.heads) or len(step.groups),
        "effect": effect,
    }
    return Message(f"ways.{step.rule}", params)
