"""A stored week is repaired, explained and diagnosed; what the doctor proposes can be written and taken back."""

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from patrol_desk.__main__ import main
from patrol_desk.common.errors import InvalidDataError, PatrolError
from patrol_desk.engine.explain.doctor import DataChange
from patrol_desk.engine.plan import Certificate, Figures, Plan, SolveResult
from patrol_desk.models import ActivityClass, Availability, Leave, Person, PersonPause, Record, Rule
from patrol_desk.models import Certificate as Proof
from patrol_desk.services.planning.doctoring import take_way_out, ways_out_of_week
from patrol_desk.services.planning.draft import accept, prepare
from patrol_desk.services.planning.reasons import why_person
from patrol_desk.services.planning.repairing import repair_person
from patrol_desk.services.undo import revert
from patrol_desk.storage import queries
from tests.helpers.tiny import MONDAY, WEEK, Tiny, tiny_station

SHIFT = f"D@{MONDAY.isoformat()}"


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    """Give the tiny station with a plan of Monday."""
    return planned_tiny(tmp_path)


def planned_tiny(folder: Path) -> Tiny:
    """Return the tiny station with A leading and B at P1 on Monday; nobody on Tuesday or at P2."""
    tiny = tiny_station(folder)
    actor = tiny.station.system_actor()
    prepared = prepare(tiny.station, actor, WEEK)
    problem, groups = prepared.week_problem.problem, prepared.week_problem.groups
    where = (tiny.ids["P1"], tiny.ids["D"], MONDAY)
    rows = [[problem.people.ids.index("A"), groups[(*where, 0)]], [problem.people.ids.index("B"), groups[(*where, -1)]]]
    none = np.zeros(len(problem.demand.group_task), dtype=np.int32)
    figures = Figures(5, 2, 3, 0, False, 1, 0, 0, 0.0, 0.0, 1.0, 0.1, 0.1, 1.0, 1, 0, "moves")
    plan = Plan(np.array(sorted(rows), dtype=np.int32))
    accept(tiny.station, actor, prepared, SolveResult(plan, figures, Certificate(none, none)))
    return tiny


def record(tiny: Tiny, model: type[Record], **equal: object) -> Record | None:
    """Return one record as it is stored."""
    with tiny.station.read() as session:
        return queries.first(session, model, **equal)


def test_a_drop_out_is_answered_with_who_could_come(tiny: Tiny) -> None:
    """B leaves: C, X and Y are free, one change each; a leader leaves: only the deputy may come."""
    actor = tiny.station.system_actor()
    (hole,) = repair_person(tiny.station, actor, WEEK, "B")
    assert hole.needed
    assert len(hole.alternatives) == 3
    assert {found.changes for found in hole.alternatives} == {1}
    (hole,) = repair_person(tiny.station, actor, WEEK, "A", SHIFT)
    assert [found.moves[0].message.params["person"] for found in hole.alternatives] == ["C"]
    for person, shift in (("Q", None), ("Y", None), ("A", "N@2026-11-23")):
        with pytest.raises(PatrolError):
            repair_person(tiny.station, actor, WEEK, person, shift)


def test_a_duty_is_explained(tiny: Tiny) -> None:
    """A leads: of the two who may, with the reasons in words."""
    (duty,) = why_person(tiny.station, tiny.station.system_actor(), WEEK, "A")
    assert (duty.checkpoint, duty.shift, duty.able) == ("P1", SHIFT, 2)
    assert duty.reasons[0].params["person"] == "A"


