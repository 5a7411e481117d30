"""Requests to be spared a duty or to change places."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ID = sa.String(36).with_variant(sa.Uuid(as_uuid=False), "postgresql")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "duty_request",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by", _ID, nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("kind", _coded("requestkind", "drop", "swap"), nullable=False),
        sa.Column("state", _coded("requeststate", "open", "approved", "refused"), nullable=False, index=True),
        _reference("person_id", "person"),
        _reference("checkpoint_id", "checkpoint"),
        _reference("pattern_id", "shift_pattern"),
        sa.Column("on_date", sa.Date(), nullable=False, index=True),
        _reference("other_id", "person", nullable=True),
        _reference("other_checkpoint_id", "checkpoint", nullable=True),
        _reference("other_pattern_id", "shift_pattern", nullable=True),
        sa.Column("other_on_date", sa.Date(), nullable=True),
        sa.Column("words", sa.String(200), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("taken_by", sa.String(200), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.String(200), nullable=False),
    )


def _reference(name: str, table: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, _ID, sa.ForeignKey(f"{table}.id"), nullable=nullable, index=True)


def _coded(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=24)
