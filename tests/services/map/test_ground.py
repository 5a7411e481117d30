"""The plane, the datums, hulls and the density of homes: what the map's figures rest on."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.models import PersonStatus
from patrol_desk.services.map import Plane, home_density
from patrol_desk.services.map.datum import from_baidu, to_baidu, to_wgs
from patrol_desk.services.map.density import LEAST, LEVELS, density
from patrol_desk.services.map.hull import hull
from patrol_desk.sync.reading.datum import shift
from tests.helpers.tiny import Tiny

LON, LAT = st.floats(113.4, 114.3), st.floats(22.6, 23.2)
"""The city."""


def haversine(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the great-circle distance in metres (R. W. Sinnott, Sky and Telescope 68, 1984)."""
    (lon1, lat1), (lon2, lat2) = [[math.radians(value) for value in point] for point in (a, b)]
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6_371_000 * math.asin(math.sqrt(half))


@given(LON, LAT, LON, LAT)
def test_the_plane_goes_back_and_keeps_distances(lon: float, lat: float, mid_lon: float, mid_lat: float) -> None:
    """To a centimetre back; distances from near the middle to 0.5 %."""
    plane = Plane(mid_lon, mid_lat)
    east, north = plane.at(lon, lat)
    assert plane.back(east, north) == pytest.approx((lon, lat), abs=2e-7)
    real = haversine((mid_lon, mid_lat), (lon, lat))
    assert math.hypot(east, north) == pytest.approx(real, rel=0.005, abs=0.5)


def test_a_map_without_points_lies_in_the_city() -> None:
    """An empty township has a plane to place the first point on."""
    assert Plane.around([]).at(113.75, 23.0) == (0.0, 0.0)
    assert Plane.around([(113.0, 22.0), (114.0, 24.0)]) == Plane(113.5, 23.0)


@pytest.mark.parametrize(("gcj", "baidu"), [((116.404, 39.915), (116.41036949371029, 39.92133699351022))])
def test_a_known_point_of_baidu(gcj: tuple[float, float], baidu: tuple[float, float]) -> None:
    """The published example of the coordtransform project."""
    assert to_baidu(*gcj) == pytest.approx(baidu, abs=1e-9)
    assert from_baidu(*baidu) == pytest.approx(gcj, abs=1e-8)


@given(st.floats(75, 134), st.floats(18, 53))
def test_baidu_there_and_back(lon: float, lat: float) -> None:
    """To a millimetre, anywhere in the country."""
    assert from_baidu(*to_baidu(lon, lat)) == pytest.approx((lon, lat), abs=1e-8)


@given(LON, LAT)
def test_every_datum_leads_to_the_same_place(lon: float, lat: float) -> None:
    """A place in each of the three systems is one place."""
    moved = shift(lon, lat)
    assert to_wgs(lon, lat, "WGS-84") == pytest.approx((lon, lat), abs=1e-7)
    assert to_wgs(*moved, "GCJ-02") == pytest.approx((lon, lat), abs=2e-7)
    assert to_wgs(*to_baidu(*moved), "BD-09") == pytest.approx((lon, lat), abs=2e-7)
    with pytest.raises(KeyError):
        to_wgs(lon, lat, "ED50")


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=1, max_size=30))
def test_a_hull_holds_every_point(points: list[tuple[int, int]]) -> None:
    """Every corner is a point, and no point lies to the right of an edge."""
    corners = hull((float(x), float(y)) for x, y in points)
    assert set(corners) <= {(float(x), float(y)) for x, y in points}
    if len(corners) > 2:
        for (ax, ay), (bx, by) in zip(corners, (*corners[1:], corners[0]), strict=True):
            assert all((bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0 for x, y in points)


@given(st.lists(st.tuples(st.floats(0, 3000), st.floats(0, 3000)), max_size=60))
def test_no_square_with_few_homes_is_shown(homes: list[tuple[float, float]]) -> None:
    """Wherever a level stands, at least `LEAST` people live in one square beside or under it."""
    found = density(np.array(homes, dtype=np.float64).reshape(-1, 2), (0.0, 0.0, 3000.0, 3000.0))
    counts = np.zeros(found.levels.shape, dtype=int)
    for x, y in homes:
        counts[int(y // found.side), int(x // found.side)] += 1
    for row, column in np.argwhere(found.levels > 0):
        around = counts[max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2]
        assert around.max() >= LEAST


def test_density_has_levels_and_leaves_strangers_out() -> None:
    """The fullest square is the highest level; homes outside the box have no part."""
    homes = np.array([[450.0, 450.0]] * 40 + [[90_000.0, 0.0]] * 50 + [[-5.0, -5.0]] * 9)
    found = density(homes, (0.0, 0.0, 1200.0, 1200.0))
    assert found.levels.max() == LEVELS
    assert found.levels[0:3, 0:3].min() == LEVELS
    assert found.levels[4, 4] == 0


def test_four_neighbours_are_nobody_and_five_are_some(tiny: Tiny) -> None:
    """Read from the file: retired and inactive people do not count."""
    chief = tiny.station.system_actor()
    plane, box = Plane(113.75, 22.90), (-2000.0, -2000.0, 2000.0, 2000.0)
    assert home_density(tiny.station, chief, plane, box).levels.max() == LEVELS
    tiny.add(tiny.person("Z", home_lon=None, home_lat=None))
    with tiny.station.write(chief, "test") as unit:
        from patrol_desk.models import Person
        from patrol_desk.storage import queries

        person = queries.first(unit.session, Person, code="A")
        assert person is not None
        person.status = PersonStatus.INACTIVE
        unit.commit()
    assert home_density(tiny.station, chief, plane, box).levels.max() == 0
