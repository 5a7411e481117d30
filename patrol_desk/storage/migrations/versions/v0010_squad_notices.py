"""Squads that were told of a version of the plan, and whose leaders confirmed it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ID = sa.String(36).with_variant(sa.Uuid(as_uuid=False), "postgresql")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "squad_notice",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by", _ID, nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("week", sa.String(8), nullable=False, index=True),
        sa.Column("squad_id", _ID, sa.ForeignKey("squad.id"), nullable=False, index=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.Column("told_by", sa.String(200), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("confirmed_by", sa.String(200), nullable=False),
        sa.UniqueConstraint("week", "squad_id", "number"),
    )
