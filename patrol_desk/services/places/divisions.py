"""Communities and grid cells: what belongs to each; made, edited, retired once nothing does. Undoable."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.models import Community, GridCell, Person, Squad
from patrol_desk.security.permissions import Permission
from patrol_desk.services.finding.keys import search_keys
from patrol_desk.services.permits import permitted
from patrol_desk.services.places import records
from patrol_desk.services.places.division_rows import Belonging, DivisionDetail, DivisionRow
from patrol_desk.services.places.listing import natural
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done
from patrol_desk.storage import bulk
from patrol_desk.storage.reads import people, places
from patrol_desk.storage.reads.places import CheckpointLine, MusterLine
from patrol_desk.storage.session import Session

_ALIVE: Mapping[str, object] = {"ended_on": None}


@dataclass(frozen=True, slots=True)
class _Ground:
    """Everything in force that lies in a community or grid cell."""

    communities: list[tuple[str, int, str, str, bool]]
    cells: list[tuple[str, int, str, str, bool, str]]
    places: list[CheckpointLine]
    musters: list[MusterLine]
    squads: list[tuple[str, str, str, str | None]]
    people: Counter[str]


@permitted(Permission.DATA_READ)
def list_communities(station: Station, actor: Actor) -> tuple[DivisionRow, ...]:
    """Return the communities in force with what belongs to each, by code."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        return tuple(_community_rows(_ground(session)))


@permitted(Permission.DATA_READ)
def list_grid_cells(station: Station, actor: Actor) -> tuple[DivisionRow, ...]:
    """Return the grid cells in force with what belongs to each, by code."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        return tuple(_cell_rows(_ground(session)))


@permitted(Permission.DATA_READ)
def community_detail(station: Station, actor: Actor, community_id: str) -> DivisionDetail:
    """Return a community with its grid cells, checkpoints, squads and muster points.

    Raises
    ------
    InvalidDataError
        There is no such community (any more).
    """
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        ground = _ground(session)
        row = _row_of(_community_rows(ground), community_id)
        totals = places.demand_totals(session)
        members = Counter(squad for _, squad, _ in people.members_on(session, station_today(station.clock)))
        stock = Counter(line.muster_point_id for line in places.stock_lines(session))
        inside = Counter(line.grid_cell_id for line in ground.places)
        return DivisionDetail(
            row=row,
            cells=tuple(
                Belonging(cell[0], cell[2], cell[3], inside[cell[0]])
                for cell in ground.cells
                if cell[5] == community_id
            ),
            places=_places((line for line in ground.places if line.community_id == community_id), totals),
            squads=tuple(
                Belonging(squad[0], squad[1], squad[2], members[squad[0]])
                for squad in ground.squads
                if squad[3] == community_id
            ),
            musters=tuple(
                Belonging(line.id, line.code, line.name, stock[line.id])
                for line in ground.musters
                if line.community_id == community_id
            ),
        )


@permitted(Permission.DATA_READ)
def grid_cell_detail(station: Station, actor: Actor, cell_id: str) -> DivisionDetail:
    """Return a grid cell with its checkpoints; the error is that of `community_detail`."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        ground = _ground(session)
        row = _row_of(_cell_rows(ground), cell_id)
        totals = places.demand_totals(session)
        return DivisionDetail(
            row, (), _places((line for line in ground.places if line.grid_cell_id == cell_id), totals), (), ()
        )


@permitted(Permission.DATA_EDIT)
def save_community(
    station: Station, actor: Actor, values: Mapping[str, object], community_id: str | None = None, row_version: int = 0
) -> Done[str]:
    """Make a community, or change one as it was read, and return its id; the errors are those of `records.save`."""
    return records.save(station, actor, "communities", values, community_id, row_version)


@permitted(Permission.DATA_EDIT)
def save_grid_cell(
    station: Station, actor: Actor, values: Mapping[str, object], cell_id: str | None = None, row_version: int = 0
) -> Done[str]:
    """Make a grid cell, or change one as it was read, and return its id; the errors are those of `records.save`."""
    return records.save(station, actor, "grid_cells", values, cell_id, row_version)


