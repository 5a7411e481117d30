"""A rule's setting holds from a week on: weeks before keep theirs, what is to come is listed and can be withdrawn."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.weeks import Week
from patrol_desk.engine.explain.doctor import DataChange
from patrol_desk.engine.settings import Override, fault_of, in_force
from patrol_desk.messages import LANGUAGES, render
from patrol_desk.models import Rule, RuleStrength
from patrol_desk.services.planning.board import open_board
from patrol_desk.services.planning.doctor_writing import write_changes
from patrol_desk.services.rules import RuleLine, read_rules, reset_rule, save_rules, set_rule, withdraw_rule
from patrol_desk.services.settings.rules import read_rule_sheet
from patrol_desk.services.undo import revert
from patrol_desk.storage import bulk
from patrol_desk.storage.reads.settings import KINDS, read_settings
from tests.helpers.tiny import CLOCK, MONDAY, WEEK, Tiny

NOW = Week.of(CLOCK.now().date()).monday
LATER = MONDAY + timedelta(weeks=1)


def rest(tiny: Tiny, day: date) -> int:
    """Return the least rest in minutes that holds on a day."""
    with tiny.station.read() as session:
        return read_settings(session, day).rules.rest_min


def test_a_change_holds_from_its_week_on(tiny: Tiny) -> None:
    """The board of the week before is checked as before, that of the week by the new number; one undo takes it back."""
    chief = tiny.station.system_actor()
    done = save_rules(tiny.station, chief, [Override("rest_minutes", None, None, 660)], LATER)
    assert [rest(tiny, day) for day in (NOW, MONDAY, LATER - timedelta(days=1), LATER)] == [480, 480, 480, 660]
    boards = [open_board(tiny.station, chief, week) for week in (WEEK, Week.of(LATER))]
    assert [board.problem.rules.rest_min for board in boards] == [480, 660]
    (coming,) = done.value.coming
    assert isinstance(coming.line, RuleLine)
    assert (coming.since, coming.line.code, coming.line.number) == (LATER, "rest_minutes", 660)
    (line,) = [one for one in done.value.rules if one.code == "rest_minutes"]
    assert (line.number, line.is_set) == (480, False)
    assert ("rest_minutes", None) not in read_rule_sheet(tiny.station, chief).stamps
    revert(tiny.station, chief, done.patch)
    assert (rest(tiny, LATER), read_rules(tiny.station, chief).coming) == (480, ())


def test_what_holds_at_once_leaves_the_past_alone(tiny: Tiny) -> None:
    """Set this week, it holds this week and later; last week keeps what it had; a later change still comes."""
    chief = tiny.station.system_actor()
    tiny.add(Rule(code="rest_minutes", number=600))
    set_rule(tiny.station, chief, Override("rest_minutes", None, "weighted", since=LATER))
    set_rule(tiny.station, chief, Override("rest_minutes", None, None, 540))
    assert [rest(tiny, day) for day in (NOW - timedelta(days=1), NOW, MONDAY, LATER)] == [600, 540, 540, 600]
    sheet = read_rule_sheet(tiny.station, chief)
    assert sheet.week.monday == NOW
    assert [(one.since, getattr(one.line, "strength", "")) for one in sheet.book.coming] == [(LATER, "weighted")]
    reset_rule(tiny.station, chief, "rest_minutes")
    assert [rest(tiny, day) for day in (NOW - timedelta(days=1), NOW, LATER)] == [600, 480, 600]


def test_what_is_to_come_is_withdrawn(tiny: Tiny) -> None:
    """Of a rule, of a kind's own and of a level; what holds already cannot be; undo brings it back."""
    chief = tiny.station.system_actor()
    wanted = [
        Override("care_near", None, None, 3),
        Override("reach_m", "joint_gate", None, 9000),
        Override("cap_day", None, None, 2),
    ]
    book = save_rules(tiny.station, chief, wanted, LATER).value
    assert [one.line.code for one in book.coming] == ["reach_m", "cap_day", "care_near"]
    done = withdraw_rule(tiny.station, chief, "reach_m", "joint_gate", LATER)
    assert [one.line.code for one in done.value.coming] == ["cap_day", "care_near"]
    with tiny.station.read() as session:
        assert read_settings(session, LATER).rules.reach_of(KINDS.index("joint_gate")) == 6000
        assert read_settings(session, LATER).weights.near > read_settings(session, MONDAY).weights.near
    revert(tiny.station, chief, done.patch)
    assert len(read_rules(tiny.station, chief).coming) == 3
    set_rule(tiny.station, chief, Override("cap_day", None, None, 3))
    for code, since in (("cap_day", NOW), ("rest_minutes", LATER)):
        with pytest.raises(InvalidDataError) as refused:
            withdraw_rule(tiny.station, chief, code, None, since)
        assert refused.value.message.code == "settings.not_to_come"
        assert all(since.isoformat() in render(refused.value.message, language) for language in LANGUAGES)


