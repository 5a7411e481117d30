"""Where something can be carried to: the cells by checkpoint, a squad's checkpoints, the lines of people."""

from abc import abstractmethod
from dataclasses import dataclass

from patrol_desk.services.planning.board.persons import two_characters
from patrol_desk.ui.pages.roster.grid.lined import LineGrid
from patrol_desk.ui.pages.roster.grid.view import RosterGrid
from patrol_desk.ui.pages.roster.moving.verdict import Mover, Post, Verdict, judge

Spot = tuple[int, int]
"""A cell of a surface's own: the row of the board or the number of the line, and the shift."""


@dataclass(frozen=True, slots=True)
class Landing:
    """What would happen at a cell.

    Parameters
    ----------
    mover, row, shift
        Who would stand where.
    verdict
        What stands against it.
    text
        What would stand in the cell.
    """

    mover: Mover
    row: int
    shift: int
    verdict: Verdict
    text: str


class Surface:
    """Cells over which something is carried.

    Parameters
    ----------
    grid
        The cells.
    """

    def __init__(self, grid: RosterGrid | LineGrid) -> None:
        self.grid = grid

    @abstractmethod
    def land(self, load: Mover | Post, spot: Spot) -> Landing | None:
        """Return what would happen if something were put down at a cell; None where nothing would."""
        ...

    def _put(self, mover: Mover, row: int, shift: int, text: str = "") -> Landing | None:
        board = self.grid.board
        verdict = None if board is None else judge(board, mover, row, shift)
        if verdict is None:
            return None
        figures = f"!{verdict.figures}" if verdict.outcome == "block" else verdict.figures
        return Landing(mover, row, shift, verdict, text or figures)


class PointSurface(Surface):
    """The cells by checkpoint: people come to them."""

    def land(self, load: Mover | Post, spot: Spot) -> Landing | None:
        """Return what would happen if somebody were put into the cell."""
        return self._put(load, *spot) if isinstance(load, Mover) else None


class SquadSurface(Surface):
    """The checkpoints below the squads: people come to them; nobody can be put upon a squad's own line."""

    def land(self, load: Mover | Post, spot: Spot) -> Landing | None:
        """Return what would happen if somebody were put into the checkpoint's cell."""
        assert isinstance(self.grid, LineGrid)
        line = self.grid.cells.lines[spot[0]]
        return self._put(load, line.index, spot[1]) if line.kind == "place" and isinstance(load, Mover) else None


class PersonSurface(Surface):
    """The lines of people: duties and gaps come to them; a gap only in its own shift."""

    def land(self, load: Mover | Post, spot: Spot) -> Landing | None:
        """Return what would happen if the person of the line got the duty, in the shift of the cell."""
        assert isinstance(self.grid, LineGrid)
        board, line = self.grid.board, self.grid.cells.lines[spot[0]]
        if not isinstance(load, Post) or board is None or line.kind != "person":
            return None
        if not load.assignment_id and spot[1] != load.shift:
            return None
        mover = load.to(board, board.frame.week_problem.person_ids[line.index])
        row = board.rows[load.row]
        return self._put(mover, load.row, spot[1], two_characters(row.short_name or row.name, row.community))
