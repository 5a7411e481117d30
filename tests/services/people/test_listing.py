"""The list of people says of everybody what a duty officer looks for."""

from datetime import date

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.errors import ForbiddenError
from patrol_desk.common.ids import new_id
from patrol_desk.models import (
    Assignment,
    AssignmentSource,
    PersonStatus,
    Plan,
    PlanState,
    PlanVersion,
    ResponseTeam,
    Role,
    SquadRole,
    TeamMembership,
    VersionState,
)
from patrol_desk.services.finding.keys import matcher
from patrol_desk.services.people import (
    Cell,
    PersonRow,
    changed_people,
    list_people,
    people_choices,
    set_availability,
)
from tests.helpers.tiny import MONDAY, WEEK, Tiny


def rows(tiny: Tiny, actor: Actor) -> dict[str, PersonRow]:
    """Return code → row of everybody."""
    return {row.code: row for row in list_people(tiny.station, actor, WEEK)}


def test_names_are_found_by_all_that_people_type(tiny: Tiny, chief: Actor) -> None:
    """Chinese, pinyin with every reading of the surname, initials, code and last digits find a person."""
    tiny.add(tiny.person("YJ1047", name="曾静怡", phone="13811112046"))
    row = rows(tiny, chief)["YJ1047"]
    for query in ("曾静", "zengjingyi", "cengjy", "zjy", "yj1047", "1047", "2046"):
        assert matcher(query)(row.search), query
    assert not matcher("1111")(row.search)
    assert row.sort_name == "zeng jing yi"
    assert row.phone == "138****2046"
    assert "13811112046" not in repr(row)


def test_a_row_tells_squad_team_skills_and_hours(tiny: Tiny, chief: Actor) -> None:
    """Everything is as of the station's day, Sunday 22 November."""
    team = ResponseTeam(id=new_id(), code="T1", name="先莞一队")
    tiny.add(team)
    tiny.add(
        TeamMembership(person_id=tiny.ids["A"], team_id=team.id, role=SquadRole.LEADER, from_on=date(2026, 1, 1)),
        tiny.certificate("A", "AID", None, date(2026, 12, 20)),
        tiny.certificate("B", "AID", None, date(2026, 11, 21)),
        tiny.certificate("C", "AID", date(2026, 11, 23), None),
        tiny.leave("B", date(2026, 11, 20), date(2026, 11, 28)),
        tiny.leave("C", date(2026, 12, 1), date(2026, 12, 2)),
        tiny.leave("X", date(2026, 12, 20), date(2026, 12, 22)),
        tiny.served("A", "P1", "D", date(2026, 11, 2)),
        tiny.served("A", "P1", "D", date(2026, 11, 9)),
        tiny.served("A", "P1", "D", date(2026, 10, 1)),
    )
    found = rows(tiny, chief)
    one = found["A"]
    assert one.squad is not None
    assert (one.squad.name, one.role, one.team_id, one.team) == ("石桥队", SquadRole.LEADER, team.id, "先莞一队")
    assert [skill.mark for skill in one.skills] == ["急"]
    assert (one.expires_on, one.minutes, one.cap) == (date(2026, 12, 20), 480, 3)
    assert not one.expired(date(2026, 11, 22))
    assert (found["B"].skills, found["B"].expired(date(2026, 11, 22))) == ((), True)
    assert (found["C"].skills, found["C"].expires_on) == ((), None)
    assert found["B"].leave == (date(2026, 11, 20), date(2026, 11, 28))
    assert found["C"].leave == (date(2026, 12, 1), date(2026, 12, 2))
    assert found["X"].leave is None
    assert one.free == (1 << 14) - 1
    assert not one.retired
    colours = {row.squad.code: row.squad.colour for row in found.values() if row.squad}
    assert len(set(colours.values())) == 2


def test_duties_are_those_of_the_newest_version(tiny: Tiny, chief: Actor) -> None:
    """A draft in the works counts, not what it is going to replace."""
    plan = Plan(id=new_id(), week=str(WEEK), state=PlanState.DRAFT)
    tiny.add(plan)
    for number, state, people in ((1, VersionState.DRAFT, "AB"), (2, VersionState.DRAFT, "A")):
        version = PlanVersion(
            id=new_id(), plan_id=plan.id, number=number, state=state, made_at=tiny.station.clock.now(), published_by=""
        )
        tiny.add(version)
        tiny.add(
            *(
                Assignment(
                    version_id=version.id, person_id=tiny.ids[person], checkpoint_id=tiny.ids["P1"],
                    pattern_id=tiny.ids["D"], on_date=MONDAY, source=AssignmentSource.HAND,
                )
                for person in people
            )
        )  # fmt: skip
    found = rows(tiny, chief)
    assert (found["A"].duties, found["B"].duties) == (1, 0)


def test_retired_people_stay_on_the_list_and_are_marked(tiny: Tiny, chief: Actor) -> None:
    """Inactive people and ended records are both retired."""
    tiny.add(tiny.person("Z1", status=PersonStatus.INACTIVE), tiny.person("Z2", ended_on=date(2026, 1, 1), phone=None))
    found = rows(tiny, chief)
    assert found["Z1"].retired
    assert (found["Z2"].retired, found["Z2"].phone, found["Z2"].squad) == (True, "", None)


def test_a_view_that_knows_what_changed_reads_only_that(tiny: Tiny, chief: Actor) -> None:
    """The rows of some people are those of the whole list."""
    whole = rows(tiny, chief)
    some = list_people(tiny.station, chief, WEEK, [tiny.ids["B"], tiny.ids["X"]])
    assert [row.code for row in some] == ["B", "X"]
    assert all(whole[row.code] == row for row in some)


def test_a_change_names_the_people_it_touches(tiny: Tiny, chief: Actor) -> None:
    """Few records: their owners' rows; many, gone or general ones: the whole list again."""
    done = set_availability(tiny.station, chief, tiny.ids["B"], [Cell(tiny.ids["D"], 0, 2, 3)])
    found = changed_people(tiny.station, chief, WEEK, done.changes | ChangeSet.of("person", [tiny.ids["A"]]))
    assert found is not None
    assert [row.code for row in found] == ["A", "B"]
    for changes in (
        ChangeSet.of("leave", ["gone"]),
        ChangeSet.of("person"),
        ChangeSet.of("squad", [tiny.ids["S1"]]),
        ChangeSet.of("person", (str(n) for n in range(500))),
    ):
        assert changed_people(tiny.station, chief, WEEK, changes) is None
    assert changed_people(tiny.station, chief, WEEK, ChangeSet.of("rule", ["x"])) == ()


def test_choices_are_those_in_force(tiny: Tiny, chief: Actor) -> None:
    """Dissolved squads are not offered; patterns come in the order of the day."""
    choices = people_choices(tiny.station, chief)
    assert [squad.code for squad in choices.squads] == ["S1", "S2"]
    assert [pattern.code for pattern in choices.patterns] == ["D", "N"]
    assert [skill.name for skill in choices.skills] == ["急救"]
    assert choices.today == date(2026, 11, 22)


def test_reading_needs_the_permission(tiny: Tiny) -> None:
    """The auditor reads no people."""
    auditor = Actor(None, "审计", Role.AUDITOR)
    with pytest.raises(ForbiddenError):
        list_people(tiny.station, auditor, WEEK)
    with pytest.raises(ForbiddenError):
        people_choices(tiny.station, auditor)
