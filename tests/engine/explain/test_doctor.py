"""What the doctor proposes fills what it says, and asks nothing of anybody who is not needed for it."""

from collections import Counter
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.engine.explain.doctor import Step, WayOut, deficits, summed, ways_out
from patrol_desk.engine.explain.doctor.rematch import rematch
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import KindRules, Problem
from patrol_desk.engine.verify import check
from patrol_desk.messages.render import render
from patrol_desk.samples.problems import family, greedy, tiny
from tests.engine.explain.plans import filled

SEEDS = st.integers(0, 10**6)


def unlocked(problem: Problem) -> Problem:
    """Return a problem without locked pairs."""
    return replace(problem, locked=np.zeros((0, 2), dtype=np.int32))


def told(way: WayOut) -> bool:
    """Say whether a way out has words in both languages."""
    return all(render(way.message, language) for language in ("zh", "en"))


@given(SEEDS)
def test_every_way_out_fills_what_it_says(seed: int) -> None:
    """The problem changed as proposed has a plan that keeps every rule and misses so many heads fewer."""
    problem = unlocked(tiny(seed, people=7, shifts=6, groups=8))
    plan = greedy(problem)
    base = rematch(problem, plan)
    assert check(problem, base.plan).violations == ()
    assert check(problem, base.plan).shortage == base.missing <= check(problem, plan).shortage
    for way in ways_out(problem, plan):
        changed = way.apply_to(problem)
        after = rematch(changed, base.plan)
        report = check(changed, after.plan)
        assert report.own_violations == ()
        assert report.shortage == base.missing - way.effect == way.told.after
        assert summed(problem, plan, [way.step]) == way.told
        assert way.effect == way.told.filled > 0
        assert way.changes
        assert told(way)


@given(SEEDS)
def test_with_every_rule_a_rematched_plan_keeps_them_all(seed: int) -> None:
    """Teams and runs of days too; what is softened may be broken and costs points."""
    problem = unlocked(tiny(seed, people=7, shifts=6, groups=8, full=True))
    plan = filled(problem, 6)
    for way in ways_out(problem, plan):
        changed = way.apply_to(problem)
        assert check(changed, rematch(changed, rematch(problem, plan).plan).plan).own_violations == ()
        assert told(way)


def test_a_short_township_is_offered_several_ways_cheapest_first() -> None:
    """Caps, people outside the roster, reach: each with its effect, and some together with theirs."""
    problem = family("saturated", 2, scale=0.05)
    demand = replace(problem.demand, minimum=problem.demand.desired)
    problem = replace(problem, demand=demand)
    plan = greedy(problem)
    ways = ways_out(problem, plan)
    assert [way.price / way.effect for way in ways] == sorted(way.price / way.effect for way in ways)
    kinds = Counter(way.step.rule for way in ways)
    assert {"week_cap", "availability"} <= set(kinds)
    two = [way.step for way in ways[:2]]
    assert summed(problem, plan, two).filled >= max(way.effect for way in ways[:2])
    assert ways_out(problem, plan, stop=lambda: True) == ()
    assert all(told(way) for way in ways)


def test_a_reach_nobody_lives_within_is_widened() -> None:
    """For the township, and for the one kind of checkpoint that has gaps where there are several kinds."""
    problem = family("saturated", 2, scale=0.02)
    kinds = (KindRules("gate"), KindRules("market"))
    problem = replace(problem, rules=replace(problem.rules, reach_m=100, kinds=kinds))
    ways = ways_out(problem, Plan.empty())
    found = {(way.step.rule, way.step.kind): way.effect for way in ways}
    assert found["reach", 0] == found["reach", -1] > 0
    assert ("reach", 1) not in found
    assert all(told(way) for way in ways)


