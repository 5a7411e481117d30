"""Every rule and level of the objective: what holds, what the default is, and what may be chosen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.message import Message, Words
from patrol_desk.engine.settings import Override, RuleDefault, defaults, in_force
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.storage.reads.settings import KINDS, read_stated
from patrol_desk.sync.kinds import WordsKind
from patrol_desk.sync.tables.places import CHECKPOINT_KIND
from patrol_desk.sync.tables.rules import RULE_STRENGTH


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule as it holds in the township, or at one kind of checkpoint.

    Parameters
    ----------
    rule
        The default, with what may be chosen.
    kind
        The kind of checkpoint, None for the whole township.
    strength, number
        What holds here; number is None for a rule without one.
    who
        The last role that may override it, one of `engine.settings.OVERRIDERS`; "" where nobody ever may.
    is_set
        Whether the township sets it here.
    name, strength_word, unit_word, kind_word
        In words; None where there is nothing to say.
    """

    rule: RuleDefault
    kind: str | None
    strength: str
    number: int | None
    who: str
    is_set: bool
    name: Message
    strength_word: Words
    unit_word: Message | None
    kind_word: Words | None

    @property
    def code(self) -> str:
        """Of the rule."""
        return self.rule.code


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One level of the objective: how much the township cares, and the words it may choose from, by number."""

    code: str
    number: int
    is_set: bool
    name: Message
    word: Message
    choices: Mapping[int, Message]


@dataclass(frozen=True, slots=True)
class Coming:
    """A change that holds from a later week on: the first day of it, and the rule or level as it is then."""

    since: date
    line: RuleLine | LevelLine


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules, those set for one kind after the township's, all levels, and by week what is to come."""

    rules: tuple[RuleLine, ...]
    levels: tuple[LevelLine, ...]
    coming: tuple[Coming, ...] = ()


@permitted(Permission.DATA_READ)
def read_rules(station: Station, actor: Actor, day: date | None = None) -> RuleBook:
    """Return the township's rules of a day, None for today, and what is to come after it, read in one transaction."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        overrides = read_stated(session)
    return rule_book(overrides, day or station_today(station.clock))


def rule_book(stated: Iterable[Override], day: date) -> RuleBook:
    """Return all rules and levels with what is set on a day laid over the defaults; unknown codes are passed over."""
    every = list(stated)
    held = _held(every, day)
    rules = [
        _line(rule, kind, held)
        for rule in defaults().rules.values()
        for kind in (None, *KINDS)
        if kind is None or (rule.code, kind) in held
    ]
    return RuleBook(tuple(rules), tuple(_level(code, held) for code in defaults().levels), _coming(every, day))


def _held(stated: Iterable[Override], day: date) -> dict[tuple[str, str | None], Override]:
    return {(override.code, override.kind): override for override in in_force(stated, day)}


def _coming(stated: list[Override], day: date) -> tuple[Coming, ...]:
    """Return what holds from a later day on, in the order of time and then of the list of rules."""
    later = [(each, each.since) for each in stated if each.since is not None and each.since > day]
    known, found = defaults(), []
    order = [*known.rules, *known.levels]
    for each, since in sorted(later, key=lambda one: (one[1], order.index(one[0].code) if one[0].code in order else 0)):
        then = _held(stated, since)
        if each.code in known.rules:
            found.append(Coming(since, _line(known.rules[each.code], each.kind, then)))
        elif each.code in known.levels:
            found.append(Coming(since, _level(each.code, then)))
    return tuple(found)


def _line(rule: RuleDefault, kind: str | None, held: Mapping[tuple[str, str | None], Override]) -> RuleLine:
    own = [held[rule.code, at] for at in dict.fromkeys((kind, None)) if (rule.code, at) in held]
    strength = next((override.strength for override in own if override.strength is not None), rule.strength)
    number = next((override.number for override in own if override.number is not None), rule.number)
    here = held.get((rule.code, kind))
    return RuleLine(
        rule=rule,
        kind=kind,
        strength=strength,
        number=number,
        who=next((override.who for override in own if override.who is not None), rule.who),
        is_set=here is not None and (here.strength, here.number, here.who) != (None, None, None),
        name=Message(f"settings.rule_{rule.code}"),
        strength_word=strength_word(strength),
        unit_word=Message(f"settings.unit_{rule.unit}") if rule.unit else None,
        kind_word=None if kind is None else _word(CHECKPOINT_KIND, kind),
    )


def _level(code: str, held: Mapping[tuple[str, str | None], Override]) -> LevelLine:
    choices = {number: Message(f"settings.care_word_{care.word}") for number, care in defaults().cares.items()}
    own = held.get((code, None))
    number = min(choices) if own is None or own.number is None else own.number
    is_set = own is not None and own.number is not None
    return LevelLine(code, number, is_set, Message(f"settings.{code}"), choices[number], choices)


def strength_word(strength: str) -> Words:
    """Return a strength in words."""
    return _word(RULE_STRENGTH, strength)


def _word(kind: WordsKind, value: str) -> Words:
    word = next(word for word in kind.words if word.value == value)
    return Words(word.zh, word.en)
