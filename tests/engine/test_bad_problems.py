"""Problems that cannot go well: each gets a clear sentence or a plan with explained gaps, in little time and memory."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.engine.explain import explain
from patrol_desk.engine.magnitude import most_points
from patrol_desk.engine.memory import free_mb
from patrol_desk.engine.options import SolveOptions
from patrol_desk.engine.plan import Plan, SolveResult
from patrol_desk.engine.problem import NO_PLACE, Demand, Int32, KindRules, People, Problem, Rules, Shifts
from patrol_desk.engine.size import check_size, needed_mb
from patrol_desk.engine.solve import solve
from patrol_desk.engine.verify import CheckReport, check, gaps
from patrol_desk.engine.weights import Weights
from patrol_desk.messages.render import render
from patrol_desk.samples.problems import greedy, tiny

FEW = SolveOptions(seed=1, moves=300)


def wide(people: int, shifts: int, checkpoints: int, days: int = 7, cap: int = 1, heads: int = 1) -> Problem:
    """Return a problem in which everybody could stand everywhere, all day long."""
    start = (np.arange(shifts) * (days * 1440 // max(shifts, 1))).astype(np.int32)
    tasks = shifts * checkpoints
    plain = np.zeros(tasks, dtype=np.int8)
    asked = np.full(tasks, heads, dtype=np.int32)
    return Problem(
        people=People(
            ids=tuple(f"p{number}" for number in range(people)),
            squad=np.full(people, -1, dtype=np.int32),
            role=np.zeros(people, dtype=np.int8),
            on_roster=np.ones(people, dtype=np.bool_),
            capability=np.zeros((people, days), dtype=np.uint32),
            home=np.full((people, 2), NO_PLACE, dtype=np.int32),
            cap_week=np.full(people, cap, dtype=np.int8),
            load=np.zeros((people, 4), dtype=np.int32),
            availability=np.full((people, shifts), 2, dtype=np.int8),
            leave=np.zeros((people, shifts), dtype=np.bool_),
        ),
        shifts=Shifts(
            ids=tuple(f"t{number}" for number in range(shifts)),
            start=start,
            end=start + np.int32(180),
            day=(start // 1440).astype(np.int8),
            load_class=np.zeros(shifts, dtype=np.int8),
        ),
        demand=Demand(
            checkpoints=tuple(f"c{number}" for number in range(checkpoints)),
            place=np.full((checkpoints, 2), NO_PLACE, dtype=np.int32),
            task_checkpoint=np.repeat(np.arange(checkpoints), shifts).astype(np.int32),
            task_shift=np.tile(np.arange(shifts), checkpoints).astype(np.int32),
            task_tier=plain,
            group_task=np.arange(tasks, dtype=np.int32),
            group_capability=plain - np.int8(1),
            minimum=asked,
            desired=asked.copy(),
        ),
        days=days,
    )


def planned(problem: Problem, options: SolveOptions = FEW) -> tuple[SolveResult, CheckReport]:
    """Solve and check: nothing broken by the plan's own choice, every figure found again, no gap that can be filled."""
    result = solve(problem, options)
    report = check(problem, result.plan, result.certificate)
    assert report.own_violations == ()
    assert (report.cost, report.parts, report.shortage) == (
        result.figures.cost,
        result.figures.parts,
        result.figures.shortage,
    )
    assert report.shortage_bound is not None
    assert report.cost_bound is not None
    assert report.shortage_bound <= report.shortage
    assert report.cost_bound <= report.cost
    assert [gap for gap in gaps(problem, result.plan) if len(gap.free)] == []
    return result, report


@pytest.mark.parametrize(("people", "shifts", "checkpoints"), [(0, 4, 3), (0, 0, 0), (3, 4, 0), (3, 0, 2), (1, 1, 1)])
def test_nobody_or_nothing_to_guard_is_a_plan_like_any_other(people: int, shifts: int, checkpoints: int) -> None:
    """Without people everything stays empty, and that is proven; without shifts or checkpoints nothing is asked for."""
    _, report = planned(wide(people, shifts, checkpoints))
    assert report.shortage == report.shortage_bound == (0 if people else shifts * checkpoints)


