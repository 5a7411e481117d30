"""Something happens in mid-week: the plan is made anew with few changes, shown, and written with its cause."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Cancelled, never_cancelled, raise_if_cancelled
from patrol_desk.common.weeks import Week
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import ALWAYS, Problem
from patrol_desk.engine.repair import kept, replan
from patrol_desk.engine.verify import CheckReport, check
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted, require
from patrol_desk.services.planning.board.opening import read_board
from patrol_desk.services.planning.draft import minute_in
from patrol_desk.services.planning.edits.single import delete, insert
from patrol_desk.services.planning.edits.transaction import begin as begin_edit
from patrol_desk.services.planning.happenings import Event, record
from patrol_desk.services.planning.problem import WeekProblem, build_problem, minute_of
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage.reads import planning
from patrol_desk.storage.reads.rows import SeatRow
from patrol_desk.storage.reads.week import WeekData, read_week

Seat = tuple[object, ...]
"""Person, checkpoint, pattern, day and kind of seat."""


@dataclass(frozen=True, slots=True, eq=False)
class Replan:
    """A new plan for a week in which something has happened; nothing is written yet.

    Parameters
    ----------
    week, event, first
        What happened in which week, and from which day on it holds.
    begin
        Minute of the week from which the plan may change.
    week_problem, plan
        The problem after the event, and the new plan.
    could_stay, kept_shifts, kept_posts
        Assignments of those who may still serve when they did; of these, how many (person, shift) and how many
        (person, checkpoint, shift) stand in the new plan.
    removed, added
        Assignments that go, and that come.
    missing_before, missing_after
        Minimum heads that are missing after the event, without and with the new plan.
    """

    week: Week
    event: Event
    first: date
    begin: int
    week_problem: WeekProblem
    plan: Plan
    could_stay: int
    kept_shifts: int
    kept_posts: int
    removed: int
    added: int
    missing_before: int
    missing_after: int


@permitted(Permission.PLAN_WRITE)
def find_replan(
    station: Station,
    actor: Actor,
    week: Week,
    event: Event,
    begin: datetime | None = None,
    cancelled: Cancelled = never_cancelled,
) -> Replan:
    """Return the plan that changes least after an event, with what it keeps.

    Locked assignments stay, except of people who drop out and at posts that are closed; what began before the moment
    stays as it is and takes nobody new.

    Parameters
    ----------
    station, actor, week, event
        Where, by whom; what happened in which week.
    begin
        Wall time from which the plan may change; None for all of the week.

    Raises
    ------
    PatrolError
        The week has no plan or no demand, or the event names what is not there.
    CancelledByUserError
        The user asked to stop.
    """
    require(actor, Permission.DATA_EDIT)
    minute = ALWAYS if begin is None else minute_in(week, begin)
    first = week.monday if begin is None else begin.date()
    seats, data, out = _read(station, actor, week, event, first)
    starts = {row.id: row.start_minute for row in data.patterns}

    def begun(seat: SeatRow) -> bool:
        return minute_of(week, seat.on_date, starts.get(seat.pattern_id, 0)) < minute

    locked = [seat for seat in seats if begun(seat) or (seat.locked and seat.person_id not in out)]
    week_problem, _ = build_problem(data, locked=locked, baseline=seats, begin=minute)
    problem = week_problem.problem
    plan = replan(problem, cancelled)
    raise_if_cancelled(cancelled)
    report = _checked(problem, plan)
    standing = [seat for seat in seats if begun(seat) or seat.person_id not in out]
    share = kept(problem, Plan(week_problem.pairs(seats)[0]), plan)
    gone, come = _difference(seats, _seats(week_problem, plan), begun)
    missing = check(problem, Plan(week_problem.pairs(standing)[0])).shortage, report.shortage
    stay = share.pairs, round(share.shifts * share.pairs), round(share.posts * share.pairs)
    return Replan(week, event, first, minute, week_problem, plan, *stay, len(gone), len(come), *missing)


@permitted(Permission.PLAN_WRITE)
def write_replan(station: Station, actor: Actor, found: Replan) -> Done[Replan]:
    """Write what happened and the new plan into the week's draft, as one step that can be taken back.

    Raises
    ------
    ConcurrentChangeError
        The data moved on since the plan was found; nothing was written.
    """
    require(actor, Permission.DATA_EDIT)
    week, week_problem = found.week, found.week_problem
    with station.write(actor, "plan.replan") as unit:
        if planning.revision(unit.session) != week_problem.revision:
            raise ConcurrentChangeError(Message("plan.data_moved_on"))
        starts = _starts(week_problem)
        board = read_board(unit.session, station, week)
        record(unit, week, found.event, found.first)
        edit = begin_edit(unit, station, board)
        items = list(edit.board.stand.held.values())

        def begun(seat: SeatRow) -> bool:
            return minute_of(week, seat.on_date, starts.get(seat.pattern_id, 0)) < found.begin

        rows = [SeatRow(*(getattr(item.row, name) for name in SeatRow._fields)) for item in items]
        gone, come = _difference(rows, _seats(week_problem, found.plan), begun)
        removed = delete(edit, [items[at] for at in gone])
        added = len(insert(edit, [row._asdict() for row in come]))
        details = {"week": str(week), "removed": removed, "added": added, "kept": found.kept_posts}
        unit.note("", None, details)
        return finish(unit, found)


def _checked(problem: Problem, plan: Plan) -> CheckReport:
    """Return what the independent checker says; raise `PatrolError` for a rule that no locked duty explains."""
    report = check(problem, plan)
    faults = report.own_violations
    if faults:
        raise PatrolError(Message("plan.solver_broke_rule", {"count": len(faults), "first": faults[0].message}))
    return report


def _read(
    station: Station, actor: Actor, week: Week, event: Event, first: date
) -> tuple[list[SeatRow], WeekData, frozenset[str]]:
    """Return the newest version's assignments, the week's data after the event, and who drops out.

    The event is written into a transaction that is never committed: what planning reads is what it would be.
    """
    with station.write(actor, "plan.replan") as unit:
        versions = planning.versions_of(unit.session, str(week))
        if not versions:
            raise PatrolError(Message("plan.none", {"week": str(week)}))
        seats = planning.assignments_of(unit.session, versions[0].id)
        out = record(unit, week, event, first)
        data = read_week(unit.session, week, {seat.person_id for seat in seats})
    if not data.demand:
        raise PatrolError(Message("plan.no_demand", {"week": str(week)}))
    return seats, data, out


def _starts(week_problem: WeekProblem) -> dict[str, int]:
    """Return pattern id → minutes after midnight at which it starts."""
    shifts = week_problem.problem.shifts
    start = (shifts.start - shifts.day.astype(shifts.start.dtype) * 1440).tolist()
    return {pattern: minute for (pattern, _), minute in zip(week_problem.shifts, start, strict=True)}


def _seats(week_problem: WeekProblem, plan: Plan) -> list[SeatRow]:
    return [week_problem.seat(person, group) for person, group in plan.assignments.tolist()]


def _difference(
    before: list[SeatRow], after: list[SeatRow], begun: Callable[[SeatRow], bool]
) -> tuple[list[int], list[SeatRow]]:
    """Return the positions of assignments that go, and those that come; what has begun never goes."""
    have, want = {_key(seat) for seat in before}, {_key(seat) for seat in after}
    gone = [at for at, seat in enumerate(before) if _key(seat) not in want and not begun(seat)]
    return gone, [seat for seat in after if _key(seat) not in have]


def _key(seat: SeatRow) -> Seat:
    return (seat.person_id, seat.checkpoint_id, seat.pattern_id, seat.on_date, seat.skill_id, seat.leader)
