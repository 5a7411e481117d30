"""Reads for the visits of checkpoints of low demand."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from patrol_desk.models import Checkpoint, CheckpointStatus, Demand, ShiftPattern, VisitDraw, VisitLottery
from patrol_desk.storage.reads.rows import CheckpointRow, DemandRow

VISIT_HEADS: Final = (1, 2)
"""Minimum and desired heads of a visit: somebody must come, and two make a patrol."""


class LowDemandRow(NamedTuple):
    """A checkpoint that is visited so often a week; a temporary duty has a first and a last day."""

    id: str
    code: str
    weekly_visits: int
    lon: float | None
    lat: float | None
    first_on: date | None
    last_on: date | None

    def in_force_on(self, day: date) -> bool:
        """Say whether it can be visited on a day."""
        return (self.first_on is None or self.first_on <= day) and (self.last_on is None or day <= self.last_on)


class VisitRow(NamedTuple):
    """A visit that was drawn."""

    checkpoint_id: str
    code: str
    name: str
    pattern_id: str
    pattern: str
    on_date: date


def low_demand(session: Session) -> list[LowDemandRow]:
    """Return the active checkpoints that are visited, by code."""
    rows = session.execute(
        select(
            Checkpoint.id,
            Checkpoint.code,
            Checkpoint.weekly_visits,
            Checkpoint.lon,
            Checkpoint.lat,
            Checkpoint.first_on,
            Checkpoint.last_on,
        )
        .where(Checkpoint.ended_on.is_(None), Checkpoint.status == CheckpointStatus.ACTIVE)
        .where(Checkpoint.weekly_visits > 0)
        .order_by(Checkpoint.code)
    )
    return [LowDemandRow(*row) for row in rows]


def manned(session: Session) -> set[tuple[str, str, int]]:
    """Return (checkpoint id, pattern id, weekday) of the demand in force."""
    rows = session.execute(
        select(Demand.checkpoint_id, Demand.pattern_id, Demand.weekday)
        .where(Demand.ended_on.is_(None), Demand.desired > 0)
        .distinct()
    )
    return {(row[0], row[1], row[2]) for row in rows}


def patterns(session: Session) -> list[tuple[str, int]]:
    """Return id and start (minutes after midnight) of the shift patterns in force, by start."""
    rows = session.execute(
        select(ShiftPattern.id, ShiftPattern.start_minute)
        .where(ShiftPattern.ended_on.is_(None))
        .order_by(ShiftPattern.start_minute, ShiftPattern.code)
    )
    return [(row[0], row[1]) for row in rows]


def drawn_in(session: Session, week: str) -> list[VisitRow]:
    """Return the visits drawn for a week, by time and checkpoint."""
    rows = session.execute(
        select(
            VisitDraw.checkpoint_id,
            Checkpoint.code,
            Checkpoint.name,
            VisitDraw.pattern_id,
            ShiftPattern.name,
            VisitDraw.on_date,
        )
        .join(Checkpoint, Checkpoint.id == VisitDraw.checkpoint_id)
        .join(ShiftPattern, ShiftPattern.id == VisitDraw.pattern_id)
        .where(VisitDraw.week == week, VisitDraw.ended_on.is_(None))
        .order_by(VisitDraw.on_date, ShiftPattern.start_minute, Checkpoint.code)
    )
    return [VisitRow(*row) for row in rows]


def with_visits(
    session: Session, week: str, places: Sequence[CheckpointRow], demand: Sequence[DemandRow]
) -> tuple[list[CheckpointRow], list[DemandRow]]:
    """Return a week's checkpoints and demand with what was drawn for it.

    A visit that was drawn asks for `VISIT_HEADS`, unless the shift is manned by now; and what a checkpoint should see
    this week is what was drawn for it, be it more or less than in the mean. A week that was not drawn stays as it is.
    """
    drawn = drawn_in(session, week)
    if not drawn:
        return list(places), list(demand)
    manned_by_now = {(row.checkpoint_id, row.pattern_id, row.weekday) for row in demand}
    minimum, desired = VISIT_HEADS
    more = [
        DemandRow(visit.checkpoint_id, visit.pattern_id, visit.on_date.weekday(), None, False, minimum, desired, 0)
        for visit in drawn
        if (visit.checkpoint_id, visit.pattern_id, visit.on_date.weekday()) not in manned_by_now
    ]
    times = Counter(visit.checkpoint_id for visit in drawn)
    found = [row._replace(weekly_visits=times[row.id]) if row.weekly_visits else row for row in places]
    return found, [*demand, *more]


def lottery(session: Session) -> VisitLottery | None:
    """Return the lottery in force: the newest."""
    return session.scalars(
        select(VisitLottery).where(VisitLottery.ended_on.is_(None)).order_by(VisitLottery.id.desc())
    ).first()
