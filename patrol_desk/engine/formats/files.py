"""Documents on disk: UTF-8 JSON, plain or gzip, never larger than the limit, written whole or not at all."""

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Never

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.engine.formats.node import Node, shown

MAX_BYTES: Final = 128 * 1024 * 1024
"""Most bytes of a document, unpacked; the largest township takes about a twentieth."""

VERSION: Final = 1

_GZIP: Final = b"\x1f\x8b"


def read_document(path: Path, kind: str) -> Node:
    """Return the document in a file, after checking that it is of the kind and version wanted.

    Raises
    ------
    InvalidDataError
        The file cannot be read, is no JSON, too large, of another kind or version.
    """
    return parse_document(_unpacked(path), kind)


def parse_document(data: bytes, kind: str) -> Node:
    """Return the document in some bytes; see `read_document`."""
    try:
        value = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_not_finite)
    except UnicodeDecodeError as error:
        raise InvalidDataError(Message("format.not_utf8", {"byte": error.start})) from error
    except json.JSONDecodeError as error:
        raise InvalidDataError(Message("format.not_json", {"line": error.lineno, "column": error.colno})) from error
    except RecursionError as error:
        raise InvalidDataError(Message("format.too_deep")) from error
    except InvalidDataError:
        raise
    except ValueError as error:  # a number of thousands of digits
        raise InvalidDataError(Message("format.number_too_long")) from error
    document = Node(value)
    if not isinstance(value, dict):
        raise document.fault("wrong_type", right=Message("format.want_object"))
    _expect(document, "format", f"patrol-desk/{kind}")
    _expect(document, "version", VERSION)
    return document


def dump_document(document: dict[str, object]) -> bytes:
    """Return a document as bytes: one line per entry of a list, so that people and programs can compare versions."""
    return "".join(_lines(document)).encode("utf-8")


def write_document(path: Path, document: dict[str, object]) -> None:
    """Write a document, packed when the name ends in ``.gz``; the same document gives the same bytes.

    Raises
    ------
    InvalidDataError
        The file cannot be written.
    """
    data = dump_document(document)
    if path.suffix == ".gz":
        data = gzip.compress(data, compresslevel=6, mtime=0)
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        raise InvalidDataError(Message("format.cannot_write", {"file": str(path), "reason": reason(error)})) from error


def reason(error: OSError) -> str:
    """Return the system's own words for why a file could not be reached."""
    return error.strerror or type(error).__name__


def _unpacked(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(2)
        with gzip.open(path, "rb") if head == _GZIP else path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InvalidDataError(Message("format.bad_gzip", {"file": str(path)})) from error
    except OSError as error:
        raise InvalidDataError(Message("format.cannot_read", {"file": str(path), "reason": reason(error)})) from error
    if len(data) > MAX_BYTES:
        raise InvalidDataError(Message("format.too_big", {"file": str(path), "most": MAX_BYTES // 1024 // 1024}))
    return data


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        name = next(name for name in names if names.count(name) > 1)
        raise InvalidDataError(Message("format.key_twice", {"key": shown(name)}))
    return found


def _not_finite(word: str) -> Never:
    raise InvalidDataError(Message("format.not_finite", {"value": word}))


def _expect(document: Node, key: str, right: object) -> None:
    value = document.value.get(key) if isinstance(document.value, dict) else None
    if value != right or isinstance(value, bool):
        raise Node(value, document, key).fault(f"wrong_{key}", right=right)


def _lines(document: dict[str, object]) -> Iterator[str]:
    yield "{"
    for number, (key, value) in enumerate(document.items()):
        yield f'{"," if number else ""}\n"{key}": '
        if isinstance(value, list) and value:
            yield "[\n"
            yield ",\n".join(_compact(entry) for entry in value)
            yield "\n]"
        else:
            yield _compact(value)
    yield "\n}\n"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "), allow_nan=False)
