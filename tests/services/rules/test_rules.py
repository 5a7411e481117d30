"""Rules are listed in words, changed one at a time, and every change can be taken back."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from patrol_desk.__main__ import main
from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError, InvalidDataError
from patrol_desk.common.weeks import Week
from patrol_desk.engine.settings import defaults
from patrol_desk.messages import LANGUAGES, render
from patrol_desk.models import AuditEntry, Role, Rule, Skill
from patrol_desk.services.rules import Override, RuleLine, read_rules, reset_rule, set_rule, withdraw_rule
from patrol_desk.services.station import Station
from patrol_desk.services.undo import revert
from patrol_desk.storage import bulk
from patrol_desk.storage.reads.settings import KINDS, read_settings
from tests.helpers.tiny import CLOCK, MONDAY, Tiny


def chief(tiny: Tiny) -> Actor:
    """Return who may do everything."""
    return tiny.station.system_actor()


def line(tiny: Tiny, code: str, kind: str | None = None) -> RuleLine:
    """Return a rule as it holds."""
    rules = read_rules(tiny.station, chief(tiny)).rules
    return next(each for each in rules if (each.rule.code, each.kind) == (code, kind))


def test_every_rule_and_level_is_listed_in_words(tiny: Tiny) -> None:
    """What holds and how it is called, in both languages; the tiny township sets its reach, to the default."""
    book = read_rules(tiny.station, chief(tiny))
    assert [each.rule.code for each in book.rules] == list(defaults().rules)
    assert [each.rule.code for each in book.rules if each.is_set] == ["reach_m"]
    assert [level.code for level in book.levels] == list(defaults().levels)
    for language in LANGUAGES:
        for each in book.rules:
            assert render(each.name, language)
            assert each.unit_word is None or render(each.unit_word, language)
        assert all(render(choice, language) for level in book.levels for choice in level.choices.values())
    assert [render(choice) for choice in book.levels[0].choices.values()] == ["一般", "很在意", "最在意"]


def test_a_rule_is_changed_and_taken_back(tiny: Tiny) -> None:
    """The change is in force at once, in the log, and undone as any other step."""
    done = set_rule(tiny.station, chief(tiny), Override("rest_minutes", None, "weighted", 660))
    assert done.changes.by_kind.keys() == {"rule"}
    assert (line(tiny, "rest_minutes").strength, line(tiny, "rest_minutes").number) == ("weighted", 660)
    with tiny.station.read() as session:
        rules = read_settings(session, MONDAY).rules
        actions = [row[0] for row in bulk.rows(session, AuditEntry, ("action",), order_by=("number",))]
    assert (rules.rest, rules.rest_min) == (defaults().rules["rest_minutes"].points, 660)
    assert "rule.set" in actions
    again = revert(tiny.station, chief(tiny), done.patch)
    assert (line(tiny, "rest_minutes").strength, line(tiny, "rest_minutes").number) == ("hard", 480)
    revert(tiny.station, chief(tiny), again.patch)
    assert line(tiny, "rest_minutes").number == 660


def test_a_kind_has_its_own_until_it_is_put_back(tiny: Tiny) -> None:
    """What is left out stays; back to the default means what the township says."""
    set_rule(tiny.station, chief(tiny), Override("reach_m", "joint_gate", number=9000))
    set_rule(tiny.station, chief(tiny), Override("reach_m", "joint_gate", "weighted"))
    own = line(tiny, "reach_m", "joint_gate")
    assert (own.strength, own.number, own.is_set) == ("weighted", 9000, True)
    assert line(tiny, "reach_m").number == 6000
    book = reset_rule(tiny.station, chief(tiny), "reach_m", "joint_gate").value
    own = next(each for each in book.rules if each.kind == "joint_gate")
    assert (own.strength, own.number, own.is_set) == ("hard", 6000, False)
    assert not reset_rule(tiny.station, chief(tiny), "apart").patch


def test_a_retired_rule_comes_back_when_it_is_set(tiny: Tiny) -> None:
    """There is one record for a code, kind and week, whatever becomes of it."""
    week = Week.of(CLOCK.now().date())
    tiny.add(Rule(code="cap_day", number=2, ended_on=CLOCK.now().date(), since=week.monday))
    assert line(tiny, "cap_day").number == 1
    set_rule(tiny.station, chief(tiny), Override("cap_day", number=3))
    assert line(tiny, "cap_day").number == 3
    with tiny.station.read() as session:
        assert len(bulk.rows(session, Rule, ("id",), where={"code": "cap_day"})) == 1


def test_how_much_is_cared_about_is_a_number_with_a_word(tiny: Tiny) -> None:
    """Most: every weight of the level counts four times."""
    book = set_rule(tiny.station, chief(tiny), Override("care_near", number=3)).value
    level = next(each for each in book.levels if each.code == "care_near")
    assert (level.number, level.is_set, render(level.word)) == (3, True, "最在意")
    with tiny.station.read() as session:
        assert read_settings(session, MONDAY).weights.near == 4 * defaults().weights.near


@pytest.mark.parametrize(
    ("code", "kind", "strength", "number"),
    [("reach", None, None, 1), ("cap_day", "joint_gate", None, 2), ("cap_day", None, "off", None),
     ("care_near", None, None, 9)],
)  # fmt: skip
def test_what_cannot_be_right_is_refused(
    tiny: Tiny, code: str, kind: str | None, strength: str | None, number: int | None
) -> None:
    """Nothing is written, and the message names the rule."""
    with pytest.raises(InvalidDataError) as caught:
        set_rule(tiny.station, chief(tiny), Override(code, kind, strength, number))
    assert code in render(caught.value.message)
    with tiny.station.read() as session:
        assert bulk.rows(session, Rule, ("code",)) == [("reach_m",)]
    with pytest.raises(InvalidDataError):
        reset_rule(tiny.station, chief(tiny), "reach")


def test_a_viewer_reads_and_does_not_write(tiny: Tiny) -> None:
    """Rules are data: who may edit data may edit them."""
    viewer = Actor(None, "只读", Role.VIEWER)
    assert read_rules(tiny.station, viewer).levels
    writes: tuple[Callable[[], object], ...] = (
        lambda: set_rule(tiny.station, viewer, Override("apart")),
        lambda: reset_rule(tiny.station, viewer, "apart"),
        lambda: withdraw_rule(tiny.station, viewer, "apart", None, MONDAY),
    )
    for write in writes:
        with pytest.raises(ForbiddenError):
            write()


def test_asking_for_officials_brings_the_kind_of_seat(tiny: Tiny) -> None:
    """A patrol that must have an officer has a seat for one, kept as any seat for a skill; it is added once."""
    for strength in ("off", "weighted", "hard"):
        set_rule(tiny.station, chief(tiny), Override("official", "joint_gate", strength))
    with tiny.station.read() as session:
        assert bulk.rows(session, Skill, ("code",), order_by=("code",)) == [("AID",), ("official",)]
        assert read_settings(session, MONDAY).need_official == {"joint_gate"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_lists_and_changes(tmp_path: Path, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    """As a script sees it: one line a rule, and one rule changed and put back."""
    path = tmp_path / "站.db"
    Station.create(path, None, clock=CLOCK).close()
    base = ["--db", str(path), "--lang", language]
    assert main(["rules", *base]) == 0
    listed = capsys.readouterr().out
    assert all(f"{code}" in listed for code in (*defaults().rules, *defaults().levels))
    assert main(["rules", "reach_m", "--kind", KINDS[2], "--number", "8000", *base]) == 0
    assert "8000" in capsys.readouterr().out
    assert main(["rules", "--json", *base]) == 0
    rules = json.loads(capsys.readouterr().out)["rules"]
    assert [rule["number"] for rule in rules if rule["code"] == "reach_m"] == [6000, 8000]
    assert main(["rules", "reach_m", "--kind", KINDS[2], "--default", *base]) == 0
    assert "8000" not in capsys.readouterr().out
    assert main(["rules", "reach_m", "--number", "1", *base]) != 0
    assert "200000" in capsys.readouterr().err
