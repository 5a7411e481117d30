"""Runs of days, patrols, pairs, weighted rules, spread, queue and habit once more, in loops."""

from collections.abc import Iterator
from itertools import combinations
from math import isqrt

from patrol_desk.engine.problem import HARD, LEAD, Problem
from tests.engine.verify import naive

Pair = tuple[int, int]
Fault = tuple[str, list[Pair]]


def streaks(days: set[int], most: int) -> int:
    """Return the days beyond the most in a row, summed over maximal runs."""
    total = 0
    for first in days:
        if first - 1 not in days:
            length = 1
            while first + length in days:
                length += 1
            total += max(0, length - most)
    return total


def days(problem: Problem, rows: list[Pair], person: int, *, nights: bool) -> set[int]:
    """Return the days on which somebody has a duty, or a night duty."""
    shifts = {naive.shift(problem, pair) for pair in rows if pair[0] == person}
    return {int(problem.shifts.day[at]) for at in shifts if not nights or problem.shifts.night[at]}


def busy_days(problem: Problem, person: int, *, nights: bool) -> set[int]:
    """Return the days on which somebody is busy, or busy at night."""
    starts = [start for who, start, _ in problem.busy.tolist() if who == person]
    return {start // 1440 for start in starts if not nights or start % 1440 >= 1320 or start % 1440 < 300}


def streak_rules(problem: Problem) -> list[tuple[str, int, int, bool]]:
    """Return id, strength, most, and whether only nights count, of the rules that hold."""
    rules = problem.rules
    both = [
        ("consecutive_days", rules.consecutive, rules.consecutive_days, False),
        ("nights_in_row", rules.nights, rules.nights_in_row, True),
    ]
    return [rule for rule in both if rule[1] and rule[2]]


def streak_faults(problem: Problem, rows: list[Pair]) -> Iterator[Fault]:
    """Yield who serves too many days, or nights, in a row; the plan takes part when it makes more of them."""
    locked = [pair for pair in rows if list(pair) in problem.locked.tolist()]
    for rule, strength, most, nights in streak_rules(problem):
        for person in range(len(problem.people.ids) if strength == HARD else 0):
            busy = busy_days(problem, person, nights=nights)
            every = streaks(busy | days(problem, rows, person, nights=nights), most)
            given = streaks(busy | days(problem, locked, person, nights=nights), most)
            if every > streaks(busy, most):
                yield rule, [naive.NOBODY] if every > given else locked


def patrols(problem: Problem, rows: list[Pair]) -> Iterator[tuple[int, list[Pair], set[int]]]:
    """Yield task, pairs and people of every patrol."""
    for at in sorted({naive.task(problem, pair) for pair in rows}):
        pairs = [pair for pair in rows if naive.task(problem, pair) == at]
        yield at, pairs, {who for who, _ in pairs}


def team_faults(problem: Problem, rows: list[Pair]) -> Iterator[Fault]:
    """Yield the patrols that break a hard rule about who stands beside whom."""
    for at, pairs, people in patrols(problem, rows):
        if naive.kind(problem, at).novice == HARD and all_new(problem, people):
            yield "novice", pairs
        for rule, strength, couple in couples(problem, people):
            if strength == HARD:
                yield rule, [pair for pair in pairs if pair[0] in couple]


def all_new(problem: Problem, people: set[int]) -> bool:
    """Say whether a patrol consists of new members."""
    return all(problem.people.novice[who] for who in people)


def couples(problem: Problem, people: set[int]) -> Iterator[tuple[str, int, list[int]]]:
    """Yield the pairs that are in a patrol both though they must not, or one alone though it must not."""
    for couple in problem.apart.tolist():
        if set(couple) <= people:
            yield "apart", problem.rules.apart, couple
    for couple in problem.together.tolist():
        if len(set(couple) & people) == 1:
            yield "together", problem.rules.together, couple


def able(problem: Problem, at: int, people: set[int], capability: int) -> bool:
    """Say whether anybody in a task has a capability that day."""
    day = problem.shifts.day[problem.demand.task_shift[at]]
    return any(int(problem.people.capability[who, day]) >> capability & 1 for who in people)


def new_parts(problem: Problem, rows: list[Pair]) -> dict[str, int]:
    """Return spread, queue, habit and weighted rules in points."""
    weights = problem.weights
    rules = weighted_alone(problem, rows) + weighted_teams(problem, rows) + weighted_streaks(problem, rows)
    return {
        "spread": weights.visit * missing_visits(problem, rows) + weights.blind * blind_hours(problem, rows),
        "queue": weights.queue * turns(problem, rows),
        "habit": weights.habit * habit(problem, rows),
        "rules": rules + weighted_rest(problem, rows),
    }


def weighted_alone(problem: Problem, rows: list[Pair]) -> int:
    """Return the points of rules that one duty breaks."""
    total = 0
    for pair in rows:
        far = naive.squared(problem, pair)
        most, strength = naive.reach(problem, pair), naive.kind(problem, naive.task(problem, pair)).reach
        if strength > 0 and far > most**2:
            total += strength * (isqrt(far) // 100 - most // 100)
    duties = {(pair[0], naive.task(problem, pair)): pair for pair in rows}
    for pair in duties.values():
        total += max(0, problem.rules.insured) * naive.uninsured(problem, pair)
        total += max(0, problem.rules.workday_eve) * naive.eve(problem, pair)
    return total


def weighted_teams(problem: Problem, rows: list[Pair]) -> int:
    """Return the points of rules about who stands beside whom."""
    total = 0
    for at, _, people in patrols(problem, rows):
        kind = naive.kind(problem, at)
        total += max(0, kind.novice) * all_new(problem, people)
        total += max(0, kind.lead) * (len(people) >= 2 and not able(problem, at, people, LEAD))
        known = "official" in problem.capabilities
        there = known and able(problem, at, people, problem.capabilities.index("official"))
        total += max(0, kind.official) * (not there)
        total += sum(max(0, strength) for _, strength, _ in couples(problem, people))
    return total


def weighted_streaks(problem: Problem, rows: list[Pair]) -> int:
    """Return the points of days and nights in a row."""
    total = 0
    for _, strength, most, nights in streak_rules(problem):
        for person in range(len(problem.people.ids)):
            busy = busy_days(problem, person, nights=nights)
            every = busy | days(problem, rows, person, nights=nights)
            total += max(0, strength) * (streaks(every, most) - streaks(busy, most))
    return total


def weighted_rest(problem: Problem, rows: list[Pair]) -> int:
    """Return the points of two duties, or a duty and busy time, too close to each other."""
    total, strength = 0, max(0, problem.rules.rest)
    for person in range(len(problem.people.ids)):
        tasks = sorted({naive.task(problem, pair) for pair in rows if pair[0] == person})
        shifts = [int(problem.demand.task_shift[at]) for at in tasks]
        spans = [(int(problem.shifts.start[at]), int(problem.shifts.end[at])) for at in shifts]
        busy = [(start, end) for who, start, end in problem.busy.tolist() if who == person]
        close = [*combinations(spans, 2), *((span, other) for span in spans for other in busy)]
        total += strength * sum(naive.clash(one, other, problem.rules.rest_min) == "rest" for one, other in close)
    return total


def covered(problem: Problem, rows: list[Pair], place: int) -> list[tuple[int, int]]:
    """Return start and end of the tasks of a checkpoint in which somebody stands."""
    tasks = {naive.task(problem, pair) for pair in rows}
    shifts = [problem.demand.task_shift[at] for at in tasks if problem.demand.task_checkpoint[at] == place]
    return sorted((int(problem.shifts.start[at]), int(problem.shifts.end[at])) for at in shifts)


def missing_visits(problem: Problem, rows: list[Pair]) -> int:
    """Return the visits that are missing."""
    wanted = enumerate(problem.demand.visits.tolist())
    return sum(max(0, visits - len(covered(problem, rows, place))) for place, visits in wanted)


def blind_hours(problem: Problem, rows: list[Pair]) -> int:
    """Return the whole hours beyond those that the checkpoints bear without anybody."""
    total = 0
    for place, borne in enumerate(problem.demand.blind_hours.tolist()):
        until, over = 0, problem.days * 1440
        for start, end in [*covered(problem, rows, place), (over, over)] if borne else []:
            total += max(0, max(0, start - until) // 60 - borne)
            until = max(until, end)
    return total


def turns(problem: Problem, rows: list[Pair]) -> int:
    """Return the weeks by which people waited less than the longest."""
    total = 0
    for person, at in {(pair[0], naive.task(problem, pair)) for pair in rows}:
        total += 8 - int(problem.people.waited[person, problem.shifts.load_class[problem.demand.task_shift[at]]])
    return total


def habit(problem: Problem, rows: list[Pair]) -> int:
    """Return how often the squads stand where they stood in past weeks."""
    total = 0
    for squad, at, times in problem.habit.tolist():
        people = {pair[0] for pair in rows if naive.task(problem, pair) == at}
        total += times * sum(problem.people.squad[who] == squad for who in people)
    return total
