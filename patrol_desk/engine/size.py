"""Whether a problem's tables fit the memory that is free, before any of them is made."""

from typing import Final

import numpy as np

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.engine.memory import free_mb
from patrol_desk.engine.problem import Problem

_PROGRAM: Final = 240 * 10**6
"""Bytes of the program itself, its compiled search included."""

_WAY: Final = 10
"""Bytes for each person and checkpoint: the ways, once for either side, and what they are made from."""

_TURN: Final = 500
"""Bytes for each person and shift: prices, rules, and the some thirty arcs of the network."""

_SEAT: Final = 60
"""Bytes for each desired head."""


def needed_mb(problem: Problem) -> int:
    """Return about how many MB (10⁶ bytes) a run takes; measured from 850 to 16,800 people (226, 430, 691 MB)."""
    people, shifts, places = len(problem.people.ids), len(problem.shifts.ids), len(problem.demand.checkpoints)
    heads = int(problem.demand.desired.sum(dtype=np.int64))
    return (_PROGRAM + people * (places * _WAY + shifts * _TURN) + heads * _SEAT) // 10**6


def check_size(problem: Problem) -> None:
    """Complain of a problem that is larger than the memory which is free.

    Raises
    ------
    InvalidDataError
        It does not fit; the sentence says what makes it large, how much it takes and how much there is.
    """
    needed, free = needed_mb(problem), free_mb()
    if needed > free:
        sizes = {
            "people": len(problem.people.ids),
            "shifts": len(problem.shifts.ids),
            "checkpoints": len(problem.demand.checkpoints),
            "heads": int(problem.demand.desired.sum(dtype=np.int64)),
        }
        raise InvalidDataError(Message("engine.too_large", {**sizes, "needed": needed, "free": free}))
