"""Edits of rules that wait to be saved: what each line says now, and what would be written."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from patrol_desk.services.rules import LevelLine, Override, RuleBook, RuleLine
from patrol_desk.services.settings.trial import Line


@dataclass(frozen=True, slots=True)
class Value:
    """What a line says: strength and who may override ("" for what has none), number (None for a rule without one)."""

    strength: str
    number: int | None
    who: str = ""


class RuleEdits:
    """The rules as read, with edits laid over them.

    Parameters
    ----------
    book
        As read.
    """

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self._stored: dict[Line, Value] = {
            **{(line.rule.code, line.kind): value_of(line) for line in _shown(book)},
            **{(level.code, None): Value("", level.number) for level in book.levels},
        }
        self._values = dict(self._stored)
        self._rules = {line.rule.code: line.rule for line in book.rules}
        self._lowest = {level.code: min(level.choices) for level in book.levels}

    def lines(self) -> tuple[RuleLine, ...]:
        """Return the lines of rules: as read, those taken away left out, those added for a kind after their rule."""
        found: list[RuleLine] = []
        for line in _shown(self.book):
            if (line.rule.code, line.kind) in self._values:
                found.append(line)
            if line.kind is None:
                own = [kind for code, kind in self._values if code == line.rule.code and kind is not None]
                added = [kind for kind in own if (line.rule.code, kind) not in self._stored]
                found.extend(replace(line, kind=kind, is_set=False) for kind in added)
        return tuple(found)

    def lines_held(self) -> tuple[Line, ...]:
        """Return the lines that there are now."""
        return tuple(self._values)

    def level(self, code: str) -> LevelLine:
        """Return a level as read."""
        return next(level for level in self.book.levels if level.code == code)

    def value(self, line: Line) -> Value:
        """Return what a line says now."""
        return self._values[line]

    def stored(self, line: Line) -> Value | None:
        """Return what a line said when it was read; None for one that was added."""
        return self._stored.get(line)

    def set_strength(self, line: Line, strength: str) -> None:
        """Change a strength."""
        self._values[line] = replace(self._values[line], strength=strength)

    def set_number(self, line: Line, number: int) -> None:
        """Change a number."""
        self._values[line] = replace(self._values[line], number=number)

    def set_who(self, line: Line, who: str) -> None:
        """Change who may override a rule."""
        self._values[line] = replace(self._values[line], who=who)

    def add_kind(self, code: str, kind: str) -> None:
        """Give a kind of checkpoint a line of its own, which says at first what the township's does."""
        self._values.setdefault((code, kind), replace(self._values[code, None], who=""))

    def drop_kind(self, code: str, kind: str) -> None:
        """Take a kind's own line away."""
        self._values.pop((code, kind), None)

    def restore_levels(self) -> None:
        """Care about every level as much as where nothing is said."""
        for code, number in self._lowest.items():
            self._values[code, None] = Value("", number)

    def default(self, line: Line) -> Value:
        """Return what holds beneath a line: the township's for a kind, else the default."""
        code, kind = line
        if code in self._lowest:
            return Value("", self._lowest[code])
        if kind is not None:
            return replace(self._values[code, None], who="")
        return Value(self._rules[code].strength, self._rules[code].number, self._rules[code].who)

    def changed(self) -> tuple[Line, ...]:
        """Return the lines that differ from what was read."""
        lines = dict.fromkeys((*self._stored, *self._values))
        return tuple(line for line in lines if self._stored.get(line) != self._values.get(line))

    def overrides(self) -> tuple[Override, ...]:
        """Return what would be written for the changed lines."""
        return tuple(self._override(line) for line in self.changed())

    def _override(self, line: Line) -> Override:
        value, beneath = self._values.get(line), self.default(line)
        if value is None:
            return Override(*line)
        strength = value.strength if value.strength and value.strength != beneath.strength else None
        number = value.number if value.number != beneath.number else None
        return Override(*line, strength, number, value.who if value.who != beneath.who else None)

    def carried(self, book: RuleBook) -> "RuleEdits":
        """Return the same edits over rules that were read anew; what is the same by now is no edit any more."""
        fresh = RuleEdits(book)
        for line in self.changed():
            value = self._values.get(line)
            if value is None:
                fresh._values.pop(line, None)
            else:
                fresh._values[line] = value
        return fresh

    def numbers(self) -> Mapping[str, int]:
        """Return how many rules stand at each strength, over the whole township."""
        found: dict[str, int] = {}
        for (_, kind), value in self._values.items():
            if kind is None and value.strength:
                found[value.strength] = found.get(value.strength, 0) + 1
        return found


def value_of(line: RuleLine) -> Value:
    """Return what a line says; who may override a rule is said of it as a whole, not by kind."""
    return Value(line.strength, line.number, line.who if line.kind is None else "")


def _shown(book: RuleBook) -> list[RuleLine]:
    """Return the lines that say something: a kind's own only where it is set."""
    return [line for line in book.rules if line.kind is None or line.is_set]
