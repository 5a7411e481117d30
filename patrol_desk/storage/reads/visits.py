"""Reads for the visits of checkpoints of low demand."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from patrol_desk.models import Checkpoint, CheckpointStatus, Demand, ShiftPattern, VisitDraw, VisitLottery


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


def lottery(session: Session) -> VisitLottery | None:
    """Return the lottery in force: the newest."""
    return session.scalars(
        select(VisitLottery).where(VisitLottery.ended_on.is_(None)).order_by(VisitLottery.id.desc())
    ).first()