def test_a_plan_without_gaps_needs_no_way_out() -> None:
    """Nothing is proposed where nothing is missing."""
    problem = family("slack", 1, scale=0.03)
    plan = greedy(problem)
    heads = np.bincount(plan.assignments[:, 1], minlength=len(problem.demand.minimum))
    least = np.minimum(problem.demand.minimum, heads).astype(np.int32)
    assert ways_out(replace(problem, demand=replace(problem.demand, minimum=least)), plan) == ()


@given(SEEDS)
def test_a_deficit_is_missing_in_every_plan(seed: int) -> None:
    """Where fewer could serve than are asked for, the difference is missing whatever is planned."""
    problem = unlocked(tiny(seed, people=5, shifts=4, groups=8))
    plan = rematch(problem, Plan.empty()).plan
    found = deficits(problem, plan)
    for deficit in found:
        assert deficit.missing >= deficit.needed - deficit.able
        assert deficit.missing > 0
        assert all(render(deficit.message, language) for language in ("zh", "en"))
    assert sum(deficit.missing for deficit in found) == check(problem, plan).shortage


def test_each_kind_of_step_changes_what_it_names() -> None:
    """And names it in the data by the people's and the rules' own codes."""
    problem = tiny(3, people=5, shifts=4, full=True)
    steps = {
        "weekly_cap": Step("week_cap", (1,), amount=1),
        "activity_class": Step("status", (2,)),
        "skill": Step("skill", (1, 2), amount=1),
        "shift": Step("leave", (0,), (3,)),
    }
    for field, step in steps.items():
        assert {change.field for change in step.changes(problem)} == {field}
    after = steps["weekly_cap"].apply_to(problem).people.cap_week - problem.people.cap_week
    assert after.tolist() == [0, 1, 0, 0, 0]
    assert steps["activity_class"].apply_to(problem).people.on_roster[2]
    assert (steps["skill"].apply_to(problem).people.capability[[1, 2]] & 2 == 2).all()
    assert not steps["shift"].apply_to(problem).people.leave[0, 3]
    asked = Step("availability", (0,), (3,))
    assert asked.apply_to(problem).people.availability[0, 3] == 2
    assert asked.changes(problem)[0].value == problem.shifts.ids[3]
    kind = problem.rules.kinds[0].name
    for step, ids, field, value in (
        (Step("reach", amount=9000), ("reach_m",), "number", 9000),
        (Step("reach", amount=9000, kind=0), ("reach_m", kind), "number", 9000),
        (Step("rest", amount=60), ("rest_minutes",), "number", 60),
        (Step("rest", amount=400, soften=True), ("rest_minutes",), "strength", "weighted"),
        (Step("novice", amount=9, kind=0, soften=True), ("novice_days", kind), "strength", "weighted"),
        (Step("nights_in_row", amount=9, soften=True), ("nights_in_row",), "strength", "weighted"),
    ):
        (change,) = step.changes(problem)
        assert (change.table, change.ids, change.field, change.value) == ("rule", ids, field, value)
    rules = Step("reach", amount=9000).apply_to(problem).rules
    assert rules.reach_m == 9000
    assert Step("nights_in_row", amount=9, soften=True).apply_to(problem).rules.nights == 9
    assert Step("novice", amount=9, kind=0, soften=True).apply_to(problem).rules.kinds[0].novice == 9
    assert Step("reach", amount=9000, kind=0).apply_to(problem).rules.reach_of(0) == 9000
    assert Step("rest", amount=60).apply_to(problem).rules.rest_min == 60


