"""How well each checkpoint's week can be guessed by who has watched it."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from patrol_desk.common.actor import Actor
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.visits.predictable import PlaceScore, scores
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.board.board import Board
from patrol_desk.services.planning.board.notes import foreseen
from patrol_desk.services.planning.board.opening import open_board
from patrol_desk.services.planning.board.stand import Held
from patrol_desk.services.station import Station


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What an observer can foresee: the sentence, the cell by row and shift, and the squad, empty for anybody."""

    message: Message
    row: int
    shift: int
    squad: str


@dataclass(frozen=True, slots=True)
class PlacePredictability:
    """One checkpoint.

    Parameters
    ----------
    checkpoint_id, name
        Which.
    score
        Shares and the longest row; see `PlaceScore`.
    weeks
        Weeks that were looked at.
    low_demand
        It is visited only now and then: then `score.time` is what counts, else `score.squad`.
    foreseen
        What an observer can foresee, by time.
    """

    checkpoint_id: str
    name: str
    score: PlaceScore
    weeks: int
    low_demand: bool
    foreseen: tuple[Foreseen, ...] = ()

    @property
    def id(self) -> str:
        """The checkpoint's, as a row of a table."""
        return self.checkpoint_id

    @property
    def warnings(self) -> tuple[Message, ...]:
        """What can be foreseen, in words."""
        return tuple(one.message for one in self.foreseen)

    @property
    def share(self) -> float:
        """How often a guess by habit was right so far, 0 … 1."""
        return self.score.time if self.low_demand else self.score.squad


@permitted(Permission.PLAN_READ)
def predictability(station: Station, actor: Actor, week: Week) -> tuple[PlacePredictability, ...]:
    """Return how well the week's newest version can be guessed, the easiest checkpoint first."""
    return of_board(open_board(station, actor, week))


def of_board(board: Board) -> tuple[PlacePredictability, ...]:
    """Return the same of a board that is open."""
    return _of(board, board.stand.held.values())


def of_place(board: Board, row: int) -> PlacePredictability | None:
    """Return how well one checkpoint of an open board can be guessed, None while nobody stands there."""
    width = len(board.shifts)
    cells = range(row * width, (row + 1) * width)
    found = _of(board, [item for cell in cells for item in board.stand.cells.get(cell, ())])
    return next(iter(found), None)


def easier(board: Board) -> frozenset[str]:
    """Return the ids of checkpoints at which more can be foreseen than in the version in force; none before the first.

    It is what hand edits and plans have made of a week since it was published.
    """
    if board.published is None:
        return frozenset()
    before = {key for place in _of(board, board.published.held.values()) for key in map(_key, place.foreseen)}
    now = of_board(board)
    return frozenset(place.checkpoint_id for place in now if set(map(_key, place.foreseen)) - before)


def _key(one: Foreseen) -> tuple[int, int, str]:
    return one.row, one.shift, one.squad


def _of(board: Board, items: Iterable[Held]) -> tuple[PlacePredictability, ...]:
    frame = board.frame
    rows = {(item.person, item.group) for item in items if item.person >= 0 and item.group >= 0}
    plan = Plan(np.array(sorted(rows), dtype=np.int32).reshape(-1, 2))
    told = _told(board, sorted(rows, key=lambda row: int(frame.problem.demand.group_task[row[1]])))
    found = []
    for score in scores(frame.past, frame.problem, plan):
        checkpoint = frame.week_problem.checkpoint_ids[score.checkpoint]
        found.append(
            PlacePredictability(
                checkpoint_id=checkpoint,
                name=frame.rows[frame.row_of[checkpoint]].name,
                score=score,
                weeks=frame.past.weeks,
                low_demand=bool(frame.problem.demand.visits[score.checkpoint]),
                foreseen=tuple(told.get(score.checkpoint, {}).values()),
            )
        )
    return tuple(sorted(found, key=lambda place: (-place.share, -place.score.worst, place.name)))


def _told(board: Board, rows: list[tuple[int, int]]) -> dict[int, dict[tuple[int, int, str], Foreseen]]:
    """Return what can be foreseen at each checkpoint, each once."""
    frame, demand = board.frame, board.frame.problem.demand
    found: dict[int, dict[tuple[int, int, str], Foreseen]] = {}
    for person, group in rows:
        held = found.setdefault(int(demand.task_checkpoint[demand.group_task[group]]), {})
        row, shift = frame.place_of(int(frame.group_cell[group]))
        for message in foreseen(frame, person, group):
            squad = frame.squad_name(person) if message.code.startswith("visits.squad") else ""
            one = Foreseen(message, row, shift, squad)
            held.setdefault(_key(one), one)
    return found
