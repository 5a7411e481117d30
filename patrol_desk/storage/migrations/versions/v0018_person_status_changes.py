"""When and why people came into their statuses."""

import sqlalchemy as sa
from alembic import op

from patrol_desk.common.ids import new_id

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_ID = sa.String(36).with_variant(sa.Uuid(as_uuid=False), "postgresql")
_STATUSES = ("applied", "vetted", "awaiting_training", "active", "inactive")


def upgrade() -> None:
    """Add the table and begin everybody's history with the status that holds; the audit log tells what was before."""
    table = op.create_table(
        "person_status_change",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by", _ID, nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("person_id", _ID, sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column(
            "status",
            sa.Enum(*_STATUSES, name="personstatus", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("origin", sa.String(60), nullable=False),
    )
    person = sa.table(
        "person",
        *(sa.column(name) for name in ("id", "status", "status_reason", "changed_by")),
        sa.column("status_on", sa.Date()),
        sa.column("changed_at", sa.DateTime()),
    )
    columns = (person.c.id, person.c.status, person.c.status_on, person.c.status_reason, person.c.changed_at)
    rows = [
        {
            "id": new_id(),
            "row_version": 1,
            "changed_at": at,
            "changed_by": by,
            "ended_on": None,
            "person_id": person_id,
            "status": status,
            "on_date": on or at.date(),
            "reason": reason,
            "origin": "",
        }
        for person_id, status, on, reason, at, by in op.get_bind().execute(sa.select(*columns, person.c.changed_by))
    ]
    op.bulk_insert(table, rows)
