"""A week on the map: marks as on the board, what lies where, what is found, and the card's facts."""

from datetime import timedelta

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError
from patrol_desk.models import (
    AuditEntry,
    Checkpoint,
    CheckpointKind,
    CheckpointStatus,
    Community,
    EquipmentItem,
    MapFeature,
    MapFeatureKind,
    MusterPoint,
    ResponseTeam,
    Role,
)
from patrol_desk.services.map import MapWeek, find_places, home_density, note_map, post_card, read_map
from patrol_desk.services.map.projection import Plane
from patrol_desk.services.planning import edits
from patrol_desk.services.planning.board import CellState
from patrol_desk.storage import bulk, queries
from tests.helpers.boards import Desk
from tests.helpers.cells import FRIDAY_NIGHT, MONDAY_DAY
from tests.helpers.tiny import Tiny

ONE_DAY = timedelta(days=1)
BOX = [[113.74, 22.88], [113.78, 22.88], [113.78, 22.92], [113.74, 22.92]]


@pytest.fixture
def desk(tiny: Tiny) -> Desk:
    """Give the five people's week on some ground: A leads on Monday, X stands alone on Friday night."""
    tiny.add(
        Community(code="C1", name="石桥社区", boundary=BOX),
        Community(code="C2", name="未画社区", boundary=[]),
        MapFeature(code="R1", name="石桥路", kind=MapFeatureKind.MAIN_ROAD, line=BOX[:2]),
        MapFeature(code="R2", name="未画路", kind=MapFeatureKind.ROAD, line=[]),
        MusterPoint(code="A1", name="镇政府广场", lon=113.765, lat=22.90),
        MusterPoint(code="A2", name="无坐标召集点"),
        MusterPoint(code="A10", name="桥南广场", lon=113.775, lat=22.90),
        Checkpoint(
            code="P3", name="新点位", short_name="新", kind=CheckpointKind.FIXED_POST, status=CheckpointStatus.PLANNED
        ),
        Checkpoint(
            code="P4", name="停用点位", short_name="停", kind=CheckpointKind.FIXED_POST,
            status=CheckpointStatus.SUSPENDED, lon=113.75, lat=22.9,
        ),
        Checkpoint(
            code="P5", name="榕树公园", short_name="公园", kind=CheckpointKind.PATROL_STOP,
            status=CheckpointStatus.ACTIVE, lon=113.755, lat=22.91, address="榕荫路 12 号",
        ),
    )  # fmt: skip
    tiny.add(
        EquipmentItem(code="E1", name="对讲机", muster_point_id=tiny.ids["A1"], quantity=12),
        ResponseTeam(code="T2", name="先莞二队", muster_point_id=tiny.ids["A1"]),
        ResponseTeam(code="T1", name="先莞一队", muster_point_id=tiny.ids["A1"]),
        ResponseTeam(code="T3", name="先莞三队", muster_point_id=tiny.ids["A2"]),
    )
    made = Desk.on(tiny.station)
    for code, place in (("A", MONDAY_DAY), ("X", FRIDAY_NIGHT)):
        made.after(edits.assign(made.station, made.actor, made.board, tiny.ids[code], *place))
    return made


def week_of(desk: Desk) -> MapWeek:
    """Return the map of the desk's board."""
    return read_map(desk.station, desk.actor, desk.board)


def test_every_mark_is_the_board_s(desk: Desk) -> None:
    """All shifts at once, the same states and heads as on the roster; a post off the board is not manned."""
    week = week_of(desk)
    assert [post.code for post in week.posts] == ["P1", "P2", "P5"]
    for shift in desk.board.shifts:
        for number, post in enumerate(week.posts):
            mark = week.marks[shift.index][number]
            if post.row < 0:
                assert mark.state is CellState.NOT_STAFFED
            else:
                cell = desk.board.cell(post.row, shift.index)
                assert (mark.state, mark.heads, mark.minimum, mark.desired) == (
                    cell.state, cell.heads, cell.minimum, cell.desired
                )  # fmt: skip
    assert week.gaps(MONDAY_DAY[1]) == (1, 0)
    assert week.gaps(FRIDAY_NIGHT[1]) == (0, 1)
    assert (week.staffed(MONDAY_DAY[1]), week.staffed(FRIDAY_NIGHT[1]), week.staffed(5)) == (1, 1, 0)
    assert week.coverage[MONDAY_DAY[1]] == 0.5
    assert week.by_coverage(MONDAY_DAY[1]) == [0]
    assert week.current_shift() == 0


