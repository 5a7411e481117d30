"""Every gap is explained, and nobody whom the checker would let serve is said to be kept away."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.common.message import Message
from patrol_desk.engine.explain import Gap, Relaxation, explain, refused
from patrol_desk.engine.explain.standing import BIT, ORDER, Standing
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.rules import blocking
from patrol_desk.engine.verify import check
from patrol_desk.messages.render import render
from patrol_desk.samples.problems import family, greedy, tiny
from tests.engine.explain.plans import filled

SEEDS = st.integers(0, 10**6)


def rules_added(problem: Problem, plan: Plan, person: int, group: int) -> set[str]:
    """Return the rules that one more assignment would break, by the checker."""
    more = np.vstack([plan.assignments, np.array([(person, group)], dtype=np.int32)])
    before = [violation.message for violation in check(problem, plan).violations]
    return {v.rule for v in check(problem, Plan(more)).violations if v.message not in before}


def sentences(gap: Gap) -> list[Message]:
    """Return everything that a gap says."""
    relaxed = [gap.relaxation.message] if gap.relaxation else []
    return [gap.message, *gap.reasons, *(candidate.message for candidate in gap.nearest), *relaxed]


@given(SEEDS, st.booleans())
def test_the_checker_agrees_on_everybody_in_every_gap(seed: int, full: bool) -> None:
    """The checker agrees on everybody in every gap."""
    problem = tiny(seed, people=6, shifts=6, groups=8, full=full)
    plan = filled(problem, seed % 7) if full else greedy(problem)
    for gap in explain(problem, plan, nearest=6):
        assert sum(count for _, count in gap.counts) + len(gap.free) == 6
        for person in range(6):
            assert (person in gap.free) == (not rules_added(problem, plan, person, gap.group))
        for candidate in gap.nearest:
            assert candidate.rule in rules_added(problem, plan, candidate.person, gap.group)
        assert all(render(sentence, language) for sentence in sentences(gap) for language in ("zh", "en"))


@given(SEEDS)
def test_the_rules_themselves_say_the_same_of_everybody(seed: int) -> None:
    """The masks over everybody and the rules about one case name the same hard rules, whatever stands in the plan."""
    problem = replace(tiny(seed, people=6, shifts=6, groups=8, full=True), locked=np.zeros((0, 2), dtype=np.int32))
    plan = filled(problem, seed % 7)
    standing = Standing.of(problem, plan)
    for group in np.flatnonzero(standing.heads < problem.demand.minimum).tolist():
        place = int(problem.demand.task_checkpoint[problem.demand.group_task[group]])
        broken = standing.broken(group, standing.square(place))
        for person in range(6):
            named = {rule for rule in ORDER if broken[person] & BIT[rule]}
            if "twice" not in named:
                assert named == {found.rule for found in blocking(problem, plan, person, group)}


@given(SEEDS)
def test_gaps_are_all_missing_minimum_heads(seed: int) -> None:
    """Gaps are all missing minimum heads."""
    problem = tiny(seed, people=5, shifts=5, groups=8)
    plan = greedy(problem)
    assert sum(gap.missing for gap in explain(problem, plan)) == check(problem, plan).shortage


@given(SEEDS)
def test_an_empty_plan_names_those_who_are_free(seed: int) -> None:
    """An empty plan names those who are free."""
    problem = replace(tiny(seed, people=6), locked=np.zeros((0, 2), dtype=np.int32))
    for gap in explain(problem, Plan.empty()):
        for person in gap.free:
            assert rules_added(problem, Plan.empty(), person, gap.group) == set()


@given(SEEDS)
def test_the_relaxation_frees_whom_it_names(seed: int) -> None:
    """The relaxation frees whom it names."""
    problem = tiny(seed, people=6, shifts=6, groups=8)
    plan = greedy(problem)
    for gap in explain(problem, plan):
        if gap.relaxation is not None:
            relaxed = relax(problem, gap, gap.relaxation)
            for person in gap.relaxation.people:
                assert rules_added(problem, plan, person, gap.group) == {gap.relaxation.rule}
                assert rules_added(relaxed, plan, person, gap.group) == set()


def relax(problem: Problem, gap: Gap, relaxation: Relaxation) -> Problem:
    """Return the problem with the proposal carried out."""
    rules, people, amount = problem.rules, problem.people, relaxation.amount
    chosen, shift = list(relaxation.people), int(problem.demand.task_shift[problem.demand.group_task[gap.group]])
    cap, wish, leave = people.cap_week.copy(), people.availability.copy(), people.leave.copy()
    match relaxation.rule:
        case "week_cap":
            cap[chosen] += amount
        case "availability":
            wish[chosen, shift] = 2
        case "leave":
            leave[chosen, shift] = False
        case "reach":
            rules = replace(rules, reach_m=rules.reach_m + amount)
        case "rest":
            rules = replace(rules, rest_min=rules.rest_min - amount)
        case "day_cap":
            rules = replace(rules, cap_day=rules.cap_day + amount)
    return replace(problem, rules=rules, people=replace(people, cap_week=cap, availability=wish, leave=leave))


@pytest.mark.parametrize("name", ["saturated", "rest_11h", "locked"])
def test_greedy_plans_leave_nobody_free(name: str) -> None:
    """Greedy plans leave nobody free."""
    problem = family(name, 2, scale=0.08)
    gaps = explain(problem, greedy(problem))
    assert gaps
    assert [gap.free for gap in gaps if gap.free] == []
    assert all(len(gap.nearest) == 10 for gap in gaps)
    assert {rule for gap in gaps for rule, _ in gap.counts} <= set(ORDER)


def test_candidates_kept_by_fewest_rules_come_first_then_the_nearest() -> None:
    """Candidates kept by fewest rules come first then the nearest."""
    problem = family("saturated", 2, scale=0.08)
    gap = explain(problem, greedy(problem), nearest=5)[0]
    assert len(gap.nearest) == 5
    assert explain(problem, greedy(problem), nearest=0)[0].nearest == ()
    everybody = explain(problem, greedy(problem), nearest=10**6)[0].nearest
    assert everybody[:5] == gap.nearest
    assert len(everybody) == int(problem.people.on_roster.sum())


@given(SEEDS)
def test_whoever_is_refused_breaks_just_those_rules(seed: int) -> None:
    """For every seat, full or empty: those refused, and nobody else, break the rules that are named."""
    problem = replace(tiny(seed, people=6, shifts=6, groups=8, full=True), locked=np.zeros((0, 2), dtype=np.int32))
    plan = filled(problem, seed % 7)
    for group in range(len(problem.demand.group_task)):
        found = {each.person: set(each.rules) for each in refused(problem, plan, group)}
        keys = [(len(each.rules), each.metres) for each in refused(problem, plan, group)]
        assert keys == sorted(keys)
        task = problem.demand.group_task[group]
        there = set(plan.assignments[problem.demand.group_task[plan.assignments[:, 1]] == task, 0].tolist())
        for person in set(range(6)) - there:
            named = {each.rule for each in blocking(problem, plan, person, group)} - {"seats"}
            assert found.get(person, set()) == named
        assert not there & found.keys()
