"""From a problem to a document."""

from dataclasses import fields

import numpy as np

from patrol_desk.engine.formats.files import VERSION
from patrol_desk.engine.formats.seats import pair_entries
from patrol_desk.engine.formats.words import ROLES
from patrol_desk.engine.problem import CLASSES, LEAD, MEMBER, NO_PLACE, Problem
from patrol_desk.engine.weights import Weights


def document_of(problem: Problem) -> dict[str, object]:
    """Return a problem as a document; every value that is not its default is written."""
    return {
        "format": "patrol-desk/problem",
        "version": VERSION,
        "days": problem.days,
        "skills": list(problem.capabilities[1:]),
        "rules": {name: getattr(problem.rules, name) for name in ("reach_m", "rest_min", "cap_day")},
        "weights": _weights(problem.weights),
        "squads": _placed(problem.squads, "base", problem.squad_base.tolist()),
        "shifts": _shifts(problem),
        "checkpoints": _placed(problem.demand.checkpoints, "place", problem.demand.place.tolist()),
        "people": _people(problem),
        "demand": _demand(problem),
        "locked": pair_entries(problem, problem.locked),
        "baseline": pair_entries(problem, problem.baseline),
        "busy": [
            {"person": problem.people.ids[person], "start": start, "end": end}
            for person, start, end in problem.busy.tolist()
        ],
    }


def _weights(weights: Weights) -> dict[str, object]:
    plain = {field.name: getattr(weights, field.name) for field in fields(weights)}
    by_class = dict(zip(CLASSES, weights.load_class, strict=True))
    return plain | {"minimum": list(weights.minimum), "load_class": by_class}


def _placed(ids: tuple[str, ...], key: str, places: list[list[int]]) -> list[dict[str, object]]:
    return [{"id": name} | _place(key, place) for name, place in zip(ids, places, strict=True)]


def _place(key: str, place: list[int]) -> dict[str, object]:
    return {} if NO_PLACE in place else {key: place}


def _shifts(problem: Problem) -> list[dict[str, object]]:
    shifts = problem.shifts
    columns = zip(
        shifts.ids,
        shifts.start.tolist(),
        shifts.end.tolist(),
        shifts.day.tolist(),
        shifts.load_class.tolist(),
        strict=True,
    )
    return [
        {"id": name, "start": start, "end": end, "day": day, "class": CLASSES[kind]}
        for name, start, end, day, kind in columns
    ]


def _people(problem: Problem) -> list[dict[str, object]]:
    people = problem.people
    words = {number: word for word, number in ROLES.items()}
    squads, roles, roster = people.squad.tolist(), people.role.tolist(), people.on_roster.tolist()
    homes, caps, loads = people.home.tolist(), people.cap_week.tolist(), people.load.tolist()
    entries = []
    for index, name in enumerate(people.ids):
        entry: dict[str, object] = {"id": name}
        if squads[index] >= 0:
            entry["squad"] = problem.squads[squads[index]]
        if roles[index] != MEMBER:
            entry["role"] = words[roles[index]]
        if not roster[index]:
            entry["on_roster"] = False
        entry |= _skills(problem, index) | _place("home", homes[index])
        entry["cap_week"] = caps[index]
        if any(loads[index]):
            entry["load"] = {kind: count for kind, count in zip(CLASSES, loads[index], strict=True) if count}
        entry["availability"] = "".join(map(str, people.availability[index].tolist()))
        if people.leave[index].any():
            entry["leave"] = [problem.shifts.ids[shift] for shift in np.flatnonzero(people.leave[index]).tolist()]
        entries.append(entry)
    return entries


def _skills(problem: Problem, person: int) -> dict[str, object]:
    """Return a person's skills: a list when they hold all days, else the days of each as 0 and 1."""
    masks = problem.people.capability[person].tolist()
    leads = int(problem.people.role[person]) != MEMBER
    days = {
        name: "".join(str(mask >> bit & 1) for mask in masks)
        for bit, name in enumerate(problem.capabilities)
        if bit != LEAD or any((mask >> LEAD & 1) != leads for mask in masks)
    }
    held = {name: row for name, row in days.items() if "1" in row or name == problem.capabilities[LEAD]}
    if not held:
        return {}
    return {"skills": held if any("0" in row for row in held.values()) else list(held)}


def _demand(problem: Problem) -> list[dict[str, object]]:
    demand = problem.demand
    seats: list[list[dict[str, object]]] = [[] for _ in range(len(demand.task_shift))]
    columns = (demand.group_task, demand.group_capability, demand.minimum, demand.desired)
    for task, capability, minimum, desired in zip(*(column.tolist() for column in columns), strict=True):
        entry: dict[str, object] = {"minimum": minimum}
        if desired != minimum:
            entry["desired"] = desired
        seats[task].append(entry if capability < 0 else {"skill": problem.capabilities[capability], **entry})
    tasks = zip(
        demand.task_checkpoint.tolist(), demand.task_shift.tolist(), demand.task_tier.tolist(), seats, strict=True
    )
    return [
        {
            "checkpoint": demand.checkpoints[checkpoint],
            "shift": problem.shifts.ids[shift],
            "tier": tier,
            "seats": groups,
        }
        for checkpoint, shift, tier, groups in tasks
    ]
