"""Thousands of rows go in, are changed and come out by the same rules as one."""

import pytest

from patrol_desk.common.errors import ConcurrentChangeError
from patrol_desk.common.ids import new_id
from patrol_desk.models import ActivityClass, Person
from patrol_desk.storage import bulk, queries
from patrol_desk.storage.database import Database
from tests.helpers.stations import CLERK, add_people, chain_of, clock, people, person, write


def test_rows_are_filled_in_and_counted(database: Database) -> None:
    """Missing ids, versions and stamps are given; the change set says "many"; the log has the count."""
    with write(database) as unit:
        assert bulk.insert(unit, Person, [person(number) for number in range(4500)]) == 4500
        assert unit.commit().by_kind == {"person": frozenset(), "person_status_change": frozenset()}
    with database.read() as session:
        rows = bulk.dicts(session, Person, ("id", "row_version", "changed_at", "changed_by", "code"))
    assert len({row["id"] for row in rows}) == 4500
    assert {(row["row_version"], row["changed_at"], row["changed_by"]) for row in rows} == {
        (1, clock().now(), CLERK.account_id)
    }
    assert chain_of(database).count == 1


def test_given_ids_and_stamps_are_kept(database: Database) -> None:
    """A generated township has its own ids and moments."""
    given = {**person(1), "id": new_id(), "row_version": 7, "changed_at": clock().now(), "changed_by": new_id()}
    with write(database) as unit:
        bulk.insert(unit, Person, [given])
        unit.commit()
    with database.read() as session:
        assert bulk.rows(session, Person, ("id", "row_version", "changed_by")) == [
            (given["id"], 7, given["changed_by"])
        ]


def test_no_rows_are_no_change(database: Database) -> None:
    """Writing nothing touches nothing."""
    with write(database) as unit:
        assert bulk.insert(unit, Person, []) == bulk.update(unit, Person, []) == 0
        assert not unit.commit()


def test_rows_are_updated_each_in_its_own_columns(database: Database) -> None:
    """Rows may set different columns; each version grows by one."""
    add_people(database, range(3))
    with database.read() as session:
        first, second, _ = bulk.rows(session, Person, ("id", "row_version"), order_by=("code",))
    with write(database) as unit:
        changed = [
            {"id": first[0], "row_version": first[1], "weekly_cap": 4},
            {"id": second[0], "row_version": second[1], "name": "改名", "activity_class": ActivityClass.MONTHLY},
        ]
        assert bulk.update(unit, Person, changed) == 2
        assert unit.commit().by_kind == {"person": frozenset({first[0], second[0]})}
    with database.read() as session:
        assert bulk.rows(session, Person, ("name", "weekly_cap", "row_version"), order_by=("code",)) == [
            ("测试0", 4, 2), ("改名", 1, 2), ("测试2", 1, 1),
        ]  # fmt: skip


def test_a_row_changed_meanwhile_stops_the_whole_update(database: Database) -> None:
    """One stale version among many and nothing is written."""
    add_people(database, range(10))
    with database.read() as session:
        rows = bulk.dicts(session, Person, ("id", "row_version"))
    stale = [{**row, "weekly_cap": 5} for row in rows]
    stale[7]["row_version"] = 99
    with pytest.raises(ConcurrentChangeError), write(database) as unit:
        bulk.update(unit, Person, stale)
    with database.read() as session:
        assert bulk.rows(session, Person, ("id",), where={"weekly_cap": 5}) == []


def test_rows_are_chosen_by_equality_nothing_and_lists(database: Database) -> None:
    """Conditions combine; a list longer than a statement can hold is asked in parts."""
    add_people(database, range(20))
    with database.read() as session:
        ids = [row[0] for row in bulk.rows(session, Person, ("id",))]
        many = [new_id() for _ in range(10_050)]
        assert bulk.rows(session, Person, ("id",), where={"id": []}) == []
        assert len(bulk.rows(session, Person, ("id",), where={"id": [*many, *ids[:5]]})) == 5
        some = {"id": ids[:3], "code": {f"P{n:05d}" for n in range(2)}, "phone": None, "weekly_cap": 1}
        found = bulk.rows(session, Person, ("code",), where=some, order_by=("code",))
        assert found == [("P00000",), ("P00001",)]
        assert len(bulk.rows(session, Person)[0]) == len(Person.__table__.columns)


def test_reads_that_most_use_cases_share(database: Database) -> None:
    """First, many and highest."""
    add_people(database, range(3))
    with database.read() as session:
        newest = queries.first(session, Person, "code", code="P00002")
        assert newest is not None
        assert newest.name == "测试2"
        assert queries.first(session, Person, code="nobody") is None
        assert [one.code for one in queries.many(session, Person, "code", weekly_cap=1)] == people(database)
        assert queries.highest(session, Person, "code") == "P00002"
        assert queries.highest(session, Person, "code", weekly_cap=9) is None
