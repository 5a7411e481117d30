"""What a file is, told from its first bytes, before a driver touches it."""

import hashlib
from enum import StrEnum
from pathlib import Path

PAGE_SIZE = 4096
SALT_SIZE = 16
_PLAIN_HEADER = b"SQLite format 3\0"
_LEAST_DISTINCT_BYTES = 240
"""A page of ciphertext holds nearly all 256 byte values; a page of text or of a picture does not."""


class FileKind(StrEnum):
    """What the first bytes look like."""

    MISSING = "missing"
    FOLDER = "folder"
    EMPTY = "empty"
    PLAIN = "plain"
    ENCRYPTED = "encrypted"
    FOREIGN = "foreign"


def salt_of(key: bytes) -> bytes:
    """Return the 16 bytes with which a file encrypted with the key begins.

    SQLCipher writes its salt in the clear at the start of a file. Taking it from the key's SHA-256
    lets a wrong key be told from a damaged file; a random 256-bit key is not weakened by it.
    """
    return hashlib.sha256(b"patrol-desk/salt/1" + key).digest()[:SALT_SIZE]


def recognise(path: Path) -> FileKind:
    """Return what kind of file stands at the path; raise OSError when it cannot be read."""
    if not path.exists():
        return FileKind.MISSING
    if path.is_dir():
        return FileKind.FOLDER
    with path.open("rb") as file:
        page = file.read(PAGE_SIZE)
    if not page:
        return FileKind.EMPTY
    if page.startswith(_PLAIN_HEADER):
        return FileKind.PLAIN
    if len(page) == PAGE_SIZE and len(set(page)) >= _LEAST_DISTINCT_BYTES:
        return FileKind.ENCRYPTED
    return FileKind.FOREIGN


def begins_with_salt(path: Path, key: bytes) -> bool:
    """Say whether the file was encrypted with the key, going by its first 16 bytes."""
    with path.open("rb") as file:
        return file.read(SALT_SIZE) == salt_of(key)
