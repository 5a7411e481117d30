"""Heads of a shift that are knowingly left open, with the reason."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.String(36).with_variant(sa.Uuid(as_uuid=False), "postgresql")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "known_gap",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by", _ID, nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("checkpoint_id", _ID, sa.ForeignKey("checkpoint.id"), nullable=False, index=True),
        sa.Column("pattern_id", _ID, sa.ForeignKey("shift_pattern.id"), nullable=False, index=True),
        sa.Column("on_date", sa.Date(), nullable=False, index=True),
        sa.Column("skill_id", _ID, sa.ForeignKey("skill.id"), nullable=True, index=True),
        sa.Column("leader", sa.Boolean(), nullable=False),
        sa.Column("heads", sa.SmallInteger(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.UniqueConstraint("checkpoint_id", "pattern_id", "on_date", "skill_id", "leader"),
    )
