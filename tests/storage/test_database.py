"""A file opens fast and whole, or says in one sentence why not."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from patrol_desk.common.errors import StorageError
from patrol_desk.messages import render
from patrol_desk.storage.connect import connect
from patrol_desk.storage.database import Database
from patrol_desk.storage.marker import Marker
from patrol_desk.storage.recognise import PAGE_SIZE
from tests.helpers.stations import KEY, add_people, people, write

NAME = "张伟强李秀英"


@contextmanager
def refused(code: str) -> Iterator[None]:
    """Expect a `StorageError` of a code, with words in both languages."""
    with pytest.raises(StorageError) as caught:
        yield
    assert caught.value.message.code == code
    assert render(caught.value.message, "zh")
    assert render(caught.value.message, "en")


def closed(folder: Path, key: bytes | None, count: int = 50) -> Path:
    """Return a closed file with people in it."""
    with Database.create(folder / "站.pdesk", key=key) as made:
        add_people(made, range(count))
        return made.path


def test_what_was_written_is_there_again(folder: Path, key: bytes | None) -> None:
    """A file is created, written, closed and opened again; nothing else is left beside it."""
    path = closed(folder, key, 3)
    with Database.open(path, key=key) as again:
        assert people(again) == ["P00000", "P00001", "P00002"]
        assert again.encrypted == (key is not None)
    assert [file.name for file in folder.iterdir()] == ["站.pdesk"]


@pytest.mark.parametrize("marker", [Marker.PLAIN_STATION, Marker.SAMPLE])
def test_the_marker_is_in_the_file(folder: Path, marker: Marker) -> None:
    """Whether a file is a sample travels with the file, not with its name."""
    Database.create(folder / "a.pdesk", key=None, marker=marker).close()
    shutil.copy(folder / "a.pdesk", folder / "b.pdesk")
    with Database.open(folder / "b.pdesk", key=None) as opened:
        assert opened.marker is marker


def test_an_encrypted_file_is_a_stations_by_default(folder: Path) -> None:
    """A key makes a station's file."""
    with Database.create(folder / "a.pdesk", key=KEY) as made:
        assert made.marker is Marker.STATION


def test_no_byte_of_a_name_is_in_an_encrypted_file(folder: Path) -> None:
    """Neither the file nor its write-ahead log holds what was written, nor SQLite's own header."""
    path = folder / "站.pdesk"
    with Database.create(path, key=KEY) as made:
        with write(made, NAME) as unit:
            unit.commit()
        held = b"".join(file.read_bytes() for file in folder.iterdir())
    assert NAME.encode() not in held
    assert b"SQLite format" not in held
    assert NAME.encode() not in path.read_bytes()


def test_a_connection_keeps_its_promises(database: Database) -> None:
    """References are enforced, every commit reaches the disk, readers do not block writers."""
    with database.read() as session:
        values = {
            name: session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("foreign_keys", "synchronous", "journal_mode", "temp_store", "query_only")
        }
    assert values == {"foreign_keys": 1, "synchronous": 2, "journal_mode": "wal", "temp_store": 2, "query_only": 1}


def test_a_read_sees_one_state(database: Database) -> None:
    """What another commits during a read is not half visible: it shows in the next read."""
    with database.read() as session:
        before = session.execute(text("SELECT count(*) FROM person")).scalar()
        add_people(database, range(5))
        assert session.execute(text("SELECT count(*) FROM person")).scalar() == before == 0
    assert len(people(database)) == 5


def test_a_read_cannot_write(database: Database) -> None:
    """A session for reading refuses to write whatever it is told."""
    with refused("storage.read_only_file"), database.read() as session:
        session.execute(text("DELETE FROM person"))


def test_an_error_of_the_callers_own_goes_through(database: Database) -> None:
    """A fault that is not the file's is not dressed up as one."""
    with pytest.raises(ZeroDivisionError), database.read():
        raise ZeroDivisionError


def test_nothing_is_overwritten(folder: Path, key: bytes | None) -> None:
    """Creating where something stands leaves it alone."""
    path = folder / "站.pdesk"
    path.write_bytes("不要动我".encode())
    with refused("storage.already_exists"):
        Database.create(path, key=key)
    assert path.read_bytes() == "不要动我".encode()


def test_what_a_crash_left_does_not_get_into_a_new_file(folder: Path, key: bytes | None) -> None:
    """A part and a journal of a creation that was cut off are cleared away."""
    for ending in ("", "-journal", "-wal"):
        (folder / f"站.pdesk.part{ending}").write_bytes(os.urandom(9000))
    path = closed(folder, key, 2)
    with Database.open(path, key=key) as opened:
        assert len(people(opened)) == 2
    assert [file.name for file in folder.iterdir()] == ["站.pdesk"]


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "storage.empty"),
        ("姓名,手机\r\n张三,13800138000\r\n".encode() * 300, "storage.foreign"),
        (b"PK\x03\x04short", "storage.foreign"),
    ],
    ids=["empty", "text", "short"],
)
def test_another_programs_file_is_named_so(folder: Path, key: bytes | None, content: bytes, code: str) -> None:
    """A file that is no database is refused before a driver touches it."""
    path = folder / "名单.csv"
    path.write_bytes(content)
    with refused(code):
        Database.open(path, key=key)
    assert path.read_bytes() == content


