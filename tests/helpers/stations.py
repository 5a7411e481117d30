"""Small real files and the rows to put into them."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from patrol_desk.common.actor import Actor
from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.clock import FixedClock
from patrol_desk.models import ActivityClass, Force, Person, PersonStatus, Role
from patrol_desk.security.audit import HashChain, Verdict, verify
from patrol_desk.security.keys import Cost, KeySource, default_key_file
from patrol_desk.storage import audit, bulk
from patrol_desk.storage.database import Database
from patrol_desk.storage.unit_of_work import UnitOfWork

CLERK = Actor(None, "内勤", Role.CLERK)
KEY = bytes(range(32))
PASSPHRASE = "东坑的柚子 2026 很甜啊"
CHEAP = Cost(memory_kib=8192, passes=1, lanes=1)
"""So that a test's key file opens in a moment."""


def clock() -> FixedClock:
    """Return a clock that stands at a Monday morning."""
    return FixedClock(datetime(2026, 11, 23, 1, 30, tzinfo=UTC))


def key_source(database: Path, passphrase: str = PASSPHRASE) -> KeySource:
    """Return where the key of a test's database comes from."""
    return KeySource(default_key_file(database), lambda: passphrase, CHEAP)


def person(number: int, **other: object) -> dict[str, Any]:
    """Return the row of an invented person."""
    return {
        "code": f"P{number:05d}",
        "name": f"测试{number}",
        "force": Force.VOLUNTEER,
        "status": PersonStatus.ACTIVE,
        "activity_class": ActivityClass.WEEKLY,
        "status_reason": "",
        **other,
    }


def write(database: Database, action: str = "test") -> UnitOfWork:
    """Return a unit of work of the clerk."""
    return database.write(CLERK, action, clock=clock(), chain=HashChain())


def add_people(database: Database, numbers: Iterable[int]) -> ChangeSet:
    """Write people in one transaction."""
    with write(database, "people.add") as unit:
        bulk.insert(unit, Person, [person(number) for number in numbers])
        return unit.commit()


def people(database: Database) -> list[str]:
    """Return the codes of everybody in the file."""
    with database.read() as session:
        return [row[0] for row in bulk.rows(session, Person, ("code",), order_by=("code",))]


def chain_of(database: Database) -> Verdict:
    """Return what a check of the audit log finds."""
    with database.read() as session:
        return verify(HashChain(), audit.entries(session))
