"""Days in a row, and days with a night in a row, as a plain greedy keeps count of them."""

from dataclasses import dataclass

import numpy as np

from patrol_desk.engine.problem import HARD, Bool, Int32, Problem


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    """One of the two limits.

    Parameters
    ----------
    most
        Days in a row that are allowed.
    counts
        (T,) which shifts count.
    used
        (P, D + 2 (most + 1)) days with such a duty, from `most` + 1 days before the first.
    """

    most: int
    counts: Bool
    used: Bool


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """The limits that are hard, and (T,) the day of each shift."""

    day: Int32
    limits: tuple[_Run, ...]

    @classmethod
    def of(cls, problem: Problem) -> "Runs":
        """Return the limits with the duties outside the problem counted."""
        rules, shifts = problem.rules, problem.shifts
        start = problem.busy[:, 1]
        night = (start % 1440 >= 1320) | (start % 1440 < 300)
        every = np.ones(len(shifts.ids), dtype=np.bool_)
        found = []
        for strength, most, counts, busy in (
            (rules.consecutive, rules.consecutive_days, every, problem.busy),
            (rules.nights, rules.nights_in_row, shifts.night, problem.busy[night]),
        ):
            if strength == HARD and most > 0:
                used = np.zeros((len(problem.people.ids), problem.days + 2 * (most + 1)), dtype=np.bool_)
                place = busy[:, 1] // 1440 + most + 1
                known = (place >= 0) & (place < used.shape[1])
                used[busy[known, 0], place[known]] = True
                found.append(_Run(most, counts, used))
        return cls(shifts.day.astype(np.int32), tuple(found))

    def bear(self, people: Int32, shift: int) -> Bool:
        """Return who of some people may take a shift without a run that is too long."""
        fine = np.ones(len(people), dtype=np.bool_)
        for limit in self.limits:
            if limit.counts[shift]:
                at = int(self.day[shift]) + limit.most + 1
                fine &= 1 + _run(limit, people, at, -1) + _run(limit, people, at, 1) <= limit.most
        return fine

    def add(self, person: int, shift: int) -> None:
        """Take note of a duty."""
        for limit in self.limits:
            if limit.counts[shift]:
                limit.used[person, int(self.day[shift]) + limit.most + 1] = True


def _run(limit: _Run, people: Int32, at: int, step: int) -> Int32:
    """Return how many days in a row next to a day are used, on one side; no more than the limit are looked at."""
    length = np.zeros(len(people), dtype=np.int32)
    unbroken = np.ones(len(people), dtype=np.bool_)
    for number in range(1, limit.most + 1):
        unbroken &= limit.used[people, at + step * number]
        length += unbroken
    return length
