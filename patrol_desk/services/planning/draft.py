"""The two ends of a solver run: the problem read in one transaction, the draft written in one."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final

from patrol_desk.common.actor import Actor
from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError, PatrolError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.engine.formats import problem_hash
from patrol_desk.engine.plan import Plan as EnginePlan
from patrol_desk.engine.plan import SolveResult
from patrol_desk.engine.problem import ALWAYS
from patrol_desk.engine.verify import check
from patrol_desk.models import Assignment, Plan, PlanState, PlanVersion, VersionState
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning import certificates
from patrol_desk.services.planning.overrides import carry
from patrol_desk.services.planning.problem import DAYS, WeekProblem, build_problem, minute_of
from patrol_desk.services.planning.wishes import Wishes, held_back, wished
from patrol_desk.services.station import Station
from patrol_desk.storage import bulk
from patrol_desk.storage.patch import Patch
from patrol_desk.storage.reads import planning
from patrol_desk.storage.reads.board import kinds_since
from patrol_desk.storage.reads.rows import SeatRow
from patrol_desk.storage.reads.week import WeekData, read_week
from patrol_desk.storage.unit_of_work import UnitOfWork


class Mode(StrEnum):
    """How much of the present plan a solver run may touch."""

    FRESH = "fresh"
    """Everything but locked assignments."""
    GAPS = "gaps"
    """Nothing: only empty seats are filled."""
    LEAST_CHANGE = "least-change"
    """Everything but locked assignments, and each change costs."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A week ready to be solved.

    Parameters
    ----------
    week_problem
        The problem and its ids.
    mode
        What the run may touch.
    present
        The assignments of the week's newest version.
    lost
        Present assignments that no longer fit: their person, place, shift or seat is gone.
    wishes
        What is asked of this run only.
    """

    week_problem: WeekProblem
    mode: Mode
    present: Sequence[SeatRow]
    lost: Sequence[SeatRow]
    wishes: Wishes = field(default_factory=Wishes)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A draft that was written: its number, how many duties it holds, what changed, and how to take it back."""

    version_id: str
    number: int
    assignments: int
    changes: ChangeSet
    patch: Patch


@dataclass(frozen=True, slots=True)
class Proof:
    """What is kept of a run beside its plan: figures, hash of the problem, packed certificate."""

    figures: dict[str, Any]
    problem_hash: str
    certificate: bytes | None


CHANGE: Final = 5
"""How many times its weight a change counts in a run that is asked for the least."""

BESIDE: Final = frozenset({"saved_candidate"})
"""Tables on which no plan depends: a run's result may be accepted although they were written."""


@permitted(Permission.PLAN_WRITE)
def prepare(
    station: Station,
    actor: Actor,
    week: Week,
    mode: Mode = Mode.FRESH,
    begin: datetime | None = None,
    wishes: Wishes | None = None,
) -> Prepared:
    """Return the planning problem of a week, read in one transaction.

    Parameters
    ----------
    station, actor, week
        Where, by whom and what.
    mode
        How much of the present plan may be touched.
    begin
        Wall time from which the plan may change, None for all of the week: shifts that start before it keep who stands
        there and take nobody new.
    wishes
        What is asked of this run only.

    Raises
    ------
    InvalidDataError
        The moment lies outside the week, a stored rule cannot be right, or the wishes cannot be met.
    PatrolError
        The week has no demand: there is nothing to plan.
    """
    minute = ALWAYS if begin is None else minute_in(week, begin)
    asked = wishes or Wishes()
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        versions = planning.versions_of(session, str(week))
        seats = planning.assignments_of(session, versions[0].id) if versions else []
        data = wished(session, read_week(session, week, {seat.person_id for seat in seats}), asked)
    if not data.demand:
        raise PatrolError(Message("plan.no_demand", {"week": str(week)}))
    locked = staying(data, seats, mode, minute, {seat[:4] for seat in held_back(data, asked, seats)})
    baseline = seats if mode is Mode.LEAST_CHANGE else []
    data = dear_changes(data) if mode is Mode.LEAST_CHANGE else data
    week_problem, lost = build_problem(data, locked=locked, baseline=baseline, begin=minute)
    return Prepared(week_problem, mode, seats, lost, asked)


def dear_changes(data: WeekData) -> WeekData:
    """Return a week's data for a run that changes as little as it can: a mate or a shorter way is worth no change."""
    weights = data.settings.weights
    return replace(data, settings=replace(data.settings, weights=replace(weights, change=CHANGE * weights.change)))


def staying(
    data: WeekData, seats: Sequence[SeatRow], mode: Mode, minute: int, stay: Collection[tuple[object, ...]]
) -> list[SeatRow]:
    """Return the seats of the present plan that stay: locked, asked to stay, all of them, or of shifts begun before."""
    starts = {row.id: row.start_minute for row in data.patterns}
    return [
        seat
        for seat in seats
        if seat.locked
        or seat[:4] in stay
        or mode is Mode.GAPS
        or minute_of(data.week, seat.on_date, starts.get(seat.pattern_id, 0)) < minute
    ]


