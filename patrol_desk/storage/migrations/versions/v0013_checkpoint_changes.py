"""When and why a checkpoint came into its statuses."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_ID = sa.String(36).with_variant(sa.Uuid(as_uuid=False), "postgresql")
_STATUSES = ("planned", "active", "suspended", "closed")


def upgrade() -> None:
    """Add the table; of changes before, the audit log tells the days."""
    op.create_table(
        "checkpoint_change",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by", _ID, nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("checkpoint_id", _ID, sa.ForeignKey("checkpoint.id"), nullable=False, index=True),
        sa.Column(
            "status",
            sa.Enum(*_STATUSES, name="checkpointstatus", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
    )
