"""Squads and response teams: their need and vacancies, transfers with their effect, roles, opening and closing."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, ForbiddenError, InvalidDataError
from patrol_desk.models import (
    Assignment,
    Checkpoint,
    Community,
    MusterPoint,
    Person,
    ResponseTeam,
    Role,
    Squad,
    SquadMembership,
    SquadRole,
    TeamMembership,
)
from patrol_desk.services.people import person_detail, retire_people
from patrol_desk.services.people.squads import (
    LEAD,
    NIGHT,
    GroupLine,
    GroupText,
    close_group,
    create_group,
    effect_of,
    group_detail,
    list_groups,
    next_group_code,
    set_role,
    set_team,
    transfer,
    update_group,
)
from patrol_desk.services.undo import revert
from patrol_desk.storage import bulk, queries
from tests.helpers.tiny import MONDAY, WEEK, Tiny

Plot = Callable[[str], str]
TODAY = date(2026, 11, 22)
TOMORROW = MONDAY


def group(tiny: Tiny, actor: Actor, code: str) -> GroupLine:
    """Return a group's line by its code."""
    return next(line for line in list_groups(tiny.station, actor, WEEK) if line.code == code)


def at_home(tiny: Tiny, *squads: str) -> None:
    """Let squads and both checkpoints be of one community."""
    tiny.add(Community(code="V1", name="石桥村"))
    with tiny.station.write(tiny.station.system_actor(), "test.home") as unit:
        for model, codes in ((Squad, squads), (Checkpoint, ("P1", "P2"))):
            for code in codes:
                found = queries.first(unit.session, model, code=code)
                assert found is not None
                vars(type(found))["community_id"].__set__(found, tiny.ids["V1"])
        unit.commit()


def team(tiny: Tiny) -> None:
    """Add a response team with A as its leader."""
    tiny.add(MusterPoint(code="Z1", name="所部", lon=113.75, lat=22.90))
    tiny.add(ResponseTeam(code="T1", name="先莞一队", muster_point_id=tiny.ids["Z1"], strength=3))
    tiny.add(
        TeamMembership(person_id=tiny.ids["A"], team_id=tiny.ids["T1"], role=SquadRole.LEADER, from_on=date(2026, 1, 1))
    )


def snapshot(tiny: Tiny) -> dict[str, list[tuple[object, ...]]]:
    """Return everything that is written of groups and people, without versions."""
    with tiny.station.read() as session:
        return {
            model.__tablename__: bulk.rows(
                session, model, [c.name for c in bulk.table_of(model).c if c.name not in {"row_version", "changed_at"}]
            )
            for model in (Person, Squad, ResponseTeam, SquadMembership, TeamMembership, Assignment)
        }


def test_a_squad_needs_its_share_of_its_communitys_demand(tiny: Tiny, chief: Actor) -> None:
    """Two leaders' seats and one night seat a week, split by duties a week and put into heads."""
    at_home(tiny, "S1", "S2")
    tiny.add(tiny.certificate("A", "AID", None, None), tiny.certificate("B", "AID", None, date(2026, 11, 1)))
    tiny.add(tiny.demand("P2", "N", 5, skill_id=tiny.ids["AID"], minimum=10))
    one, two = group(tiny, chief, "S1"), group(tiny, chief, "S2")
    assert (one.source, one.members, two.members, one.leaders, two.deputies) == ("demand", 2, 3, ("甲A",), ("甲C",))
    levels = {level.key: (level.have, level.need) for level in one.levels}
    # Of 15 duties a week S1 has 6: 10 first-aid seats · 6/15 ÷ 3 a head = 1.33 -> 2 heads; 11 night seats -> 2.
    assert levels == {tiny.ids["AID"]: (1, 2), NIGHT: (2, 2), LEAD: (1, 1)}
    assert [level.short for level in one.levels] == [1, 0, 0]
    assert {level.key: level.need for level in two.levels} == {tiny.ids["AID"]: 2, NIGHT: 3, LEAD: 1}


def test_without_demand_at_home_the_weeks_duties_tell(tiny: Tiny, chief: Actor, draft: Plot) -> None:
    """No community: what members hold in the plan; no plan either: nothing is said."""
    assert (group(tiny, chief, "S1").source, group(tiny, chief, "S1").level(LEAD)) == (
        "", group(tiny, chief, "S1").levels[1],
    )  # fmt: skip
    assert all(level.need is None for level in group(tiny, chief, "S1").levels)
    version = draft("A")
    tiny.add(
        Assignment(
            version_id=version, person_id=tiny.ids["B"], checkpoint_id=tiny.ids["P2"], pattern_id=tiny.ids["N"],
            on_date=MONDAY, leader=True, source="hand",
        )
    )  # fmt: skip
    line = group(tiny, chief, "S1")
    assert line.source == "duties"
    assert {level.key: level.need for level in line.levels} == {NIGHT: 1, LEAD: 1}


