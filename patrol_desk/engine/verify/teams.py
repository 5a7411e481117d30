"""The rules about who stands beside whom in one patrol."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from patrol_desk.engine.problem import LEAD, OFFICIAL, Int32, Problem
from patrol_desk.engine.verify.alone import of_kinds
from patrol_desk.engine.verify.duties import Bools, Duties
from patrol_desk.engine.verify.geometry import Int64
from patrol_desk.engine.verify.report import Violation
from patrol_desk.engine.verify.sentences import Strength, about, run_starts


def novice(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """New members serve only beside somebody who is not."""
    single = duties.one_per_task()
    new = problem.people.novice[single.person]
    patrols = _Patrols.of(problem, single)
    yield from _patrols(problem, patrols, "novice", patrols.count(new) == patrols.people)


def lead(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """In a patrol of two or more somebody can lead."""
    patrols = _Patrols.of(problem, duties.one_per_task())
    yield from _patrols(problem, patrols, "lead", (patrols.people >= 2) & (patrols.count(patrols.able(LEAD)) == 0))


def official(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """In every patrol stands an officer, auxiliary or full-time patrol."""
    patrols = _Patrols.of(problem, duties.one_per_task())
    known = OFFICIAL in problem.capabilities
    there = (
        patrols.able(problem.capabilities.index(OFFICIAL)) if known else np.zeros(len(patrols.place), dtype=np.bool_)
    )
    yield from _patrols(problem, patrols, "official", patrols.count(there) == 0)


def apart(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """Two who must not serve together are never in one patrol."""
    strength = Strength(problem.rules.apart)
    if strength.off:
        return
    meetings = _Meetings.of(problem, duties.one_per_task(), problem.apart)
    single = meetings.single
    for row, found in zip(meetings.row[meetings.there].tolist(), meetings.found[meetings.there].tolist(), strict=True):
        told, other = (found, row) if single.locked[row] else (row, found)
        more = {"other": problem.people.ids[int(single.person[other])]}
        locked = bool(single.locked[row] and single.locked[found])
        yield about(problem, single, told, "apart", more, locked=locked, strength=strength)


def together(problem: Problem, duties: Duties) -> Iterator[Violation]:
    """Two who must serve together are in a patrol both or neither."""
    strength = Strength(problem.rules.together)
    if strength.off:
        return
    pairs = np.concatenate([problem.together, problem.together[:, ::-1]])
    meetings = _Meetings.of(problem, duties.one_per_task(), pairs)
    single = meetings.single
    for row, other in zip(
        meetings.row[~meetings.there].tolist(), meetings.other[~meetings.there].tolist(), strict=True
    ):
        more = {"other": problem.people.ids[other]}
        yield about(problem, single, row, "together", more, locked=bool(single.locked[row]), strength=strength)


@dataclass(frozen=True, slots=True, eq=False)
class _Patrols:
    """The tasks with somebody in them.

    Parameters
    ----------
    problem, single
        Whose; each person once a task.
    task, people
        (n,) the tasks, and how many stand there.
    first
        (n,) a row of the duties, of one who is not locked if there is any.
    place
        (A,) which of the tasks each row is in.
    """

    problem: Problem
    single: Duties
    task: Int64
    people: Int64
    first: Int64
    place: Int64

    @classmethod
    def of(cls, problem: Problem, single: Duties) -> "_Patrols":
        order = np.lexsort((single.locked, single.task))
        starts = run_starts(single.task[order])
        people = np.diff(np.append(starts, len(order)))
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.repeat(np.arange(len(starts)), people)
        return cls(problem, single, single.task[order[starts]], people, order[starts], place)

    def count(self, rows: Bools) -> Int64:
        """Return (n,) how many of some rows stand in each task."""
        return np.bincount(self.place[rows], minlength=len(self.task))

    def able(self, capability: int) -> Bools:
        """Return (A,): the row's person has a capability on the day of the shift."""
        days = self.problem.shifts.day[self.single.shift]
        held = self.problem.people.capability[self.single.person, days]
        return np.asarray((held >> np.uint32(capability)) & 1 == 1)


def _patrols(problem: Problem, patrols: _Patrols, rule: str, broken: Bools) -> Iterator[Violation]:
    """Tell of the patrols that break a rule which each kind of checkpoint keeps in its own way."""
    kind = problem.demand.kind[problem.demand.task_checkpoint[patrols.task]]
    strengths = of_kinds(problem, rule)[kind]
    for number in np.flatnonzero(broken & (strengths != 0)):
        row, strength = int(patrols.first[number]), Strength(int(strengths[number]))
        more, locked = {"people": int(patrols.people[number])}, bool(patrols.single.locked[row])
        yield about(problem, patrols.single, row, rule, more, locked=locked, strength=strength)


@dataclass(frozen=True, slots=True, eq=False)
class _Meetings:
    """Each duty of the first of a pair, and whether the other of the pair is there.

    Parameters
    ----------
    single
        The duties, each person once a task.
    row, other
        (n,) row of the first's duty, and index of the other person.
    there, found
        (n,) the other is in the same task, and the row of that duty.
    """

    single: Duties
    row: Int64
    other: Int64
    there: Bools
    found: Int64

    @classmethod
    def of(cls, problem: Problem, single: Duties, pairs: Int32) -> "_Meetings":
        width = max(len(problem.demand.task_shift), 1)
        keys = single.person * width + single.task  # sorted, as `one_per_task` leaves them
        begin, end = (np.searchsorted(single.person, pairs[:, 0], side) for side in ("left", "right"))
        many = end - begin
        row = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many) + np.repeat(begin, many)
        other = np.repeat(pairs[:, 1].astype(np.int64), many)
        wanted = other * width + single.task[row]
        at = np.searchsorted(keys, wanted)
        found = np.minimum(at, max(len(keys) - 1, 0))
        there = keys[found] == wanted if len(keys) else np.zeros(0, dtype=np.bool_)
        return cls(single, row, other, there, found)
