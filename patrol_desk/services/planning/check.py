"""A stored plan before the independent checker, in names people know."""

from dataclasses import dataclass

from patrol_desk.common.actor import Actor
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.engine.verify import CheckReport, Violation
from patrol_desk.engine.verify import check as verify
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning import certificates
from patrol_desk.services.planning.problem import WeekProblem
from patrol_desk.services.planning.stored import read_stored_plan
from patrol_desk.services.station import Station
from patrol_desk.storage.reads.rows import SeatRow


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
    stored = read_stored_plan(station, actor, week)
    week_problem = stored.week_problem
    certificate = certificates.unpack(stored.packed, week_problem.demand_hash, week_problem.problem.people.ids)
    report = verify(week_problem.problem, stored.plan, certificate)
    codes = dict(zip(week_problem.person_ids, week_problem.problem.people.ids, strict=True))
    found = [_named(week_problem, violation) for violation in report.violations]
    found.extend(_lost(seat, codes) for seat in stored.lost)
    return WeekCheck(week, stored.number, stored.state, tuple(found), report)


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
