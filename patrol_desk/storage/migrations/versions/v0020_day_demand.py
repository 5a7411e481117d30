"""More heads than the week's demand asks for, on one day."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_ID = sa.String(36).with_variant(sa.Uuid(as_uuid=False), "postgresql")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "day_demand",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by", _ID, nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("checkpoint_id", _ID, sa.ForeignKey("checkpoint.id"), nullable=False, index=True),
        sa.Column("pattern_id", _ID, sa.ForeignKey("shift_pattern.id"), nullable=False, index=True),
        sa.Column("on_date", sa.Date(), nullable=False, index=True),
        sa.Column("minimum", sa.SmallInteger(), nullable=False),
        sa.Column("desired", sa.SmallInteger(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.UniqueConstraint("checkpoint_id", "pattern_id", "on_date"),
    )