def test_heads_beyond_all_measure_stay_empty_and_say_why() -> None:
    """Ten thousand heads a post, five people: five seats are filled, the rest is proven to be out of reach."""
    problem = wide(5, 4, 2, heads=10_000)
    result, report = planned(problem)
    assert (report.filled, report.shortage, report.shortage_bound) == (5, 79_995, 79_995)
    for gap in explain(problem, result.plan):
        assert gap.reasons
        assert all(render(reason, language) for reason in gap.reasons for language in ("zh", "en"))


def test_a_skill_that_nobody_has_leaves_an_explained_gap() -> None:
    """The seat stays empty and the explanation counts everybody under the skill."""
    problem = wide(6, 2, 1, cap=2)
    problem = replace(
        problem,
        capabilities=("leader", "diving"),
        demand=replace(problem.demand, group_capability=np.array([1, -1], dtype=np.int8)),
    )
    result, report = planned(problem)
    assert report.shortage == report.shortage_bound == 1
    (gap,) = explain(problem, result.plan)
    assert dict(gap.counts) == {"skill": 6}


@pytest.mark.parametrize(
    "rules",
    [
        Rules(reach_m=0),
        Rules(cap_day=0),
        Rules(rest_min=7 * 1440, cap_day=24),
        Rules(consecutive_days=1, nights_in_row=1),
        Rules(kinds=(KindRules(lead=10**9, official=10**9, reach=10**9, novice=10**9),)),
    ],
)
def test_rules_that_leave_little_room_are_kept(rules: Rules) -> None:
    """No reach, no duty a day, a week's rest, and points up to the most there are: plans stay right."""
    problem = tiny(8, people=6, shifts=5, groups=8)
    _, report = planned(replace(problem, rules=rules, locked=problem.locked[:0]))
    assert report.violations == ()


def test_sixty_days_and_a_cap_of_127() -> None:
    """Long horizons and caps that bind nobody are planned within the rules."""
    _, report = planned(wide(3, 120, 1, days=60, cap=127))
    assert (report.shortage, report.violations) == (0, ())


@pytest.mark.parametrize("seed", range(6))
def test_locked_assignments_that_break_rules_stay_and_are_told(seed: int) -> None:
    """The plan holds each of them, and what they break is marked as the input's own fault."""
    problem = wide(4, 3, 2, cap=1)
    rng = np.random.default_rng(seed)
    pairs = np.unique(rng.integers(0, (4, 6), (5, 2)), axis=0).astype(np.int32)
    problem = replace(
        problem,
        locked=pairs,
        people=replace(problem.people, availability=np.zeros((4, 3), dtype=np.int8), novice=np.ones(4, dtype=np.bool_)),
        apart=np.array([(0, 1), (2, 3)], dtype=np.int32),
    )
    result, report = planned(problem)
    assert {tuple(row) for row in pairs.tolist()} <= {tuple(row) for row in result.plan.assignments.tolist()}
    assert {violation.rule for violation in report.violations} >= {"availability", "novice"}
    assert all(violation.locked for violation in report.violations)


def test_ten_million_possible_assignments_keep_to_the_time_limit() -> None:
    """2,000 people who could all stand in 5,040 tasks: a plan comes within the seconds given, and keeps the rules."""
    result, report = planned(wide(2_000, 28, 180, cap=2), SolveOptions(seed=1, time_limit=4.0))
    assert result.figures.stopped == "time"
    assert report.shortage >= 5_040 - 4_000
    assert report.filled > 2_000


