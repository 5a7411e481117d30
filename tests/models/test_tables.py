"""What every table has, and what the columns keep."""

from datetime import UTC, datetime, timedelta, timezone
from enum import Enum

import pytest
import sqlalchemy as sa
from sqlalchemy.schema import CreateTable

from patrol_desk.models import Base, Record, UtcDateTime, enums

TABLES = sorted(Base.metadata.tables.values(), key=lambda table: table.name)
CHINA = timezone(timedelta(hours=8))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.name))
def test_every_table_has_id_version_trace_and_end(table: sa.Table) -> None:
    """So that nothing is rewritten later: sync, undo and retirement need them."""
    columns = table.columns
    assert columns["id"].primary_key
    assert not columns["row_version"].nullable
    assert not columns["changed_at"].nullable
    assert columns["changed_by"].nullable
    assert columns["ended_on"].nullable


@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.name))
def test_every_table_can_be_made_on_both_databases(table: sa.Table) -> None:
    """Types and constraints are portable; each constraint has a name that a migration can use."""
    for url in ("sqlite://", "postgresql+psycopg://"):
        dialect = sa.make_url(url).get_dialect()()
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))
    assert all(constraint.name for constraint in table.constraints)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.name))
def test_every_reference_is_indexed(table: sa.Table) -> None:
    """What refers is found from what it refers to; only the kind of seat held, a handful of skills, is not."""
    indexed = {index.columns[0].name for index in table.indexes}
    referring = {key.parent.name for key in table.foreign_keys}
    assert referring - indexed <= ({"skill_id"} if table.name == "assignment" else set())


def test_every_model_checks_its_version() -> None:
    """An update of a row that somebody changed meanwhile fails, in every table."""
    for mapper in Base.registry.mappers:
        assert issubclass(mapper.class_, Record)
        assert mapper.version_id_col is not None
        assert mapper.version_id_col.name == "row_version"


def test_a_moment_is_kept_in_utc() -> None:
    """Whatever zone it was said in; a moment without one is a fault of the program."""
    kind, dialect = UtcDateTime(), sa.make_url("sqlite://").get_dialect()()
    said = datetime(2026, 11, 23, 9, 30, tzinfo=CHINA)
    stored = kind.process_bind_param(said, dialect)
    assert stored == datetime(2026, 11, 23, 1, 30)  # noqa: DTZ001  # the column holds UTC without a zone
    assert kind.process_result_value(stored, dialect) == said
    assert kind.process_result_value(stored, dialect).tzinfo is UTC  # type: ignore[union-attr]  # not None here
    assert kind.process_bind_param(None, dialect) is kind.process_result_value(None, dialect) is None
    with pytest.raises(ValueError, match="2026"):
        kind.process_bind_param(stored, dialect)


def test_closed_lists_are_short_lower_case_words() -> None:
    """Values of enums are what the database holds, in at most 24 characters."""
    lists = [kind for kind in vars(enums).values() if isinstance(kind, type) and issubclass(kind, Enum) and len(kind)]
    values = [member.value for kind in lists for member in kind if isinstance(member.value, str)]
    assert len(values) > 50
    assert all(value == value.lower() and value.isascii() and len(value) <= 24 for value in values)
