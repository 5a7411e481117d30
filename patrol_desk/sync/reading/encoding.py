"""Which encoding a text file has, by a ladder; and its hash, in one pass.

Byte-order mark → UTF-16 without one (NUL bytes, which no other accepted encoding has) → strict UTF-8 → strict
GB18030. Text that UTF-8 reads as non-ASCII without a Chinese character and GB18030 with some is GB18030.
"""

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from patrol_desk.common.message import Message
from patrol_desk.sync.errors import FileRefusedError
from patrol_desk.sync.limits import LIMITS, Limits

_BLOCK = 1 << 20
_SAMPLE = 1 << 16
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WITHOUT_MARK = ("utf-8", "gb18030", "big5")
CHOICES = (*_WITHOUT_MARK, "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
"""Encodings that may be asked for; Big5 only so, since it cannot be told from GB18030."""


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What is known of a text file before it is read.

    Parameters
    ----------
    encoding
        Name of a codec that reads the whole file.
    digest
        SHA-256 of its bytes, in hexadecimal.
    """

    encoding: str
    digest: str


def blocks(path: Path) -> Iterator[bytes]:
    """Yield a file's bytes in blocks of 1 MiB."""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    for block in blocks(path):
        digest.update(block)
    return digest.hexdigest()


def check_size(path: Path, limits: Limits = LIMITS) -> None:
    """Raise `FileRefusedError` when a file is larger than allowed."""
    if path.stat().st_size > limits.file_bytes:
        raise FileRefusedError(
            Message("import.file_too_large", {"file": path.name, "limit": limits.file_bytes // (1024 * 1024)})
        )


def sniff(path: Path, limits: Limits = LIMITS, wanted: str | None = None) -> Sniffed:
    """Return encoding and hash of a text file.

    Parameters
    ----------
    path
        The file.
    limits
        How large it may be.
    wanted
        The encoding a user chose in place of the ladder's.

    Raises
    ------
    FileRefusedError
        It is too large, or no encoding of the ladder (or not the one that is wanted) reads all of it.
    """
    check_size(path, limits)
    digest = digest_of(path)
    if wanted is not None:
        if wanted not in CHOICES or _scan(path, wanted) is None:
            raise FileRefusedError(Message("import.wrong_encoding", {"file": path.name, "encoding": wanted}))
        return Sniffed(wanted, digest)
    with path.open("rb") as file:
        start = file.read(_SAMPLE)
    encoding = _by_mark(start) or _utf16_without_mark(start)
    if encoding is not None:
        if _scan(path, encoding) is None:
            raise FileRefusedError(Message("import.bad_encoding", {"file": path.name}))
        return Sniffed(encoding, digest)
    return Sniffed(_by_content(path), digest)


def possible_encodings(path: Path) -> tuple[str, ...]:
    """Return the encodings a user may choose from: those that read the first 64 KiB of a file, likelier ones first."""
    with path.open("rb") as file:
        start = file.read(_SAMPLE)
    marked = _by_mark(start)
    if marked is not None:
        return (marked,)
    wide = _utf16_without_mark(start)
    if wide is not None:
        return (wide,)
    return tuple(encoding for encoding in _WITHOUT_MARK if _reads(start, encoding))


def _reads(start: bytes, encoding: str) -> bool:
    """Say whether an encoding reads the beginning of a file, which may end within a character."""
    try:
        codecs.getincrementaldecoder(encoding)("strict").decode(start)
    except UnicodeDecodeError:
        return False
    return True


def _by_mark(start: bytes) -> str | None:
    return next((encoding for mark, encoding in _BOMS if start.startswith(mark)), None)


def _utf16_without_mark(start: bytes) -> str | None:
    if b"\0" not in start:
        return None
    return "utf-16-le" if start[1::2].count(0) >= start[::2].count(0) else "utf-16-be"


def _by_content(path: Path) -> str:
    as_utf8 = _scan(path, "utf-8")
    if as_utf8 is not None and (as_utf8.ascii_only or as_utf8.han):
        return "utf-8"
    as_gb18030 = _scan(path, "gb18030")
    if as_utf8 is not None:
        return "gb18030" if as_gb18030 is not None and as_gb18030.han else "utf-8"
    if as_gb18030 is None:
        raise FileRefusedError(Message("import.bad_encoding", {"file": path.name}))
    return "gb18030"


@dataclass(frozen=True, slots=True)
class _Scan:
    ascii_only: bool
    han: bool


def _scan(path: Path, encoding: str) -> _Scan | None:
    """Decode a whole file strictly; None when that fails."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    ascii_only, han = True, False
    try:
        for block in blocks(path):
            text = decoder.decode(block)
            ascii_only = ascii_only and text.isascii()
            han = han or _HAN.search(text) is not None
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return _Scan(ascii_only, han)
