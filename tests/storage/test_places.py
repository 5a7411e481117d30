"""Where a database may live, and what a file is."""

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from patrol_desk.common.errors import StorageError
from patrol_desk.storage.errors import translate
from patrol_desk.storage.marker import marker_of
from patrol_desk.storage.recognise import FileKind, begins_with_salt, recognise, salt_of
from patrol_desk.storage.shares import mount_is_share, on_share, windows_share

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/share /mnt/共享 cifs rw 0 0
server:/export /home/all\\040users nfs4 rw 0 0
/dev/sdb1 /mnt/共享/本地盘 ext4 rw 0 0
none /mnt/c 9p rw 0 0
me@host:/ /home/me/remote fuse.sshfs rw 0 0
broken line

"""


@pytest.mark.parametrize(
    ("path", "share"),
    [
        ("/home/me/站.pdesk", False),
        ("/mnt/共享/站.pdesk", True),
        ("/mnt/共享资料/站.pdesk", False),
        ("/mnt/共享/本地盘/站.pdesk", False),
        ("/home/all users/站.pdesk", True),
        ("/mnt/c/站.pdesk", False),
        ("/home/me/remote/a/b", True),
    ],
)
def test_the_innermost_mount_decides(path: str, share: bool) -> None:
    """A share is known by its file system's type, also below and above local disks."""
    assert mount_is_share(Path(path), MOUNTS) is share


@pytest.mark.parametrize(
    ("path", "drive_type", "share"),
    [
        ("C:\\巡防\\站.pdesk", 3, False),
        ("Z:\\站.pdesk", 4, True),
        ("\\\\server\\共享\\站.pdesk", 1, True),
        ("\\\\?\\UNC\\server\\共享\\站.pdesk", 1, True),
        ("\\\\?\\C:\\巡防\\站.pdesk", 3, False),
    ],
)
def test_windows_shares_are_known_by_name_or_drive(path: str, drive_type: int, share: bool) -> None:
    """UNC paths and drives that stand for one are shares."""
    assert windows_share(path, drive_type) is share


def test_this_machines_disk_is_no_share(tmp_path: Path) -> None:
    """The tests' own folder may hold a database."""
    assert not on_share(tmp_path / "站.pdesk")


@given(st.binary(max_size=200))
def test_any_bytes_are_recognised_without_an_error(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Whatever stands in a short file, it is not taken for a database unless it begins like one."""
    path = tmp_path_factory.mktemp("kinds") / "x"
    path.write_bytes(content)
    foreign = FileKind.PLAIN if content.startswith(b"SQLite format 3\0") else FileKind.FOREIGN
    assert recognise(path) is (foreign if content else FileKind.EMPTY)


def test_what_the_first_bytes_say(tmp_path: Path) -> None:
    """Plain, encrypted, missing and folder."""
    path = tmp_path / "x"
    assert recognise(path) is FileKind.MISSING
    assert recognise(tmp_path) is FileKind.FOLDER
    path.write_bytes(b"SQLite format 3\0")
    assert recognise(path) is FileKind.PLAIN
    path.write_bytes(salt_of(b"k" * 32) + os.urandom(8176))
    assert recognise(path) is FileKind.ENCRYPTED
    assert begins_with_salt(path, b"k" * 32)
    assert not begins_with_salt(path, b"l" * 32)


def test_a_marker_of_nobody(tmp_path: Path) -> None:
    """A number that no marker has is none."""
    del tmp_path
    assert marker_of(77) is None


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "storage.disk_full"),
        (errno.EROFS, "storage.read_only_folder"),
        (errno.EIO, "storage.io_error"),
    ],
)
def test_the_systems_errors_have_sentences(number: int, code: str) -> None:
    """An error of the file system is told like one of the driver."""
    told = translate(OSError(number, "x"), Path("a"))
    assert isinstance(told, StorageError)
    assert told.message.code == code


def test_a_fault_of_the_program_is_not_dressed_up() -> None:
    """A driver's error that no user can mend goes on as it is."""
    with pytest.raises(dbapi2.OperationalError) as caught:
        dbapi2.connect(":memory:").execute("SELECT nonsense")
    assert translate(caught.value, Path("a")) is None
    assert translate(ValueError("x"), Path("a")) is None
