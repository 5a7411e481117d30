"""Gaps of one kind: everybody is counted once, what is said to be proven is, and the nearest are truly kept away."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.engine.explain import explain, shortages
from patrol_desk.engine.explain.doctor.rematch import rematch
from patrol_desk.engine.explain.matching import unfillable
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.verify import check, gaps
from patrol_desk.messages.render import render
from patrol_desk.samples.problems import family, greedy, tiny
from tests.engine.explain.plans import filled

SEEDS = st.integers(0, 10**6)


def free_by_checker(problem: Problem, plan: Plan, groups: tuple[int, ...]) -> set[int]:
    """Return whom the checker would let stand in one of the groups, beside those who serve in such a seat."""
    return {int(person) for gap in gaps(problem, plan) if gap.group in groups for person in gap.free}


@given(SEEDS, st.booleans())
def test_everybody_is_counted_once_and_the_checker_agrees_who_is_free(seed: int, full: bool) -> None:
    """Pool, funnel and those who serve add up; need less heads is what is missing."""
    problem = tiny(seed, people=7, shifts=6, groups=8, full=full)
    plan = filled(problem, seed % 7) if full else greedy(problem)
    found = shortages(problem, plan)
    assert sum(each.needed - each.filled for each in found) == check(problem, plan).shortage
    for each in found:
        lefts = [each.pool]
        for step in each.funnel:
            lefts.append(lefts[-1] - step.kept)
            assert (step.left, step.kept > 0) == (lefts[-1], True)
        assert lefts[-1] == each.serving + each.free
        assert sum(each.missing) == each.needed - each.filled
        demand, held = problem.demand, problem.people.capability
        serving = {p for p, g in plan.assignments.tolist() if _kind(problem, g) == (each.shift, each.capability)}
        assert each.serving == len(serving)
        assert each.free == len(free_by_checker(problem, plan, each.groups) - serving)
        day = int(problem.shifts.day[each.shift])
        holders = {p for p in range(7) if each.capability < 0 or held[p, day] >> np.uint32(each.capability) & 1}
        assert each.pool == len(holders | serving)
        assert {int(demand.group_capability[group]) for group in each.groups} == {each.capability}


def _kind(problem: Problem, group: int) -> tuple[int, int]:
    task = problem.demand.group_task[group]
    return int(problem.demand.task_shift[task]), int(problem.demand.group_capability[group])


@given(SEEDS)
def test_what_is_proven_to_be_missing_is_missing_in_every_plan(seed: int) -> None:
    """Whatever is planned, from nothing on, by greedy, or with chains."""
    problem = replace(tiny(seed, people=5, shifts=4, groups=8), locked=np.zeros((0, 2), dtype=np.int32))
    plans = [Plan.empty(), greedy(problem), rematch(problem, greedy(problem)).plan]
    told = [{(each.shift, each.capability): each for each in shortages(problem, plan)} for plan in plans]
    for one, other in product(told, told):
        for key, each in one.items():
            assert each.proven <= each.needed - each.filled
            if each.proven:
                assert other[key].needed - other[key].filled >= other[key].proven == each.proven


@given(
    st.integers(1, 5), st.integers(1, 4), st.integers(0, 2**20 - 1), st.lists(st.integers(0, 3), min_size=4, max_size=4)
)
def test_a_matching_is_a_maximum(people: int, groups: int, bits: int, need: list[int]) -> None:
    """By trying every way to seat the people."""
    near = np.array([[bits >> (row * 4 + column) & 1 for column in range(groups)] for row in range(people)], dtype=bool)
    heads = np.array(need[:groups], dtype=np.int32)
    best = 0
    for choice in product(range(-1, groups), repeat=people):
        if all(group < 0 or near[person, group] for person, group in enumerate(choice)):
            taken = np.bincount([group for group in choice if group >= 0], minlength=groups)
            best = max(best, int(np.minimum(taken, heads).sum()))
    assert unfillable(near, heads) == int(heads.sum()) - best


@given(SEEDS, st.booleans())
def test_the_nearest_are_ordered_and_told(seed: int, full: bool) -> None:
    """Fewest rules first, then distance; nobody twice; all in both languages."""
    problem = tiny(seed, people=7, shifts=6, groups=8, full=full)
    plan = filled(problem, seed % 7) if full else greedy(problem)
    for each in shortages(problem, plan, nearest=4):
        keys = [(who.broken, who.metres) for who in each.nearest]
        assert keys == sorted(keys)
        assert len({who.person for who in each.nearest}) == len(each.nearest) <= 4
        assert {who.group for who in each.nearest} <= set(each.groups)
        assert all(who.broken > 0 for who in each.nearest)
        there = set(map(tuple, plan.assignments.tolist()))
        assert not {(who.person, who.group) for who in each.nearest} & there, "who stands there does not come near"
        sentences = [each.message, *(step.message for step in each.funnel)]
        sentences += [sentence for who in each.nearest for sentence in (who.message, who.serve)]
        assert all(render(sentence, language) for sentence in sentences for language in ("zh", "en"))


@pytest.mark.parametrize("name", ["saturated", "scarce_skills"])
def test_of_a_township_every_gap_is_explained_and_nobody_is_free(name: str) -> None:
    """At full size; in a sample of the gaps the checker itself finds nobody either."""
    problem = family(name, 1)
    plan = greedy(problem)
    found = explain(problem, plan, nearest=0)
    report = check(problem, plan)
    assert sum(gap.missing for gap in found) == report.shortage > 0
    assert all(gap.free == () and gap.counts for gap in found)
    sampled = list(gaps(problem, plan, sample=40))
    assert len(sampled) == min(40, len(found))
    assert all(len(gap.free) == 0 for gap in sampled)
    kinds = shortages(problem, plan)
    assert sum(each.needed - each.filled for each in kinds) == report.shortage
    assert all(each.free == 0 for each in kinds)
