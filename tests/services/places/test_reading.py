"""Lists and details of places show what is stored, and where things lie to each other."""

from datetime import timedelta

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import ForbiddenError, InvalidDataError
from patrol_desk.models import AttendanceState, CheckpointStatus, Role
from patrol_desk.services.finding.keys import matches
from patrol_desk.services.places import (
    list_muster_points,
    list_places,
    move_checkpoint,
    muster_detail,
    place_choices,
    place_detail,
    retire_muster_point,
    township_stock,
    update_checkpoint,
)
from tests.helpers.tiny import MONDAY, WEEK, Tiny
from tests.services.places.plans import plan


def test_the_list_holds_what_its_columns_show(ground: Tiny, chief: Actor) -> None:
    """Sums of a week and the community's name."""
    update_checkpoint(ground.station, chief, ground.ids["P1"], 1, {"community_id": ground.ids["C1"]})

    rows = list_places(ground.station, chief)

    assert [(row.code, row.name, row.community, row.tier) for row in rows] == [
        ("P1", "石桥市场", "石桥社区", 1),
        ("P2", "石桥桥头", "", 2),
    ]
    assert [(row.minimum, row.desired) for row in rows] == [(4, 4), (1, 2)]


@pytest.mark.parametrize("typed", ["石桥市", "sqsc", "shiqiaoshi", "p1", "1", "shichang", "石桥社区"])
def test_typing_finds_a_checkpoint(ground: Tiny, chief: Actor, typed: str) -> None:
    """By name, pinyin, initials, code and community."""
    update_checkpoint(ground.station, chief, ground.ids["P1"], 1, {"community_id": ground.ids["C1"]})
    row = list_places(ground.station, chief)[0]

    assert matches(typed, row.search)


def test_an_auditor_does_not_read_places(ground: Tiny) -> None:
    """Reading asks for the permission."""
    with pytest.raises(ForbiddenError):
        list_places(ground.station, Actor(None, "审计员", Role.AUDITOR))


def test_the_grid_has_a_cell_for_every_pattern_and_weekday(ground: Tiny, chief: Actor) -> None:
    """Those without demand too; the leader's seat comes first."""
    detail = place_detail(ground.station, chief, ground.ids["P1"])

    assert [pattern.name for pattern in detail.patterns] == ["早班", "夜班"]
    assert len(detail.cells) == 14
    asked = {cell.key: [(seat.leader, seat.minimum, seat.desired) for seat in cell.seats] for cell in detail.cells}
    assert asked[ground.ids["D"], 0] == [(True, 1, 1), (False, 1, 1)]
    assert asked[ground.ids["N"], 0] == []


def test_surroundings_are_measured_in_metres(ground: Tiny, chief: Actor) -> None:
    """Nearest first; what is out of sight is not on the sketch."""
    detail = place_detail(ground.station, chief, ground.ids["P1"])

    assert (detail.musters[0].code, detail.musters[0].metres) == ("A1", 512)
    assert detail.musters[-1].code == "A3", "far away, but known"
    assert detail.sketch is not None
    assert [name for name, _ in detail.sketch.communities] == ["石桥社区"]
    assert [len(kind) for kind in (detail.sketch.main_roads, detail.sketch.roads, detail.sketch.rivers)] == [1, 1, 1]
    assert [(dot.code, round(dot.east), round(dot.north)) for dot in detail.sketch.checkpoints] == [("P2", 1024, 0)]
    assert [dot.code for dot in detail.sketch.musters] == ["A1"]


def test_a_place_without_coordinates_has_no_sketch_and_no_distances(ground: Tiny, chief: Actor) -> None:
    """Nothing is guessed."""
    update_checkpoint(ground.station, chief, ground.ids["P1"], 1, {"lon": "", "lat": ""})

    detail = place_detail(ground.station, chief, ground.ids["P1"])
    bare = muster_detail(ground.station, chief, ground.ids["A2"])

    assert (detail.lon, detail.sketch, detail.musters) == (None, None, ())
    assert (bare.sketch, bare.served, bare.stock, bare.teams) == (None, (), (), ())


def test_the_squads_of_the_last_four_weeks_have_their_shares(ground: Tiny, chief: Actor) -> None:
    """Who was absent, somewhere else, long ago or in no squad does not count."""
    late = {"state": AttendanceState.LATE}
    ground.add(
        ground.served("A", "P1", "D", MONDAY - timedelta(days=2)),
        ground.served("B", "P1", "D", MONDAY - timedelta(days=9), **late),
        ground.served("C", "P1", "D", MONDAY - timedelta(days=2)),
        ground.served("X", "P1", "D", MONDAY - timedelta(days=2), state=AttendanceState.ABSENT),
        ground.served("Y", "P1", "D", MONDAY - timedelta(days=60)),
        ground.served("Y", "P2", "D", MONDAY - timedelta(days=2)),
        ground.person("Z"),
    )
    ground.add(ground.served("Z", "P1", "D", MONDAY - timedelta(days=2)))

    squads = place_detail(ground.station, chief, ground.ids["P1"]).squads

    assert [(share.name, share.duties, share.colour) for share in squads] == [("石桥队", 2, 0), ("榕树队", 1, 1)]
    assert sum(share.share for share in squads) == pytest.approx(1)


