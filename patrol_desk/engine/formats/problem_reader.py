"""From a document to a problem."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from patrol_desk.engine.formats.node import Node
from patrol_desk.engine.formats.people_reader import read_people
from patrol_desk.engine.formats.places import MAX_METRES, read_placed
from patrol_desk.engine.formats.seats import MAX_PAIRS, Names, numbered
from patrol_desk.engine.formats.times import Calendar
from patrol_desk.engine.formats.words import KINDS
from patrol_desk.engine.problem import CLASSES, Demand, Int32, Problem, Rules, Shifts
from patrol_desk.engine.weights import Weights

REQUIRED = ("format", "version", "shifts", "checkpoints", "people", "demand")
OPTIONAL = ("monday", "days", "skills", "rules", "weights", "squads", "locked", "baseline", "busy")
SHIFT_KEYS = (("id", "start", "end"), ("day", "class"))
TASK_KEYS = (("checkpoint", "shift", "seats"), ("tier",))
SEAT_KEYS = (("minimum",), ("skill", "desired"))
RULE_KEYS = ("reach_m", "rest_min", "cap_day")
WEIGHT_KEYS = (
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

MAX_SHIFTS, MAX_TASKS, MAX_SKILLS, MAX_HEADS = 500, 1_000_000, 31, 10_000
MAX_WEIGHT, MAX_DAYS = 10**9, 60


def problem_of(document: Node) -> Problem:
    """Return the problem of a document; see `problem_file.read_problem`."""
    fields = document.fields(REQUIRED, OPTIONAL)
    calendar = Calendar.of(fields.get("monday"))
    days = fields["days"].whole(1, MAX_DAYS) if "days" in fields else 7
    capabilities = _capabilities(fields.get("skills"))
    squads, bases = read_placed(fields.get("squads"), "base")
    checkpoints, places = read_placed(fields["checkpoints"], "place")
    shifts, order = _shifts(fields["shifts"], calendar, days)
    people = read_people(fields["people"], squads, shifts, order, (days, capabilities))
    weights = _weights(fields.get("weights"))
    demand = _demand(fields["demand"], (checkpoints, places), shifts, (capabilities, len(weights.minimum)))
    names = Names.of(people.ids, shifts, demand, capabilities)
    return Problem(
        people=people,
        shifts=shifts,
        demand=demand,
        days=days,
        squads=squads,
        squad_base=bases,
        capabilities=capabilities,
        rules=_rules(fields.get("rules")),
        weights=weights,
        locked=_once(names, fields.get("locked")),
        baseline=_once(names, fields.get("baseline")),
        busy=_busy(fields.get("busy"), names, calendar),
    )


def _capabilities(node: Node | None) -> tuple[str, ...]:
    first: dict[str, Node] = {"leader": Node("leader")}
    for item in node.items(MAX_SKILLS) if node is not None else ():
        item.only_once(first, item.text())
    return tuple(first)


def _shifts(node: Node, calendar: Calendar, days: int) -> tuple[Shifts, list[int]]:
    """Return the shifts by their start, and which of the document's stands where."""
    first: dict[str, Node] = {}
    rows = []
    for item in node.items(MAX_SHIFTS):
        fields = item.fields(*SHIFT_KEYS)
        fields["id"].only_once(first, fields["id"].text())
        start, end = calendar.minute(fields["start"]), calendar.minute(fields["end"])
        if end <= start:
            raise fields["end"].fault("end_before_start", start=start)
        day = fields["day"].whole(0, days - 1) if "day" in fields else start // 1440
        if not 0 <= day < days:
            raise fields["start"].fault("day_outside", days=days)
        rows.append((start, end, day, _kind(fields.get("class"), start)))
    order = sorted(range(len(rows)), key=lambda row: (rows[row][0], row))
    table = np.array([rows[row] for row in order], dtype=np.int32).reshape(-1, 4)
    ids = tuple(first)
    starts, ends, days_of, kinds = (table[:, column].copy() for column in range(4))
    names = tuple(ids[row] for row in order)
    return Shifts(names, starts, ends, days_of.astype(np.int8), kinds.astype(np.int8)), order


