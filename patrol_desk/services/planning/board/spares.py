"""Who of a squad could still be drawn for a shift, and by which rule the others cannot."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from patrol_desk.engine.problem import Bool
from patrol_desk.engine.rules import RULES, RUNS
from patrol_desk.services.planning.board.board import Board
from patrol_desk.services.planning.board.candidates import Opening, Ranking
from patrol_desk.services.planning.board.data import Candidate, CellState
from patrol_desk.services.planning.board.frame import Int64
from patrol_desk.services.planning.board.squads import SquadRow, SquadWeek
from patrol_desk.services.planning.board.words import ICONS

MOST_SHOWN = 30
_LACKING = (CellState.BELOW_DESIRED, CellState.BELOW_MINIMUM)


@dataclass(frozen=True, slots=True)
class Spares:
    """Who of a squad could take a free seat.

    Parameters
    ----------
    place
        Row of the checkpoint that the distances and skills are about; None where the squad has no gap in the shift.
    ranked
        For that checkpoint, the best first, at most `MOST_SHOWN`; empty without one.
    free
        How many could serve.
    blocked
        Rule, its icon, how many it keeps away first; most first.
    """

    place: int | None
    ranked: tuple[Candidate, ...]
    free: int
    blocked: tuple[tuple[str, str, int], ...]


class _Anywhere(Opening):
    """Everybody's standing towards a shift, whatever the checkpoint."""

    @property
    def broken(self) -> dict[str, Bool]:
        """Rule → (P,) whom it keeps away, for the rules about a person's other duties."""
        problem, stand = self.frame.problem, self.stand
        found = {
            "day_cap": stand.day_duties[:, self.day] >= problem.rules.cap_day,
            "week_cap": stand.week_duties >= problem.people.cap_week,
        }
        for rule in RUNS:
            if rule.hard(problem):
                found[rule.id] = rule.too_much(problem, stand.person, stand.shift, self.shift)
        return found

    @property
    def cell(self) -> int:
        """No cell."""
        return -1


def gap_of(week: SquadWeek, row: SquadRow, shift: int) -> int | None:
    """Return the first checkpoint of a squad that lacks heads in a shift, below the minimum first."""
    board = week.board
    lacking = [
        (board.gap(place, shift), not own)
        for place, own in week.places(row)
        if board.cell(place, shift).state in _LACKING
    ]
    if not lacking:
        return None
    return min(lacking, key=lambda found: (found[0].state is not CellState.BELOW_MINIMUM, found[1], found[0].row))[
        0
    ].row


def spares(week: SquadWeek, row: SquadRow, shift: int, place: int | None = None) -> Spares:
    """Return who of a squad could take a free seat of a checkpoint, or of its first gap in the shift.

    Parameters
    ----------
    place
        Row of the checkpoint; None: the first gap.
    """
    stand = week.board.stand
    place = gap_of(week, row, shift) if place is None else place
    opening = None if place is None else Opening.of(stand, place, shift)
    if opening is None or not opening.groups:
        return _anywhere(week, row, shift)
    ours = week.squad == week.line(row)
    ranking = Ranking(opening)
    ranks = np.flatnonzero(ours[opening.eligible[ranking.order]])
    ranked = tuple(ranking.candidate(int(rank)) for rank in ranks[:MOST_SHOWN])
    return Spares(place, ranked, len(ranks), _reasons(opening.first_broken, _others(week, ours, opening.inside)))


def _anywhere(week: SquadWeek, row: SquadRow, shift: int) -> Spares:
    opening = _Anywhere(week.board.stand, 0, shift, ())
    ours = week.squad == week.line(row)
    busy = week.board.stand.person[week.board.stand.shift == shift]
    others = _others(week, ours, busy)
    broken = opening.first_broken
    return Spares(None, (), int((broken[others] == len(RULES)).sum()), _reasons(broken, others))


def _others(week: SquadWeek, ours: Bool, there: Int64) -> Int64:
    """Return the rostered members who are not there already."""
    left = ours & week.board.frame.problem.people.on_roster
    left[there] = False
    return np.flatnonzero(left)


def _reasons(broken: Int64, people: Int64) -> tuple[tuple[str, str, int], ...]:
    counts = Counter(RULES[number].id for number in broken[people].tolist() if number < len(RULES))
    return tuple((rule, ICONS[rule], count) for rule, count in counts.most_common())


def board_gaps(week: SquadWeek, row: SquadRow) -> tuple[tuple[int, int], ...]:
    """Return the cells of a squad's own checkpoints that lack heads and are not over."""
    board: Board = week.board
    return tuple(
        (place, shift.index)
        for place, own in week.places(row)
        for shift in board.shifts
        if own and not board.past[shift.index] and board.cell(place, shift.index).state in _LACKING
    )
