"""Reading points, lines and areas from a GeoJSON file or a CSV file, as they stand there."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.models import MapFeatureKind
from patrol_desk.services.map.datum import to_wgs
from patrol_desk.sync.errors import FileRefusedError
from patrol_desk.sync.reading.encoding import sniff

Shape = Literal["point", "line", "area"]
Points = list[list[float]]

MOST_BYTES: Final = 20_000_000
MOST_SHAPES: Final = 20_000
MOST_POINTS: Final = 20_000

CODE: Final = ("编号", "code", "id", "点位编号", "执勤点编号", "召集点编号")
NAME: Final = ("名称", "name", "点位名称", "执勤点名称", "召集点名称")
KIND: Final = ("类别", "kind", "type", "class", "highway", "waterway")
LON: Final = ("经度", "lon", "lng", "longitude")
LAT: Final = ("纬度", "lat", "latitude")
POINTS: Final = ("坐标", "points", "边界", "线", "coordinates")
"""Names of properties and columns, in either language."""

_MAIN: Final = frozenset({"主干道", "main_road", "motorway", "trunk", "primary"})
_RIVER: Final = frozenset({"河流", "水系", "river", "canal", "stream"})
_AREA: Final = frozenset({"社区", "村", "村（社区）", "community", "area", "polygon"})


@dataclass(frozen=True, slots=True)
class GeoShape:
    """One thing of a file, in WGS-84 degrees; `place` says where in the file it stands, from 1.

    `road` is None where the file does not say which kind of line it is.
    """

    place: int
    shape: Shape
    code: str
    name: str
    road: MapFeatureKind | None
    points: Points


@dataclass(frozen=True, slots=True)
class GeoFault:
    """One thing of a file that cannot be read, and why."""

    place: int
    reason: Message


def read_shapes(path: Path, datum: str) -> tuple[list[GeoShape], list[GeoFault]]:
    """Return what a file holds, converted from a datum, and what of it cannot be read.

    Parameters
    ----------
    path
        ``.geojson`` or ``.json``; anything else is read as CSV.
    datum
        One of `DATUMS`: the file does not say it, so the user does.

    Raises
    ------
    InvalidDataError
        The file as a whole cannot be read; the sentence says why.
    """
    text = _text(path)
    rows = _json_rows(text) if path.suffix.lower() in {".geojson", ".json"} else _csv_rows(text)
    shapes: list[GeoShape] = []
    faults: list[GeoFault] = []
    for place, row in enumerate(rows, start=1):
        if place > MOST_SHAPES:
            raise InvalidDataError(Message("map.too_many", {"most": MOST_SHAPES}))
        try:
            shapes.append(_shape(place, row, datum))
        except _WrongError as error:
            faults.append(GeoFault(place, error.reason))
    if not shapes and not faults:
        raise InvalidDataError(Message("map.file_empty"))
    return shapes, faults


class _WrongError(Exception):
    """One thing of the file cannot be read."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.reason = Message(code, params)


