"""Dates and times of day as real desks write them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from patrol_desk.common.message import Message
from patrol_desk.sync.faults import Fault
from patrol_desk.sync.kinds.base import Kind, ReadContext, WriteContext
from patrol_desk.sync.text import fold

_MIDNIGHT = r"(?:[ T]0{1,2}:00(?::00(?:\.0+)?)?)?"
_DATE = re.compile(
    rf"(?:(\d{{4}})(?:[-/.]|年)\s*(\d{{1,2}})(?:[-/.]|月)\s*(\d{{1,2}})日?{_MIDNIGHT}|(\d{{4}})(\d{{2}})(\d{{2}}))",
    re.ASCII,
)
_SERIAL = re.compile(r"(\d{5})(?:\.0+)?", re.ASCII)
_SERIAL_DAY_0 = date(1899, 12, 30)
_EARLIEST = date(1900, 1, 1)
_LATEST = date(2099, 12, 31)
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_ALMOST_DATE = re.compile(
    rf"\d{{1,2}}月\d{{1,2}}日|\d{{1,2}}-(?:{_MONTHS})|(?:{_MONTHS})-\d{{1,2}}|\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}}{_MIDNIGHT}",
    re.IGNORECASE | re.ASCII,
)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2})(?::00)?|点(?:(\d{1,2})分?|(半))?|时(?:(\d{1,2})分?)?)", re.ASCII)
_HALF_DAY = re.compile(r"(上午|下午)?\s*(.+?)\s*(AM|PM)?", re.IGNORECASE | re.DOTALL)
_BARE_CLOCK = re.compile(r"(\d{1,2}?)(\d{2})?", re.ASCII)


def looks_like_date(text: str) -> bool:
    """Say whether a spreadsheet shows a range such as ``8-12`` as this date."""
    return _ALMOST_DATE.fullmatch(text) is not None


def read_date(text: str) -> date | None:
    """Return the day a text names, or None.

    Understood are 2026-01-05, 2026/1/5, 2026.1.5, 2026年1月5日, 20260105 and the serial number
    46027 that a spreadsheet counts from 1899-12-30.
    """
    folded = fold(text)
    serial = _SERIAL.fullmatch(folded)
    if serial is not None:
        return _SERIAL_DAY_0 + timedelta(days=int(serial[1]))
    match = _DATE.fullmatch(folded)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_minute(text: str) -> int | None:
    """Return the minute of the day that a text names (18:00, 1800, 18点, 18点30分, 18, 下午6点, 6:00 PM), or None."""
    halves = _HALF_DAY.fullmatch(fold(text))
    assert halves is not None
    found = _clock_of(halves[2])
    if found is None:
        return None
    hour, minute = found
    half = (halves[1] or halves[3] or "").upper()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half in {"PM", "下午"} else 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def _clock_of(text: str) -> tuple[int, int] | None:
    """Return the hour and minute as they stand."""
    match = _CLOCK.fullmatch(text)
    if match is not None:
        minute = next((int(part) for part in match.group(2, 3, 5) if part), 0)
        return int(match[1]), 30 if match[4] else minute
    if len(text) == 2 and text.isdecimal():
        return int(text), 0
    bare = _BARE_CLOCK.fullmatch(text)
    return None if bare is None else (int(bare[1]), int(bare[2] or 0))


@dataclass(frozen=True, slots=True)
class DateKind(Kind):
    """A day; `past` refuses one after today."""

    past: bool = False

    def parser(self, context: ReadContext) -> Callable[[str], object]:
        """Return the function from a text to the day."""
        today = context.today

        def parse(text: str) -> object:
            value = read_date(text)
            if value is None:
                return Fault("import.bad_date")
            if self.past and value > today:
                return Fault("import.date_in_future", {"today": today.isoformat()})
            if not _EARLIEST <= value <= _LATEST:
                return Fault("import.date_far", {"low": _EARLIEST.isoformat(), "high": _LATEST.isoformat()})
            return value

        return parse

    def shower(self, context: WriteContext) -> Callable[[Any], str]:
        """Return the function from a day to its ISO form."""
        del context
        return date.isoformat

    def legend(self) -> Message:
        """Return the sentence that says what the column takes."""
        return Message("table.kind_date")


@dataclass(frozen=True, slots=True)
class TimeKind(Kind):
    """A time of day, stored as minutes after midnight (0 to 1439)."""

    def parser(self, context: ReadContext) -> Callable[[str], object]:
        """Return the function from a text to the minute."""
        del context

        def parse(text: str) -> object:
            value = read_minute(text)
            if value is None:
                return Fault("import.damage_range_time" if looks_like_date(fold(text)) else "import.bad_time")
            return value

        return parse

    def shower(self, context: WriteContext) -> Callable[[Any], str]:
        """Return the function from a minute to ``HH:MM``."""
        del context
        return _clock

    def legend(self) -> Message:
        """Return the sentence that says what the column takes."""
        return Message("table.kind_time")


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
