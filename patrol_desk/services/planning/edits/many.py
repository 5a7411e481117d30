"""Edits of whole cells, rows, days or weeks: lock, clear."""

from collections.abc import Collection
from dataclasses import dataclass

from patrol_desk.common.actor import Actor
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.board.board import Board
from patrol_desk.services.planning.board.stand import Held
from patrol_desk.services.planning.edits.single import change, delete
from patrol_desk.services.planning.edits.transaction import Edit, Place, begin
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish


@dataclass(frozen=True, slots=True)
class Cleared:
    """How many assignments were taken away, and how many stayed because they are locked."""

    removed: int
    kept: int


@permitted(Permission.PLAN_WRITE)
def lock(
    station: Station, actor: Actor, board: Board, what: Collection[Place] | Collection[str], locked: bool = True
) -> Done[int]:
    """Lock or unlock assignments and return how many changed.

    Parameters
    ----------
    what
        Cells as (row, shift), of which everybody is meant, or ids of assignments.
    locked
        Whether they shall be locked.

    Raises
    ------
    ConcurrentChangeError
        An assignment named by its id is gone.
    """
    with station.write(actor, "roster.lock" if locked else "roster.unlock") as unit:
        edit = begin(unit, station, board)
        items = [item for item in _items(edit, what) if item.row.locked is not locked]
        return finish(unit, change(edit, [(item, {"locked": locked}) for item in items]))


@permitted(Permission.PLAN_WRITE)
def clear(station: Station, actor: Actor, board: Board, cells: Collection[Place]) -> Done[Cleared]:
    """Empty cells; who is locked stays."""
    with station.write(actor, "roster.clear") as unit:
        edit = begin(unit, station, board)
        items = edit.in_cells(cells)
        free = [item for item in items if not item.row.locked]
        return finish(unit, Cleared(delete(edit, free), len(items) - len(free)))


def _items(edit: Edit, what: Collection[Place] | Collection[str]) -> list[Held]:
    ids = [each for each in what if isinstance(each, str)]
    cells = [each for each in what if not isinstance(each, str)]
    found = {item.row.id: item for item in (*map(edit.find, ids), *edit.in_cells(cells))}
    return list(found.values())
