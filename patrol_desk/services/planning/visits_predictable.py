"""How well each checkpoint's week can be guessed by who has watched it."""

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
from patrol_desk.services.station import Station


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
    warnings
        What an observer can foresee, by time.
    """

    checkpoint_id: str
    name: str
    score: PlaceScore
    weeks: int
    low_demand: bool
    warnings: tuple[Message, ...]

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
    frame, stand = board.frame, board.stand
    rows = {(item.person, item.group) for item in stand.held.values() if item.person >= 0 and item.group >= 0}
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
                warnings=tuple(told.get(score.checkpoint, ())),
            )
        )
    return tuple(sorted(found, key=lambda place: (-place.share, -place.score.worst, place.name)))


def _told(board: Board, rows: list[tuple[int, int]]) -> dict[int, list[Message]]:
    """Return the sentences of each checkpoint, each once."""
    demand = board.frame.problem.demand
    found: dict[int, list[Message]] = {}
    for person, group in rows:
        held = found.setdefault(int(demand.task_checkpoint[demand.group_task[group]]), [])
        held += [message for message in foreseen(board.frame, person, group) if message not in held]
    return found