def test_ways_out_are_found_written_and_taken_back(tiny: Tiny) -> None:
    """Nobody may serve on Friday night: those asked are written as available, and the gap can be filled."""
    with tiny.station.write(tiny.station.system_actor(), "test.change") as unit:
        night = tiny.ids["N"]
        for row in queries.many(unit.session, Availability, pattern_id=night):
            row.friday = 0
        unit.commit()
    actor = tiny.station.system_actor()
    found = ways_out_of_week(tiny.station, actor, WEEK, [0])
    way, opened = found.ways
    assert found.together is not None
    assert (way.step.rule, way.effect, found.together.filled) == ("availability", 1, 1)
    assert (opened.step.rule, opened.effect) == ("open", 1)
    assert [(each.needed, each.able, each.missing) for each in found.deficits] == [(1, 0, 1)]
    with pytest.raises(InvalidDataError):
        ways_out_of_week(tiny.station, actor, WEEK, [2])
    done = take_way_out(tiny.station, actor, WEEK, way.changes)
    assert done.value == 1
    assert ways_out_of_week(tiny.station, actor, WEEK).ways == ()
    revert(tiny.station, actor, done.patch)
    assert len(ways_out_of_week(tiny.station, actor, WEEK).ways) == 2


def test_every_kind_of_change_is_written(tiny: Tiny) -> None:
    """Caps, classes, proofs, times, leave and rules: each in its table, all in one step."""
    tiny.add(tiny.leave("X", MONDAY, MONDAY + timedelta(days=4)), tiny.leave("Y", MONDAY, MONDAY))
    tiny.add(tiny.certificate("A", "AID", None, date(2026, 1, 31)))
    actor = tiny.station.system_actor()
    wednesday = (MONDAY + timedelta(days=2)).isoformat()
    changes = [
        DataChange("person", ("A",), "weekly_cap", 4),
        DataChange("person", ("B", "C"), "activity_class", "monthly"),
        DataChange("certificate", ("A", "B"), "skill", "AID"),
        DataChange("availability", ("A",), "shift", f"N@{wednesday}"),
        DataChange("leave", ("X",), "shift", f"D@{wednesday}"),
        DataChange("leave", ("Y",), "shift", SHIFT),
        DataChange("rule", ("reach_m",), "number", 7000),
        DataChange("rule", ("reach_m", "fixed_post"), "number", 8000),
        DataChange("rule", ("apart",), "strength", "weighted"),
    ]
    done = take_way_out(tiny.station, actor, WEEK, changes)
    assert done.value == 11
    a, b = tiny.ids["A"], tiny.ids["B"]
    person, other = record(tiny, Person, id=a), record(tiny, Person, id=b)
    assert isinstance(person, Person)
    assert isinstance(other, Person)
    assert (person.weekly_cap, other.activity_class) == (4, ActivityClass.MONTHLY)
    proofs = [record(tiny, Proof, person_id=who) for who in (a, b)]
    assert all(isinstance(proof, Proof) and proof.issued_on == MONDAY and proof.expires_on is None for proof in proofs)
    with tiny.station.read() as session:
        rest = queries.many(session, Leave, "first_on", person_id=tiny.ids["X"])
        assert [((leave.first_on - MONDAY).days, (leave.last_on - MONDAY).days) for leave in rest] == [(0, 1), (3, 4)]
        assert queries.many(session, Leave, person_id=tiny.ids["Y"]) == []
        numbers = {(rule.code, rule.checkpoint_kind): rule.number for rule in queries.many(session, Rule)}
    assert sorted(number for (code, _), number in numbers.items() if code == "reach_m" and number) == [7000, 8000]
    revert(tiny.station, actor, done.patch)
    person = record(tiny, Person, id=a)
    assert isinstance(person, Person)
    assert person.weekly_cap == 3
    with tiny.station.read() as session:
        assert len(queries.many(session, Leave, person_id=tiny.ids["Y"])) == 1


def test_a_leave_is_shortened_at_either_end(tiny: Tiny) -> None:
    """Its first day, and its last."""
    tiny.add(tiny.leave("X", MONDAY, MONDAY + timedelta(days=4)))
    actor = tiny.station.system_actor()
    for day in (0, 4, 6):
        name = (MONDAY + timedelta(days=day)).isoformat()
        take_way_out(tiny.station, actor, WEEK, [DataChange("leave", ("X",), "shift", f"D@{name}")])
    leave = record(tiny, Leave, person_id=tiny.ids["X"])
    assert isinstance(leave, Leave)
    assert ((leave.first_on - MONDAY).days, (leave.last_on - MONDAY).days) == (1, 3)


