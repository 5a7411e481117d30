"""The rules about time between duties: overlap and rest."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from patrol_desk.engine.problem import Problem
from patrol_desk.engine.verify.duties import Bools, Duties
from patrol_desk.engine.verify.geometry import Int64
from patrol_desk.engine.verify.report import Violation
from patrol_desk.engine.verify.sentences import ALWAYS_HARD, Strength, about, checkpoint_of

_SPAN = 34
"""Bits for a minute, moved above zero, under a person's index in one sortable number."""

_ABOVE = 2**32
"""Lifts every minute above zero."""


def overlap(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """No two duties, and no duty and busy time, of one person overlap."""
    return _too_close(problem, duties, "overlap")


def rest(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """Between two duties, or a duty and busy time, lies the rest that the rules ask for.

    A hard rule is told once a duty, against what lies nearest; a weighted one for every pair, since each costs.
    """
    strength = Strength(problem.rules.rest)
    if strength.hard:
        yield from _too_close(problem, duties, "rest")
    elif not strength.off:
        single = duties.one_per_task()
        times = _Times.of(problem, single)
        for pair in times.unrested(problem.rules.rest_min):
            yield _violation(problem, single, times, pair, "rest", strength)


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

    def overlapped(self, among: Bools) -> Int64:
        """Return for each row an earlier row out of those in `among` that it overlaps, or -1.

        It is the one of the same person that ends last: if any overlaps, that one does.
        """
        none = self.person << _SPAN
        value = np.where(among, none + self.end + _ABOVE, none)
        top = np.maximum.accumulate(value)
        at = np.maximum.accumulate(np.where(value == top, np.arange(len(value)), 0))
        before = np.concatenate([np.full(1, -1), at[:-1]])[: len(value)]
        hit = (before >= 0) & among[before] & (self.person[before] == self.person)
        return np.where(hit & (self.end[before] > self.start), before, -1)

    def rested_from(self, among: Bools, needed: int) -> Int64:
        """Return for each row which of `among` ends last before it, if too little rest lies between, or -1."""
        rows = np.flatnonzero(among)
        rows = rows[np.lexsort((self.end[rows], self.person[rows]))]
        if not len(rows):
            return np.full(len(self.row), -1)
        ends = (self.person[rows] << _SPAN) + self.end[rows] + _ABOVE
        found = np.searchsorted(ends, (self.person << _SPAN) + self.start + _ABOVE, side="right") - 1
        before = rows[np.maximum(found, 0)]
        hit = (found >= 0) & (self.person[before] == self.person)
        return np.where(hit & (self.start - self.end[before] < needed), before, -1)

    def unrested(self, needed: int) -> list[tuple[int, int]]:
        """Return every two rows, the earlier first, with too little rest between them and a duty among them."""
        order = np.lexsort((self.end, self.person))
        pairs = self._after(order, needed, np.flatnonzero(self.row >= 0))
        to_busy = self._after(order[self.row[order] >= 0], needed, np.flatnonzero(self.row < 0))
        return [*pairs, *to_busy]

    def _after(self, ended: Int64, needed: int, later: Int64) -> list[tuple[int, int]]:
        """Return the pairs of one of `ended` (ordered by person and end) and a later row that follows too soon."""
        ends = (self.person[ended] << _SPAN) + self.end[ended] + _ABOVE
        start = (self.person[later] << _SPAN) + self.start[later] + _ABOVE
        first = np.searchsorted(ends, start - needed, side="right")
        last = np.maximum(np.searchsorted(ends, start, side="right"), first)
        many = last - first
        at = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many) + np.repeat(first, many)
        return list(zip(ended[at].tolist(), np.repeat(later, many).tolist(), strict=True))


def _too_close(problem: Problem, duties: Duties, rule: str) -> Iterator[Violation]:
    """Hold each duty or busy time against the earlier one that is nearest.

    What is locked or busy is first held against what the plan chose itself, so that the plan's own fault never passes
    for the input's.
    """
    single = duties.one_per_task()
    times, needed = _Times.of(problem, single), problem.rules.rest_min
    is_duty = times.row >= 0

    def nearest(among: Bools) -> Int64:
        return times.overlapped(among) if rule == "overlap" else times.rested_from(among, needed)

    own = np.where(times.own, -1, nearest(times.own))
    other = np.where(own >= 0, own, np.where(is_duty, nearest(np.ones_like(is_duty)), nearest(is_duty)))
    for later in np.flatnonzero(other >= 0):
        yield _violation(problem, single, times, (int(other[later]), int(later)), rule)


def _violation(
    problem: Problem,
    duties: Duties,
    times: _Times,
    pair: tuple[int, int],
    rule: str,
    strength: Strength = ALWAYS_HARD,
) -> Violation:
    earlier, later = pair
    row, other = int(times.row[later]), int(times.row[earlier])
    apart = int(times.start[later] - times.end[earlier])
    more: dict[str, object] = {"needed": problem.rules.rest_min, "minutes": apart}
    if rule == "overlap":
        more = {"minutes": int(min(times.end[earlier], times.end[later]) - times.start[later])}
    locked = not bool(times.own[earlier] or times.own[later])
    code = f"{rule}_busy"
    if row >= 0 and other >= 0:
        more |= {"other_shift": problem.shifts.ids[int(duties.shift[other])]}
        more |= {"other_checkpoint": checkpoint_of(problem, duties, other)}
        code = rule
    told = row if row >= 0 else other
    return about(problem, duties, told, rule, more, locked=locked, code=code, strength=strength)
