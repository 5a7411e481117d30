"""Rules about the person alone: status, availability, leave, skill, reach."""

import numpy as np
from numpy.typing import NDArray

from patrol_desk.common.message import Message
from patrol_desk.engine.problem import NO_PLACE, UNAVAILABLE, Bool, Int32, Problem
from patrol_desk.engine.rules.base import Case, Rule

Int64 = NDArray[np.int64]


def squared_metres(places: Int32, place: Int32) -> Int64:
    """Return (n,) squared distances in m² from n places to one; 0 where either is unknown.

    Coordinates are within 10⁶ m of the origin (`validate`), so the sums stay below 2⁵³ and their roots are exact.
    """
    offset = places.astype(np.int64) - place.astype(np.int64)
    unknown = (places[:, 0] == NO_PLACE) | bool(place[0] == NO_PLACE)
    squared: Int64 = np.where(unknown, 0, (offset * offset).sum(axis=1))
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
        near = np.empty((len(problem.people.ids), len(problem.demand.checkpoints)), dtype=np.bool_)
        for checkpoint, place in enumerate(problem.demand.place):
            near[:, checkpoint] = squared_metres(problem.people.home, place) <= problem.rules.reach_m**2
        return near

    def sentence(self, case: Case) -> Message | None:
        """Give both distances in kilometres."""
        home = case.problem.people.home[case.person : case.person + 1]
        squared = squared_metres(home, case.problem.demand.place[case.checkpoint])
        if squared[0] <= case.problem.rules.reach_m**2:
            return None
        far = f"{int(metres(squared)[0]) / 1000:.1f}"
        return self._say(distance_km=far, reach_km=f"{case.problem.rules.reach_m / 1000:.1f}")
