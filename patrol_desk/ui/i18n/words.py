"""`tr` for the window's own texts, `say` for the messages of services; both in the language in force.

Qt's application object holds the translator, so that a change of language reaches every widget as an event.
"""

from datetime import date, datetime
from typing import Final, Literal

from PySide6.QtCore import QCoreApplication

from patrol_desk.common.counted import Counted
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import MONTHS_EN
from patrol_desk.messages import render

CONTEXT = "desk"
_NOTE = "|"
_LANGUAGE_PROBE = "language"
PLAIN: Final = frozenset({"year", "number", "low", "high", "least", "most", "value"})
"""Values that number something rather than count it, as years and weeks, and those that are to be typed."""


def tr(source: str, /, **values: object) -> str:
    """Return a text in the language in force.

    Parameters
    ----------
    source
        The text in Simplified Chinese, always a literal; what follows ``|`` is a note for translators.
    values
        For the placeholders; ``count`` also chooses between the English forms for one and for many. Days are written
        as in `date_text`, numbers as 8,500 but for those of `PLAIN`.
    """
    count = values.get("count", -1)
    text = QCoreApplication.translate(CONTEXT, source, "", count if isinstance(count, int) else -1)
    shown = text.partition(_NOTE)[0] if text == source else text
    return shown.format_map({name: _written(name, value) for name, value in values.items()}) if values else shown


def date_text(day: date) -> str:
    """Return ``2026-11-25`` or ``25 Nov 2026``."""
    return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}" if language() == "en" else day.isoformat()


def _written(name: str, value: object) -> object:
    if isinstance(value, date) and not isinstance(value, datetime):
        return date_text(value)
    return Counted(value) if isinstance(value, int) and not isinstance(value, bool) and name not in PLAIN else value


def say(message: Message) -> str:
    """Return the sentence of a message in the language in force."""
    return render(message, language())


def capital(text: str) -> str:
    """Return words that stand alone rather than in a sentence: with a capital letter, where there are such."""
    return text[:1].upper() + text[1:]


def language() -> Literal["zh", "en"]:
    """Return the language in force."""
    return "en" if QCoreApplication.translate(CONTEXT, _LANGUAGE_PROBE) == "en" else "zh"
