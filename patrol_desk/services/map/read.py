"""A week's map, read in one transaction beside the board that is open already."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_now, station_today
from patrol_desk.common.weeks import Week
from patrol_desk.models import CheckpointStatus, Community, MapFeature, MapFeatureKind, Township
from patrol_desk.security.permissions import Permission
from patrol_desk.services.finding.keys import search_keys
from patrol_desk.services.map.data import (
    NOT_STAFFED,
    Area,
    Base,
    Box,
    MapWeek,
    Mark,
    Muster,
    Near,
    Post,
    SquadArea,
    Unplaced,
    Way,
)
from patrol_desk.services.map.hull import hull
from patrol_desk.services.map.projection import Plane
from patrol_desk.services.permits import permitted
from patrol_desk.services.places.listing import natural
from patrol_desk.services.planning.board import Board
from patrol_desk.services.station import Station
from patrol_desk.storage import bulk, queries
from patrol_desk.storage.reads import places
from patrol_desk.storage.reads.places import CheckpointLine, MusterLine, TeamLine
from patrol_desk.storage.session import Session

Points = Sequence[Sequence[float]]
_MANY = 50


@dataclass(frozen=True, slots=True)
class _Stored:
    """What the file holds of the ground, in degrees."""

    checkpoints: list[CheckpointLine]
    musters: list[MusterLine]
    teams: list[TeamLine]
    stock: Counter[str]
    communities: list[tuple[str, Points]]
    features: list[tuple[str, MapFeatureKind, Points]]
    station: str


@permitted(Permission.PLAN_READ)
def read_map(station: Station, actor: Actor, board: Board) -> MapWeek:
    """Return the week of a board on the ground, every shift of it."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        stored = _read(session, station)
    degrees = list(_degrees(stored))
    plane = Plane.around(degrees)
    metres = [plane.at(*point) for point in degrees]
    musters = tuple(_musters(plane, stored))
    posts = tuple(_posts(plane, stored.checkpoints, musters, board))
    squads, main = _squads(board, posts)
    return MapWeek(
        week=board.week,
        plane=plane,
        box=_box(metres) if metres else None,
        core=_core(posts, metres),
        areas=tuple(Area(name, plane.line(ring)) for name, ring in stored.communities if ring),
        ways=tuple(Way(name, kind, plane.line(line)) for name, kind, line in stored.features if line),
        posts=posts,
        musters=musters,
        bases=tuple(_bases(musters, stored.teams)),
        unplaced=tuple(_unplaced(stored)),
        squads=squads,
        main_squad=main,
        shifts=board.shifts,
        marks=_marks(board, posts),
        coverage=tuple(board.coverage(shift.index)[0] for shift in board.shifts),
        now=station_now(station.clock),
        station=stored.station,
    )


def _read(session: Session, station: Station) -> _Stored:
    alive = {"ended_on": None}
    township = queries.first(session, Township, "code", ended_on=None)
    checkpoints = [line for line in places.checkpoint_lines(session) if line.status is not CheckpointStatus.CLOSED]
    return _Stored(
        checkpoints=sorted(checkpoints, key=lambda line: natural(line.code)),
        musters=sorted(places.muster_lines(session), key=lambda line: natural(line.code)),
        teams=places.team_lines(session, station_today(station.clock)),
        stock=Counter(line.muster_point_id for line in places.stock_lines(session)),
        communities=[
            (str(name), ring)
            for name, ring in bulk.rows(session, Community, ["name", "boundary"], where=alive, order_by=("code",))
        ],
        features=[
            (str(name), kind, line)
            for name, kind, line in bulk.rows(
                session, MapFeature, ["name", "kind", "line"], where=alive, order_by=("code",)
            )
        ],
        station="" if township is None else township.station_name,
    )


def _degrees(stored: _Stored) -> Iterable[tuple[float, float]]:
    """Yield everything by which the map's middle and extent are found; roads and rivers may lead far out of town."""
    lines: list[CheckpointLine | MusterLine] = [*stored.checkpoints, *stored.musters]
    for line in lines:
        if line.lon is not None and line.lat is not None:
            yield line.lon, line.lat
    for _, ring in stored.communities:
        yield from ((lon, lat) for lon, lat in ring)


def _box(points: Sequence[tuple[float, float]]) -> Box:
    easts, norths = [east for east, _ in points], [north for _, north in points]
    return min(easts), min(norths), max(easts), max(norths)


def _core(posts: Sequence[Post], metres: Sequence[tuple[float, float]]) -> Box | None:
    """Return the box of the posts without one in fifty at each side; of everything where there are few posts."""
    if len(posts) < _MANY:
        return _box(metres) if metres else None
    easts, norths = sorted(post.east for post in posts), sorted(post.north for post in posts)
    out = len(posts) // _MANY
    return easts[out], norths[out], easts[-1 - out], norths[-1 - out]


