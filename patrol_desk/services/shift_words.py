"""How a sentence names a shift: a usual name in both languages, any other as the station wrote it."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from patrol_desk.common.message import Message

_USUAL: Final[Mapping[str, str]] = MappingProxyType(
    {"早班": "morning", "午班": "afternoon", "晚班": "evening", "夜班": "night"}
)


def shift_name(name: str) -> Message:
    """Return what a sentence calls a shift of that name."""
    usual = _USUAL.get(name)
    return Message("board.shift_own", {"name": name}) if usual is None else Message(f"board.shift_{usual}")


def dated_shift(day: date, name: str) -> Message:
    """Return the day of the week and the shift: ``周日夜班``, ``Sun Night``."""
    return Message("board.shift", {"day": Message(f"board.day_{day.weekday()}"), "shift": shift_name(name)})