def _kind(node: Node | None, start: int) -> int:
    if node is not None:
        return node.choice(KINDS)
    minute = start % 1440
    if minute >= 22 * 60 or minute < 5 * 60:
        return KINDS["night"]
    return KINDS["weekend" if start // 1440 % 7 >= 5 else "weekday"]


def _rules(node: Node | None) -> Rules:
    fields = node.fields((), RULE_KEYS) if node is not None else {}
    limits = {"reach_m": 4 * MAX_METRES, "rest_min": 7 * 1440, "cap_day": 24}
    given: dict[str, Any] = {name: value.whole(0, limits[name]) for name, value in fields.items()}
    return replace(Rules(), **given)


def _weights(node: Node | None) -> Weights:
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


def _demand(
    node: Node, places: tuple[tuple[str, ...], Int32], shifts: Shifts, limits: tuple[tuple[str, ...], int]
) -> Demand:
    checkpoints, skills, known = numbered(places[0]), numbered(limits[0]), numbered(shifts.ids)
    first: dict[tuple[int, int], Node] = {}
    tasks, groups = [], []
    for number, item in enumerate(node.items(MAX_TASKS)):
        fields = item.fields(*TASK_KEYS)
        checkpoint = fields["checkpoint"].reference(checkpoints, "checkpoint")
        shift = fields["shift"].reference(known, "shift")
        if (checkpoint, shift) in first:
            raise item.fault("twice", first=first[checkpoint, shift].path)
        first[checkpoint, shift] = item
        tasks.append((checkpoint, shift, fields["tier"].whole(0, limits[1] - 1) if "tier" in fields else 0))
        groups += [(number, *row) for row in _seats(fields["seats"], skills)]
    of_task = np.array(tasks, dtype=np.int32).reshape(-1, 3)
    of_group = np.array(groups, dtype=np.int32).reshape(-1, 4)
    checkpoint_of, shift_of, tier = (of_task[:, column].copy() for column in range(3))
    task, skill, minimum, desired = (of_group[:, column].copy() for column in range(4))
    return Demand(
        checkpoints=places[0],
        place=places[1],
        task_checkpoint=checkpoint_of,
        task_shift=shift_of,
        task_tier=tier.astype(np.int8),
        group_task=task,
        group_capability=skill.astype(np.int8),
        minimum=minimum,
        desired=desired,
    )


def _seats(node: Node, skills: dict[str, int]) -> list[tuple[int, int, int]]:
    """Return skill, minimum and desired of each kind of seat of a task."""
    first: dict[int, Node] = {}
    rows = []
    for item in node.items(MAX_SKILLS + 2):
        fields = item.fields(*SEAT_KEYS)
        skill = fields["skill"].reference(skills, "skill") if "skill" in fields else -1
        if skill in first:
            raise item.fault("twice", first=first[skill].path)
        first[skill] = item
        minimum = fields["minimum"].whole(0, MAX_HEADS)
        desired = fields["desired"].whole(0, MAX_HEADS) if "desired" in fields else minimum
        if desired < minimum:
            raise fields["desired"].fault("desired_below_minimum", minimum=minimum)
        rows.append((skill, minimum, desired))
    return rows


def _once(names: Names, node: Node | None) -> Int32:
    """Return pairs of which none may stand twice."""
    pairs = names.pairs(node)
    first: dict[tuple[int, int], int] = {}
    for number, (person, group) in enumerate(pairs.tolist()):
        if (person, group) in first:
            item = Node({}, node, number)
            raise item.fault("twice", first=Node({}, node, first[person, group]).path)
        first[person, group] = number
    return pairs


def _busy(node: Node | None, names: Names, calendar: Calendar) -> Int32:
    rows = []
    for item in node.items(MAX_PAIRS) if node is not None else ():
        fields = item.fields(("person", "start", "end"), ())
        person = fields["person"].reference(names.people, "person")
        start, end = calendar.minute(fields["start"]), calendar.minute(fields["end"])
        if end <= start:
            raise fields["end"].fault("end_before_start", start=start)
        rows.append((person, start, end))
    return np.array(rows, dtype=np.int32).reshape(-1, 3)
