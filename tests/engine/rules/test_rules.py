"""Each rule says the same to the solver, to the desk and to the checker."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Demand, People, Problem, Rules, Shifts
from patrol_desk.engine.rules import RULES, blocking, conflicts, may_serve, may_serve_both
from patrol_desk.engine.rules.reserve import reserve
from patrol_desk.engine.verify import check
from patrol_desk.messages.render import catalogue, render
from patrol_desk.samples.problems import tiny


def small(**rules: int) -> Problem:
    """Return one person, three shifts on two days (8-12, 12-16, next day 6-10), one checkpoint 5 km away."""
    start = np.array([480, 720, 1800], dtype=np.int32)
    return Problem(
        people=People(
            ids=("p",),
            squad=np.array([0], dtype=np.int32),
            role=np.zeros(1, dtype=np.int8),
            on_roster=np.ones(1, dtype=np.bool_),
            capability=np.array([[2, 0]], dtype=np.uint32),
            home=np.array([[0, 0]], dtype=np.int32),
            cap_week=np.array([3], dtype=np.int8),
            load=np.zeros((1, 4), dtype=np.int32),
            availability=np.full((1, 3), 2, dtype=np.int8),
            leave=np.zeros((1, 3), dtype=np.bool_),
        ),
        shifts=Shifts(("t0", "t1", "t2"), start, start + 240, np.array([0, 0, 1], np.int8), np.zeros(3, np.int8)),
        demand=Demand(
            checkpoints=("gate",),
            place=np.array([[3000, 4000]], dtype=np.int32),
            task_checkpoint=np.zeros(3, dtype=np.int32),
            task_shift=np.arange(3, dtype=np.int32),
            task_tier=np.zeros(3, dtype=np.int8),
            group_task=np.array([0, 1, 2, 2], dtype=np.int32),
            group_capability=np.array([-1, -1, -1, 1], dtype=np.int8),
            minimum=np.ones(4, dtype=np.int32),
            desired=np.ones(4, dtype=np.int32),
        ),
        days=2,
        squads=("s",),
        squad_base=np.zeros((1, 2), dtype=np.int32),
        capabilities=("leader", "driver"),
        rules=Rules(
            reach_m=rules.get("reach_m", 6000), rest_min=rules.get("rest_min", 480), cap_day=rules.get("cap_day", 2)
        ),
    )


def plan(*groups: int) -> Plan:
    """Return the plan in which the one person serves in these groups."""
    return Plan(np.array([(0, group) for group in groups], dtype=np.int32).reshape(-1, 2))


def said(problem: Problem, group: int, *others: int) -> dict[str, str]:
    """Return rule and English sentence of each conflict."""
    return {found.rule: render(found.message, "en") for found in conflicts(problem, plan(*others), 0, group)}


def test_a_duty_that_keeps_all_rules_has_no_conflict() -> None:
    """Silence means yes."""
    assert said(small(), 0) == {}
    assert said(small(), 0, 0) == {}


def test_each_sentence_carries_its_numbers() -> None:
    """A user reads by how much it fails."""
    problem = small(cap_day=1)
    assert said(small(rest_min=0), 1, 0) == {}
    assert said(problem, 1, 0) == {
        "rest": "Too little rest: 0.0 h to another duty, 8 h needed",
        "day_cap": "Duty 2 on one day, at most 1",
    }
    assert said(small(reach_m=4900), 0) == {"reach": "Too far: 5.0 km from home, at most 4.9 km"}
    assert said(problem, 3) == {"skill": 'Lacks "driver" on the day of t2'}
    assert said(problem, 3, 2).keys() == {"skill", "twice"}
    capped = replace(problem, people=replace(problem.people, cap_week=np.array([1], dtype=np.int8)))
    assert said(capped, 2, 0) == {"week_cap": "Duty 2 this week, at most 1"}


def test_people_who_cannot_come_are_told_why() -> None:
    """Status, availability and leave are three reasons, not one."""
    problem = small()
    people = replace(
        problem.people,
        on_roster=np.zeros(1, dtype=np.bool_),
        availability=np.zeros((1, 3), dtype=np.int8),
        leave=np.ones((1, 3), dtype=np.bool_),
    )
    assert list(said(replace(problem, people=people), 0)) == ["status", "availability", "leave"]


def test_busy_times_count_like_duties() -> None:
    """A duty outside the problem overlaps, and asks for rest."""
    busy = replace(small(), busy=np.array([[0, 700, 730]], dtype=np.int32))
    assert said(busy, 0) == {"overlap": "Overlaps a duty by 20 min"}
    assert not may_serve(busy)[0, :2].any()
    early = replace(small(), busy=np.array([[0, 0, 300]], dtype=np.int32))
    assert said(early, 0) == {"rest": "Too little rest: 3.0 h to another duty, 8 h needed"}


def test_a_full_group_and_a_missing_locked_duty_are_conflicts() -> None:
    """The seats and the locks belong to the plan, not to the person."""
    problem = replace(small(), locked=np.array([[0, 2]], dtype=np.int32))
    assert said(problem, 0).keys() == {"locked"}
    assert said(problem, 2) == {}
    two = Plan(np.array([[0, 0], [1, 0]], dtype=np.int32))
    assert [found.rule for found in conflicts(small(), two, 0, 0)] == ["seats"]


def test_every_rule_has_words_in_both_languages() -> None:
    """The list of rules and the catalogue are the same list."""
    assert {f"rule.{rule.id}" for rule in RULES} == set(catalogue("rule"))


@given(st.integers(0, 10**6), st.booleans())
def test_the_desk_and_the_checker_agree(seed: int, full: bool) -> None:
    """What `conflicts` finds in a random plan is what the independent checker finds, each at its strength."""
    problem = tiny(seed, full=full)
    rng = np.random.default_rng(seed)
    groups, people = len(problem.demand.group_task), len(problem.people.ids)
    pairs = sorted({(int(rng.integers(people)), int(rng.integers(groups))) for _ in range(3)})
    random_plan = Plan(np.array(pairs, dtype=np.int32))
    report = check(problem, random_plan)
    found = [each for person, group in pairs for each in conflicts(problem, random_plan, person, group)]
    theirs = {(violation.rule, "blocks") for violation in report.violations}
    theirs |= {(violation.rule, "costs") for violation in report.soft}
    theirs |= {(violation.rule, "hints") for violation in report.hints}
    ours = {(each.rule, "blocks" if each.blocks else "hints" if each.hints else "costs") for each in found}
    assert ours - {("locked", "blocks")} == theirs - {("locked", "blocks")}
    for each in found:
        for language in ("zh", "en"):
            assert "{" not in render(each.message, language)


@given(st.integers(0, 10**6))
def test_masks_say_what_the_sentences_say(seed: int) -> None:
    """A person may serve in a shift by the mask exactly when no rule on person and shift has a word against it."""
    problem = tiny(seed, full=seed % 2 == 0)
    free, together = may_serve(problem), may_serve_both(problem)
    about_shift = {"status", "begun", "availability", "leave", "insured", "workday_eve", "overlap", "rest"}
    shift_of = problem.demand.task_shift[problem.demand.group_task]
    for person in range(len(problem.people.ids)):
        for group, shift in enumerate(shift_of.tolist()):
            found = {hit.rule for hit in blocking(problem, Plan.empty(), person, group)}
            assert free[person, shift] == (not found & about_shift)
            for other, other_shift in enumerate(shift_of.tolist()):
                one = Plan(np.array([[person, other]], dtype=np.int32))
                if other != group and free[person, shift] and free[person, other_shift]:
                    hits = {hit.rule for hit in blocking(problem, one, person, group)}
                    assert together[shift, other_shift] == (not hits & {"overlap", "rest", "twice"})


def test_a_rule_without_a_mask_says_nothing() -> None:
    """Rules on pairs leave persons alone and the other way round."""
    problem = small()
    day_cap = next(rule for rule in RULES if rule.id == "day_cap")
    assert day_cap.person_shift(problem) is None
    assert day_cap.person_checkpoint(problem) is None
    assert day_cap.shift_pair(problem) is None


@pytest.mark.parametrize("rest_min", [0, 480, 660])
def test_a_shift_never_goes_with_itself(rest_min: int) -> None:
    """Two seats of one shift are always too much."""
    assert not may_serve_both(small(rest_min=rest_min)).diagonal().any()


def two() -> Problem:
    """Return two people who may serve in one shift of two seats, of whom the second is new."""
    problem = small()
    double = {
        name: np.repeat(getattr(problem.people, name), 2, axis=0)
        for name in ("squad", "role", "on_roster", "capability", "home", "cap_week", "load", "availability", "leave")
    }
    people = People(ids=("old", "new"), novice=np.array([False, True]), **double)
    seats = np.full(4, 2, dtype=np.int32)
    return replace(problem, people=people, demand=replace(problem.demand, minimum=seats, desired=seats))


def beside(problem: Problem, person: int, *rows: tuple[int, int]) -> dict[str, tuple[str, str, bool]]:
    """Return rule, sentences and whether it blocks, of the person in the first group beside some rows."""
    there = Plan(np.array(rows, dtype=np.int32).reshape(-1, 2))
    found = conflicts(problem, there, person, 0)
    return {hit.rule: (render(hit.message, "zh"), render(hit.message, "en"), hit.blocks) for hit in found}


def test_a_new_member_stands_beside_somebody_who_is_not() -> None:
    """Alone a new member is stopped, beside an experienced one not; where the rule is weighted it is a warning."""
    problem = two()
    assert beside(problem, 1, (0, 0)) == {}
    alone = ("这一组 1 人全是新人，须有至少 1 名老组员", "All 1 of the patrol are new; at least 1 who is not is needed")
    assert beside(problem, 1) == {"novice": (*alone, True)}
    soft = replace(problem, rules=replace(problem.rules, kinds=(replace(problem.rules.kinds[0], novice=30),)))
    assert beside(soft, 1) == {"novice": (*alone, False)}
    assert blocking(soft, Plan.empty(), 1, 0) == ()


def test_pairs_are_named_to_each_other() -> None:
    """Who must not, or must, serve together is told with whom."""
    pair = np.array([[0, 1]], dtype=np.int32)
    assert beside(replace(two(), apart=pair), 1, (0, 0))["apart"][1] == "Must not serve beside old, who is there"
    assert beside(replace(two(), apart=pair), 0) == {}
    assert beside(replace(two(), together=pair), 0)["together"][0] == "须与 new 同组，对方不在"
    assert beside(replace(two(), together=pair), 0, (1, 0)) == {}


def test_a_sixth_day_in_a_row_is_counted() -> None:
    """Duties of the days before count; the sentence says which day it would be and how many there may be."""
    busy = np.array([(0, -1440 * day + 600, -1440 * day + 700) for day in range(1, 6)], dtype=np.int32)
    problem = small(rest_min=0)
    limited = replace(problem, busy=busy, rules=replace(problem.rules, consecutive_days=5, nights_in_row=2))
    found = conflicts(limited, Plan.empty(), 0, 0)
    assert [render(hit.message, "zh") for hit in found] == ["第 6 个连续执勤日，最多 5 天"]
    assert conflicts(limited, Plan.empty(), 0, 2) == ()
    nights = replace(limited, shifts=replace(limited.shifts, night=np.ones(3, dtype=np.bool_)))
    late = replace(nights, busy=busy[:2] + np.array([0, 780, 780], dtype=np.int32))
    found = conflicts(late, Plan.empty(), 0, 0)
    assert [render(hit.message, "en") for hit in found] == ["Night 3 in a row, at most 2"]


def test_insurance_the_spared_eve_and_the_past_block() -> None:
    """Three rules of the person alone, each with its sentence."""
    problem = small()
    people = replace(problem.people, insured=np.zeros((1, 2), dtype=np.bool_), spares_eve=np.ones(1, dtype=np.bool_))
    shifts = replace(problem.shifts, workday_eve=np.ones(3, dtype=np.bool_))
    assert said(replace(problem, people=people, shifts=shifts, begin=510), 0) == {
        "begun": "t0 began 30 minutes ago; nobody new joins",
        "insured": "Not insured on the day of t0; duty needs insurance",
        "workday_eve": "The morning after t0 is a workday's; asked for no night before one",
    }


def test_a_leader_and_an_officer_are_wished_for() -> None:
    """Weighted alone: they warn and never block."""
    problem = two()
    wish = replace(problem.rules.kinds[0], lead=5, official=7)
    found = beside(replace(problem, rules=replace(problem.rules, kinds=(wish,))), 1, (0, 0))
    assert {rule: blocks for rule, (_, _, blocks) in found.items()} == {"lead": False, "official": False}
    assert found["lead"][1] == "No leader or deputy among the 2 of the patrol; 1 is wanted"


def test_a_reserved_seat_takes_one_plain_head() -> None:
    """Of the minimum first; heads stay as many, a seat that asks already is enough, and nothing is reserved twice."""
    demand = small().demand
    once = reserve(demand, 1, np.ones(3, dtype=np.bool_))
    assert once.group_capability.tolist() == [-1, -1, -1, 1, 1, 1]
    assert (once.minimum.tolist(), once.desired.tolist()) == ([0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 1, 1])
    assert once.group_task.tolist() == [0, 1, 2, 2, 0, 1]
    again = reserve(once, 1, np.ones(3, dtype=np.bool_))
    assert again.group_task.tolist() == once.group_task.tolist()
    wished = replace(demand, minimum=np.zeros(4, dtype=np.int32))
    surge = replace(wished, surge_desired=wished.desired)
    new = reserve(surge, 0, np.array([True, False, False]))
    assert (new.minimum.tolist(), new.desired.tolist()) == ([0] * 5, [0, 1, 1, 1, 1])
    assert new.surge_desired.tolist() == [0, 1, 1, 1, 1]
    assert replace(small(), demand=new).demand is new
