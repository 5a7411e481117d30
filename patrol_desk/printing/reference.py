"""The short hash and the QR reference of a sheet: they say which sheet this is and nothing about any person."""

import hashlib
import json
from dataclasses import asdict
from functools import lru_cache

import segno

from patrol_desk.services.sheet_data import SquadWeekSheet

SHORT_HASH_LENGTH = 8

_NOT_CONTENT = ("version", "printed_at", "printed_by", "profile", "copy_number", "audit_head", "leader_phone")
"""What differs between two prints of one content; and telephone numbers, lest the hash say anything of them."""


def content_hash(sheet: SquadWeekSheet) -> str:
    """Return the SHA-256 of what the sheet says, in hexadecimal: one for all copies, profiles and times of printing."""
    content = asdict(sheet)
    for name in _NOT_CONTENT:
        del content[name]
    for row in content["rows"]:
        del row["phone"]
        del row["changed"]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def short_hash(sheet: SquadWeekSheet) -> str:
    """Return the first characters of the content hash, as printed in the foot."""
    return content_hash(sheet)[:SHORT_HASH_LENGTH]


def reference(sheet: SquadWeekSheet, short: str) -> str:
    """Return what the QR code says: format, kind of sheet, week, squad's code, version, revision, short hash.

    Capital letters, digits and ``/-`` alone, which a QR code holds in little room: ``PD1/SW/2026-W48/S012/V7/R4187/…``.
    """
    version = sheet.version
    return f"PD1/SW/{sheet.week}/{sheet.squad_code}/V{version.number}/{version.revision}/{short}".upper()


@lru_cache(maxsize=2048)
def qr_modules(content: str) -> tuple[str, ...]:
    """Return the rows of the QR code's modules, ``#`` for dark, without the quiet zone."""
    code = segno.make_qr(content, error="m", boost_error=False)
    return tuple("".join("#" if module else "." for module in row) for row in code.matrix)