@permitted(Permission.DATA_EDIT)
def retire_community(station: Station, actor: Actor, community_id: str, row_version: int) -> Done[None]:
    """Retire a community to which nothing belongs any more.

    Raises
    ------
    InvalidDataError
        Something still belongs to it, or it is gone; nothing was written.
    ConcurrentChangeError
        Somebody else changed it since it was read; nothing was written.
    """

    def check(session: Session) -> None:
        _refuse_used(_row_of(_community_rows(_ground(session)), community_id))

    return records.retire(station, actor, Community, community_id, row_version, check)


@permitted(Permission.DATA_EDIT)
def retire_grid_cell(station: Station, actor: Actor, cell_id: str, row_version: int) -> Done[None]:
    """Retire a grid cell to which nothing belongs any more; the errors are those of `retire_community`."""

    def check(session: Session) -> None:
        _refuse_used(_row_of(_cell_rows(_ground(session)), cell_id))

    return records.retire(station, actor, GridCell, cell_id, row_version, check)


def _refuse_used(row: DivisionRow) -> None:
    if row.cells or row.places or row.squads or row.musters or row.people:
        words = {"code": row.code, "name": row.name, "cells": row.cells, "places": row.places, "squads": row.squads}
        raise InvalidDataError(Message("places.division_used", {**words, "musters": row.musters, "people": row.people}))


def _row_of(rows: Iterable[DivisionRow], record_id: str) -> DivisionRow:
    row = next((row for row in rows if row.id == record_id), None)
    if row is None:
        raise InvalidDataError(Message("places.gone"))
    return row


def _ground(session: Session) -> _Ground:
    named = ["id", "row_version", "code", "name", "boundary"]
    living: Counter[str] = Counter()
    for community, cell in bulk.rows(session, Person, ["community_id", "grid_cell_id"], where=_ALIVE, order_by=("id",)):
        living.update(str(each) for each in (community, cell) if each is not None)
    return _Ground(
        communities=[
            (i, version, code, name, bool(line))
            for i, version, code, name, line in bulk.rows(session, Community, named, where=_ALIVE, order_by=("code",))
        ],
        cells=[
            (i, version, code, name, bool(line), community)
            for i, version, code, name, line, community in bulk.rows(
                session, GridCell, [*named, "community_id"], where=_ALIVE, order_by=("code",)
            )
        ],
        places=sorted(places.checkpoint_lines(session), key=lambda line: natural(line.code)),
        musters=sorted(places.muster_lines(session), key=lambda line: natural(line.code)),
        squads=bulk.rows(
            session, Squad, ["id", "code", "name", "community_id"], where=_ALIVE, order_by=("code",)
        ),
        people=living,
    )  # fmt: skip


def _community_rows(ground: _Ground) -> list[DivisionRow]:
    cells = Counter(cell[5] for cell in ground.cells)
    held = Counter(line.community_id for line in ground.places)
    musters = Counter(line.community_id for line in ground.musters)
    squads = Counter(squad[3] for squad in ground.squads)
    return [
        DivisionRow(
            i, version, code, name, None, "", cells[i], held[i], squads[i], musters[i], ground.people[i], drawn,
            search_keys(name, code),
        )
        for i, version, code, name, drawn in ground.communities
    ]  # fmt: skip


def _cell_rows(ground: _Ground) -> list[DivisionRow]:
    names = {community[0]: community[3] for community in ground.communities}
    held = Counter(line.grid_cell_id for line in ground.places)
    return [
        DivisionRow(
            i, version, code, name, community, names.get(community, ""), 0, held[i], 0, 0, ground.people[i], drawn,
            search_keys(name, code) + search_keys(names.get(community, "")),
        )
        for i, version, code, name, drawn, community in ground.cells
    ]  # fmt: skip


def _places(lines: Iterable[CheckpointLine], totals: Mapping[str, tuple[int, int]]) -> tuple[Belonging, ...]:
    return tuple(Belonging(line.id, line.code, line.name, totals.get(line.id, (0, 0))[0], line.kind) for line in lines)
