"""Cells of the five people's week, and what stands in them."""

from patrol_desk.services.planning.board import Board
from patrol_desk.storage.reads import planning
from tests.helpers.boards import Desk

MONDAY_DAY = (0, 0)
TUESDAY_DAY = (0, 2)
FRIDAY_NIGHT = (1, 9)


def ids(desk: Desk, *places: tuple[int, int]) -> list[str]:
    """Return the assignments of some cells."""
    return [holder.assignment_id for place in places for holder in desk.board.holders(*place)]


def names(board: Board, place: tuple[int, int]) -> list[str]:
    """Return who stands in a cell."""
    return [holder.name for holder in board.holders(*place)]


def stored(desk: Desk) -> list[tuple[object, ...]]:
    """Return every assignment of the newest version, read anew."""
    with desk.station.read() as session:
        newest = planning.versions_of(session, str(desk.board.week))
        return [tuple(seat) for seat in planning.assignments_of(session, newest[0].id)] if newest else []


def group_of(desk: Desk, row: int, shift: int, kind: int) -> int:
    """Return the seat group of a cell that asks for a capability."""
    capability = desk.board.frame.problem.demand.group_capability
    groups = desk.board.frame.cell_groups[row * len(desk.board.shifts) + shift]
    return next(group for group in groups if capability[group] == kind)
