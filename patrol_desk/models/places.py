"""Checkpoints, muster points and what they hold, shift patterns and demand."""

from datetime import date, datetime

from sqlalchemy import Boolean, ForeignKey, SmallInteger, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from patrol_desk.models.base import Code, Id, Name, Record, Text, coded
from patrol_desk.models.enums import CheckpointKind, CheckpointStatus


class MusterPoint(Record):
    """召集点; WGS-84 degrees."""

    __tablename__ = "muster_point"

    code: Mapped[Code]
    name: Mapped[Name]
    community_id: Mapped[Id | None] = mapped_column(ForeignKey("community.id"), index=True)
    lon: Mapped[float | None]
    lat: Mapped[float | None]


class EquipmentItem(Record):
    """装备: a stock of one thing at a muster point."""

    __tablename__ = "equipment_item"

    code: Mapped[Code]
    name: Mapped[Name]
    muster_point_id: Mapped[Id] = mapped_column(ForeignKey("muster_point.id"), index=True)
    quantity: Mapped[int] = mapped_column(default=0)


class EquipmentLoan(Record):
    """装备领用: so many pieces of a stock that somebody took, and what came back."""

    __tablename__ = "equipment_loan"

    item_id: Mapped[Id] = mapped_column(ForeignKey("equipment_item.id"), index=True)
    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"), index=True)
    quantity: Mapped[int]
    numbers: Mapped[Text]
    """Numbers on the pieces, as written on them; empty where they have none."""
    purpose: Mapped[Text]
    """The duty it was taken for."""
    lent_at: Mapped[datetime]
    due_at: Mapped[datetime]
    returned_at: Mapped[datetime | None]
    missing: Mapped[int] = mapped_column(default=0)
    """Pieces that did not come back; they left the stock with the return."""
    remark: Mapped[Text]
    """What became of those."""


class Checkpoint(Record):
    """警民联防执勤点; WGS-84 degrees; tier 1 is the most important."""

    __tablename__ = "checkpoint"

    code: Mapped[Code]
    name: Mapped[Name]
    short_name: Mapped[str] = mapped_column(String(12))
    kind: Mapped[CheckpointKind] = mapped_column(coded(CheckpointKind))
    status: Mapped[CheckpointStatus] = mapped_column(coded(CheckpointStatus))
    tier: Mapped[int] = mapped_column(SmallInteger, default=2)
    """1 to 3."""
    community_id: Mapped[Id | None] = mapped_column(ForeignKey("community.id"), index=True)
    grid_cell_id: Mapped[Id | None] = mapped_column(ForeignKey("grid_cell.id"), index=True)
    address: Mapped[Text]
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    needs_official: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    """Each patrol has an officer, an auxiliary or a full-time patrol."""
    needs_leader: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    """Each patrol has a leader or deputy of a squad."""
    weekly_visits: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    """Visits a week of a checkpoint of low demand; 0 for one that is manned by its demand."""
    blind_hours: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    """Hours it bears without anybody; 0 for as many as it takes."""
    first_on: Mapped[date | None]
    """First day of a temporary duty: demand is in force from here."""
    last_on: Mapped[date | None]
    """Last day of a temporary duty."""
    neighbour: Mapped[Text] = mapped_column(String(200), default="", server_default=text("''"))
    """The neighbouring town that holds part of a joint gate's seats."""


class CheckpointChange(Record):
    """A checkpoint that came into a status on a day, or will: when and why."""

    __tablename__ = "checkpoint_change"

    checkpoint_id: Mapped[Id] = mapped_column(ForeignKey("checkpoint.id"), index=True)
    status: Mapped[CheckpointStatus] = mapped_column(coded(CheckpointStatus))
    on_date: Mapped[date]
    """First day of the status."""
    reason: Mapped[Text]


class ShiftPattern(Record):
    """班次: may cross midnight; a shift belongs to the day on which it starts."""

    __tablename__ = "shift_pattern"

    code: Mapped[Code]
    name: Mapped[Name]
    mark: Mapped[str] = mapped_column(String(4))
    """One character that stands for it on a sheet."""
    start_minute: Mapped[int] = mapped_column(SmallInteger)
    """Minutes after midnight, 0 to 1439."""
    length_minutes: Mapped[int] = mapped_column(SmallInteger)
    """1 to 1440."""
    night: Mapped[bool] = mapped_column(Boolean, default=False)
    """Counts as night duty for the fair share."""


class Demand(Record):
    """勤务需求: heads for one kind of seat at a checkpoint, per pattern and weekday.

    The kind of seat is a skill, a leader, or (neither) anybody.
    """

    __tablename__ = "demand"
    __table_args__ = (UniqueConstraint("checkpoint_id", "pattern_id", "weekday", "skill_id", "leader"),)

    checkpoint_id: Mapped[Id] = mapped_column(ForeignKey("checkpoint.id"), index=True)
    pattern_id: Mapped[Id] = mapped_column(ForeignKey("shift_pattern.id"), index=True)
    weekday: Mapped[int] = mapped_column(SmallInteger)
    """0 Monday … 6 Sunday."""
    skill_id: Mapped[Id | None] = mapped_column(ForeignKey("skill.id"), index=True)
    leader: Mapped[bool] = mapped_column(Boolean, default=False)
    minimum: Mapped[int] = mapped_column(SmallInteger)
    desired: Mapped[int] = mapped_column(SmallInteger)
    held: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    """Heads of the minimum that the neighbouring town holds at a joint gate."""
