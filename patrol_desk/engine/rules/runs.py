"""Rules about days in a row: consecutive days with a duty, and nights in a row."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import Final

import numpy as np

from patrol_desk.common.message import Message
from patrol_desk.engine.problem import HARD, Bool, Int32, Problem
from patrol_desk.engine.rules.base import Case, Int64, Rule

DAY_MINUTES: Final = 1440
NIGHT_FROM: Final = 22 * 60
NIGHT_UNTIL: Final = 5 * 60
"""A duty outside the problem is a night when it starts within these minutes of a day."""


def is_night(start: Int32) -> Bool:
    """Return which starts, in minutes, make a duty outside the problem a night."""
    minute = start % DAY_MINUTES
    return np.asarray((minute >= NIGHT_FROM) | (minute < NIGHT_UNTIL))


def run_breaks(table: Bool, limit: int) -> Int64:
    """Return (n,) by how many days the runs of each row exceed the limit, Σ max(0, length - limit).

    Parameters
    ----------
    table
        (n, days) whether there is a duty on the day.
    limit
        Most days in a row.
    """
    breaks = np.zeros(len(table), dtype=np.int64)
    running = np.zeros(len(table), dtype=np.int64)
    for there in table.T:
        running = np.where(there, running + 1, 0)
        breaks += running > limit
    return breaks


def run_lengths(table: Bool) -> Int64:
    """Return (n, days) the length of the run in which each day lies, 0 where there is no duty.

    Parameters
    ----------
    table
        (n, days) whether there is a duty on the day.
    """
    length = np.zeros(table.shape, dtype=np.int64)
    for column, there in enumerate(table.T):
        before = length[:, column - 1] if column else 0
        length[:, column] = np.where(there, before + 1, 0)
    for column in range(table.shape[1] - 2, -1, -1):
        goes_on = table[:, column] & table[:, column + 1]
        length[goes_on, column] = length[goes_on, column + 1]
    return length


@dataclass(frozen=True, slots=True, eq=False)
class BusyDays:
    """Days of the duties outside the problem.

    Parameters
    ----------
    first
        Day of column 0, at most 0.
    table
        (P, n) whether there is such a duty; the columns reach over all days of the problem and of the duties.
    """

    first: int
    table: Bool

    def with_duties(self, person: Int64, day: Int64) -> Bool:
        """Return the table with duties of the problem added."""
        table = self.table.copy()
        table[person, day - self.first] = True
        return table


class Run(Rule):
    """What days and nights in a row share."""

    @abstractmethod
    def limit(self, problem: Problem) -> int:
        """Return the most days in a row, 0 for as many as it takes."""

    @abstractmethod
    def grade(self, problem: Problem) -> int:
        """Return the township's strength."""

    def strength(self, problem: Problem, case: Case) -> int:
        """Return the township's."""
        del case
        return self.grade(problem)

    def hard(self, problem: Problem) -> bool:
        """Say whether there is a limit that no plan may exceed."""
        return self.limit(problem) > 0 and self.grade(problem) == HARD

    def too_long(self, problem: Problem, person: Int64, shift: Int64) -> Bool:
        """Return (A,) which of a plan's duties lie in a run that is too long, for all of them at once."""
        busy, counted = self.busy_days(problem), self.counted(problem)[shift]
        days = problem.shifts.day[shift].astype(np.int64)
        every = run_lengths(busy.with_duties(person[counted], days[counted]))[person, days - busy.first]
        alone = run_lengths(busy.table)[person, days - busy.first]
        return np.asarray(counted & (every > self.limit(problem)) & (every > alone))

    def too_much(self, problem: Problem, person: Int64, shift: Int64, more: int) -> Bool:
        """Return (P,) for whom one more shift makes a run too long, beside the duties of a plan."""
        busy, counted = self.busy_days(problem), self.counted(problem)
        kept = counted[shift]
        table = busy.with_duties(person[kept], problem.shifts.day[shift[kept]].astype(np.int64))
        column = int(problem.shifts.day[more]) - busy.first
        there = table[:, column].copy()
        table[:, column] = True
        length = run_lengths(table)[:, column]
        return np.asarray((length > self.limit(problem)) & ~there & counted[more])

    @abstractmethod
    def counted(self, problem: Problem) -> Bool:
        """Return (T,) which shifts count."""

    @abstractmethod
    def busy_counted(self, start: Int32) -> Bool:
        """Return which duties outside the problem count, by their starts in minutes."""

    @abstractmethod
    def _told(self, length: int, limit: int) -> Message:
        """Return the sentence for a run of that length."""

    def busy_days(self, problem: Problem) -> BusyDays:
        """Return the days of everybody's duties outside the problem that count."""
        busy = problem.busy[self.busy_counted(problem.busy[:, 1])]
        days = busy[:, 1] // DAY_MINUTES
        first = int(min(days.min(initial=0), 0))
        last = int(max(days.max(initial=0), problem.days - 1))
        table = np.zeros((len(problem.people.ids), last - first + 1), dtype=np.bool_)
        table[busy[:, 0], days - first] = True
        return BusyDays(first, table)

    def sentence(self, case: Case) -> Message | None:
        """Give the length of the run of days in which the duty lies, and the most there may be.

        A run that only duties outside the problem make is nobody's choice here, and a further duty on one of its days
        makes no run longer.
        """
        limit, counted = self.limit(case.problem), self.counted(case.problem)
        if limit == 0 or not counted[case.shift]:
            return None
        shifts = case.duty_shifts[counted[case.duty_shifts]]
        starts = case.busy[self.busy_counted(case.busy[:, 0]), 0]
        busy = set((starts // DAY_MINUTES).tolist())
        others = {*case.problem.shifts.day[shifts].tolist(), *busy}
        if case.day in others and not case.held:
            return None
        run = _run_around(case.day, others)
        return self._told(len(run), limit) if len(run) > limit and run - busy else None


def _run_around(day: int, days: set[int]) -> set[int]:
    """Return the days in a row, all with a duty, among which a day lies."""
    run = {day}
    for step in (-1, 1):
        at = day + step
        while at in days:
            run.add(at)
            at += step
    return run


class ConsecutiveDays(Run):
    """Not too many days in a row with a duty."""

    id = "consecutive_days"

    def limit(self, problem: Problem) -> int:
        """Return the township's."""
        return problem.rules.consecutive_days

    def counted(self, problem: Problem) -> Bool:
        """Return every shift."""
        return np.ones(len(problem.shifts.ids), dtype=np.bool_)

    def busy_counted(self, start: Int32) -> Bool:
        """Return every duty."""
        return np.ones(len(start), dtype=np.bool_)

    def grade(self, problem: Problem) -> int:
        """Return the township's."""
        return problem.rules.consecutive

    def _told(self, length: int, limit: int) -> Message:
        return self._say(days=length, most=limit)


class NightsInRow(Run):
    """Not too many nights in a row."""

    id = "nights_in_row"

    def limit(self, problem: Problem) -> int:
        """Return the township's."""
        return problem.rules.nights_in_row

    def counted(self, problem: Problem) -> Bool:
        """Return the nights."""
        return problem.shifts.night

    def busy_counted(self, start: Int32) -> Bool:
        """Return the nights among duties outside the problem."""
        return is_night(start)

    def grade(self, problem: Problem) -> int:
        """Return the township's."""
        return problem.rules.nights

    def _told(self, length: int, limit: int) -> Message:
        return self._say(nights=length, most=limit)
