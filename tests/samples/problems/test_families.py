"""The families are what they say: deterministic, of the stated size, and hard in the stated way."""

from dataclasses import fields, is_dataclass, replace

import numpy as np
import pytest

from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import LEAD, NO_PLACE, OFFICIAL, WAITED_MOST, Problem
from patrol_desk.engine.verify import check
from patrol_desk.samples.problems import FAMILIES, family, greedy, saturation, tiny

SCALE = 0.06


def differences(one: object, other: object) -> list[str]:
    """Return the fields in which two problems differ."""
    if is_dataclass(one):
        return [d for f in fields(one) for d in differences(getattr(one, f.name), getattr(other, f.name)) or ()]
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return [] if np.array_equal(one, other) else ["array"]
    return [] if one == other else [str(one)]


@pytest.mark.parametrize("name", FAMILIES)
def test_the_seed_decides(name: str) -> None:
    """The seed decides."""
    assert differences(family(name, 5, SCALE), family(name, 5, SCALE)) == []
    assert differences(family(name, 5, SCALE), family(name, 6, SCALE)) != []


def test_the_sizes_are_a_townships() -> None:
    """The sizes are a townships."""
    problem = family("saturated", 0)
    assert (len(problem.people.ids), len(problem.squads), len(problem.demand.checkpoints)) == (8_500, 330, 364)
    assert len(problem.shifts.ids) == 28
    assert saturation(problem).seats in range(14_900, 15_001)
    assert set(problem.people.cap_week.tolist()) == {1, 2, 3, 4}
    assert (problem.shifts.end - problem.shifts.start > 0).all()
    assert (problem.shifts.end.reshape(7, 4)[:, 3] % 1440 == 120).all()


@pytest.mark.long
def test_the_large_township_is_three_times_as_large() -> None:
    """The large township is three times as large."""
    problem = family("large", 0)
    assert (len(problem.people.ids), len(problem.squads), len(problem.demand.checkpoints)) == (28_000, 1_100, 1_200)
    assert saturation(problem).seats in range(49_900, 50_001)


def test_each_family_is_hard_in_its_own_way() -> None:
    """A family that had become easy would flatter every figure: each is refused outside the range of its name."""
    tight = {name: saturation(family(name, 1, 0.2)) for name in FAMILIES}
    assert tight["saturated"].ratio > 0.93
    assert 0.6 < tight["slack"].ratio < 0.75
    assert tight["remote"].unreachable > max(tight["four_shifts"].unreachable, 0.15)
    assert tight["scarce_skills"].typed > tight["saturated"].typed
    assert tight["scarce_skills"].tightest_typed > 1
    assert 0.45 < tight["locked"].locked < 0.7
    assert tight["rest_11h"].squad_duties > 2
    for name, figures in tight.items():
        assert figures.capacity > 0
        assert figures.ratio > (0.6 if name == "slack" else 0.75), name
        assert figures.typed > 0.08, name
        assert max(figures.tightest_shift, figures.tightest_typed) > 0.65, name
        assert 0.14 < figures.available < 0.25, name
        assert 22 < figures.squad_size < 28, name
        assert figures.desired > figures.seats, name
    rest = family("rest_11h", 1, 0.2)
    assert rest.rules.rest_min == 660
    assert set(rest.people.cap_week.tolist()) == {4}
    clock = family("four_shifts", 1, 0.2).shifts
    assert (clock.start[1:] == clock.end[:-1]).all()


def test_a_squad_has_two_duties_a_shift_to_share() -> None:
    """At saturation a squad's people hold some 1.6 duties a shift: enough for patrols of one squad, but no more."""
    assert 1.5 < saturation(family("saturated", 0, 0.3)).squad_duties < 2


def test_the_full_rules_all_occur() -> None:
    """Each rule and each part of the objective has something to bite on, and no limit is so loose that it is idle."""
    problem = family("full_rules", 2, 0.2)
    people, demand, rules = problem.people, problem.demand, problem.rules
    for share, low, high in (
        (people.novice.mean(), 0.04, 0.12),
        (1 - people.insured.mean(), 0.005, 0.05),
        (people.spares_eve.mean(), 0.1, 0.3),
        ((people.waited < WAITED_MOST).mean(), 0.5, 0.9),
        ((demand.visits > 0).mean(), 0.05, 0.25),
        ((demand.raised > 0).mean(), 0.01, 0.5),
    ):
        assert low < share < high
    official = problem.capabilities.index(OFFICIAL)
    for capability in (LEAD, official):
        assert int(demand.minimum[demand.group_capability == capability].sum()) > 10
    assert int(demand.held.sum()) > 10
    assert int(demand.surge_minimum.sum()) > 10
    assert len(problem.apart) > 10
    assert len(problem.together) > 10
    assert len(np.intersect1d(problem.apart, problem.together)) == 0
    assert len(problem.habit) > 50
    assert problem.shifts.workday_eve.sum() == 5
    assert (rules.consecutive_days, rules.nights_in_row) == (3, 1)
    assert {rules.kinds[kind].name for kind in set(demand.kind.tolist())} == {kind.name for kind in rules.kinds}
    assert (demand.blind_hours > 0).sum() == (demand.visits > 0).sum()


