"""The user guide as topics: one text for paper and for the window."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from patrol_desk.ui.resources import resource

_KEYS: Final = re.compile(r"\s*[（(].*[)）]\s*$")
_PICTURE: Final = re.compile(r"^!\[.*$\n?", re.MULTILINE)
_BROKEN: Final = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\n +(?=[\u3000-\u9fff\uff00-\uffef])")
"""A line that goes on in the next one between two Chinese characters, where Markdown would put a space."""
_LINK: Final = re.compile(r"\[([^\]]+)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Topic:
    """A section of the guide.

    Parameters
    ----------
    title
        Its heading without the keys in brackets behind it: for a page, what the rail calls it.
    text
        Markdown, the heading first; without pictures and without links, which lead out of the window.
    """

    title: str
    text: str


@cache
def topics(language: str) -> tuple[Topic, ...]:
    """Return the sections of the guide in a language, ``"zh"`` or ``"en"``, in the guide's order."""
    text = resource("..", "docs", f"guide.{language}.md").read_text(encoding="utf-8")
    sections = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    return tuple(_topic(section) for section in sections)


def _topic(section: str) -> Topic:
    heading = section.partition("\n")[0].strip()
    plain = _BROKEN.sub("", _LINK.sub(r"\1", _PICTURE.sub("", section)))
    return Topic(_KEYS.sub("", heading), f"## {plain}")


def place_of(*words: str, language: str) -> int:
    """Return the place of the topic called by one of the words, the first that fits; 0 when none does."""
    titles = [topic.title for topic in topics(language)]
    return next((titles.index(word) for word in words if word in titles), 0)
