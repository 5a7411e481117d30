"""GeoJSON and CSV into the map: a preview with numbers, one write, and back again."""

import json
from pathlib import Path

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, ForbiddenError, InvalidDataError
from patrol_desk.models import Checkpoint, Community, MapFeature, MapFeatureKind, MusterPoint, Role
from patrol_desk.services.map import GeoPreview, apply_geo, preview_geo
from patrol_desk.services.map.datum import to_baidu
from patrol_desk.services.undo import revert
from patrol_desk.storage import bulk
from patrol_desk.sync.reading.datum import shift
from tests.helpers.tiny import Tiny

RING = [[113.74, 22.88], [113.78, 22.88], [113.78, 22.92], [113.74, 22.88]]
Feature = dict[str, object]


def feature(kind: str, coordinates: object, **properties: object) -> Feature:
    """Return a feature."""
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def geojson(folder: Path, *features: object) -> Path:
    """Write a collection and return its file."""
    path = folder / "地图.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def look(tiny: Tiny, path: Path, datum: str = "WGS-84") -> GeoPreview:
    """Return the preview of a file."""
    return preview_geo(tiny.station, tiny.station.system_actor(), path, datum)


def codes(preview: GeoPreview) -> list[str]:
    """Return why things are left out."""
    return [fault.reason.code for fault in preview.faults]


@pytest.fixture
def town(tiny: Tiny) -> Tiny:
    """Give the township with a road, a community and a muster point."""
    tiny.add(
        Community(code="C1", name="石桥社区", boundary=[]),
        MapFeature(code="R1", name="石桥路", kind=MapFeatureKind.MAIN_ROAD, line=RING[:2]),
        MusterPoint(code="A1", name="镇政府广场"),
    )
    return tiny


def stored(tiny: Tiny) -> dict[str, list[object]]:
    """Return all that an import may touch, as it stands."""
    with tiny.station.read() as session:
        return {
            "points": [*bulk.rows(session, Checkpoint, ["code", "lon", "lat"], order_by=("code",))],
            "musters": [*bulk.rows(session, MusterPoint, ["code", "lon", "lat"], order_by=("code",))],
            "areas": [*bulk.rows(session, Community, ["code", "name", "boundary"], order_by=("code",))],
            "ways": [*bulk.rows(session, MapFeature, ["code", "name", "kind", "line"], order_by=("code",))],
        }


def test_numbers_first_then_one_write_that_can_be_undone(town: Tiny, tmp_path: Path) -> None:
    """Points by code and by name, an area, a changed and a new line; nothing is written by looking."""
    path = geojson(
        tmp_path,
        feature("Point", [113.761, 22.901], code="P1"),
        feature("Point", [113.5, 22.9], name="镇政府广场"),
        feature("Polygon", [RING], 编号="C1"),
        feature("MultiPolygon", [[RING[:2]], [RING]], code="C9", name="新村"),
        feature("LineString", RING[1:3], code="R1"),
        feature("MultiLineString", [RING[:2], RING[:3]], code="R2", name="莞溪河", waterway="river"),
        feature("Point", [113.76, 22.90], code="P2"),
    )
    before = stored(town)
    preview = look(town, path)
    assert stored(town) == before
    assert [(len(write.new), len(write.changed), write.same) for write in preview.writes] == [
        (0, 2, 0), (0, 1, 0), (1, 1, 0), (1, 1, 0)
    ]  # fmt: skip
    assert (preview.rows, preview.faults, preview.file) == (7, (), "地图.geojson")
    done = apply_geo(town.station, town.station.system_actor(), preview)
    after = stored(town)
    assert done.value == 7
    assert ("P1", 113.761, 22.901) in after["points"]
    assert ("A1", 113.5, 22.9) in after["musters"]
    assert ("C9", "新村", RING[:3]) in after["areas"]
    assert ("R1", "石桥路", MapFeatureKind.MAIN_ROAD, RING[1:3]) in after["ways"]
    assert ("R2", "莞溪河", MapFeatureKind.RIVER, RING[:3]) in after["ways"]
    again = look(town, path)
    assert (again.rows, again.same) == (0, 7)
    revert(town.station, town.station.system_actor(), done.patch)
    assert stored(town) == before


@pytest.mark.parametrize(
    ("datum", "there"),
    [("WGS-84", (113.7, 22.8)), ("GCJ-02", shift(113.7, 22.8)), ("BD-09", to_baidu(*shift(113.7, 22.8)))],
)
def test_the_datum_is_named_and_converted(town: Tiny, tmp_path: Path, datum: str, there: tuple[float, float]) -> None:
    """The same place from each system."""
    preview = look(town, geojson(tmp_path, feature("Point", there, code="P1")), datum)
    (row,) = preview.checkpoints.changed
    assert (row["lon"], row["lat"]) == pytest.approx((113.7, 22.8), abs=2e-7)
    assert preview.datum == datum


