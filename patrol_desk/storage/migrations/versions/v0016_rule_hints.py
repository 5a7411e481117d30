"""A rule may be a hint: it is told, forbids nothing and costs nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_KINDS = "fixed_post patrol_stop joint_gate temporary_duty"


def upgrade() -> None:
    """Widen the list of strengths; a list is a check of the table, made anew with its columns."""
    with op.batch_alter_table("rule") as batch:
        batch.alter_column("strength", type_=_coded("rulestrength", "hard weighted hint off"))
        batch.alter_column("checkpoint_kind", type_=_coded("checkpointkind", _KINDS))


def _coded(name: str, values: str) -> sa.Enum:
    return sa.Enum(*values.split(), name=name, native_enum=False, create_constraint=True, length=24)
