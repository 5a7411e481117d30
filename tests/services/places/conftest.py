"""The township of five people with ground under it: two communities, a road, a river, muster points and teams."""

from datetime import date

import pytest

from patrol_desk.models import (
    Community,
    EquipmentItem,
    GridCell,
    MapFeature,
    MapFeatureKind,
    MusterPoint,
    ResponseTeam,
    SquadRole,
    TeamMembership,
)
from tests.helpers.tiny import Tiny

BOX = [[113.74, 22.88], [113.78, 22.88], [113.78, 22.92], [113.74, 22.92]]
FAR = [[115.0, 23.5], [115.1, 23.5], [115.1, 23.6]]


@pytest.fixture
def ground(tiny: Tiny) -> Tiny:
    """Give the township with its ground."""
    tiny.add(
        Community(code="C1", name="石桥社区", boundary=BOX),
        Community(code="C2", name="远山社区", boundary=FAR),
        Community(code="C3", name="未画社区", boundary=[]),
        MapFeature(code="R1", name="石桥路", kind=MapFeatureKind.MAIN_ROAD, line=BOX[:2]),
        MapFeature(code="R2", name="后巷", kind=MapFeatureKind.ROAD, line=BOX[1:3]),
        MapFeature(code="R3", name="莞溪河", kind=MapFeatureKind.RIVER, line=BOX[2:4]),
        MapFeature(code="R4", name="远路", kind=MapFeatureKind.ROAD, line=FAR),
    )
    tiny.add(
        GridCell(code="G1", name="石桥第一网格", community_id=tiny.ids["C1"], boundary=[]),
        MusterPoint(code="A1", name="镇政府广场", community_id=tiny.ids["C1"], lon=113.765, lat=22.90),
        MusterPoint(code="A2", name="无坐标召集点", community_id=None),
        MusterPoint(code="A3", name="远山召集点", community_id=tiny.ids["C2"], lon=115.0, lat=23.5),
    )
    tiny.add(
        EquipmentItem(code="E1", name="对讲机", muster_point_id=tiny.ids["A1"], quantity=12),
        EquipmentItem(code="E2", name="急救包", muster_point_id=tiny.ids["A1"], quantity=4),
        EquipmentItem(code="E3", name="对讲机", muster_point_id=tiny.ids["A3"], quantity=5),
        ResponseTeam(code="T1", name="先莞一队", muster_point_id=tiny.ids["A1"]),
        ResponseTeam(code="T2", name="先莞二队", muster_point_id=None),
    )
    tiny.add(
        *(
            TeamMembership(
                person_id=tiny.ids[person],
                team_id=tiny.ids["T1"],
                role=SquadRole.MEMBER,
                from_on=date(2026, 1, 1),
                until_on=until,
            )
            for person, until in (("A", None), ("B", date(2026, 12, 31)), ("C", date(2026, 2, 1)))
        )
    )
    return tiny
