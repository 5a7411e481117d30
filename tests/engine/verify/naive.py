"""The rules, the objective and the bound once more, in loops slow enough to be believed."""

from collections.abc import Iterator
from itertools import combinations
from math import isqrt

from patrol_desk.engine.problem import HARD, NO_PLACE, KindRules, Problem
from tests.engine.verify import naive_rules

Pair = tuple[int, int]

NOBODY: Pair = (-1, -1)
"""Stands for a party that no problem locks."""

MENDED = {"novice", "together"}
"""Rules that one more person in the patrol can mend."""


def task(problem: Problem, pair: Pair) -> int:
    """Return the task of a pair."""
    return int(problem.demand.group_task[pair[1]])


def shift(problem: Problem, pair: Pair) -> int:
    """Return the shift of a pair."""
    return int(problem.demand.task_shift[task(problem, pair)])


def squared(problem: Problem, pair: Pair) -> int:
    """Return the squared metres from home to checkpoint, 0 when either is unknown."""
    home = problem.people.home[pair[0]].tolist()
    place = problem.demand.place[problem.demand.task_checkpoint[task(problem, pair)]].tolist()
    if NO_PLACE in home or NO_PLACE in place:
        return 0
    return int((home[0] - place[0]) ** 2 + (home[1] - place[1]) ** 2)


def kind(problem: Problem, at: int) -> KindRules:
    """Return what holds at the checkpoint of a task."""
    return problem.rules.kinds[int(problem.demand.kind[problem.demand.task_checkpoint[at]])]


def reach(problem: Problem, pair: Pair) -> int:
    """Return the reach in metres at the checkpoint of a pair."""
    own = kind(problem, task(problem, pair)).reach_m
    return problem.rules.reach_m if own is None else own


def alone(problem: Problem, pair: Pair) -> set[str]:
    """Return the hard rules that a pair breaks by itself."""
    person, at = pair[0], shift(problem, pair)
    people, asked = problem.people, int(problem.demand.group_capability[pair[1]])
    held = int(people.capability[person, problem.shifts.day[at]])
    faults = {
        "status": not people.on_roster[person],
        "availability": people.availability[person, at] == 0,
        "leave": bool(people.leave[person, at]),
        "skill": asked >= 0 and not held >> asked & 1,
        "reach": kind(problem, task(problem, pair)).reach == HARD
        and squared(problem, pair) > reach(problem, pair) ** 2,
        "begun": problem.shifts.start[at] < problem.begin and list(pair) not in problem.locked.tolist(),
        "insured": problem.rules.insured == HARD and uninsured(problem, pair),
        "workday_eve": problem.rules.workday_eve == HARD and eve(problem, pair),
    }
    return {rule for rule, broken in faults.items() if broken}


def uninsured(problem: Problem, pair: Pair) -> bool:
    """Say whether a pair's person is not insured that day."""
    return not problem.people.insured[pair[0], problem.shifts.day[shift(problem, pair)]]


def eve(problem: Problem, pair: Pair) -> bool:
    """Say whether a pair is a night before a workday of somebody who asks for none."""
    return bool(problem.people.spares_eve[pair[0]] and problem.shifts.workday_eve[shift(problem, pair)])


def times(problem: Problem, pair: Pair) -> tuple[int, int]:
    """Return start and end of a pair's shift."""
    at = shift(problem, pair)
    return int(problem.shifts.start[at]), int(problem.shifts.end[at])


def clash(one: tuple[int, int], other: tuple[int, int], rest: int) -> str:
    """Return which rule two times break between them, if any."""
    first, second = sorted([one, other])
    apart = second[0] - first[1]
    return "overlap" if apart < 0 else "rest" if apart < rest else ""


def hard_rest(problem: Problem) -> int:
    """Return the minutes of rest that must be kept."""
    return problem.rules.rest_min if problem.rules.rest == HARD else 0


def broken(problem: Problem, rows: list[Pair]) -> tuple[set[str], set[str]]:
    """Return the rules broken, and those in whose breaking a pair takes part that is not locked."""
    locked = {(int(p), int(g)) for p, g in problem.locked}
    found = [*single_faults(problem, rows), *pair_faults(problem, rows)]
    found += [*naive_rules.streak_faults(problem, rows), *naive_rules.team_faults(problem, rows)]
    for rule, parties, most in counted(problem, sorted(set(rows))):
        if len({task(problem, pair) if rule != "seats" else pair for pair in parties}) > most:
            found.append((rule, parties))
    if locked - set(rows):
        found.append(("locked", [NOBODY]))
    return {rule for rule, _ in found}, {rule for rule, parties in found if set(parties) - locked}


def single_faults(problem: Problem, rows: list[Pair]) -> Iterator[tuple[str, list[Pair]]]:
    """Yield the rules that a pair breaks by itself or against busy time."""
    for pair in rows:
        for rule in alone(problem, pair):
            yield rule, [pair]
        for person, start, end in problem.busy.tolist():
            rule = clash(times(problem, pair), (start, end), hard_rest(problem))
            if person == pair[0] and rule:
                yield rule, [pair]