@dataclass(frozen=True, slots=True)
class _Row:
    """Properties by lower-case name, and the shape with its points as they stand."""

    properties: Mapping[str, str]
    shape: Shape
    points: Sequence[Any]


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InvalidDataError(Message("map.file_large", {"most": MOST_BYTES // 1_000_000}))
        return path.read_text(encoding=sniff(path).encoding)
    except (OSError, UnicodeError, FileRefusedError) as error:
        raise InvalidDataError(Message("map.file_unreadable", {"file": path.name})) from error


# GeoJSON (RFC 7946)


def _json_rows(text: str) -> Iterator[_Row | _WrongError]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidDataError(Message("map.not_json")) from error
    if not isinstance(document, dict):
        raise InvalidDataError(Message("map.not_geojson"))
    features = document.get("features", [document] if document.get("type") == "Feature" else None)
    if not isinstance(features, list):
        raise InvalidDataError(Message("map.not_geojson"))
    for feature in features:
        yield _feature(feature)


def _feature(feature: object) -> _Row | _WrongError:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(feature, dict) or not isinstance(geometry, dict):
        return _WrongError("map.no_geometry")
    held = feature.get("properties")
    named = held.items() if isinstance(held, dict) else ()
    properties = {str(key).strip().lower(): str(value) for key, value in named if value is not None}
    if "id" in feature:
        properties.setdefault("id", str(feature["id"]))
    try:
        shape, points = _drawn(geometry)
    except (TypeError, IndexError, KeyError, ValueError):
        return _WrongError("map.no_geometry")
    if not points:
        return _WrongError("map.geometry_kind", kind=str(geometry.get("type"))[:20])
    return _Row(properties, shape, points)


def _drawn(geometry: Mapping[str, Any]) -> tuple[Shape, Sequence[Any]]:
    """Return shape and points of a geometry, of several its longest; no points for a kind that is not read."""
    points = geometry["coordinates"] if geometry.get("type") != "GeometryCollection" else []
    found: dict[object, tuple[Shape, Callable[[], Sequence[Any]]]] = {
        "Point": ("point", lambda: [points]),
        "LineString": ("line", lambda: points),
        "MultiLineString": ("line", lambda: max(points, key=len)),
        "Polygon": ("area", lambda: points[0]),
        "MultiPolygon": ("area", lambda: max((polygon[0] for polygon in points), key=len)),
    }
    shape, take = found.get(geometry.get("type"), ("point", tuple))
    return shape, take()


# CSV


def _csv_rows(text: str) -> Iterator[_Row | _WrongError]:
    head = text.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=head.count))
    names = {str(name).strip().lower() for name in reader.fieldnames or ()}
    if not names & set(CODE) or not (names & set(POINTS) or (names & set(LON) and names & set(LAT))):
        raise InvalidDataError(Message("map.csv_columns"))
    try:
        for row in reader:
            yield _csv_row({str(k).strip().lower(): v.strip() for k, v in row.items() if k and isinstance(v, str)})
    except csv.Error as error:
        raise InvalidDataError(Message("map.not_csv")) from error


def _csv_row(row: Mapping[str, str]) -> _Row | _WrongError:
    points = _first(row, POINTS)
    if not points:
        return _Row(row, "point", [[_first(row, LON), _first(row, LAT)]])
    pairs = [part.replace(",", " ").split() for part in points.split(";") if part.strip()]
    if len(pairs) == 1:
        return _Row(row, "point", pairs)
    closed = len(pairs) > 3 and pairs[0] == pairs[-1]
    return _Row(row, "area" if closed or _first(row, KIND).lower() in _AREA else "line", pairs)


def _first(row: Mapping[str, str], names: Sequence[str]) -> str:
    return next((row[name].strip() for name in names if row.get(name, "").strip()), "")


# Both


def _shape(place: int, row: _Row | _WrongError, datum: str) -> GeoShape:
    if isinstance(row, _WrongError):
        raise row
    if len(row.points) > MOST_POINTS:
        raise _WrongError("map.too_many_points", most=MOST_POINTS)
    points = [_point(pair, datum) for pair in row.points]
    if row.shape == "area" and points[0] == points[-1]:
        points.pop()
    least = {"point": 1, "line": 2, "area": 3}[row.shape]
    if len(points) < least:
        raise _WrongError("map.too_few_points", least=least)
    code, name = _first(row.properties, CODE)[:32], _first(row.properties, NAME)[:60]
    if not code and not name:
        raise _WrongError("map.no_code")
    kind = _first(row.properties, KIND).lower()
    return GeoShape(place, row.shape, code, name, _road(kind), points)


def _road(kind: str) -> MapFeatureKind | None:
    if kind in _MAIN:
        return MapFeatureKind.MAIN_ROAD
    if kind in _RIVER:
        return MapFeatureKind.RIVER
    return MapFeatureKind.ROAD if kind else None


def _point(pair: object, datum: str) -> list[float]:
    try:
        lon, lat = float(pair[0]), float(pair[1])  # type: ignore[index]  # anything may stand in a file
    except (TypeError, ValueError, IndexError, KeyError) as error:
        raise _WrongError("map.not_a_point") from error
    # The same bounds as a field of a place has: somewhere in China, east and north not exchanged.
    if not (73 <= lon <= 136 and 3 <= lat <= 54):
        raise _WrongError("map.out_of_country", lon=f"{lon:g}", lat=f"{lat:g}")
    return list(to_wgs(lon, lat, datum))
