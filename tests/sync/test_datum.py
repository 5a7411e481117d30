"""Coordinates from Chinese maps land where the place is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.sync.reading.datum import shift, to_wgs84
from tests.helpers.sync_data import csv_text
from tests.helpers.sync_read import codes, match


@pytest.mark.parametrize(
    ("wgs", "gcj"),
    [
        ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
        ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
        ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ],
)
def test_known_points(wgs: tuple[float, float], gcj: tuple[float, float]) -> None:
    """The published examples of the eviltransform project."""
    assert shift(*wgs) == pytest.approx(gcj, abs=1e-9)
    assert to_wgs84(*gcj) == pytest.approx(wgs, abs=1e-7)


@given(st.floats(100, 125), st.floats(20, 45))
def test_there_and_back(lon: float, lat: float) -> None:
    """To a centimetre, anywhere in the east."""
    assert to_wgs84(*shift(lon, lat)) == pytest.approx((lon, lat), abs=2e-7)


def test_a_row_says_which_system_it_is_in(tmp_path: Path) -> None:
    """GCJ-02 is converted, WGS-84 and no word are taken as they are, an unknown system keeps the row out."""
    lon, lat = shift(113.7, 22.8)
    rows = [
        {
            "执勤点编号": f"P{n}",
            "纬度": str(lat),
            "执勤点名称": "甲",
            "执勤点简称": "甲",
            "坐标系": system,
            "经度": str(lon),
        }
        for n, system in enumerate(("GCJ-02", "高德", "wgs84", "", "BD-09"))
    ]
    del rows[1]["纬度"], rows[1]["经度"]
    path = tmp_path / "checkpoints.csv"
    path.write_bytes(csv_text(rows).encode())
    outcome = match(path, table="checkpoints")
    at = [outcome.table.positions[name] for name in ("lon", "lat")]
    places = [tuple(candidate.values[position] for position in at) for candidate in outcome.added]
    assert places == [(113.7, 22.8), (None, None), (lon, lat), (lon, lat)]
    assert codes(outcome) == [{"unknown_word"}]
    assert outcome.layouts[0][1].unknown == ()


def test_a_boundary_moves_with_its_row(tmp_path: Path) -> None:
    """Lines of points are converted too; the same file again changes nothing."""
    lon, lat = shift(113.7, 22.8)
    row = {
        "村（社区）编号": "C1",
        "村（社区）名称": "甲",
        "边界": f"{lon} {lat}; {lon} {lat}",
        "coordinate system": "GCJ02",
    }
    path = tmp_path / "communities.csv"
    path.write_bytes(csv_text([row, {**row, "村（社区）编号": "C2", "边界": ""}]).encode())
    outcome = match(path, table="communities")
    boundary = outcome.table.positions["boundary"]
    assert [candidate.values[boundary] for candidate in outcome.added] == [[[113.7, 22.8]] * 2, []]
    assert match(path, [candidate.values for candidate in outcome.added], table="communities").same == 2
