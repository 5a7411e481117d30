"""Rules about one person's duties together: overlap, rest, caps per day and week."""

from abc import abstractmethod

import numpy as np

from patrol_desk.common.message import Message
from patrol_desk.engine.problem import HARD, Bool, Int32, Problem
from patrol_desk.engine.rules.base import Case, Rule


def gap_minutes(start_a: Int32, end_a: Int32, start_b: Int32, end_b: Int32) -> Int32:
    """Return the minutes between two duties, elementwise; negative when they overlap."""
    return np.maximum(start_b - end_a, start_a - end_b)


def too_short(gap: Int32, problem: Problem) -> Bool:
    """Return which minutes between two duties are less than the rest; an overlap is none of them."""
    return np.asarray((gap >= 0) & (gap < problem.rules.rest_min))


class _Spacing(Rule):
    """What overlap and rest share: some gaps between two duties are forbidden."""

    @abstractmethod
    def _forbidden(self, gap: Int32, problem: Problem) -> Bool:
        """Return which gaps in minutes the rule forbids."""

    def shift_pair(self, problem: Problem) -> Bool | None:
        """Return the pairs of shifts one person may serve in both of."""
        if not self._hard(problem):
            return None
        start, end = problem.shifts.start, problem.shifts.end
        gap = gap_minutes(start[:, None], end[:, None], start[None, :], end[None, :])
        return ~self._forbidden(gap, problem)

    def person_shift(self, problem: Problem) -> Bool | None:
        """Return where duties outside the problem leave room."""
        if len(problem.busy) == 0 or not self._hard(problem):
            return None
        free = np.ones((len(problem.people.ids), len(problem.shifts.ids)), dtype=np.bool_)
        start, end = problem.shifts.start, problem.shifts.end
        for person, busy_start, busy_end in problem.busy:
            free[person] &= ~self._forbidden(gap_minutes(busy_start, busy_end, start, end), problem)
        return free

    def _hard(self, problem: Problem) -> bool:
        """Say whether no plan may break the rule."""
        del problem
        return True

    def _worst(self, case: Case) -> int | None:
        """Return the smallest forbidden gap to the person's other duties, if there is one."""
        shifts = case.problem.shifts
        starts = np.concatenate([shifts.start[case.duty_shifts], case.busy[:, 0]])
        ends = np.concatenate([shifts.end[case.duty_shifts], case.busy[:, 1]])
        gap = gap_minutes(shifts.start[case.shift], shifts.end[case.shift], starts, ends)
        bad = gap[self._forbidden(gap, case.problem)]
        return int(bad.min()) if len(bad) else None


class Overlap(_Spacing):
    """Nobody serves twice at the same time."""

    id = "overlap"

    def _forbidden(self, gap: Int32, problem: Problem) -> Bool:
        del problem
        return np.asarray(gap < 0)

    def sentence(self, case: Case) -> Message | None:
        """Give the minutes of the overlap."""
        worst = self._worst(case)
        return None if worst is None else self._say(minutes=-worst)


class Rest(_Spacing):
    """Between two duties lies enough rest."""

    id = "rest"

    def strength(self, problem: Problem, case: Case) -> int:
        """Return the township's."""
        del case
        return problem.rules.rest

    def _hard(self, problem: Problem) -> bool:
        return problem.rules.rest == HARD

    def _forbidden(self, gap: Int32, problem: Problem) -> Bool:
        return too_short(gap, problem)

    def sentence(self, case: Case) -> Message | None:
        """Give the hours of rest there would be, and those needed."""
        worst = self._worst(case)
        if worst is None:
            return None
        return self._say(hours=f"{worst / 60:.1f}", needed=f"{case.problem.rules.rest_min / 60:g}")


class DayCap(Rule):
    """No more duties start on one day than the cap."""

    id = "day_cap"

    def sentence(self, case: Case) -> Message | None:
        """Give the duties of the day and the cap."""
        days = case.problem.shifts.day[case.duty_shifts]
        duties = int((days == case.day).sum()) + 1
        return self._say(duties=duties, cap=case.problem.rules.cap_day) if duties > case.problem.rules.cap_day else None


class WeekCap(Rule):
    """Nobody serves more often than their cap for the problem's days."""

    id = "week_cap"

    def sentence(self, case: Case) -> Message | None:
        """Give the duties of the week and the cap."""
        cap = int(case.problem.people.cap_week[case.person])
        duties = len(case.duty_shifts) + 1
        return self._say(duties=duties, cap=cap) if duties > cap else None
