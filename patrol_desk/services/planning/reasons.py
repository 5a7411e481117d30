"""Why the people of a week stand where they stand."""

from dataclasses import dataclass

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.engine.explain import why
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.stored import StoredPlan, read_stored_plan
from patrol_desk.services.station import Station


@dataclass(frozen=True, slots=True)
class DutyReason:
    """One duty of a person, and why it is theirs.

    Parameters
    ----------
    checkpoint, shift
        Codes by which the station knows them.
    able, rank, turn
        See `engine.explain.Why`.
    reasons
        In sentences.
    """

    checkpoint: str
    shift: str
    able: int
    rank: int
    turn: int
    reasons: tuple[Message, ...]


@permitted(Permission.PLAN_READ)
def why_person(
    station: Station, actor: Actor, week: Week, person: str, shift: str | None = None
) -> tuple[DutyReason, ...]:
    """Return why a person holds their duties of a week, in order of start.

    Parameters
    ----------
    station, actor, week
        Where, by whom, which week; its newest version is looked at.
    person, shift
        The person's code; a shift's name (``pattern@date``) to ask about one duty only.

    Raises
    ------
    PatrolError
        The week has no plan, nobody has the code, or they have no such duty.
    """
    stored = read_stored_plan(station, actor, week)
    problem = stored.week_problem.problem
    found = []
    for number, group in duties_of(stored, person, shift):
        task = problem.demand.group_task[group]
        reason = why(problem, stored.plan, number, group)
        found.append(
            DutyReason(
                problem.demand.checkpoints[int(problem.demand.task_checkpoint[task])],
                problem.shifts.ids[int(problem.demand.task_shift[task])],
                reason.able,
                reason.rank,
                reason.turn,
                reason.reasons,
            )
        )
    return tuple(found)


def duties_of(stored: StoredPlan, person: str, shift: str | None) -> list[tuple[int, int]]:
    """Return the (person, seat group) pairs of somebody, all or those in one shift, in order of start.

    Raises
    ------
    PatrolError
        Nobody has the code, or they have no such duty.
    """
    problem = stored.week_problem.problem
    if person not in problem.people.ids:
        raise PatrolError(Message("why.no_person", {"person": person}))
    number = problem.people.ids.index(person)
    groups = stored.plan.assignments[stored.plan.assignments[:, 0] == number, 1].tolist()
    when = {group: int(problem.demand.task_shift[problem.demand.group_task[group]]) for group in groups}
    found = [(number, group) for group in groups if shift is None or problem.shifts.ids[when[group]] == shift]
    if not found:
        raise PatrolError(Message("why.no_duty", {"person": person, "week": str(stored.week_problem.week)}))
    return sorted(found, key=lambda pair: when[pair[1]])
