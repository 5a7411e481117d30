"""One fault against each rule of people, runs of days, patrols and pairs: hard, weighted, and left out."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from patrol_desk.engine.problem import HARD, HINT, Int32, KindRules, Problem
from patrol_desk.engine.verify import CheckReport
from patrol_desk.messages.render import render
from tests.engine.verify.test_single_faults import (
    ANY_DAWN,
    ANY_NOON,
    FAR_NOON,
    LEAD_NOON,
    MORNING_POST,
    NIGHT,
    NIGHT_POST,
    SMALL_POST,
    SUNDAY_POST,
    checked,
    problem,
    rules,
    sentence,
)

POINTS = 70
STRENGTHS = pytest.mark.parametrize("strength", [HARD, HINT, 0, POINTS])


def kept(strength: int, rule: str, report: CheckReport, times: int = 1) -> bool:
    """Say whether a fault is told as its strength asks: hard, as a hint, not at all, or at its points."""
    soft = [violation.rule for violation in report.soft]
    if strength == HARD:
        return rules(report) == [rule] and soft == [] and report.parts.rules == 0
    if strength == HINT:
        told = {violation.rule for violation in report.hints}
        return told == {rule} and report.violations == report.soft == () and report.parts.rules == 0
    if strength == 0:
        return report.violations == report.soft == report.hints == () and report.parts.rules == 0
    return rules(report) == [] and set(soft) == {rule} and report.parts.rules == times * POINTS


def with_rules(given: Problem, **fields: int) -> Problem:
    """Return the problem under other rules."""
    changed: dict[str, Any] = dict(fields)
    return replace(given, rules=replace(given.rules, **changed))


def with_kind(given: Problem, **fields: int) -> Problem:
    """Return the problem under other rules for all its checkpoints."""
    changed: dict[str, Any] = dict(fields)
    return replace(given, rules=replace(given.rules, kinds=(KindRules(**changed),)))


def with_people(given: Problem, **fields: NDArray[np.generic]) -> Problem:
    """Return the problem with other people."""
    changed: dict[str, Any] = dict(fields)
    return replace(given, people=replace(given.people, **changed))


def pairs(*rows: tuple[int, ...]) -> Int32:
    """Return rows of whole numbers as the problem holds them."""
    return np.array(rows, dtype=np.int32)


def test_a_shift_that_has_begun_takes_nobody_new() -> None:
    """A shift that starts before the plan may change is closed, but who is locked there stays."""
    given = replace(problem(), begin=781)
    report = checked(given, (0, LEAD_NOON), (2, NIGHT_POST))
    assert rules(report) == ["begun"]
    assert "781" in sentence(report)
    locked = replace(given, locked=pairs((0, LEAD_NOON)))
    assert rules(checked(locked, (0, LEAD_NOON), (2, NIGHT_POST))) == []
    assert rules(checked(replace(given, begin=780), (0, LEAD_NOON))) == []


@STRENGTHS
def test_insurance_counts_on_the_day_of_the_shift(strength: int) -> None:
    """Who is not insured on the first day may serve on the second."""
    insured = np.ones((4, 7), dtype=np.bool_)
    insured[1, 0] = False
    given = with_rules(with_people(problem(), insured=insured), insured=strength)
    assert kept(strength, "insured", checked(given, (1, ANY_NOON)))
    assert checked(given, (1, MORNING_POST)).violations == ()
    twice = checked(given, (1, ANY_NOON), (1, LEAD_NOON))
    assert twice.parts.rules == max(strength, 0)


@STRENGTHS
def test_the_eve_of_a_workday_is_spared_for_those_who_ask(strength: int) -> None:
    """Others may serve in that night, and they themselves in other nights."""
    given = with_people(problem(), spares_eve=np.array([False, False, True, False]))
    eve = np.zeros(6, dtype=np.bool_)
    eve[NIGHT] = True
    given = with_rules(replace(given, shifts=replace(given.shifts, workday_eve=eve)), workday_eve=strength)
    assert kept(strength, "workday_eve", checked(given, (2, NIGHT_POST), (3, NIGHT_POST), (2, SUNDAY_POST)))


@pytest.mark.parametrize(("strength", "parts"), [(HARD, 0), (0, 0), (7, 7 * (50 - 41))])
def test_reach_is_that_of_the_kind_and_costs_by_the_hundred_metres(strength: int, parts: int) -> None:
    """The far checkpoint lies 5,000 m away; its kind's reach is 4,199 m, the township's would be 6,000 m."""
    report = checked(with_kind(problem(), reach_m=4_199, reach=strength), (1, FAR_NOON))
    assert rules(report) == (["reach"] if strength == HARD else [])
    assert report.parts.rules == parts
    assert len(report.soft) == (parts > 0)


@pytest.mark.parametrize(("strength", "times"), [(HARD, 0), (0, 0), (POINTS, 2)])
def test_every_pair_of_duties_too_close_costs(strength: int, times: int) -> None:
    """Two gaps shorter than the rest are two breaks; overlap is never allowed, whatever the rest's strength."""
    given = with_rules(problem(), rest=strength, cap_day=9)
    given = with_people(given, cap_week=np.full(4, 9, dtype=np.int8))
    close = checked(given, (2, ANY_NOON), (2, NIGHT_POST), (2, MORNING_POST))
    assert rules(close) == (["rest", "rest"] if strength == HARD else [])
    assert (len(close.soft), close.parts.rules) == (times, times * POINTS)
    assert rules(checked(given, (2, NIGHT_POST), (2, SMALL_POST))) == ["overlap"]
    busy = replace(given, busy=pairs((2, 600, 700), (2, 1200, 1300), (2, 1900, 1901)))
    assert checked(busy, (2, ANY_NOON)).parts.rules == times * POINTS


