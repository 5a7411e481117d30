"""What duty officers decide besides the plan itself."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from patrol_desk.models.base import Id, Record, Text, coded
from patrol_desk.models.enums import OverrideReason, RequestKind, RequestState


class RuleOverride(Record):
    """破例: a rule that somebody was put on duty against, knowingly, in one version of a plan.

    It names the duty by who, where and when, so that it outlives a solver run, which writes all duties anew.
    """

    __tablename__ = "rule_override"
    __table_args__ = (UniqueConstraint("version_id", "person_id", "checkpoint_id", "pattern_id", "on_date", "rule"),)

    version_id: Mapped[Id] = mapped_column(ForeignKey("plan_version.id"), index=True)
    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"), index=True)
    checkpoint_id: Mapped[Id] = mapped_column(ForeignKey("checkpoint.id"), index=True)
    pattern_id: Mapped[Id] = mapped_column(ForeignKey("shift_pattern.id"), index=True)
    on_date: Mapped[date] = mapped_column(index=True)
    rule: Mapped[str] = mapped_column(String(32))
    reason: Mapped[OverrideReason] = mapped_column(coded(OverrideReason))
    words: Mapped[Text] = mapped_column(String(200))
    """The sentence of whoever decided it."""
    decided_by: Mapped[Text]
    """Name of the account."""
    decided_at: Mapped[datetime]


class DutyRequest(Record):
    """请假、换班: somebody asks to be spared a duty, or two to change places; by who, where and when, as duties are."""

    __tablename__ = "duty_request"

    kind: Mapped[RequestKind] = mapped_column(coded(RequestKind))
    state: Mapped[RequestState] = mapped_column(coded(RequestState), index=True)
    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"), index=True)
    checkpoint_id: Mapped[Id] = mapped_column(ForeignKey("checkpoint.id"), index=True)
    pattern_id: Mapped[Id] = mapped_column(ForeignKey("shift_pattern.id"), index=True)
    on_date: Mapped[date] = mapped_column(index=True)
    other_id: Mapped[Id | None] = mapped_column(ForeignKey("person.id"), index=True)
    """With the three below the other duty of a swap."""
    other_checkpoint_id: Mapped[Id | None] = mapped_column(ForeignKey("checkpoint.id"), index=True)
    other_pattern_id: Mapped[Id | None] = mapped_column(ForeignKey("shift_pattern.id"), index=True)
    other_on_date: Mapped[date | None]
    words: Mapped[Text]
    """Why."""
    asked_at: Mapped[datetime]
    taken_by: Mapped[Text]
    """Name of the account that wrote it down."""
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[Text]


class SquadNotice(Record):
    """通知与确认: a squad was told of a version of the week's plan, and its leader has confirmed it."""

    __tablename__ = "squad_notice"
    __table_args__ = (UniqueConstraint("week", "squad_id", "number"),)

    week: Mapped[str] = mapped_column(String(8), index=True)
    squad_id: Mapped[Id] = mapped_column(ForeignKey("squad.id"), index=True)
    number: Mapped[int]
    """Version of the plan."""
    told_at: Mapped[datetime | None]
    told_by: Mapped[Text]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[Text]
    """Name of the account that took the confirmation."""
