"""Rules, holidays, plans with their versions, assignments and attendance."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from patrol_desk.models.base import Id, Name, Record, Text, coded
from patrol_desk.models.enums import (
    AssignmentSource,
    AttendanceState,
    CheckpointKind,
    HolidayKind,
    OverrideBy,
    PlanState,
    RuleStrength,
    VersionState,
)


class Rule(Record):
    """规则: what the township sets otherwise than the defaults: a rule, or how much it cares about a level.

    One that names a kind holds at the checkpoints of that kind, before the one that names none. A later one takes the
    place of an earlier one for the same code and kind.
    """

    __tablename__ = "rule"
    __table_args__ = (UniqueConstraint("code", "checkpoint_kind", "since"),)

    code: Mapped[str] = mapped_column(String(32))
    checkpoint_kind: Mapped[CheckpointKind | None] = mapped_column(coded(CheckpointKind))
    strength: Mapped[RuleStrength | None] = mapped_column(coded(RuleStrength))
    """None for the default's."""
    number: Mapped[int | None]
    """None for the default's."""
    since: Mapped[date | None]
    """Monday of the first week in which it holds; None for as long as there has been one."""
    who: Mapped[OverrideBy | None] = mapped_column(coded(OverrideBy))
    """None for the default's."""


class Holiday(Record):
    """节假日、调休: one day."""

    __tablename__ = "holiday"

    on_date: Mapped[date] = mapped_column(unique=True)
    name: Mapped[Name]
    kind: Mapped[HolidayKind] = mapped_column(coded(HolidayKind))
    announced: Mapped[bool] = mapped_column(default=True)
    """False while the date is only estimated."""


class Plan(Record):
    """排班表: the plan of one ISO week."""

    __tablename__ = "plan"

    week: Mapped[str] = mapped_column(String(8), unique=True)
    state: Mapped[PlanState] = mapped_column(coded(PlanState))


class PlanVersion(Record):
    """One version of a plan; once published it is never changed, only replaced."""

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    plan_id: Mapped[Id] = mapped_column(ForeignKey("plan.id"), index=True)
    number: Mapped[int]
    state: Mapped[VersionState] = mapped_column(coded(VersionState))
    made_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    published_by: Mapped[Text]
    content_hash: Mapped[str] = mapped_column(String(64), default="")
    """SHA-256 over the assignments; set when published."""
    problem_hash: Mapped[str] = mapped_column(String(64), default="")
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    certificate: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Certificate file (gzip JSON) of the solver run that made the version."""


class SavedCandidate(Record):
    """备选方案: what a solver run found for a week, kept by name beside the draft; nobody has accepted it."""

    __tablename__ = "saved_candidate"

    week: Mapped[str] = mapped_column(String(8), index=True)
    name: Mapped[Name]
    at: Mapped[datetime]
    saved_by: Mapped[Text]
    """Name of the account."""
    mode: Mapped[str] = mapped_column(String(16))
    seed: Mapped[int]
    standing: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Figures it had when it was saved."""
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Of the solver run."""
    problem_hash: Mapped[str] = mapped_column(String(64))
    seats: Mapped[bytes]
    """Its duties, gzip JSON."""
    certificate: Mapped[bytes]


class Assignment(Record):
    """执勤安排: one person, one checkpoint, one shift, in one version of a plan."""

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("version_id", "person_id", "checkpoint_id", "pattern_id", "on_date"),)

    version_id: Mapped[Id] = mapped_column(ForeignKey("plan_version.id"), index=True)
    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"), index=True)
    checkpoint_id: Mapped[Id] = mapped_column(ForeignKey("checkpoint.id"), index=True)
    pattern_id: Mapped[Id] = mapped_column(ForeignKey("shift_pattern.id"), index=True)
    on_date: Mapped[date] = mapped_column(index=True)
    skill_id: Mapped[Id | None] = mapped_column(ForeignKey("skill.id"))
    leader: Mapped[bool] = mapped_column(default=False)
    """With `skill_id` the kind of seat held, as in `Demand`."""
    locked: Mapped[bool] = mapped_column(default=False)
    source: Mapped[AssignmentSource] = mapped_column(coded(AssignmentSource))


class KnownGap(Record):
    """知情留空: minimum heads of one shift that are knowingly left open; they are no longer asked for as a minimum."""

    __tablename__ = "known_gap"
    __table_args__ = (UniqueConstraint("checkpoint_id", "pattern_id", "on_date", "skill_id", "leader"),)

    checkpoint_id: Mapped[Id] = mapped_column(ForeignKey("checkpoint.id"), index=True)
    pattern_id: Mapped[Id] = mapped_column(ForeignKey("shift_pattern.id"), index=True)
    on_date: Mapped[date] = mapped_column(index=True)
    skill_id: Mapped[Id | None] = mapped_column(ForeignKey("skill.id"), index=True)
    leader: Mapped[bool] = mapped_column(default=False)
    """With `skill_id` the kind of seat, as in `Demand`."""
    heads: Mapped[int] = mapped_column(SmallInteger)
    reason: Mapped[Text] = mapped_column(String(200))


class DayDemand(Record):
    """临时加人: heads that a shift asks for on one day beyond its weekly demand; anybody may take them."""

    __tablename__ = "day_demand"
    __table_args__ = (UniqueConstraint("checkpoint_id", "pattern_id", "on_date"),)

    checkpoint_id: Mapped[Id] = mapped_column(ForeignKey("checkpoint.id"), index=True)
    pattern_id: Mapped[Id] = mapped_column(ForeignKey("shift_pattern.id"), index=True)
    on_date: Mapped[date] = mapped_column(index=True)
    minimum: Mapped[int] = mapped_column(SmallInteger)
    desired: Mapped[int] = mapped_column(SmallInteger)
    """Both are what is added."""
    reason: Mapped[Text] = mapped_column(String(200))


class Attendance(Record):
    """考勤: what became of one duty."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("person_id", "on_date", "pattern_id"),)

    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"), index=True)
    checkpoint_id: Mapped[Id] = mapped_column(ForeignKey("checkpoint.id"), index=True)
    pattern_id: Mapped[Id] = mapped_column(ForeignKey("shift_pattern.id"), index=True)
    on_date: Mapped[date] = mapped_column(index=True)
    state: Mapped[AttendanceState] = mapped_column(coded(AttendanceState))
    minutes: Mapped[int]
    """Minutes served."""
