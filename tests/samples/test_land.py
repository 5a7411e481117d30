"""The ground of a generated township: places lie where they belong."""

from itertools import pairwise

import pytest

from patrol_desk.models import (
    Checkpoint,
    Community,
    GridCell,
    MapFeature,
    MapFeatureKind,
    Person,
    Squad,
    SquadMembership,
)
from patrol_desk.samples import Sample
from patrol_desk.samples.geometry import (
    Point,
    cells,
    centroid,
    degrees,
    doubled_area,
    inside,
    nearest,
    square,
)

SQUARE: list[Point] = [(0, 0), (1000, 0), (1000, 1000), (0, 1000)]


def test_cells_share_out_the_ground_and_hold_what_is_nearest() -> None:
    """Cells share out the ground and hold what is nearest."""
    sites = [(100, 100), (900, 200), (500, 800)]
    parts = cells(SQUARE, sites)
    assert abs(sum(doubled_area(part) for part in parts) - 2_000_000) < 4000
    for point in [(x, y) for x in range(55, 1000, 90) for y in range(55, 1000, 90)]:
        ranked = sorted(square(point, site) for site in sites)
        if ranked[1] - ranked[0] > 4000:  # Points on a border may fall to either side by the rounding.
            assert [inside(point, part) for part in parts].index(True) == nearest(point, sites)


def test_a_square_has_its_centre_in_the_middle() -> None:
    """A square has its centre in the middle."""
    assert centroid(SQUARE) == (500, 500)
    assert inside((1, 1), SQUARE)
    assert not inside((1001, 1), SQUARE)


def test_the_plane_touches_the_ground_where_it_says() -> None:
    """The plane touches the ground where it says."""
    assert degrees((0, 0)) == (113.7, 22.98)
    assert degrees((102_371, -111_195)) == (114.7, 21.98)


@pytest.mark.parametrize(("table", "lon", "lat"), [(Person, "home_lon", "home_lat"), (Checkpoint, "lon", "lat")])
def test_homes_and_posts_lie_in_their_community(town: Sample, table: type, lon: str, lat: str) -> None:
    """Homes and posts lie in their community."""
    rings = {row["id"]: _micro(row["boundary"]) for row in town.rows[Community]}
    placed = [row for row in town.rows[table] if row[lon] is not None]
    at_home = sum(inside(_micro([[row[lon], row[lat]]])[0], rings[row["community_id"]]) for row in placed)
    assert at_home >= 0.99 * len(placed)
    assert all(row[lon] == round(row[lon], 6) and row[lat] == round(row[lat], 6) for row in placed)


def test_grid_cells_lie_in_their_community_and_every_community_has_one(town: Sample) -> None:
    """Grid cells lie in their community and every community has one."""
    rings = {row["id"]: _micro(row["boundary"]) for row in town.rows[Community]}
    assert {row["community_id"] for row in town.rows[GridCell]} == set(rings)
    for row in town.rows[GridCell]:
        assert len(row["boundary"]) >= 3
        assert inside(centroid(_micro(row["boundary"])), rings[row["community_id"]])


def test_nobody_lives_in_the_river(town: Sample) -> None:
    """Nobody lives in the river."""
    river = next(row["line"] for row in town.rows[MapFeature] if row["kind"] is MapFeatureKind.RIVER)
    homes = [(row["home_lon"], row["home_lat"]) for row in town.rows[Person] if row["home_lon"] is not None]
    wet = 0
    for lon, lat in homes:
        for (x1, y1), (x2, y2) in pairwise(river):
            if x1 <= lon <= x2:
                wet += abs(lat - (y1 + (y2 - y1) * (lon - x1) / (x2 - x1))) * 111_195 < 150
    assert wet == 0


def test_most_members_live_near_the_base_of_their_squad(town: Sample) -> None:
    """Most members live near the base of their squad."""
    bases = {row["id"]: (row["base_lon"], row["base_lat"]) for row in town.rows[Squad]}
    squads = {row["person_id"]: row["squad_id"] for row in town.rows[SquadMembership] if row["until_on"] is None}
    homes = {row["id"]: (row["home_lon"], row["home_lat"]) for row in town.rows[Person] if row["home_lon"] is not None}
    away = []
    for person, squad in squads.items():
        if person in homes:
            (lon, lat), (base_lon, base_lat) = homes[person], bases[squad]
            away.append(((lon - base_lon) * 102_371) ** 2 + ((lat - base_lat) * 111_195) ** 2)
    assert sum(metres < 1200**2 for metres in away) > 0.95 * len(away)


def _micro(ring: list[list[float]]) -> list[Point]:
    """Return degrees as whole millionths."""
    return [(round(lon * 1_000_000), round(lat * 1_000_000)) for lon, lat in ring]
