"""A backup is whole, as secret as its file, and old ones make room."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from patrol_desk.common.errors import StorageError
from patrol_desk.storage.backup import KEEP, backup, backups, faults, folder_of, is_unchanged
from patrol_desk.storage.database import Database
from patrol_desk.storage.recognise import PAGE_SIZE
from tests.helpers.stations import add_people, chain_of, clock, people, write


def test_a_backup_opens_with_the_same_key(database: Database) -> None:
    """Put in the file's place it is the file, of the moment it was made."""
    add_people(database, range(10))
    saved = database.backup("import", clock())
    add_people(database, range(10, 12))
    assert (saved.name, saved.parent) == ("巡防-20261123T013000000000Z-import.pdesk", folder_of(database.path))
    assert (saved.read_bytes()[:6] == b"SQLite") is not database.encrypted
    with Database.open(saved, key=database.key) as opened:
        assert len(people(opened)) == 10
        assert chain_of(opened).whole
        assert opened.marker is database.marker
    assert sorted(file.name for file in saved.parent.iterdir()) == [saved.name, saved.name + ".sha256"]


def test_a_backup_can_be_made_while_somebody_writes(database: Database) -> None:
    """It holds what was committed, and waits for nobody."""
    add_people(database, range(3))
    with write(database) as unit:
        saved = database.backup("manual", clock())
        unit.commit()
    with Database.open(saved, key=database.key) as opened:
        assert len(people(opened)) == 3


def test_backups_are_listed_and_old_ones_go(database: Database) -> None:
    """The newest stay; files of other names are nobody's backup."""
    ticking = clock()
    for _ in range(KEEP + 2):
        database.backup("manual", ticking)
        ticking.advance(timedelta(days=1))
    stranger = folder_of(database.path) / "巡防-旧.pdesk"
    stranger.write_bytes(b"x")
    made = backups(database.path)
    assert len(made) == KEEP
    assert made[0].made_at == clock().now() + timedelta(days=2)
    assert {one.reason for one in made} == {"manual"}
    assert len(list(folder_of(database.path).iterdir())) == 2 * KEEP + 1


def test_what_a_crash_left_goes_once_it_is_old(database: Database) -> None:
    """A part that another program may be writing stays."""
    folder = folder_of(database.path)
    folder.mkdir()
    for name, age in (("old.part", 7200), ("young.part", 60)):
        (folder / name).write_bytes(b"x")
        moment = clock().now().timestamp() - age
        os.utime(folder / name, (moment, moment))
    database.backup("manual", clock())
    assert not (folder / "old.part").exists()
    assert (folder / "young.part").exists()


def test_a_changed_backup_shows(database: Database) -> None:
    """The noted hash is compared with the file."""
    saved = database.backup("manual", clock())
    assert is_unchanged(saved)
    saved.write_bytes(saved.read_bytes()[:-1] + b"\xff")
    assert not is_unchanged(saved)
    saved.with_name(saved.name + ".sha256").unlink()
    assert not is_unchanged(saved)


def test_a_damaged_file_makes_no_backup(database: Database, folder: Path) -> None:
    """A copy that is not whole does not get a backup's name."""
    add_people(database, range(400))
    database.close()
    content = bytearray(database.path.read_bytes())
    content[-PAGE_SIZE : 40 - PAGE_SIZE] = b"\xee" * 40
    database.path.write_bytes(content)
    assert faults(database.path, database.key)
    with pytest.raises(StorageError) as caught:
        backup(database.path, database.key, reason="manual", clock=clock())
    assert caught.value.message.code == "storage.backup_not_whole"
    assert list((folder / "巡防-backups").iterdir()) == []
