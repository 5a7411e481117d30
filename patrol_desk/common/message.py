"""A sentence as data: a code and its parameters; `patrol_desk.messages` owns the words."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Words:
    """A term in both languages, e.g. the heading of a column, as a parameter of a message."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence to a user, before it has a language.

    Parameters
    ----------
    code
        Dotted name, its first part is the area: ``"import.bad_date"``.
    params
        Values for the placeholders of the sentence. A value may itself be a `Message`, or `Words`.
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def area(self) -> str:
        """The part of the code before the first dot: the catalogue that holds the words."""
        return self.code.partition(".")[0]
