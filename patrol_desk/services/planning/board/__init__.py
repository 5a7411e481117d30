"""The roster's board: a week as an immutable view, and who could stand where."""

from patrol_desk.services.planning.board.board import Board
from patrol_desk.services.planning.board.data import (
    Blocked,
    BoardFigures,
    BoardGroup,
    BoardRow,
    BoardShift,
    Candidate,
    Candidates,
    Cell,
    CellState,
    Chip_,
    Conflict,
    DutyChange,
    Gap,
    Holder,
    PersonCard,
    Seat,
    VersionInfo,
)
from patrol_desk.services.planning.board.opening import open_board, prove, refresh_board

__all__ = [
    "Blocked",
    "Board",
    "BoardFigures",
    "BoardGroup",
    "BoardRow",
    "BoardShift",
    "Candidate",
    "Candidates",
    "Cell",
    "CellState",
    "Chip_",
    "Conflict",
    "DutyChange",
    "Gap",
    "Holder",
    "PersonCard",
    "Seat",
    "VersionInfo",
    "open_board",
    "prove",
    "refresh_board",
]
