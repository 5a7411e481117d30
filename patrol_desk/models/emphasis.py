"""What counts more for a time: priority areas and security periods."""

from datetime import date

from sqlalchemy import ForeignKey, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from patrol_desk.models.base import Code, Id, Name, Record, coded
from patrol_desk.models.enums import CheckpointKind


class PriorityArea(Record):
    """重点片区: raises the tier of its checkpoints on its days.

    Its checkpoints are those of the community and of the grid cell it names, and those listed as `AreaCheckpoint`.
    """

    __tablename__ = "priority_area"

    code: Mapped[Code]
    name: Mapped[Name]
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    raised: Mapped[int] = mapped_column(SmallInteger, default=1)
    """Tiers by which its checkpoints rise, 0 to 2; 0 for an area that is only a list."""
    community_id: Mapped[Id | None] = mapped_column(ForeignKey("community.id"), index=True)
    grid_cell_id: Mapped[Id | None] = mapped_column(ForeignKey("grid_cell.id"), index=True)


class AreaCheckpoint(Record):
    """One checkpoint of a priority area."""

    __tablename__ = "area_checkpoint"
    __table_args__ = (UniqueConstraint("area_id", "checkpoint_id"),)

    area_id: Mapped[Id] = mapped_column(ForeignKey("priority_area.id"), index=True)
    checkpoint_id: Mapped[Id] = mapped_column(ForeignKey("checkpoint.id"), index=True)


class SecurityPeriod(Record):
    """重点时段: raises demand between two days, both included.

    It concerns the checkpoints of its area that are of its kind; an area or a kind left open concerns all.
    """

    __tablename__ = "security_period"

    code: Mapped[Code]
    name: Mapped[Name]
    first_on: Mapped[date]
    last_on: Mapped[date]
    area_id: Mapped[Id | None] = mapped_column(ForeignKey("priority_area.id"), index=True)
    checkpoint_kind: Mapped[CheckpointKind | None] = mapped_column(coded(CheckpointKind))
    more_minimum: Mapped[int] = mapped_column(SmallInteger, default=0)
    """Minimum heads more in each patrol."""
    more_desired: Mapped[int] = mapped_column(SmallInteger, default=0)
    """Desired heads more in each patrol."""
    percent: Mapped[int] = mapped_column(SmallInteger, default=0)
    """Percent more of both, rounded up."""
