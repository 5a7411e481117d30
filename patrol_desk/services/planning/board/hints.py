"""Which duties break a rule of the township's that only hints, for all of them at once.

It is what `engine.rules.conflicts` says of each of them; asking that for eleven thousand duties takes seconds.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from patrol_desk.engine.problem import HARD, HINT, LEAD, Bool, Problem
from patrol_desk.engine.rules import RUNS
from patrol_desk.services.settings.hits import experienced_lacking, lacking, official, pair_breaks, too_close

Int64 = NDArray[np.int64]


class Duties(NamedTuple):
    """The duties of a plan, (A,) each, by person.

    Parameters
    ----------
    person, task, shift
        Indices into the problem.
    squared
        Squared metres from home to checkpoint, 0 where a place is unknown.
    """

    person: Int64
    task: Int64
    shift: Int64
    squared: Int64


def any_hint(problem: Problem) -> bool:
    """Say whether any rule only hints."""
    rules = problem.rules
    own = (
        getattr(rules, name)
        for name in ("rest", "insured", "workday_eve", "consecutive", "nights", "apart", "together")
    )
    kinds = (getattr(kind, name) for kind in rules.kinds for name in ("reach", "novice", "lead", "official"))
    return HINT in (*own, *kinds)


def with_hard_rest(problem: Problem) -> Problem | None:
    """Return the problem with its rest as a hard rule where it is a hint, for `hinted`; None where it is none."""
    rules = problem.rules
    return replace(problem, rules=replace(rules, rest=HARD)) if rules.rest == HINT else None


def hinted(problem: Problem, rested: Problem | None, duties: Duties) -> Bool:
    """Return (A,) which duties break a rule that only hints.

    Parameters
    ----------
    problem
        The week.
    rested
        What `with_hard_rest` returned for it.
    duties
        The plan.
    """
    found = np.zeros(len(duties.person), dtype=np.bool_)
    for broken in (*_of_person(problem, rested, duties), *_of_kinds(problem, duties), *_of_pairs(problem, duties)):
        found |= broken
    return found


def _of_person(problem: Problem, rested: Problem | None, duties: Duties) -> Iterator[Bool]:
    rules, people, shifts = problem.rules, problem.people, problem.shifts
    person, shift = duties.person, duties.shift
    if rested is not None:
        yield too_close(rested, person, duties.task, shift)
    if rules.insured == HINT:
        yield ~people.insured[person, shifts.day[shift]]
    if rules.workday_eve == HINT:
        yield people.spares_eve[person] & shifts.workday_eve[shift]
    for rule in RUNS:
        if rule.grade(problem) == HINT and rule.limit(problem) > 0:
            yield rule.too_long(problem, person, shift)


def _of_kinds(problem: Problem, duties: Duties) -> Iterator[Bool]:
    """Yield the breaks of rules that have a strength of their own at each kind of checkpoint."""
    rules, demand = problem.rules, problem.demand
    kind = demand.kind[demand.task_checkpoint[duties.task]]

    def where(name: str) -> Bool:
        hints: Bool = np.array([getattr(one, name) == HINT for one in rules.kinds], dtype=np.bool_)[kind]
        return hints

    person, task = duties.person, duties.task
    if (there := where("reach")).any():
        reach = np.array([rules.reach_of(number) for number in range(len(rules.kinds))], dtype=np.int64)[kind]
        yield there & (duties.squared > reach**2)
    if (there := where("novice")).any():
        yield there & experienced_lacking(problem, person, task)
    if (there := where("lead")).any():
        yield there & lacking(problem, person, task, LEAD, alone=True)
    if (there := where("official")).any():
        yield there & lacking(problem, person, task, official(problem), alone=False)


def _of_pairs(problem: Problem, duties: Duties) -> Iterator[Bool]:
    for name in ("apart", "together"):
        if getattr(problem.rules, name) == HINT:
            yield pair_breaks(problem, duties.person, duties.task, name)
