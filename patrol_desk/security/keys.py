"""The database key: made at random, wrapped by a passphrase in a key file."""

import base64
import json
import os
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from patrol_desk.common.files import sync_folder
from patrol_desk.common.message import Message
from patrol_desk.security.errors import KeyFileError
from patrol_desk.security.passphrases import check_rules

KEY_SIZE = 32
_SALT_SIZE = 16
_NONCE_SIZE = 12
_FORMAT = "patrol-desk-key"
_VERSION = 1
_MAX_FILE = 4096


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of the passphrase costs (Argon2id, RFC 9106).

    Parameters
    ----------
    memory_kib
        Memory in KiB, 8,192 to 1,048,576.
    passes
        Passes over it, 1 to 64.
    lanes
        Threads, 1 to 16.
    """

    memory_kib: int = 131_072
    passes: int = 3
    lanes: int = 4

    def __post_init__(self) -> None:
        if not (8_192 <= self.memory_kib <= 1_048_576 and 1 <= self.passes <= 64 and 1 <= self.lanes <= 16):
            raise KeyFileError(Message("security.key_file_cost"))


@dataclass(frozen=True, slots=True)
class KeySource:
    """Where a key comes from.

    Parameters
    ----------
    key_file
        The key file.
    passphrase
        Asked only when the key is needed.
    cost
        For a key file that is to be made.
    """

    key_file: Path
    passphrase: Callable[[], str] = field(repr=False)
    cost: Cost = Cost()

    def make(self) -> bytes:
        """Make a new key and its key file, and return the key."""
        key = os.urandom(KEY_SIZE)
        write_key_file(self.key_file, key, self.passphrase(), self.cost)
        return key

    def read(self) -> bytes:
        """Return the key of the key file."""
        return read_key_file(self.key_file, self.passphrase)


def default_key_file(database: Path) -> Path:
    """Return where a database's key file stands unless somebody says otherwise."""
    return database.with_name(database.name + ".key")


def wrap(key: bytes, passphrase: str, cost: Cost) -> bytes:
    """Return the content of a key file: JSON whose every byte is covered by the AES-GCM tag."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    header: dict[str, Any] = {
        "format": _FORMAT,
        "version": _VERSION,
        "kdf": {
            "algorithm": "argon2id",
            "memory_kib": cost.memory_kib,
            "passes": cost.passes,
            "lanes": cost.lanes,
            "salt": _text(os.urandom(_SALT_SIZE)),
        },
        "cipher": {"algorithm": "aes-256-gcm", "nonce": _text(os.urandom(_NONCE_SIZE))},
    }
    secret = _derive(passphrase, header["kdf"])
    nonce = _bytes(header["cipher"]["nonce"], _NONCE_SIZE)
    wrapped = AESGCM(secret).encrypt(nonce, key, _json(header))
    return _json({**header, "wrapped_key": _text(wrapped)})


def unwrap(content: bytes, passphrase: Callable[[], str]) -> bytes:
    """Return the key in a key file's content.

    Raises
    ------
    KeyFileError
        The content is not a key file, is of a newer program, was changed, or the passphrase is wrong.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    header = _parse(content)
    wrapped = _bytes(header.pop("wrapped_key"), KEY_SIZE + 16)
    secret = _derive(passphrase(), header["kdf"])
    try:
        return AESGCM(secret).decrypt(_bytes(header["cipher"]["nonce"], _NONCE_SIZE), wrapped, _json(header))
    except InvalidTag as error:
        raise KeyFileError(Message("security.wrong_passphrase")) from error


def write_key_file(path: Path, key: bytes, passphrase: str, cost: Cost) -> None:
    """Write a new key file that only its owner may read, safe on the disk before it has its name.

    Raises
    ------
    KeyFileError
        There is one already, or the passphrase breaks a rule, or the folder cannot be written.
    """
    check_rules(passphrase)
    if path.exists():
        raise KeyFileError(Message("security.key_file_exists", {"path": str(path)}))
    _replace(path, wrap(key, passphrase, cost))


def read_key_file(path: Path, passphrase: Callable[[], str]) -> bytes:
    """Return the key of a key file; raise `KeyFileError` when there is none to be had."""
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_FILE + 1)
    except FileNotFoundError as error:
        raise KeyFileError(Message("security.key_file_missing", {"path": str(path)})) from error
    except OSError as error:
        raise KeyFileError(Message("security.key_file_unreadable", {"path": str(path)})) from error
    return unwrap(content, passphrase)


def change_passphrase(path: Path, old: Callable[[], str], new: Callable[[], str], cost: Cost) -> None:
    """Wrap the same key with another passphrase; the file is replaced whole or left as it was."""
    key = read_key_file(path, old)
    passphrase = new()
    check_rules(passphrase)
    _replace(path, wrap(key, passphrase, cost))


def _replace(path: Path, content: bytes) -> None:
    part = path.with_name(path.name + ".part")
    try:
        part.unlink(missing_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise KeyFileError(Message("security.key_file_unwritable", {"path": str(path)})) from error


def _derive(passphrase: str, kdf: Mapping[str, Any]) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    cost = Cost(kdf["memory_kib"], kdf["passes"], kdf["lanes"])
    made = Argon2id(
        salt=_bytes(kdf["salt"], _SALT_SIZE), length=KEY_SIZE, iterations=cost.passes, lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )  # fmt: skip
    return made.derive(unicodedata.normalize("NFC", passphrase).encode("utf-8"))


def _parse(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content.decode("ascii"))
        known = (found["format"], found["kdf"]["algorithm"], found["cipher"]["algorithm"])
        version = found["version"]
        shape = [type(found["kdf"][name]) for name in ("memory_kib", "passes", "lanes")]
        texts = (found["wrapped_key"], found["kdf"]["salt"], found["cipher"]["nonce"])
        # Written in one way only, so that a changed byte anywhere shows.
        canonical = _json(found) == content
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise KeyFileError(Message("security.key_file_damaged")) from error
    if known[0] == _FORMAT and isinstance(version, int) and version > _VERSION:
        raise KeyFileError(Message("security.key_file_newer", {"found": version, "known": _VERSION}))
    right = canonical and known == (_FORMAT, "argon2id", "aes-256-gcm") and version == _VERSION
    if not right or shape != [int, int, int] or not all(isinstance(text, str) for text in texts):
        raise KeyFileError(Message("security.key_file_damaged"))
    return dict(found)


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, indent=2) + "\n").encode("ascii")


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _bytes(text: object, size: int) -> bytes:
    try:
        raw = base64.b64decode(str(text), validate=True)
    except ValueError as error:
        raise KeyFileError(Message("security.key_file_damaged")) from error
    if len(raw) != size or _text(raw) != text:
        raise KeyFileError(Message("security.key_file_damaged"))
    return raw
