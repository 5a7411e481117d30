"""Rules that somebody was put on duty against, knowingly."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_REASON = sa.Enum(
    "emergency", "willing", "nobody_else", "ordered", "other",
    name="overridereason", native_enum=False, create_constraint=True, length=24,
)  # fmt: skip
_ID = sa.String(36).with_variant(sa.Uuid(as_uuid=False), "postgresql")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "rule_override",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by", _ID, nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version_id", _ID, sa.ForeignKey("plan_version.id"), nullable=False, index=True),
        sa.Column("person_id", _ID, sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column("checkpoint_id", _ID, sa.ForeignKey("checkpoint.id"), nullable=False, index=True),
        sa.Column("pattern_id", _ID, sa.ForeignKey("shift_pattern.id"), nullable=False, index=True),
        sa.Column("on_date", sa.Date(), nullable=False, index=True),
        sa.Column("rule", sa.String(32), nullable=False),
        sa.Column("reason", _REASON, nullable=False),
        sa.Column("words", sa.String(200), nullable=False),
        sa.Column("decided_by", sa.String(200), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.UniqueConstraint("version_id", "person_id", "checkpoint_id", "pattern_id", "on_date", "rule"),
    )
