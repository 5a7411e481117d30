"""The rules about runs of days: days in a row with a duty, and with a night duty."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from patrol_desk.engine.problem import Int8, Int32, Problem
from patrol_desk.engine.verify.duties import Bools, Duties
from patrol_desk.engine.verify.geometry import Int64
from patrol_desk.engine.verify.report import Violation
from patrol_desk.engine.verify.sentences import Strength, about

_DAY: Final = 1440

_WIDTH: Final = 2**20
"""Days under a person's index in one sortable number; nobody's last day touches the next one's first."""

_ABOVE: Final = 2**19
"""Lifts every day above zero."""

_LATE: Final = 22 * 60
_EARLY: Final = 5 * 60
"""Busy time that starts from 22:00 to 05:00 is a night."""


def consecutive_days(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """Nobody serves on more days in a row than the rules allow."""
    strength, most = Strength(problem.rules.consecutive), problem.rules.consecutive_days
    if most and not strength.off:
        busy = _days(problem.busy[:, 0], problem.busy[:, 1] // _DAY)
        every = np.ones(len(duties.person), dtype=np.bool_)
        yield from _streaks(problem, duties, every, busy, _Rule("consecutive_days", most, strength))


def nights_in_row(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """Nobody serves more nights in a row than the rules allow."""
    strength, most = Strength(problem.rules.nights), problem.rules.nights_in_row
    if most and not strength.off:
        nights = busy_nights(problem)
        busy = _days(problem.busy[nights, 0], problem.busy[nights, 1] // _DAY)
        yield from _streaks(
            problem, duties, problem.shifts.night[duties.shift], busy, _Rule("nights_in_row", most, strength)
        )


def busy_nights(problem: Problem) -> Bools:
    """Return (K,): the busy time is a night."""
    minute = problem.busy[:, 1] % _DAY
    return (minute >= _LATE) | (minute < _EARLY)


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    most: int
    strength: Strength


@dataclass(frozen=True, slots=True, eq=False)
class _Runs:
    """Maximal runs of days, ordered: whose, the first day, how many days."""

    person: Int64
    first: Int64
    length: Int64

    @classmethod
    def of(cls, days: Int64) -> "_Runs":
        """Return the runs of sorted days (`_days`)."""
        starts = np.flatnonzero(np.concatenate([np.ones(min(len(days), 1), dtype=np.bool_), np.diff(days) > 1]))
        person, first = np.divmod(days[starts], _WIDTH)
        return cls(person, first - _ABOVE, np.diff(np.append(starts, len(days))))

    def beyond(self, most: int, people: int) -> Int64:
        """Return (P,) days beyond the most in a row, summed over each person's runs."""
        found = np.zeros(people, dtype=np.int64)
        np.add.at(found, self.person, np.maximum(self.length - most, 0))
        return found


def _days(person: Int64 | Int32, day: Int64 | Int32 | Int8) -> Int64:
    """Return each person's days once, sorted, as one number."""
    days: Int64 = np.unique(person.astype(np.int64) * _WIDTH + day.astype(np.int64) + _ABOVE)
    return days


def _streaks(problem: Problem, duties: Duties, counts: Bools, busy: Int64, rule: _Rule) -> Iterator[Violation]:
    """Tell of everybody whose duties make a run too long, or longer, than busy times alone do."""
    people = len(problem.people.ids)
    day = problem.shifts.day[duties.shift]
    fixed = counts & duties.locked
    runs = _Runs.of(np.union1d(busy, _days(duties.person[counts], day[counts])))
    given = _Runs.of(np.union1d(busy, _days(duties.person[fixed], day[fixed]))).beyond(rule.most, people)
    over = runs.beyond(rule.most, people)
    before = _Runs.of(busy).beyond(rule.most, people)
    rows = np.flatnonzero(counts)
    rows = rows[np.lexsort((day[rows], duties.person[rows]))]
    last = np.searchsorted(duties.person[rows], np.arange(people), side="right") - 1
    longest = np.lexsort((runs.length, runs.person))
    top = np.searchsorted(runs.person[longest], np.arange(people), side="right") - 1
    for person in np.flatnonzero(over > before):
        run = longest[top[person]]
        first, length = int(runs.first[run]), int(runs.length[run])
        more = {"days": length, "most": rule.most, "first": first + 1, "last": first + length}
        strength = replace(rule.strength, times=int(over[person] - before[person]))
        row, locked = int(rows[last[person]]), bool(over[person] == given[person])
        yield about(problem, duties, row, rule.name, more, locked=locked, strength=strength)
