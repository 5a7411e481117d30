"""Priority areas and security periods of a document, applied to what it asks for."""

from dataclasses import replace
from typing import Final

import numpy as np

from patrol_desk.engine.formats.node import Node
from patrol_desk.engine.formats.places import MAX_PLACES
from patrol_desk.engine.formats.rules_reader import MAX_KINDS
from patrol_desk.engine.formats.seats import numbered
from patrol_desk.engine.formats.times import Calendar
from patrol_desk.engine.influence import PriorityArea, SecurityPeriod, apply
from patrol_desk.engine.problem import Demand, Rules, Shifts

AREA_KEYS: Final = (("name", "checkpoints", "from", "until"), ("raise",))
PERIOD_KEYS: Final = (
    ("name", "from", "until"),
    ("checkpoints", "kinds", "minimum", "desired", "minimum_percent", "desired_percent"),
)

MAX_INFLUENCES, MAX_MORE, MAX_PERCENT, MAX_TIERS = 500, 1_000, 1_000, 99


def influenced(
    demand: Demand, shifts: Shifts, nodes: tuple[Node | None, Node | None], rules: tuple[Rules, int], calendar: Calendar
) -> Demand:
    """Return the demand under the priority areas and security periods of a document.

    Parameters
    ----------
    demand, shifts
        Of the document.
    nodes
        Its areas and periods.
    rules
        Its rules, and how many tiers its weights know.
    calendar
        Reads its times.
    """
    checkpoints, kinds = numbered(demand.checkpoints), {kind.name: n for n, kind in enumerate(rules[0].kinds)}
    areas = [_area(item, checkpoints, calendar) for item in (nodes[0].items(MAX_INFLUENCES) if nodes[0] else ())]
    periods = [
        _period(item, checkpoints, kinds, calendar) for item in (nodes[1].items(MAX_INFLUENCES) if nodes[1] else ())
    ]
    return _in_order(apply(demand, shifts, areas, periods, rules[1]))


def _area(item: Node, checkpoints: dict[str, int], calendar: Calendar) -> PriorityArea:
    fields = item.fields(*AREA_KEYS)
    start, end = calendar.span(fields["from"], fields["until"])
    places = tuple(node.reference(checkpoints, "checkpoint") for node in fields["checkpoints"].items(MAX_PLACES))
    raise_by = fields["raise"].whole(1, MAX_TIERS) if "raise" in fields else 1
    return PriorityArea(fields["name"].text(), start, end, places, raise_by)


def _period(item: Node, checkpoints: dict[str, int], kinds: dict[str, int], calendar: Calendar) -> SecurityPeriod:
    fields = item.fields(*PERIOD_KEYS)
    start, end = calendar.span(fields["from"], fields["until"])
    places = of_kinds = None
    if "checkpoints" in fields:
        places = tuple(node.reference(checkpoints, "checkpoint") for node in fields["checkpoints"].items(MAX_PLACES))
    if "kinds" in fields:
        of_kinds = tuple(node.reference(kinds, "kind") for node in fields["kinds"].items(MAX_KINDS + 1))
    limits = {"minimum": MAX_MORE, "desired": MAX_MORE, "minimum_percent": MAX_PERCENT, "desired_percent": MAX_PERCENT}
    more = {name: fields[name].whole(0, most) for name, most in limits.items() if name in fields}
    if not any(more.values()):
        raise item.fault("adds_nothing")
    return SecurityPeriod(fields["name"].text(), start, end, places, of_kinds, **more)


def _in_order(demand: Demand) -> Demand:
    """Put the groups into the order of their tasks: a period may have added some at the end."""
    if not (np.diff(demand.group_task) < 0).any():
        return demand
    order = np.argsort(demand.group_task, kind="stable")
    names = ("group_task", "group_capability", "minimum", "desired", "held", "surge_minimum", "surge_desired")
    return replace(demand, **{name: getattr(demand, name)[order] for name in names})
