"""From a problem to a document."""

from dataclasses import fields

import numpy as np

from patrol_desk.engine.formats.files import VERSION
from patrol_desk.engine.formats.rules_reader import NUMBERS, STRONG
from patrol_desk.engine.formats.seats import pair_entries, task_entry
from patrol_desk.engine.formats.words import ROLES, STRENGTHS
from patrol_desk.engine.problem import (
    ALWAYS,
    CLASSES,
    LEAD,
    MEMBER,
    NIGHT,
    NO_PLACE,
    WAITED_MOST,
    Int32,
    Problem,
    Rules,
)
from patrol_desk.engine.weights import Weights


def document_of(problem: Problem) -> dict[str, object]:
    """Return a problem as a document; every value that is not its default is written."""
    return {
        "format": "patrol-desk/problem",
        "version": VERSION,
        "days": problem.days,
        "skills": list(problem.capabilities[1:]),
        "rules": _rules(problem.rules),
        "weights": _weights(problem.weights),
        "squads": _placed(problem.squads, "base", problem.squad_base.tolist()),
        "shifts": _shifts(problem),
        "checkpoints": _checkpoints(problem),
        "people": _people(problem),
        "demand": _demand(problem),
        "locked": pair_entries(problem, problem.locked),
        "baseline": pair_entries(problem, problem.baseline),
        "busy": [
            {"person": problem.people.ids[person], "start": start, "end": end}
            for person, start, end in problem.busy.tolist()
        ],
        "apart": _couples(problem, problem.apart),
        "together": _couples(problem, problem.together),
        "habit": [
            {"squad": problem.squads[squad], **task_entry(problem, task), "times": times}
            for squad, task, times in problem.habit.tolist()
        ],
        **({} if problem.begin == ALWAYS else {"begin": problem.begin}),
    }


def _rules(rules: Rules) -> dict[str, object]:
    return {
        **{name: getattr(rules, name) for name in NUMBERS},
        **{name: _strength(getattr(rules, name)) for name in STRONG},
        "kinds": [
            {"name": kind.name}
            | ({} if kind.reach_m is None else {"reach_m": kind.reach_m})
            | {name: _strength(getattr(kind, name)) for name in ("reach", "novice", "lead", "official")}
            for kind in rules.kinds
        ],
    }


def _strength(value: int) -> object:
    words = {number: word for word, number in STRENGTHS.items()}
    return words.get(value, value)


def _couples(problem: Problem, pairs: Int32) -> list[list[str]]:
    return [[problem.people.ids[person] for person in pair] for pair in pairs.tolist()]


def _checkpoints(problem: Problem) -> list[dict[str, object]]:
    demand, kinds = problem.demand, problem.rules.kinds
    columns = zip(demand.kind.tolist(), demand.visits.tolist(), demand.blind_hours.tolist(), strict=True)
    return [
        entry
        | ({"kind": kinds[kind].name} if kind else {})
        | ({"visits": visits} if visits else {})
        | ({"blind_hours": blind} if blind else {})
        for entry, (kind, visits, blind) in zip(
            _placed(demand.checkpoints, "place", demand.place.tolist()), columns, strict=True
        )
    ]


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
        shifts.night.tolist(),
        shifts.workday_eve.tolist(),
        strict=True,
    )
    return [
        {"id": name, "start": start, "end": end, "day": day, "class": CLASSES[kind]}
        | ({} if night == (kind == NIGHT) else {"night": night})
        | ({"workday_eve": True} if eve else {})
        for name, start, end, day, kind, night, eve in columns
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
        entries.append(entry | _special(problem, index))
    return entries


def _special(problem: Problem, person: int) -> dict[str, object]:
    """Return what holds of few people."""
    people, found = problem.people, dict[str, object]()
    insured, waited = people.insured[person].tolist(), people.waited[person].tolist()
    if not all(insured):
        found["insured"] = "".join(str(int(day)) for day in insured)
    for name in ("novice", "spares_eve"):
        if getattr(people, name)[person]:
            found[name] = True
    if any(weeks != WAITED_MOST for weeks in waited):
        found["waited"] = {kind: weeks for kind, weeks in zip(CLASSES, waited, strict=True) if weeks != WAITED_MOST}
    return found


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
    more = ("held", "surge_minimum", "surge_desired")
    columns = (demand.group_task, demand.group_capability, demand.minimum, demand.desired)
    extras = zip(*(getattr(demand, name).tolist() for name in more), strict=True)
    rows = zip(*(column.tolist() for column in columns), extras, strict=True)
    for task, capability, minimum, desired, extra in rows:
        entry: dict[str, object] = {"minimum": minimum}
        if desired != minimum:
            entry["desired"] = desired
        entry |= {name: value for name, value in zip(more, extra, strict=True) if value}
        seats[task].append(entry if capability < 0 else {"skill": problem.capabilities[capability], **entry})
    tasks = zip(demand.task_tier.tolist(), demand.raised.tolist(), seats, strict=True)
    return [
        task_entry(problem, task) | {"tier": tier} | ({"raised": raised} if raised else {}) | {"seats": groups}
        for task, (tier, raised, groups) in enumerate(tasks)
    ]
