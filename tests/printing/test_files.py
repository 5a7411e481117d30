"""A printed file is there whole or not at all, and what goes wrong is said."""

import errno
import os
from pathlib import Path

import pytest

from patrol_desk.messages import LANGUAGES, render
from patrol_desk.printing.files import PrintFileError, write_whole


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    """The new content is there, and nothing beside it."""
    out = tmp_path / "石桥队.pdf"
    out.write_bytes(b"old")
    write_whole(out, b"new")
    assert out.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "print.disk_full"), (errno.EIO, "print.write_failed"), (errno.EACCES, "print.file_in_use")],
)
def test_a_disk_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    """A full or broken disk: the old file stands, no half file lies beside it, and the sentence names the file."""
    out = tmp_path / "squads.pdf"
    out.write_bytes(b"old")

    def fail(_file: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(PrintFileError) as caught:
        write_whole(out, b"new")
    assert caught.value.message.code == code
    assert all("squads.pdf" in render(caught.value.message, language) for language in LANGUAGES)
    assert out.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [out]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """The sentence says which folder does not exist."""
    with pytest.raises(PrintFileError) as caught:
        write_whole(tmp_path / "none" / "squads.pdf", b"new")
    assert caught.value.message.code == "print.folder_missing"
    assert "none" in render(caught.value.message)


def test_a_folder_in_the_files_place_is_left_alone(tmp_path: Path) -> None:
    """A folder of that name cannot be replaced by a file."""
    out = tmp_path / "squads.pdf"
    out.mkdir()
    with pytest.raises(PrintFileError) as caught:
        write_whole(out, b"new")
    assert caught.value.message.code == "print.file_in_use"
    assert list(tmp_path.iterdir()) == [out]


def test_an_interrupt_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C while the file is forced to the disk: nothing is left."""

    def interrupt(_file: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "squads.pdf", b"new")
    assert list(tmp_path.iterdir()) == []
