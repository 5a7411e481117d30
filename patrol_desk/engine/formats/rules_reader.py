"""The rules and weights of a document."""

from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

from patrol_desk.engine.formats.node import Node
from patrol_desk.engine.formats.places import MAX_METRES
from patrol_desk.engine.formats.words import STRENGTHS
from patrol_desk.engine.problem import CLASSES, HINT, KindRules, Rules
from patrol_desk.engine.weights import Weights

NUMBERS: Final = {
    "reach_m": 4 * MAX_METRES,
    "rest_min": 7 * 1440,
    "cap_day": 24,
    "consecutive_days": 60,
    "nights_in_row": 60,
}
"""Names of the rules' numbers, and the most of each."""

STRONG: Final = ("rest", "insured", "workday_eve", "consecutive", "nights", "apart", "together")
RULE_KEYS: Final = (*NUMBERS, *STRONG, "kinds")
KIND_KEYS: Final = (("name",), ("reach_m", "reach", "novice", "lead", "official"))
WEIGHT_KEYS: Final = (
    "minimum",
    "desired",
    "load",
    "load_class",
    "extra_squad",
    "no_lead",
    "near",
    "wish",
    "change",
    "visit",
    "blind",
    "queue",
    "habit",
)

TEMPORARY: Final = "temporary_duty"
"""Name of the kind of checkpoints at which people stand on some days only."""

MAX_KINDS, MAX_WEIGHT = 100, 10**9


def read_rules(node: Node | None) -> Rules:
    """Return the rules: what is left out is as the program publishes it."""
    fields = node.fields((), RULE_KEYS) if node is not None else {}
    given: dict[str, Any] = {name: fields[name].whole(0, most) for name, most in NUMBERS.items() if name in fields}
    given |= {name: _strength(fields[name]) for name in STRONG if name in fields}
    if "kinds" in fields:
        given["kinds"] = _kinds(fields["kinds"])
    return replace(Rules(), **given)


def with_temporary(rules: Rules) -> Rules:
    """Return rules that know the kind of temporary duties, as the program publishes it where they do not yet."""
    if any(kind.name == TEMPORARY for kind in rules.kinds):
        return rules
    return replace(rules, kinds=(*rules.kinds, KindRules(name=TEMPORARY)))


def _kinds(node: Node) -> tuple[KindRules, ...]:
    first: dict[str, Node] = {}
    kinds = []
    for item in node.items(MAX_KINDS):
        fields = item.fields(*KIND_KEYS)
        fields["name"].only_once(first, fields["name"].text())
        given: dict[str, Any] = {"name": fields["name"].text()}
        if "reach_m" in fields:
            given["reach_m"] = fields["reach_m"].whole(0, NUMBERS["reach_m"])
        given |= {name: _strength(fields[name]) for name in ("reach", "novice") if name in fields}
        given |= {name: _wish(fields[name]) for name in ("lead", "official") if name in fields}
        kinds.append(KindRules(**given))
    if not kinds:
        raise node.fault("no_kind")
    return tuple(kinds)


def _strength(node: Node) -> int:
    """Return ``hard``, ``hint``, ``off`` or points."""
    if isinstance(node.value, str):
        return node.choice(STRENGTHS)
    return node.whole(0, MAX_WEIGHT)


def _wish(node: Node) -> int:
    """Return ``hint``, ``off`` or points; who must be there is a seat that asks for it."""
    if node.value == "hard":
        raise node.fault("seat_instead")
    return node.choice({"hint": HINT, "off": 0}) if isinstance(node.value, str) else node.whole(0, MAX_WEIGHT)


def read_weights(node: Node | None) -> Weights:
    """Return the weights: what is left out is as the program publishes it."""
    fields = node.fields((), WEIGHT_KEYS) if node is not None else {}
    several = ("minimum", "load_class")
    single: dict[str, Any] = {n: value.whole(0, MAX_WEIGHT) for n, value in fields.items() if n not in several}
    weights = replace(Weights(), **single)
    if "minimum" in fields:
        tiers = tuple(item.whole(0, MAX_WEIGHT) for item in fields["minimum"].items(100))
        if not tiers or any(upper <= lower for upper, lower in pairwise(tiers)):
            raise fields["minimum"].fault("tiers_not_falling", found=list(tiers))
        weights = replace(weights, minimum=tiers)
    if "load_class" in fields:
        given = fields["load_class"].fields((), CLASSES)
        known = zip(CLASSES, weights.load_class, strict=True)
        load = [given[name].whole(0, MAX_WEIGHT) if name in given else value for name, value in known]
        weights = replace(weights, load_class=(load[0], load[1], load[2], load[3]))
    return weights
