"""One fault put into a plan that breaks no rule: the checker names it, and only it."""

from dataclasses import replace
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.engine.plan import Certificate, Plan
from patrol_desk.engine.problem import Demand, Int32, People, Problem, Rules, Shifts
from patrol_desk.engine.verify import RULES, WISHES, CheckReport, check
from patrol_desk.messages.render import catalogue, render
from patrol_desk.samples.problems import FAMILIES, family, greedy

DAWN, NOON, NIGHT, SMALL_HOURS, MORNING, SUNDAY = range(6)
POST, FAR = 0, 1
ANY_DAWN, ANY_NOON, LEAD_NOON, NIGHT_POST, SMALL_POST, MORNING_POST, SUNDAY_POST, FAR_NOON, MORNING_LEAD = range(9)


def problem() -> Problem:
    """Return a week with two checkpoints; person 0 leads, all live at the post, caps are 2 a week and 1 a day."""
    count, shifts = 4, 6
    people = People(
        ids=("Ann", "Bo", "Cy", "Di"),
        squad=np.array([0, 0, 1, -1], dtype=np.int32),
        role=np.array([2, 0, 0, 0], dtype=np.int8),
        on_roster=np.ones(count, dtype=np.bool_),
        capability=np.repeat(np.array([[1], [0], [0], [0]], dtype=np.uint32), 7, axis=1),
        home=np.zeros((count, 2), dtype=np.int32),
        cap_week=np.full(count, 2, dtype=np.int8),
        load=np.zeros((count, 4), dtype=np.int32),
        availability=np.full((count, shifts), 3, dtype=np.int8),
        leave=np.zeros((count, shifts), dtype=np.bool_),
    )
    start = np.array([0, 780, 1320, 1500, 1860, 6 * 1440 + 1320], dtype=np.int32)
    end = np.array([120, 1140, 1560, 1740, 2220, 7 * 1440 + 120], dtype=np.int32)
    times = Shifts(
        ids=("dawn", "noon", "night", "small hours", "morning", "Sunday night"),
        start=start,
        end=end,
        day=(start // 1440).astype(np.int8),
        load_class=np.array([1, 0, 1, 1, 0, 2], dtype=np.int8),
    )
    group_task = np.array([0, 1, 1, 2, 3, 4, 5, 6, 4], dtype=np.int32)
    demand = Demand(
        checkpoints=("post", "far"),
        place=np.array([(0, 0), (3_000, 4_000)], dtype=np.int32),
        task_checkpoint=np.array([0, 0, 0, 0, 0, 0, 1], dtype=np.int32),
        task_shift=np.array([DAWN, NOON, NIGHT, SMALL_HOURS, MORNING, SUNDAY, NOON], dtype=np.int32),
        task_tier=np.zeros(7, dtype=np.int8),
        group_task=group_task,
        group_capability=np.array([-1, -1, 0, -1, -1, -1, -1, -1, 0], dtype=np.int8),
        minimum=np.ones(9, dtype=np.int32),
        desired=np.full(9, 2, dtype=np.int32),
    )
    return Problem(people, times, demand, squads=("A", "B"), squad_base=np.zeros((2, 2), dtype=np.int32))


def checked(given: Problem, *rows: tuple[int, int]) -> CheckReport:
    """Check a plan of these pairs."""
    return check(given, Plan(np.array(rows, dtype=np.int32).reshape(-1, 2)))


def rules(report: CheckReport) -> list[str]:
    """Return the rules broken, in the order reported."""
    return [violation.rule for violation in report.violations]


def sentence(report: CheckReport) -> str:
    """Return the first violation in English."""
    return render(report.violations[0].message, "en")


GOOD = ((0, LEAD_NOON), (1, ANY_NOON), (2, NIGHT_POST), (3, SMALL_POST), (3, SUNDAY_POST))


def test_a_plan_that_keeps_every_rule_is_clean() -> None:
    """A plan that keeps every rule is clean."""
    report = checked(problem(), *GOOD)
    assert report.violations == ()
    assert (report.seats, report.filled, report.shortage, report.desired_shortage) == (9, 5, 4, 9)
    assert report.single_squad_share == 1.0
    assert report.shortage_bound is None
    assert report.cost_bound is None


def test_someone_off_the_roster_is_named() -> None:
    """Someone off the roster is named."""
    given = problem()
    roster = np.array([True, False, True, True])
    report = checked(replace(given, people=replace(given.people, on_roster=roster)), *GOOD)
    assert rules(report) == ["status"]
    assert "Bo" in sentence(report)


def test_someone_unavailable_is_named() -> None:
    """Someone unavailable is named."""
    given = problem()
    availability = given.people.availability.copy()
    availability[1, NOON] = 0
    report = checked(replace(given, people=replace(given.people, availability=availability)), *GOOD)
    assert rules(report) == ["availability"]
    assert report.violations[0].person == 1
    assert report.violations[0].shift == NOON


def test_someone_on_leave_is_named() -> None:
    """Someone on leave is named."""
    given = problem()
    leave = given.people.leave.copy()
    leave[3, SUNDAY] = True
    assert rules(checked(replace(given, people=replace(given.people, leave=leave)), *GOOD)) == ["leave"]


def test_a_seat_that_asks_for_more_than_the_person_has_is_named() -> None:
    """A seat that asks for more than the person has is named."""
    report = checked(problem(), (3, LEAD_NOON))
    assert rules(report) == ["skill"]
    assert "leader" in sentence(report)


def test_a_certificate_that_ran_out_before_the_day_does_not_count() -> None:
    """A certificate that ran out before the day does not count."""
    given = problem()
    capability = given.people.capability.copy()
    capability[0, 1:] = 0
    later = replace(given, people=replace(given.people, capability=capability))
    assert rules(checked(later, (0, LEAD_NOON))) == []
    assert rules(checked(later, (0, MORNING_LEAD))) == ["skill"]


@pytest.mark.parametrize(("reach", "found"), [(5_000, []), (4_999, ["reach"])])
def test_a_checkpoint_exactly_at_the_reach_is_within(reach: int, found: list[str]) -> None:
    """A checkpoint exactly at the reach is within."""
    report = checked(replace(problem(), rules=Rules(reach_m=reach)), (1, FAR_NOON))
    assert rules(report) == found
    assert not found or "5000 m" in sentence(report)


def test_standing_twice_in_one_patrol_is_one_fault() -> None:
    """Standing twice in one patrol is one fault."""
    assert rules(checked(problem(), (0, LEAD_NOON), (0, ANY_NOON))) == ["twice"]
    report = checked(problem(), (0, ANY_NOON), (0, ANY_NOON))
    assert rules(report) == ["twice"]
    assert report.filled == 1


def test_two_duties_that_overlap_over_midnight_are_named_with_their_minutes() -> None:
    """Two duties that overlap over midnight are named with their minutes."""
    report = checked(problem(), (2, NIGHT_POST), (2, SMALL_POST))
    assert rules(report) == ["overlap"]
    assert "60 min" in sentence(report)


def test_a_duty_at_two_checkpoints_at_once_overlaps_and_counts_twice_that_day() -> None:
    """A duty at two checkpoints at once overlaps and counts twice that day."""
    assert rules(checked(problem(), (1, ANY_NOON), (1, FAR_NOON))) == ["overlap", "day_cap"]


def test_rest_is_measured_from_the_real_end_after_midnight() -> None:
    """Rest is measured from the real end after midnight."""
    report = checked(problem(), (2, NIGHT_POST), (2, MORNING_POST))
    assert rules(report) == ["rest"]
    assert "300 min" in sentence(report)
    assert "480" in sentence(report)
    enough = replace(problem(), rules=Rules(rest_min=300))
    assert rules(checked(enough, (2, NIGHT_POST), (2, MORNING_POST))) == []


@pytest.mark.parametrize(
    ("busy", "found"),
    [
        ((1, 1000, 1100), ["overlap"]),
        ((1, 0, 301), ["rest"]),
        ((1, 0, 300), []),
        ((1, 1140 + 479, 2000), ["rest"]),
        ((1, 1140 + 480, 2000), []),
        ((0, 1000, 1100), []),
    ],
)
def test_time_outside_the_plan_counts_for_overlap_and_rest(busy: tuple[int, int, int], found: list[str]) -> None:
    """Time outside the plan counts for overlap and rest."""
    report = checked(replace(problem(), busy=np.array([busy], dtype=np.int32)), (1, ANY_NOON))
    assert rules(report) == found
    assert not found or "outside" in sentence(report)


def test_more_duties_on_a_day_than_allowed_are_named() -> None:
    """More duties on a day than allowed are named."""
    report = checked(problem(), (1, DAWN), (1, ANY_NOON))
    assert rules(report) == ["day_cap"]
    assert "day 1" in sentence(report)
    assert rules(checked(replace(problem(), rules=Rules(cap_day=2)), (1, DAWN), (1, ANY_NOON))) == []


def test_more_duties_in_the_week_than_the_own_cap_are_named() -> None:
    """More duties in the week than the own cap are named."""
    rows = ((1, ANY_NOON), (1, MORNING_POST), (1, SUNDAY_POST))
    report = checked(problem(), *rows)
    assert rules(report) == ["week_cap"]
    assert "3" in sentence(report)


def test_more_heads_than_desired_are_named() -> None:
    """More heads than desired are named."""
    report = checked(problem(), (0, SUNDAY_POST), (1, SUNDAY_POST), (2, SUNDAY_POST))
    assert rules(report) == ["seats"]
    assert report.violations[0].group == SUNDAY_POST


def test_a_locked_pair_that_is_missing_is_a_fault_of_the_plan() -> None:
    """A locked pair that is missing is a fault of the plan."""
    given = replace(problem(), locked=np.array([(1, FAR_NOON)], dtype=np.int32))
    report = checked(given, *GOOD)
    assert rules(report) == ["locked"]
    assert len(report.own_violations) == 1


def test_a_locked_pair_that_breaks_a_rule_is_told_apart_from_the_plans_own_faults() -> None:
    """A locked pair that breaks a rule is told apart from the plans own faults."""
    locked = np.array([(2, NIGHT_POST), (2, MORNING_POST), (3, LEAD_NOON)], dtype=np.int32)
    report = checked(replace(problem(), locked=locked), (2, NIGHT_POST), (2, MORNING_POST), (3, LEAD_NOON))
    assert rules(report) == ["skill", "rest"]
    assert report.own_violations == ()
    worse = checked(replace(problem(), locked=locked[1:]), (2, NIGHT_POST), (2, MORNING_POST), (3, LEAD_NOON))
    assert [violation.rule for violation in worse.own_violations] == ["rest"]


@pytest.mark.parametrize(
    "rows",
    [
        np.array([(0, 99), (-1, 0), (99, -5), (2**31 - 1, -(2**31))], dtype=np.int32),
        np.array([(2**62, 0)], dtype=np.int64),
    ],
)
def test_rows_that_refer_to_nothing_are_told_and_count_for_nothing(rows: NDArray[np.generic]) -> None:
    """Rows that refer to nothing are told and count for nothing."""
    report = check(problem(), Plan(cast("Int32", rows)))
    assert set(rules(report)) == {"reference"}
    assert len(report.violations) == len(rows)
    assert report.filled == 0


@pytest.mark.parametrize(
    "rows", [np.zeros(3), np.zeros((2, 3), dtype=np.int32), np.full((1, 2), np.nan), np.array([["a", "b"]])]
)
def test_what_is_no_table_of_pairs_is_told(rows: NDArray[np.generic]) -> None:
    """What is no table of pairs is told."""
    report = check(problem(), Plan(cast("Int32", rows)))
    assert rules(report) == ["reference"]
    assert report.filled == 0


def test_a_problem_in_which_nothing_is_asked_needs_nothing() -> None:
    """A problem in which nothing is asked needs nothing."""
    none, nothing = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int8)
    place = problem().demand.place
    demand = Demand(("post", "far"), place, none, none, nothing, none, nothing, none, none)
    report = check(replace(problem(), demand=demand), Plan.empty(), Certificate(none, none))
    assert (report.cost, report.cost_bound, report.shortage_bound, report.seats) == (0, 0, 0, 0)
    assert len(check(replace(problem(), demand=demand), Plan(np.zeros((1, 2), dtype=np.int32))).violations) == 1


