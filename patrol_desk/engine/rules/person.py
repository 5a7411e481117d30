"""Rules about the person alone: status, begun, availability, leave, insured, eve of a workday, skill, reach."""

import numpy as np
from numpy.typing import NDArray

from patrol_desk.common.message import Message
from patrol_desk.engine.problem import HARD, NO_PLACE, UNAVAILABLE, Bool, Int32, Problem
from patrol_desk.engine.rules.base import Case, Rule

Int64 = NDArray[np.int64]


def squared_metres(places: Int32, place: Int32) -> Int64:
    """Return (n,) squared distances in m² from n places to one; 0 where either is unknown.

    Coordinates are within 10⁶ m of the origin (`validate`), so the sums stay below 2⁵³ and their roots are exact.
    """
    if place[0] == NO_PLACE:
        return np.zeros(len(places), dtype=np.int64)
    east, north = (places[:, axis].astype(np.int64) - int(place[axis]) for axis in (0, 1))
    squared: Int64 = east * east + north * north  # column by column: a sum over pairs takes thrice as long
    squared[places[:, 0] == NO_PLACE] = 0
    return squared


def metres(squared: Int64) -> Int64:
    """Return the whole metres of squared distances, rounded down."""
    whole: Int64 = np.floor(np.sqrt(squared.astype(np.float64))).astype(np.int64)
    return whole


class Status(Rule):
    """Only active people of a class that is rostered serve."""

    id = "status"

    def person_shift(self, problem: Problem) -> Bool:
        """Return the roster, the same for each shift."""
        return np.repeat(problem.people.on_roster[:, None], len(problem.shifts.ids), axis=1)

    def sentence(self, case: Case) -> Message | None:
        """Say that the person is not rostered."""
        return None if case.problem.people.on_roster[case.person] else self._say()


class Begun(Rule):
    """Nobody new joins a shift that starts before the moment from which the plan may change.

    Who serves in such a shift already is locked by whoever states the problem; who is not locked is not put there, also
    when the baseline has them there.
    """

    id = "begun"

    def person_shift(self, problem: Problem) -> Bool | None:
        """Return the shifts that have not begun, the same for everybody."""
        still = problem.shifts.start >= problem.begin
        return None if still.all() else np.repeat(still[None, :], len(problem.people.ids), axis=0)

    def sentence(self, case: Case) -> Message | None:
        """Name the shift and say how long ago it began."""
        early = int(case.problem.begin) - int(case.problem.shifts.start[case.shift])
        return self._say(shift=case.problem.shifts.ids[case.shift], minutes=early) if early > 0 else None


class Availability(Rule):
    """Nobody serves in a shift for which they are unavailable."""

    id = "availability"

    def person_shift(self, problem: Problem) -> Bool:
        """Return where people are available, however gladly."""
        available: Bool = problem.people.availability != UNAVAILABLE
        return available

    def sentence(self, case: Case) -> Message | None:
        """Name the shift."""
        if case.problem.people.availability[case.person, case.shift] != UNAVAILABLE:
            return None
        return self._say(shift=case.problem.shifts.ids[case.shift])


class Leave(Rule):
    """Nobody serves while on leave."""

    id = "leave"

    def person_shift(self, problem: Problem) -> Bool:
        """Return where nobody is on leave."""
        return ~problem.people.leave

    def sentence(self, case: Case) -> Message | None:
        """Name the shift."""
        if not case.problem.people.leave[case.person, case.shift]:
            return None
        return self._say(shift=case.problem.shifts.ids[case.shift])


class Insured(Rule):
    """Only who is insured on the day serves."""

    id = "insured"

    def person_shift(self, problem: Problem) -> Bool | None:
        """Return where people are insured."""
        return None if problem.rules.insured != HARD else problem.people.insured[:, problem.shifts.day]

    def points(self, problem: Problem) -> Int64 | None:
        """Return the points of duties without insurance."""
        return _weighted(problem.rules.insured, ~problem.people.insured[:, problem.shifts.day])

    def strength(self, problem: Problem, case: Case) -> int:
        """Return the township's."""
        del case
        return problem.rules.insured

    def sentence(self, case: Case) -> Message | None:
        """Name the shift."""
        if case.problem.people.insured[case.person, case.day]:
            return None
        return self._say(shift=case.problem.shifts.ids[case.shift])


