"""Courses that people took part in."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_ID = sa.String(36).with_variant(sa.Uuid(as_uuid=False), "postgresql")
_RESULTS = ("passed", "failed", "attended")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "training_record",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by", _ID, nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("person_id", _ID, sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column("course", sa.String(60), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(*_RESULTS, name="trainingresult", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.UniqueConstraint("person_id", "course", "taken_on"),
    )
