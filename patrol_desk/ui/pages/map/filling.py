"""Who would fill one cell, worked out in a reader's thread."""

from patrol_desk.common.actor import Actor
from patrol_desk.services.planning.board import Board
from patrol_desk.services.planning.edits import FillProposal, propose_fill
from patrol_desk.services.station import Station


def propose(station: Station, actor: Actor, board: Board, place: tuple[int, int]) -> FillProposal:
    """Return who would fill the gap of a cell; nothing is written."""
    del station, actor  # the board holds all that is asked
    return propose_fill(board, [board.gap(*place)])
