"""A file of an older schema is backed up, migrated in one step and checked; the models and the schema agree."""

import shutil
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from patrol_desk.common.errors import StorageError
from patrol_desk.models import (
    Base,
    Checkpoint,
    CheckpointKind,
    Demand,
    HandoverNote,
    ImportRun,
    PairKind,
    Person,
    PersonPair,
    Rule,
)
from patrol_desk.storage import bulk
from patrol_desk.storage.backup import backups
from patrol_desk.storage.connect import connect, engine_of
from patrol_desk.storage.database import Database
from patrol_desk.storage.marker import APPLICATION_ID, USER_VERSIONS, Marker
from patrol_desk.storage.migrate import SCHEMA, Schema, upgrade, upgrade_file
from tests.helpers.processes import Child
from tests.helpers.stations import add_people, chain_of, clock, people, write

NEXT = '''"""Adds a column by rebuilding the table."""

import sqlalchemy as sa
from alembic import op

revision = "{ahead}"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give squads a colour."""
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("shoe_size", sa.Integer(), nullable=True))
    {after}
'''
AHEAD = f"{int(SCHEMA.head) + 1:04}"


def write_next(scripts: Path, after: str) -> None:
    """Write the migration of a program that is one revision ahead."""
    text = NEXT.format(after=after, ahead=AHEAD, head=SCHEMA.head)
    (scripts / "versions" / f"v{AHEAD}_next.py").write_text(text, encoding="utf-8", newline="\n")


