"""A language for tests: English with every text two fifths longer, made when it is spoken."""

import math
import re
from itertools import cycle, islice

from PySide6.QtCore import QCoreApplication
from typing_extensions import override

from patrol_desk.common.message import Message
from patrol_desk.messages import Language, render
from patrol_desk.ui.i18n.catalog import EnglishTranslator
from patrol_desk.ui.i18n.words import CONTEXT, language

MORE = 0.4
SHORTEST = 3
"""Marks of one or two characters stand for a word that is told elsewhere, and have no longer form."""
_PLACE = re.compile(r"\{[^}]*\}")
_TAIL = "er de mot "


def longer(text: str) -> str:
    """Return a text with two fifths more behind it; its placeholders stay."""
    said = len(_PLACE.sub("", text).strip())
    if said < SHORTEST:
        return text
    return text + "".join(islice(cycle(_TAIL), math.ceil(said * MORE))).rstrip()


class LongerTranslator(EnglishTranslator):
    """English, and more of it."""

    @override
    def translate(  # type: ignore[override]  # as the one it makes longer
        self, context: str, sourceText: str, disambiguation: str | bytes | None = None, n: int = -1
    ) -> str | None:
        said = super().translate(context, sourceText, disambiguation, n)
        return said if said is None or context != CONTEXT or sourceText == "language" else longer(said)


def render_longer(message: Message, spoken: Language) -> str:
    """Return the sentence of a message, longer."""
    return longer(render(message, spoken))


def speak_longer(app: QCoreApplication) -> LongerTranslator:
    """Speak longer English from now on; whoever asked takes the translator away again."""
    translator = LongerTranslator()
    app.installTranslator(translator)
    assert language() == "en"
    return translator