def test_a_post_is_drawn_in_the_weeks_in_which_it_is_used(desk: Desk) -> None:
    """One that begins after the week, or ended before it, is not drawn; one that ends within it is."""
    sunday = desk.board.week.days[-1]
    spans = {"P1": (sunday + ONE_DAY, None), "P2": (None, desk.board.week.monday), "P5": (None, None)}
    with desk.station.write(desk.actor, "test") as unit:
        for code, (first, last) in spans.items():
            row = queries.first(unit.session, Checkpoint, code=code)
            assert row is not None
            row.first_on, row.last_on = first, last
        unit.commit()
    assert [post.code for post in read_map(desk.station, desk.actor, desk.board).posts] == ["P2", "P5"]


def test_what_lies_where(desk: Desk) -> None:
    """Ground without coordinates is left out, places without are listed; teams stand at their muster point."""
    week = week_of(desk)
    assert [area.name for area in week.areas] == ["石桥社区"]
    assert [(way.name, way.kind) for way in week.ways] == [("石桥路", MapFeatureKind.MAIN_ROAD)]
    assert [(muster.code, muster.stock) for muster in week.musters] == [("A1", 1), ("A10", 0)]
    assert [base.teams for base in week.bases] == [("先莞一队", "先莞二队")]
    assert [(each.kind, each.code) for each in week.unplaced] == [("checkpoint", "P3"), ("muster_point", "A2")]
    near = week.posts[0].muster
    assert near is not None
    assert (near.code, near.metres) == ("A1", 512)
    assert week.box is not None
    west, south, east, north = week.box
    assert west < 0 < east
    assert south < 0 < north
    assert week.station == "莞溪派出所"


def test_a_squad_s_area_is_where_it_serves(desk: Desk) -> None:
    """Of the squads on the board only."""
    areas = {area.squad: area for area in week_of(desk).squads}
    assert set(areas) == {"石桥队", "榕树队"}
    assert areas["石桥队"].posts == (0,)
    assert len(areas["榕树队"].hull) == 1


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("石桥", ["石桥市场", "石桥桥头"]),
        ("sqsc", ["石桥市场"]),
        ("P2", ["石桥桥头"]),
        ("guangchang", ["桥南广场", "镇政府广场"]),
        ("a10", ["桥南广场"]),
        ("榕荫路", ["榕树公园"]),
        ("ryl", ["榕树公园"]),
        ("不存在", []),
        ("  ", []),
    ],
)
def test_places_are_found(desk: Desk, typed: str, codes: list[str]) -> None:
    """By name, pinyin, initials, code and address."""
    found = find_places(week_of(desk), typed)
    assert sorted(place.title for place in found) == sorted(codes)


def test_the_card_tells_who_stands_there_and_what_is_missing(desk: Desk) -> None:
    """Heads by squad with the leader, open seats, and what they ask for."""
    card = post_card(desk.board, 0, MONDAY_DAY[1])
    assert [(crew.squad, crew.heads, crew.leader) for crew in card.crews] == [("石桥队", 1, "甲A")]
    assert (card.open_seats, card.short, card.needs) == (1, 1, ())
    card = post_card(desk.board, 0, 2)
    assert (card.open_seats, card.crews) == (2, ())
    assert [need.code for need in card.needs] == ["board.seat_leader"]
    assert post_card(desk.board, -1, 0).mark.state is CellState.NOT_STAFFED


def test_an_empty_township_has_a_map(tiny: Tiny) -> None:
    """Without a plan, and read by somebody who may only look."""
    desk = Desk.on(tiny.station)
    viewer = Actor(None, "只读", Role.VIEWER)
    week = read_map(tiny.station, viewer, desk.board)
    assert week.squads == ()
    assert week.gaps(MONDAY_DAY[1]) == (1, 0)


def test_a_map_that_leaves_is_noted(desk: Desk) -> None:
    """Which shift and in which form, in the audit log; not for those who may not print."""
    note_map(desk.station, desk.actor, "paper", desk.board.shifts[3].on_date, "N")
    with desk.station.read() as session:
        rows = bulk.rows(
            session, AuditEntry, ["details"], where={"action": "map.leave", "kind": ""}, order_by=("number",)
        )
        noted = [row[0] for row in rows]
    assert {"form": "paper", "day": "2026-11-24", "shift": "N"} in noted
    with pytest.raises(ForbiddenError):
        note_map(desk.station, Actor(None, "只读", Role.VIEWER), "picture", desk.board.shifts[3].on_date, "N")


def test_homes_are_not_for_everybody(tiny: Tiny) -> None:
    """The auditor reads no people."""
    with pytest.raises(ForbiddenError):
        home_density(tiny.station, Actor(None, "审计", Role.AUDITOR), Plane(113.7, 22.9), (0.0, 0.0, 1.0, 1.0))