def rows(*pairs: tuple[int, ...]) -> Int32:
    """Return rows of whole numbers."""
    return np.array(pairs, dtype=np.int32)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda p: replace(p, people=replace(p.people, cap_week=-p.people.cap_week)), ["people.cap_week", "-1", "127"]),
        (lambda p: replace(p, shifts=replace(p.shifts, end=p.shifts.start)), ["shifts.end", "end must come later"]),
        (lambda p: replace(p, apart=rows((0, 1), (0, 1))), ["apart", "rows 1 and 0"]),
        (lambda p: replace(p, apart=rows((1, 0))), ["apart", "row 0", "smaller index first"]),
        (lambda p: replace(p, together=rows((1, 1))), ["together", "two different people"]),
        (lambda p: replace(p, together=rows((0, 9))), ["together", "9", "3"]),
        (lambda p: replace(p, apart=rows((0, 1)), together=rows((0, 1))), ["p0", "p1", "remove one"]),
        (lambda p: replace(p, locked=rows((0, 0), (0, 0))), ["locked", "rows 1 and 0"]),
        (lambda p: replace(p, habit=rows((0, 0, 1))), ["habit", "0"]),
        (lambda p: replace(p, days=61), ["days", "61", "60"]),
        (lambda p: replace(p, begin=-(2**31) + 1), ["begin", "-576000"]),
        (lambda p: replace(p, rules=Rules(kinds=())), ["rules.kinds", "0", "1"]),
        (
            lambda p: replace(p, rules=Rules(kinds=tuple(KindRules(f"k{n}") for n in range(101)))),
            ["rules.kinds", "101"],
        ),
        (lambda p: replace(p, rules=Rules(rest=-3)), ["rules.rest", "-3"]),
        (lambda p: replace(p, rules=Rules(kinds=(KindRules(lead=-1),))), ["rules.kinds.fixed_post.lead", "-1"]),
        (lambda p: replace(p, rules=Rules(kinds=(KindRules(reach_m=-1),))), ["rules.kinds.fixed_post.reach_m", "-1"]),
        (lambda p: replace(p, demand=replace(p.demand, surge_minimum=p.demand.minimum + 1)), ["surge_minimum", "2"]),
        (lambda p: replace(p, people=replace(p.people, waited=rows(*[(9, 0, 0, 0)] * 4).astype(np.int8))), ["waited"]),
    ],
)
def test_what_cannot_be_is_refused_with_place_and_value(spoil: Callable[[Problem], object], words: list[str]) -> None:
    """The sentence names the field, what stands there and what would be right, in both languages."""
    with pytest.raises(InvalidDataError) as refused:
        spoil(wide(4, 3, 2))
    said = render(refused.value.message, "en")
    assert [word for word in words if word not in said] == []
    assert "{" not in render(refused.value.message, "zh")


@given(st.integers(0, 10**6))
def test_no_plan_costs_more_than_the_most_points_said(seed: int) -> None:
    """Neither an empty one nor a full one; so sums that are let through are exact."""
    problem = tiny(seed, people=4, shifts=5, groups=7, full=True)
    for plan in (Plan.empty(), Plan(problem.locked), greedy(problem)):
        assert check(problem, plan).cost <= most_points(problem)


def test_weights_whose_sums_would_not_be_exact_are_refused() -> None:
    """A plan's cost never wraps around: the sentence says how large it could become."""
    problem = wide(20_000, 28, 100, cap=7, heads=9)
    heavy = replace(problem.people, load=np.full((20_000, 4), 100_000, dtype=np.int32))
    weights = Weights(minimum=(10**9, 1, 0), load=10**9, load_class=(10**9,) * 4)
    with pytest.raises(InvalidDataError) as refused:
        replace(problem, people=heavy, weights=weights)
    assert refused.value.message.code == "engine.too_many_points"
    assert "smaller in proportion" in render(refused.value.message, "en")


def test_what_does_not_fit_the_memory_is_refused_before_it_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """40 million person-shifts take some 20 GB: the sentence says so, and nothing is allocated."""
    monkeypatch.setattr("patrol_desk.engine.size.free_mb", lambda: 3_900)
    with pytest.raises(InvalidDataError) as refused:
        solve(wide(80_000, 500, 1, days=60), FEW)
    said = render(refused.value.message, "en")
    for word in ("80000 people", "500 shifts", "1 checkpoints", "500 heads", "20240 MB", "3900 MB"):
        assert word in said
    assert needed_mb(wide(1_000, 28, 60)) < 300


def test_heads_beyond_all_measure_in_every_post_do_not_fit_either(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each desired head takes its place in memory."""
    monkeypatch.setattr("patrol_desk.engine.size.free_mb", lambda: 3_900)
    with pytest.raises(InvalidDataError) as refused:
        solve(wide(10, 100, 100, heads=10_000), FEW)
    assert "100000000 heads" in render(refused.value.message, "en")


def test_the_memory_that_is_free_is_read_from_the_machine() -> None:
    """It is some MB, and a small problem fits."""
    assert free_mb() > 100
    check_size(wide(10, 4, 4))
