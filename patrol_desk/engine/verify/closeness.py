"""The rules about time between duties: overlap and rest."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from patrol_desk.engine.problem import Problem
from patrol_desk.engine.verify.duties import Bools, Duties
from patrol_desk.engine.verify.geometry import Int64
from patrol_desk.engine.verify.report import Violation
from patrol_desk.engine.verify.sentences import about, checkpoint_of

_SPAN = 34
"""Bits for a minute, moved above zero, under a person's index in one sortable number."""


def overlap(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """No two duties, and no duty and busy time, of one person overlap."""
    return _too_close(problem, duties, "overlap")


def rest(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """Between two duties, or a duty and busy time, lies the rest that the rules ask for."""
    return _too_close(problem, duties, "rest")


@dataclass(frozen=True, slots=True, eq=False)
class _Times:
    """Duties and busy times by person and start; `row` is -1 for busy time, `own` is what the plan chose itself."""

    person: Int64
    start: Int64
    end: Int64
    row: Int64
    own: Bools

    @classmethod
    def of(cls, problem: Problem, duties: Duties) -> "_Times":
        busy = problem.busy.astype(np.int64)
        person = np.concatenate([duties.person, busy[:, 0]])
        start = np.concatenate([problem.shifts.start[duties.shift].astype(np.int64), busy[:, 1]])
        end = np.concatenate([problem.shifts.end[duties.shift].astype(np.int64), busy[:, 2]])
        row = np.concatenate([np.arange(len(duties.person)), np.full(len(busy), -1)])
        own = np.concatenate([~duties.locked, np.zeros(len(busy), dtype=np.bool_)])
        order = np.lexsort((end, start, person))
        return cls(person[order], start[order], end[order], row[order], own[order])

    def latest_before(self, among: Bools) -> Int64:
        """Return for each row the earlier row of the same person, out of those in `among`, that ends last, or -1."""
        none = self.person << _SPAN
        value = np.where(among, none + self.end + 2**32, none)
        top = np.maximum.accumulate(value)
        at = np.maximum.accumulate(np.where(value == top, np.arange(len(value)), 0))
        before = np.concatenate([np.full(1, -1), at[:-1]])[: len(value)]
        fits = (before >= 0) & among[before] & (self.person[before] == self.person)
        return np.where(fits, before, -1)


def _too_close(problem: Problem, duties: Duties, rule: str) -> Iterator[Violation]:
    """Hold each duty or busy time against the one before it that ends last.

    If any earlier one is too close, that one is. What is locked or busy is first held against what the plan chose
    itself, so that the plan's own fault never passes for the input's.
    """
    single = duties.one_per_task()
    times, needed = _Times.of(problem, single), problem.rules.rest_min
    is_duty = times.row >= 0
    last, own = times.latest_before(np.ones(len(is_duty), dtype=np.bool_)), times.latest_before(times.own)
    among_duties = times.latest_before(is_duty)
    near_own = (own >= 0) & (times.start - times.end[own] < needed) & ~times.own
    other = np.where(near_own, own, np.where(is_duty, last, among_duties))
    apart = times.start - times.end[other]
    hit = (other >= 0) & (apart < needed) & ((apart < 0) if rule == "overlap" else (apart >= 0))
    for later in np.flatnonzero(hit):
        yield _violation(problem, single, times, (int(other[later]), int(later)), rule)


def _violation(problem: Problem, duties: Duties, times: _Times, pair: tuple[int, int], rule: str) -> Violation:
    earlier, later = pair
    row, other = int(times.row[later]), int(times.row[earlier])
    apart = int(times.start[later] - times.end[earlier])
    more: dict[str, object] = {"needed": problem.rules.rest_min, "minutes": apart}
    if rule == "overlap":
        more = {"minutes": int(min(times.end[earlier], times.end[later]) - times.start[later])}
    locked = not bool(times.own[earlier] or times.own[later])
    if row >= 0 and other >= 0:
        more |= {"other_shift": problem.shifts.ids[int(duties.shift[other])]}
        more |= {"other_checkpoint": checkpoint_of(problem, duties, other)}
        return about(problem, duties, row, rule, more, locked=locked)
    return about(problem, duties, max(row, other), rule, more, locked=locked, code=f"{rule}_busy")
