"""From a `Message` to a sentence in one of the two languages."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Literal

from patrol_desk.common.counted import Counted
from patrol_desk.common.message import Message, Words

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@cache
def catalogue(area: str) -> Mapping[str, Mapping[str, str]]:
    """Return code → language → sentence of one area, read from ``catalog/<area>.toml``.

    Raises
    ------
    KeyError
        There is no such area.
    """
    file = resources.files("patrol_desk.messages") / "catalog" / f"{area}.toml"
    if not file.is_file():
        raise KeyError(area)
    return tomllib.loads(file.read_text(encoding="utf-8"))


def render(message: Message, language: Language = "zh") -> str:
    """Return the sentence of a message; ``en_one`` stands for ``en`` where the parameter ``count`` is 1.

    Parameters
    ----------
    message
        Code and parameters; parameters that are messages are rendered first.
    language
        ``"zh"`` or ``"en"``.

    Raises
    ------
    KeyError
        The code or a parameter is missing: a fault of the program, found by the tests.
    """
    sentences = catalogue(message.area)[message.code]
    one = sentences.get(f"{language}_one") if message.params.get("count") == 1 else None
    words = one or sentences[language]
    return words.format_map({name: _text(name, value, language) for name, value in message.params.items()})


def _text(name: str, value: object, language: Language) -> object:
    if name == "count" and isinstance(value, int):
        return Counted(value)
    if isinstance(value, Message):
        return render(value, language)
    if isinstance(value, Words):
        return value.zh if language == "zh" else value.en
    if isinstance(value, (list, tuple)):
        joint = "、" if language == "zh" else ", "
        return joint.join(str(_text("", item, language)) for item in value)
    return value
