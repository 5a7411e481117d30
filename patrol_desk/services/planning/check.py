"""A stored plan before the independent checker, in names people know."""

from dataclasses import dataclass

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.engine.plan import Plan as EnginePlan
from patrol_desk.engine.verify import CheckReport, Violation
from patrol_desk.engine.verify import check as verify
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning import certificates
from patrol_desk.services.planning.problem import WeekProblem, build_problem
from patrol_desk.services.station import Station
from patrol_desk.storage.reads import planning
from patrol_desk.storage.reads.rows import SeatRow
from patrol_desk.storage.reads.week import read_week


@dataclass(frozen=True, slots=True)
class PlanViolation:
    """One broken rule: its id, the person's code, the shift's name and the sentence."""

    rule: str
    person: str
    shift: str
    locked: bool
    sentence: Message


@dataclass(frozen=True, slots=True)
class WeekCheck:
    """What the checker says of a week's newest version.

    Parameters
    ----------
    number, state
        Version checked.
    violations
        Rules broken, those of assignments that fit no seat of today's demand among them.
    report
        Figures recomputed; the bounds come from the stored certificate and are None when the demand has changed since.
    """

    week: Week
    number: int
    state: str
    violations: tuple[PlanViolation, ...]
    report: CheckReport


@permitted(Permission.PLAN_READ)
def check_week(station: Station, actor: Actor, week: Week) -> WeekCheck:
    """Check the newest version of a week's plan against every rule, with today's data.

    Raises
    ------
    PatrolError
        The week has no plan.
    """
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        versions = planning.versions_of(session, str(week))
        if not versions:
            raise PatrolError(Message("plan.none", {"week": str(week)}))
        newest = versions[0]
        number, state, packed = newest.number, newest.state.value, newest.certificate
        seats = planning.assignments_of(session, newest.id)
        data = read_week(session, week, {seat.person_id for seat in seats})
    locked = [seat for seat in seats if seat.locked]
    week_problem, _ = build_problem(data, locked=locked)
    pairs, lost = week_problem.pairs(seats)
    certificate = certificates.unpack(packed, week_problem.demand_hash)
    report = verify(week_problem.problem, EnginePlan(pairs), certificate)
    codes = dict(zip(week_problem.person_ids, week_problem.problem.people.ids, strict=True))
    found = [_named(week_problem, violation) for violation in report.violations]
    found.extend(_lost(seat, codes) for seat in lost)
    return WeekCheck(week, number, state, tuple(found), report)


def _named(week_problem: WeekProblem, violation: Violation) -> PlanViolation:
    problem = week_problem.problem
    person = problem.people.ids[violation.person] if violation.person >= 0 else ""
    shift = problem.shifts.ids[violation.shift] if violation.shift >= 0 else ""
    return PlanViolation(violation.rule, person, shift, violation.locked, violation.message)


def _lost(seat: SeatRow, codes: dict[str, str]) -> PlanViolation:
    person = codes.get(seat.person_id, "")
    return PlanViolation(
        "demand",
        person,
        "",
        seat.locked,
        Message("plan.seat_gone", {"person": person, "day": seat.on_date.isoformat()}),
    )
