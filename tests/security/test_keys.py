"""A key file gives its key to the passphrase and to nothing else."""

import json
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from patrol_desk.messages import render
from patrol_desk.security.errors import KeyFileError
from patrol_desk.security.keys import (
    Cost,
    KeySource,
    change_passphrase,
    default_key_file,
    read_key_file,
    unwrap,
    wrap,
    write_key_file,
)
from tests.helpers.stations import CHEAP, KEY, PASSPHRASE

REFUSALS = ("wrong_passphrase", "key_file_damaged", "key_file_cost", "key_file_newer")
CONTENT = wrap(KEY, PASSPHRASE, CHEAP)


def refusal(content: bytes, passphrase: str = PASSPHRASE) -> str:
    """Return the code with which a key file's content is refused, after saying it in both languages."""
    with pytest.raises(KeyFileError) as caught:
        unwrap(content, lambda: passphrase)
    assert render(caught.value.message, "zh")
    assert render(caught.value.message, "en")
    return caught.value.message.code


def changed(**parts: object) -> bytes:
    """Return the key file with some of its fields changed, written as we write it."""
    fields = json.loads(CONTENT)
    for name, value in parts.items():
        target = fields["kdf"] if name in fields["kdf"] else fields
        target[name] = value
    return (json.dumps(fields, indent=2) + "\n").encode()


def test_the_passphrase_gives_the_key() -> None:
    """Also when it is typed in another Unicode form of the same characters."""
    assert unwrap(CONTENT, lambda: PASSPHRASE) == KEY
    composed, decomposed = "café au lait 东坑", "cafe\u0301 au lait 东坑"
    assert unwrap(wrap(KEY, composed, CHEAP), lambda: decomposed) == KEY


def test_two_files_of_one_key_have_nothing_in_common() -> None:
    """Salt and nonce are fresh each time."""
    one, other = json.loads(CONTENT), json.loads(wrap(KEY, PASSPHRASE, CHEAP))
    assert one["kdf"]["salt"] != other["kdf"]["salt"]
    assert one["wrapped_key"] != other["wrapped_key"]


@given(st.text(max_size=40).filter(lambda text: text != PASSPHRASE))
def test_any_other_passphrase_is_refused(passphrase: str) -> None:
    """Whatever else is typed."""
    assert refusal(CONTENT, passphrase) == "security.wrong_passphrase"


@given(st.integers(0, len(CONTENT) - 1), st.integers(1, 255))
@example(0, 32)
@example(CONTENT.index(b"salt"), 1)
@example(CONTENT.index(b"nonce"), 1)
@example(CONTENT.index(b"wrapped_key"), 1)
@example(len(CONTENT) - 1, 10)
def test_any_flipped_byte_is_refused(position: int, flip: int) -> None:
    """Fields, names, blanks and line ends alike: a changed file gives no key."""
    content = bytearray(CONTENT)
    content[position] ^= flip
    assert refusal(bytes(content)) in {f"security.{code}" for code in REFUSALS}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "security.key_file_damaged"),
        (b"\xff\xfe", "security.key_file_damaged"),
        (b"[]", "security.key_file_damaged"),
        (b"{}", "security.key_file_damaged"),
        (b"[" * 4000, "security.key_file_damaged"),
        (CONTENT + b" ", "security.key_file_damaged"),
        (CONTENT.replace(b"  ", b" "), "security.key_file_damaged"),
        (changed(version=2), "security.key_file_newer"),
        (changed(version=0), "security.key_file_damaged"),
        (changed(format="other"), "security.key_file_damaged"),
        (changed(memory_kib=4), "security.key_file_cost"),
        (changed(memory_kib=1 << 30), "security.key_file_cost"),
        (changed(memory_kib="8192"), "security.key_file_damaged"),
        (changed(passes=True), "security.key_file_damaged"),
        (changed(lanes=99), "security.key_file_cost"),
        (changed(salt="AAAA"), "security.key_file_damaged"),
        (changed(salt="天"), "security.key_file_damaged"),
        (changed(wrapped_key="AAAA"), "security.key_file_damaged"),
        (changed(passes=2), "security.wrong_passphrase"),
        (changed(extra=1), "security.wrong_passphrase"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_key_file_is_said(content: bytes, code: str) -> None:
    """Damage, a newer program and hostile parameters have their own sentences."""
    assert refusal(content) == code


def test_a_file_is_written_once_and_read_back(tmp_path: Path) -> None:
    """Only its owner may read it; an existing one is never overwritten."""
    path = default_key_file(tmp_path / "派出所.pdesk")
    assert path.name == "派出所.pdesk.key"
    write_key_file(path, KEY, PASSPHRASE, CHEAP)
    assert read_key_file(path, lambda: PASSPHRASE) == KEY
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    with pytest.raises(KeyFileError) as caught:
        write_key_file(path, KEY, PASSPHRASE, CHEAP)
    assert caught.value.message.code == "security.key_file_exists"
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_the_passphrase_can_be_changed(tmp_path: Path) -> None:
    """The key stays; the old passphrase opens nothing any more; a bad new one changes nothing."""
    path = tmp_path / "k"
    write_key_file(path, KEY, PASSPHRASE, CHEAP)
    change_passphrase(path, lambda: PASSPHRASE, lambda: "another long sentence", CHEAP)
    assert read_key_file(path, lambda: "another long sentence") == KEY
    assert refusal(path.read_bytes()) == "security.wrong_passphrase"
    with pytest.raises(KeyFileError):
        change_passphrase(path, lambda: "another long sentence", lambda: "short", CHEAP)
    assert read_key_file(path, lambda: "another long sentence") == KEY


def test_a_file_that_is_not_there_or_not_a_file(tmp_path: Path) -> None:
    """Missing, unreadable and unwritable are told apart."""
    codes = []
    for work in (
        lambda: read_key_file(tmp_path / "none", lambda: PASSPHRASE),
        lambda: read_key_file(tmp_path, lambda: PASSPHRASE),
        lambda: write_key_file(tmp_path / "no folder" / "k", KEY, PASSPHRASE, CHEAP),
    ):
        with pytest.raises(KeyFileError) as caught:
            work()
        codes.append(caught.value.message.code)
    assert codes == ["security.key_file_missing", "security.key_file_unreadable", "security.key_file_unwritable"]


def test_a_source_makes_and_reads_one_key(tmp_path: Path) -> None:
    """Each new key is another; the passphrase is in nobody's representation."""
    one, other = (KeySource(tmp_path / name, lambda: PASSPHRASE, CHEAP) for name in "ab")
    made = one.make()
    assert len(made) == 32
    assert one.read() == made != other.make()
    assert PASSPHRASE not in repr(one)


def test_a_guess_costs_what_it_should() -> None:
    """The default is above RFC 9106's second recommendation (64 MiB, three passes, four lanes)."""
    assert Cost().memory_kib >= 65_536
    assert Cost().passes >= 3
