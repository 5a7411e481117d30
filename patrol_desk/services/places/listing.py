"""The lists of checkpoints and muster points, ready for search, sort and filter."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.models import Community, GridCell, MusterPoint, PriorityArea, SecurityPeriod
from patrol_desk.security.permissions import Permission
from patrol_desk.services.finding.keys import search_keys
from patrol_desk.services.permits import permitted
from patrol_desk.services.places.muster_rows import MusterRow, TownshipStock
from patrol_desk.services.places.rows import Choice, PlaceChoices, PlaceRow
from patrol_desk.services.places.standing import standing
from patrol_desk.services.station import Station
from patrol_desk.storage import bulk
from patrol_desk.storage.reads import lives, loans, places
from patrol_desk.storage.reads.lives import ChangeLine
from patrol_desk.storage.reads.places import CheckpointLine, MusterLine
from patrol_desk.storage.session import Session


@permitted(Permission.DATA_READ)
def list_places(station: Station, actor: Actor) -> tuple[PlaceRow, ...]:
    """Return the checkpoints that are not retired, by code."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        totals = places.demand_totals(session)
        lines = places.checkpoint_lines(session)
        known = lives.changes_by_checkpoint(session)
    today = station_today(station.clock)
    rows = [place_row(line, totals.get(line.id, (0, 0)), known.get(line.id, ()), today) for line in lines]
    return tuple(sorted(rows, key=lambda row: natural(row.code)))


@permitted(Permission.DATA_READ)
def list_muster_points(station: Station, actor: Actor) -> tuple[MusterRow, ...]:
    """Return the muster points that are not retired, by code: A2 before A10."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        lines = sorted(places.muster_lines(session), key=lambda line: natural(line.code))
        teams: dict[str, list[str]] = defaultdict(list)
        for team in places.team_lines(session, station_today(station.clock)):
            teams[team.muster_point_id].append(team.name)
        kinds: Counter[str] = Counter()
        pieces: Counter[str] = Counter()
        for stock in places.stock_lines(session):
            kinds[stock.muster_point_id] += 1
            pieces[stock.muster_point_id] += stock.quantity
        out, overdue = lent_out(session, station.clock.now())
    return tuple(
        muster_row(
            line, tuple(teams[line.id]), Holding(kinds[line.id], pieces[line.id], out[line.id], overdue[line.id])
        )
        for line in lines
    )


@permitted(Permission.DATA_READ)
def township_stock(station: Station, actor: Actor) -> tuple[TownshipStock, ...]:
    """Return what all muster points hold together, the commonest thing first."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        standing = {line.id for line in places.muster_lines(session)}
        stock = [line for line in places.stock_lines(session) if line.muster_point_id in standing]
        out = loans.pieces_out(session)
    pieces: Counter[str] = Counter()
    lent: Counter[str] = Counter()
    held: dict[str, set[str]] = defaultdict(set)
    for line in stock:
        pieces[line.name] += line.quantity
        lent[line.name] += out.get(line.id, 0)
        held[line.name].add(line.muster_point_id)
    found = [TownshipStock(name, quantity, len(held[name]), lent[name]) for name, quantity in pieces.items()]
    return tuple(sorted(found, key=lambda item: (-item.places, -item.quantity, item.name)))


@permitted(Permission.DATA_READ)
def place_ids(station: Station, actor: Actor) -> dict[str, frozenset[str]]:
    """Return the ids in force of each kind of place besides checkpoints, by the name of its table in files."""
    del actor  # the permission is all that depends on who asks
    models = {
        "muster_points": MusterPoint, "priority_areas": PriorityArea, "security_periods": SecurityPeriod,
        "communities": Community, "grid_cells": GridCell,
    }  # fmt: skip
    with station.read() as session:
        return {
            name: frozenset(str(row[0]) for row in bulk.rows(session, model, ["id"], where={"ended_on": None}))
            for name, model in models.items()
        }


@permitted(Permission.DATA_READ)
def place_choices(station: Station, actor: Actor) -> PlaceChoices:
    """Return what the forms of places offer to choose from."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        found = [
            tuple(
                Choice(record_id, name)
                for record_id, name in bulk.rows(
                    session, model, ["id", "name"], where={"ended_on": None}, order_by=("code",)
                )
            )
            for model in (Community, GridCell)
        ]
    return PlaceChoices(*found)


def natural(code: str) -> list[tuple[int, str]]:
    """Return the key that sorts codes as people count: A2 before A10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", code) if part]


def place_row(line: CheckpointLine, total: tuple[int, int], changes: Sequence[ChangeLine], today: date) -> PlaceRow:
    """Return a checkpoint as the list shows it; `changes` are its own, the earliest first."""
    community = line.community or ""
    now = standing(line.status, line.first_on, line.last_on, changes, today)
    return PlaceRow(
        id=line.id,
        row_version=line.row_version,
        code=line.code,
        name=line.name,
        short_name=line.short_name,
        kind=line.kind,
        status=now.status,
        tier=line.tier,
        community_id=line.community_id,
        community=community,
        minimum=total[0],
        desired=total[1],
        search=search_keys(line.name, line.code) + search_keys(line.short_name) + search_keys(community),
        coming=now.coming,
        coming_on=now.coming_on,
    )


class Holding(NamedTuple):
    """What a muster point holds: kinds, pieces, pieces out and overdue."""

    kinds: int
    pieces: int
    out: int
    overdue: int


def lent_out(session: Session, now: datetime) -> tuple[Counter[str], Counter[str]]:
    """Return the pieces out and those overdue, by muster point."""
    out: Counter[str] = Counter()
    overdue: Counter[str] = Counter()
    for loan in loans.open_loans(session):
        out[loan.muster_point_id] += loan.quantity
        overdue[loan.muster_point_id] += loan.quantity if loan.due_at < now else 0
    return out, overdue


def muster_row(line: MusterLine, teams: tuple[str, ...], holding: Holding) -> MusterRow:
    """Return a muster point as the list shows it."""
    community = line.community or ""
    return MusterRow(
        id=line.id,
        row_version=line.row_version,
        code=line.code,
        name=line.name,
        community_id=line.community_id,
        community=community,
        teams=teams,
        kinds=holding.kinds,
        pieces=holding.pieces,
        out=holding.out,
        overdue=holding.overdue,
        search="".join([search_keys(line.name, line.code), *map(search_keys, (community, *teams))]),
    )
