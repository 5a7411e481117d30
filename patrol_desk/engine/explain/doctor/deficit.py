"""Where capacity is short, in words: how many heads are asked for in a shift, and how many could stand there at all."""

from dataclasses import dataclass

import numpy as np

from patrol_desk.common.message import Message
from patrol_desk.engine.explain.standing import Standing
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import HARD, Problem
from patrol_desk.engine.rules import may_serve
from patrol_desk.engine.rules.person import squared_metres


@dataclass(frozen=True, slots=True)
class Deficit:
    """One shift and capability for which there are fewer people than heads are asked for.

    Parameters
    ----------
    shift, capability
        Indices into the problem; -1 for seats that ask for no capability in particular.
    needed, able
        Minimum heads asked for at the checkpoints counted, and people who could serve at one of them at least.
    missing
        Minimum heads that the plan lacks there.
    groups
        The seat groups counted.
    message
        The same as a sentence.
    """

    shift: int
    capability: int
    needed: int
    able: int
    missing: int
    groups: tuple[int, ...]
    message: Message


def deficits(problem: Problem, plan: Plan) -> tuple[Deficit, ...]:
    """Return the shifts and capabilities where a plan has gaps, those that cannot be filled by anybody first.

    Where `able` is less than `needed`, the difference is missing in every plan (Hall's condition for the seats of one
    shift). Where it is not, the people are short over the week, not in the shift.
    """
    demand = problem.demand
    shift = demand.task_shift[demand.group_task]
    heads = Standing.of(problem, plan).heads
    short = np.maximum(demand.minimum - heads, 0)
    may = may_serve(problem)
    found = []
    keys = {(int(shift[group]), int(demand.group_capability[group])) for group in np.flatnonzero(short).tolist()}
    for when, capability in sorted(keys):
        groups = np.flatnonzero((shift == when) & (demand.group_capability == capability) & (demand.minimum > 0))
        able = int((_near(problem, groups) & may[:, when] & _holds(problem, when, capability)).sum())
        found.append(_deficit(problem, (when, capability), groups.tolist(), able, int(short[groups].sum())))
    return tuple(sorted(found, key=lambda each: (each.able - each.needed >= 0, -each.missing, each.shift)))


def _near(
    problem: Problem, groups: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return (P,) who lives within reach of one of the groups' checkpoints."""
    demand, rules = problem.demand, problem.rules
    near = np.zeros(len(problem.people.ids), dtype=np.bool_)
    for place in np.unique(demand.task_checkpoint[demand.group_task[groups]]).tolist():
        kind = int(demand.kind[place])
        if rules.kinds[kind].reach != HARD:
            return np.ones_like(near)
        near |= squared_metres(problem.people.home, demand.place[place]) <= rules.reach_of(kind) ** 2
    return near


def _holds(problem: Problem, shift: int, capability: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    if capability < 0:
        return np.ones(len(problem.people.ids), dtype=np.bool_)
    held = problem.people.capability[:, int(problem.shifts.day[shift])] >> np.uint32(capability) & np.uint32(1)
    return np.asarray(held == 1)


def _deficit(problem: Problem, key: tuple[int, int], groups: list[int], able: int, missing: int) -> Deficit:
    shift, capability = key
    needed = int(problem.demand.minimum[groups].sum())
    params = {"shift": problem.shifts.ids[shift], "needed": needed, "able": able, "missing": missing}
    if capability >= 0:
        params["capability"] = problem.capabilities[capability]
    code = "ways.deficit" if able < needed else "ways.deficit_of_week"
    code += "" if capability < 0 else "_typed"
    return Deficit(shift, capability, needed, able, missing, tuple(groups), Message(code, params))
