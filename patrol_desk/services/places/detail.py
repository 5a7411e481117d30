"""Everything the pages show of one checkpoint or one muster point."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today, wall_time
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.models import CheckpointStatus, Squad
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.places import grid
from patrol_desk.services.places.emphasis_rows import Emphasis
from patrol_desk.services.places.listing import Holding, muster_row, place_row
from patrol_desk.services.places.loans import open_loans
from patrol_desk.services.places.muster_rows import MusterDetail, Stock, Team
from patrol_desk.services.places.periods import emphasis_of, raised_cells
from patrol_desk.services.places.rows import DemandCell, LifeChange, LifeStep, Pattern, PlaceDetail, Sketch, SquadShare
from patrol_desk.services.places.surroundings import Ground, nearest, sketch_of
from patrol_desk.services.station import Station
from patrol_desk.storage import bulk
from patrol_desk.storage.reads import lives, places
from patrol_desk.storage.reads.lives import ChangeLine
from patrol_desk.storage.reads.loans import pieces_out
from patrol_desk.storage.reads.places import CheckpointLine, MusterLine, StockLine
from patrol_desk.storage.session import Session

SERVED_WEEKS: Final = 4
"""Weeks before today whose duties say which squads hold a checkpoint."""
SERVED_METRES: Final = 2000
"""A muster point serves the checkpoints within this distance."""
_NEAREST_MUSTERS: Final = 3
_MOST_SERVED: Final = 200


@permitted(Permission.DATA_READ)
def place_detail(station: Station, actor: Actor, checkpoint_id: str, week: Week | None = None) -> PlaceDetail:
    """Return a checkpoint with its demand, its surroundings and the squads that hold it.

    Parameters
    ----------
    station, actor
        Where and for whom.
    checkpoint_id
        The checkpoint.
    week
        The week whose plan is shown beside the demand; the present one when None.

    Raises
    ------
    InvalidDataError
        There is no such checkpoint (any more).
    """
    del actor  # the permission is all that depends on who asks
    today = station_today(station.clock)
    with station.read() as session:
        line = _line(session, checkpoint_id)
        patterns = grid.read_patterns(session)
        cells = grid.cells_of(places.demand_lines(session, [checkpoint_id]), patterns)
        shown = week or Week.of(today)
        musters = places.muster_lines(session)
        ground = _ground(line.lon, line.lat)
        total = (sum(cell.minimum for cell in cells), sum(cell.desired for cell in cells))
        changes = lives.changes_of(session, checkpoint_id)
        return PlaceDetail(
            row=place_row(line, total, changes, today),
            grid_cell_id=line.grid_cell_id,
            grid_cell=line.grid_cell or "",
            address=line.address,
            lon=line.lon,
            lat=line.lat,
            retired_on=line.ended_on,
            life=_life(session, checkpoint_id, changes, today),
            changes=tuple(_change(change, today) for change in reversed(changes)),
            patterns=patterns,
            skills=grid.read_skills(session),
            cells=cells,
            week=str(shown),
            planned=grid.week_cells(session, checkpoint_id, shown, cells),
            musters=() if ground is None else nearest(ground, musters, most=_NEAREST_MUSTERS),
            squads=_squads(session, checkpoint_id, today),
            sketch=_sketch(session, ground, line.code, musters),
            **_of_kind(line),
            **_emphasis(emphasis_of(session, line, today), cells, patterns, shown),
        )


@permitted(Permission.DATA_READ)
def muster_detail(station: Station, actor: Actor, muster_point_id: str) -> MusterDetail:
    """Return a muster point with its stock, the response teams based there and the checkpoints it serves.

    Raises
    ------
    InvalidDataError
        There is no such muster point (any more).
    """
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        lines = places.muster_lines(session, muster_point_id)
        if not lines:
            raise InvalidDataError(Message("places.gone"))
        line = lines[0]
        teams = [
            Team(team.id, team.code, team.name, team.members)
            for team in places.team_lines(session, station_today(station.clock))
            if team.muster_point_id == muster_point_id
        ]
        stock = _stock(places.stock_lines(session), muster_point_id, pieces_out(session))
        loans = open_loans(session, station.clock.now(), muster_point_id)
        checkpoints = places.checkpoint_lines(session)
        ground = _ground(line.lon, line.lat)
        holding = Holding(
            len(stock),
            sum(item.quantity for item in stock),
            sum(loan.quantity for loan in loans),
            sum(loan.quantity for loan in loans if loan.overdue),
        )
        return MusterDetail(
            row=muster_row(line, tuple(team.name for team in teams), holding),
            lon=line.lon,
            lat=line.lat,
            retired_on=line.ended_on,
            teams=tuple(teams),
            stock=stock,
            loans=loans,
            served=() if ground is None else nearest(ground, checkpoints, most=_MOST_SERVED, within=SERVED_METRES),
            sketch=None
            if ground is None
            else sketch_of(session, ground, line.code, checkpoints, places.muster_lines(session)),
        )


def _ground(lon: float | None, lat: float | None) -> Ground | None:
    return None if lon is None or lat is None else Ground(lon, lat)


def _of_kind(line: CheckpointLine) -> dict[str, Any]:
    """Return what only some checkpoints have."""
    names = (
        "first_on", "last_on", "neighbour", "needs_official", "needs_leader", "weekly_visits", "blind_hours",
    )  # fmt: skip
    return {name: getattr(line, name) for name in names}


def _emphasis(
    found: tuple[Emphasis, ...], cells: Sequence[DemandCell], patterns: Sequence[Pattern], week: Week
) -> dict[str, Any]:
    return {"emphasis": found, "raised": raised_cells(found, cells, patterns, week)}


def _line(session: Session, checkpoint_id: str) -> CheckpointLine:
    lines = places.checkpoint_lines(session, checkpoint_id)
    if not lines:
        raise InvalidDataError(Message("places.gone"))
    return lines[0]


def _sketch(session: Session, ground: Ground | None, code: str, musters: Sequence[MusterLine]) -> Sketch | None:
    return None if ground is None else sketch_of(session, ground, code, places.checkpoint_lines(session), musters)


def _stock(lines: Sequence[StockLine], muster_point_id: str, out: Mapping[str, int]) -> tuple[Stock, ...]:
    everywhere: Counter[str] = Counter()
    for line in lines:
        everywhere[line.name] += line.quantity
    return tuple(
        Stock(
            line.id, line.row_version, line.code, line.name, line.quantity, everywhere[line.name], out.get(line.id, 0)
        )
        for line in lines
        if line.muster_point_id == muster_point_id
    )


def _life(session: Session, checkpoint_id: str, changes: Sequence[ChangeLine], today: date) -> tuple[LifeStep, ...]:
    """Return when each status was last reached: as noted with the change, else from the log's before and after."""
    reached: dict[str, date] = {}
    for at, details in places.audit_of_checkpoint(session, checkpoint_id):
        changed = details.get("status")
        added = details.get("added")
        if isinstance(changed, list):
            reached[str(changed[-1])] = wall_time(at).date()
        elif isinstance(added, Mapping):
            reached[str(added.get("status"))] = wall_time(at).date()
    noted = {change.status: LifeStep(change.status, change.on_date, change.on_date > today) for change in changes}
    return tuple(noted.get(status) or LifeStep(status, reached.get(status.value)) for status in CheckpointStatus)


def _change(line: ChangeLine, today: date) -> LifeChange:
    return LifeChange(
        line.id, line.status, line.on_date, line.reason, wall_time(line.at), line.by or "", line.on_date > today
    )


def _squads(session: Session, checkpoint_id: str, today: date) -> tuple[SquadShare, ...]:
    """Return the squads that served in the weeks before today, most duties first."""
    first = today - timedelta(weeks=SERVED_WEEKS)
    duties: Counter[str] = Counter()
    for visit in places.visits(session, checkpoint_id, first, today):
        if visit.squad_id is not None:
            duties[visit.squad_id] += 1
    names = bulk.rows(session, Squad, ["id", "code", "name", "ended_on"], order_by=("code",))
    in_force = [row[0] for row in names if row[3] is None]
    colour = {squad_id: number for number, squad_id in enumerate(in_force)}
    total = sum(duties.values())
    found = [
        SquadShare(squad_id, code, name, colour.get(squad_id, -1), duties[squad_id], duties[squad_id] / total)
        for squad_id, code, name, _ in names
        if squad_id in duties
    ]
    return tuple(sorted(found, key=lambda share: (-share.duties, share.code)))
