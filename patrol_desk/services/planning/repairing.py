"""Somebody drops out of a stored plan: what that opens, who could come, and writing what was chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError, PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.engine.repair import Alternative, Hole, LivePlan
from patrol_desk.models import AssignmentSource
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.board.notes import against
from patrol_desk.services.planning.board.opening import read_board
from patrol_desk.services.planning.board.stand import Held, Stand
from patrol_desk.services.planning.draft import minute_in
from patrol_desk.services.planning.edits.single import delete, insert
from patrol_desk.services.planning.edits.transaction import Edit, begin
from patrol_desk.services.planning.problem import WeekProblem
from patrol_desk.services.planning.reasons import duties_of
from patrol_desk.services.planning.stored import read_stored_plan
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage.reads import planning
from patrol_desk.storage.reads.board import HeldRow
from patrol_desk.storage.reads.rows import SeatRow

Pair = tuple[int, int]
"""Person and seat group, as indices into the problem."""


@dataclass(frozen=True, slots=True, eq=False)
class Repair:
    """What somebody's dropping out opens, and the ways to fill it.

    Parameters
    ----------
    week, person
        Which week; the person's code.
    week_problem
        The problem that the holes' indices refer to.
    holes
        The weightiest first; the first alternatives of all of them fit together.
    """

    week: Week
    person: str
    week_problem: WeekProblem
    holes: tuple[Hole, ...]


@dataclass(frozen=True, slots=True)
class Repaired:
    """How many duties went, and how many came instead."""

    removed: int
    added: int


@permitted(Permission.PLAN_READ)
def find_repair(
    station: Station,
    actor: Actor,
    week: Week,
    person: str,
    shift: str | None = None,
    most: int = 5,
    begin: datetime | None = None,
) -> Repair:
    """Return what a person's dropping out of a week's newest version opens, and how each seat can be filled.

    Parameters
    ----------
    station, actor, week
        Where, by whom, which week.
    person, shift
        The person's code; a shift's name (``pattern@date``) when they drop out of that one only.
    most
        Alternatives for each seat, at most.
    begin
        Wall time before which nothing changes: duties that began earlier were done or missed, and stay; None for the
        whole week.

    Raises
    ------
    PatrolError
        The week has no plan, nobody has the code, or they have no such duty that is still to come.
    """
    stored = read_stored_plan(station, actor, week, begin)
    pairs = duties_of(stored, person, shift)
    if begin is not None:
        pairs = _to_come(stored.week_problem, pairs, begin)
        if not pairs:
            raise PatrolError(Message("repair.all_begun", {"person": person, "week": str(week)}))
    live = LivePlan.of(stored.week_problem.problem, stored.plan)
    holes = live.drop_out(pairs[0][0], [group for _, group in pairs], most)
    return Repair(week, person, stored.week_problem, holes)


@permitted(Permission.PLAN_READ)
def repair_person(
    station: Station, actor: Actor, week: Week, person: str, shift: str | None = None, most: int = 5
) -> tuple[Hole, ...]:
    """Return the holes of `find_repair`."""
    return find_repair(station, actor, week, person, shift, most).holes


@permitted(Permission.PLAN_WRITE)
def carry_out(station: Station, actor: Actor, repair: Repair, chosen: Sequence[int | None]) -> Done[Repaired]:
    """Write a drop-out and the alternatives chosen for it into the draft, as one step that can be taken back.

    Parameters
    ----------
    repair
        As it was found.
    chosen
        For each hole the number of its alternative, from 0; None to leave the seat open.

    Raises
    ------
    ConcurrentChangeError
        The data moved on since the repair was found; nothing was written.
    PatrolError
        The alternatives chosen do not fit together: a rule stands against one after the others.
    InvalidDataError
        A hole has no alternative with such a number.
    """
    alternatives = _alternatives(repair, chosen)
    with station.write(actor, "plan.repair") as unit:
        if planning.revision(unit.session) != repair.week_problem.revision:
            raise ConcurrentChangeError(Message("plan.data_moved_on"))
        edit = begin(unit, station, read_board(unit.session, station, repair.week))
        gone = [(hole.person, hole.group) for hole in repair.holes]
        gone += [pair for found in alternatives for pair in found.removals]
        come = [pair for found in alternatives for pair in found.additions]
        lasting = [pair for pair in come if pair not in gone]
        items = [_held(edit, repair.week_problem, pair) for pair in gone if pair not in come]
        rows = [_seat(repair.week_problem, pair) for pair in lasting]
        _refuse(edit, items, rows)
        removed, added = delete(edit, items), len(insert(edit, [row._asdict() for row in rows]))
        unit.note("", None, {"week": str(repair.week), "removed": removed, "added": added})
        return finish(unit, Repaired(removed, added))


def _to_come(week_problem: WeekProblem, pairs: Sequence[Pair], begin: datetime) -> list[Pair]:
    """Return the pairs whose shift starts at a moment or later."""
    problem, minute = week_problem.problem, minute_in(week_problem.week, begin)
    start = problem.shifts.start[problem.demand.task_shift[problem.demand.group_task]]
    return [pair for pair in pairs if start[pair[1]] >= minute]


def _alternatives(repair: Repair, chosen: Sequence[int | None]) -> list[Alternative]:
    if len(chosen) != len(repair.holes):
        raise InvalidDataError(Message("repair.one_each", {"count": len(repair.holes)}))
    found = []
    for hole, number in zip(repair.holes, chosen, strict=True):
        if number is None:
            continue
        if not 0 <= number < len(hole.alternatives):
            raise InvalidDataError(Message("repair.no_such_alternative", {"count": len(hole.alternatives)}))
        found.append(hole.alternatives[number])
    return found


def _held(edit: Edit, week_problem: WeekProblem, pair: Pair) -> Held:
    """Return the stored assignment of a pair; the alternatives of two holes may both count on one person's."""
    seat = _seat(week_problem, pair)
    for item in edit.board.stand.held.values():
        if item.row.key == (seat.person_id, seat.checkpoint_id, seat.pattern_id, seat.on_date) and (
            (item.row.skill_id, item.row.leader) == (seat.skill_id, seat.leader)
        ):
            return item
    raise PatrolError(Message("repair.does_not_fit", {"reasons": [Message("board.duty_gone")]}))


def _seat(week_problem: WeekProblem, pair: Pair) -> SeatRow:
    return week_problem.seat(*pair)._replace(source=AssignmentSource.HAND)


def _refuse(edit: Edit, items: Sequence[Held], rows: Sequence[SeatRow]) -> None:
    """Raise `PatrolError` when a hard rule stands against one of the new duties beside all others."""
    board = edit.board
    frame = board.frame
    stand: Stand = board.stand.patched([item.row.id for item in items], [])
    for number, row in enumerate(rows):
        person = frame.person_of[row.person_id]
        (pair,), _ = frame.week_problem.pairs([row])
        reasons = [message for _, message in against(stand, frame.problem, person, int(pair[1]))]
        if reasons:
            raise PatrolError(Message("repair.does_not_fit", {"reasons": reasons}))
        stand = stand.patched([], [HeldRow(f"repair-{number}", 1, **row._asdict())])
