"""People who are paused from a day on."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_ID = sa.String(36).with_variant(sa.Uuid(as_uuid=False), "postgresql")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "person_pause",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by", _ID, nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("person_id", _ID, sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column("from_on", sa.Date(), nullable=False, index=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(200), nullable=False),
    )
