"""The index follows the database."""

from datetime import date, timedelta

from patrol_desk.common.actor import Actor
from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.clock import station_today
from patrol_desk.models import (
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
from patrol_desk.services.finding.build import build_index, update_index
from patrol_desk.services.finding.entries import FindKind
from patrol_desk.services.finding.index import FindIndex
from patrol_desk.storage import queries
from tests.helpers.tiny import Tiny


def one(index: FindIndex, typed: str) -> str:
    """Return the title of the one thing found."""
    (hit,) = index.search(typed)
    return hit.entry.title


def test_everything_is_in_it(tiny: Tiny, chief: Actor) -> None:
    """People with squad and masked telephone, places, squads with leader and size, teams, muster points."""
    tiny.add(MusterPoint(code="A1", name="党群中心"))
    tiny.add(ResponseTeam(code="XG-1", name="先莞一队", muster_point_id=tiny.ids["A1"]))
    tiny.add(
        TeamMembership(
            person_id=tiny.ids["B"], team_id=tiny.ids["XG-1"], role=SquadRole.LEADER, from_on=date(2026, 1, 1)
        )
    )
    index = build_index(tiny.station, chief)
    by_code = {item.entry.code: item.entry for item in index.items}
    assert by_code["A"].phone == "138****2046"
    assert by_code["A"].place == "石桥队"
    assert (by_code["S1"].members, by_code["S1"].leader) == (2, "甲A")
    assert by_code["S1"].leader_id == tiny.ids["A"]
    assert by_code["S1"].colour == by_code["A"].colour
    assert (by_code["XG-1"].members, by_code["XG-1"].leader, by_code["XG-1"].place) == (1, "甲B", "党群中心")
    assert by_code["P1"].kind is FindKind.CHECKPOINT
    assert by_code["A1"].kind is FindKind.MUSTER_POINT
    assert "13800002046" not in repr(by_code["A"])
    assert {hit.entry.code for hit in index.search("@2046")} == set("ABCXY")


def test_a_place_is_found_with_the_status_of_today(tiny: Tiny, chief: Actor) -> None:
    """One that is active only from a later day on, or was until an earlier one, is not called active."""
    today = station_today(tiny.station.clock)
    with tiny.station.write(chief, "test") as unit:
        first, second = queries.many(unit.session, Checkpoint, "code")
        first.first_on, second.last_on = today + timedelta(days=3), today - timedelta(days=3)
        unit.commit()
    states = {item.entry.code: item.entry.state for item in build_index(tiny.station, chief).items}
    assert (states["P1"], states["P2"]) == ("planned", "closed")


def test_who_may_not_see_people_finds_none(tiny: Tiny) -> None:
    """An auditor finds places and squads, no names."""
    index = build_index(tiny.station, Actor(None, "审计", Role.AUDITOR))
    assert {item.entry.kind for item in index.items} == {FindKind.CHECKPOINT, FindKind.SQUAD}
    assert {item.entry.leader for item in index.items} == {""}


def test_what_changed_is_read_anew(tiny: Tiny, chief: Actor) -> None:
    """After each kind of change the updated index equals one built anew."""
    index = build_index(tiny.station, chief)

    def change(model: type, kind: str, code: str, **values: object) -> None:
        nonlocal index
        with tiny.station.write(chief, "test") as unit:
            record = queries.first(unit.session, model, code=code)
            for name, value in values.items():
                setattr(record, name, value)
            changes = unit.commit()
        assert kind in changes.by_kind
        index = update_index(tiny.station, chief, index, changes)
        assert index.items == build_index(tiny.station, chief).items

    change(Person, "person", "B", name="欧阳海")
    assert one(index, "ouyh") == "欧阳海"
    change(Person, "person", "A", name="单小明")
    assert one(index, "#石桥市") == "石桥市场"
    change(Squad, "squad", "S1", name="榕树二队")
    change(Person, "person", "B", ended_on=date(2026, 11, 1))
    assert index.search("ouyh") == []


def test_memberships_and_places_are_read_anew(tiny: Tiny, chief: Actor) -> None:
    """Who changes squads shows the new one; a new community shows at its places."""
    index = build_index(tiny.station, chief)
    with tiny.station.write(chief, "test") as unit:
        held = queries.first(unit.session, SquadMembership, person_id=tiny.ids["B"])
        assert held is not None
        held.squad_id = tiny.ids["S2"]
        unit.session.add(Community(code="441900121001", name="石桥社区"))
        changes = unit.commit()
    fresh = update_index(tiny.station, chief, index, changes)
    assert fresh.items == build_index(tiny.station, chief).items
    assert fresh.items != index.items


def test_many_changes_read_the_kind_anew(tiny: Tiny, chief: Actor) -> None:
    """A change set without ids means everything of the kind; what nobody can find changes nothing."""
    index = build_index(tiny.station, chief)
    assert update_index(tiny.station, chief, index, ChangeSet.of("person")).items == index.items
    assert update_index(tiny.station, chief, index, ChangeSet.of("checkpoint")).items == index.items
    assert update_index(tiny.station, chief, index, ChangeSet.of("squad_membership")).items == index.items
    assert update_index(tiny.station, chief, index, ChangeSet.of("rule")) is index
