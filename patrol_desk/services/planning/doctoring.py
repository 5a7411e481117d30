"""The doctor of a week: its gaps by kind, ways out of them, and taking some of these as a change of the data.

A page calls `diagnose` once (it reports progress and can be stopped), `together` for each choice of ways, and `take`
with the choice. `take` writes one step that can be taken back, provided that the data is as it was; then the week is
planned again.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Cancelled, Progress, never_cancelled, no_progress, raise_if_cancelled
from patrol_desk.common.weeks import Week
from patrol_desk.engine.explain import shortages
from patrol_desk.engine.explain.doctor import DataChange, Effect, WayOut, deficits, rematch, summed, ways_out
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted, require
from patrol_desk.services.planning.board.opening import read_board
from patrol_desk.services.planning.doctor_data import Diagnosis, GapGroup, Namer
from patrol_desk.services.planning.doctor_writing import write_changes
from patrol_desk.services.planning.edits.transaction import Edit, begin
from patrol_desk.services.planning.stored import StoredPlan, read_stored_plan
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage.reads import planning

LOOKING = Message("ways.looking")


@permitted(Permission.PLAN_READ)
def gap_groups(station: Station, actor: Actor, week: Week, nearest: int = 10) -> tuple[GapGroup, ...]:
    """Return the gaps of a week's newest version by shift and kind of seat, without looking for ways out.

    Raises
    ------
    PatrolError
        The week has no plan.
    """
    return _groups(station, read_stored_plan(station, actor, week), nearest)


@permitted(Permission.PLAN_READ)
def diagnose(
    station: Station,
    actor: Actor,
    week: Week,
    progress: Progress = no_progress,
    cancelled: Cancelled = never_cancelled,
    begin: datetime | None = None,
) -> Diagnosis:
    """Return the gaps of a week's newest version, and what could give way so that they are filled.

    Parameters
    ----------
    station, actor, week
        Where, by whom, which week.
    progress, cancelled
        Hears of each proposal that is tried; is asked before each.
    begin
        Wall time before which nothing can be changed any more; None for the whole week.

    Raises
    ------
    PatrolError
        The week has no plan.
    CancelledByUserError
        The user asked to stop.
    """
    stored = read_stored_plan(station, actor, week, begin)
    problem = stored.week_problem.problem
    with station.read() as session:
        namer = Namer(session, stored.week_problem)
    groups = tuple(namer.group(each) for each in shortages(problem, stored.plan))
    raise_if_cancelled(cancelled)
    ways = ways_out(problem, stored.plan, cancelled, partial(progress, LOOKING))
    raise_if_cancelled(cancelled)
    return Diagnosis(
        week=week,
        number=stored.number,
        revision=stored.week_problem.revision,
        missing=sum(group.missing for group in groups),
        proven=sum(group.proven for group in groups),
        groups=groups,
        deficits=deficits(problem, rematch(problem, stored.plan, cancelled).plan),
        ways=ways,
        proposals=tuple(namer.way(way) for way in ways),
        begin=begin,
    )


@permitted(Permission.PLAN_READ)
def together(station: Station, actor: Actor, diagnosis: Diagnosis, chosen: Collection[str]) -> Effect | None:
    """Return what some ways do together, by a plan that is really made; None for none.

    Raises
    ------
    ConcurrentChangeError
        The data moved on since the diagnosis.
    InvalidDataError
        There is no way with such an id.
    """
    ways = _chosen(diagnosis, chosen)
    stored = read_stored_plan(station, actor, diagnosis.week, diagnosis.begin)
    if stored.week_problem.revision != diagnosis.revision:
        raise ConcurrentChangeError(Message("plan.data_moved_on"))
    steps = [way.step for way in ways]
    return summed(stored.week_problem.problem, stored.plan, steps) if steps else None


@permitted(Permission.DATA_EDIT)
def take(station: Station, actor: Actor, diagnosis: Diagnosis, chosen: Collection[str], reason: str = "") -> Done[int]:
    """Write what some ways ask for, as one step that can be undone, and return how many records that touched.

    Raises
    ------
    ConcurrentChangeError
        The data moved on since the diagnosis; nothing was written.
    InvalidDataError
        There is no way with such an id, or heads are left open without a reason.
    """
    changes = changes_of(diagnosis, chosen)
    return _write(station, actor, diagnosis.week, changes, reason, diagnosis.revision)


@permitted(Permission.PLAN_READ)
def ways_out_of_week(
    station: Station,
    actor: Actor,
    week: Week,
    chosen: Iterable[int] = (),
    stop: Callable[[], bool] = never_cancelled,
) -> Diagnosis:
    """Return the diagnosis of a week, with what the ways of some numbers, from 0, do together.

    Raises
    ------
    PatrolError
        The week has no plan, or there is no way with such a number.
    """
    found = diagnose(station, actor, week, cancelled=stop)
    numbers = tuple(chosen)
    if any(not 0 <= number < len(found.ways) for number in numbers):
        raise InvalidDataError(Message("ways.no_such_way", {"count": len(found.ways)}))
    return replace(found, together=together(station, actor, found, [found.ways[number].step.id for number in numbers]))


@permitted(Permission.DATA_EDIT)
def take_way_out(
    station: Station, actor: Actor, week: Week, changes: Iterable[DataChange], reason: str = ""
) -> Done[int]:
    """Write what ways out ask for, as one step that can be undone, and return how many records that touched.

    Parameters
    ----------
    reason
        Why heads are left open, where they are.

    Raises
    ------
    InvalidDataError
        Somebody or something named is not there any more, or a reason is missing; nothing was written.
    """
    return _write(station, actor, week, list(changes), reason, None)


def _write(
    station: Station, actor: Actor, week: Week, changes: list[DataChange], reason: str, revision: int | None
) -> Done[int]:
    if any(change.table == "assignment" for change in changes):
        require(actor, Permission.PLAN_WRITE)
    ask_reason(changes, reason)
    with station.write(actor, "plan.way_out") as unit:
        if revision is not None and planning.revision(unit.session) != revision:
            raise ConcurrentChangeError(Message("plan.data_moved_on"))

        def edit() -> Edit:
            return begin(unit, station, read_board(unit.session, station, week))

        count = write_changes(unit, week, changes, reason.strip(), edit)
        unit.note("", None, {"week": str(week), "changes": len(changes)})
        return finish(unit, count)


def changes_of(diagnosis: Diagnosis, chosen: Collection[str]) -> list[DataChange]:
    """Return what some ways ask to be written; raise `InvalidDataError` when there is no way with such an id."""
    return [change for way in _chosen(diagnosis, chosen) for change in way.changes]


def ask_reason(changes: Iterable[DataChange], reason: str) -> None:
    """Raise `InvalidDataError` when heads are left open and no reason is given."""
    if any(change.field == "open" for change in changes) and not reason.strip():
        raise InvalidDataError(Message("ways.no_reason"))


def _chosen(diagnosis: Diagnosis, chosen: Collection[str]) -> list[WayOut]:
    known = {way.step.id: way for way in diagnosis.ways}
    if not set(chosen) <= known.keys():
        raise InvalidDataError(Message("ways.no_such_way", {"count": len(known)}))
    return [known[each] for each in dict.fromkeys(chosen)]


def _groups(station: Station, stored: StoredPlan, nearest: int = 10) -> tuple[GapGroup, ...]:
    found = shortages(stored.week_problem.problem, stored.plan, nearest)
    with station.read() as session:
        namer = Namer(session, stored.week_problem)
    return tuple(namer.group(each) for each in found)