def test_the_planned_week_says_how_each_shift_stands(ground: Tiny, chief: Actor) -> None:
    """Without a plan nothing is said."""
    assert place_detail(ground.station, chief, ground.ids["P1"], WEEK).planned == ()
    tuesday = MONDAY + timedelta(days=1)
    plan(
        ground,
        WEEK,
        [("A", "P1", "D", MONDAY, True), ("B", "P1", "D", MONDAY, False), ("C", "P1", "D", tuesday, False)],
    )

    detail = place_detail(ground.station, chief, ground.ids["P1"], WEEK)

    assert detail.week == "2026-W48"
    assert [(cell.on_date, cell.heads, cell.minimum, cell.short) for cell in detail.planned] == [
        (MONDAY, 2, 2, 0),
        (tuesday, 1, 2, 1),
    ]


def test_the_life_line_knows_when_a_status_was_reached(ground: Tiny, chief: Actor) -> None:
    """As noted with the change; what was never noted is told from the log's before and after."""
    today = station_today(ground.station.clock)
    move_checkpoint(ground.station, chief, ground.ids["P1"], 1, CheckpointStatus.SUSPENDED, today, "修路")

    detail = place_detail(ground.station, chief, ground.ids["P1"])
    reached = {step.status: (step.on, step.coming) for step in detail.life}

    assert reached[CheckpointStatus.ACTIVE] == reached[CheckpointStatus.SUSPENDED] == (today, False)
    assert reached[CheckpointStatus.CLOSED] == (None, False)
    assert [(change.status, change.on, change.reason, change.by) for change in detail.changes] == [
        (CheckpointStatus.SUSPENDED, today, "修路", "所长"),
    ]


def test_a_place_that_is_gone_is_said_to_be_gone(ground: Tiny, chief: Actor) -> None:
    """In words, not as a fault of the program."""
    with pytest.raises(InvalidDataError, match=r"places\.gone"):
        place_detail(ground.station, chief, "nobody")
    with pytest.raises(InvalidDataError, match=r"places\.gone"):
        muster_detail(ground.station, chief, "nobody")


def test_a_muster_point_shows_its_stock_teams_and_what_it_serves(ground: Tiny, chief: Actor) -> None:
    """Members of today, checkpoints within two kilometres, the township's stock beside its own."""
    rows = list_muster_points(ground.station, chief)
    detail = muster_detail(ground.station, chief, ground.ids["A1"])

    assert [(row.code, row.teams, row.kinds, row.pieces) for row in rows] == [
        ("A1", ("先莞一队",), 2, 16),
        ("A2", (), 0, 0),
        ("A3", (), 1, 5),
    ]
    assert detail.id == ground.ids["A1"]
    assert matches("先莞", rows[0].search)
    assert [(item.name, item.quantity, item.township) for item in detail.stock] == [
        ("对讲机", 12, 17),
        ("急救包", 4, 4),
    ]
    assert [(team.name, team.members) for team in detail.teams] == [("先莞一队", 2)]
    assert {near.code for near in detail.served} == {"P1", "P2"}
    assert detail.sketch is not None
    assert [dot.code for dot in detail.sketch.musters] == [], "itself is the middle, the other is far"


def test_the_townships_stock_is_the_sum_of_all_muster_points(ground: Tiny, chief: Actor) -> None:
    """By name; what most places hold comes first, and a retired place's stock does not count."""
    stock = township_stock(ground.station, chief)
    assert [(item.name, item.quantity, item.places) for item in stock] == [("对讲机", 17, 2), ("急救包", 4, 1)]
    retire_muster_point(ground.station, chief, ground.ids["A3"], 1)
    assert township_stock(ground.station, chief)[0].quantity == 12


def test_forms_offer_what_is_in_force(ground: Tiny, chief: Actor) -> None:
    """Communities and grid cells by name."""
    choices = place_choices(ground.station, chief)

    assert [choice.text for choice in choices.communities] == ["石桥社区", "远山社区", "未画社区"]
    assert [choice.text for choice in choices.grid_cells] == ["石桥第一网格"]
    assert place_detail(ground.station, chief, ground.ids["P1"]).id == ground.ids["P1"]
