"""Priority areas: which checkpoints they are, what they change, made, edited, retired. Undoable."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.models import (
    AreaCheckpoint,
    CheckpointStatus,
    Community,
    GridCell,
    PriorityArea,
    SecurityPeriod,
)
from patrol_desk.security.permissions import Permission
from patrol_desk.services.finding.keys import search_keys
from patrol_desk.services.permits import permitted
from patrol_desk.services.places import records
from patrol_desk.services.places.checkpoints import checkpoint_for
from patrol_desk.services.places.emphasis_rows import AreaDetail, AreaPlace, AreaRow, AreaScope, Reach, when
from patrol_desk.services.places.listing import natural
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import bulk, queries
from patrol_desk.storage.reads import places
from patrol_desk.storage.reads.places import CheckpointLine
from patrol_desk.storage.session import Session

_TOP = 1


@permitted(Permission.DATA_READ)
def list_areas(station: Station, actor: Actor) -> tuple[AreaRow, ...]:
    """Return the priority areas that are not retired, by code."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        return tuple(_rows(session, station))


@permitted(Permission.DATA_READ)
def area_detail(station: Station, actor: Actor, area_id: str) -> AreaDetail:
    """Return an area with its checkpoints.

    Raises
    ------
    InvalidDataError
        There is no such area (any more).
    """
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        row = next((row for row in _rows(session, station) if row.id == area_id), None)
        if row is None:
            raise InvalidDataError(Message("places.gone"))
        where = {"area_id": area_id, "ended_on": None}
        periods = bulk.rows(session, SecurityPeriod, ["name"], where=where, order_by=("first_on",))
        scope = scope_of(session, row.community_id, row.grid_cell_id, _listed(session).get(area_id, ()), row.raised)
        return AreaDetail(row, scope, tuple(str(name) for (name,) in periods))


@permitted(Permission.DATA_READ)
def area_scope(station: Station, actor: Actor, area_id: str, values: Mapping[str, object]) -> AreaScope:
    """Return the checkpoints an area would have with the values of its form, which need not be saved."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        community, cell = (str(values.get(name) or "") or None for name in ("community_id", "grid_cell_id"))
        listed = _listed(session).get(area_id, ())
        return scope_of(session, community, cell, listed, int(str(values.get("raised") or 0)))


@permitted(Permission.DATA_EDIT)
def save_area(
    station: Station, actor: Actor, values: Mapping[str, object], area_id: str | None = None, row_version: int = 0
) -> Done[str]:
    """Make an area, or change one as it was read, and return its id; the errors are those of `records.save`."""
    return records.save(station, actor, "priority_areas", values, area_id, row_version)


@permitted(Permission.DATA_EDIT)
def retire_area(station: Station, actor: Actor, area_id: str, row_version: int) -> Done[None]:
    """Retire an area: a security period that is for it raises nothing any more; errors as of `records.retire`."""
    return records.retire(station, actor, PriorityArea, area_id, row_version)


@permitted(Permission.DATA_EDIT)
def list_in_area(station: Station, actor: Actor, area_id: str, checkpoint_ids: Collection[str]) -> Done[int]:
    """Put checkpoints on an area's list, and return how many were not on it.

    Raises
    ------
    InvalidDataError
        The area or one of the checkpoints is gone; nothing was written.
    """
    with station.write(actor, "priority_area.list") as unit:
        if queries.first(unit.session, PriorityArea, id=area_id, ended_on=None) is None:
            raise InvalidDataError(Message("places.gone"))
        held = {row.checkpoint_id: row for row in queries.many(unit.session, AreaCheckpoint, area_id=area_id)}
        count = 0
        for checkpoint_id in checkpoint_ids:
            checkpoint_for(unit, checkpoint_id, None)
            row = held.get(checkpoint_id)
            if row is None:
                unit.session.add(AreaCheckpoint(id=new_id(), area_id=area_id, checkpoint_id=checkpoint_id))
            elif row.ended_on is not None:
                row.ended_on = None
            else:
                continue
            count += 1
        return finish(unit, count)


@permitted(Permission.DATA_EDIT)
def unlist_from_area(station: Station, actor: Actor, area_id: str, checkpoint_ids: Collection[str]) -> Done[int]:
    """Take checkpoints off an area's list, and return how many were on it.

    Those that are in it by community or grid cell stay. A row that went would not tell a file that is exchanged that
    it went, so it is retired.
    """
    with station.write(actor, "priority_area.unlist") as unit:
        rows = queries.many(unit.session, AreaCheckpoint, area_id=area_id, ended_on=None)
        gone = [row for row in rows if row.checkpoint_id in set(checkpoint_ids)]
        for row in gone:
            row.ended_on = station_today(station.clock)
        return finish(unit, len(gone))


def scope_of(
    session: Session, community: str | None, cell: str | None, listed: Collection[str], raised: int
) -> AreaScope:
    """Return the checkpoints of an area, by code."""
    totals = places.demand_totals(session)
    found = []
    for line in sorted(places.checkpoint_lines(session), key=lambda line: natural(line.code)):
        reach = reach_of(line, community, cell, listed)
        if reach is not None:
            low, high = totals.get(line.id, (0, 0))
            higher = max(line.tier - raised, _TOP)
            active = line.status is CheckpointStatus.ACTIVE
            found.append(AreaPlace(line.id, line.code, line.name, reach, line.tier, higher, low, high, active))
    return AreaScope(tuple(found))


def reach_of(line: CheckpointLine, community: str | None, cell: str | None, listed: Collection[str]) -> Reach | None:
    """Return why a checkpoint belongs to an area, None when it does not."""
    if line.id in listed:
        return Reach.LISTED
    if community is not None and line.community_id == community:
        return Reach.COMMUNITY
    return Reach.GRID_CELL if cell is not None and line.grid_cell_id == cell else None


def listed_by_area(session: Session) -> Mapping[str, Collection[str]]:
    """Return area id → ids of the checkpoints on its list."""
    return _listed(session)


def _listed(session: Session) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for area, checkpoint in bulk.rows(
        session, AreaCheckpoint, ["area_id", "checkpoint_id"], where={"ended_on": None}, order_by=("id",)
    ):
        found.setdefault(str(area), set()).add(str(checkpoint))
    return found


def _rows(session: Session, station: Station) -> list[AreaRow]:
    lines, listed = places.checkpoint_lines(session), _listed(session)
    communities, cells = _names(session, Community), _names(session, GridCell)
    today = station_today(station.clock)
    areas = queries.many(session, PriorityArea, "code", ended_on=None)
    return [
        AreaRow(
            id=area.id,
            row_version=area.row_version,
            code=area.code,
            name=area.name,
            first_on=area.first_on,
            last_on=area.last_on,
            raised=area.raised,
            community_id=area.community_id,
            community=communities.get(area.community_id or "", ""),
            grid_cell_id=area.grid_cell_id,
            grid_cell=cells.get(area.grid_cell_id or "", ""),
            places=_count(lines, area, listed.get(area.id, ())),
            when=when(area.first_on, area.last_on, today),
            search=search_keys(area.name, area.code),
        )
        for area in sorted(areas, key=lambda area: natural(area.code))
    ]


def _count(lines: Iterable[CheckpointLine], area: PriorityArea, listed: Collection[str]) -> int:
    return sum(reach_of(line, area.community_id, area.grid_cell_id, listed) is not None for line in lines)


def _names(session: Session, model: type[Community] | type[GridCell]) -> dict[str, str]:
    rows: Sequence[tuple[object, ...]] = bulk.rows(session, model, ["id", "name"], order_by=("id",))
    return {str(record_id): str(name) for record_id, name in rows}
