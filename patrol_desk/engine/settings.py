"""What a township sets otherwise than `defaults.toml`, turned into the rules and weights of a problem."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Final

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.engine.strengths import HARD, HINT, KindRules, Rules
from patrol_desk.engine.weights import Weights

STRENGTHS: Final = ("hard", "weighted", "hint", "off")
STRENGTH, NUMBER, WHO = "strength", "number", "who"
"""What a rule sets; who may override it is the same at every kind of checkpoint."""
OVERRIDERS: Final = ("nobody", "chief", "duty_officer", "clerk")
"""Who may override a rule: the last role that may, those before it may too."""


@dataclass(frozen=True, slots=True)
class RuleDefault:
    """A rule as it holds where a township says nothing.

    Parameters
    ----------
    code
        By which files and users know it.
    rule
        Its id in the scheduler; "" for a number that is no rule.
    strength, allowed
        One of `STRENGTHS`, and those that a township may choose.
    by_kind
        Which of `STRENGTH` and `NUMBER` may differ by kind of checkpoint.
    points
        What one break costs where it is weighted.
    number, low, high, unit
        Its limit and what that may be; None and "" for a rule without one.
    who
        One of `OVERRIDERS`; "" for what nobody ever may.
    """

    code: str
    rule: str
    strength: str
    allowed: tuple[str, ...]
    by_kind: tuple[str, ...]
    points: int
    number: int | None = None
    low: int = 0
    high: int = 0
    unit: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the objective that a township may care about more: the names of its fields of `Weights`."""

    code: str
    weights: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Care:
    """How much a township may care: what is stored, the word's code, and what the weights are multiplied by."""

    number: int
    word: str
    factor: int


@dataclass(frozen=True, slots=True)
class Defaults:
    """What `defaults.toml` holds, by code."""

    rules: Mapping[str, RuleDefault]
    levels: Mapping[str, Level]
    cares: Mapping[int, Care]
    weights: Weights


@dataclass(frozen=True, slots=True)
class Override:
    """What a township sets for one kind of checkpoint or (None) for all; None leaves what it is.

    Parameters
    ----------
    code, kind
        Of the rule or level, and of the checkpoints.
    strength, number, who
        What is set.
    since
        Monday of the first week in which it holds; None for as long as there has been one.
    """

    code: str
    kind: str | None = None
    strength: str | None = None
    number: int | None = None
    who: str | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Rules and weights in force.

    Parameters
    ----------
    rules, weights
        Of a problem.
    numbers
        Code → number that holds at every kind of checkpoint.
    need_leader, need_official
        Kinds of checkpoint at which each patrol must have a leader or deputy, or an officer, auxiliary or full-time
        patrol: seats are reserved for them.
    who
        Rule of the scheduler → one of `OVERRIDERS`, for those that somebody may ever override.
    """

    rules: Rules
    weights: Weights
    numbers: Mapping[str, int]
    need_leader: frozenset[str] = field(default_factory=frozenset)
    need_official: frozenset[str] = field(default_factory=frozenset)
    who: Mapping[str, str] = field(default_factory=dict)


@cache
def defaults() -> Defaults:
    """Return what `defaults.toml` holds."""
    text = (resources.files("patrol_desk.engine") / "defaults.toml").read_text(encoding="utf-8")
    held: Mapping[str, Any] = tomllib.loads(text)
    rules = [RuleDefault(**_frozen(row)) for row in held["rule"]]
    levels = [Level(**_frozen(row)) for row in held["level"]]
    return Defaults(
        MappingProxyType({rule.code: rule for rule in rules}),
        MappingProxyType({level.code: level for level in levels}),
        MappingProxyType({row["number"]: Care(**row) for row in held["care"]}),
        Weights(**_frozen(held["weights"])),
    )


def in_force(overrides: Iterable[Override], day: date) -> list[Override]:
    """Return of what a township sets what holds on a day: of each code and kind the latest that has begun."""
    held: dict[tuple[str, str | None], Override] = {}
    for override in overrides:
        key = override.code, override.kind
        begun = override.since is None or override.since <= day
        if begun and (key not in held or _order(held[key]) < _order(override)):
            held[key] = override
    return list(held.values())


def _order(override: Override) -> date:
    return override.since or date.min


def resolve(overrides: Iterable[Override] = (), kinds: Sequence[str] = (KindRules().name,)) -> Settings:
    """Return the rules and weights of a township.

    Parameters
    ----------
    overrides
        What it sets, each code at most once for each kind (`in_force`).
    kinds
        The kinds of checkpoint, in the order of `Rules.kinds`.

    Raises
    ------
    InvalidDataError
        An override is unknown, out of range or given twice; the message names place, value and what would be right.
    """
    held: dict[tuple[str, str | None], Override] = {}
    for override in overrides:
        fault = fault_of(override, kinds)
        if fault is not None:
            raise InvalidDataError(fault)
        if (override.code, override.kind) in held:
            raise InvalidDataError(_fault("twice", override, override.code, ""))
        held[override.code, override.kind] = override
    return _Resolver(held).settings(kinds)


def fault_of(override: Override, kinds: Sequence[str]) -> Message | None:
    """Return what is wrong with an override, None when nothing is."""
    rule = setting(override.code)
    if rule is None:
        known = defaults()
        return _fault("unknown", override, override.code, ", ".join((*known.rules, *known.levels)))
    if override.kind is not None and override.kind not in kinds:
        return _fault("unknown_kind", override, override.kind, ", ".join(kinds))
    if not by_kind_allowed(rule, override):
        return _fault("not_by_kind", override, override.kind, "")
    if override.strength is not None and override.strength not in rule.allowed:
        return _fault("strength", override, override.strength, ", ".join(rule.allowed) or "–")
    if override.number is not None and not number_allowed(rule, override.number):
        return _fault("number", override, override.number, "–" if rule.number is None else f"{rule.low} … {rule.high}")
    return _fault_of_who(rule, override)


def _fault_of_who(rule: RuleDefault, override: Override) -> Message | None:
    if override.who is not None and not (rule.who and override.who in OVERRIDERS):
        return _fault("who", override, override.who, ", ".join(OVERRIDERS) if rule.who else "–")
    if override.since is not None and override.since.weekday():
        return _fault("since", override, override.since.isoformat(), monday_of(override.since).isoformat())
    return None


def monday_of(day: date) -> date:
    """Return the first day of a day's week."""
    return day - timedelta(days=day.weekday())