def minute_in(week: Week, moment: datetime) -> int:
    """Return the minute of a week at which a moment lies, begun minutes counting whole."""
    first = datetime.combine(week.monday, time())
    minute = -(-(moment - first) // timedelta(minutes=1))
    if not 0 <= minute < DAYS * 1440:
        last = first + timedelta(days=DAYS, minutes=-1)
        words = {"week": str(week), "value": f"{moment:%Y-%m-%dT%H:%M}", "first": f"{first:%Y-%m-%dT%H:%M}"}
        raise InvalidDataError(Message("plan.moment_outside", {**words, "last": f"{last:%Y-%m-%dT%H:%M}"}))
    return minute


@permitted(Permission.PLAN_WRITE)
def accept(station: Station, actor: Actor, prepared: Prepared, result: SolveResult) -> Accepted:
    """Write a solver's plan as the week's draft, in one transaction.

    The independent checker sees it first.

    Raises
    ------
    ConcurrentChangeError
        The data moved on since `prepare`; nothing was written.
    PatrolError
        The plan breaks a rule that no locked assignment explains; nothing was written.
    """
    faults = faults_of(prepared, result.plan)
    if faults:
        raise PatrolError(Message("plan.solver_broke_rule", {"count": len(faults), "first": faults[0]}))
    return write_plan(station, actor, prepared, result.plan, proof_of(prepared, result))


def faults_of(prepared: Prepared, plan: EnginePlan) -> list[Message]:
    """Return what the independent checker finds wrong with a plan and no locked assignment explains."""
    report = check(prepared.week_problem.problem, plan)
    return [violation.message for violation in report.violations if not violation.locked]


def proof_of(prepared: Prepared, result: SolveResult) -> Proof:
    """Return what is kept of a run beside its plan."""
    problem = prepared.week_problem.problem
    return Proof(
        {**asdict(result.figures), "mode": prepared.mode.value, **prepared.wishes.record()},
        problem_hash(problem).removeprefix("sha256:"),
        certificates.pack(result.certificate, prepared.week_problem.demand_hash, problem.people.ids),
    )


@permitted(Permission.PLAN_WRITE)
def write_plan(station: Station, actor: Actor, prepared: Prepared, plan: EnginePlan, proof: Proof) -> Accepted:
    """Write a plan that was checked as the week's draft; see `accept` for when that is refused."""
    week = prepared.week_problem.week
    with station.write(actor, "plan.accept") as unit:
        refuse_if_moved(unit, prepared.week_problem.revision)
        version = _draft(unit, week)
        rows = _assignment_rows(prepared, plan, version.id)
        version.figures = proof.figures
        version.problem_hash = proof.problem_hash
        version.certificate = proof.certificate
        version.made_at = unit.now
        version.changed_at = unit.now
        unit.session.flush()
        planning.delete_assignments(unit, [version.id])
        bulk.insert(unit, Assignment, rows)
        details = {"week": str(week), "number": version.number, "assignments": len(rows)}
        unit.note("plan_version", version.id, {**details, **prepared.wishes.record()})
        number, version_id = version.number, version.id
        changes = unit.commit()
    return Accepted(version_id, number, len(rows), changes, unit.patch)


def refuse_if_moved(unit: UnitOfWork, revision: int) -> None:
    """Raise `ConcurrentChangeError` when something that a plan depends on was written since a revision."""
    if planning.revision(unit.session) != revision and kinds_since(unit.session, revision) - BESIDE:
        raise ConcurrentChangeError(Message("plan.data_moved_on"))


def _draft(unit: UnitOfWork, week: Week) -> PlanVersion:
    """Return the week's draft; make plan and draft where there are none."""
    plan = planning.plan_of(unit.session, str(week))
    if plan is None:
        plan = Plan(id=new_id(), week=str(week), state=PlanState.DRAFT)
        unit.session.add(plan)
        unit.session.flush()
    versions = planning.versions_of(unit.session, str(week))
    if versions and versions[0].state is VersionState.DRAFT:
        return versions[0]
    version = PlanVersion(
        id=new_id(),
        plan_id=plan.id,
        number=versions[0].number + 1 if versions else 1,
        state=VersionState.DRAFT,
        made_at=unit.now,
        published_by="",
    )
    unit.session.add(version)
    unit.session.flush()
    if versions:
        carry(unit, versions[0].id, version.id)
    return version


def _assignment_rows(prepared: Prepared, plan: EnginePlan, version_id: str) -> list[dict[str, object]]:
    kept = {seat[:6]: seat for seat in prepared.present}
    locked = {seat[:4]: seat for seat in prepared.present if seat.locked}
    rows: list[dict[str, object]] = []
    for person, group in plan.assignments.tolist():
        seat = prepared.week_problem.seat(person, group)
        held = kept.get(seat[:6]) or locked.get(seat[:4])
        seat = seat if held is None else seat._replace(locked=held.locked, source=held.source)
        rows.append({"version_id": version_id, **seat._asdict()})
    return rows
