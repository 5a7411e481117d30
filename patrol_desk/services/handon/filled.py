"""Headings and words of the availability form, those of the CSV contract, so that a filled form can be imported."""

from patrol_desk.messages import Language
from patrol_desk.sync.tables.common import WEEKDAY_WORDS
from patrol_desk.sync.tables.duty import AVAILABILITY, PREFERENCE


def form_headings(language: Language) -> list[str]:
    """Return the headings of person, shift and the seven days."""
    names = ("person_id", "pattern_id", *(word.en.lower() for word in WEEKDAY_WORDS))
    return [AVAILABILITY.by_name[name].heading(language) for name in names]


def preference_words(language: Language) -> list[str]:
    """Return the words that a day can be filled with, the best first."""
    return [word.zh if language == "zh" else word.en for word in PREFERENCE.words]


def preference_word(value: int, language: Language) -> str:
    """Return the word of a stored preference."""
    found = next(word for word in PREFERENCE.words if word.value == value)
    return found.zh if language == "zh" else found.en
