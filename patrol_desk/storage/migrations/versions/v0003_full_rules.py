"""Rules with strengths and per kind, pairs, priority areas, security periods, joint gates, dated duties and visits."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID = sa.String(36).with_variant(sa.Uuid(as_uuid=False), "postgresql")
_KINDS = "fixed_post patrol_stop joint_gate temporary_duty"
_KNOWN = ("reach_m", "rest_minutes", "cap_day", "monthly_cap", "monthly_window_weeks", "load_weeks")


def upgrade() -> None:
    """Add what the full rules need; a station that says nothing of it plans as before."""
    _add_columns()
    _widen_rules()
    _make_pairs()
    _make_emphasis()
    _make_visits()


def _add_columns() -> None:
    op.add_column("person", _flag("spares_workday_eve"))
    for column in (
        _flag("needs_official"),
        _flag("needs_leader"),
        _count("weekly_visits"),
        _count("blind_hours"),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("neighbour", sa.String(200), nullable=False, server_default=sa.text("''")),
    ):
        op.add_column("checkpoint", column)
    op.add_column("demand", _count("held"))


def _widen_rules() -> None:
    """Let one code stand once per kind; a code that no program ever knew, and none heeded, is retired."""
    rule = sa.table("rule", sa.column("code", sa.String()), sa.column("ended_on"), sa.column("changed_at"))
    unknown = rule.c.code.not_in(_KNOWN) & rule.c.ended_on.is_(None)
    op.execute(rule.update().where(unknown).values(ended_on=sa.func.date(rule.c.changed_at)))
    with op.batch_alter_table("rule") as batch:
        batch.drop_constraint("uq_rule_code", type_="unique")
        batch.alter_column("number", existing_type=sa.Integer(), nullable=True)
        batch.add_column(_coded("checkpoint_kind", "checkpointkind", _KINDS))
        batch.add_column(_coded("strength", "rulestrength", "hard weighted off"))
        batch.create_unique_constraint("uq_rule_code_checkpoint_kind", ["code", "checkpoint_kind"])


def _make_pairs() -> None:
    _table(
        "person_pair",
        _reference("person_id", "person"),
        _reference("other_id", "person"),
        _coded("kind", "pairkind", "together apart", nullable=False),
        sa.UniqueConstraint("person_id", "other_id"),
    )


def _make_emphasis() -> None:
    _table(
        "priority_area",
        sa.Column("code", sa.String(32), nullable=False, unique=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("raised", sa.SmallInteger(), nullable=False),
        _reference("community_id", "community", nullable=True),
        _reference("grid_cell_id", "grid_cell", nullable=True),
    )
    _table(
        "area_checkpoint",
        _reference("area_id", "priority_area"),
        _reference("checkpoint_id", "checkpoint"),
        sa.UniqueConstraint("area_id", "checkpoint_id"),
    )
    _table(
        "security_period",
        sa.Column("code", sa.String(32), nullable=False, unique=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        _reference("area_id", "priority_area", nullable=True),
        _coded("checkpoint_kind", "checkpointkind", _KINDS),
        sa.Column("more_minimum", sa.SmallInteger(), nullable=False),
        sa.Column("more_desired", sa.SmallInteger(), nullable=False),
        sa.Column("percent", sa.SmallInteger(), nullable=False),
    )


def _make_visits() -> None:
    _table(
        "visit_lottery",
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False, server_default=sa.text("''")),
    )
    _table(
        "visit_draw",
        sa.Column("week", sa.String(8), nullable=False, index=True),
        _reference("checkpoint_id", "checkpoint"),
        _reference("pattern_id", "shift_pattern"),
        sa.Column("on_date", sa.Date(), nullable=False, index=True),
        sa.UniqueConstraint("checkpoint_id", "pattern_id", "on_date"),
    )


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.SmallInteger(), nullable=False, server_default="0")


def _table(name: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", _ID, primary_key=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by", _ID, nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        *columns,
    )


def _reference(name: str, table: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, _ID, sa.ForeignKey(f"{table}.id"), nullable=nullable, index=True)


def _coded(name: str, enum: str, values: str, *, nullable: bool = True) -> sa.Column[str]:
    kind = sa.Enum(*values.split(), name=enum, native_enum=False, create_constraint=True, length=24)
    return sa.Column(name, kind, nullable=nullable)