@STRENGTHS
def test_days_in_a_row_count_over_duties_and_busy_time(strength: int) -> None:
    """Sunday before, Monday and Tuesday are three days; busy time alone is nobody's fault."""
    given = with_rules(problem(), consecutive=strength, consecutive_days=2, rest_min=0)
    given = replace(given, busy=pairs((2, -1440, -1430), (3, -9, -8), (3, 10, 11), (3, 1500, 1501), (3, 9000, 9001)))
    report = checked(given, (2, ANY_NOON), (2, MORNING_POST))
    assert kept(strength, "consecutive_days", report)
    if strength == HARD:
        assert "3 days in a row, day 0 to day 2" in sentence(report)
    assert checked(given, (3, SUNDAY_POST)).violations == ()
    off = checked(with_rules(given, consecutive_days=0), (2, ANY_NOON), (2, MORNING_POST))
    assert off.violations == off.soft == ()


@STRENGTHS
def test_nights_in_a_row_count_nights_alone(strength: int) -> None:
    """Two duties in the night on two days are two nights; a busy night ends a run that a busy noon does not."""
    given = with_rules(problem(), nights=strength, nights_in_row=1, rest_min=0)
    two = checked(given, (2, NIGHT_POST), (2, SMALL_POST))
    assert rules(two) == (["overlap", "nights_in_row"] if strength == HARD else ["overlap"])
    assert two.parts.rules == max(strength, 0)
    night = replace(given, busy=pairs((2, 1440 + 1320, 1440 + 1330)))
    assert kept(strength, "nights_in_row", checked(night, (2, NIGHT_POST)))
    noon = replace(given, busy=pairs((2, 1440 + 780, 1440 + 790)))
    assert checked(noon, (2, NIGHT_POST)).violations == checked(noon, (2, NIGHT_POST)).soft == ()


@STRENGTHS
def test_new_members_stand_beside_somebody_experienced(strength: int) -> None:
    """One new member alone breaks the rule, two do so once; somebody experienced in another seat mends it."""
    given = with_kind(with_people(problem(), novice=np.array([False, True, True, False])), novice=strength)
    assert kept(strength, "novice", checked(given, (1, ANY_NOON)))
    assert kept(strength, "novice", checked(given, (1, ANY_NOON), (2, ANY_NOON)))
    mended = checked(given, (1, ANY_NOON), (0, LEAD_NOON))
    assert mended.violations == mended.soft == ()


@STRENGTHS
def test_those_apart_are_not_in_one_patrol(strength: int) -> None:
    """At the same time at another checkpoint they may serve."""
    given = with_rules(replace(problem(), apart=pairs((0, 1), (0, 3))), apart=strength)
    assert kept(strength, "apart", checked(given, (0, LEAD_NOON), (1, ANY_NOON), (2, ANY_NOON)))
    assert checked(given, (0, LEAD_NOON), (1, FAR_NOON)).violations == ()


@STRENGTHS
def test_those_together_are_in_a_patrol_both_or_neither(strength: int) -> None:
    """Each patrol with one of them alone counts."""
    given = with_rules(replace(problem(), together=pairs((0, 1))), together=strength)
    both = checked(given, (0, LEAD_NOON), (1, ANY_NOON), (2, FAR_NOON))
    assert both.violations == both.soft == ()
    report = checked(given, (1, ANY_NOON))
    assert kept(strength, "together", report)
    if strength == HARD:
        assert "Bo and Ann must serve together" in sentence(report)
    assert len(checked(given, (0, FAR_NOON), (1, ANY_NOON)).violations) == (2 if strength == HARD else 0)