def test_a_disrupted_week_is_the_rest_of_a_published_one() -> None:
    """What has begun is locked, the rest the baseline; somebody is gone, some posts are shut, both in the baseline."""
    problem = family("disrupted", 2, 0.2)
    demand, shifts = problem.demand, problem.shifts
    start = shifts.start[demand.task_shift[demand.group_task]]
    assert (start[problem.locked[:, 1]] < problem.begin).all()
    assert (start[problem.baseline[:, 1]] >= problem.begin).all()
    assert len(problem.baseline) > len(problem.locked) > 200
    person, group = problem.baseline.T
    assert problem.people.leave[person, demand.task_shift[demand.group_task[group]]].sum() > 10
    assert (demand.desired[group] == 0).sum() > 0
    assert (demand.desired[start < problem.begin] > 0).all()


@pytest.mark.parametrize("name", FAMILIES)
def test_greedy_keeps_the_rules_and_the_locked_pairs(name: str) -> None:
    """Greedy keeps the rules and the locked pairs."""
    problem = family(name, 7, SCALE)
    report = check(problem, greedy(problem))
    assert report.violations == ()
    assert 0 < report.filled <= report.seats


@pytest.mark.parametrize("seed", range(40))
def test_greedy_keeps_every_rule(seed: int) -> None:
    """So it does where every rule of the full problem occurs, by whatever strength; what was locked may break some."""
    problem = tiny(seed, people=7, shifts=6, groups=8, full=True)
    assert check(problem, greedy(problem)).own_violations == ()


def test_no_such_family_is_told() -> None:
    """No such family is told."""
    with pytest.raises(KeyError):
        family("none", 0)


def test_tiny_problems_bring_every_rule_into_play() -> None:
    """Tiny problems bring every rule into play."""
    problems = [tiny(seed, people=6, shifts=6, groups=8) for seed in range(60)]
    assert any(len(problem.busy) for problem in problems)
    assert any(len(problem.locked) for problem in problems)
    assert any(len(problem.baseline) for problem in problems)
    assert any((problem.people.home == NO_PLACE).any() for problem in problems)
    assert any(problem.rules.cap_day == 2 for problem in problems)
    found: set[str] = set()
    for problem in problems:
        found |= broken_by_everybody(problem)
    rules = {"status", "availability", "leave", "skill", "reach", "overlap", "rest", "day_cap", "week_cap", "seats"}
    assert rules <= found


def broken_by_everybody(problem: Problem) -> set[str]:
    """Return the rules broken when everybody stands everywhere."""
    people, groups = len(problem.people.ids), len(problem.demand.group_task)
    rows = np.array([(p, g) for p in range(people) for g in range(groups)], dtype=np.int32)
    return {violation.rule for violation in check(problem, Plan(rows)).violations}


def test_saturation_of_a_problem_in_which_nobody_can_serve() -> None:
    """Saturation of a problem in which nobody can serve."""
    problem = tiny(3)
    nobody = np.zeros_like(problem.people.availability)
    people = replace(problem.people, availability=nobody)
    figures = saturation(replace(problem, people=people, locked=problem.locked[:0]))
    assert figures.capacity == 0
    assert figures.ratio == figures.seats


def test_full_tiny_problems_bring_every_new_feature() -> None:
    """Each rule is hard, weighted and off somewhere; pairs, habits and visits occur; the rest stays the same."""
    problems = [tiny(seed, people=6, shifts=6, groups=8, full=True) for seed in range(80)]
    for name in ("rest", "insured", "workday_eve", "consecutive", "nights", "apart", "together"):
        assert {np.sign(getattr(problem.rules, name)) for problem in problems} == {-1, 0, 1}
    for name in ("reach", "novice"):
        assert {np.sign(getattr(kind, name)) for problem in problems for kind in problem.rules.kinds} == {-1, 0, 1}
    for name in ("apart", "together", "habit"):
        assert 0 < sum(len(getattr(problem, name)) > 0 for problem in problems) < len(problems)
    assert any(problem.begin > 0 for problem in problems)
    assert any((problem.demand.visits > 0).any() and (problem.demand.blind_hours > 0).any() for problem in problems)
    assert tiny(5, full=True).people.availability.tolist() == tiny(5).people.availability.tolist()
