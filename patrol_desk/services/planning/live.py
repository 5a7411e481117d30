"""A planning run that is watched: prepared, run in the engine's process, compared, accepted or given up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_now
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Cancelled, never_cancelled
from patrol_desk.common.weeks import Week
from patrol_desk.engine.options import Progress, SolveOptions
from patrol_desk.engine.plan import SolveResult
from patrol_desk.engine.problem import ALWAYS
from patrol_desk.jobs import engine_client
from patrol_desk.models import ShiftPattern, VersionState
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.draft import Accepted, Mode, Prepared, accept, dear_changes, prepare, staying
from patrol_desk.services.planning.live_compare import Comparison, compare, draft_plan
from patrol_desk.services.planning.live_figures import Standing, standing_of
from patrol_desk.services.planning.live_gaps import Unfilled, unfilled
from patrol_desk.services.planning.live_names import Names, read_names
from patrol_desk.services.planning.live_points import LivePoint, Pulse
from patrol_desk.services.planning.problem import build_problem
from patrol_desk.services.planning.wishes import Wishes, held_back, wished
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done
from patrol_desk.storage import queries
from patrol_desk.storage.reads import planning
from patrol_desk.storage.reads.rows import SeatRow
from patrol_desk.storage.reads.week import read_week
from patrol_desk.storage.session import Session

__all__ = [
    "HardRule",
    "Outcome",
    "RunResult",
    "RunStart",
    "accept_run",
    "begun_until",
    "compare_candidate",
    "outcome_of",
    "prepare_again",
    "prepare_near",
    "prepare_run",
    "run",
    "seats_of",
    "started",
]


@dataclass(frozen=True, slots=True)
class HardRule:
    """A rule that every plan keeps, and its value where it has one."""

    code: str
    text: Message
    value: Message | None = None


@dataclass(frozen=True, slots=True, eq=False)
class RunStart:
    """A week ready for a run, with what the desk shows of it.

    Parameters
    ----------
    prepared
        The problem.
    names
        Who and what its indices stand for.
    draft
        Figures of the week's newest version, None when it has none.
    draft_number, next_number
        Number of the newest version (0: none), and of the draft that accepting writes.
    published
        The newest version is in force, so accepting makes a new draft beside it.
    """

    prepared: Prepared
    names: Names
    draft: Standing | None
    draft_number: int
    next_number: int
    published: bool

    @property
    def week(self) -> Week:
        """The week."""
        return self.prepared.week_problem.week

    @property
    def mode(self) -> Mode:
        """What the run may touch."""
        return self.prepared.mode

    @property
    def people(self) -> int:
        """People who may be rostered."""
        return int(self.prepared.week_problem.problem.people.on_roster.sum())

    @property
    def places(self) -> int:
        """Checkpoints that ask for heads."""
        return len(set(self.prepared.week_problem.problem.demand.task_checkpoint.tolist()))

    @property
    def begun(self) -> bool:
        """Whether shifts have begun that the run leaves as they are."""
        return self.prepared.week_problem.problem.begin != ALWAYS

    @property
    def locked(self) -> int:
        """Duties that are locked on the roster."""
        return sum(seat.locked for seat in self.prepared.present)

    def rules(self) -> tuple[HardRule, ...]:
        """Return the hard rules in force with their values."""
        problem = self.prepared.week_problem.problem
        caps = problem.people.cap_week[problem.people.on_roster]
        low, high = (int(caps.min()), int(caps.max())) if len(caps) else (0, 0)
        rules = problem.rules
        return (
            HardRule("overlap", Message("live.rule_overlap")),
            HardRule("leave", Message("live.rule_leave")),
            HardRule("skill", Message("live.rule_skill")),
            HardRule("rest", Message("live.rule_rest"), Message("live.hours", {"hours": rules.rest_min / 60})),
            HardRule("day_cap", Message("live.rule_day_cap"), Message("live.shifts", {"count": rules.cap_day})),
            HardRule("week_cap", Message("live.rule_week_cap"), _caps(low, high)),
            HardRule("reach", Message("live.rule_reach"), Message("live.reach", {"km": rules.reach_m / 1000})),
            HardRule("locked", Message("live.rule_locked"), Message("live.shifts", {"count": self.locked})),
        )


@dataclass(frozen=True, slots=True, eq=False)
class RunResult:
    """A run that ended with a plan.

    Parameters
    ----------
    solved
        Plan, figures and certificate.
    point
        The last point of the curve, of this very plan.
    """

    solved: SolveResult
    point: LivePoint

    @property
    def stopped(self) -> str:
        """Why it ended: ``moves``, ``time``, ``user`` or ``lost``."""
        return self.solved.figures.stopped


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """A result as the desk shows it: beside the draft, and what it leaves empty."""

    comparison: Comparison
    unfilled: Unfilled


@permitted(Permission.PLAN_WRITE)
def prepare_run(station: Station, actor: Actor, week: Week, mode: Mode, wishes: Wishes | None = None) -> RunStart:
    """Return a week ready for a run, perhaps with wishes for this run only.

    Shifts of a planned week that have begun keep who stands there and take nobody new.

    Raises
    ------
    InvalidDataError
        The wishes cannot be met.
    PatrolError
        The week has no demand: there is nothing to plan.
    """
    return started(station, actor, prepare(station, actor, week, mode, begun_until(station, actor, week), wishes))


@permitted(Permission.PLAN_WRITE)
def begun_until(station: Station, actor: Actor, week: Week) -> datetime | None:
    """Return the moment before which a run leaves a week as it is: when the next shift starts.

    That is for a week under way that has a plan. None is for all of the week, which may be planned.
    """
    del actor  # the permission is all that depends on who asks
    now = station_now(station.clock)
    if Week.of(now.date()) != week:
        return None
    with station.read() as session:
        versions = planning.versions_of(session, str(week))
        if not versions or not planning.assignments_of(session, versions[0].id):
            return None
        minutes = {row.start_minute for row in queries.many(session, ShiftPattern, ended_on=None)}
    starts = [datetime.combine(day, time()) + timedelta(minutes=minute) for day in week.days for minute in minutes]
    return min((start for start in starts if start >= now), default=now)


@permitted(Permission.PLAN_WRITE)
def prepare_again(station: Station, actor: Actor, start: RunStart, result: RunResult) -> RunStart:
    """Return the week with today's data for a run that changes as little as it can of a finished run's plan.

    This is the way out when the data moved on while the run was going.

    Raises
    ------
    PatrolError
        The week has no demand any more.
    """
    return prepare_near(station, actor, start.week, seats_of(start, result), start.prepared.wishes)


def seats_of(start: RunStart, result: RunResult) -> list[SeatRow]:
    """Return the duties of a result."""
    week_problem = start.prepared.week_problem
    return [week_problem.seat(person, group) for person, group in result.solved.plan.assignments.tolist()]


@permitted(Permission.PLAN_WRITE)
def prepare_near(
    station: Station, actor: Actor, week: Week, wanted: Sequence[SeatRow], wishes: Wishes | None = None
) -> RunStart:
    """Return a week with today's data for a run that changes as little as it can of the duties wanted.

    Raises
    ------
    PatrolError
        The week has no demand any more.
    """
    fresh = prepare(station, actor, week, Mode.LEAST_CHANGE, begun_until(station, actor, week), wishes)
    asked, minute = fresh.wishes, fresh.week_problem.problem.begin
    with station.read() as session:
        people = {seat.person_id for seat in (*fresh.present, *wanted)}
        data = dear_changes(wished(session, read_week(session, week, people), asked))
    stay = {seat[:4] for seat in held_back(data, asked, fresh.present)}
    locked = staying(data, fresh.present, Mode.LEAST_CHANGE, minute, stay)
    week_problem, lost = build_problem(data, locked=locked, baseline=wanted, begin=minute)
    return started(station, actor, Prepared(week_problem, Mode.LEAST_CHANGE, fresh.present, lost, asked))


async def run(
    start: RunStart,
    options: SolveOptions,
    on_point: Callable[[LivePoint], None],
    stop: Cancelled = never_cancelled,
) -> RunResult:
    """Plan in the engine's own process and tell every step; cancelling the task ends the process.

    Parameters
    ----------
    start, options
        What to plan and how.
    on_point
        Is told every point of the curve, in the loop's thread.
    stop
        Once it says True the best plan so far is returned within half a second.

    Raises
    ------
    EngineLostError
        The process ended before there was any plan; once there is one it is the result.
    PatrolError
        The engine refused the problem or ran out of memory, or was stopped before there was a plan.
    """
    week_problem = start.prepared.week_problem
    pulse = Pulse(week_problem, start.names, start.draft.coverage if start.draft else None)

    def take(line: Progress) -> None:
        on_point(pulse.take(line))

    try:
        solved = await engine_client.run(week_problem.problem, options, take, stop)
    except engine_client.EngineLostError as error:
        if error.best is None:
            raise
        solved = error.best
    last = Progress(
        Message("engine.done"),
        solved.figures.seconds,
        solved.figures.moves,
        solved.figures.shortage,
        solved.figures.cost,
        solved.figures.shortage_bound,
        solved.figures.shortage_bound,
        solved.plan,
        solved.figures.cost_bound,
    )
    point = pulse.take(last)
    on_point(point)
    return RunResult(solved, point)


def compare_candidate(start: RunStart, result: RunResult | LivePoint) -> Comparison | None:
    """Return a result, or a point on the way to it, beside the draft; None for a point without a plan."""
    plan = result.plan if isinstance(result, LivePoint) else result.solved.plan
    return None if plan is None else compare(start.prepared, start.names, plan)


def outcome_of(start: RunStart, result: RunResult) -> Outcome:
    """Return a result beside the draft, and what it leaves empty with the reasons."""
    plan = result.solved.plan
    return Outcome(compare(start.prepared, start.names, plan), unfilled(start.prepared.week_problem, start.names, plan))


@permitted(Permission.PLAN_WRITE)
def accept_run(station: Station, actor: Actor, start: RunStart, result: RunResult) -> Done[Accepted]:
    """Write a result as the week's draft, as one step that can be undone.

    Raises
    ------
    ConcurrentChangeError
        The data moved on since the run began; nothing was written. `prepare_again` is the way out.
    PatrolError
        The plan breaks a rule; nothing was written.
    """
    accepted = accept(station, actor, start.prepared, result.solved)
    return Done(accepted, accepted.changes, accepted.patch)


@permitted(Permission.PLAN_WRITE)
def started(station: Station, actor: Actor, prepared: Prepared) -> RunStart:
    """Return a prepared week with what the desk shows of it."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        names = read_names(session)
        number, published = _newest(session, prepared.week_problem.week)
    draft = standing_of(prepared.week_problem.problem, draft_plan(prepared)) if number else None
    return RunStart(prepared, names, draft, number, number + 1 if published or not number else number, published)


def _newest(session: Session, week: Week) -> tuple[int, bool]:
    """Return number of the newest version, 0 for none, and whether it is no draft."""
    versions = planning.versions_of(session, str(week))
    return (versions[0].number, versions[0].state is not VersionState.DRAFT) if versions else (0, False)


def _caps(low: int, high: int) -> Message:
    if low == high:
        return Message("live.shifts", {"count": high})
    return Message("live.own_caps", {"low": low, "high": high})