@pytest.mark.parametrize("strength", [0, POINTS])
def test_a_patrol_of_two_wishes_for_a_lead(strength: int) -> None:
    """One alone needs none, and a leader in any seat will do."""
    given = with_kind(problem(), lead=strength)
    assert kept(strength, "lead", checked(given, (1, ANY_NOON), (2, ANY_NOON), (3, SUNDAY_POST)))
    assert checked(given, (1, ANY_NOON), (0, ANY_NOON)).soft == ()


@pytest.mark.parametrize("strength", [0, POINTS])
def test_every_patrol_wishes_for_an_official(strength: int) -> None:
    """Where the problem knows of none, every patrol lacks one."""
    given = with_kind(problem(), official=strength)
    assert kept(strength, "official", checked(given, (1, ANY_NOON), (3, SUNDAY_POST)), 2)
    held = given.people.capability | np.array([[0], [2], [0], [0]], dtype=np.uint32)
    known = with_people(replace(given, capabilities=("leader", "official")), capability=held)
    assert kept(strength, "official", checked(known, (1, ANY_NOON), (2, ANY_NOON), (3, SUNDAY_POST)))


def test_a_locked_patrol_of_new_members_is_the_inputs_fault_until_the_plan_adds_to_it() -> None:
    """So is a locked pair; runs of days are the plan's fault only where it makes them longer."""
    novice = with_people(problem(), novice=np.array([False, True, True, False]))
    locked = replace(novice, locked=pairs((1, ANY_NOON)), together=pairs((0, 1)))
    report = checked(locked, (1, ANY_NOON))
    assert rules(report) == ["novice", "together"]
    assert report.own_violations == ()
    assert [v.rule for v in checked(locked, (1, ANY_NOON), (2, ANY_NOON)).own_violations] == ["novice"]
    days = with_rules(problem(), consecutive_days=1, rest_min=0)
    days = replace(days, locked=pairs((1, ANY_NOON), (1, MORNING_POST)))
    assert checked(days, (1, ANY_NOON), (1, MORNING_POST)).own_violations == ()
    assert rules(checked(days, (1, ANY_NOON), (1, MORNING_POST))) == ["consecutive_days"]


def test_visits_and_blind_hours_are_counted_from_the_first_minute_to_the_last() -> None:
    """Two visits of three; without anybody 0–13, 19–22 o'clock, and from 02:00 on the second day to the end."""
    demand = replace(
        problem().demand, visits=np.array([3, 0], dtype=np.int32), blind_hours=np.array([12, 0], dtype=np.int32)
    )
    given = replace(problem(), demand=demand)
    report = checked(given, (1, ANY_NOON), (0, LEAD_NOON), (2, NIGHT_POST))
    weights = given.weights
    assert report.parts.spread == weights.visit * 1 + weights.blind * ((13 - 12) + (7 * 24 - 26 - 12))
    assert checked(given).parts.spread == weights.visit * 3 + weights.blind * (7 * 24 - 12)


def test_turns_and_habits_cost() -> None:
    """Who waited three weeks goes before their turn by five; a squad of two at its old post counts twice."""
    waited = np.full((4, 4), 8, dtype=np.int8)
    waited[1, 0] = 3
    given = replace(with_people(problem(), waited=waited), habit=pairs((0, 1, 3), (1, 1, 9), (0, 6, 9)))
    report = checked(given, (0, LEAD_NOON), (1, ANY_NOON), (2, NIGHT_POST))
    assert report.parts.queue == given.weights.queue * 5
    assert report.parts.habit == given.weights.habit * 3 * 2


def test_every_sentence_is_complete_in_both_languages() -> None:
    """Hard or weighted, with numbers and names."""
    given = with_rules(problem(), rest=POINTS, cap_day=9, consecutive_days=1, nights_in_row=1)
    given = replace(given, apart=pairs((1, 2)), together=pairs((0, 1)), begin=1)
    report = checked(given, (1, ANY_DAWN), (1, ANY_NOON), (2, ANY_NOON), (2, NIGHT_POST), (2, MORNING_POST))
    told = [*report.violations, *report.soft]
    assert {violation.rule for violation in told} >= {"begun", "consecutive_days", "apart", "together", "rest"}
    for violation in told:
        assert all("{" not in render(violation.message, language) for language in ("zh", "en"))
