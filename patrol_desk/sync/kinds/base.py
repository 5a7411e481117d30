"""The contract of a kind of column, and what a kind may know while it reads or writes."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from patrol_desk.common.message import Message
from patrol_desk.messages import Language


@dataclass(slots=True)
class _Index:
    ids: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    names: dict[str, str | None] = field(default_factory=dict)
    rejected: set[str] = field(default_factory=set)


class References:
    """Which record a code stands for, per table; it grows while a township is read."""

    def __init__(self) -> None:
        self._tables: dict[str, _Index] = {}

    def _index(self, table: str) -> _Index:
        return self._tables.setdefault(table, _Index())

    def add(self, table: str, code: str, record_id: str, name: str | None = None) -> None:
        """Make a record known; a name that two records share stands for neither."""
        index = self._index(table)
        former = index.codes.get(record_id)
        if former is not None and former != code:
            del index.ids[former]
        index.ids[code] = record_id
        index.codes[record_id] = code
        if name:
            held = index.names.setdefault(name, record_id)
            if held != record_id:
                index.names[name] = None

    def reject(self, table: str, code: str) -> None:
        """Remember that the row with this code was kept out."""
        self._index(table).rejected.add(code)

    def find(self, table: str, code: str) -> str | None:
        """Return the id of the record with this code."""
        return self._index(table).ids.get(code)

    def find_name(self, table: str, name: str) -> str | None:
        """Return the id of the only record with this name."""
        return self._index(table).names.get(name)

    def was_rejected(self, table: str, code: str) -> bool:
        """Say whether the row with this code was kept out."""
        return code in self._index(table).rejected

    def code_of(self, table: str, record_id: str) -> str:
        """Return the code of a record; KeyError when it is unknown."""
        return self._index(table).codes[record_id]


@dataclass(frozen=True, slots=True)
class ReadContext:
    """What kinds may know while they read.

    Parameters
    ----------
    today
        The station's day, against which dates are judged.
    references
        The records known so far.
    confirm_000
        Whether resident IDs that end in 000 and pass the check digit were confirmed as genuine.
    """

    today: date
    references: References
    confirm_000: bool = False


@dataclass(frozen=True, slots=True)
class WriteContext:
    """What kinds may know while they write."""

    language: Language
    references: References


class Kind(ABC):
    """One kind of column. Kinds are stateless; they are bound to a context once per column and file."""

    @abstractmethod
    def parser(self, context: ReadContext) -> Callable[[str], object]:
        """Return the function from an unmarked, non-blank text to a value or a `Fault`."""

    @abstractmethod
    def shower(self, context: WriteContext) -> Callable[[Any], str]:
        """Return the function from a value (never None) to the cell's text."""

    @abstractmethod
    def legend(self) -> Message:
        """Return the sentence that says what the column takes."""
