"""Whatever happens to the process, the machine or the disk: what was saved stays, what was not is gone whole."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from patrol_desk.common.errors import StorageError
from patrol_desk.storage.backup import backups, faults, is_unchanged
from patrol_desk.storage.database import Database
from tests.helpers.processes import Child
from tests.helpers.stations import KEY, add_people, chain_of, clock, people
from tests.helpers.worker import BATCH


@pytest.fixture(params=[pytest.param(None, marks=pytest.mark.long), KEY], ids=["plain", "encrypted"])
def key(request: pytest.FixtureRequest) -> bytes | None:
    """Return a key; in a long run also none."""
    found: bytes | None = request.param
    return found


def rounds(long_run: bool) -> list[int]:
    """Return how many lines to hear, each time, before the plug is pulled."""
    return [1 + turn % 4 for turn in range(16)] if long_run else [2]


def test_a_kill_while_committing_loses_nothing_that_was_said(folder: Path, key: bytes | None, long_run: bool) -> None:
    """Killed at some instant of its commits: each batch is there whole or not at all, and every one reported is."""
    path = folder / "站.pdesk"
    Database.create(path, key=key).close()
    held = 0
    for turn, lines in enumerate(rounds(long_run)):
        with Child("commit", path, key, turn * 1_000_000, 10_000) as child:
            for _ in range(lines):
                child.line()
            said = lines + len(child.kill())
        assert faults(path, key) == []
        with Database.open(path, key=key) as opened:
            found = len(people(opened)) - held
            assert found % BATCH == 0
            assert found // BATCH in {said, said + 1}
            assert chain_of(opened).whole
            held += found


def test_a_kill_before_the_commit_leaves_nothing(folder: Path, key: bytes | None) -> None:
    """Pages that had already reached the file are not seen again."""
    path = folder / "站.pdesk"
    with Database.create(path, key=key) as made:
        add_people(made, range(5))
    with Child("hang", path, key) as child:
        assert child.line() == "written"
        child.kill()
    assert faults(path, key) == []
    with Database.open(path, key=key) as opened:
        assert len(people(opened)) == 5
        assert chain_of(opened).count == 1
        add_people(opened, range(5, 9))


def test_a_kill_while_backing_up_harms_neither_file_nor_backups(
    folder: Path, key: bytes | None, long_run: bool
) -> None:
    """Every file with a backup's name is whole; the rest is cleared away when it is old."""
    path = folder / "站.pdesk"
    with Database.create(path, key=key) as made:
        add_people(made, range(3000))
    for lines in rounds(long_run):
        with Child("save", path, key) as child:
            for _ in range(lines):
                child.line()
            child.kill()
        for saved in backups(path)[-4:]:
            assert is_unchanged(saved.path)
            assert faults(saved.path, key) == []
        with Database.open(path, key=key) as opened:
            assert len(people(opened)) == 3000


def test_a_kill_while_creating_leaves_no_half_file(folder: Path, key: bytes | None, long_run: bool) -> None:
    """There is a whole file or none, and the next creation does not stumble."""
    path = folder / "站.pdesk"
    for _ in rounds(long_run):
        with Child("create", path, key) as child:
            assert child.line() == "begin"
            child.kill()
        if path.exists():
            Database.open(path, key=key).close()
            path.unlink()
    Database.create(path, key=key).close()


def test_two_processes_write_in_turn(folder: Path, key: bytes | None) -> None:
    """Both get everything in, and their audit entries are one chain."""
    path = folder / "站.pdesk"
    Database.create(path, key=key).close()
    with Child("commit", path, key, 0, 15) as one, Child("commit", path, key, 1_000_000, 15) as other:
        assert (one.finish(), other.finish()) == (0, 0)
    with Database.open(path, key=key) as opened:
        assert len(people(opened)) == 30 * BATCH
        assert chain_of(opened).count == 30
        assert chain_of(opened).whole


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on a file's size there")
def test_a_file_that_may_not_grow_is_told_and_stays_whole(folder: Path, key: bytes | None) -> None:
    """The write fails with a sentence; everything saved before is there."""
    path = folder / "站.pdesk"
    Database.create(path, key=key).close()
    limit = path.stat().st_size + 100_000
    with Child("fill", path, key, limit) as child:
        said = list(iter(child.line, ""))
    assert said[-1] == "storage.io_error"
    assert faults(path, key) == []
    with Database.open(path, key=key) as opened:
        assert len(people(opened)) == (len(said) - 1) * BATCH
        assert chain_of(opened).whole


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a disk of 1.5 MB; where none can be mounted, the test has nothing to show."""
    mount = shutil.which("mount")
    point = tmp_path / "小盘"
    point.mkdir()
    command = [str(mount), "-t", "tmpfs", "-o", "size=1536k", "tmpfs", str(point)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield point
    subprocess.run(["umount", str(point)], check=True)


def fill_up(database: Database) -> int:
    """Write until the disk is full and return how many batches were saved."""
    for number in range(1000):
        try:
            add_people(database, range(number * BATCH, (number + 1) * BATCH))
        except StorageError as error:
            return number if error.message.code == "storage.disk_full" else -1
    return -1


def test_a_full_disk_is_told_and_harms_nothing(small_disk: Path, key: bytes | None) -> None:
    """The sentence says that the disk is full; once there is room, work goes on."""
    path = small_disk / "站.pdesk"
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(400_000))
    with Database.create(path, key=key) as database:
        saved = fill_up(database)
        assert len(people(database)) == saved * BATCH
        with pytest.raises(StorageError) as caught:
            database.backup("manual", clock())
        assert caught.value.message.code == "storage.disk_full"
        ballast.unlink()
        add_people(database, range(900_000, 900_001))
        assert chain_of(database).whole
    assert faults(path, key) == []


def test_a_full_disk_has_no_room_for_a_new_file(small_disk: Path, key: bytes | None) -> None:
    """Creating says so and leaves nothing."""
    (small_disk / "ballast").write_bytes(bytes(1_480_000))
    with pytest.raises(StorageError) as caught:
        Database.create(small_disk / "站.pdesk", key=key)
    assert caught.value.message.code == "storage.disk_full"
    assert [file.name for file in small_disk.iterdir()] == ["ballast"]
