"""The schema of the first release."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.String(36).with_variant(sa.Uuid(as_uuid=False), "postgresql")
_FROM_A_DRAFT = "(SELECT state FROM plan_version WHERE id = OLD.version_id) = 'draft'"
_TO_A_DRAFT = "(SELECT state FROM plan_version WHERE id = NEW.version_id) = 'draft'"
_GUARDS = {
    "audit_entry_is_not_changed": ("UPDATE", "audit_entry", ""),
    "audit_entry_is_not_deleted": ("DELETE", "audit_entry", ""),
    "published_version_is_not_added_to": ("INSERT", "assignment", f"WHEN NOT {_TO_A_DRAFT}"),
    "published_assignment_is_not_changed": (
        "UPDATE", "assignment", f"WHEN NOT ({_FROM_A_DRAFT} AND {_TO_A_DRAFT})",
    ),
    "published_assignment_is_not_deleted": ("DELETE", "assignment", f"WHEN NOT {_FROM_A_DRAFT}"),
    "published_version_is_not_deleted": ("DELETE", "plan_version", "WHEN OLD.state <> 'draft'"),
    "published_version_is_not_changed": (
        "UPDATE OF plan_id, number, made_at, published_at, published_by, content_hash, figures, certificate",
        "plan_version",
        "WHEN OLD.state <> 'draft'",
    ),
    "published_version_is_not_reopened": (
        "UPDATE OF state", "plan_version", "WHEN OLD.state <> 'draft' AND NEW.state = 'draft'",
    ),
}  # fmt: skip
"""The log is only added to, and a published version is a snapshot, whoever writes to the file."""


def upgrade() -> None:
    """Make every table in an empty file."""
    _make_office()
    _make_township()
    _make_places()
    _make_demand()
    _make_people()
    _make_what_people_can()
    _make_squads()
    _make_planning()
    _make_plans()
    for name, (event, table, condition) in _GUARDS.items():
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} {condition} "
            f"BEGIN SELECT RAISE(ABORT, 'immutable: {table}'); END"
        )


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


def _reference(name: str, table: str, *, nullable: bool = False, index: bool = True) -> sa.Column[str]:
    return sa.Column(name, _ID, sa.ForeignKey(f"{table}.id"), nullable=nullable, index=index)


def _coded(name: str, enum: str, values: str, *, nullable: bool = False) -> sa.Column[str]:
    kind = sa.Enum(*values.split(), name=enum, native_enum=False, create_constraint=True, length=24)
    return sa.Column(name, kind, nullable=nullable)


def _make_office() -> None:
    _table(
        "account",
        sa.Column("code", sa.String(32), nullable=False, unique=True),
        sa.Column("display_name", sa.String(60), nullable=False),
        _coded("role", "role", "chief duty_officer clerk viewer auditor"),
    )
    _table(
        "audit_entry",
        sa.Column("number", sa.Integer(), nullable=False, unique=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("account_id", _ID, nullable=True),
        sa.Column("account_name", sa.String(200), nullable=False),
        sa.Column("action", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("record_id", _ID, nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    _table(
        "import_run",
        sa.Column("at", sa.DateTime(), nullable=False),
        _coded("state", "importstate", "done undone"),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
    )


def _make_township() -> None:
    _table(
        "township",
        sa.Column("code", sa.String(32), nullable=False, unique=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("letters", sa.String(8), nullable=False),
        sa.Column("station_name", sa.String(60), nullable=False),
        sa.Column("parent_office", sa.String(200), nullable=False),
        sa.Column("duty_phone", sa.String(200), nullable=False),
        sa.Column("sample_seed", sa.Integer(), nullable=True),
    )
    _table(
        "community",
        sa.Column("code", sa.String(32), nullable=False, unique=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("boundary", sa.JSON(), nullable=False),
    )
    _table(
        "grid_cell",
        sa.Column("code", sa.String(32), nullable=False, unique=True),
        sa.Column("name", sa.String(60), nullable=False),
        _reference("community_id", "community"),
        sa.Column("boundary", sa.JSON(), nullable=False),
    )
    _table(
        "map_feature",
        sa.Column("code", sa.String(32), nullable=False, unique=True),
        sa.Column("name", sa.String(60), nullable=False),
        _coded("kind", "mapfeaturekind", "main_road road river"),
        sa.Column("line", sa.JSON(), nullable=False),
    )
    _table(
        "organisation",
        sa.Column("code", sa.String(32), nullable=False, unique=True),
        sa.Column("name", sa.String(60), nullable=False),
        _coded("kind", "organisationkind", "company association branch owners_committee"),
        _reference("community_id", "community", nullable=True),
        sa.Column("phone", sa.String(200), nullable=False),
    )


def _make_places() -> None:
    _table(
        "skill",
        sa.Column("code", sa.String(32), nullable=False, unique=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("mark", sa.String(4), nullable=False),
    )
    _table(
        "muster_point",
        sa.Column("code", sa.String(32), nullable=False, unique=True),
        sa.Column("name", sa.String(60), nullable=False),
        _reference("community_id", "community", nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
    )
    _table(
        "equipment_item",
        sa.Column("code", sa.String(32), nullable=False, unique=True),
        sa.Column("name", sa.String(60), nullable=False),
        _reference("muster_point_id", "muster_point"),
        sa.Column("quantity", sa.Integer(), nullable=False),
    )
    _table(
        "checkpoint",
        sa.Column("code", sa.String(32), nullable=False, unique=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("short_name", sa.String(12), nullable=False),
        _coded("kind", "checkpointkind", "fixed_post patrol_stop joint_gate temporary_duty"),
        _coded("status", "checkpointstatus", "planned active suspended closed"),
        sa.Column("tier", sa.SmallInteger(), nullable=False),
        _reference("community_id", "community", nullable=True),
        _reference("grid_cell_id", "grid_cell", nullable=True),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
    )


def _make_demand() -> None:
    _table(
        "shift_pattern",
        sa.Column("code", sa.String(32), nullable=False, unique=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("mark", sa.String(4), nullable=False),
        sa.Column("start_minute", sa.SmallInteger(), nullable=False),
        sa.Column("length_minutes", sa.SmallInteger(), nullable=False),
        sa.Column("night", sa.Boolean(), nullable=False),
    )
    _table(
        "demand",
        _reference("checkpoint_id", "checkpoint"),
        _reference("pattern_id", "shift_pattern"),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        _reference("skill_id", "skill", nullable=True),
        sa.Column("leader", sa.Boolean(), nullable=False),
        sa.Column("minimum", sa.SmallInteger(), nullable=False),
        sa.Column("desired", sa.SmallInteger(), nullable=False),
        sa.UniqueConstraint("checkpoint_id", "pattern_id", "weekday", "skill_id", "leader"),
    )


def _make_people() -> None:
    _table(
        "person",
        sa.Column("code", sa.String(32), nullable=False, unique=True),
        sa.Column("name", sa.String(60), nullable=False, index=True),
        _coded("force", "force", "officer auxiliary volunteer full_time guard grid_worker traffic publicity liaison"),
        _coded("status", "personstatus", "applied vetted awaiting_training active inactive"),
        sa.Column("status_on", sa.Date(), nullable=True),
        sa.Column("status_reason", sa.String(200), nullable=False),
        _coded("activity_class", "activityclass", "weekly monthly call_out"),
        _coded("gender", "gender", "female male", nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("resident_id", sa.String(18), nullable=True, index=True),
        sa.Column("phone", sa.String(20), nullable=True, index=True),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("insured_from", sa.Date(), nullable=True),
        sa.Column("insured_until", sa.Date(), nullable=True),
        sa.Column("contract_minutes", sa.Integer(), nullable=True),
        sa.Column("weekly_cap", sa.SmallInteger(), nullable=False),
        _reference("community_id", "community", nullable=True),
        _reference("grid_cell_id", "grid_cell", nullable=True),
        _reference("organisation_id", "organisation", nullable=True),
        sa.Column("home_lon", sa.Double(), nullable=True),
        sa.Column("home_lat", sa.Double(), nullable=True),
    )


def _make_what_people_can() -> None:
    _table(
        "certificate",
        _reference("person_id", "person"),
        _reference("skill_id", "skill"),
        sa.Column("number", sa.String(200), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.UniqueConstraint("person_id", "skill_id"),
    )
    _table(
        "availability",
        _reference("person_id", "person"),
        _reference("pattern_id", "shift_pattern"),
        sa.Column("monday", sa.SmallInteger(), nullable=False),
        sa.Column("tuesday", sa.SmallInteger(), nullable=False),
        sa.Column("wednesday", sa.SmallInteger(), nullable=False),
        sa.Column("thursday", sa.SmallInteger(), nullable=False),
        sa.Column("friday", sa.SmallInteger(), nullable=False),
        sa.Column("saturday", sa.SmallInteger(), nullable=False),
        sa.Column("sunday", sa.SmallInteger(), nullable=False),
        sa.UniqueConstraint("person_id", "pattern_id"),
    )
    _table(
        "leave",
        _reference("person_id", "person"),
        sa.Column("first_on", sa.Date(), nullable=False, index=True),
        sa.Column("last_on", sa.Date(), nullable=False, index=True),
        _coded("reason", "leavereason", "personal sick work family away other"),
        sa.UniqueConstraint("person_id", "first_on"),
    )


def _make_squads() -> None:
    _table(
        "squad",
        sa.Column("code", sa.String(32), nullable=False, unique=True),
        sa.Column("name", sa.String(60), nullable=False),
        _reference("community_id", "community", nullable=True),
        _reference("organisation_id", "organisation", nullable=True),
        sa.Column("base_lon", sa.Double(), nullable=True),
        sa.Column("base_lat", sa.Double(), nullable=True),
    )
    _table(
        "squad_membership",
        _reference("person_id", "person"),
        _reference("squad_id", "squad"),
        _coded("role", "squadrole", "leader deputy member"),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.UniqueConstraint("person_id", "from_on"),
    )
    _table(
        "response_team",
        sa.Column("code", sa.String(32), nullable=False, unique=True),
        sa.Column("name", sa.String(60), nullable=False),
        _reference("muster_point_id", "muster_point", nullable=True),
    )
    _table(
        "team_membership",
        _reference("person_id", "person"),
        _reference("team_id", "response_team"),
        _coded("role", "squadrole", "leader deputy member"),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.UniqueConstraint("person_id", "from_on"),
    )


def _make_planning() -> None:
    _table(
        "rule",
        sa.Column("code", sa.String(32), nullable=False, unique=True),
        sa.Column("number", sa.Integer(), nullable=False),
    )
    _table(
        "holiday",
        sa.Column("on_date", sa.Date(), nullable=False, unique=True),
        sa.Column("name", sa.String(60), nullable=False),
        _coded("kind", "holidaykind", "holiday make_up_workday"),
        sa.Column("announced", sa.Boolean(), nullable=False),
    )


def _make_plans() -> None:
    _table(
        "plan",
        sa.Column("week", sa.String(8), nullable=False, unique=True),
        _coded("state", "planstate", "draft published closed"),
    )
    _table(
        "plan_version",
        _reference("plan_id", "plan"),
        sa.Column("number", sa.Integer(), nullable=False),
        _coded("state", "versionstate", "draft published outdated"),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("published_by", sa.String(200), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("problem_hash", sa.String(64), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("certificate", sa.LargeBinary(), nullable=True),
        sa.UniqueConstraint("plan_id", "number"),
    )
    _table(
        "assignment",
        _reference("version_id", "plan_version"),
        _reference("person_id", "person"),
        _reference("checkpoint_id", "checkpoint"),
        _reference("pattern_id", "shift_pattern"),
        sa.Column("on_date", sa.Date(), nullable=False, index=True),
        _reference("skill_id", "skill", nullable=True, index=False),
        sa.Column("leader", sa.Boolean(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        _coded("source", "assignmentsource", "solver hand import"),
        sa.UniqueConstraint("version_id", "person_id", "checkpoint_id", "pattern_id", "on_date"),
    )
    _table(
        "attendance",
        _reference("person_id", "person"),
        _reference("checkpoint_id", "checkpoint"),
        _reference("pattern_id", "shift_pattern"),
        sa.Column("on_date", sa.Date(), nullable=False, index=True),
        _coded("state", "attendancestate", "present late absent replaced"),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.UniqueConstraint("person_id", "on_date", "pattern_id"),
    )