class WorkdayEve(Rule):
    """Who asks for it serves no night before a workday's morning."""

    id = "workday_eve"

    def person_shift(self, problem: Problem) -> Bool | None:
        """Return everything but the nights to be spared."""
        return None if problem.rules.workday_eve != HARD else ~self._spared(problem)

    def points(self, problem: Problem) -> Int64 | None:
        """Return the points of nights that should be spared."""
        return _weighted(problem.rules.workday_eve, self._spared(problem))

    def strength(self, problem: Problem, case: Case) -> int:
        """Return the township's."""
        del case
        return problem.rules.workday_eve

    def sentence(self, case: Case) -> Message | None:
        """Name the night."""
        problem = case.problem
        if not (problem.people.spares_eve[case.person] and problem.shifts.workday_eve[case.shift]):
            return None
        return self._say(shift=problem.shifts.ids[case.shift])

    def _spared(self, problem: Problem) -> Bool:
        spared: Bool = problem.people.spares_eve[:, None] & problem.shifts.workday_eve[None, :]
        return spared


def _weighted(strength: int, broken: Bool) -> Int64 | None:
    """Return (P, T) the points of a weighted rule, None when it is hard, off, or kept everywhere."""
    return broken.astype(np.int64) * strength if strength > 0 and broken.any() else None


class Skill(Rule):
    """A typed seat is held by somebody who has that capability on that day."""

    id = "skill"

    def fits(self, capabilities: NDArray[np.uint32], count: int) -> Bool:
        """Return (n, count + 1): who may hold a seat that asks for any (column 0) or for capability k - 1.

        Parameters
        ----------
        capabilities
            (n,) bit masks as in `People.capability`.
        count
            Number of capabilities of the problem.
        """
        bits = (capabilities[:, None].astype(np.int64) >> np.arange(count)[None, :]) & 1
        return np.concatenate([np.ones((len(capabilities), 1), dtype=np.bool_), bits == 1], axis=1)

    def sentence(self, case: Case) -> Message | None:
        """Name the capability that is missing."""
        wanted = int(case.problem.demand.group_capability[case.group])
        held = case.problem.people.capability[case.person, case.day : case.day + 1]
        if self.fits(held, len(case.problem.capabilities))[0, wanted + 1]:
            return None
        return self._say(capability=case.problem.capabilities[wanted], shift=case.problem.shifts.ids[case.shift])


class Reach(Rule):
    """The checkpoint is within reach of the home; unknown places always are."""

    id = "reach"

    def person_checkpoint(self, problem: Problem) -> Bool:
        """Return the pairs within reach, column by column so that a large township needs no large table in between."""
        rules, demand = problem.rules, problem.demand
        near = np.ones((len(problem.people.ids), len(demand.checkpoints)), dtype=np.bool_)
        for checkpoint, (place, kind) in enumerate(zip(demand.place, demand.kind.tolist(), strict=True)):
            if rules.kinds[kind].reach == HARD:
                near[:, checkpoint] = squared_metres(problem.people.home, place) <= rules.reach_of(kind) ** 2
        return near

    def strength(self, problem: Problem, case: Case) -> int:
        """Return that of the checkpoint's kind."""
        del problem
        return case.kind.reach

    def sentence(self, case: Case) -> Message | None:
        """Give both distances in kilometres."""
        problem = case.problem
        reach = problem.rules.reach_of(int(problem.demand.kind[case.checkpoint]))
        home = problem.people.home[case.person : case.person + 1]
        squared = squared_metres(home, problem.demand.place[case.checkpoint])
        if squared[0] <= reach**2:
            return None
        return self._say(distance_km=f"{int(metres(squared)[0]) / 1000:.1f}", reach_km=f"{reach / 1000:.1f}")
