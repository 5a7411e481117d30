"""Footnotes of a sheet: duties that break a rule of the station's own, knowingly."""

from collections.abc import Mapping
from datetime import date

from patrol_desk.common.message import Message
from patrol_desk.services.planning.overrides import DutyKey, Overridden
from patrol_desk.services.printed.marks import Footnote
from patrol_desk.services.shift_words import dated_shift
from patrol_desk.storage.reads.rows import PatternRow

_CIRCLED = 20
"""Numbers that have a circled character."""


class Footnotes:
    """The footnotes of one sheet, numbered in the order in which their duties are asked about.

    Parameters
    ----------
    overrides
        Duty → rules it breaks knowingly.
    patterns
        Id → shift pattern.
    """

    def __init__(self, overrides: Mapping[DutyKey, tuple[Overridden, ...]], patterns: Mapping[str, PatternRow]) -> None:
        self._overrides = overrides
        self._patterns = patterns
        self._found: dict[DutyKey, Footnote] = {}

    @property
    def all(self) -> tuple[Footnote, ...]:
        """Those asked about so far."""
        return tuple(self._found.values())

    def mark(self, person_id: str, checkpoint_id: str, pattern_id: str, day: date, name: str) -> str:
        """Return the mark beside a duty, empty for one that breaks no rule."""
        key = (person_id, checkpoint_id, pattern_id, day)
        rules = self._overrides.get(key, ())
        if not rules:
            return ""
        if key not in self._found:
            number = len(self._found) + 1
            mark = chr(ord("①") + number - 1) if number <= _CIRCLED else f"({number})"
            params = {
                "name": name,
                "when": dated_shift(day, self._patterns[pattern_id].name),
                "rules": [Message(f"override.rule_{one.rule}") for one in rules],
                "told": rules[0].told,
            }
            self._found[key] = Footnote(mark, Message("override.footnote", params))
        return self._found[key].mark
