"""Sums over a board: by group of rows and shift, and by shift."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from patrol_desk.services.planning.board.frame import Int64
from patrol_desk.services.planning.board.stand import NOT_STAFFED, Stand


@dataclass(frozen=True, eq=False, repr=False)
class Totals:
    """Sums of a stand, each computed when it is first asked for; states are those of `stand.states`."""

    stand: Stand

    def of_group(self, group: int, shift: int) -> tuple[int, int, int]:
        """Return heads, desired heads and the worst state of a group of rows in a shift."""
        heads, desired, worst = self._by_group
        return int(heads[group, shift]), int(desired[group, shift]), _state(int(worst[group, shift]))

    def of_shift(self, shift: int) -> tuple[float | None, int]:
        """Return the share of a shift's desired heads that stand (None: nothing asked for), and its worst state."""
        filled, desired, worst = self._by_shift
        share = float(filled[shift] / desired[shift]) if desired[shift] else None
        return share, _state(int(worst[shift]))

    @property
    def _ranks(self) -> Int64:
        """(R, T) states as numbers that grow with what is wrong: -1 not staffed, 0 fine, 1 and 2 below."""
        frame, states = self.stand.frame, self.stand.states
        ranks: Int64 = np.where(states == NOT_STAFFED, -1, states).astype(np.int64)
        return ranks.reshape(len(frame.rows), len(frame.shifts))

    @cached_property
    def _by_group(self) -> tuple[Int64, Int64, Int64]:
        frame = self.stand.frame
        shape, first = (len(frame.rows), len(frame.shifts)), [group.first for group in frame.groups]
        heads = np.array(self.stand.cell_heads, dtype=np.int64).reshape(shape)
        return (
            np.add.reduceat(heads, first, axis=0),
            np.add.reduceat(frame.desired.reshape(shape), first, axis=0),
            np.maximum.reduceat(self._ranks, first, axis=0),
        )

    @cached_property
    def _by_shift(self) -> tuple[Int64, Int64, Int64]:
        frame, shifts = self.stand.frame, len(self.stand.frame.shifts)
        wanted, shift = frame.problem.demand.desired, frame.group_cell % max(shifts, 1)
        filled = np.bincount(shift, weights=np.minimum(self.stand.heads, wanted), minlength=shifts)
        desired = np.bincount(shift, weights=wanted, minlength=shifts)
        return filled.astype(np.int64), desired.astype(np.int64), self._ranks.max(axis=0, initial=-1)


def _state(rank: int) -> int:
    return NOT_STAFFED if rank < 0 else rank
