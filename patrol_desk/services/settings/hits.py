"""Which duties of a plan break each rule of the township, counted with the engine's own rule functions."""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from patrol_desk.engine.problem import HARD, LEAD, OFFICIAL, Bool, Int32, Problem
from patrol_desk.engine.rules.person import Insured, Reach, WorkdayEve
from patrol_desk.engine.rules.runs import ConsecutiveDays, NightsInRow, Run
from patrol_desk.engine.rules.time import Rest

Int64 = NDArray[np.int64]

COUNTED: Final = (
    "reach_m", "rest_minutes", "cap_day", "monthly_cap", "insured", "workday_eve", "consecutive_days",
    "nights_in_row", "novice_days", "leader", "official", "apart", "together",
)  # fmt: skip
"""Codes of the rules that a duty can break; the others are numbers that such a rule reads."""

MADE_HARD: Final = tuple(code for code in COUNTED if code not in {"cap_day", "monthly_cap", "leader", "official"})
"""Rules that the problem must hold as hard for their functions to say what breaks them."""


def duties_against(problem: Problem, pairs: Int32) -> Mapping[str, Bool]:
    """Return rule code → (A,) which duties break the rule, whatever its strength in force.

    Parameters
    ----------
    problem
        Its rules `MADE_HARD` are hard.
    pairs
        (A, 2) person and seat group, by person.
    """
    person, group = pairs[:, 0].astype(np.int64), pairs[:, 1].astype(np.int64)
    task = problem.demand.group_task[group].astype(np.int64)
    shift = problem.demand.task_shift[task].astype(np.int64)
    checkpoint = problem.demand.task_checkpoint[task].astype(np.int64)
    found = {
        "reach_m": ~Reach().person_checkpoint(problem)[person, checkpoint],
        "rest_minutes": too_close(problem, person, task, shift),
        "insured": ~_mask(Insured().person_shift(problem), problem)[person, shift],
        "workday_eve": ~_mask(WorkdayEve().person_shift(problem), problem)[person, shift],
        "consecutive_days": _too_long(ConsecutiveDays(), problem, person, shift),
        "nights_in_row": _too_long(NightsInRow(), problem, person, shift),
        "leader": lacking(problem, person, task, LEAD, alone=True),
        "official": lacking(problem, person, task, official(problem), alone=False),
    }
    found.update(_capped(problem, person, task, shift))
    found.update(_teams(problem, person, task))
    return found


def _mask(mask: Bool | None, problem: Problem) -> Bool:
    size = (len(problem.people.ids), len(problem.shifts.ids))
    return np.ones(size, dtype=np.bool_) if mask is None else mask


def _too_long(rule: Run, problem: Problem, person: Int64, shift: Int64) -> Bool:
    return rule.too_long(problem, person, shift) if rule.hard(problem) else np.zeros(len(person), dtype=np.bool_)


def too_close(problem: Problem, person: Int64, task: Int64, shift: Int64) -> Bool:
    """Return the duties between which, or beside those outside the week, lies too little rest; the rule is hard."""
    rest = Rest()
    bad: Bool = ~_mask(rest.person_shift(problem), problem)[person, shift]
    both = rest.shift_pair(problem)
    assert both is not None  # the rule is hard here
    step = 1
    while step < len(person):
        first = np.flatnonzero(person[step:] == person[:-step])
        if len(first) == 0:
            break
        second = first + step
        close = ~both[shift[first], shift[second]] & (task[first] != task[second])
        bad[first[close]] = True
        bad[second[close]] = True
        step += 1
    return bad


def _capped(problem: Problem, person: Int64, task: Int64, shift: Int64) -> dict[str, Bool]:
    """Return the duties beyond the caps of day and period; two seats of one patrol are one duty."""
    people, days = len(problem.people.ids), problem.days
    day = problem.shifts.day[shift].astype(np.int64)
    width = max(len(problem.demand.task_shift), 1)
    _, once = np.unique(person * width + task, return_index=True)
    on_day = np.bincount(person[once] * days + day[once], minlength=people * days)
    in_week = np.bincount(person[once], minlength=people)
    return {
        "cap_day": np.asarray(on_day[person * days + day] > problem.rules.cap_day),
        "monthly_cap": np.asarray(in_week[person] > problem.people.cap_week[person]),
    }


def _teams(problem: Problem, person: Int64, task: Int64) -> dict[str, Bool]:
    """Return the duties in patrols against the team rules, one rule at a time."""
    found: dict[str, Bool] = {"novice_days": experienced_lacking(problem, person, task)}
    assert all(kind.novice == HARD for kind in problem.rules.kinds)
    for name in ("apart", "together"):
        found[name] = pair_breaks(problem, person, task, name)
    return found


def experienced_lacking(problem: Problem, person: Int64, task: Int64) -> Bool:
    """Return the duties of new members in patrols without anybody who is not new."""
    novice = problem.people.novice[person]
    experienced = np.bincount(task[~novice], minlength=len(problem.demand.task_shift))
    return np.asarray(novice & (experienced[task] == 0))


def pair_breaks(problem: Problem, person: Int64, task: Int64, name: str) -> Bool:
    """Return the duties in patrols against the pairs of a rule, ``apart`` or ``together``."""
    bad = np.zeros(len(person), dtype=np.bool_)
    pairs = getattr(problem, name)
    width = max(len(problem.demand.task_shift), 1)
    keys = person * width + task
    for one, other in (*pairs.tolist(), *pairs[:, ::-1].tolist()):
        mine = np.flatnonzero(person == one)
        there = np.isin(other * width + task[mine], keys)
        bad[mine[there if name == "apart" else ~there]] = True
    return bad


def official(problem: Problem) -> int:
    """Return the index of the capability of an officer, auxiliary or full-time patrol, -1 where nobody knows it."""
    return problem.capabilities.index(OFFICIAL) if OFFICIAL in problem.capabilities else -1


def lacking(problem: Problem, person: Int64, task: Int64, capability: int, *, alone: bool) -> Bool:
    """Return the duties of patrols in which nobody has a capability; with `alone`, somebody alone needs none."""
    tasks = len(problem.demand.task_shift)
    day = problem.shifts.day[problem.demand.task_shift[task]].astype(np.int64)
    held = np.zeros(len(person), dtype=np.bool_)
    if capability >= 0:
        bits = problem.people.capability[person, day].astype(np.int64)
        held = np.asarray(bits >> capability & 1 == 1)
    has = np.bincount(task[held], minlength=tasks) > 0
    heads = np.bincount(task, minlength=tasks)
    return np.asarray(~has[task] & ((heads[task] > 1) | (not alone)))
