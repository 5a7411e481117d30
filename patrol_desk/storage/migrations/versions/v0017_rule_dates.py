"""A rule's setting holds from a week on, and says who may override the rule."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_STRENGTHS = "hard weighted hint off"
_KINDS = "fixed_post patrol_stop joint_gate temporary_duty"
_ROLES = "nobody chief duty_officer clerk"


def upgrade() -> None:
    """Add both; what is set already has always held, and may be overridden as before."""
    with op.batch_alter_table("rule") as batch:
        batch.drop_constraint("uq_rule_code_checkpoint_kind", type_="unique")
        batch.add_column(sa.Column("since", sa.Date(), nullable=True))
        batch.add_column(sa.Column("who", _coded("overrideby", _ROLES), nullable=True))
        # The lists are checks of the table, which a table made anew loses with columns that are not named.
        batch.alter_column("strength", type_=_coded("rulestrength", _STRENGTHS))
        batch.alter_column("checkpoint_kind", type_=_coded("checkpointkind", _KINDS))
        batch.create_unique_constraint("uq_rule_code_checkpoint_kind_since", ["code", "checkpoint_kind", "since"])


def _coded(name: str, values: str) -> sa.Enum:
    return sa.Enum(*values.split(), name=name, native_enum=False, create_constraint=True, length=24)
