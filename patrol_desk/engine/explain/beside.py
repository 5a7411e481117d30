"""Whom a patrol does not bear beside those who stand in it: rules about the team."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from patrol_desk.engine.problem import HARD, Problem

Int64 = NDArray[np.int64]


class Beside:
    """The hard team rules of a problem, ready to be asked about any patrol."""

    def __init__(self, problem: Problem) -> None:
        self._novice = problem.people.novice
        self._novices = np.flatnonzero(self._novice)
        self._strict = [kind.novice == HARD for kind in problem.rules.kinds]
        self._apart = _both_ways(problem.apart if problem.rules.apart == HARD else problem.apart[:0])
        self._together = _both_ways(problem.together if problem.rules.together == HARD else problem.together[:0])

    def kept_away(self, kind: int, team: Int64) -> Mapping[str, Int64]:
        """Return per rule the people whom it keeps from a patrol.

        Parameters
        ----------
        kind
            Kind of the checkpoint.
        team
            Who stands there already.
        """
        found: dict[str, Int64] = {}
        if self._strict[kind] and self._novice[team].all():
            found["novice"] = self._novices
        if len(self._apart):
            found["apart"] = self._apart[np.isin(self._apart[:, 0], team), 1]
        if len(self._together):
            found["together"] = self._together[~np.isin(self._together[:, 0], team), 1]
        return found


def _both_ways(pairs: NDArray[np.int32]) -> Int64:
    both: Int64 = np.concatenate([pairs, pairs[:, ::-1]]).astype(np.int64)
    return both