def test_seats_give_way_as_well() -> None:
    """Heads left open, or held by the neighbour at a joint gate; a lock opened; a squad from further away."""
    problem = family("saturated", 2, scale=0.03)
    rules = replace(problem.rules, reach_m=700, kinds=(KindRules("joint_gate"),))
    problem = replace(problem, rules=rules)
    plan = greedy(problem)
    found = {way.step.rule: way for way in ways_out(problem, plan)}
    assert {"open", "neighbour", "squad"} <= set(found)
    missing = rematch(problem, plan).missing
    opened, held, squad = found["open"], found["neighbour"], found["squad"]
    assert (opened.told.before, opened.told.after, opened.effect) == (missing, 0, missing)
    assert sum(int(change.value) for change in opened.changes) == missing
    assert {change.field for change in opened.changes} == {"open"}
    demand = held.apply_to(problem).demand
    assert int((demand.held - problem.demand.held).sum()) == held.effect
    assert (problem.demand.minimum - demand.minimum).tolist() == (problem.demand.desired - demand.desired).tolist()
    assert {change.field for change in held.changes} == {"held"}
    after = squad.apply_to(problem)
    report = check(after, rematch(after, plan).plan)
    assert {violation.rule for violation in report.violations} == {"reach"}
    assert len({int(problem.people.squad[person]) for person in squad.step.people}) == 1
    assert len(squad.changes) == len(after.locked) - len(problem.locked) >= squad.effect
    assert all(change.ids[0] in problem.people.ids and change.value == 1 for change in squad.changes)
    assert all(told(way) for way in found.values())
    assert found["squad"].told.way_after > found["squad"].told.way_before


def test_a_lock_is_opened_where_an_exchange_helps() -> None:
    """One of two people is locked to the post that both could hold, and is the only one for the other post."""
    base = family("slack", 1, scale=0.03)
    one, two = only_two(base)
    ways = [way for way in ways_out(one, two) if way.step.rule == "unlock"]
    (way,) = ways
    assert (way.effect, way.step.people, way.step.groups, way.told.changes) == (1, (0,), (0,), 2)
    (change,) = way.changes
    assert (change.table, change.field, change.value, change.ids[0]) == ("assignment", "locked", 0, one.people.ids[0])
    assert told(way)


def test_what_has_begun_is_no_lock_to_open() -> None:
    """Whoever has served on Monday is kept from Sunday by it, and taken off neither."""
    base = family("slack", 1, scale=0.03)
    last = len(base.shifts.ids) - 1
    one, two = only_two(base, last)
    assert [way for way in ways_out(one, two) if way.step.rule == "unlock"]
    begin = int(one.shifts.start[last])
    minimum = one.demand.minimum.copy()
    minimum[0] = 0
    begun = replace(one, begin=begin, demand=replace(one.demand, minimum=minimum))
    assert not [way for way in ways_out(begun, two) if way.step.rule == "unlock"]


def only_two(problem: Problem, shift_of_other: int | None = None) -> tuple[Problem, Plan]:
    """Return a problem of two seats, of one shift unless told: 0 may hold both, 1 the first; and 0 locked there."""
    demand = problem.demand
    first = int(demand.group_task[0])
    shift = int(demand.task_shift[first])
    another = shift if shift_of_other is None else shift_of_other
    same = np.flatnonzero(
        (demand.task_shift[demand.group_task] == another) & (demand.task_checkpoint[demand.group_task] != 0)
    )
    other = int(same[same != 0][0])
    heads = np.zeros_like(demand.minimum)
    heads[[0, other]] = 1
    count = len(problem.people.ids)
    wish = np.zeros_like(problem.people.availability)
    wish[:2, [shift, another]] = 2
    home = problem.people.home.copy()
    places = demand.place[demand.task_checkpoint[demand.group_task[[0, other]]]]
    home[0], home[1] = places.mean(axis=0), places[0] - (places[1] - places[0])
    capability = np.full_like(problem.people.capability, np.uint32((1 << len(problem.capabilities)) - 1))
    people = replace(problem.people, availability=wish, home=home, capability=capability)
    people = replace(people, cap_week=np.full(count, 1, dtype=problem.people.cap_week.dtype))
    reach = int(np.sqrt(((places[1] - places[0]).astype(np.int64) ** 2).sum())) + 1
    asked = replace(demand, minimum=heads, desired=heads)
    locked = np.array([[0, 0]], dtype=np.int32)
    whole = replace(problem, people=people, demand=asked, rules=replace(problem.rules, reach_m=reach), locked=locked)
    return whole, Plan(locked)
