"""Closed lists: a value is one of a few known words."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

from patrol_desk.common.message import Message
from patrol_desk.sync.faults import Fault
from patrol_desk.sync.kinds.base import Kind, ReadContext, WriteContext
from patrol_desk.sync.text import fold


@dataclass(frozen=True, slots=True)
class Word:
    """One value of a closed list.

    Parameters
    ----------
    value
        What is stored.
    zh, en
        How it is written in either language.
    aliases
        Further words that are understood.
    """

    value: Hashable
    zh: str
    en: str
    aliases: tuple[str, ...] = ()


def squeeze(text: str) -> str:
    """Return a word without what people vary: width, case, spaces, hyphens and underscores."""
    return fold(text).casefold().replace(" ", "").replace("_", "").replace("-", "")


@dataclass(frozen=True, slots=True)
class WordsKind(Kind):
    """A column that takes one of a few known words.

    Parameters
    ----------
    words
        The list, in the order in which the legend names it.
    """

    words: tuple[Word, ...]
    known: dict[str, Hashable] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        known: dict[str, Hashable] = {}
        for word in self.words:
            stored = str(word.value) if isinstance(word.value, str) else ""
            for text in (word.zh, word.en, stored, *word.aliases):
                if text and known.setdefault(squeeze(text), word.value) != word.value:
                    raise ValueError(text)
        object.__setattr__(self, "known", known)

    def parser(self, context: ReadContext) -> Callable[[str], object]:
        """Return the function from a word to its value."""
        del context
        fault = Fault("import.unknown_word", {"words": self.listed()})

        def parse(text: str) -> object:
            return self.known.get(squeeze(text), fault)

        return parse

    def shower(self, context: WriteContext) -> Callable[[Any], str]:
        """Return the function from a value to its word."""
        shown = {word.value: word.zh if context.language == "zh" else word.en for word in self.words}
        return shown.__getitem__

    def legend(self) -> Message:
        """Return the sentence that says what the column takes."""
        return Message("table.kind_words", {"words": self.listed()})

    def listed(self) -> Message:
        """Return all words, in either language."""
        return Message(
            "table.words", {"zh": " / ".join(w.zh for w in self.words), "en": " / ".join(w.en for w in self.words)}
        )


def yes_no() -> WordsKind:
    """Return the kind of a yes-or-no column."""
    return WordsKind(
        (
            Word(True, "是", "yes", ("y", "true", "1", "有", "√", "✓", "对")),
            Word(False, "否", "no", ("n", "false", "0", "无", "×", "不", "不是")),
        )
    )
