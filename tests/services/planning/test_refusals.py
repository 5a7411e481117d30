"""Why not: graded for one person, by first rule for everybody; both say the same of hard rules."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from patrol_desk.__main__ import main
from patrol_desk.common.errors import PatrolError
from patrol_desk.messages import LANGUAGES, render
from patrol_desk.models import Availability, Person, Rule
from patrol_desk.services.planning.refusals import why_nobody, why_not
from patrol_desk.storage import queries
from tests.helpers.tiny import MONDAY, WEEK, Tiny
from tests.services.planning.test_ways_out import planned_tiny

DAY = f"D@{MONDAY.isoformat()}"
TUESDAY = f"D@{(MONDAY + timedelta(days=1)).isoformat()}"


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    """Give the township in which X may not come, lives too far away and has no duty left; Y would rather not."""
    tiny = planned_tiny(tmp_path)
    with tiny.station.write(tiny.station.system_actor(), "test.change") as unit:
        person = queries.first(unit.session, Person, code="X")
        assert person is not None
        person.weekly_cap, person.home_lon = 0, 114.5
        for code, value in (("X", 0), ("Y", 1)):
            row = queries.first(unit.session, Availability, person_id=tiny.ids[code], pattern_id=tiny.ids["D"])
            assert row is not None
            row.tuesday = value
        rule = queries.first(unit.session, Rule, code="reach_m")
        assert rule is not None
        unit.commit()
    return tiny


def test_all_rules_against_somebody_are_told_graded(tiny: Tiny) -> None:
    """What forbids comes first, then warnings, then notes; each with its code and sentence."""
    actor = tiny.station.system_actor()
    found = why_not(tiny.station, actor, WEEK, "X", "P1", TUESDAY)
    assert {each.rule for each in found if each.severity == "block"} == {"availability", "reach", "week_cap"}
    warned = why_not(tiny.station, actor, WEEK, "Y", "P1", TUESDAY)
    grades = [each.severity for each in warned]
    assert "block" not in grades
    assert "avoid" in {each.rule for each in warned if each.severity == "warn"}
    assert grades == sorted(grades, key=["block", "warn", "note"].index)
    assert all(render(each.message, language) for each in (*found, *warned) for language in LANGUAGES)


def test_of_a_cell_everybody_is_told_by_the_first_rule(tiny: Tiny) -> None:
    """The seats of Tuesday: a leader's, and one for anybody; hard rules are those that one person is told."""
    actor = tiny.station.system_actor()
    seats = why_nobody(tiny.station, actor, WEEK, "P1", TUESDAY)
    by_kind = {seat.capability: seat for seat in seats}
    assert dict(by_kind["leader"].counts) == {"availability": 1, "skill": 2}
    assert (by_kind["leader"].able, by_kind[""].able) == (2, 4)
    (x,) = by_kind[""].people
    assert (x.code, x.name, x.rules) == ("X", "甲X", ("availability", "reach", "week_cap"))
    assert all(render(reason, language) for seat in seats for reason in seat.reasons for language in LANGUAGES)
    (full,) = [seat for seat in why_nobody(tiny.station, actor, WEEK, "P1", DAY) if seat.capability == ""]
    assert (full.able, {who.code for who in full.people}) == (2, {"X"})


@pytest.mark.parametrize(
    ("checkpoint", "shift"), [("P9", DAY), ("P1", "Z@2026-11-23"), ("P2", DAY), ("P1", "D@2026-12-30")]
)
def test_a_seat_that_is_not_there_is_named(tiny: Tiny, checkpoint: str, shift: str) -> None:
    """Checkpoint, shift, or nobody asked for."""
    actor = tiny.station.system_actor()
    with pytest.raises(PatrolError) as caught:
        why_nobody(tiny.station, actor, WEEK, checkpoint, shift)
    assert all(render(caught.value.message, language) for language in LANGUAGES)


def test_nobody_of_that_code_is_named(tiny: Tiny) -> None:
    """A person."""
    with pytest.raises(PatrolError):
        why_not(tiny.station, tiny.station.system_actor(), WEEK, "Q", "P1", DAY)


def test_the_command_line_says_both(tiny: Tiny, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In words and as figures."""
    tiny.station.close()
    base = ["--db", str(tmp_path / "小站.db"), "--week", str(WEEK), "--checkpoint", "P1", "--shift", TUESDAY]

    def said(*argv: str) -> str:
        assert main(["why-not", *argv, *base]) == 0
        return capsys.readouterr().out

    assert "不可" in said("--person", "X")
    assert "warn" in said("--person", "Y", "--lang", "en")
    assert {each["severity"] for each in json.loads(said("--person", "X", "--json"))["against"]} >= {"block"}
    assert "还可排 4 人" in said()
    figures = json.loads(said("--json"))
    assert {seat["capability"]: seat["able"] for seat in figures["seats"]} == {"leader": 2, "": 4}
