"""Rules on trial: what they would do to a week is counted as the engine says it, and nothing is written until saved."""

import random
from collections.abc import Sequence
from datetime import timedelta

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError, InvalidDataError
from patrol_desk.engine.plan import Plan as EnginePlan
from patrol_desk.engine.rules import RULES, Case
from patrol_desk.engine.settings import Override, defaults
from patrol_desk.messages import LANGUAGES, render
from patrol_desk.models import (
    Account,
    Assignment,
    AssignmentSource,
    PairKind,
    PersonPair,
    Plan,
    PlanState,
    PlanVersion,
    Role,
    VersionState,
)
from patrol_desk.services.rules import save_rules
from patrol_desk.services.settings.access import edit_refusal, export_refusal, import_refusal
from patrol_desk.services.settings.hits import COUNTED
from patrol_desk.services.settings.rules import example_of, read_rule_sheet
from patrol_desk.services.settings.trial import hold, open_trial, try_rules
from patrol_desk.services.undo import revert
from tests.helpers.tiny import CLOCK, MONDAY, WEEK, Tiny

VIEWER = Actor(None, "只读", Role.VIEWER)
Seat = tuple[str, str, str, int, bool]
"""Person, checkpoint, pattern, day of the week, leader."""


def planned(tiny: Tiny, seats: Sequence[Seat]) -> None:
    """Write a draft as it could only be made without rules."""
    plan = Plan(week=str(WEEK), state=PlanState.DRAFT)
    tiny.add(plan)
    version = PlanVersion(plan_id=plan.id, number=1, state=VersionState.DRAFT, made_at=CLOCK.now())
    tiny.add(version)
    tiny.add(
        *(
            Assignment(
                version_id=version.id,
                person_id=tiny.ids[person],
                checkpoint_id=tiny.ids[place],
                pattern_id=tiny.ids[pattern],
                on_date=MONDAY + timedelta(days=day),
                leader=leader,
                source=AssignmentSource.HAND,
            )
            for person, place, pattern, day, leader in seats
        )
    )


def wide(tiny: Tiny) -> list[Seat]:
    """Ask for two heads everywhere every day, and return every seat that somebody could hold."""
    asked = {("P1", "D", 0), ("P1", "D", 1), ("P2", "N", 4)}
    cells = [(place, pattern, day) for place in ("P1", "P2") for pattern in "DN" for day in range(7)]
    tiny.add(*(tiny.demand(*cell, desired=2) for cell in cells if cell not in asked))
    tiny.add(
        PersonPair(person_id=tiny.ids["A"], other_id=tiny.ids["B"], kind=PairKind.APART),
        PersonPair(person_id=tiny.ids["C"], other_id=tiny.ids["X"], kind=PairKind.TOGETHER),
    )
    return [(person, *cell, False) for person in "ABCXY" for cell in cells]


def test_counts_are_what_the_rules_say_of_each_duty(tiny: Tiny) -> None:
    """Over plans drawn at random and numbers of every size, each count is the duties that the engine's rule refuses."""
    draw = random.Random(5)
    planned(tiny, draw.sample(wide(tiny), 60))
    trial = open_trial(tiny.station, tiny.station.system_actor(), WEEK)
    seen: set[str] = set()
    for _ in range(12):
        changed = [
            Override("rest_minutes", None, "off", draw.choice((0, 480, 900, 2000))),
            Override("cap_day", None, None, draw.choice((1, 2, 3))),
            Override("consecutive_days", None, None, draw.choice((0, 2, 4))),
            Override("nights_in_row", None, "weighted", draw.choice((0, 1, 2))),
            Override("reach_m", None, None, draw.choice((100, 2000, 6000))),
            Override("novice_days", None, None, draw.choice((0, 730))),
            Override("leader", None, draw.choice(("off", "weighted"))),
        ]
        held = hold(trial, changed)
        problem, plan = held.week_problem.problem, EnginePlan(held.pairs)
        counts = held.counts()
        for code in COUNTED:
            if code == "official":
                continue  # no seat of this township knows such people: every patrol lacks them
            rule = next(each for each in RULES if each.id == defaults().rules[code].rule)
            cases = [Case(problem, plan, int(person), int(group)) for person, group in held.pairs]
            refused = [rule.sentence(case) is not None for case in cases]
            assert held.against[code].tolist() == refused, code
            assert counts[code, None] == sum(refused)
            seen.update([code] if any(refused) else [])
    assert {"rest_minutes", "cap_day", "consecutive_days", "nights_in_row", "reach_m", "apart", "leader"} <= seen