def pair_faults(problem: Problem, rows: list[Pair]) -> Iterator[tuple[str, list[Pair]]]:
    """Yield the rules that two pairs of one person break between them."""
    for one, other in combinations(sorted(rows), 2):
        if one[0] == other[0]:
            if task(problem, one) == task(problem, other):
                yield "twice", [one, other] if one != other else [NOBODY]
            elif rule := clash(times(problem, one), times(problem, other), hard_rest(problem)):
                yield rule, [one, other]


def counted(problem: Problem, rows: list[Pair]) -> Iterator[tuple[str, list[Pair], int]]:
    """Yield rule, pairs and the most of them that may be."""
    for person in {pair[0] for pair in rows}:
        mine = [pair for pair in rows if pair[0] == person]
        yield "week_cap", mine, int(problem.people.cap_week[person])
        for day in range(problem.days):
            there = [pair for pair in mine if problem.shifts.day[shift(problem, pair)] == day]
            yield "day_cap", there, problem.rules.cap_day
    for group in {pair[1] for pair in rows}:
        yield "seats", [pair for pair in rows if pair[1] == group], int(problem.demand.desired[group])


def plans(problem: Problem) -> Iterator[list[Pair]]:
    """Yield every plan that holds the locked pairs and breaks no rule by its own choice.

    What one more person can mend (new members alone, somebody missing whom another must be with) is only looked at in
    the end; what is broken otherwise stays broken.
    """
    fixed = [(int(p), int(g)) for p, g in problem.locked]
    people, groups = len(problem.people.ids), len(problem.demand.group_task)
    pairs = [(p, g) for p in range(people) for g in range(groups)]
    useful = [pair for pair in pairs if pair not in fixed and not broken(problem, [*fixed, pair])[1] - MENDED]

    def grow(chosen: list[Pair], rest: list[Pair]) -> Iterator[list[Pair]]:
        if not rest:
            if not broken(problem, chosen)[1]:
                yield chosen
            return
        yield from grow(chosen, rest[1:])
        more = [*chosen, rest[0]]
        if not broken(problem, more)[1] - MENDED:
            yield from grow(more, rest[1:])

    yield from grow(fixed, useful)


def heads(problem: Problem, rows: list[Pair]) -> list[int]:
    """Return the heads of each seat group."""
    return [len({pair for pair in rows if pair[1] == group}) for group in range(len(problem.demand.group_task))]


def shortage(problem: Problem, rows: list[Pair]) -> int:
    """Return the minimum heads that are missing."""
    asked = problem.demand.minimum.tolist()
    return sum(max(0, least - there) for least, there in zip(asked, heads(problem, rows), strict=True))


def seat_cost(problem: Problem, group: int, there: int) -> int:
    """Return the points of one seat group with so many heads."""
    weights, demand = problem.weights, problem.demand
    least, wished = int(demand.minimum[group]), int(demand.desired[group])
    tier = weights.minimum[int(demand.task_tier[demand.group_task[group]])]
    return tier * max(0, least - there) + weights.desired * max(0, wished - max(least, there))


def way_and_wish(problem: Problem, pair: Pair) -> int:
    """Return the points for the way and the wish of a pair."""
    wish = {0: 3, 1: 3, 2: 1, 3: 0}[int(problem.people.availability[pair[0], shift(problem, pair)])]
    return problem.weights.near * (isqrt(squared(problem, pair)) // 100) + problem.weights.wish * wish


def cost(problem: Problem, rows: list[Pair]) -> int:
    """Return the objective of a plan without rows that stand twice."""
    weights = problem.weights
    total = sum(seat_cost(problem, group, there) for group, there in enumerate(heads(problem, rows)))
    total += sum(way_and_wish(problem, pair) for pair in rows)
    served = {(pair[0], task(problem, pair)) for pair in rows}
    for old in problem.baseline.tolist():
        total += weights.change * ((old[0], task(problem, (old[0], old[1]))) not in served)
    for person in range(len(problem.people.ids)):
        total += load(problem, person, [at for who, at in served if who == person])
    for patrol in {at for _, at in served}:
        total += cohesion(problem, [who for who, at in served if at == patrol])
    return total + sum(naive_rules.new_parts(problem, rows).values())


def load(problem: Problem, person: int, tasks: list[int]) -> int:
    """Return the points for the growth of one person's load."""
    before = problem.people.load[person].tolist()
    kinds = [int(problem.shifts.load_class[problem.demand.task_shift[at]]) for at in tasks]
    total: int = problem.weights.load * ((sum(before) + len(kinds)) ** 2 - sum(before) ** 2)
    for kind, weight in enumerate(problem.weights.load_class):
        total += weight * ((before[kind] + kinds.count(kind)) ** 2 - before[kind] ** 2)
    return total


def cohesion(problem: Problem, people: list[int]) -> int:
    """Return the points of one patrol."""
    if len(people) < 2:
        return 0
    squads = [int(problem.people.squad[who]) if problem.people.squad[who] >= 0 else -1 - who for who in people]
    most = max(squads.count(squad) for squad in squads)
    led = any(
        problem.people.role[who] > 0 and squad >= 0 and squads.count(squad) == most
        for who, squad in zip(people, squads, strict=True)
    )
    return problem.weights.extra_squad * (len(set(squads)) - 1) + problem.weights.no_lead * (not led)
