"""The short hash and the QR reference of a sheet: they say which sheet this is and nothing about any person."""

import hashlib
import json
from functools import lru_cache

import segno

from patrol_desk.services.sheet_data import SheetRow, SquadWeekSheet

SHORT_HASH_LENGTH = 8


def content_hash(sheet: SquadWeekSheet) -> str:
    """Return the SHA-256 of what the sheet says, in hexadecimal: one for all copies, profiles and times of printing.

    Telephone numbers are left out, lest the hash say anything of them.
    """
    content = [
        [sheet.station, sheet.township, sheet.squad_name, sheet.squad_code, sheet.week, sheet.first_date.isoformat()],
        [sheet.leader_name, sheet.duty_phone, sheet.note],
        [[shift.mark, shift.name, shift.start, shift.end] for shift in sheet.shifts],
        [[skill.mark, skill.name] for skill in sheet.skills],
        [[place.short_name, place.name] for place in sheet.places],
        [_row_content(row) for row in sheet.rows],
    ]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _row_content(row: SheetRow) -> list[object]:
    duties = [
        [day, duty.mark, duty.is_night, duty.place_short, duty.note]
        for day, cell in enumerate(row.cells)
        for duty in cell.duties
    ]
    leave = [day for day, cell in enumerate(row.cells) if cell.on_leave]
    return [row.number, row.name, row.role.value, row.skills, row.total, duties, leave]


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