def test_a_csv_in_gbk(town: Tiny, tmp_path: Path) -> None:
    """Points by longitude and latitude, lines and areas by a list of them."""
    path = tmp_path / "点.csv"
    path.write_bytes("编号;类别;经度;纬度\nP1;点位;113.761;22.901\n".encode("gb18030"))
    preview = look(town, path)
    assert (len(preview.checkpoints.changed), codes(preview)) == (1, [])
    path.write_bytes(
        "code,name,kind,points\n"
        'R7,新路,主干道,"113.7 22.8; 113.8 22.9"\n'
        'C7,新村,社区,"113.7 22.8; 113.8 22.9; 113.8 22.8"\n'
        'C8,圈,,"113.7 22.8; 113.8 22.9; 113.8 22.8; 113.7 22.8"\n'
        'R8,小路,,"113.7,22.8;113.8,22.9"\n'.encode()
    )
    preview = look(town, path)
    assert [row["code"] for row in preview.communities.new] == ["C7", "C8"]
    assert [(row["code"], row["kind"]) for row in preview.features.new] == [
        ("R7", MapFeatureKind.MAIN_ROAD), ("R8", MapFeatureKind.ROAD)
    ]  # fmt: skip


def test_what_cannot_be_is_left_out_with_its_reason(town: Tiny, tmp_path: Path) -> None:
    """The rest goes in."""
    retired = town.station.system_actor()
    with town.station.write(retired, "test") as unit:
        bulk.insert(
            unit, MapFeature,
            [{"code": "R0", "name": "旧路", "kind": MapFeatureKind.ROAD, "line": [], "ended_on": unit.now.date()}],
        )  # fmt: skip
        unit.commit()
    path = geojson(
        tmp_path,
        "no feature",
        {"type": "Feature", "geometry": None},
        feature("Point", [22.9, 113.7], code="P1"),
        feature("Point", ["x", None], code="P1"),
        feature("Point", [], code="P1"),
        feature("GeometryCollection", [], code="P1"),
        feature("Polygon", 5, code="C1"),
        feature("LineString", [[113.7, 22.8]], code="R1"),
        feature("Polygon", [RING[:2]], code="C1"),
        feature("Point", [113.7, 22.8]),
        feature("Point", [113.7, 22.8], code="P404"),
        feature("LineString", RING[:2], name="无编号的路"),
        feature("LineString", RING[:2], code="R0"),
        feature("Point", [113.7, 22.8], code="P1"),
        feature("Point", [113.8, 22.8], code="P1"),
        feature("LineString", RING[:2], code="R5"),
        feature("LineString", RING[:2], code="R5"),
    )
    preview = look(town, path)
    assert codes(preview) == [
        "map.no_geometry", "map.no_geometry", "map.out_of_country", "map.not_a_point", "map.not_a_point",
        "map.geometry_kind", "map.no_geometry", "map.too_few_points", "map.too_few_points", "map.no_code",
        "map.unknown_place", "map.new_without_code", "map.retired", "map.twice", "map.twice",
    ]  # fmt: skip
    assert preview.rows == 2


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.geojson", b"{", "map.not_json"),
        ("a.geojson", b"[]", "map.not_geojson"),
        ("a.json", b'{"features": 3}', "map.not_geojson"),
        ("a.geojson", b'{"features": []}', "map.file_empty"),
        ("a.csv", b"a,b\n1,2\n", "map.csv_columns"),
        ("a.csv", b"code,lon,lat\n", "map.file_empty"),
        ("a.csv", b'code,lon,lat\n"' + b"x" * 140_000 + b'",1,2\n', "map.not_csv"),
        ("a.csv", b"\xff\xff\xff\x00\x81", "map.file_unreadable"),
        ("missing.csv", None, "map.file_unreadable"),
    ],
)
def test_a_file_that_is_none(town: Tiny, tmp_path: Path, name: str, content: bytes | None, code: str) -> None:
    """The sentence says what is wrong with it as a whole."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InvalidDataError) as caught:
        look(town, path)
    assert caught.value.message.code == code


def test_limits_are_kept(town: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes, shapes and points of one shape."""
    path = geojson(tmp_path, *[feature("LineString", RING, code=f"R{n}") for n in range(3)])
    monkeypatch.setattr("patrol_desk.services.map.geofile.MOST_POINTS", 3)
    assert codes(look(town, path)) == ["map.too_many_points"] * 3
    monkeypatch.setattr("patrol_desk.services.map.geofile.MOST_SHAPES", 2)
    with pytest.raises(InvalidDataError, match=r"map\.too_many"):
        look(town, path)
    monkeypatch.setattr("patrol_desk.services.map.geofile.MOST_BYTES", 20)
    with pytest.raises(InvalidDataError, match=r"map\.file_large"):
        look(town, path)


def test_a_single_feature_with_an_id_of_its_own(town: Tiny, tmp_path: Path) -> None:
    """RFC 7946 lets a file be one feature, and a feature have an id."""
    path = tmp_path / "one.json"
    path.write_text(json.dumps({**feature("Point", [113.7, 22.8]), "id": "P1"}), encoding="utf-8")
    assert len(look(town, path).checkpoints.changed) == 1


def test_nothing_is_written_over_newer_work(town: Tiny, tmp_path: Path) -> None:
    """Somebody else moved the post after the preview."""
    actor = town.station.system_actor()
    preview = look(town, geojson(tmp_path, feature("Point", [113.7, 22.8], code="P1")))
    apply_geo(town.station, actor, look(town, geojson(tmp_path, feature("Point", [113.71, 22.8], code="P1"))))
    with pytest.raises(ConcurrentChangeError):
        apply_geo(town.station, actor, preview)
    assert ("P1", 113.71, 22.8) in stored(town)["points"]


def test_an_officer_may_not_import(town: Tiny, tmp_path: Path) -> None:
    """Importing is the clerk's."""
    with pytest.raises(ForbiddenError):
        preview_geo(town.station, Actor(None, "值班", Role.DUTY_OFFICER), tmp_path / "a.csv", "WGS-84")
