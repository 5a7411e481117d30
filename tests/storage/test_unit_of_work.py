"""One action is written whole, stamped and logged, or not at all."""

from datetime import date

import pytest
from sqlalchemy import text

from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError, StorageError
from patrol_desk.common.ids import new_id
from patrol_desk.models import (
    ActivityClass,
    Assignment,
    AssignmentSource,
    AuditEntry,
    Checkpoint,
    CheckpointKind,
    CheckpointStatus,
    Force,
    Person,
    PersonStatus,
    PersonStatusChange,
    Plan,
    PlanState,
    PlanVersion,
    ShiftPattern,
    Skill,
    VersionState,
)
from patrol_desk.storage import bulk, queries
from patrol_desk.storage.audit import GENESIS, plain
from patrol_desk.storage.database import Database
from patrol_desk.storage.unit_of_work import UnitOfWork
from tests.helpers.stations import CLERK, add_people, chain_of, clock, people, write

OTHERS = "row_version, changed_at, version_id, person_id, checkpoint_id, pattern_id, leader, locked, source"


def somebody(code: str = "P1") -> Person:
    """Return an invented person."""
    return Person(
        code=code, name="张伟强", force=Force.VOLUNTEER, status=PersonStatus.ACTIVE, phone="13800132046",
        activity_class=ActivityClass.WEEKLY, status_reason="", birth_date=date(1990, 5, 1),
    )  # fmt: skip


def log(database: Database) -> list[dict[str, object]]:
    """Return the audit log."""
    with database.read() as session:
        return bulk.dicts(session, AuditEntry, order_by=("number",))


def test_a_commit_is_stamped_and_said(database: Database) -> None:
    """Every record carries who and when, and the change set names it."""
    with write(database) as unit:
        made = somebody()
        unit.session.add(made)
        changes = unit.commit()
    assert changes.by_kind["person"] == frozenset({made.id})
    assert changes.by_kind.keys() == {"person", "person_status_change"}
    with database.read() as session:
        kept = queries.first(session, Person, code="P1")
        assert kept is not None
        assert (kept.changed_at, kept.changed_by, kept.row_version) == (clock().now(), CLERK.account_id, 1)


def test_leaving_without_commit_writes_nothing(database: Database) -> None:
    """Not a row, not an audit entry."""
    with write(database) as unit:
        unit.session.add(somebody())
        unit.session.flush()
    assert people(database) == []
    assert log(database) == []


def test_an_error_inside_writes_nothing(database: Database) -> None:
    """A fault half way takes everything back, and goes on as it is."""

    def fail_half_way() -> None:
        with write(database) as unit:
            unit.session.add(somebody())
            unit.session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert people(database) == []


def test_a_change_is_logged_with_before_and_after_masked(database: Database) -> None:
    """The log says what changed without giving a number away."""
    with write(database) as unit:
        made = somebody()
        unit.session.add(made)
        unit.commit()
        made.phone = "13911112222"
        made.weekly_cap = 3
        changes = unit.commit()
        assert changes.by_kind == {"person": frozenset({made.id})}
        bulk.delete(unit, PersonStatusChange, {"person_id": made.id})
        unit.session.delete(made)
        unit.commit()
    added, changed, deleted = [entry["details"] for entry in log(database) if entry["kind"] == "person"]
    assert added["added"]["phone"] == "138****2046"  # type: ignore[index]  # a column of JSON
    assert changed == {"phone": ["138****2046", "139****2222"], "weekly_cap": [1, 3]}
    assert deleted == {"deleted": True}
    assert "张伟强" not in str(log(database))


def test_a_record_touched_but_not_changed_is_not_logged(database: Database) -> None:
    """Setting a field to what it holds is no change."""
    with write(database) as unit:
        made = somebody()
        unit.session.add(made)
        unit.commit()
    with write(database) as unit:
        kept = queries.first(unit.session, Person, code="P1")
        assert kept is not None
        kept.weekly_cap = 1
        assert not unit.commit()
    assert [entry["kind"] for entry in log(database)] == ["", "person", ""]


def test_each_commit_appends_to_one_chain(database: Database) -> None:
    """The whole action comes first, then its notes, each linked to the one before."""
    with write(database, "import") as unit:
        unit.note("person", None, {"电话": "13800132046", "on": date(2026, 11, 23), "of": {Force.VOLUNTEER}})
        unit.touch("squad")
        assert unit.commit().by_kind == {"squad": frozenset()}
        unit.commit()
    entries = log(database)
    assert [entry["number"] for entry in entries] == [1, 2, 3]
    assert [entry["action"] for entry in entries] == ["import"] * 3
    assert entries[1]["details"] == {"电话": "138****2046", "on": "2026-11-23", "of": ["volunteer"]}
    assert entries[0]["previous_hash"] == GENESIS
    verdict = chain_of(database)
    assert verdict.whole
    assert verdict.head == entries[2]["hash"]


