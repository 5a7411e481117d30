"""What a drop-out is answered with can be done: every alternative keeps the rules and opens nothing weightier."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.repair import Alternative, LivePlan
from patrol_desk.engine.verify import check, gaps
from patrol_desk.messages.render import render
from patrol_desk.samples.problems import family, greedy, tiny
from tests.engine.explain.plans import filled

SEEDS = st.integers(0, 10**6)


def pairs_of(plan: Plan) -> set[tuple[int, int]]:
    """Return the pairs of a plan."""
    return {(person, group) for person, group in plan.assignments.tolist()}


def plan_of(pairs: set[tuple[int, int]]) -> Plan:
    """Return the plan of some pairs."""
    return Plan(np.array(sorted(pairs), dtype=np.int32).reshape(-1, 2))


def repaired(plan: Plan, gone: tuple[int, int], alternative: Alternative) -> set[tuple[int, int]]:
    """Return the pairs of a plan after a repair, by what the alternative says of itself."""
    return (pairs_of(plan) - {gone} - set(alternative.removals)) | set(alternative.additions)


def missing(problem: Problem, pairs: set[tuple[int, int]]) -> Counter[int]:
    """Return the minimum heads that are missing, by tier."""
    heads = Counter(group for _, group in pairs)
    found: Counter[int] = Counter()
    for group, least in enumerate(problem.demand.minimum.tolist()):
        tier = int(problem.demand.task_tier[problem.demand.group_task[group]])
        found[tier] += max(0, least - heads[group])
    return found


@given(SEEDS, st.booleans())
def test_every_alternative_keeps_the_rules_and_opens_nothing_that_counts_more(seed: int, full: bool) -> None:
    """By the checker, after each alternative for each assignment of a plan."""
    problem = tiny(seed, people=7, shifts=6, groups=8, full=full)
    plan = filled(problem, 9) if full else greedy(problem)
    before = Counter(violation.rule for violation in check(problem, plan).violations)
    live = LivePlan.of(problem, plan)
    for person, group in pairs_of(plan) - {(p, g) for p, g in problem.locked.tolist()}:
        (hole,) = live.drop_out(person, [group], most=20)
        assert (hole.person, hole.group) == (person, group)
        rest = pairs_of(plan) - {(person, group)}
        left = Counter(violation.rule for violation in check(problem, plan_of(rest)).violations)
        tier = int(problem.demand.task_tier[problem.demand.group_task[group]])
        for alternative in hole.alternatives:
            after = repaired(plan, (person, group), alternative)
            assert len(after) == len(plan.assignments) - (alternative.opens >= 0)
            assert person not in {who for who, where in after if where == group}
            rules = Counter(violation.rule for violation in check(problem, plan_of(after)).violations)
            assert rules <= before | left
            opened = missing(problem, after) - missing(problem, pairs_of(plan))
            assert all(level > tier for level in opened)
    assert pairs_of(live.plan) == pairs_of(plan)


@given(SEEDS)
def test_everybody_whom_the_checker_finds_free_is_among_the_alternatives(seed: int) -> None:
    """One change is offered first, by whomever the checker lets stand there; nobody is left out."""
    problem = tiny(seed, people=7, shifts=6, groups=8)
    plan = greedy(problem)
    live = LivePlan.of(problem, plan)
    for person, group in pairs_of(plan) - {(p, g) for p, g in problem.locked.tolist()}:
        (hole,) = live.drop_out(person, [group], most=20)
        free = {
            who
            for gap in gaps(problem, plan_of(pairs_of(plan) - {(person, group)}))
            if gap.group == group
            for who in gap.free.tolist()
        }
        direct = {found.moves[0].person for found in hole.alternatives if found.changes == 1 and found.opens < 0}
        if hole.needed:
            assert direct == free - {person}
        counts = [(found.loss, found.changes) for found in hole.alternatives]
        assert counts == sorted(counts)


@given(SEEDS)
def test_a_whole_drop_out_is_carried_out_as_it_was_told(seed: int) -> None:
    """Somebody leaves all duties; the best alternatives of all holes fit together."""
    problem = tiny(seed, people=7, shifts=6, groups=8)
    plan = greedy(problem)
    live = LivePlan.of(problem, plan)
    person = seed % 7
    duties = live.duties_of(person)
    holes = live.drop_out(person)
    assert sorted(hole.group for hole in holes) == sorted(duties)
    chosen = [hole.alternatives[0] for hole in holes if hole.alternatives]
    live.carry_out(person, duties, chosen)
    assert live.duties_of(person) == ()
    ours = {v.rule for v in check(problem, live.plan).own_violations}
    assert ours <= {v.rule for v in check(problem, plan).own_violations} | {"locked"}
    assert len(live.plan.assignments) == len(plan.assignments) - len(duties) + len(chosen) - sum(
        found.opens >= 0 for found in chosen
    )


def test_a_drop_out_is_told_in_both_languages() -> None:
    """Holes, alternatives, moves and reasons have words."""
    problem = family("saturated", 2, scale=0.08)
    live = LivePlan.of(problem, greedy(problem))
    changes = set()
    for person, group in live.plan.assignments[:40].tolist():
        (hole,) = live.drop_out(person, [group])
        sentences = [hole.message]
        for alternative in hole.alternatives:
            changes.add(alternative.changes)
            sentences += [alternative.message]
            for move in alternative.moves:
                sentences += [move.message, *move.reasons]
        assert all(render(sentence, language) for sentence in sentences for language in ("zh", "en"))
    assert {1, 2} <= changes


def test_only_duties_from_a_moment_on_are_left() -> None:
    """A duty that began before the moment stays."""
    problem = family("saturated", 2, scale=0.08)
    live = LivePlan.of(problem, greedy(problem))
    person = int(np.bincount(live.plan.assignments[:, 0]).argmax())
    first, *later = live.duties_of(person)
    start = int(problem.shifts.start[problem.demand.task_shift[problem.demand.group_task[first]]])
    assert later
    assert live.duties_of(person, start + 1) == tuple(later)
    assert live.duties_of(person, start) == (first, *later)
    nobody = int(np.setdiff1d(np.arange(len(problem.people.ids)), live.plan.assignments[:, 0])[0])
    assert live.drop_out(nobody) == ()


@given(SEEDS)
def test_an_alternative_costs_what_the_whole_plan_then_costs_more(seed: int) -> None:
    """Its exact cost is the difference of the checker's costs of both plans: no level is left out."""
    problem = tiny(seed, people=7, shifts=6, groups=8, full=True)
    plan = filled(problem, 9)
    live = LivePlan.of(problem, plan)
    for person, group in sorted(pairs_of(plan) - pairs_of(Plan(problem.locked))):
        rest = plan_of(pairs_of(plan) - {(person, group)})
        without = check(problem, rest)
        if any(violation.rule in ("novice", "together", "apart") for violation in without.violations):
            continue  # within the search, the break of a hard rule of teams counts as points too
        (hole,) = live.drop_out(person, [group], most=20)
        for alternative in hole.alternatives:
            after = check(problem, plan_of(repaired(plan, (person, group), alternative)))
            assert alternative.cost == after.cost - without.cost
