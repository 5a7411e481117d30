"""Handover notes, and what an import needs to be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.String(36).with_variant(sa.Uuid(as_uuid=False), "postgresql")


def upgrade() -> None:
    """Add the table of notes and the columns of import runs."""
    op.create_table(
        "handover_note",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by", _ID, nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False, index=True),
        sa.Column("text", sa.String(300), nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("done_by", sa.String(200), nullable=False),
    )
    op.add_column("import_run", sa.Column("made_by", sa.String(200), nullable=True))
    op.add_column("import_run", sa.Column("patch", sa.LargeBinary(), nullable=True))
    op.add_column("import_run", sa.Column("undone_at", sa.DateTime(), nullable=True))
    op.add_column("import_run", sa.Column("undone_by", sa.String(200), nullable=True))