def test_a_trial_names_the_duties_and_writes_nothing(tiny: Tiny) -> None:
    """Eleven hours between two duties: twelve would refuse both, in the rule's own sentence, by shift."""
    planned(tiny, [("X", "P2", "N", 4, False), ("A", "P1", "D", 0, True), ("A", "P1", "D", 1, True)])
    chief = tiny.station.system_actor()
    trial = open_trial(tiny.station, chief, WEEK)
    assert (trial.number, trial.state, len(trial.seats)) == (1, "draft", 3)
    gap = Override("rest_minutes", None, "weighted", 1500)
    found = try_rules(tiny.station, chief, trial, [gap], ("rest_minutes", None))
    assert (found.now["rest_minutes", None], found.then["rest_minutes", None]) == (0, 2)
    assert [duty.person for duty in found.broken] == ["甲A", "甲A"]
    assert sum(found.by_shift.values()) == 2
    assert "25" in render(found.broken[0].sentence)
    assert render(found.broken[0].shift).startswith("周")
    assert read_rule_sheet(tiny.station, chief).stamps.keys() == {("reach_m", None)}
    kinds = try_rules(
        tiny.station, chief, trial, [Override("reach_m", "patrol_stop", None, 100)], ("reach_m", "patrol_stop")
    )
    assert kinds.then["reach_m", "patrol_stop"] == len(kinds.broken)
    assert try_rules(tiny.station, chief, trial, about=("load_weeks", None)).broken == ()


def test_sentences_name_people_and_shifts(tiny: Tiny) -> None:
    """Where a sentence holds a code, the roster's words stand in its place."""
    wide(tiny)
    planned(tiny, [("A", "P1", "D", 2, False), ("B", "P1", "D", 2, False)])
    chief = tiny.station.system_actor()
    trial = open_trial(tiny.station, chief, WEEK)
    apart = try_rules(tiny.station, chief, trial, (), ("apart", None))
    assert {render(duty.sentence) for duty in apart.broken} == {
        "与 甲B 不得同组，而 甲B 已在这一组", "与 甲A 不得同组，而 甲A 已在这一组",
    }  # fmt: skip
    insured = try_rules(tiny.station, chief, trial, (), ("insured", None))
    assert insured.now["insured", None] == len(insured.broken)


def test_a_week_without_a_plan_breaks_nothing(tiny: Tiny) -> None:
    """There is nothing to count, and nothing fails."""
    chief = tiny.station.system_actor()
    trial = open_trial(tiny.station, chief, WEEK)
    found = try_rules(tiny.station, chief, trial, [Override("cap_day", None, None, 2)])
    assert (trial.number, found.duties, found.lost) == (0, 0, 0)
    assert set(found.then.values()) == {0}


def test_several_rules_are_one_step(tiny: Tiny) -> None:
    """All are written or none; None gives a rule back to what lies beneath; one undo takes all back."""
    chief = tiny.station.system_actor()
    tiny.add(Account(code="zhou", display_name="周以恒", role=Role.CHIEF))
    zhou = Actor(tiny.ids["zhou"], "周以恒", Role.CHIEF)
    wrong = [Override("cap_day", None, None, 2), Override("rest_minutes", None, None, 9999)]
    with pytest.raises(InvalidDataError):
        save_rules(tiny.station, zhou, wrong)
    assert read_rule_sheet(tiny.station, chief).stamps.keys() == {("reach_m", None)}
    wanted = [
        Override("cap_day", None, None, 2),
        Override("reach_m"),
        Override("reach_m", "joint_gate", "weighted", 9000),
        Override("care_wish", None, None, 3),
    ]
    done = save_rules(tiny.station, zhou, wanted)
    numbers = {(line.rule.code, line.kind): (line.strength, line.number) for line in done.value.rules}
    assert numbers["cap_day", None] == ("hard", 2)
    assert numbers["reach_m", "joint_gate"] == ("weighted", 9000)
    assert next(level for level in done.value.levels if level.code == "care_wish").number == 3
    assert read_rule_sheet(tiny.station, chief).stamps["cap_day", None].by == "周以恒"
    revert(tiny.station, chief, done.patch)
    assert read_rule_sheet(tiny.station, chief).book.rules[2].number == 1
    with pytest.raises(ForbiddenError):
        save_rules(tiny.station, VIEWER, wanted)


def test_every_rule_speaks_and_roles_are_told(tiny: Tiny) -> None:
    """An example in both languages for each rule that can refuse somebody; what a role may not do is said before."""
    for code, rule in defaults().rules.items():
        example = example_of(code, rule.number)
        assert (example is not None) == (code in COUNTED), code
        if example is not None:
            assert all("{" not in render(example, language) for language in LANGUAGES)
    chief = tiny.station.system_actor()
    for refusal in (edit_refusal, import_refusal, export_refusal):
        told = refusal(VIEWER)
        assert refusal(chief) is None
        assert told is not None
        assert render(told)
