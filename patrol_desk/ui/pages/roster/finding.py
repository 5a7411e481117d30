"""Services of the page that only read, as the desk's reader threads call them."""

from collections.abc import Sequence

from patrol_desk.common.actor import Actor
from patrol_desk.services.planning.board import Board, BoardFigures, Candidates, Gap, prove
from patrol_desk.services.planning.edits import FillProposal, propose_fill
from patrol_desk.services.planning.visits_predictable import PlacePredictability, of_board, of_place
from patrol_desk.services.station import Station


def find_candidates(station: Station, actor: Actor, board: Board, row: int, shift: int) -> Candidates:
    """Return who could take the next free seat of a cell."""
    del station, actor  # The board holds all that is asked.
    return board.candidates(row, shift)


def prove_figures(station: Station, actor: Actor, board: Board) -> BoardFigures:
    """Return a board's figures with the bound that its certificate proves."""
    del station, actor
    return prove(board).figures()


def propose(station: Station, actor: Actor, board: Board, gaps: Sequence[Gap]) -> FillProposal:
    """Return who would fill some gaps."""
    del station, actor
    return propose_fill(board, gaps)


def guess_place(station: Station, actor: Actor, board: Board, row: int) -> PlacePredictability | None:
    """Return how well one checkpoint can be guessed."""
    del station, actor
    return of_place(board, row)


def guess_week(station: Station, actor: Actor, board: Board) -> tuple[PlacePredictability, ...]:
    """Return how well each checkpoint of a week can be guessed, the easiest first."""
    del station, actor
    return of_board(board)