def test_a_transfer_is_told_in_numbers_and_does_what_it_told(tiny: Tiny, chief: Actor, draft: Plot) -> None:
    """Both squads before and after, the way from home; from tomorrow on; duties stay; undo restores every row."""
    draft("XA")
    before = snapshot(tiny)
    tiny_card = group_detail(tiny.station, chief, "squad", tiny.ids["S2"], WEEK)
    card = next(card for card in tiny_card.members if card.row.code == "C")
    source, target = tiny_card.line, group(tiny, chief, "S1")
    leaving, coming = effect_of(source, [card], []), effect_of(target, [], [card])
    assert (leaving.before, leaving.after, coming.before, coming.after) == (3, 2, 2, 3)
    assert {change.level.key: change.after for change in leaving.changes} == {NIGHT: 2, LEAD: 0}
    assert {change.level.key: change.after for change in coming.changes} == {NIGHT: 3}
    assert (coming.metres, card.metres) == (0, leaving.metres)
    assert 900 < (card.metres or 0) < 1100
    done = transfer(tiny.station, chief, [card.id, tiny.ids["X"]], "squad", tiny.ids["S1"])
    assert (done.value.people, done.value.from_on, done.value.affected.drafts) == (2, TOMORROW, 1)
    assert (group(tiny, chief, "S1").members, group(tiny, chief, "S2").members) == (4, 1)
    found = person_detail(tiny.station, chief, card.id, WEEK)
    assert (found.squad and found.squad.code) == "S2"
    assert [(row.code, row.from_on, row.until_on) for row in found.memberships] == [
        ("S1", TOMORROW, None), ("S2", date(2026, 1, 1), TODAY),
    ]  # fmt: skip
    moved = group_detail(tiny.station, chief, "squad", tiny.ids["S1"], WEEK)
    assert [one.row.code for one in moved.members if one.from_on == TOMORROW] == ["C", "X"]
    assert snapshot(tiny)["assignment"] == before["assignment"]
    revert(tiny.station, chief, done.patch)
    assert snapshot(tiny) == before


def test_what_comes_with_a_skill_nobody_had_is_told(tiny: Tiny, chief: Actor) -> None:
    """A skill that the target has not yet stands in the effect; a transfer out of everything is one, too."""
    tiny.add(tiny.certificate("X", "AID", None, None))
    card = next(
        one for one in group_detail(tiny.station, chief, "squad", tiny.ids["S2"], WEEK).members if one.row.code == "X"
    )
    effect = effect_of(group(tiny, chief, "S1"), [], [card])
    assert [(change.level.name, change.after, change.short) for change in effect.changes][-1] == ("急救", 1, 0)
    assert effect_of(group(tiny, chief, "S1"), [], [card, card]).metres is None
    done = transfer(tiny.station, chief, [card.id], "squad", None)
    assert done.value.people == 1
    detail = group_detail(tiny.station, chief, "squad", tiny.ids["S1"], WEEK)
    assert ([one.row.code for one in detail.free], detail.free_total, detail.free[0].role) == (["X"], 1, None)


def test_response_teams_have_members_of_their_own(tiny: Tiny, chief: Actor) -> None:
    """A team's members keep their squad; vacancies count to full strength; nobody is in two teams."""
    team(tiny)
    line = group(tiny, chief, "T1")
    assert (line.kind, line.place, line.members, line.vacancies, line.source) == ("team", "所部", 1, 2, "")
    transfer(tiny.station, chief, [tiny.ids["B"]], "team", tiny.ids["T1"])
    detail = group_detail(tiny.station, chief, "team", tiny.ids["T1"], WEEK)
    assert [(card.row.code, card.role) for card in detail.members] == [
        ("A", SquadRole.LEADER), ("B", SquadRole.MEMBER),
    ]  # fmt: skip
    assert [stay.until_on for stay in detail.stays] == [None, None]
    assert detail.founded_on == date(2026, 1, 1)
    tiny.add(ResponseTeam(code="T2", name="先莞二队"))
    assert set_team(tiny.station, chief, [tiny.ids["B"]], tiny.ids["T2"], from_on=TOMORROW).value == 1
    assert group(tiny, chief, "T1").members == 1
    assert transfer(tiny.station, chief, [tiny.ids["A"], tiny.ids["C"]], "team", None).value.people == 1
    assert (group(tiny, chief, "T1").members, group(tiny, chief, "T2").vacancies) == (0, 0)
    with pytest.raises(ConcurrentChangeError):
        transfer(tiny.station, chief, [tiny.ids["A"]], "team", "gone")


