"""The cheapest single rule to relax so that a gap can be filled."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from patrol_desk.common.message import Message
from patrol_desk.engine.explain.standing import BIT, Bits, Int64, Standing

PREFERENCE: Final = ("week_cap", "reach", "rest", "day_cap", "availability", "leave")
"""Which rule is relaxed first when several would do: the one that asks least of people."""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One rule relaxed, and whom that would free.

    Parameters
    ----------
    rule
        Id of the rule.
    people
        Indices of people whom nothing else keeps from the seat, nearest first; as many as are missing if there are.
    amount
        By how much: duties for caps, metres for reach (whole kilometres), minutes of rest; 0 where people are asked.
    message
        The proposal as a sentence.
    """

    rule: str
    people: tuple[int, ...]
    amount: int
    message: Message


def cheapest_relaxation(standing: Standing, group: int, missing: int, broken: Bits, metres: Int64) -> Relaxation | None:
    """Return the first relaxation in `PREFERENCE` that fills the gap, else the one that fills most of it, or None.

    Parameters
    ----------
    standing, group, missing
        The plan, the gap's seat group and how many heads it lacks.
    broken
        (P,) as `Standing.broken` gives it.
    metres
        (P,) from home to the checkpoint.
    """
    best: Relaxation | None = None
    for rule in PREFERENCE:
        people = np.flatnonzero(broken == BIT[rule])
        if rule == "week_cap":
            people = people[standing.week[people] == standing.problem.people.cap_week[people]]
        need = _need(standing, rule, group, people, metres)
        chosen = people[np.lexsort((metres[people], need))][:missing]
        if len(chosen) > (len(best.people) if best else 0):
            amount = int(_need(standing, rule, group, chosen, metres).max())
            best = _proposal(standing, group, rule, tuple(chosen.tolist()), amount)
        if best and len(best.people) == missing:
            return best
    return best


def _need(standing: Standing, rule: str, group: int, people: Int64, metres: Int64) -> Int64:
    """Return by how much the rule would have to give way for each person."""
    rules, demand = standing.problem.rules, standing.problem.demand
    task = int(demand.group_task[group])
    shift = int(demand.task_shift[task])
    need: Int64 = np.full(len(people), int(rule == "week_cap"), dtype=np.int64)
    if rule == "reach":
        reach = rules.reach_of(int(demand.kind[demand.task_checkpoint[task]]))
        need = np.ceil((metres[people] - reach + 1) / 1000).astype(np.int64) * 1000
    elif rule == "rest":
        need = rules.rest_min - standing.apart[shift, people].astype(np.int64)
    elif rule == "day_cap":
        need = standing.day[people, standing.problem.shifts.day[shift]] + 1 - rules.cap_day
    return need


def _proposal(standing: Standing, group: int, rule: str, people: tuple[int, ...], amount: int) -> Relaxation:
    rules, demand = standing.problem.rules, standing.problem.demand
    reach = rules.reach_of(int(demand.kind[demand.task_checkpoint[demand.group_task[group]]]))
    params = {
        "people": [standing.problem.people.ids[person] for person in people],
        "amount": amount,
        "reach_km": reach / 1000,
        "new_reach_km": (reach + amount) / 1000,
        "rest_min": rules.rest_min,
        "new_rest_min": rules.rest_min - amount,
        "cap_day": rules.cap_day,
        "new_cap_day": rules.cap_day + amount,
    }
    return Relaxation(rule, people, amount, Message(f"explain.relax_{rule}", params))
