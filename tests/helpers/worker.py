"""What a second process does to a file; run as ``python -m tests.helpers.worker WORK PATH KEY …``."""

import os
import signal
import sys
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import text

from patrol_desk.common.clock import SystemClock
from patrol_desk.common.errors import StorageError
from patrol_desk.models import Leave, LeaveReason, Person
from patrol_desk.services.importing import undo_import
from patrol_desk.services.station import Station
from patrol_desk.services.undo import finish, revert
from patrol_desk.storage import bulk
from patrol_desk.storage.database import Database
from patrol_desk.storage.migrate import SCHEMA, Schema, upgrade_file
from tests.helpers.stations import add_people, person, write

BATCH = 40


def say(words: object) -> None:
    """Tell the parent at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def migrate(path: Path, key: bytes | None, scripts: str) -> None:
    """Bring a file to the next revision."""
    upgrade_file(path, key, SystemClock(), Schema(f"{int(SCHEMA.head) + 1:04}", Path(scripts)))


def commit(path: Path, key: bytes | None, first: str, times: str) -> None:
    """Commit people batch by batch, and say each number once it is saved."""
    with Database.open(path, key=key) as database:
        for number in range(int(times)):
            start = int(first) + number * BATCH
            add_people(database, range(start, start + BATCH))
            say(number + 1)


def hang(path: Path, key: bytes | None) -> None:
    """Write without committing, then wait for the end."""
    with Database.open(path, key=key) as database, write(database) as unit:
        # A cache this small makes uncommitted pages reach the file.
        unit.session.execute(text("PRAGMA cache_size = 10"))
        bulk.insert(unit, Person, [person(number) for number in range(20_000, 25_000)])
        say("written")
        sys.stdin.read()


def save(path: Path, key: bytes | None) -> None:
    """Back up again and again."""
    with Database.open(path, key=key) as database:
        for number in count(1):
            database.backup("manual", SystemClock())
            say(number)


def create(path: Path, key: bytes | None) -> None:
    """Make a file."""
    say("begin")
    Database.create(path, key=key).close()


def fill(path: Path, key: bytes | None, limit: str) -> None:
    """Write until no file may grow any more, and say the sentence's code."""
    if sys.platform != "win32":
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
    with Database.open(path, key=key) as database:
        try:
            for number in count(1):
                add_people(database, range(number * BATCH, (number + 1) * BATCH))
                say(number)
        except StorageError as error:
            say(error.message.code)


def undo(path: Path, key: bytes | None, turn: str) -> None:
    """Give thousands of days of leave and take them back, again and again, and say before each what comes."""
    del key
    with Station.open(path) as station:
        actor = station.system_actor()
        with station.read() as session:
            person = bulk.rows(session, Person, ("id",))[0][0]
        days = [date(2030 + int(turn), 1, 1) + timedelta(days=number) for number in range(3000)]
        rows = [{"person_id": person, "first_on": day, "last_on": day, "reason": LeaveReason.SICK} for day in days]
        while True:
            say("doing")
            with station.write(actor, "test.leave") as unit:
                bulk.insert(unit, Leave, rows)
                done = finish(unit, None)
            say("undoing")
            revert(station, actor, done.patch)


def take_back(path: Path, key: bytes | None, run: str) -> None:
    """Take an import back."""
    del key
    with Station.open(path) as station:
        say("undoing")
        undo_import(station, station.system_actor(), run)


WORK = {work.__name__: work for work in (migrate, commit, hang, save, create, fill, undo, take_back)}

if __name__ == "__main__":
    WORK[sys.argv[1]](Path(sys.argv[2]), bytes.fromhex(sys.argv[3]) or None, *sys.argv[4:])
    sys.stdout.flush()
    os._exit(0)
