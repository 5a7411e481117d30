"""One file holds every default; what a township sets goes over it, and what cannot be right is named."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.engine.settings import STRENGTHS, Override, defaults, fault_of, resolve
from patrol_desk.engine.strengths import HARD, KindRules, Rules
from patrol_desk.engine.weights import Weights
from patrol_desk.messages import LANGUAGES, render

KINDS = ("fixed_post", "patrol_stop", "joint_gate", "temporary_duty")


def test_the_file_and_the_engine_have_the_same_defaults() -> None:
    """A problem that says nothing of rules and weights is planned as a township that sets nothing."""
    settings = resolve()
    assert settings.rules == Rules()
    assert settings.weights == defaults().weights == Weights()
    assert resolve(kinds=KINDS).rules == Rules(kinds=tuple(KindRules(name=kind) for kind in KINDS))
    assert not settings.need_leader | settings.need_official


def test_every_weight_but_those_of_coverage_belongs_to_one_level() -> None:
    """Minimum and desired heads come first whatever is cared about; everything else hangs on one slider."""
    named = sorted(name for level in defaults().levels.values() for name in level.weights)
    assert named == sorted(field.name for field in fields(Weights) if field.name not in {"minimum", "desired"})


def test_defaults_are_within_their_own_limits() -> None:
    """Each default is what a township could set itself."""
    for rule in defaults().rules.values():
        assert fault_of(Override(rule.code, None, rule.strength, rule.number), KINDS) is None
        assert set(rule.allowed) <= set(STRENGTHS)
        assert rule.points > 0 or "weighted" not in rule.allowed


def test_strength_and_number_of_a_kind_come_before_the_townships() -> None:
    """The reach of patrol stops differs; the others keep the township's."""
    rules = resolve(
        [
            Override("reach_m", None, "weighted", 5000),
            Override("reach_m", "patrol_stop", None, 9000),
            Override("reach_m", "joint_gate", "hard"),
        ],
        KINDS,
    ).rules
    points = defaults().rules["reach_m"].points
    assert [rules.reach_of(kind) for kind in range(4)] == [5000, 9000, 5000, 5000]
    assert [kind.reach for kind in rules.kinds] == [points, points, HARD, points]


def test_strengths_become_points() -> None:
    """Hard, weighted and off, as a problem holds them."""
    rules = resolve(
        [Override("rest_minutes", strength="weighted", number=660), Override("insured", strength="off")]
    ).rules
    assert (rules.rest, rules.rest_min, rules.insured) == (defaults().rules["rest_minutes"].points, 660, 0)
    assert resolve([Override("novice_days", "joint_gate", "off")], KINDS).rules.kinds[2].novice == 0


def test_leaders_and_officials_who_must_be_there_are_named_by_kind() -> None:
    """The hard form reserves seats, so the problem's own strength is 0; the weighted form has points."""
    settings = resolve([Override("leader", strength="weighted"), Override("official", "joint_gate", "hard")], KINDS)
    assert [kind.lead for kind in settings.rules.kinds] == [defaults().rules["leader"].points] * 4
    assert [kind.official for kind in settings.rules.kinds] == [0] * 4
    assert settings.need_official == {"joint_gate"}
    assert resolve([Override("leader", strength="hard")], KINDS).need_leader == set(KINDS)


def test_cared_about_more_is_worth_more() -> None:
    """Every weight of the level grows by the word's factor; the rest stays."""
    weights = resolve([Override("care_fairness", number=3), Override("care_near", number=2)]).weights
    usual = Weights()
    assert weights == replace(
        usual, load=usual.load * 4, load_class=(40, 160, 160, 160), queue=usual.queue * 4, near=usual.near * 2
    )


@pytest.mark.parametrize(
    ("override", "code"),
    [
        (Override("reach"), "settings.unknown"),
        (Override("reach_m", "castle"), "settings.unknown_kind"),
        (Override("rest_minutes", "joint_gate", number=480), "settings.not_by_kind"),
        (Override("novice_days", "joint_gate", number=30), "settings.not_by_kind"),
        (Override("care_near", "joint_gate", number=2), "settings.not_by_kind"),
        (Override("cap_day", strength="off"), "settings.strength"),
        (Override("rest_minutes", strength="strict"), "settings.strength"),
        (Override("care_near", strength="hard"), "settings.strength"),
        (Override("rest_minutes", number=-1), "settings.number"),
        (Override("insured", number=3), "settings.number"),
        (Override("care_wish", number=4), "settings.number"),
        (Override("rest_minutes", who="mayor"), "settings.who"),
        (Override("insured", who="chief"), "settings.who"),
        (Override("reach_m", "joint_gate", who="chief"), "settings.not_by_kind"),
        (Override("cap_day", number=2, since=date(2026, 12, 1)), "settings.since"),
    ],
)
def test_what_cannot_be_right_is_named(override: Override, code: str) -> None:
    """The message says which rule, which value, and what would be right, in both languages."""
    with pytest.raises(InvalidDataError) as caught:
        resolve([override], KINDS)
    message = caught.value.message
    assert message.code == code
    assert str(message.params["place"]).startswith(override.code)
    assert all(override.code in render(message, language) for language in LANGUAGES)


def test_a_rule_is_set_once() -> None:
    """Twice the same code and kind is no order in which one could win."""
    with pytest.raises(InvalidDataError) as caught:
        resolve([Override("apart", strength="off"), Override("apart", strength="hard")])
    assert caught.value.message.code == "settings.twice"


CODES = st.sampled_from([*defaults().rules, *defaults().levels, "nonsense"])
OVERRIDES = st.builds(
    Override,
    CODES,
    st.none() | st.sampled_from([*KINDS, "castle"]),
    st.none() | st.sampled_from([*STRENGTHS, ""]),
    st.none() | st.integers(-(2**40), 2**40) | st.integers(0, 100),
)


@given(st.lists(OVERRIDES, max_size=6))
def test_anything_is_either_settled_or_refused(overrides: list[Override]) -> None:
    """No override makes a plan of wrong rules: it is in force, or it is named."""
    faults = [fault for override in overrides if (fault := fault_of(override, KINDS)) is not None]
    if faults or len({(override.code, override.kind) for override in overrides}) < len(overrides):
        with pytest.raises(InvalidDataError) as refused:
            resolve(overrides, KINDS)
        assert refused.value.message.code.startswith("settings.")
        return
    settings = resolve(overrides, KINDS)
    assert settings.numbers["cap_day"] >= 1
    for override in overrides:
        if override.kind is None and override.number is not None and override.code in settings.numbers:
            assert settings.numbers[override.code] == override.number