def setting(code: str) -> RuleDefault | None:
    """Return what a code stands for; a level stands as a rule whose number says how much it is cared about."""
    known = defaults()
    if code in known.levels:
        low, high = min(known.cares), max(known.cares)
        return RuleDefault(code, "", "", (), (), 0, low, low, high)
    return known.rules.get(code)


def by_kind_allowed(rule: RuleDefault, override: Override) -> bool:
    """Say whether what an override sets may differ by kind of checkpoint, where it names one."""
    set_here = {name for name in (STRENGTH, NUMBER, WHO) if getattr(override, name) is not None}
    return override.kind is None or (bool(rule.by_kind) and set_here <= set(rule.by_kind))


def number_allowed(rule: RuleDefault, number: int) -> bool:
    """Say whether a number is one that the rule may have."""
    return rule.number is not None and rule.low <= number <= rule.high


def _fault(what: str, override: Override, value: object, right: str) -> Message:
    place = override.code if override.kind is None else f"{override.code} ({override.kind})"
    return Message(f"settings.{what}", {"place": place, "value": value, "right": right})


def _frozen(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}


class _Resolver:
    """Looks up what holds: of the kind, else of the township, else the default."""

    def __init__(self, held: Mapping[tuple[str, str | None], Override]) -> None:
        self._held = held
        self._rules = defaults().rules

    def settings(self, kinds: Sequence[str]) -> Settings:
        rules = Rules(
            reach_m=self._number("reach_m"),
            rest_min=self._number("rest_minutes"),
            cap_day=self._number("cap_day"),
            consecutive_days=self._number("consecutive_days"),
            nights_in_row=self._number("nights_in_row"),
            rest=self._points("rest_minutes"),
            insured=self._points("insured"),
            workday_eve=self._points("workday_eve"),
            consecutive=self._points("consecutive_days"),
            nights=self._points("nights_in_row"),
            apart=self._points("apart"),
            together=self._points("together"),
            kinds=tuple(self._kind(kind) for kind in kinds),
        )
        numbers = {code: self._number(code) for code, rule in self._rules.items() if rule.number is not None}
        return Settings(
            rules,
            self._weights(),
            MappingProxyType(numbers),
            frozenset(kind for kind in kinds if self._points("leader", kind) == HARD),
            frozenset(kind for kind in kinds if self._points("official", kind) == HARD),
            MappingProxyType({rule.rule: self._who(code) for code, rule in self._rules.items() if rule.who}),
        )

    def _kind(self, kind: str) -> KindRules:
        own = self._held.get(("reach_m", kind))
        return KindRules(
            name=kind,
            reach_m=None if own is None else own.number,
            reach=self._points("reach_m", kind),
            novice=self._points("novice_days", kind),
            lead=self._beside_seats("leader", kind),
            official=self._beside_seats("official", kind),
        )

    def _beside_seats(self, code: str, kind: str) -> int:
        """Return the strength of a rule whose hard form is a seat."""
        found = self._points(code, kind)
        return 0 if found == HARD else found

    def _number(self, code: str) -> int:
        own, usual = self._held.get((code, None)), self._rules[code].number
        assert usual is not None, code
        return usual if own is None or own.number is None else own.number

    def _who(self, code: str) -> str:
        own = self._held.get((code, None))
        return self._rules[code].who if own is None or own.who is None else own.who

    def _points(self, code: str, kind: str | None = None) -> int:
        """Return the strength of a rule as `Rules` holds it."""
        rule = self._rules[code]
        found = (self._held.get((code, at)) for at in (kind, None))
        told = next((own.strength for own in found if own is not None and own.strength is not None), rule.strength)
        return {"hard": HARD, "weighted": rule.points, "hint": HINT, "off": 0}[told]

    def _weights(self) -> Weights:
        known = defaults()
        changed: dict[str, Any] = {name: getattr(known.weights, name) for name in ("minimum", "desired")}
        for code, level in known.levels.items():
            own = self._held.get((code, None))
            care = min(known.cares) if own is None or own.number is None else own.number
            for name in level.weights:
                changed[name] = _times(getattr(known.weights, name), known.cares[care].factor)
        return Weights(**changed)


def _times(weight: int | tuple[int, ...], factor: int) -> int | tuple[int, ...]:
    return weight * factor if isinstance(weight, int) else tuple(part * factor for part in weight)
