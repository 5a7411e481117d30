"""Reads for the pages of places: checkpoints, muster points, their demand, stock and surroundings."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from patrol_desk.models import (
    Assignment,
    Attendance,
    AuditEntry,
    Checkpoint,
    CheckpointKind,
    CheckpointStatus,
    Community,
    Demand,
    EquipmentItem,
    GridCell,
    MusterPoint,
    PlanVersion,
    ResponseTeam,
    ShiftPattern,
    SquadMembership,
    TeamMembership,
    VersionState,
)
from patrol_desk.storage.reads.planning import SERVED


class CheckpointLine(NamedTuple):
    """A checkpoint with the names of what it refers to."""

    id: str
    row_version: int
    code: str
    name: str
    short_name: str
    kind: CheckpointKind
    status: CheckpointStatus
    tier: int
    community_id: str | None
    community: str | None
    grid_cell_id: str | None
    grid_cell: str | None
    address: str
    lon: float | None
    lat: float | None
    ended_on: date | None
    first_on: date | None
    last_on: date | None
    neighbour: str
    needs_official: bool
    needs_leader: bool
    weekly_visits: int
    blind_hours: int


class DemandLine(NamedTuple):
    """One row of demand, retired or not."""

    id: str
    row_version: int
    checkpoint_id: str
    pattern_id: str
    weekday: int
    skill_id: str | None
    leader: bool
    minimum: int
    desired: int
    ended_on: date | None
    held: int


class MusterLine(NamedTuple):
    """A muster point with the name of its community."""

    id: str
    row_version: int
    code: str
    name: str
    community_id: str | None
    community: str | None
    lon: float | None
    lat: float | None
    ended_on: date | None


class StockLine(NamedTuple):
    """A stock of one thing."""

    id: str
    row_version: int
    muster_point_id: str
    code: str
    name: str
    quantity: int


class TeamLine(NamedTuple):
    """A response team and how many are in it."""

    id: str
    muster_point_id: str
    code: str
    name: str
    members: int


class Seat(NamedTuple):
    """A kind of seat on one day at one checkpoint."""

    checkpoint_id: str
    pattern_id: str
    on_date: date
    skill_id: str | None
    leader: bool


class Visit(NamedTuple):
    """A duty of somebody and the squad they belonged to that day."""

    person_id: str
    on_date: date
    pattern_id: str
    squad_id: str | None


def checkpoint_lines(session: Session, only: str | None = None) -> list[CheckpointLine]:
    """Return the checkpoints that are not retired, by code; or the one with an id, retired or not."""
    query = (
        select(
            Checkpoint.id,
            Checkpoint.row_version,
            Checkpoint.code,
            Checkpoint.name,
            Checkpoint.short_name,
            Checkpoint.kind,
            Checkpoint.status,
            Checkpoint.tier,
            Checkpoint.community_id,
            Community.name,
            Checkpoint.grid_cell_id,
            GridCell.name,
            Checkpoint.address,
            Checkpoint.lon,
            Checkpoint.lat,
            Checkpoint.ended_on,
            Checkpoint.first_on,
            Checkpoint.last_on,
            Checkpoint.neighbour,
            Checkpoint.needs_official,
            Checkpoint.needs_leader,
            Checkpoint.weekly_visits,
            Checkpoint.blind_hours,
        )
        .outerjoin(Community, Community.id == Checkpoint.community_id)
        .outerjoin(GridCell, GridCell.id == Checkpoint.grid_cell_id)
        .order_by(Checkpoint.code)
    )
    chosen = query.where(Checkpoint.ended_on.is_(None)) if only is None else query.where(Checkpoint.id == only)
    return [CheckpointLine._make(row) for row in session.execute(chosen)]


def demand_totals(session: Session) -> dict[str, tuple[int, int]]:
    """Return checkpoint id → minimum and desired heads of a week, in the patterns in force."""
    rows = session.execute(
        select(Demand.checkpoint_id, func.sum(Demand.minimum), func.sum(Demand.desired))
        .join(ShiftPattern, ShiftPattern.id == Demand.pattern_id)
        .where(Demand.ended_on.is_(None), ShiftPattern.ended_on.is_(None))
        .group_by(Demand.checkpoint_id)
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in rows}


def demand_lines(session: Session, checkpoint_ids: Collection[str] | None = None) -> list[DemandLine]:
    """Return the rows of demand of the checkpoints, of all when None; retired rows too."""
    columns = Demand.__table__.c
    query = select(*(columns[name] for name in DemandLine._fields)).order_by(columns["id"])
    if checkpoint_ids is not None:
        query = query.where(Demand.checkpoint_id.in_(list(checkpoint_ids)))
    return [DemandLine(*row) for row in session.execute(query)]


def heads(session: Session, version_id: str, first: date, last: date) -> dict[Seat, int]:
    """Return how many people a version puts on each kind of seat from the first day to the last."""
    seat = (
        Assignment.checkpoint_id,
        Assignment.pattern_id,
        Assignment.on_date,
        Assignment.skill_id,
        Assignment.leader,
    )
    rows = session.execute(
        select(*seat, func.count())
        .where(Assignment.version_id == version_id, Assignment.on_date >= first, Assignment.on_date <= last)
        .group_by(*seat)
    )
    return {Seat(*row[:5]): row[5] for row in rows}


def draft_assignments(session: Session, checkpoint_id: str, first: date) -> Sequence[Assignment]:
    """Return the assignments of drafts at a checkpoint from a day on, as records."""
    return session.scalars(
        select(Assignment)
        .join(PlanVersion, PlanVersion.id == Assignment.version_id)
        .where(PlanVersion.state == VersionState.DRAFT)
        .where(Assignment.checkpoint_id == checkpoint_id, Assignment.on_date >= first)
        .order_by(Assignment.on_date, Assignment.id)
    ).all()


def visits(session: Session, checkpoint_id: str, first: date, last: date) -> list[Visit]:
    """Return who served at a checkpoint on the days, by attendance, each with the squad of that day."""
    member = (
        (SquadMembership.person_id == Attendance.person_id)
        & (SquadMembership.from_on <= Attendance.on_date)
        & (SquadMembership.until_on.is_(None) | (SquadMembership.until_on >= Attendance.on_date))
        & SquadMembership.ended_on.is_(None)
    )
    rows = session.execute(
        select(Attendance.person_id, Attendance.on_date, Attendance.pattern_id, SquadMembership.squad_id)
        .outerjoin(SquadMembership, member)
        .where(Attendance.checkpoint_id == checkpoint_id, Attendance.ended_on.is_(None))
        .where(Attendance.on_date >= first, Attendance.on_date <= last, Attendance.state.in_(SERVED))
        .order_by(Attendance.on_date, Attendance.person_id)
    )
    return [Visit(*row) for row in rows]


def audit_of_checkpoint(session: Session, checkpoint_id: str) -> list[tuple[datetime, dict[str, Any]]]:
    """Return moment and details of every entry of the audit log about a checkpoint, oldest first."""
    rows = session.execute(
        select(AuditEntry.at, AuditEntry.details)
        .where(AuditEntry.kind == "checkpoint", AuditEntry.record_id == checkpoint_id)
        .order_by(AuditEntry.number)
    )
    return [(at, details) for at, details in rows]


def muster_lines(session: Session, only: str | None = None) -> list[MusterLine]:
    """Return the muster points that are not retired, by code; or the one with an id, retired or not."""
    query = (
        select(
            MusterPoint.id,
            MusterPoint.row_version,
            MusterPoint.code,
            MusterPoint.name,
            MusterPoint.community_id,
            Community.name,
            MusterPoint.lon,
            MusterPoint.lat,
            MusterPoint.ended_on,
        )
        .outerjoin(Community, Community.id == MusterPoint.community_id)
        .order_by(MusterPoint.code)
    )
    chosen = query.where(MusterPoint.ended_on.is_(None)) if only is None else query.where(MusterPoint.id == only)
    return [MusterLine(*row) for row in session.execute(chosen)]


def stock_lines(session: Session) -> list[StockLine]:
    """Return the equipment in stock of all muster points, by code."""
    columns = EquipmentItem.__table__.c
    query = (
        select(*(columns[name] for name in StockLine._fields))
        .where(EquipmentItem.ended_on.is_(None))
        .order_by(EquipmentItem.code)
    )
    return [StockLine(*row) for row in session.execute(query)]


def team_lines(session: Session, on: date) -> list[TeamLine]:
    """Return the response teams that have a muster point, with the number of members on a day."""
    member = (
        (TeamMembership.team_id == ResponseTeam.id)
        & TeamMembership.ended_on.is_(None)
        & (TeamMembership.from_on <= on)
        & (TeamMembership.until_on.is_(None) | (TeamMembership.until_on >= on))
    )
    rows = session.execute(
        select(
            ResponseTeam.id,
            ResponseTeam.muster_point_id,
            ResponseTeam.code,
            ResponseTeam.name,
            func.count(TeamMembership.id),
        )
        .outerjoin(TeamMembership, member)
        .where(ResponseTeam.ended_on.is_(None), ResponseTeam.muster_point_id.is_not(None))
        .group_by(ResponseTeam.id, ResponseTeam.muster_point_id, ResponseTeam.code, ResponseTeam.name)
        .order_by(ResponseTeam.code)
    )
    return [TeamLine._make(row) for row in rows]
