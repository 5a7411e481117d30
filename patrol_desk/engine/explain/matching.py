"""What no plan can fill of the seats of one kind in one shift: a maximum matching by augmenting paths."""

import numpy as np
from numpy.typing import NDArray

from patrol_desk.engine.problem import Bool, Int32

Int64 = NDArray[np.int64]


def unfillable(near: Bool, need: Int32) -> int:
    """Return how many heads stay missing when everybody takes one seat at most, however they are spread.

    Groups from which no augmenting path starts never get one later, so that one pass finds a maximum (Berge 1957); the
    people within reach of what it then closes are the deficient set that proves the number (Hall 1935).

    Parameters
    ----------
    near
        (n, m) who could sit in a seat of which group.
    need
        (m,) heads that each group asks for.
    """
    seat = np.full(len(near), -1, dtype=np.int64)
    lost = 0
    for group, heads in enumerate(need.tolist()):
        for filled in range(heads):
            if not _augment(near, seat, group):
                lost += heads - filled
                break
    return lost


def _augment(near: Bool, seat: Int64, start: int) -> bool:
    """Fill one seat of a group, others moving up where need be; `seat` holds each person's group, -1 for none."""
    came: dict[int, tuple[int, int]] = {start: (-1, -1)}
    queue = [start]
    for group in queue:
        free = np.flatnonzero(near[:, group] & (seat < 0))
        if len(free):
            _move_up(came, seat, group, int(free[0]))
            return True
        people = np.flatnonzero(near[:, group])
        others, first = np.unique(seat[people], return_index=True)
        for other, at in zip(others.tolist(), first.tolist(), strict=True):
            if other not in came:
                came[other] = (group, int(people[at]))
                queue.append(other)
    return False


def _move_up(came: dict[int, tuple[int, int]], seat: Int64, group: int, person: int) -> None:
    """Seat a person in a group, whoever made room there in the next, and so on to the first."""
    while group >= 0:
        seat[person] = group
        group, person = came[group]
