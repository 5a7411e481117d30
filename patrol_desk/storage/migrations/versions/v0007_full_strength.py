"""Full strength of squads and response teams: what vacancies are counted from."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; of the groups there are nobody has said how many they should be."""
    for table in ("squad", "response_team"):
        op.add_column(table, sa.Column("strength", sa.SmallInteger(), nullable=True))