def newer(folder: Path, after: str = "") -> Schema:
    """Return the schema of a program that is one revision ahead."""
    scripts = folder / "migrations"
    shutil.copytree(SCHEMA.scripts, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    write_next(scripts, after)
    return Schema(AHEAD, scripts)


PEOPLE = """INSERT INTO person (id, row_version, changed_at, code, name, force, status, status_reason, activity_class,
    weekly_cap) VALUES (:code, 1, '2026-01-05', :code, '测试', 'volunteer', 'active', '', 'weekly', 2)"""
CHECKPOINT = """INSERT INTO checkpoint (id, row_version, changed_at, code, name, short_name, kind, status, tier,
    address) VALUES ('c', 1, '2026-01-05', 'P1', '沙角岗', '沙角', 'joint_gate', 'active', 1, '')"""
PATTERN = """INSERT INTO shift_pattern (id, row_version, changed_at, code, name, mark, start_minute, length_minutes,
    night) VALUES ('n', 1, '2026-01-05', 'N', '夜班', '夜', 1320, 240, 1)"""
DEMAND = """INSERT INTO demand (id, row_version, changed_at, checkpoint_id, pattern_id, weekday, leader, minimum,
    desired) VALUES ('d', 1, '2026-01-05', 'c', 'n', 4, 0, 2, 3)"""
RULES = """INSERT INTO rule (id, row_version, changed_at, code, number)
    VALUES (:code, 1, '2026-01-05 01:02:03', :code, :number)"""


def older(path: Path, key: bytes | None, revision: str) -> None:
    """Write a file as the program of a revision did, with thirty people, a post, two rules and one import."""
    schema = Schema(revision, SCHEMA.scripts)
    with closing(connect(path, key, create=True)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}").close()
        connection.execute(f"PRAGMA user_version = {USER_VERSIONS[Marker.STATION if key else Marker.PLAIN_STATION]}")
        upgrade(path, connection, schema)
    with Database.open(path, key=key, schema=schema) as opened, write(opened) as unit:
        run = "INSERT INTO import_run (id, row_version, changed_at, at, state, files, counts) VALUES"
        unit.session.execute(text(run + """ ('r', 1, '2026-01-05', '2026-01-05', 'done', '[]', '{"people"\\: 30}')"""))
        unit.session.execute(text(PEOPLE), [{"code": f"P{number:05d}"} for number in range(30)])
        for statement in (CHECKPOINT, PATTERN, DEMAND):
            unit.session.execute(text(statement))
        rules = {"rest_minutes": 660, "reach": 4, "monthly_cap": 3}
        unit.session.execute(text(RULES), [{"code": code, "number": number} for code, number in rules.items()])
        unit.note("person", None, {"count": 30})
        unit.commit()


def has_column(database: Database) -> bool:
    """Say whether the revision after ours has been applied."""
    with database.read() as session:
        return any(row[1] == "shoe_size" for row in session.execute(text("PRAGMA table_info(person)")))


def test_the_head_is_the_newest_revision() -> None:
    """What the program compares a file with is what its migrations lead to."""
    assert SCHEMA.revisions()[0] == SCHEMA.head


def test_the_models_are_what_the_migrations_make(database: Database, key: bytes | None) -> None:
    """Autogenerate finds nothing to do in a file that came from empty by the migrations."""
    connection = connect(database.path, key)
    with engine_of(connection).connect() as made:
        context = MigrationContext.configure(made, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []
    connection.close()


def test_the_lists_in_the_file_are_the_models(tmp_path: Path) -> None:
    """The closed lists, which autogenerate does not compare, are the enums' too."""
    path = tmp_path / "a.pdesk"
    Database.create(path, key=None).close()
    migrated, modelled = connect(path, None), connect(tmp_path / "b.db", None, create=True)
    Base.metadata.create_all(engine_of(modelled))
    for table in Base.metadata.tables:
        one, other = (inspect(engine_of(file)).get_check_constraints(table) for file in (migrated, modelled))
        assert sorted(map(str, one)) == sorted(map(str, other))
    migrated.close()
    modelled.close()


def test_an_older_file_is_backed_up_and_migrated(folder: Path, key: bytes | None) -> None:
    """Opening an older file brings it up to date; the state before stands in the backup."""
    path = folder / "站.pdesk"
    with Database.create(path, key=key) as made:
        add_people(made, range(30))
    with Database.open(path, key=key, clock=clock(), schema=newer(folder)) as opened:
        assert has_column(opened)
        assert len(people(opened)) == 30
    (saved,) = backups(path)
    assert saved.reason == "migration"
    with Database.open(saved.path, key=key) as before:
        assert not has_column(before)
        assert len(people(before)) == 30
    with pytest.raises(StorageError) as caught:
        Database.open(path, key=key)
    assert caught.value.message.code == "storage.newer_schema"


def test_a_migration_that_fails_leaves_the_file_as_it_was(folder: Path, key: bytes | None) -> None:
    """An error half way takes the whole step back."""
    path = folder / "站.pdesk"
    Database.create(path, key=key).close()
    with pytest.raises(ZeroDivisionError):
        Database.open(path, key=key, schema=newer(folder, "1 / 0"))
    with Database.open(path, key=key) as opened:
        assert not has_column(opened)


def test_a_migration_may_not_break_references(folder: Path, key: bytes | None) -> None:
    """References are off while tables are rebuilt, so they are checked before anything is kept."""
    path = folder / "站.pdesk"
    Database.create(path, key=key).close()
    orphan = (
        'op.execute("INSERT INTO grid_cell (id, row_version, changed_at, code, name, community_id, boundary)'
        " VALUES ('a', 1, '2026-01-01', 'c', 'n', 'nobody', '[]')\")"
    )
    with pytest.raises(StorageError) as caught:
        Database.open(path, key=key, schema=newer(folder, orphan))
    assert caught.value.message.code == "storage.migration_broke_references"
    with Database.open(path, key=key) as opened:
        assert not has_column(opened)


def test_a_file_of_the_first_release_is_backed_up_and_opened(folder: Path, key: bytes | None) -> None:
    """Its people and its imports are there; what is new is empty, and works."""
    path = folder / "站.pdesk"
    older(path, key, "0001")
    with Database.open(path, key=key, clock=clock()) as opened:
        with write(opened) as unit:
            unit.session.add(HandoverNote(at=clock().now(), text="钥匙在值班室", author="王", done_by=""))
            unit.commit()
        with opened.read() as session:
            columns = ("counts", "made_by", "patch", "undone_at", "undone_by")
            assert bulk.rows(session, ImportRun, columns) == [({"people": 30}, None, None, None, None)]
            assert bulk.rows(session, HandoverNote, ("text", "done_at", "done_by")) == [("钥匙在值班室", None, "")]
        assert len(people(opened)) == 30
        assert chain_of(opened).whole
    (saved,) = backups(path)
    assert saved.reason == "migration"
    with closing(connect(saved.path, key)) as before:
        assert before.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert before.execute("SELECT count(*) FROM person").fetchone() == (30,)


def test_a_file_of_the_second_release_plans_as_before(folder: Path, key: bytes | None) -> None:
    """What is new stands at what changes nothing; rules keep their numbers, and may now hold for one kind only."""
    path = folder / "站.pdesk"
    older(path, key, "0002")
    with Database.open(path, key=key, clock=clock()) as opened:
        with opened.read() as session:
            assert {row[0] for row in bulk.rows(session, Person, ("spares_workday_eve",))} == {False}
            columns = ("needs_official", "needs_leader", "weekly_visits", "blind_hours", "first_on", "neighbour")
            assert bulk.rows(session, Checkpoint, columns) == [(False, False, 0, 0, None, "")]
            assert bulk.rows(session, Demand, ("minimum", "held")) == [(2, 0)]
            rule = ("code", "number", "checkpoint_kind", "strength", "ended_on")
            assert bulk.rows(session, Rule, rule, order_by=("code",)) == [
                ("monthly_cap", 3, None, None, None),
                ("reach", 4, None, None, date(2026, 1, 5)),
                ("rest_minutes", 660, None, None, None),
            ]
        with write(opened) as unit:
            unit.session.add(Rule(code="rest_minutes", checkpoint_kind=CheckpointKind.JOINT_GATE, number=None))
            unit.session.add(PersonPair(person_id="P00001", other_id="P00002", kind=PairKind.APART))
            unit.commit()
        assert chain_of(opened).whole
    (saved,) = backups(path)
    with closing(connect(saved.path, key)) as before:
        assert before.execute("SELECT version_num FROM alembic_version").fetchall() == [("0002",)]
        assert before.execute("SELECT count(*) FROM rule").fetchone() == (3,)


WAIT = 'print("half", flush=True)\n    import sys; sys.stdin.read()'


def test_a_kill_in_mid_migration_leaves_the_file_as_before(folder: Path, key: bytes | None) -> None:
    """The power goes while tables are rebuilt: the file opens as it was, and migrates the next time."""
    path = folder / "站.pdesk"
    with Database.create(path, key=key) as made:
        add_people(made, range(30))
    schema = newer(folder, WAIT)
    with Child("migrate", path, key, schema.scripts) as child:
        assert child.line() == "half"
        child.kill()
    with Database.open(path, key=key) as opened:
        assert not has_column(opened)
        assert len(people(opened)) == 30
    write_next(schema.scripts, "")
    upgrade_file(path, key, clock(), schema)
    with Database.open(path, key=key, schema=schema) as opened:
        assert has_column(opened)
    assert "alembic" in sys.modules
