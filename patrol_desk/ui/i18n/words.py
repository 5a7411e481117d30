"""`tr` for the window's own texts, `say` for the messages of services; both in the language in force.

Qt's application object holds the translator, so that a change of language reaches every widget as an event.
"""

from typing import Literal

from PySide6.QtCore import QCoreApplication

from patrol_desk.common.message import Message
from patrol_desk.messages import render

CONTEXT = "desk"
_NOTE = "|"
_LANGUAGE_PROBE = "language"


def tr(source: str, /, **values: object) -> str:
    """Return a text in the language in force.

    Parameters
    ----------
    source
        The text in Simplified Chinese, always a literal; what follows ``|`` is a note for translators.
    values
        For the placeholders; ``count`` also chooses between the English forms for one and for many.
    """
    count = values.get("count", -1)
    text = QCoreApplication.translate(CONTEXT, source, "", count if isinstance(count, int) else -1)
    shown = text.partition(_NOTE)[0] if text == source else text
    return shown.format_map(values) if values else shown


def say(message: Message) -> str:
    """Return the sentence of a message in the language in force."""
    return render(message, language())


def language() -> Literal["zh", "en"]:
    """Return the language in force."""
    return "en" if QCoreApplication.translate(CONTEXT, _LANGUAGE_PROBE) == "en" else "zh"
