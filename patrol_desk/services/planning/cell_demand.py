"""What one cell of the roster asks for: read with its weekday's demand, and lowered or raised for one day only."""

from dataclasses import dataclass
from datetime import date

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.models import DayDemand, KnownGap
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.places import grid, most_heads
from patrol_desk.services.places.rows import DemandCell
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.storage.reads import places
from patrol_desk.storage.session import Session
from patrol_desk.storage.unit_of_work import UnitOfWork

LONGEST_REASON = 200

Spot = tuple[str, str, date]
"""Checkpoint, pattern and day."""


@dataclass(frozen=True, slots=True)
class CellDemand:
    """What a checkpoint asks for in a shift.

    Parameters
    ----------
    demand
        Of the weekday, from now on.
    left_open
        Heads of the minimum that are knowingly left open on this day.
    more_minimum, more_desired
        Heads that this day asks for beyond the weekday's demand.
    reason
        Why, empty while the day is as every week.
    """

    demand: DemandCell
    left_open: int
    more_minimum: int
    more_desired: int
    reason: str

    @property
    def minimum(self) -> int:
        """Least heads on this day."""
        return self.demand.minimum - self.left_open + self.more_minimum

    @property
    def desired(self) -> int:
        """Desired heads on this day."""
        return self.demand.desired + self.more_desired


@dataclass(frozen=True, slots=True)
class DayHeads:
    """Least and desired heads that one day shall have, and why it differs."""

    minimum: int
    desired: int
    reason: str = ""


@permitted(Permission.PLAN_READ)
def cell_demand(station: Station, actor: Actor, checkpoint_id: str, pattern_id: str, on_date: date) -> CellDemand:
    """Return what a checkpoint asks for in a shift of a day."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        known = [row for row in _known(session, checkpoint_id, pattern_id, on_date) if row.ended_on is None]
        demand = _demand(session, checkpoint_id, pattern_id, on_date)
        extra = _extra(session, checkpoint_id, pattern_id, on_date)
        held = extra is not None and extra.ended_on is None
        more = (extra.minimum, extra.desired) if extra is not None and held else (0, 0)
        reasons = [row.reason for row in known] + ([extra.reason] if extra is not None and held else [])
        return CellDemand(demand, sum(row.heads for row in known), *more, next(iter(reasons), ""))


@permitted(Permission.PLAN_WRITE)
def set_day(
    station: Station, actor: Actor, checkpoint_id: str, pattern_id: str, on_date: date, wanted: DayHeads
) -> Done[DayHeads]:
    """Let a shift ask for other heads on one day only; what every week asks for, without a reason, takes that back.

    Heads below the weekday's minimum are left knowingly open, and stay desired: seats for anybody first, then those for
    skills, last the leader's. Heads beyond it are seats for anybody.

    Raises
    ------
    InvalidDataError
        Heads that cannot be, or no reason; the message names the value and what would be right.
    """
    words = " ".join(wanted.reason.split())
    with station.write(actor, "demand.day") as unit:
        demand = _demand(unit.session, checkpoint_id, pattern_id, on_date)
        _refuse(demand, wanted, words)
        cell, today = (checkpoint_id, pattern_id, on_date), station_today(station.clock)
        heads = max(demand.minimum - wanted.minimum, 0)
        more = _more(demand, wanted)
        _write(unit, demand, cell, heads, (words, today))
        _write_extra(unit, cell, more, (words, today))
        details = {"checkpoint": checkpoint_id, "on_date": f"{on_date}", "heads": heads, "more": max(more)}
        unit.note("known_gap", None, details)
        return finish(unit, wanted)


def _more(demand: DemandCell, wanted: DayHeads) -> tuple[int, int]:
    """Return least and desired heads beyond the weekday's: seats for anybody that are desired already come first."""
    least = max(wanted.minimum - demand.minimum, 0)
    spare = sum(seat.desired - seat.minimum for seat in demand.seats if seat.skill_id is None and not seat.leader)
    return least, max(wanted.desired - demand.desired, least - spare)


def _refuse(demand: DemandCell, wanted: DayHeads, words: str) -> None:
    """Raise when a day cannot ask for that."""
    if not 0 <= wanted.minimum <= most_heads():
        raise InvalidDataError(Message("board.day_minimum", {"value": wanted.minimum, "most": most_heads()}))
    least = max(demand.desired, wanted.minimum)
    if not least <= wanted.desired <= most_heads():
        params = {"value": wanted.desired, "least": least, "most": most_heads()}
        raise InvalidDataError(Message("board.day_desired", params))
    differs = (wanted.minimum, wanted.desired) != (demand.minimum, demand.desired)
    if differs and not 0 < len(words) <= LONGEST_REASON:
        raise InvalidDataError(Message("board.day_reason", {"most": LONGEST_REASON}))


def _write_extra(unit: UnitOfWork, cell: Spot, more: tuple[int, int], why: tuple[str, date]) -> None:
    """Write the heads of the day beyond the weekday's, least and desired, given the reason and today."""
    row, (reason, today) = _extra(unit.session, *cell), why
    if row is None and any(more):
        checkpoint_id, pattern_id, on_date = cell
        row = DayDemand(checkpoint_id=checkpoint_id, pattern_id=pattern_id, on_date=on_date, minimum=0, desired=0)
        unit.session.add(row)
    if row is not None and any(more):
        (row.minimum, row.desired), row.reason, row.ended_on = more, reason, None
    elif row is not None and row.ended_on is None:
        row.ended_on = today
    unit.session.flush()


def _extra(session: Session, checkpoint_id: str, pattern_id: str, on_date: date) -> DayDemand | None:
    where = {"checkpoint_id": checkpoint_id, "pattern_id": pattern_id, "on_date": on_date}
    return queries.first(session, DayDemand, **where)


def _write(unit: UnitOfWork, demand: DemandCell, cell: Spot, heads: int, why: tuple[str, date]) -> None:
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
