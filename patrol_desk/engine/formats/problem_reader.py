"""From a document to a problem."""

import numpy as np

from patrol_desk.engine.formats.demand_reader import MAX_SKILLS, DemandReader
from patrol_desk.engine.formats.influence_reader import influenced
from patrol_desk.engine.formats.node import Node
from patrol_desk.engine.formats.people_reader import read_people
from patrol_desk.engine.formats.places import read_placed
from patrol_desk.engine.formats.rules_reader import read_rules, read_weights, with_temporary
from patrol_desk.engine.formats.seats import MAX_PAIRS, Names, numbered
from patrol_desk.engine.formats.times import Calendar
from patrol_desk.engine.formats.words import KINDS
from patrol_desk.engine.problem import ALWAYS, NIGHT, Demand, Int32, Problem, Shifts

REQUIRED = ("format", "version", "shifts", "checkpoints", "people", "demand")
OPTIONAL = (
    "monday",
    "days",
    "skills",
    "rules",
    "weights",
    "squads",
    "temporary_duties",
    "priority_areas",
    "security_periods",
    "locked",
    "baseline",
    "busy",
    "apart",
    "together",
    "habit",
    "begin",
)
SHIFT_KEYS = (("id", "start", "end"), ("day", "class", "night", "workday_eve"))
HABIT_KEYS = (("squad", "checkpoint", "shift", "times"), ())

MAX_SHIFTS, MAX_DAYS, MAX_TIMES = 500, 60, 1_000


def problem_of(document: Node) -> Problem:
    """Return the problem of a document; see `problem_file.read_problem`."""
    fields = document.fields(REQUIRED, OPTIONAL)
    calendar = Calendar.of(fields.get("monday"))
    days = fields["days"].whole(1, MAX_DAYS) if "days" in fields else 7
    capabilities = _capabilities(fields.get("skills"))
    squads, bases = read_placed(fields.get("squads"), "base")
    shifts, order = _shifts(fields["shifts"], calendar, days)
    people = read_people(fields["people"], squads, shifts, order, (days, capabilities))
    weights, rules = read_weights(fields.get("weights")), read_rules(fields.get("rules"))
    if "temporary_duties" in fields:
        rules = with_temporary(rules)
    asked = DemandReader(rules, shifts, capabilities, len(weights.minimum), calendar)
    asked.checkpoints(fields["checkpoints"])
    asked.tasks(fields["demand"])
    asked.duties(fields.get("temporary_duties"))
    nodes = (fields.get("priority_areas"), fields.get("security_periods"))
    demand = influenced(asked.demand(), shifts, nodes, (rules, len(weights.minimum)), calendar)
    names = Names.of(people.ids, shifts, demand, capabilities)
    return Problem(
        people=people,
        shifts=shifts,
        demand=demand,
        days=days,
        squads=squads,
        squad_base=bases,
        capabilities=capabilities,
        rules=rules,
        weights=weights,
        locked=_once(names, fields.get("locked")),
        baseline=_once(names, fields.get("baseline")),
        busy=_busy(fields.get("busy"), names, calendar),
        **_couples(fields, names),
        habit=_habit(fields.get("habit"), demand, shifts, squads),
        begin=calendar.minute(fields["begin"]) if "begin" in fields else ALWAYS,
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
        kind = _kind(fields.get("class"), start)
        night = fields["night"].flag() if "night" in fields else kind == NIGHT
        eve = "workday_eve" in fields and fields["workday_eve"].flag()
        rows.append((start, end, day, kind, night, eve))
    order = sorted(range(len(rows)), key=lambda row: (rows[row][0], row))
    table = np.array([rows[row] for row in order], dtype=np.int32).reshape(-1, 6)
    ids = tuple(first)
    starts, ends, days_of, kinds, nights, eves = (table[:, column].copy() for column in range(6))
    names = tuple(ids[row] for row in order)
    times = (starts, ends, days_of.astype(np.int8), kinds.astype(np.int8))
    return Shifts(names, *times, nights.astype(np.bool_), eves.astype(np.bool_)), order


def _kind(node: Node | None, start: int) -> int:
    if node is not None:
        return node.choice(KINDS)
    minute = start % 1440
    if minute >= 22 * 60 or minute < 5 * 60:
        return KINDS["night"]
    return KINDS["weekend" if start // 1440 % 7 >= 5 else "weekday"]


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


def _couples(fields: dict[str, Node], names: Names) -> dict[str, Int32]:
    """Return the pairs that must not, and that must, serve together; no pair may stand twice."""
    first: dict[tuple[int, int], Node] = {}
    found = {}
    for name in ("apart", "together"):
        rows = []
        for item in fields[name].items(MAX_PAIRS) if name in fields else ():
            ids = item.items(2)
            if len(ids) != 2:
                raise item.fault("bad_pair")
            one, other = sorted(node.reference(names.people, "person") for node in ids)
            if one == other:
                raise item.fault("bad_pair")
            if (one, other) in first:
                raise item.fault("pair_twice", first=first[one, other].path)
            first[one, other] = item
            rows.append((one, other))
        found[name] = np.array(rows, dtype=np.int32).reshape(-1, 2)
    return found


def _habit(node: Node | None, demand: Demand, shifts: Shifts, squads: tuple[str, ...]) -> Int32:
    """Return squad, task and how often the squad stood there."""
    known, checkpoints, times = numbered(squads), numbered(demand.checkpoints), numbered(shifts.ids)
    cells = zip(demand.task_checkpoint.tolist(), demand.task_shift.tolist(), strict=True)
    tasks = {cell: task for task, cell in enumerate(cells)}
    first: dict[tuple[int, int], Node] = {}
    rows = []
    for item in node.items(MAX_PAIRS) if node is not None else ():
        fields = item.fields(*HABIT_KEYS)
        squad = fields["squad"].reference(known, "squad")
        cell = (fields["checkpoint"].reference(checkpoints, "checkpoint"), fields["shift"].reference(times, "shift"))
        if cell not in tasks:
            raise item.fault("no_such_task")
        if (squad, tasks[cell]) in first:
            raise item.fault("twice", first=first[squad, tasks[cell]].path)
        first[squad, tasks[cell]] = item
        rows.append((squad, tasks[cell], fields["times"].whole(1, MAX_TIMES)))
    return np.array(rows, dtype=np.int32).reshape(-1, 3)