def test_one_withdrawn_comes_back_with_what_holds_by_then(tiny: Tiny) -> None:
    """Stated again for the same week it is the same record, and says nothing of the number that was withdrawn."""
    chief = tiny.station.system_actor()
    set_rule(tiny.station, chief, Override("rest_minutes", None, None, 660, since=LATER))
    withdraw_rule(tiny.station, chief, "rest_minutes", None, LATER)
    set_rule(tiny.station, chief, Override("rest_minutes", None, "hint", since=LATER))
    with tiny.station.read() as session:
        rows = bulk.rows(session, Rule, ("since", "strength", "number", "ended_on"), where={"code": "rest_minutes"})
    assert rows == [(LATER, RuleStrength.HINT, None, None)]


def test_a_way_out_changes_rules_from_its_week_on(tiny: Tiny) -> None:
    """What the doctor relaxes for a week is not relaxed for the weeks before."""
    chief = tiny.station.system_actor()
    change = DataChange("rule", ("rest_minutes",), "number", 300)

    def no_edit() -> None:
        raise AssertionError

    with tiny.station.write(chief, "test.way") as unit:
        write_changes(unit, WEEK, [change], "", no_edit)  # type: ignore[arg-type]  # a rule asks for no edit
        unit.commit()
    assert [rest(tiny, day) for day in (NOW, MONDAY, LATER)] == [480, 300, 300]


def test_a_week_begins_on_monday(tiny: Tiny) -> None:
    """Another day is refused with the Monday that would be right, and nothing is written."""
    chief = tiny.station.system_actor()
    writes: tuple[Callable[[], object], ...] = (
        lambda: set_rule(tiny.station, chief, Override("rest_minutes", None, None, 660, since=LATER + timedelta(2))),
        lambda: reset_rule(tiny.station, chief, "rest_minutes", since=LATER + timedelta(2)),
        lambda: save_rules(tiny.station, chief, [Override("rest_minutes")], LATER + timedelta(2)),
    )
    for write in writes:
        with pytest.raises(InvalidDataError) as refused:
            write()
        assert all(LATER.isoformat() in render(refused.value.message, language) for language in LANGUAGES)
    assert read_rules(tiny.station, chief).coming == ()


WEEKS = st.integers(-6, 6).map(lambda number: MONDAY + timedelta(weeks=number))
STATED = st.builds(
    Override,
    st.sampled_from(["rest_minutes", "reach_m"]),
    st.sampled_from([None, "joint_gate"]),
    number=st.integers(100, 2000),
    since=st.none() | WEEKS,
)


@given(st.lists(STATED, max_size=12, unique_by=lambda one: (one.code, one.kind, one.since)), WEEKS)
def test_of_each_rule_the_latest_that_has_begun_holds(overrides: list[Override], day: date) -> None:
    """Each code and kind at most once, none of the future, none of which a later one has begun, whatever the order."""
    held = in_force(overrides, day)
    assert len({(one.code, one.kind) for one in held}) == len(held)
    for one in held:
        assert one.since is None or one.since <= day
        same = [other for other in overrides if (other.code, other.kind) == (one.code, one.kind)]
        begun = [other.since for other in same if other.since is not None and other.since <= day]
        assert one.since == max(begun, default=None)
    assert {(one.code, one.kind) for one in held} == {
        (one.code, one.kind) for one in overrides if one.since is None or one.since <= day
    }
    assert sorted(map(str, in_force(reversed(overrides), day))) == sorted(map(str, held))
    assert fault_of(Override("rest_minutes", since=day), KINDS) is None