def test_another_programs_database_is_named_so(folder: Path) -> None:
    """An SQLite file that is not ours is refused and left alone."""
    path = folder / "别人的.db"
    other = connect(path, None, create=True)
    other.execute("CREATE TABLE t (a)")
    other.close()
    before = path.read_bytes()
    with refused("storage.foreign"):
        Database.open(path, key=None)
    assert path.read_bytes() == before


def test_our_mark_without_our_tables_is_damage(folder: Path) -> None:
    """A file that says it is ours but holds nothing is not opened as an empty one."""
    path = closed(folder, None)
    other = connect(path, None)
    other.execute("DROP TABLE alembic_version")
    other.close()
    with refused("storage.damaged"):
        Database.open(path, key=None)


def test_a_missing_file_is_not_made(folder: Path, key: bytes | None) -> None:
    """Opening makes nothing."""
    with refused("storage.missing"):
        Database.open(folder / "没有.pdesk", key=key)
    with refused("storage.no_folder"):
        Database.open(folder / "没有" / "没有.pdesk", key=key)
    assert list(folder.iterdir()) == []


def test_a_folder_is_no_file(folder: Path, key: bytes | None) -> None:
    """A folder's path is told from a file's."""
    with refused("storage.is_folder"):
        Database.open(folder, key=key)


def test_a_wrong_key_is_told_from_damage(folder: Path) -> None:
    """Another key's sentence is not that of a damaged file."""
    path = closed(folder, KEY)
    with refused("storage.wrong_key"):
        Database.open(path, key=bytes(32))


def test_an_encrypted_file_asks_for_its_key(folder: Path) -> None:
    """Without a key the sentence says what is needed."""
    path = closed(folder, KEY)
    with refused("storage.key_needed"):
        Database.open(path, key=None)


def test_a_plain_file_is_not_taken_for_an_encrypted_one(folder: Path) -> None:
    """Whoever brings a key expects encryption and is told that there is none."""
    path = closed(folder, None)
    with refused("storage.plain_not_encrypted"):
        Database.open(path, key=KEY)


@pytest.mark.parametrize("left", [0.5, 0.99])
def test_a_truncated_file_is_damaged(folder: Path, key: bytes | None, left: float) -> None:
    """A file cut short, by half or by a little, is refused."""
    path = closed(folder, key, 500)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * left)])
    with refused("storage.damaged"), Database.open(path, key=key) as opened:
        people(opened)


def test_a_flipped_bit_in_an_encrypted_file_is_found(folder: Path) -> None:
    """Every page is authenticated: a changed one is not read as data."""
    path = closed(folder, KEY, 500)
    content = bytearray(path.read_bytes())
    for page in range(1, len(content) // PAGE_SIZE):
        content[page * PAGE_SIZE + 100] ^= 1
    path.write_bytes(content)
    with refused("storage.damaged"), Database.open(path, key=KEY) as opened:
        people(opened)


def test_a_damaged_first_page_is_told_from_a_wrong_key(folder: Path) -> None:
    """The right key on a damaged file says "damaged"."""
    path = closed(folder, KEY)
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    with refused("storage.damaged"):
        Database.open(path, key=KEY)


def test_a_newer_schema_is_refused(folder: Path, key: bytes | None) -> None:
    """A newer program's file is not touched by an older program."""
    path = closed(folder, key)
    other = connect(path, key)
    other.execute("UPDATE alembic_version SET version_num = '9999'")
    other.close()
    before = path.read_bytes()
    with refused("storage.newer_schema"):
        Database.open(path, key=key)
    assert path.read_bytes() == before


def test_a_second_writer_waits_and_is_then_told(database: Database) -> None:
    """Two instances do not write at once; the second gets a sentence and nothing is half written."""
    with Database.open(database.path, key=database.key, busy_seconds=0.05) as second:
        with write(database) as first:
            with refused("storage.busy"):
                add_people(second, [0])
            first.commit()
        add_people(second, [1])
    assert people(database) == ["P00001"]


@contextmanager
def locked_out(folder: Path) -> Iterator[None]:
    """Take the right to write away from this process, also when it is root."""
    folder.chmod(0o555)
    root = sys.platform != "win32" and os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows folders have no write bit")
def test_a_read_only_folder_is_named(key: bytes | None) -> None:
    """Nothing can be kept beside a file in a folder without write permission: said before anything is tried."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "只读"
        Path(made).chmod(0o755)
        folder.mkdir()
        path = closed(folder, key, 1)
        path.chmod(0o666)
        with locked_out(folder), refused("storage.read_only_folder"):
            Database.open(path, key=key)
        with locked_out(folder), refused("storage.read_only_folder"):
            Database.create(folder / "新.pdesk", key=key)
        folder.chmod(0o777)
        path.chmod(0o444)
        with unprivileged(), refused("storage.read_only_file"):
            Database.open(path, key=key)


@contextmanager
def unprivileged() -> Iterator[None]:
    """Be nobody in particular for a while."""
    root = sys.platform != "win32" and os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