def test_what_the_log_holds_is_plain() -> None:
    """What JSON cannot hold is said in its plainest form."""
    assert plain({"at": clock().now(), "blob": b"123", "none": None, "share": 0.5}) == {
        "at": "2026-11-23T01:30:00+00:00", "blob": {"bytes": 3}, "none": None, "share": 0.5,
    }  # fmt: skip


def test_a_lost_update_is_refused(database: Database) -> None:
    """Whoever read before another's change writes nothing and is told."""
    add_people(database, [1])
    with write(database) as unit:
        stale = queries.first(unit.session, Person, code="P00001")
    assert stale is not None
    with write(database) as unit:
        fresh = queries.first(unit.session, Person, code="P00001")
        assert fresh is not None
        fresh.weekly_cap = 2
        unit.commit()
    with write(database) as unit:
        unit.session.add(stale)
        stale.weekly_cap = 5
        with pytest.raises(ConcurrentChangeError) as caught:
            unit.commit()
    assert caught.value.message.code == "storage.changed_meanwhile"


def test_a_broken_constraint_is_a_sentence_without_the_values(database: Database) -> None:
    """The error names the rule; neither it nor what it came from holds a name or number."""
    with write(database) as unit:
        unit.session.add_all([somebody(), somebody()])
        with pytest.raises(InvalidDataError) as caught:
            unit.commit()
    assert caught.value.message.params == {"rule": "UNIQUE constraint failed: person.code"}
    assert "13800132046" not in str(caught.value.__cause__)


def planned(unit: UnitOfWork) -> PlanVersion:
    """Return a draft with one duty in it, not committed."""
    plan = Plan(id=new_id(), week="2026-W48", state=PlanState.DRAFT)
    who, where = somebody("P9"), Checkpoint(
        id=new_id(), code="C1", name="东门", short_name="东门", kind=CheckpointKind.FIXED_POST,
        status=CheckpointStatus.ACTIVE, address="",
    )  # fmt: skip
    when = ShiftPattern(id=new_id(), code="N", name="夜班", mark="夜", start_minute=1320, length_minutes=240)
    who.id = new_id()
    unit.session.add_all([plan, who, where, when])
    unit.session.flush()
    version = PlanVersion(
        id=new_id(), plan_id=plan.id, number=1, state=VersionState.DRAFT, made_at=unit.now, published_by="", figures={}
    )
    unit.session.add(version)
    unit.session.flush()
    duty = {
        "version_id": version.id, "person_id": who.id, "checkpoint_id": where.id, "pattern_id": when.id,
        "on_date": date(2026, 11, 23), "skill_id": None, "leader": False, "source": AssignmentSource.HAND,
    }  # fmt: skip
    bulk.insert(unit, Assignment, [duty])
    return version


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET action = 'x'",
        "DELETE FROM audit_entry",
        "DELETE FROM plan_version",
        "UPDATE plan_version SET content_hash = 'x'",
        "UPDATE plan_version SET state = 'draft'",
        "DELETE FROM assignment",
        "UPDATE assignment SET on_date = '2026-11-24'",
        f"INSERT INTO assignment ({OTHERS}, id, on_date) SELECT {OTHERS}, 'x', '2026-11-25' FROM assignment",
    ],
)
def test_what_is_final_stays(database: Database, statement: str) -> None:
    """The log only grows and a published version does not change, whoever asks and however."""
    with write(database) as unit:
        version = planned(unit)
        unit.commit()
        version.state = VersionState.PUBLISHED
        unit.commit()
    with pytest.raises(StorageError) as caught, write(database) as unit:
        unit.session.execute(text(statement))
    assert caught.value.message.code == "storage.immutable"


def test_a_published_version_becomes_outdated(database: Database) -> None:
    """The one change a published version knows is that a newer one replaced it."""
    with write(database) as unit:
        version = planned(unit)
        unit.commit()
        for state in (VersionState.PUBLISHED, VersionState.OUTDATED):
            version.state = state
            unit.commit()
    with database.read() as session:
        assert queries.many(session, PlanVersion)[0].state is VersionState.OUTDATED
        assert queries.first(session, Skill) is None
