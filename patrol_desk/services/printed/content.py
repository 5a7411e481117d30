"""The short hash and the reference of a sheet: they say which sheet this is and nothing about any person."""

import hashlib
import json
from typing import ClassVar, Protocol

from patrol_desk.services.printed.frame import SheetFrame, said
from patrol_desk.services.sheet_data import SheetRow, SquadWeekSheet

FORMAT = "PD1"
SHORT_HASH_LENGTH = 8


class PrintedSheet(Protocol):
    """What every sheet's data class has.

    `KIND` is the kind's letters in the reference. Text fields of people's numbers are `UNSAID`.
    """

    KIND: ClassVar[str]

    @property
    def frame(self) -> SheetFrame:
        """What head and foot say."""
        ...

    @property
    def period(self) -> str:
        """Week, day or month: ``2026-W48``."""
        ...

    @property
    def subject(self) -> str:
        """Code of the squad, place or person; no name and no number."""
        ...


def content_hash(sheet: PrintedSheet) -> str:
    """Return the SHA-256 of what the sheet says, in hexadecimal: one for all copies, profiles and times of printing.

    Telephone numbers are left out, lest the hash say anything of them.
    """
    content = _squad_week(sheet) if isinstance(sheet, SquadWeekSheet) else _printed(sheet)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _printed(sheet: PrintedSheet) -> list[object]:
    frame = sheet.frame
    return [sheet.KIND, frame.station, frame.township, frame.duty_phone, said(sheet)]


def _squad_week(sheet: SquadWeekSheet) -> list[object]:
    return [
        [sheet.station, sheet.township, sheet.squad_name, sheet.squad_code, sheet.week, sheet.first_date.isoformat()],
        [sheet.leader_name, sheet.duty_phone, sheet.note],
        [[shift.mark, shift.name, shift.start, shift.end] for shift in sheet.shifts],
        [[skill.mark, skill.name] for skill in sheet.skills],
        [[place.short_name, place.name] for place in sheet.places],
        [_row_content(row) for row in sheet.rows],
    ]


def _row_content(row: SheetRow) -> list[object]:
    duties = [
        [day, duty.mark, duty.is_night, duty.place_short, duty.note]
        for day, cell in enumerate(row.cells)
        for duty in cell.duties
    ]
    leave = [day for day, cell in enumerate(row.cells) if cell.on_leave]
    return [row.number, row.name, row.role.value, row.skills, row.total, duties, leave]


def short_hash(sheet: PrintedSheet) -> str:
    """Return the first characters of the content hash, as printed in the foot."""
    return content_hash(sheet)[:SHORT_HASH_LENGTH]


def reference(sheet: PrintedSheet, short: str) -> str:
    """Return what the station signs: format, kind of sheet, period, subject's code, version, revision, short hash.

    Capital letters, digits and ``/-`` alone, which a QR code holds in little room: ``PD1/SW/2026-W48/S012/V7/R4187/…``.
    """
    version = sheet.frame.version
    number = version.number if version is not None else 0
    parts = (FORMAT, sheet.KIND, sheet.period, sheet.subject, f"V{number}", sheet.frame.revision, short)
    return "/".join(part.replace("/", "-") for part in parts).upper()


def code_of(sheet: PrintedSheet, short: str) -> str:
    """Return what the QR code says: the reference, and the station's signature if there is one."""
    signature = sheet.frame.signature
    return f"{reference(sheet, short)}/{signature}" if signature else reference(sheet, short)
