"""What one cell of the roster asks for: read with its weekday's demand, and lowered for one day only."""

from dataclasses import dataclass
from datetime import date

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.models import KnownGap
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.places import grid
from patrol_desk.services.places.rows import DemandCell
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.storage.reads import places
from patrol_desk.storage.session import Session
from patrol_desk.storage.unit_of_work import UnitOfWork

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class CellDemand:
    """What a checkpoint asks for in a shift.

    Parameters
    ----------
    demand
        Of the weekday, from now on.
    left_open
        Heads of the minimum that are knowingly left open on this day.
    reason
        Why, empty while none are.
    """

    demand: DemandCell
    left_open: int
    reason: str


@permitted(Permission.PLAN_READ)
def cell_demand(station: Station, actor: Actor, checkpoint_id: str, pattern_id: str, on_date: date) -> CellDemand:
    """Return what a checkpoint asks for in a shift of a day."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        known = [row for row in _known(session, checkpoint_id, pattern_id, on_date) if row.ended_on is None]
        demand = _demand(session, checkpoint_id, pattern_id, on_date)
        return CellDemand(demand, sum(row.heads for row in known), next((row.reason for row in known), ""))


@permitted(Permission.PLAN_WRITE)
def leave_open(
    station: Station, actor: Actor, checkpoint_id: str, pattern_id: str, on_date: date, heads: int, reason: str
) -> Done[int]:
    """Leave so many heads of a shift's minimum knowingly open, on one day only; they stay desired. 0 takes it back.

    Seats for anybody are left open first, then those for skills, last the leader's.

    Raises
    ------
    InvalidDataError
        More heads than the minimum has, or no reason.
    """
    words = " ".join(reason.split())
    with station.write(actor, "demand.leave_open") as unit:
        demand = _demand(unit.session, checkpoint_id, pattern_id, on_date)
        if not 0 <= heads <= demand.minimum:
            raise InvalidDataError(Message("board.leave_open_range", {"value": heads, "most": demand.minimum}))
        if heads and not 0 < len(words) <= LONGEST_REASON:
            raise InvalidDataError(Message("board.leave_open_reason", {"most": LONGEST_REASON}))
        _write(unit, demand, (checkpoint_id, pattern_id, on_date), heads, (words, station_today(station.clock)))
        unit.note("known_gap", None, {"checkpoint": checkpoint_id, "on_date": f"{on_date}", "heads": heads})
        return finish(unit, heads)


def _write(
    unit: UnitOfWork, demand: DemandCell, cell: tuple[str, str, date], heads: int, why: tuple[str, date]
) -> None:
    """Leave heads open, given the reason and today."""
    reason, today = why
    held = {(row.skill_id, row.leader): row for row in _known(unit.session, *cell)}
    left = heads
    for seat in reversed(demand.seats):
        part = min(left, seat.minimum)
        left -= part
        row = held.pop(seat.kind, None)
        if row is None and part:
            checkpoint_id, pattern_id, on_date = cell
            unit.session.add(
                KnownGap(
                    checkpoint_id=checkpoint_id, pattern_id=pattern_id, on_date=on_date, skill_id=seat.skill_id,
                    leader=seat.leader, heads=part, reason=reason,
                )
            )  # fmt: skip
        elif row is not None:
            _set(row, part, reason, today)
    for row in held.values():
        _set(row, 0, reason, today)
    unit.session.flush()


def _set(row: KnownGap, heads: int, reason: str, today: date) -> None:
    if heads:
        row.heads, row.reason, row.ended_on = heads, reason, None
    elif row.ended_on is None:
        row.ended_on = today


def _known(session: Session, checkpoint_id: str, pattern_id: str, on_date: date) -> list[KnownGap]:
    where = {"checkpoint_id": checkpoint_id, "pattern_id": pattern_id, "on_date": on_date}
    return queries.many(session, KnownGap, "id", **where)


def _demand(session: Session, checkpoint_id: str, pattern_id: str, on_date: date) -> DemandCell:
    lines = [
        line
        for line in places.demand_lines(session, [checkpoint_id])
        if (line.pattern_id, line.weekday) == (pattern_id, on_date.weekday())
    ]
    return DemandCell(pattern_id, on_date.weekday(), grid.seats_of(lines), grid.stamp_of(lines))
