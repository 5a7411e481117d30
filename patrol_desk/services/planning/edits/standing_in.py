"""Standing in: who takes the seats of people who did not come; absence and hand-over are one step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_now
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.models import AttendanceState
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted, require
from patrol_desk.services.planning.board.board import Board
from patrol_desk.services.planning.board.candidates import best
from patrol_desk.services.planning.board.data import Candidate
from patrol_desk.services.planning.board.notes import against
from patrol_desk.services.planning.board.stand import Held, Stand
from patrol_desk.services.planning.edits.single import change
from patrol_desk.services.planning.edits.transaction import Edit, begin, seat_columns, where
from patrol_desk.services.planning.overrides import DutyKey
from patrol_desk.services.station import Station
from patrol_desk.services.today.arrivals import write_arrival
from patrol_desk.services.undo import Done, finish


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody who did not come, and who could take the seat; None where nobody can."""

    key: DutyKey
    assignment_id: str
    name: str
    row: int
    shift: int
    candidate: Candidate | None


def propose_stand_ins(board: Board, duties: Iterable[DutyKey]) -> tuple[StandIn, ...]:
    """Return who could stand in, each the best given those before; duties that are gone or locked are left out."""
    held = {item.row.key: item for item in board.stand.held.values()}
    items = [held[duty] for duty in duties if duty in held and held[duty].cell >= 0 and not held[duty].row.locked]
    away = {item.row.person_id for item in items}
    stand, found = board.stand, list[StandIn]()
    for item in items:
        row, shift = board.frame.place_of(item.cell)
        without = stand.patched([item.row.id], [])
        candidate = best(without, row, shift, away)
        if candidate is not None:
            person = board.frame.person_of[candidate.person_id]
            columns = seat_columns(board, person, candidate.group)
            stand = without.patched((), [item.row._replace(id=f"in-{len(found)}", **columns)])
        name = board.frame.names.people[item.person]
        found.append(StandIn(item.row.key, item.row.id, name, row, shift, candidate))
    return tuple(found)


@permitted(Permission.PLAN_WRITE)
def apply_stand_ins(station: Station, actor: Actor, board: Board, chosen: Sequence[StandIn]) -> Done[int]:
    """Write that people did not come and give their seats to those proposed; return how many seats that were.

    Whoever has nobody to stand in is written as absent and keeps the seat.

    Raises
    ------
    InvalidDataError
        Nobody was chosen.
    ConcurrentChangeError
        A rule stands against one of them now, or a duty is gone: the sentence names the place. Nothing was written.
    """
    require(actor, Permission.DATA_EDIT)
    if not chosen:
        raise InvalidDataError(Message("today.stand_in_nobody"))
    with station.write(actor, "roster.stand_in") as unit:
        edit = begin(unit, station, board)
        changes: list[tuple[Held, dict[str, Any]]] = []
        stand = edit.board.stand
        for one in chosen:
            write_arrival(unit, one.key, AttendanceState.ABSENT, station_now(station.clock))
            if one.candidate is None:
                continue
            item = edit.find(one.assignment_id)
            columns = _columns(edit, stand.patched([item.row.id], []), one, one.candidate)
            stand = stand.patched((), [item.row._replace(**columns)])
            changes.append((item, columns))
        change(edit, changes)
        return finish(unit, len(changes))


def _columns(edit: Edit, stand: Stand, one: StandIn, candidate: Candidate) -> dict[str, Any]:
    place = edit.place(one.row, one.shift)
    group = edit.group(candidate.group, place)
    assert group is not None
    person = edit.board.frame.person_of.get(candidate.person_id)
    problem = edit.board.frame.problem
    reasons = [Message("rule.status")] if person is None else [why for _, why in against(stand, problem, person, group)]
    if person is None or reasons:
        params = {"person": candidate.name, "where": where(edit.board, place), "reasons": reasons}
        raise ConcurrentChangeError(Message("board.fill_refused", params))
    columns = seat_columns(edit.board, person, group)
    del columns["locked"]
    return columns