def test_a_certificate_of_another_problem_is_refused() -> None:
    """A certificate of another problem is refused."""
    none = np.zeros(3, dtype=np.int32)
    with pytest.raises(InvalidDataError) as caught:
        check(problem(), Plan.empty(), Certificate(none, none))
    assert "shortage_prices" in render(caught.value.message, "en")


def test_scarce_seats_are_proven_to_stay_empty() -> None:
    """Scarce seats are proven to stay empty."""
    given = problem()
    asked = replace(given.demand, minimum=np.full(9, 2, dtype=np.int32))
    prices = np.ones(9, dtype=np.int32)
    report = check(replace(given, demand=asked), Plan.empty(), Certificate(prices, prices))
    assert report.shortage == 18
    assert report.shortage_bound == 18 - 4 * 2


@pytest.mark.parametrize("name", FAMILIES)
def test_a_greedy_plan_of_each_family_keeps_the_rules(name: str) -> None:
    """A greedy plan of each family keeps the rules."""
    given = family(name, 1, scale=0.03)
    report = check(given, greedy(given))
    assert report.violations == ()
    assert report.filled > report.seats // 2


@pytest.mark.parametrize("rule", [*RULES, *WISHES])
def test_every_rule_has_its_words(rule: str) -> None:
    """Every rule has its words."""
    assert set(catalogue("check")[f"check.{rule}"]) == {"zh", "en"}
