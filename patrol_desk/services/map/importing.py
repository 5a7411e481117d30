"""Points, lines and areas of a file into the map: first a preview with numbers, then one write that can be undone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from patrol_desk.common.actor import Actor
from patrol_desk.common.message import Message
from patrol_desk.models import Checkpoint, Community, MapFeature, MapFeatureKind, MusterPoint, Record
from patrol_desk.security.permissions import Permission
from patrol_desk.services.map.geofile import GeoFault, GeoShape, read_shapes
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import bulk
from patrol_desk.storage.session import Session

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Write:
    """Rows of one table to put in and to change, and how many are as the file has them already."""

    model: type[Record]
    new: tuple[Values, ...] = ()
    changed: tuple[Values, ...] = ()
    same: int = 0


@dataclass(frozen=True, slots=True)
class GeoPreview:
    """What an import would do; nothing is written yet.

    Parameters
    ----------
    file, datum
        Name of the file, and the datum its numbers were taken for.
    checkpoints, musters
        Places whose coordinates change.
    communities, features
        Boundaries, and roads and rivers.
    faults
        What of the file is left out, and why, in its order.
    """

    file: str
    datum: str
    checkpoints: Write
    musters: Write
    communities: Write
    features: Write
    faults: tuple[GeoFault, ...] = ()

    @property
    def writes(self) -> tuple[Write, ...]:
        """All tables."""
        return self.checkpoints, self.musters, self.communities, self.features

    @property
    def rows(self) -> int:
        """How many rows would be written."""
        return sum(len(write.new) + len(write.changed) for write in self.writes)

    @property
    def same(self) -> int:
        """How many things of the file are stored like that already."""
        return sum(write.same for write in self.writes)


@permitted(Permission.DATA_IMPORT)
def preview_geo(station: Station, actor: Actor, path: Path, datum: str) -> GeoPreview:
    """Return what importing a file would do.

    A point moves the checkpoint or muster point of its code, or of its name when it has no code; an area is a
    community's boundary, a line a road or river: those of an unknown code are new.

    Raises
    ------
    InvalidDataError
        The file as a whole cannot be read.
    """
    del actor  # the permission is all that depends on who asks
    shapes, faults = read_shapes(path, datum)
    with station.read() as session:
        stored = _Stored.of(session)
    plan = _Plan(stored, faults)
    for shape in shapes:
        plan.take(shape)
    return plan.preview(path.name, datum)


@permitted(Permission.DATA_IMPORT)
def apply_geo(station: Station, actor: Actor, preview: GeoPreview) -> Done[int]:
    """Write what a preview said and return how many rows that were; it can be undone.

    Raises
    ------
    ConcurrentChangeError
        A row was changed since the preview; nothing was written.
    InvalidDataError
        A code was taken since the preview; nothing was written.
    """
    with station.write(actor, "map.import") as unit:
        for write in preview.writes:
            if write.new:
                bulk.insert(unit, write.model, write.new)
            if write.changed:
                bulk.update(unit, write.model, write.changed)
        return finish(unit, preview.rows)


@dataclass(frozen=True, slots=True)
class _Table:
    """The stored rows of one table, by code and by name; a name that two rows have is none."""

    model: type[Record]
    by_code: Mapping[str, Values]
    by_name: Mapping[str, Values | None]

    @classmethod
    def of(cls, session: Session, model: type[Record], columns: Iterable[str]) -> "_Table":
        names = ["id", "row_version", "code", "name", "ended_on", *columns]
        rows = bulk.dicts(session, model, names)
        by_name: dict[str, Values | None] = {}
        for row in rows:
            if row["ended_on"] is None:
                by_name[row["name"]] = None if row["name"] in by_name else row
        return cls(model, {row["code"]: row for row in rows}, by_name)

    def find(self, shape: GeoShape) -> Values | None:
        """Return the row a shape means, None when there is none."""
        found = self.by_code.get(shape.code) if shape.code else None
        return found if found is not None else self.by_name.get(shape.name)


@dataclass(frozen=True, slots=True)
class _Stored:
    checkpoints: _Table
    musters: _Table
    communities: _Table
    features: _Table

    @classmethod
    def of(cls, session: Session) -> "_Stored":
        return cls(
            _Table.of(session, Checkpoint, ("lon", "lat")),
            _Table.of(session, MusterPoint, ("lon", "lat")),
            _Table.of(session, Community, ("boundary",)),
            _Table.of(session, MapFeature, ("line", "kind")),
        )


@dataclass(slots=True)
class _Plan:
    """What is to be written, as it grows."""

    stored: _Stored
    faults: list[GeoFault]
    new: defaultdict[type[Record], list[Values]] = field(default_factory=lambda: defaultdict(list))
    changed: defaultdict[type[Record], list[Values]] = field(default_factory=lambda: defaultdict(list))
    same: defaultdict[type[Record], int] = field(default_factory=lambda: defaultdict(int))
    seen: set[tuple[type[Record], str]] = field(default_factory=set)

    def take(self, shape: GeoShape) -> None:
        """Decide about one shape of the file."""
        if shape.shape == "point":
            self._place(shape)
        elif shape.shape == "area":
            self._draw(self.stored.communities, shape, {"boundary": shape.points})
        else:
            self._line(shape)

    def preview(self, file: str, datum: str) -> GeoPreview:
        """Return what was decided."""
        checkpoints, musters, communities, features = (
            Write(table.model, tuple(self.new[table.model]), tuple(self.changed[table.model]), self.same[table.model])
            for table in (
                self.stored.checkpoints, self.stored.musters, self.stored.communities, self.stored.features
            )
        )  # fmt: skip
        faults = tuple(sorted(self.faults, key=lambda fault: fault.place))
        return GeoPreview(file, datum, checkpoints, musters, communities, features, faults)

    def _place(self, shape: GeoShape) -> None:
        lon, lat = shape.points[0]
        for table in (self.stored.checkpoints, self.stored.musters):
            row = table.find(shape)
            if row is not None and row["ended_on"] is None:
                self._change(table, shape, row, {"lon": lon, "lat": lat})
                return
        self._refuse(shape, "map.unknown_place")

    def _line(self, shape: GeoShape) -> None:
        row = self.stored.features.find(shape)
        kept = MapFeatureKind.ROAD if row is None else row["kind"]
        self._draw(self.stored.features, shape, {"line": shape.points, "kind": shape.road or kept})

    def _draw(self, table: _Table, shape: GeoShape, values: Values) -> None:
        row = table.find(shape)
        if row is not None:
            self._change(table, shape, row, values)
        elif not shape.code:
            self._refuse(shape, "map.new_without_code")
        elif self._first(table, shape, shape.code):
            self.new[table.model].append({"code": shape.code, "name": shape.name or shape.code, **values})

    def _change(self, table: _Table, shape: GeoShape, row: Values, values: Values) -> None:
        if row["ended_on"] is not None:
            self._refuse(shape, "map.retired")
        elif self._first(table, shape, row["id"]):
            if all(row[name] == value for name, value in values.items()):
                self.same[table.model] += 1
            else:
                self.changed[table.model].append({"id": row["id"], "row_version": row["row_version"], **values})

    def _first(self, table: _Table, shape: GeoShape, key: str) -> bool:
        if (table.model, key) in self.seen:
            self._refuse(shape, "map.twice")
            return False
        self.seen.add((table.model, key))
        return True

    def _refuse(self, shape: GeoShape, code: str) -> None:
        self.faults.append(GeoFault(shape.place, Message(code, {"what": shape.code or shape.name})))
