"""Accepting some changes of a candidate: only those are written, each seen by the desk's one conflict function."""

from collections.abc import Collection

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.board.board import Board
from patrol_desk.services.planning.board.notes import breaks
from patrol_desk.services.planning.board.opening import read_board
from patrol_desk.services.planning.board.stand import Held, Stand
from patrol_desk.services.planning.draft import refuse_if_moved
from patrol_desk.services.planning.edits.single import delete, insert
from patrol_desk.services.planning.edits.transaction import begin, refuse_locked, where
from patrol_desk.services.planning.live import RunStart
from patrol_desk.services.planning.live_compare import PlanChange
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage.reads import planning
from patrol_desk.storage.reads.board import HeldRow


@permitted(Permission.PLAN_WRITE)
def accept_changes(station: Station, actor: Actor, start: RunStart, changes: Collection[PlanChange]) -> Done[int]:
    """Write some changes of a run's candidate into the week's draft as one step, and return the draft's number.

    Parameters
    ----------
    station, actor
        Where and by whom.
    start
        The week as the run read it.
    changes
        Those of its comparison that are wanted; all others stay as they are.

    Raises
    ------
    ConcurrentChangeError
        The data moved on since the run began; nothing was written.
    PatrolError
        A rule stands against one of the changes without the others; the sentence names it. Nothing was written.
    """
    with station.write(actor, "plan.accept_part") as unit:
        refuse_if_moved(unit, start.prepared.week_problem.revision)
        edit = begin(unit, station, read_board(unit.session, station, start.week))
        board = edit.board
        wanted = {change.gone[:4] for change in changes if change.gone is not None}
        gone = [item for item in board.stand.held.values() if item.row.key in wanted]
        refuse_locked(board, gone)
        come = [change.come for change in changes if change.come is not None]
        fresh = [HeldRow(f"part-{number}", 1, **seat._asdict()) for number, seat in enumerate(come)]
        stand = board.stand.patched([item.row.id for item in gone], fresh)
        for row in fresh:
            _refuse_broken(board, stand, stand.held[row.id])
        delete(edit, gone)
        insert(edit, [seat._asdict() for seat in come])
        unit.note("", None, {"week": str(start.week), "changes": len(changes)})
        number = planning.versions_of(unit.session, str(start.week))[0].number
        return finish(unit, number)


def _refuse_broken(board: Board, stand: Stand, item: Held) -> None:
    reasons = breaks(stand, item)
    if reasons:
        place = where(board, board.frame.place_of(item.cell)) if item.cell >= 0 else Message("board.somewhere")
        person = board.frame.names.people[item.person] if item.person >= 0 else ""
        raise PatrolError(Message("live.part_refused", {"person": person, "where": place, "reasons": list(reasons)}))
