"""Handing a duty to somebody else, in its own cell or in another."""

from patrol_desk.common.actor import Actor
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.board.board import Board
from patrol_desk.services.planning.edits.single import change
from patrol_desk.services.planning.edits.transaction import begin, refuse_locked, seat_columns
from patrol_desk.services.planning.overrides import Override
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish


@permitted(Permission.PLAN_WRITE)
def hand_over(
    station: Station,
    actor: Actor,
    board: Board,
    assignment_id: str,
    person_id: str,
    row: int,
    shift: int,
    override: Override | None = None,
) -> Done[str]:
    """Give a duty to somebody, at a cell, and return the assignment's id; who had it is free.

    With an override the station's own rules may stand against it; see `assign`.

    Raises
    ------
    PatrolError
        It is locked, a hard rule stands against the person there, or the cell is full.
    ConcurrentChangeError
        It is gone, or something stands against it now that did not on the board given.
    """
    with station.write(actor, "roster.hand_over") as unit:
        edit = begin(unit, station, board)
        item = edit.find(assignment_id)
        refuse_locked(edit.board, [item])
        place, without = edit.place(row, shift), frozenset({item.row.id})
        rules = edit.refuse(person_id, place, None, without, override)
        group = edit.board.seat_for(person_id, *place, without=without)
        assert group is not None, "somebody whom no rule stands against has a seat"
        columns = seat_columns(edit.board, edit.board.frame.person_of[person_id], group)
        del columns["locked"]
        change(edit, [(item, columns)])
        edit.keep(item.row._replace(**columns), rules, override)
        return finish(unit, str(edit.target(item)["id"]))