def _musters(plane: Plane, stored: _Stored) -> Iterable[Muster]:
    for line in stored.musters:
        if line.lon is not None and line.lat is not None:
            place = plane.at(line.lon, line.lat)
            key = search_keys(line.name, line.code)
            yield Muster(line.id, line.code, line.name, *place, stored.stock[line.id], key)


def _in_use(line: CheckpointLine, week: Week) -> bool:
    """Say whether a checkpoint is in use on any day of a week, as planning sees it."""
    begins, ends = line.first_on or date.min, line.last_on or date.max
    return line.status is CheckpointStatus.ACTIVE and begins <= week.days[-1] and ends >= week.monday


def _posts(plane: Plane, lines: Sequence[CheckpointLine], musters: Sequence[Muster], board: Board) -> Iterable[Post]:
    rows = {row.checkpoint_id: row.index for row in board.rows}
    for line in lines:
        if line.lon is None or line.lat is None or not _in_use(line, board.week):
            continue
        east, north = plane.at(line.lon, line.lat)
        yield Post(
            id=line.id,
            code=line.code,
            name=line.name,
            community=line.community or "",
            address=line.address,
            east=east,
            north=north,
            row=rows.get(line.id, -1),
            muster=_nearest(east, north, musters),
            key=search_keys(line.name, line.code) + search_keys(line.short_name),
            address_key=search_keys(line.address) if line.address else "",
        )


def _nearest(east: float, north: float, musters: Sequence[Muster]) -> Near | None:
    found = [(math.hypot(east - each.east, north - each.north), each.code, each.name) for each in musters]
    if not found:
        return None
    metres, code, name = min(found)
    return Near(code, name, round(metres))


def _bases(musters: Sequence[Muster], teams: Iterable[TeamLine]) -> Iterable[Base]:
    by_muster: defaultdict[str, list[str]] = defaultdict(list)
    for team in sorted(teams, key=lambda line: natural(line.code)):
        by_muster[team.muster_point_id].append(team.name)
    for muster in musters:
        if muster.id in by_muster:
            yield Base(muster.id, muster.east, muster.north, tuple(by_muster[muster.id]))


def _unplaced(stored: _Stored) -> Iterable[Unplaced]:
    for point in stored.checkpoints:
        if point.lon is None or point.lat is None:
            yield Unplaced("checkpoint", point.id, point.row_version, point.code, point.name, point.community or "")
    for muster in stored.musters:
        if muster.lon is None or muster.lat is None:
            yield Unplaced(
                "muster_point", muster.id, muster.row_version, muster.code, muster.name, muster.community or ""
            )


def _marks(board: Board, posts: Sequence[Post]) -> tuple[tuple[Mark, ...], ...]:
    """Return the marks of every shift; equal ones are one object, since a large township has 34,000."""
    known: dict[Mark, Mark] = {}

    def mark(row: int, shift: int) -> Mark:
        if row < 0:
            return NOT_STAFFED
        cell = board.cell(row, shift)
        made = Mark(cell.state, cell.heads, cell.minimum, cell.desired)
        return known.setdefault(made, made)

    return tuple(tuple(mark(post.row, shift.index) for post in posts) for shift in board.shifts)


def _squads(board: Board, posts: Sequence[Post]) -> tuple[tuple[SquadArea, ...], tuple[int, ...]]:
    """Return the squads on the board and where they serve, by name; and the main one of each post."""
    duties: defaultdict[tuple[str, int], Counter[int]] = defaultdict(Counter)
    frame = board.frame
    rows = {post.row: number for number, post in enumerate(posts) if post.row >= 0}
    for cell, items in board.stand.cells.items():
        number = rows.get(cell // max(len(board.shifts), 1)) if cell >= 0 else None
        if number is None:
            continue
        for item in items:
            name = frame.squad_name(item.person)
            if name:
                duties[name, frame.squad_colour(item.person)][number] += 1
    areas: list[SquadArea] = []
    best: dict[int, tuple[int, int]] = {}
    for (name, colour), counts in sorted(duties.items()):
        corners = hull((posts[n].east, posts[n].north) for n in counts)
        for number, count in counts.items():
            best[number] = max(best.get(number, (0, -1)), (count, len(areas)), key=lambda each: each[0])
        areas.append(SquadArea(name, colour, corners, tuple(sorted(counts))))
    return tuple(areas), tuple(best.get(number, (0, -1))[1] for number in range(len(posts)))
