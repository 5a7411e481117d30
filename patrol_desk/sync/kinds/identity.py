"""Resident IDs (GB 11643) and telephone numbers, with what spreadsheets do to them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from patrol_desk.common.message import Message
from patrol_desk.sync.faults import Fault
from patrol_desk.sync.kinds.base import Kind, ReadContext, WriteContext
from patrol_desk.sync.text import fold, mark

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_RESIDENT_ID = re.compile(r"\d{17}[\dX]", re.ASCII)
_HYPHENED = re.compile(r"\d{6}-\d{8}-\d{3}[\dXx]", re.ASCII)
_SPACING = str.maketrans("", "", " -\u2010\u2011\u2012\u2013\u2014\u00a0()")

_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE = re.compile(r"0(?:10|2\d|[3-9]\d\d)\d{7,8}", re.ASCII)
_AREA = re.compile(r"0(?:10|2\d|[3-9]\d\d)", re.ASCII)
_LOST_ZERO = re.compile(r"(?:10|2\d|[3-9]\d\d)[2-9]\d{6,7}", re.ASCII)
_SERVICE = re.compile(r"\d{3}|1\d{4}|1\d{5}|400\d{7}|[2-9]\d{6,7}", re.ASCII)


def check_character(seventeen: str) -> str:
    """Return the check character of the first 17 digits of a resident ID.

    Source: GB 11643-1999, ISO 7064 MOD 11-2: the weighted sum of the digits modulo 11 names one of ``10X98765432``.
    """
    total = sum(int(digit) * weight for digit, weight in zip(seventeen, _WEIGHTS, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def birth_date_of(resident_id: str) -> date | None:
    """Return the birth date inside a resident ID, or None when it holds no day."""
    try:
        return date(int(resident_id[6:10]), int(resident_id[10:12]), int(resident_id[12:14]))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class ResidentIdKind(Kind):
    """An 18-character resident ID, written ``441900-19900307-123X`` so that no spreadsheet takes it for a number."""

    def parser(self, context: ReadContext) -> Callable[[str], object]:
        """Return the function from a text to 18 characters."""
        today, confirmed = context.today, context.confirm_000

        def parse(text: str) -> object:
            value = fold(text).translate(_SPACING).upper()
            if not _RESIDENT_ID.fullmatch(value):
                old = len(value) == 15 and value.isdigit()
                return Fault("import.resident_id_15" if old else "import.resident_id_form", {"length": len(value)})
            if check_character(value[:17]) != value[17]:
                zeroed = value.endswith("000")
                return Fault("import.damage_zeroed_tail" if zeroed else "import.resident_id_check")
            born = birth_date_of(value)
            if born is None or born > today or born.year < 1900:
                return Fault("import.resident_id_birth")
            # With its hyphens it was text all along: no spreadsheet can have taken it for a number.
            if value.endswith("000") and not confirmed and not _HYPHENED.fullmatch(text):
                return Fault("import.confirm_000")
            return value

        return parse

    def shower(self, context: WriteContext) -> Callable[[Any], str]:
        """Return the function from 18 characters to the hyphenated form."""
        del context
        return _show_resident_id

    def legend(self) -> Message:
        """Return the sentence that says what the column takes."""
        return Message("table.kind_resident_id")


def _show_resident_id(value: str) -> str:
    return f"{value[:6]}-{value[6:14]}-{value[14:]}" if _RESIDENT_ID.fullmatch(value) else mark(value)


@dataclass(frozen=True, slots=True)
class PhoneKind(Kind):
    """A mobile or landline number; `service` also allows short numbers and local ones without area code.

    A mobile is stored as 11 digits and written ``138-0000-1111``; a landline is stored and written ``0769-22112345``.
    """

    service: bool = False

    def parser(self, context: ReadContext) -> Callable[[str], object]:
        """Return the function from a text to the number."""
        del context

        def parse(text: str) -> object:
            folded = fold(text)
            digits = folded.translate(_SPACING)
            plus = digits.startswith(("+86", "0086"))
            digits = digits.removeprefix("+86").removeprefix("0086")
            if _MOBILE.fullmatch(digits):
                return digits
            if plus and _LOST_ZERO.fullmatch(digits):
                digits = f"0{digits}"
            if _LANDLINE.fullmatch(digits):
                return _landline(digits)
            if self.service and _SERVICE.fullmatch(digits):
                return digits
            return _phone_fault(digits)

        return parse

    def shower(self, context: WriteContext) -> Callable[[Any], str]:
        """Return the function from a stored number to its cell."""
        del context
        return _show_phone

    def legend(self) -> Message:
        """Return the sentence that says what the column takes."""
        return Message("table.kind_service_phone" if self.service else "table.kind_phone")


def _landline(digits: str) -> str:
    area = _AREA.match(digits)
    return digits if area is None else f"{area[0]}-{digits[area.end() :]}"


def _show_phone(value: str) -> str:
    if _MOBILE.fullmatch(value):
        return f"{value[:3]}-{value[3:7]}-{value[7:]}"
    return _landline(value) if _LANDLINE.fullmatch(value) else mark(value)


def _phone_fault(digits: str) -> Fault:
    if len(digits) == 13 and digits.startswith("86") and _MOBILE.fullmatch(digits[2:]):
        return Fault("import.damage_plus_lost")
    if _LOST_ZERO.fullmatch(digits):
        return Fault("import.damage_zero_lost")
    if digits.isdigit() and digits.startswith("1"):
        return Fault("import.mobile_length", {"length": len(digits)})
    return Fault("import.bad_phone")