def test_a_new_leader_makes_the_old_one_deputy(tiny: Tiny, chief: Actor) -> None:
    """One leads; who is not in the squad gets no role; undo restores every row."""
    before = snapshot(tiny)
    done = set_role(tiny.station, chief, "squad", tiny.ids["S1"], tiny.ids["B"], SquadRole.LEADER)
    assert done.value == (tiny.ids["A"],)
    line = group(tiny, chief, "S1")
    assert (line.leaders, line.deputies) == (("甲B",), ("甲A",))
    with pytest.raises(ConcurrentChangeError):
        set_role(tiny.station, chief, "squad", tiny.ids["S1"], tiny.ids["X"], SquadRole.DEPUTY)
    revert(tiny.station, chief, done.patch)
    assert snapshot(tiny) == before
    team(tiny)
    assert set_role(tiny.station, chief, "team", tiny.ids["T1"], tiny.ids["A"], SquadRole.DEPUTY).value == ()
    assert group(tiny, chief, "T1").deputies == ("甲A",)


def test_groups_are_made_and_changed(tiny: Tiny, chief: Actor) -> None:
    """The next code, a name, a strength; what is wrong says what would be right; a stale edit is refused."""
    code = next_group_code(tiny.station, chief, "squad")
    assert (code, next_group_code(tiny.station, chief, "team")) == ("S3", "")
    made = create_group(tiny.station, chief, "squad", GroupText(" S3 ", "新围队", strength=12)).value
    line = group(tiny, chief, "S3")
    assert (line.id, line.name, line.strength, line.vacancies, line.members) == (made, "新围队", 12, 12, 0)
    update_group(tiny.station, chief, "squad", made, GroupText("S3", "新围一队"), seen=line.row_version)
    assert (group(tiny, chief, "S3").name, group(tiny, chief, "S3").strength) == ("新围一队", None)
    with pytest.raises(ConcurrentChangeError):
        update_group(tiny.station, chief, "squad", made, GroupText("S3", "旧"), seen=line.row_version)
    for text, said in (
        (GroupText("S4", " "), "people.group_name"),
        (GroupText("S 4", "四队"), "people.group_code"),
        (GroupText("S1", "四队"), "people.group_code_taken"),
        (GroupText("S4", "四队", strength=0), "people.group_strength"),
    ):
        with pytest.raises(InvalidDataError) as told:
            create_group(tiny.station, chief, "squad", text)
        assert told.value.message.code == said
    with pytest.raises(ForbiddenError):
        create_group(tiny.station, Actor(None, "只读", Role.VIEWER), "squad", GroupText("S4", "四队"))
    create_group(tiny.station, chief, "team", GroupText("T1", "先莞一队", strength=8))
    assert group(tiny, chief, "T1").vacancies == 8


def test_a_closed_group_leaves_its_members_without_one(tiny: Tiny, chief: Actor, draft: Plot) -> None:
    """Today is their last day; duties are counted and stay; undo restores every row."""
    draft("AB")
    team(tiny)
    before = snapshot(tiny)
    transferred = transfer(tiny.station, chief, [tiny.ids["X"]], "squad", tiny.ids["S1"])
    done = close_group(tiny.station, chief, "squad", tiny.ids["S1"])
    assert (done.value.people, done.value.affected.drafts) == (3, 2)
    found = person_detail(tiny.station, chief, tiny.ids["A"], WEEK)
    assert found.memberships[0].until_on == TODAY
    assert person_detail(tiny.station, chief, tiny.ids["X"], WEEK).memberships[0].code == "S2"
    assert "S1" not in {line.code for line in list_groups(tiny.station, chief, WEEK)}
    for again in (
        lambda: close_group(tiny.station, chief, "squad", tiny.ids["S1"]),
        lambda: group_detail(tiny.station, chief, "squad", tiny.ids["S1"], WEEK),
    ):
        with pytest.raises(ConcurrentChangeError):
            again()
    revert(tiny.station, chief, done.patch)
    revert(tiny.station, chief, transferred.patch)
    assert snapshot(tiny) == before
    assert close_group(tiny.station, chief, "team", tiny.ids["T1"]).value.people == 1


def test_a_page_tells_certificates_hours_and_usual_places(tiny: Tiny, chief: Actor) -> None:
    """The soonest to run out first; retired people are not counted; homes unknown come last."""
    tiny.add(
        tiny.certificate("A", "AID", None, date(2026, 12, 20)),
        tiny.certificate("B", "AID", None, date(2026, 12, 1)),
        tiny.served("A", "P1", "D", date(2026, 11, 17)),
        tiny.person("N1", home_lon=None),
        tiny.person("N2", home_lon=113.8),
    )
    detail = group_detail(tiny.station, chief, "squad", tiny.ids["S1"], WEEK)
    assert [(row.name, row.skill, row.expires_on) for row in detail.certificates] == [
        ("甲B", "急救", date(2026, 12, 1)), ("甲A", "急救", date(2026, 12, 20)),
    ]  # fmt: skip
    assert (detail.minutes, detail.places, detail.today) == (240, ("市场",), TODAY)
    assert [(card.row.code, card.metres is None) for card in detail.free] == [("N2", False), ("N1", True)]
    retire_people(tiny.station, chief, [tiny.ids["B"]], "迁出")
    assert group(tiny, chief, "S1").members == 1
    assert timedelta(days=1) == TOMORROW - TODAY
