"""Taking ways out and filling the gaps they open, as one step: found first, with numbers, then written."""

from collections.abc import Collection
from dataclasses import dataclass

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Cancelled, never_cancelled, raise_if_cancelled
from patrol_desk.engine.explain.doctor import DataChange, rematch
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.verify import check
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted, require
from patrol_desk.services.planning.board.opening import read_board
from patrol_desk.services.planning.board.stand import Held
from patrol_desk.services.planning.doctor_data import Diagnosis
from patrol_desk.services.planning.doctor_writing import write_changes
from patrol_desk.services.planning.doctoring import ask_reason, changes_of
from patrol_desk.services.planning.edits.single import delete, insert
from patrol_desk.services.planning.edits.transaction import Edit, begin
from patrol_desk.services.planning.overrides import read_overrides
from patrol_desk.services.planning.stored import from_moment
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage.reads import planning
from patrol_desk.storage.reads.rows import SeatRow
from patrol_desk.storage.reads.week import WeekData, read_week
from patrol_desk.storage.unit_of_work import UnitOfWork

Seat = tuple[object, ...]
"""Person, checkpoint, pattern, day and kind of seat."""


@dataclass(frozen=True, slots=True, eq=False)
class Refill:
    """What taking some ways and filling up would write; nothing is written yet.

    Parameters
    ----------
    diagnosis, changes, reason
        What the ways ask for, of which diagnosis, and why heads are left open.
    missing
        Minimum heads that are missing afterwards.
    gone, come
        Duties that end, and that are new.
    """

    diagnosis: Diagnosis
    changes: tuple[DataChange, ...]
    reason: str
    missing: int
    gone: frozenset[Seat]
    come: tuple[SeatRow, ...]


@permitted(Permission.PLAN_WRITE)
def find_refill(
    station: Station,
    actor: Actor,
    diagnosis: Diagnosis,
    chosen: Collection[str],
    reason: str = "",
    cancelled: Cancelled = never_cancelled,
) -> Refill:
    """Return what a week would become if some ways were taken and all that can be filled were filled.

    The ways are written into a transaction that is never committed: what planning reads is what it would be. The plan
    is made as the one by which the effect was verified.

    Raises
    ------
    ConcurrentChangeError
        The data moved on since the diagnosis.
    InvalidDataError
        There is no way with such an id, or heads are left open without a reason.
    CancelledByUserError
        The user asked to stop.
    """
    require(actor, Permission.DATA_EDIT)
    changes = changes_of(diagnosis, chosen)
    ask_reason(changes, reason)
    with station.write(actor, "plan.way_out") as unit:
        _write_ways(station, unit, diagnosis, changes, reason)
        seats, data = _after(unit, diagnosis)
    raise_if_cancelled(cancelled)
    week_problem = from_moment(diagnosis.week, data, seats, diagnosis.begin)
    before = Plan(week_problem.pairs(seats)[0])
    found = rematch(week_problem.problem, before, cancelled)
    raise_if_cancelled(cancelled)
    _refuse_new_faults(week_problem.problem, before, found.plan)
    old, new = before.assignments.tolist(), found.plan.assignments.tolist()
    have, want = set(map(tuple, old)), set(map(tuple, new))
    gone = frozenset(_key(week_problem.seat(*pair)) for pair in have - want)
    come = tuple(week_problem.seat(*pair) for pair in sorted(want - have))
    return Refill(diagnosis, tuple(changes), reason, found.missing, gone, come)


@permitted(Permission.PLAN_WRITE)
def write_refill(station: Station, actor: Actor, found: Refill) -> Done[Refill]:
    """Write the ways and the duties that fill the gaps into the week's draft, as one step that can be taken back.

    Raises
    ------
    ConcurrentChangeError
        The data moved on since the diagnosis; nothing was written.
    """
    require(actor, Permission.DATA_EDIT)
    diagnosis = found.diagnosis
    with station.write(actor, "plan.way_out") as unit:
        _write_ways(station, unit, diagnosis, found.changes, found.reason)
        unit.session.flush()
        edit = begin(unit, station, read_board(unit.session, station, diagnosis.week))
        removed = delete(edit, [item for item in edit.board.stand.held.values() if _key(_row(item)) in found.gone])
        added = len(insert(edit, [seat._asdict() for seat in found.come]))
        details = {"week": str(diagnosis.week), "changes": len(found.changes), "removed": removed, "added": added}
        unit.note("", None, details)
        return finish(unit, found)


def _write_ways(
    station: Station, unit: UnitOfWork, diagnosis: Diagnosis, changes: Collection[DataChange], reason: str
) -> None:
    if planning.revision(unit.session) != diagnosis.revision:
        raise ConcurrentChangeError(Message("plan.data_moved_on"))

    def edit() -> Edit:
        return begin(unit, station, read_board(unit.session, station, diagnosis.week))

    write_changes(unit, diagnosis.week, changes, reason.strip(), edit)


def _after(unit: UnitOfWork, diagnosis: Diagnosis) -> tuple[list[SeatRow], WeekData]:
    """Return the newest version's duties and the week's data as the transaction sees them.

    A duty for which an officer overrode a rule stays, as if it were locked: nobody but an officer takes it back.
    """
    unit.session.flush()
    newest = planning.versions_of(unit.session, str(diagnosis.week))[0]
    kept = read_overrides(unit.session, newest.id)
    held = planning.assignments_of(unit.session, newest.id)
    seats = [seat._replace(locked=seat.locked or seat[:4] in kept) for seat in held]
    return seats, read_week(unit.session, diagnosis.week, {seat.person_id for seat in seats})


def _refuse_new_faults(problem: Problem, before: Plan, after: Plan) -> None:
    """Raise `PatrolError` when the new plan breaks a rule that the one before did not, by the independent checker."""
    known = {(fault.rule, fault.person, fault.shift) for fault in check(problem, before).violations}
    new = [
        fault for fault in check(problem, after).own_violations if (fault.rule, fault.person, fault.shift) not in known
    ]
    if new:
        raise PatrolError(Message("plan.solver_broke_rule", {"count": len(new), "first": new[0].message}))


def _row(item: Held) -> SeatRow:
    return SeatRow(*(getattr(item.row, name) for name in SeatRow._fields))


def _key(seat: SeatRow) -> Seat:
    return (seat.person_id, seat.checkpoint_id, seat.pattern_id, seat.on_date, seat.skill_id, seat.leader)