def test_a_day_is_taken_out_of_a_pause(tiny: Tiny) -> None:
    """Who is paused until further notice comes on one day, and is paused again from the next."""
    tiny.add(PersonPause(person_id=tiny.ids["X"], from_on=MONDAY, until_on=None, reason="出差"))
    tiny.add(PersonPause(person_id=tiny.ids["Y"], from_on=MONDAY, until_on=MONDAY, reason="出差"))
    actor = tiny.station.system_actor()
    wednesday = (MONDAY + timedelta(days=2)).isoformat()
    changes = [DataChange("leave", ("X",), "shift", f"D@{wednesday}"), DataChange("leave", ("Y",), "shift", SHIFT)]
    done = take_way_out(tiny.station, actor, WEEK, changes)
    assert done.value == 2
    with tiny.station.read() as session:
        rest = queries.many(session, PersonPause, "from_on", person_id=tiny.ids["X"])
        assert [(row.from_on, row.until_on) for row in rest] == [
            (MONDAY, MONDAY + timedelta(days=1)), (MONDAY + timedelta(days=3), None),
        ]  # fmt: skip
        assert queries.many(session, PersonPause, person_id=tiny.ids["Y"]) == []
    revert(tiny.station, actor, done.patch)
    with tiny.station.read() as session:
        assert [row.until_on for row in queries.many(session, PersonPause, person_id=tiny.ids["X"])] == [None]


@pytest.mark.parametrize(
    "change",
    [
        DataChange("person", ("Q",), "weekly_cap", 4),
        DataChange("certificate", ("A",), "skill", "ZZ"),
        DataChange("availability", ("A",), "shift", f"Z@{MONDAY.isoformat()}"),
    ],
)
def test_what_is_gone_is_named_and_nothing_written(tiny: Tiny, change: DataChange) -> None:
    """A person, a skill, a shift."""
    first = DataChange("person", ("A",), "weekly_cap", 6)
    with pytest.raises(InvalidDataError):
        take_way_out(tiny.station, tiny.station.system_actor(), WEEK, [first, change])
    person = record(tiny, Person, id=tiny.ids["A"])
    assert isinstance(person, Person)
    assert person.weekly_cap == 3


def test_the_command_line_says_all_of_it(tiny: Tiny, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In words and as figures, in both languages."""
    with tiny.station.write(tiny.station.system_actor(), "test.change") as unit:
        for row in queries.many(unit.session, Availability, pattern_id=tiny.ids["N"]):
            row.friday = 0
        unit.commit()
    tiny.station.close()
    base = ["--db", str(tmp_path / "小站.db"), "--week", str(WEEK)]

    def said(*argv: str) -> str:
        assert main([*argv, *base]) == 0
        return capsys.readouterr().out

    repair = ("repair", "--from", "2026-11-23T00:00", "--person", "B")
    assert "只改一处" in said(*repair)
    assert "One change" in said(*repair, "--lang", "en")
    assert len(json.loads(said(*repair, "--json"))["holes"][0]["alternatives"]) == 3
    assert "排第 1" in said("why", "--person", "A")
    assert json.loads(said("why", "--person", "A", "--json"))["duties"][0]["able"] == 2
    assert "询问 1 人次" in said("ways-out")
    assert "fills 1" in said("ways-out", "--lang", "en")
    found = json.loads(said("ways-out", "--choose", "1", "--apply", "--json"))
    assert (found["together"], found["written"], len(found["ways"])) == (1, 1, 2)
    assert json.loads(said("ways-out", "--json"))["ways"] == []
    assert "一并可补" not in said("ways-out")
